"""Prints the licences of what the program is built on, as package metadata says them: `python packaging/licences.py`.

First what `pyproject.toml` names, then what those packages bring along on this PC. The README is checked against it.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import PackageMetadata, PackageNotFoundError, distribution
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"

SPDX = {
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""What older metadata says in words, as the short name of the SPDX list."""

READ_IN_THE_PACKAGE = {
    "jinja2": "BSD-3-Clause",  # its LICENSE.txt has the third clause
    # Its LICENSE is zlib's. The wheel has SQLCipher (BSD) and OpenSSL 3 (Apache) linked into it.
    "sqlcipher3": "Zlib AND BSD-3-Clause AND Apache-2.0",
}
"""For packages whose metadata names no licence, or only a family of licences."""

VAGUE = {"", "BSD", "BSD License", "Dual License", "Other/Proprietary License"}


def declared() -> list[str]:
    """The packages the program itself needs, by the names `pyproject.toml` writes."""
    project = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]
    return [_name(line) for line in project["dependencies"]]


def brought_along(names: Iterable[str]) -> list[str]:
    """Every further package that `names` need on this PC, sorted. Raises PackageNotFoundError if one is missing."""
    direct = {_key(name) for name in names}
    met: dict[str, str] = {}
    waiting = list(names)
    while waiting:
        for name in _needed_by(waiting.pop()):
            if _key(name) not in met:
                met[_key(name)] = distribution(name).metadata["Name"]
                waiting.append(name)
    return [met[key] for key in sorted(met.keys() - direct)]


def licence(name: str) -> str:
    """The licence of an installed package as an SPDX expression, or in the metadata's words; '' if nobody knows it."""
    return said_licence(distribution(name).metadata) or READ_IN_THE_PACKAGE.get(_key(name), "")


def said_licence(metadata: PackageMetadata) -> str:
    """What metadata says: its expression, else its short licence field, else its classifiers; '' where it is vague."""
    fields = [*_values(metadata, "License-Expression"), *_values(metadata, "License")]
    # Some packages put the whole text of the licence into the field.
    short = [one.strip() for one in [*fields, _classified(metadata)] if "\n" not in one.strip()]
    return next((SPDX.get(one, one) for one in short if one not in VAGUE), "")


def may_be_used(expression: str) -> bool:
    """Whether a program under Apache-2.0 may go out with it: known, and one of its choices asks for no GPL or AGPL."""
    if not expression:
        return False
    # Brackets are not resolved: then each licence named has to do.
    choices = [expression] if "(" in expression else expression.split(" OR ")
    return any(not _asks_for_gpl(choice) for choice in choices)


def table(rows: Mapping[str, str]) -> str:
    """Packages and licences as the table of a README."""
    lines = [
        "| dependency | licence |",
        "|---|---|",
        *(f"| {name} | {said} |" for name, said in rows.items()),
    ]
    return "\n".join(lines)


def main() -> None:
    """Print both tables."""
    direct = declared()
    for names in (direct, brought_along(direct)):
        sys.stdout.write(table({name: licence(name) for name in names}) + "\n\n")


def _needed_by(name: str) -> Iterator[str]:
    """What a package requires here: not its extras, nor what is for another system or Python."""
    for line in distribution(name).requires or []:
        requirement, _, condition = line.partition(";")
        if re.search(r"\bextra\b", condition):
            continue
        needed = _name(requirement)
        try:
            distribution(needed)
        except PackageNotFoundError:
            if not condition:
                raise
        else:
            yield needed


def _name(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement.strip())[0]


def _key(name: str) -> str:
    """One spelling of a package's name: PySide6_Essentials and pyside6-essentials are the same."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _values(metadata: PackageMetadata, field: str) -> list[str]:
    return metadata.get_all(field) or []


def _classified(metadata: PackageMetadata) -> str:
    """The licences its classifiers name. All of them hold: a classifier cannot say that there is a choice."""
    named = [one.split(" :: ") for one in _values(metadata, "Classifier")]
    words = {parts[-1] for parts in named if parts[0] == "License" and parts[-1] != "OSI Approved"}
    return " AND ".join(sorted(SPDX.get(one, one) for one in words))


def _asks_for_gpl(licences: str) -> bool:
    return bool(re.search(r"(?<!L)GPL|(?<!Lesser )General Public License", licences))


if __name__ == "__main__":
    main()
