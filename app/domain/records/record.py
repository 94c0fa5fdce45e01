"""What every stored fact has, and what a record class says of itself."""

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Annotated, ClassVar


class Trait(Enum):
    """What a field says of itself beside its word."""

    INNER = auto()
    """Kept for the program: no form asks for it, and the history of a child does not tell it."""
    MASKED = auto()
    """A number of a child, masked in every list."""
    BELOW_COUNTY = auto()
    """Goes up to the township and no further."""
    STORY = auto()
    """A text of several lines; every other text is one line of a form."""


INNER, MASKED, BELOW_COUNTY, STORY = Trait.INNER, Trait.MASKED, Trait.BELOW_COUNTY, Trait.STORY


class Down(Enum):
    """Which offices below get a record on the stick."""

    OWNER = auto()
    """Those its owner leads to: the present unit of a child, the school of a class."""
    BELOW = auto()
    """Every office below its unit, as a calendar holds for all of them."""
    ALL = auto()
    """Every office there is."""


@dataclass(frozen=True)
class About:
    """What a record class says of itself. A field says its Chinese word, and its `Trait`s, in its `Annotated` type.

    `word` is the record's name on forms and in the history. `owner` is the field that names whom the record belongs
    to, empty where it belongs to nobody and goes with what names it; `kind` is the field that names the table of the
    owner, where that is not always the same: such a record goes where its owner goes. `missed` is the word under which
    a person misses it where a backup lacks it: its own where empty, None where nobody would. `below_county` keeps the
    whole record in and below the township. `former` are the fields that an office which no longer has the record
    still gets. What is no record, the settings of a PC, never travels.
    """

    word: str
    owner: str
    kind: str = ""
    missed: str | None = ""
    below_county: bool = False
    down: Down = Down.OWNER
    former: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Record:
    """What every stored fact has: its id, and whether it was withdrawn."""

    about: ClassVar[About]

    id: Annotated[str, "编号", INNER]
    withdrawn_on: Annotated[date | None, "撤回日期"] = None
    withdrawn_reason: Annotated[str, "撤回理由"] = ""


def table_name(record: type[Record]) -> str:
    """The table of a record class: case_file for `CaseFile`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", record.__name__).lower()
