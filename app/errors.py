"""The two kinds of refusal a person can mend; every other exception is a bug and is reported whole."""


class Refusal(Exception):
    """A Chinese sentence that says what is wrong and what to do about it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class UserError(Refusal):
    """What was asked cannot be done as asked: a wrong name, date, file, password or order of steps."""


class EnvironmentProblem(Refusal):
    """The PC cannot do it now: disk full or read-only, file locked or damaged, stick gone."""
