"""The pages of the manual, in the order of its index, and a search over all of them. No Qt here."""

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from pathlib import Path

from app.settings import RESOURCES

HELP = RESOURCES / "help"
INDEX = "index"
VERSION = "{version}"  # stands in about.md where the version belongs
AROUND = 8  # characters shown on each side of what was found
_LINK = re.compile(r"\]\(([\w-]+)\.md\)")
_MARKS = re.compile(r"[*`#>|]|^\s*(?:\d+\.|-)\s+|\]\([^)]*\)|\[", re.MULTILINE)


@dataclass(frozen=True)
class Found:
    """Where a search met: the page, its title, and the words around the first place."""

    page: str
    title: str
    excerpt: str


class Manual:
    """The Markdown pages of a folder; the index names them and gives their order."""

    def __init__(self, folder: Path = HELP) -> None:
        self._folder = folder

    @cached_property
    def pages(self) -> dict[str, str]:
        """Key → Markdown of every page: the index first, then as the index links them."""
        index = self._read(INDEX)
        keys = dict.fromkeys(_LINK.findall(index))
        return {INDEX: index} | {key: self._read(key) for key in keys}

    @cached_property
    def titles(self) -> dict[str, str]:
        """Key → title of every page."""
        return {key: text.splitlines()[0].removeprefix("# ") for key, text in self.pages.items()}

    def known(self, key: str) -> str:
        """`key` if there is such a page, else the index."""
        return key if key in self.pages else INDEX

    def search(self, text: str) -> list[Found]:
        """The pages that have all words of `text`: those with a word in the title first, the index last.

        No words find nothing.
        """
        words = text.casefold().split()
        if not words:
            return []
        found = []
        for key, page in self.pages.items():
            plain = _plain(page)
            if all(word in plain.casefold() for word in words):
                found.append(Found(key, self.titles[key], _excerpt(plain, words[0])))
        titled = {one.page for one in found if any(word in one.title.casefold() for word in words)}
        return sorted(found, key=lambda one: (one.page not in titled, one.page == INDEX))

    def _read(self, key: str) -> str:
        return (self._folder / f"{key}.md").read_text(encoding="utf-8").replace(VERSION, version())


def version() -> str:
    """The program's version: of the installed package, or of the source folder it is run from."""
    try:
        return metadata.version("guixue")
    except metadata.PackageNotFoundError:
        project = RESOURCES.parent / "pyproject.toml"
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


def _plain(markdown: str) -> str:
    return _MARKS.sub("", markdown)


def _excerpt(plain: str, word: str) -> str:
    """The words around the first place after the title line, on one line."""
    body = plain.partition("\n")[2]
    at = max(body.casefold().find(word), 0)
    start, end = max(at - AROUND, 0), at + len(word) + AROUND
    words = " ".join(body[start:end].split())
    return f"{'…' if start else ''}{words}{'…' if end < len(body) else ''}"
