"""The packages the project declares in `pyproject.toml`."""

import re
import tomllib

from tests.helpers import ROOT


def declared(extra: str = "") -> list[str]:
    """The names of the packages the program needs as they are written, or those of an extra (`dev`)."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines: list[str] = project["optional-dependencies"][extra] if extra else project["dependencies"]
    return [re.split(r"[<>=!~\[ ]", line)[0] for line in lines]


def package_key(name: str) -> str:
    """One spelling of a package's name: PySide6_Essentials and pyside6-essentials are the same."""
    return re.sub(r"[-_.]+", "-", name).lower()
