"""What can go wrong, as exceptions.

DatelineError           everything that is not a bug of ours; its text is for the user
├── UsageError          the command, an option or an installed file is wrong: exit code 2
├── RunFailedError      the run could not deliver: exit code 1
└── RejectedError       this record cannot be used: it becomes a row of the rejects
"""


class DatelineError(Exception):
    """Base of all errors that are not bugs; the message says what, the value, and the remedy."""


class UsageError(DatelineError):
    """The user asked for something that cannot be done; nothing was written."""


class RunFailedError(DatelineError):
    """The run ended without a commit."""


class RejectedError(DatelineError):
    """A record that has to be set aside.

    `error` is the kind that the rejects table names (`no_text`, `too_long`, `bad_date` …).
    """

    def __init__(self, error: str, message: str) -> None:
        super().__init__(error, message)
        self.error = error
        self.message = message

    def __str__(self) -> str:
        return f"{self.error}: {self.message}"


class MissingStepError(DatelineError):
    """A step was given an article that has not been through an earlier step."""
