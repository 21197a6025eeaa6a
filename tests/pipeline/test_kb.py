"""`dateline kb`: what a name can mean, and why."""

import pytest

from pipeline.cli import main


@pytest.mark.slow
def test_the_winner_and_what_decides_are_shown(capsys):
    text = "A fire broke out in Paris, Texas, on Monday."
    assert main(["kb", "find", "Paris", "--text", text, "--limit", "2"]) == 0
    shown = capsys.readouterr().out
    assert "Texas, USA" in shown
    assert "nobody of them" in shown
    assert "in what stands beside: division +" in " ".join(shown.split())
    assert shown.rstrip().endswith("Paris: Paris (Q830149)")


@pytest.mark.slow
def test_a_name_that_nobody_has(capsys):
    assert main(["kb", "find", "Xqzyplm"]) == 0
    assert "Xqzyplm: nothing in the knowledge base" in capsys.readouterr().out


@pytest.mark.slow
def test_entities_of_ones_own(capsys, tmp_path):
    path = tmp_path / "my.csv"
    path.write_text("id,name,kind\nCORP-7,Xqzyplm Mining,organization\n")
    assert main(["kb", "find", "Xqzyplm Mining", "--entities", str(path)]) == 0
    assert capsys.readouterr().out.rstrip().endswith("Xqzyplm Mining: Xqzyplm Mining (CORP-7)")


@pytest.mark.slow
def test_names_are_no_markup(capsys, tmp_path):
    path = tmp_path / "my.csv"
    path.write_text("id,name,kind\nCORP-7,Blip [/b] Corp,organization\n")
    assert main(["kb", "find", "Blip [/b] Corp", "--entities", str(path)]) == 0
    assert "Blip [/b] Corp" in capsys.readouterr().out
    assert main(["kb", "find", "[/Paris]"]) == 0


@pytest.mark.slow
def test_a_name_that_stands_only_where_none_is_read(capsys):
    text = "Kenya attacks Somalia\n\nBy Barack Obama\n\nNAIROBI - Kenyan troops crossed the border."
    assert main(["kb", "find", "Barack Obama", "--text", text]) == 2
    assert "stands only where names are not read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Paris", "--text", "Nothing of the kind."], "the text does not have the name 'Paris'"),
        (["Paris", "--entities", "nothing.csv"], "cannot read the entities nothing.csv"),
        (["Paris", "--knowledge_base", "nothing.db"], "there is no knowledge base at nothing.db"),
    ],
)
def test_a_users_mistake_is_one_line(capsys, arguments, message):
    assert main(["kb", "find", *arguments]) == 2
    errors = capsys.readouterr().err
    assert message in errors
    assert errors.count("\n") == 1


def test_a_day_that_is_none(capsys):
    with pytest.raises(SystemExit):
        main(["kb", "find", "Paris", "--date", "June"])
    assert "'June' is no day like 2014-06-26" in capsys.readouterr().err
