"""What the code imports is what `pyproject.toml` declares: no package is there only because another brings it along."""

import ast
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions

from tests.helpers import ROOT
from tests.helpers.dependencies import declared, package_key

OURS = {"app", "ui", "tests"}


def imported(*tops: str) -> Iterator[tuple[str, str]]:
    """The file and the top-level package of every import of other people's code under the folders `tops`."""
    for file in (file for top in tops for file in (ROOT / top).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            for name in _packages(node):
                if name not in OURS and name not in sys.stdlib_module_names:
                    yield file.relative_to(ROOT).as_posix(), name


def _packages(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name.partition(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom) and not node.level and node.module:
        return [node.module.partition(".")[0]]
    return []


def keys(names: list[str]) -> set[str]:
    return {package_key(name) for name in names}


def undeclared(found: Iterator[tuple[str, str]], allowed: set[str]) -> set[str]:
    """The imports that come from none of the packages `allowed`, as `file: package`."""
    owners = packages_distributions()
    return {f"{file}: {name}" for file, name in found if not keys(owners.get(name, [])) & allowed}


def test_every_package_the_program_imports_is_declared() -> None:
    assert undeclared(imported("app", "ui"), keys(declared())) == set()


def test_every_package_the_tests_and_scripts_import_is_declared() -> None:
    assert undeclared(imported("tests", "packaging"), keys(declared() + declared("dev"))) == set()


def test_the_program_imports_every_package_it_declares() -> None:
    owners = packages_distributions()
    used = {key for _, name in imported("app", "ui") for key in keys(owners.get(name, []))}
    assert keys(declared()) - used == set()


def test_an_import_of_a_package_that_only_came_along_is_found() -> None:
    """cffi comes with PyNaCl; a package that is not installed at all has no owner."""
    found = iter([("a.py", "cffi"), ("b.py", "nacl"), ("c.py", "not_there_at_all")])
    assert undeclared(found, {"pynacl"}) == {"a.py: cffi", "c.py: not_there_at_all"}
