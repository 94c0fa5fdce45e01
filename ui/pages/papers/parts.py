"""The parts of a paper of several sheets — 存根, 正本, 送达回证 — told by what stands at the top of each page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ui.printing.pages import PageSet

WHOLE, STUB, ORIGINAL, RECEIPT = "全部", "存根", "正本", "送达回证"
TOP = 5  # lines of a page that hold its title


@dataclass(frozen=True)
class Part:
    """A part of a paper and its pages, counted from 0."""

    name: str
    pages: tuple[int, ...]


def parts_of(pages: PageSet) -> list[Part]:
    """The parts in order; a paper without a stub and a receipt on sheets of their own is one part, 全部."""
    return split([pages.texts(page)[:TOP] for page in range(pages.page_count)])


def split(tops: Sequence[Sequence[str]]) -> list[Part]:
    """As `parts_of`, from the first lines of each page. A page without a title of its own belongs to the one before."""
    found: list[Part] = []
    for page, lines in enumerate(tops):
        name = _name(lines)
        if found and name in {"", found[-1].name}:
            found[-1] = Part(found[-1].name, (*found[-1].pages, page))
        else:
            found.append(Part(name or ORIGINAL, (page,)))
    return found if len(found) > 1 else [Part(WHOLE, tuple(range(len(tops))))]


def pages_to_print(parts: Sequence[Part], copies: Mapping[str, int]) -> list[int]:
    """The pages in the order they are printed: each part as often as `copies` says; a part it does not name once."""
    return [page for part in parts for _ in range(copies.get(part.name, 1)) for page in part.pages]


def _name(lines: Sequence[str]) -> str:
    words = ["".join(line.split()) for line in lines]
    if any("送达回证" in line for line in words):
        return RECEIPT
    if any(line.endswith(("（存根）", "(存根)")) for line in words):
        return STUB
    return ORIGINAL if any(line.endswith("通知书") for line in words) else ""
