"""What the README and the manual say is what the program does."""

import ast
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.helpers import ROOT
from tests.helpers.dependencies import declared
from tests.helpers.readme import README, table

HELP = ROOT / "resources" / "help"
PAGES = sorted(HELP.glob("*.md"))


def program() -> click.Group:
    """The command line, as the program offers it."""
    from app.cli.main import main  # noqa: PLC0415 — a broken command line fails its tests, not the collection of these

    return main


def commands(group: click.Group, prefix: str = "") -> Iterator[str]:
    """Every command that does something, as typed: `roster import`."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            if command.invoke_without_command:
                yield f"{prefix}{name}"
            yield from commands(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}"


def command_lines(file: Path) -> list[str]:
    """The command lines shown in the fenced blocks of a page, from `guixue` on."""
    blocks = re.findall(r"^ *```[a-z]*\n(.*?)^ *```", file.read_text("utf-8"), re.M | re.S)
    shown = [
        re.search(r"^\s*(?:packaging/dev )?(guixue .*)$", line)
        for block in blocks
        for line in block.splitlines()
    ]
    return [found[1] for found in shown if found]


def unknown_words(line: str, group: click.Group) -> list[str]:
    """The commands and options of a shown command line that the program does not have."""
    command: click.Command = group
    words = iter(shlex.split(line)[1:])
    unknown = []
    for word in words:
        if word.startswith("--"):
            option = next((one for one in command.params if word in one.opts), None)
            if option is None:
                unknown.append(word)
            elif not getattr(option, "is_flag", False):
                next(words, None)
        elif isinstance(command, click.Group):
            found = command.commands.get(word)
            unknown += [] if found else [word]
            command = found or command
    return unknown


def names_in_the_code() -> set[str]:
    """Every name the program defines or uses, and the string keys it answers with."""
    names: set[str] = set()
    for file in [*(ROOT / "app").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names |= {
                getattr(node, field) for field in ("name", "id", "arg", "attr") if _is_text(node, field)
            }
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
                names.add(node.value)
    return names


def _is_text(node: ast.AST, field: str) -> bool:
    return isinstance(getattr(node, field, None), str)


def test_the_readme_lists_every_command_and_no_other() -> None:
    shown = [row[0].strip("`") for row in table("Command line")]
    real = list(commands(program()))
    assert [name for name in real if not any(f"{one} ".startswith(f"{name} ") for one in shown)] == []
    assert [one for one in shown if not any(f"{one} ".startswith(f"{name} ") for name in real)] == []


@pytest.mark.parametrize("file", [README, *PAGES], ids=lambda file: file.name)
def test_every_command_line_shown_can_be_typed(file: Path) -> None:
    wrong = {line: unknown_words(line, program()) for line in command_lines(file)}
    assert {line: words for line, words in wrong.items() if words} == {}


def test_the_rule_sets_the_examples_use_are_there() -> None:
    shown = [line for file in [README, *PAGES] for line in command_lines(file)]
    used = {found[1] for line in shown if (found := re.search(r"(?:--rules|rules show) (\S+)", line))}
    assert {name for name in used if not (ROOT / "resources" / "rules" / f"{name}.toml").exists()} == set()


def test_the_papers_and_fields_the_examples_use_are_there() -> None:
    from app.documents.catalogue import field_named, kind_named  # noqa: PLC0415 - the other tests must run without it

    for line in (line for page in PAGES for line in command_lines(page)):
        if found := re.match(r"guixue doc (?:issue|missing|batch) (\S+)", line):
            kind = kind_named(found[1])
            for name in re.findall(r"--(?:set|blank) ([^ =]+)", line):
                assert field_named(kind.kind, name).name == name


def test_the_manual_shows_command_lines_at_all() -> None:
    assert len([line for page in PAGES for line in command_lines(page)]) > 20


def test_every_identifier_of_the_glossary_stands_in_the_code() -> None:
    joined = "\n".join(names_in_the_code())
    identifiers = [row[1].strip("`") for row in table("Glossary")]
    # A part of a longer name will do: `natural_day` in `add_natural_days`.
    absent = [name for name in identifiers if not re.search(rf"(^|_){re.escape(name)}s?(_|$)", joined, re.M)]
    assert absent == []


def test_the_glossary_has_one_identifier_per_term() -> None:
    terms = [term for row in table("Glossary") for term in row[0].split("、")]
    identifiers = [row[1] for row in table("Glossary")]
    assert len(set(terms)) == len(terms)
    assert len(set(identifiers)) == len(identifiers)


def test_the_licence_table_covers_exactly_what_the_project_depends_on() -> None:
    assert sorted(row[0] for row in table("Licence")) == sorted(declared())


def test_the_licence_is_the_one_the_project_declares() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["license"] == {"text": "Apache-2.0"}
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Version 2.0, January 2004" in text
    assert text.rstrip().endswith("limitations under the License.")


def test_every_folder_of_the_map_is_there() -> None:
    folders = [row[0].strip("`") for row in table("Folder map")]
    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []


def test_the_map_names_every_room_of_the_core() -> None:
    rooms = {f"app/{file.parent.name}" for file in (ROOT / "app").glob("*/__init__.py")}
    assert rooms - {row[0].strip("`") for row in table("Folder map")} == set()


def test_every_page_of_the_manual_is_linked_from_its_index() -> None:
    linked = re.findall(r"\]\(([^)]+\.md)\)", (HELP / "index.md").read_text("utf-8"))
    assert sorted(linked) == [page.name for page in PAGES if page.name != "index.md"]


@pytest.mark.parametrize("file", [README, *PAGES], ids=lambda file: file.name)
def test_every_link_leads_somewhere(file: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", file.read_text("utf-8"))
    assert [target for target in targets if not (file.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_of_the_manual_is_short_and_has_one_title(page: Path) -> None:
    lines = page.read_text("utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert len([line for line in lines if line.startswith("# ")]) == 1
    assert len(lines) <= 80
