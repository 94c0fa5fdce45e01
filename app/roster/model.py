"""What comes out of a roster file: children as typed rows, and faults that name their cell."""

from dataclasses import dataclass, field
from datetime import date

from app.domain.about import labels
from app.domain.records import Record, Student
from app.domain.school_year import ClassName
from app.roster.kinds import WHOLE

STUDENT_FIELDS: dict[str, str] = {
    name: word for name, word in labels(Student).items() if name not in labels(Record)
}
"""Attribute of `Student` and of `RosterRow` → the forms' own word for it, which is also our name of the column."""


@dataclass(frozen=True, kw_only=True)
class GuardianEntry:
    """A guardian as a roster names them; empty texts are unknown."""

    name: str
    relation: str = ""
    phone: str = ""
    address: str = ""
    workplace: str = ""


@dataclass(frozen=True, kw_only=True)
class RosterRow:
    """One child of a roster file, every value clean and typed; an empty text or None is unknown.

    `name_note` is what stands behind the name to tell two children apart: 宋玉(大).
    `groups` are the 对象类别 the file says the child has, `not_groups` those it expressly says 否 to.
    `row` counts from 1 as the spreadsheet program shows it; `cell` is the address of the name. `school_guessed` says
    that no column names the school and `school_name` is what the sheet's name or title does.
    """

    sheet: str
    row: int
    name: str
    class_name: ClassName
    cell: str = ""
    school_name: str = ""
    school_code: str = ""
    township: str = ""
    school_guessed: bool = False
    gender: str = ""
    birth: date | None = None
    id_kind: str = ""
    id_no: str = ""
    edu_no: str = ""
    nation: str = ""
    registered_address: str = ""
    address: str = ""
    village: str = ""
    phone: str = ""
    boarding: str = ""
    left_behind: str = ""
    migrant: str = ""
    disability: str = ""
    remark: str = ""
    name_note: str = ""
    guardians: tuple[GuardianEntry, ...] = ()
    groups: tuple[str, ...] = ()
    not_groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """A fault in the file: sheet, row from 1, cell such as D7, and a Chinese reason that ends with what to do.

    `name` is the child's name and `id_no` its 身份证件号 as far as they were readable: a child whose row is refused has
    not vanished.
    """

    sheet: str
    row: int
    cell: str
    reason: str
    name: str = ""
    id_no: str = ""


@dataclass(frozen=True)
class RosterFile:
    """A roster as read: children, refused rows (one problem a row), warnings about rows that were kept,
    our field → the header it was read from, and headers nobody used, both in the order of the file.

    `headers` are all of them; `automatic` is the mapping as it would be without a person's word. `partial` says that
    the file holds some rows of another roster only, the refused ones that were mended, so that a child who is not in
    it has not vanished. `school_guesses` has for every sheet without a 学校 column the school its name or title gives,
    or an empty text. `kind_why` says why the file seems to be of its `kind`, empty where that goes without saying.
    """

    rows: list[RosterRow]
    rejected: list[Problem]
    warnings: list[Problem]
    mapping: dict[str, str]
    unused_headers: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    automatic: dict[str, str] = field(default_factory=dict)
    partial: bool = False
    school_guesses: list[str] = field(default_factory=list)
    unknown_classes: list[str] = field(default_factory=list)
    kind: str = WHOLE
    special: tuple[str, ...] = ()
    kind_why: str = ""


PROBLEM_COLUMNS = ("原行号", "原单元格", "原因和办法")
"""Headers of the columns put before refused rows; a sheet that has them all holds a part of a roster."""
