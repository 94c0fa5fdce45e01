"""What a person types, held against what a record and a paper can carry: length, and signs that cannot be printed."""

import re
from collections.abc import Mapping
from typing import Final

from app.domain.about import RECORDS, label, with_trait
from app.domain.records.record import Trait
from app.errors import UserError

LINE: Final = 200
"""Characters of a name, an address, a reason: as much as a line of a form takes."""
STORY: Final = 2000
"""Characters of a visit note or a law sentence: three pages of a form's cell."""
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Signs no paper can show; tabs and line ends are not among them."""


def refuse_odd_text(word: str, text: str, longest: int = LINE, *, about: str = "") -> str:
    """`text` itself, which is called `word`. Raises UserError for control characters and for more than `longest`."""
    if _CONTROL.search(text):
        raise UserError(f"“{word}”里有看不见的控制字符。请删去后重新输入。", about)
    if len(text) > longest:
        raise UserError(f"“{word}”有{len(text)}个字，最多{longest}个。请缩短后再试。", about)
    return text


def longest_text(table: str, column: str) -> int:
    """How many characters a column takes."""
    return STORY if column in with_trait(RECORDS[table], Trait.STORY) else LINE


def refuse_odd_cells(table: str, cells: Mapping[str, object]) -> None:
    """Hold the cells written to one record against what they can carry; what the program keeps for itself is passed."""
    inner = with_trait(RECORDS[table], Trait.INNER)
    for column, value in cells.items():
        if isinstance(value, str) and column not in inner:
            refuse_odd_text(label(RECORDS[table], column), value, longest_text(table, column), about=column)


def without_control(text: str) -> str:
    """`text` of a file without the signs no paper can show."""
    return text if text.isprintable() else _CONTROL.sub("", text)
