"""People read Chinese on the command line: help pages and what is said of a wrong line, of every command."""

import re
from collections.abc import Iterator
from io import StringIO

import click
import pytest

from app.cli import context
from app.cli.main import main, run
from app.errors import UserError

KEPT = re.compile(r"--[a-z-]+|JSON|Excel|PDF|xlsx?|csv|U盘|/\S+|zz")
"""Options, kinds of files, and what the test typed itself."""


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    yield " ".join(path), command
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            yield from commands(one, (*path, name))


COMMANDS = dict(commands(main))
NAMES = {"guixue"} | {word for path in COMMANDS for word in re.findall("[a-z]+", path)}


def contract(command: click.Command) -> set[str]:
    """The values a command takes, and those of the commands below it: they are names, as options are."""
    below = command.commands.values() if isinstance(command, click.Group) else ()
    own = {
        word
        for one in command.params
        if isinstance(one.type, click.Choice)
        for choice in one.type.choices
        for word in re.findall("[A-Za-z]+", str(choice))
    }
    return own.union(*map(contract, below))


def english(command: click.Command, text: str) -> list[str]:
    words = re.findall(r"[A-Za-z]{2,}", KEPT.sub(" ", text))
    return [one for one in words if one not in NAMES | contract(command)]


def wrong(command: click.Command) -> Iterator[list[str]]:
    yield ["--help"]
    yield ["--nope"]
    yield ["1", "2", "3", "4", "5"]
    if isinstance(command, click.Group):
        return
    yield ["zz"]
    for one in command.params:
        if isinstance(one, click.Option):
            yield [one.opts[0], *(() if one.is_flag else ("zz",))]
            yield [one.opts[0]]


@pytest.mark.parametrize("path", [one for one in COMMANDS if one and not one.startswith("demo")])
def test_no_command_speaks_english(
    path: str,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Issue 9, section 5."""
    monkeypatch.setattr("sys.stdin", StringIO())
    data, command = tmp_path_factory.mktemp("data") / "none", COMMANDS[path]
    for extra in wrong(command):
        code = run(["--data", str(data), *path.split(), *extra])
        shown = capsys.readouterr()
        assert code in {0, 1, 2}
        assert not english(command, (shown.out + shown.err).replace("GUIXUE_PASSWORD", "")), (extra, shown)


def test_a_new_password_is_typed_twice_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def typed(words: str, **_: object) -> str:
        asked.append(words)
        return f"密码{len(asked)}号"

    monkeypatch.setattr(click, "prompt", typed)
    with pytest.raises(UserError, match="两次输入的密码不一样"):
        context.new_password("新密码")
    assert asked == ["新密码", "再输一次"]
