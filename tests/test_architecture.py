"""The house keeps its rooms small and its walls standing: budgets, docstrings, imports, names."""

import ast
import io
import os
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.helpers import ROOT

FILE_LINES, FUNCTION_LINES, PUBLIC_METHODS = 400, 40, 20

# What is larger than its budget, and how large it may be. This list only shrinks: a name that is no longer
# needed here fails, and so does one that grew.
EXCEPTIONS: dict[str, int] = {}

SKIPPED_FOLDERS = {
    ".git",
    "__pycache__",
    "build",
    "dist",
    ".hypothesis",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
}
HERE = Path(__file__).resolve()


@cache
def _files() -> tuple[Path, ...]:
    """Every file of the project itself: no caches, nothing built, no virtual environment."""
    found: list[Path] = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if _is_ours(Path(folder, name))]
        found += [Path(folder, name) for name in files]
    return tuple(sorted(found))


def _is_ours(folder: Path) -> bool:
    return (
        folder.name not in SKIPPED_FOLDERS
        and not folder.name.endswith((".egg-info", "_cache"))
        and not (folder / "pyvenv.cfg").exists()
        and folder.name != ".venv"
    )


def _python(*tops: str) -> list[Path]:
    return [file for file in _files() if file.suffix == ".py" and file.relative_to(ROOT).parts[0] in tops]


@cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"), str(file))


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _budgeted_code() -> list[Path]:
    """The program, the scripts that build it, and what the tests share."""
    helpers = ROOT / "tests" / "helpers"
    shared = [file for file in _python("tests") if helpers in file.parents or file.name == "conftest.py"]
    return _python("app", "ui", "packaging") + shared


Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _definitions(node: ast.AST, prefix: str = "") -> Iterator[tuple[str, Definition]]:
    """Every function and class under `node`, however deep, with its dotted name."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Definition):
            name = f"{prefix}{child.name}"
            yield name, child
            yield from _definitions(child, f"{name}.")
        else:
            yield from _definitions(child, prefix)


def _methods(node: ast.ClassDef) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [item for item in node.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)]


def _public_methods(node: ast.ClassDef) -> int:
    """How many different public names a class offers: a property and its setter are one."""
    return len({method.name for method in _methods(node) if not method.name.startswith("_")})


def _over_budget() -> dict[str, int]:
    """Whatever is larger than its budget, by name, with its size."""
    over: dict[str, int] = {}
    for file in _python("app", "ui", "packaging", "tests"):
        lines = len(file.read_text("utf-8").splitlines())
        if lines > FILE_LINES:
            over[_name(file)] = lines
    for file in _budgeted_code():
        for name, node in _definitions(_tree(file)):
            is_class = isinstance(node, ast.ClassDef)
            size = _public_methods(node) if is_class else (node.end_lineno or node.lineno) - node.lineno + 1
            if size > (PUBLIC_METHODS if is_class else FUNCTION_LINES):
                over[f"{_name(file)}::{name}"] = size
    return over


def test_files_functions_and_classes_stay_within_their_budgets() -> None:
    grown = {name: size for name, size in _over_budget().items() if size > EXCEPTIONS.get(name, 0)}
    assert grown == {}


def test_the_list_of_exceptions_only_shrinks() -> None:
    assert {name: size for name, size in EXCEPTIONS.items() if _over_budget().get(name) != size} == {}


def test_every_module_says_what_it_is() -> None:
    assert [_name(file) for file in _budgeted_code() if not ast.get_docstring(_tree(file))] == []


def _undocumented(node: ast.Module | ast.ClassDef, prefix: str) -> Iterator[str]:
    """The public functions, classes and methods under `node` that have no docstring."""
    for child in node.body:
        if not isinstance(child, Definition) or child.name.startswith("_") or _repeats_another(child):
            continue
        if not ast.get_docstring(child):
            yield f"{prefix}{child.name}"
        if isinstance(child, ast.ClassDef):
            yield from _undocumented(child, f"{prefix}{child.name}.")


def _repeats_another(node: Definition) -> bool:
    """An overload or a property's setter is described where its twin is."""
    names = {ast.unparse(decorator).rpartition(".")[2] for decorator in node.decorator_list}
    return bool(names & {"overload", "setter", "deleter"})


def test_every_public_function_and_class_says_what_it_does() -> None:
    files = _python("app", "ui", "packaging")
    assert [name for file in files for name in _undocumented(_tree(file), f"{_name(file)}::")] == []


def _imported(file: Path) -> Iterator[str]:
    """The top-level packages a file imports, wherever in the file it does so."""
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]


def test_the_core_never_imports_qt_or_the_window() -> None:
    forbidden = {"PySide6", "shiboken6", "ui", "PyQt6", "PyQt5"}
    assert [_name(file) for file in _python("app") if forbidden & set(_imported(file))] == []


SQL = re.compile(r"^\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|WITH)\s")


def test_sql_stands_in_the_store_alone() -> None:
    found = []
    for file in _python("app", "ui"):
        if file.is_relative_to(ROOT / "app" / "store"):
            continue
        texts = [one.value for one in ast.walk(_tree(file)) if isinstance(one, ast.Constant)]
        found += [_name(file) for text in texts if isinstance(text, str) and SQL.match(text)]
    assert found == []


def test_the_program_never_imports_a_network_library() -> None:
    network = {"socket", "ssl", "http", "ftplib", "smtplib", "requests", "httpx", "aiohttp", "urllib3"}
    assert [_name(file) for file in _python("app", "ui") if network & set(_imported(file))] == []


def test_functions_classes_and_modules_have_english_names() -> None:
    files = _python("app", "ui", "packaging", "tests")
    foreign = [_name(file) for file in files if not file.stem.isascii()]
    foreign += [
        f"{_name(f)}::{name}" for f in files for name, _ in _definitions(_tree(f)) if not name.isascii()
    ]
    assert foreign == []


def _packages(top: str) -> list[Path]:
    return sorted({file.parent for file in _python(top) if file.parent != ROOT / top})


def _is_tested(room: Path) -> bool:
    """tests/app/store holds the tests of app/store; test_migrations*.py there will do for app/store/migrations."""
    mirror = ROOT / "tests" / room.relative_to(ROOT)
    return any(mirror.rglob("test_*.py")) or any(mirror.parent.glob(f"test_{room.name}*.py"))


@pytest.mark.parametrize("top", ["app", "ui"])
def test_every_room_has_its_tests(top: str) -> None:
    assert [_name(room) for room in _packages(top) if not _is_tested(room)] == []


@pytest.mark.parametrize("top", ["app", "ui"])
def test_every_room_is_a_package(top: str) -> None:
    assert [_name(room) for room in _packages(top) if not (room / "__init__.py").exists()] == []


def _comments(file: Path) -> Iterator[str]:
    tokens = tokenize.generate_tokens(io.StringIO(file.read_text("utf-8")).readline)
    yield from (token.string for token in tokens if token.type == tokenize.COMMENT)


UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
BARE_WAIVER = re.compile(
    r"#\s*(noqa(:\s*[A-Z]+[0-9]+(,\s*[A-Z]+[0-9]+)*)?|type:\s*ignore(\[[\w, -]+\])?)\s*$"
)


def test_nothing_is_left_for_later() -> None:
    files = _python("app", "ui", "packaging", "tests")
    assert [_name(file) for file in files for text in _comments(file) if UNFINISHED.search(text)] == []


def test_every_waived_check_gives_its_reason() -> None:
    files = _python("app", "ui", "packaging", "tests")
    assert [
        f"{_name(file)}: {text}" for file in files for text in _comments(file) if BARE_WAIVER.search(text)
    ] == []


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    escapes = re.compile(r"pytest\.(mark\.)?(skip|skipif|xfail|importorskip)\b")
    files = [file for file in _python("tests") if file.resolve() != HERE]
    assert [_name(file) for file in files if escapes.search(file.read_text("utf-8"))] == []


# A path of one developer's machine, or the host of a package registry: neither belongs in the project.
MACHINE = re.compile(
    r"(?<![\w.$}~-])/(work|root|home|tmp|Users)/|[A-Z]:\\Users\\|py" r"pi\.org|python" r"hosted\.org"
)


def _text(file: Path) -> str:
    """The file as text; what is not text says nothing."""
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_mentions_a_machine_or_a_registry() -> None:
    files = [file for file in _files() if file.resolve() != HERE]
    assert [_name(file) for file in files if MACHINE.search(_text(file))] == []


def test_scripts_keep_the_file_budget_too() -> None:
    scripts = [file for file in _files() if _text(file).startswith("#!")]
    assert [_name(file) for file in scripts if len(_text(file).splitlines()) > FILE_LINES] == []
