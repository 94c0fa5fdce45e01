"""The licence list is what the packages themselves say, and nothing is built on that Apache-2.0 cannot go out with."""

import importlib
import subprocess
import sys
from email.message import Message
from types import ModuleType

import pytest

from tests.helpers import ROOT
from tests.helpers.dependencies import declared
from tests.helpers.readme import table

SCRIPT = ROOT / "packaging" / "licences.py"


@pytest.fixture
def licences(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module; `packaging` is no package, it is named like one of other people's."""
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    return importlib.import_module("licences")


def metadata(**fields: str | list[str]) -> Message:
    """The metadata of a package: License_Expression="MIT" is its field License-Expression."""
    message = Message()
    for name, value in fields.items():
        for one in [value] if isinstance(value, str) else value:
            message[name.replace("_", "-")] = one
    return message


def test_the_readme_names_each_package_with_the_licence_it_says_itself(licences: ModuleType) -> None:
    assert {row[0]: row[1] for row in table("Licence")} == {
        name: licences.licence(name) for name in declared()
    }


def test_every_row_of_the_list_says_what_the_package_is_for() -> None:
    assert [row[0] for row in table("Licence") if not row[2]] == []


def test_nothing_is_built_on_a_licence_that_is_gpl_alone_or_unknown(licences: ModuleType) -> None:
    names = [*declared(), *licences.brought_along(declared())]
    assert {name: said for name in names if not licences.may_be_used(said := licences.licence(name))} == {}


@pytest.mark.parametrize(
    ("expression", "usable"),
    [
        ("MIT", True),
        ("LGPL-3.0-only", True),
        ("GNU Lesser General Public License v2 or later (LGPLv2+)", True),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", True),  # one may choose
        ("GPL-3.0-only OR MIT", True),
        ("GPL-3.0-only", False),
        ("GPL-2.0-only OR AGPL-3.0-or-later", False),
        ("MIT AND GPL-3.0-or-later", False),  # both hold
        ("MIT OR (Apache-2.0 AND GPL-3.0-only)", False),  # brackets are not resolved, to be safe
        ("GNU General Public License v3 (GPLv3)", False),
        ("GNU Affero General Public License v3", False),
        ("", False),
    ],
)
def test_a_licence_that_is_gpl_alone_is_refused(licences: ModuleType, expression: str, usable: bool) -> None:
    assert licences.may_be_used(expression) is usable


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"License_Expression": "MIT-CMU", "License": "something else"}, "MIT-CMU"),
        ({"License": "MIT License"}, "MIT"),
        ({"License": "Apache License, Version 2.0"}, "Apache-2.0"),
        (
            {"License": "The text\nof a licence", "Classifier": ["License :: OSI Approved :: MIT License"]},
            "MIT",
        ),
        ({"License": "BSD", "Classifier": ["License :: OSI Approved :: BSD License"]}, ""),  # which BSD?
        ({"License": "Dual License", "Classifier": ["License :: OSI Approved"]}, ""),
        (
            {
                "Classifier": [
                    "Topic :: Office",
                    "License :: Public Domain",
                    "License :: OSI Approved :: MIT License",
                ]
            },
            "MIT AND Public Domain",
        ),
        ({}, ""),
    ],
)
def test_the_newest_field_that_says_it_exactly_is_believed(
    licences: ModuleType, fields: dict[str, str | list[str]], said: str
) -> None:
    assert licences.said_licence(metadata(**fields)) == said


def test_what_packages_bring_along_is_listed_to_the_last(licences: ModuleType) -> None:
    """PyNaCl needs cffi and cffi needs pycparser; their test tools are nobody's business."""
    assert licences.brought_along(["PyNaCl"]) == ["cffi", "pycparser"]


def test_the_script_prints_the_list_of_the_readme() -> None:
    printed = subprocess.run([sys.executable, str(SCRIPT)], capture_output=True, text=True, check=True).stdout
    shown = [f"| {row[0]} | {row[1]} |" for row in table("Licence")]
    assert printed.split("\n\n")[0].splitlines()[2:] == shown
    assert "| pycparser | BSD-3-Clause |" in printed
