"""One line of a sheet under its header: texts by our field names, cell addresses, and what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from app.domain.identity import normalise_id_no
from app.domain.school_year import ClassName
from app.domain.spelling import half_width, name_and_note, person_name
from app.domain.typed_text import LINE, STORY
from app.roster.cells import cell_text, value_text
from app.roster.fields import ADDRESS_PARTS, FAMILY_MEMBERS, PLACE_FIELDS, SCHOOL, TOWNSHIP, plain_header
from app.roster.headers import Column, Header, is_header_again
from app.roster.model import Problem
from app.roster.odd_rows import NONE_ODD, OddRows
from app.roster.reading import Cell, column_letters

_SUBTOTAL = re.compile(
    r"(?:合计|小计|总计|共计|累计)(?:$|[:：0-9人(男女].*)|(?:本班|全班|本校|全校|以上)?共计?[0-9]+[人名].*"
)
_NOTE = re.compile(
    r"(?:注|说明|备注|附注|填表说明)\d*[:：].*"
    r"|(?:填表人|填报人|制表人|制表|审核人|审核|经办人|校长|负责人|班主任|联系人|填表日期|填报日期|制表日期|打印日期"
    r"|打印时间|导出时间|填报单位|制表单位|单位\(盖章\)|学校\(盖章\))(?:\(.*\))?[:：].*"
    r"|第?\d+/?\d*页(?:,?共\d+页)?"
)
FILLED_BEFOREHAND = PLACE_FIELDS | set(ADDRESS_PARTS)
ADDRESSES = frozenset({"户籍地址", "现住址"})
_DISTRICT = re.compile(r".+[省市州盟县区旗乡镇]|.+(?:街道|自治[州县])")
FEWEST_DIGITS = 5  # of a birth: 2015.3
SHORT = 40  # characters of a text that other rows may have, too
_STORIES = frozenset({"备注"})
"""Texts of several lines."""
_IDENTIFYING = ("身份证件号", "学籍号", "出生日期")


class _CleanTexts(dict[str, str]):
    """`value_text` of a text cell; short ones such as 是 and 汉族 come in thousands of rows and are made clean once."""

    def __missing__(self, cell: str) -> str:
        clean = value_text(cell)
        if len(cell) <= SHORT:
            self[cell] = clean
        return clean


@dataclass(frozen=True)
class SheetContext:
    """What holds for every line of a sheet. `class_hint` is the class its name or title gives if no column does;
    `grade_hint` a grade in its name for a column with bare class numbers, `school_hint` the school its name or title
    gives. `own_school` empty: any school. `years_of` is school → how many grades its 小学 has, where that is known;
    `primary_years` holds for all others. `addresses` are those of the columns' cells on a
    card. `classes` is what a person said that a text nobody can read means; `hint_assumed` says that the hint has no
    number and means class 1."""

    sheet: str
    header: Header
    today: date
    own_school: str = ""
    class_hint: ClassName | None = None
    grade_hint: str = ""
    primary_years: int = 6
    years_of: Mapping[str, int] = field(default_factory=dict)
    school_hint: str = ""
    classes: Mapping[str, str] = field(default_factory=dict)
    hint_assumed: bool = False
    addresses: tuple[str, ...] = ()
    odd: OddRows = NONE_ODD
    two_columns: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Our field → what to say where several of its columns hold different things."""
    unknown_classes: dict[str, None] = field(default_factory=dict, repr=False, compare=False)
    """Texts of classes that nobody could read, each once."""
    assumed: dict[tuple[str, int], str] = field(default_factory=dict, repr=False, compare=False)
    """Sheet and row of lines that name a grade and no number → the grade; they are of its class 1."""
    unread_births: list[str] = field(default_factory=list, repr=False, compare=False)
    """Cells of births nobody can read, beside a valid 身份证号 that says the birth."""
    clean: _CleanTexts = field(default_factory=_CleanTexts, init=False, repr=False, compare=False)
    """What the text cells read so far say."""

    def years_at(self, school: str) -> int:
        """How many grades the 小学 of a school has, empty for that of the sheet."""
        return self.years_of.get(school or self.school_hint, self.primary_years)

    @cached_property
    def width(self) -> int:
        """How many cells a line has at least, so that every column in use is one of them."""
        columns = self.header.columns.values()
        return max(one.index for column in columns for one in (column, *column.more)) + 1

    @cached_property
    def places(self) -> tuple[tuple[str, int], ...]:
        """Our fields on the sheet, each with the place of its column."""
        return tuple((name, column.index) for name, column in self.header.columns.items())

    @cached_property
    def doubled(self) -> tuple[tuple[str, Column], ...]:
        """Our fields that have several columns."""
        return tuple((name, column) for name, column in self.header.columns.items() if column.more)

    @cached_property
    def names_township(self) -> bool:
        """Whether the column of townships says where the schools are. A bare 乡镇 does where it stands before the
        school; behind it, it is where the child lives."""
        columns = self.header.columns
        if TOWNSHIP not in columns or SCHOOL not in columns:
            return False
        own = plain_header(columns[TOWNSHIP].header)
        return own.startswith("学校") or columns[TOWNSHIP].index < columns[SCHOOL].index

    @cached_property
    def family(self) -> tuple[str, ...]:
        """The members of the family the sheet has columns about, in the order guardians are ranked."""
        columns = self.header.columns
        return tuple(one for one in FAMILY_MEMBERS if any(name.startswith(one) for name in columns))

    @cached_property
    def phones(self) -> tuple[str, ...]:
        """Our fields on the sheet that hold a telephone number."""
        return tuple(name for name in self.header.columns if name.endswith("联系电话"))


@dataclass
class Line:
    """A line while it is read. Faults refuse the row; warnings go beside a row that is kept."""

    context: SheetContext
    number: int
    cells: list[Cell]
    faults: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    _texts: dict[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        clean, cells = self.context.clean, self.cells
        if len(cells) < self.context.width:
            cells = cells + [""] * (self.context.width - len(cells))
        self._texts = {
            name: clean[cell] if type(cell := cells[at]) is str else value_text(cell)
            for name, at in self.context.places
        }
        for name, column in self.context.doubled:
            texts = [value_text(cells[one.index]) for one in (column, *column.more)]
            self._texts[name], lost = joined(name, texts)
            if lost:
                headers = "”“".join(one.header for one in (column, *column.more))
                self.context.two_columns.setdefault(
                    name, f"“{headers}”都是{name}而写得不同，采用了“{column.header}”"
                )

    def raw(self, name: str) -> Cell:
        """The cell of our field `name` as it is; an empty text if the sheet has no such column."""
        column = self.context.header.columns.get(name)
        return self.cells[column.index] if column and column.index < len(self.cells) else ""

    def text(self, name: str) -> str:
        """The clean text of our field `name`; empty for placeholders such as 无 and /, and where there is no column."""
        return self._texts.get(name, "")

    def address(self, name: str) -> str:
        """The address of the cell, such as D7; the name's cell if the sheet has no such column."""
        columns = self.context.header.columns
        place = columns.get(name, columns["姓名"]).index
        return (
            self.context.addresses[place]
            if self.context.addresses
            else f"{column_letters(place)}{self.number}"
        )

    def refuse(self, name: str, reason: str) -> None:
        """Note a fault in the cell of our field `name`; the row will not be taken."""
        self.faults.append((self.address(name), reason))

    def warn(self, name: str, reason: str) -> None:
        """Note something to check in the cell of our field `name`; the row is taken."""
        self.warnings.append(
            Problem(self.context.sheet, self.number, self.address(name), reason, self.child())
        )

    def refuse_long_texts(self) -> None:
        """Refuse a cell that holds more than a form's line takes, or a note's pages."""
        for name, text in self._texts.items():
            longest = STORY if name in _STORIES else LINE
            if len(text) > longest:
                self.refuse(name, f"{name}有{len(text)}个字，最多{longest}个，请缩短后再导入")

    def child(self) -> str:
        """The child's name as far as the line has one."""
        return name_and_note(person_name(self.text("姓名")))[0]

    def name_note(self) -> str:
        """What stands behind the child's name to tell two of one name apart."""
        return name_and_note(person_name(self.text("姓名")))[1]

    def problem(self) -> Problem:
        """All faults of the line as one: the first fault's cell, the others named in the reason."""
        (cell, reason), *others = self.faults
        for address, further in others:
            reason += f"；{address}：{further}" if address != cell else f"；{further}"
        number = normalise_id_no(self.text("身份证件号"))
        return Problem(self.context.sheet, self.number, cell, reason, self.child(), number)


def joined(name: str, texts: list[str]) -> tuple[str, bool]:
    """The texts of several columns of one field, the best first, as one, and whether something of them is lost.

    Names of people are all kept, and so are a place and the detail behind it: 大田县, 石桥镇5号.
    """
    filled = list(dict.fromkeys(text for text in texts if text))
    if len(filled) < 2:
        return "".join(filled), False
    if name.endswith("姓名"):
        return "、".join(filled), False
    longest = max(filled, key=len)
    if name in ADDRESSES and all(text in longest for text in filled):
        return longest, False
    if name in ADDRESSES and len(filled) == 2 and (whole := _whole_address(*filled)):
        return whole, False
    return filled[0], True


def _whole_address(one: str, other: str) -> str:
    """A district and what stands in another column behind it; empty where both are whole addresses."""
    for district, detail in ((one, other), (other, one)):
        if _DISTRICT.fullmatch(district) and not detail.startswith(district[:2]):
            return district + detail
    return ""


def is_no_child(line: Line) -> bool:
    """Whether the line is silently passed over: blank, the header again, a subtotal, a footnote, a heading merged
    over the row, or a numbered line in which only school, class and district were filled in beforehand."""
    if not line.text("姓名") and _is_blank(line):
        return True
    if is_header_again(line.text, line.context.header) or _is_merged_over(line):
        return True
    return not any(map(_identifies, map(line.text, _IDENTIFYING))) and _is_remark(line)


def _identifies(text: str) -> bool:
    """Whether the text in a column of numbers or births is one: 4人 in it is a sum."""
    return sum(one.isdigit() for one in text) >= FEWEST_DIGITS


def _is_blank(line: Line) -> bool:
    return not any(line.text(name) for name in line.context.header.columns if name not in FILLED_BEFOREHAND)


def _is_merged_over(line: Line) -> bool:
    """One text repeated in the name's cell and every other filled cell."""
    first, filled = "", 0
    for text in map(cell_text, line.cells):
        if text and text != (first or text):
            return False  # nearly always by the second cell
        first, filled = first or text, filled + bool(text)
    return filled > 1


def _is_remark(line: Line) -> bool:
    """A subtotal or a footnote. Beside a name nothing else counts, or a 备注 could make a child disappear; only
    a number in the name's cell is no name: 合计 | 36人."""
    name = _plain(line.text("姓名"))
    counted = re.fullmatch(r"[0-9]+[人名]?", name) is not None
    texts = [_plain(cell_text(cell)) for cell in line.cells] if counted or not name else [name]
    return any(_SUBTOTAL.fullmatch(text) or _NOTE.fullmatch(text) for text in texts)


def _plain(text: str) -> str:
    return "".join(half_width(text).split())
