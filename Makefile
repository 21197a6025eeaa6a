# Everything a fresh Debian with Python 3.11 needs: `make run`, `make test`.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
OUT ?= out
DATA ?= $(HOME)/.cache/dateline-data
export TZ := UTC

.PHONY: help setup run test coverage lint types format lock docs clean

help:  ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

setup: $(VENV)/.done  ## Build .venv from requirements.lock

$(VENV)/.done: requirements.lock pyproject.toml setup.py
	@command -v $(PYTHON) >/dev/null || { echo "make: $(PYTHON) not found; install Python 3.11 or say make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV) || { echo "make: $(PYTHON) has no venv; on Debian: apt-get install python3.11-venv"; exit 1; }
	@# The lock is whole, so nothing is left to resolve: asked to, pip refuses an extra (coverage[toml])
	@# as soon as the index has a newer release than the lock.
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: setup  ## Run the bundled articles through the pipeline into out/ and show the events
	$(BIN)/dateline run --sample --output $(OUT) --replace
	@$(BIN)/dateline events $(OUT)

test: setup lint types  ## Lint, types, import rules, tests
	$(BIN)/python -m pytest

coverage: setup  ## The tests again, with the lines and branches they miss
	$(BIN)/python -m pytest --cov --cov-report=term-missing:skip-covered

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache

types: setup
	$(BIN)/mypy

format: setup  ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock:  ## Write requirements.lock anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra dev --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --python-platform linux -o requirements.lock

docs: setup  ## Write docs/tables.md anew from schemas/
	$(BIN)/dateline schema --format markdown > docs/tables.md

clean:  ## Remove what was built
	rm -rf $(VENV) $(OUT) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
