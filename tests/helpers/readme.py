"""The sections and tables of the README."""

import re

from tests.helpers import ROOT

README = ROOT / "README.md"


def section(title: str) -> str:
    """The text of one README section, without its heading."""
    return README.read_text("utf-8").split(f"\n## {title}\n")[1].split("\n## ")[0]


def table(title: str) -> list[list[str]]:
    """The rows of the table in a README section, cell by cell, without its two heading lines."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    return [
        [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in lines[2:]
    ]
