"""What a command works with: the global options, and the program, opened when a command first needs it."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from app.bootstrap import open_program
from app.cli.output import print_result
from app.domain.changes import Changes, Done
from app.errors import Refusal, UserError
from app.service.cases.settling import opened_cases
from app.service.office.keeping import password_problem
from app.service.program import Program, Renderer

PASSWORD = "GUIXUE_PASSWORD"


@dataclass
class Session:
    """One run of the command line."""

    data: Path
    today: date
    as_json: bool
    operator: str = ""
    renderer: Renderer | None = None
    window: "Window | None" = None
    opened: Program | None = None
    day_given: bool = False  # by --today: the window then stays on that day
    backs_up: bool = False  # the day's backup is due once the command has answered
    has_notices: bool = False  # what the start has to say was not told yet

    @property
    def program(self) -> Program:
        """The program over the data folder, opened at the first use."""
        if self.opened is None:
            self.opened = open_program(
                self.data, ask_password(), self.today, operator=self.operator, renderer=self.renderer
            )
            self.backs_up = self.has_notices = True
        return self.opened

    def read(self, use_case: Any, *args: Any, **kwargs: Any) -> None:
        """Print the answer of a reading use case."""
        self.show(self.program.read(use_case, *args, **kwargs))

    def write(self, use_case: Any, *args: Any, **kwargs: Any) -> None:
        """Print the answer of a writing use case."""
        done: Done[Any] = self.program.write(use_case, *args, **kwargs)
        self.show(done.value)

    def opened_cases(self, changes: Changes) -> list[str]:
        """The numbers of the cases a write opened, with the school before them where several are in sight."""
        return [f"{one.school} {one.no}".strip() for one in self.program.read(opened_cases, changes)]

    def show(self, value: Any) -> None:
        """Print an answer as one JSON document or as text for people; what the start has to say follows on stderr.

        A refused command never comes here: it ends with its own sentence alone.
        """
        print_result(value, as_json=self.as_json)
        if self.opened is not None and self.has_notices:
            self.has_notices = False
            for notice in self.opened.notices:
                click.echo(notice, err=True)

    def close(self) -> None:
        """Make the day's backup, now that the answer is out, and let go of the data folder."""
        if self.opened is None:
            return
        with self.opened as program:
            if self.backs_up:
                try:
                    program.back_up_day()
                except Refusal as refusal:  # the command did its work: it is told, and no failure of it
                    click.echo(refusal.sentence, err=True)


def ask_password(*, new: bool = False) -> str:
    """The password from the environment, else from the prompt. Raises UserError where nobody can be asked, and for a
    `new` one that is too short."""
    given = os.environ.get(PASSWORD) or _typed(new=new)
    return checked(given) if new else given


def checked(password: str) -> str:
    """A new password as it is. Raises UserError saying why it cannot be one."""
    if problem := password_problem(password):
        raise UserError(problem)
    return password


def _typed(*, new: bool) -> str:
    if not sys.stdin.isatty():
        raise UserError(f"没有密码。请在终端里运行并按提示输入，或先设置环境变量 {PASSWORD}。")
    return new_password("设一个密码") if new else _hidden("密码")


def new_password(words: str) -> str:
    """A new password from the prompt, typed twice. Raises UserError where the two differ."""
    typed = _hidden(words)
    if _hidden("再输一次") != typed:
        raise UserError("两次输入的密码不一样，没有改。请再来一次。")
    return typed


def _hidden(words: str) -> str:
    typed: str = click.prompt(words, hide_input=True, err=True)
    return typed


Window = Callable[[Session, bool], int]
"""Opens the window over a session's folder, or with True over the demo school; returns the exit code."""

pass_session = click.make_pass_decorator(Session)
