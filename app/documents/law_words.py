"""Sentences of law on papers: a form writes 依据{cite 义务教育法 13.1}, the law table puts the words in.

`cite`: law and article; `clause`: the article alone; `title`: the law's name; `quote`: the text word for word; `start`:
the text up to its first semicolon; `item`: the words of an item. A place is article.paragraph.item: 58, 13.1, 16..5.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Final

from app.documents import law
from app.errors import UserError

REFERENCE: Final = re.compile(r"\{(\w+) (\w+)(?: (\d+)(?:\.(\d*))?(?:\.(\d+))?)?\}")


@cache
def law_words(pattern: str) -> str:
    """`pattern` with its references put into words. Raises UserError for one the law table does not hold."""
    words = REFERENCE.sub(_said, pattern)
    if "{" in words or "}" in words:
        raise UserError(f"法律引用“{pattern}”的写法不对。请写成{{cite 义务教育法 13.1}}这样。")
    return words


def _said(found: re.Match[str]) -> str:
    how, name, article, paragraph, item = found.groups()
    if how == "title":
        return law.title(name)
    if how not in WAYS or article is None:
        raise UserError(f"不认识法律引用“{found[0]}”。请从cite、clause、title、quote、start、item里选。")
    return WAYS[how](name, int(article), _number(paragraph), _number(item))


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _start(name: str, article: int, paragraph: int | None, item: int | None) -> str:
    return law.quote(name, article, paragraph, item).split("；")[0]


def _item(name: str, article: int, paragraph: int | None, item: int | None) -> str:
    """An item's words without its number and closing mark."""
    return law.quote(name, article, paragraph, item).partition("）")[2].rstrip("；。")


WAYS: Final[dict[str, Callable[[str, int, int | None, int | None], str]]] = {
    "cite": law.cite,
    "clause": law.clause,
    "quote": law.quote,
    "start": _start,
    "item": _item,
}
