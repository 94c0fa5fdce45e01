"""Find the header of a sheet by the names in it: below title rows, over two lines, on any sheet.

A file's own words can be given by hand as {our field: header text}; they come before every alias. So can headers that
are not to be read, whatever they seem to mean.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from app.errors import UserError
from app.roster.fields import (
    ADDRESS,
    DETAIL,
    FAMILY_MEMBERS,
    PHONE,
    PLACE_FIELDS,
    REGISTERED,
    field_of,
    known_field,
    names_family,
    plain_header,
)
from app.roster.reading import Cell, Sheet

ONE_COLUMN = PLACE_FIELDS | {"姓名"}
"""Fields of which only the best column is read."""
OTHER_ADDRESSES = frozenset({"家庭地址", "通信地址"})
"""Columns of the 学籍 template that stand for the 现住址 where there is none, and beside it are another address."""
HEADER_WITHIN = 40  # rows from the top of the sheet; covers cover notes above a roster


@dataclass(frozen=True)
class Column:
    """A column in use: its position from 0 and its header as the file writes it; `more` are further columns of the
    same field, the best first."""

    index: int
    header: str
    more: tuple["Column", ...] = ()


@dataclass(frozen=True)
class Header:
    """A recognised header: the positions (from 0 within the sheet's rows) of its first row and of the first row
    under it, our field → column, the headers that mean nothing to us, and all headers from left to right."""

    top: int
    below: int
    columns: dict[str, Column]
    unused: list[str]
    texts: list[str]


@dataclass(frozen=True)
class ByHand:
    """What a person said of a file's headers, ready for comparing: header → our field, and headers not to be read."""

    fields: Mapping[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()


def hand_mapping(mapping: Mapping[str, str], ignored: Collection[str] = ()) -> ByHand:
    """A person's {our field: header text} and the headers not to be read. UserError for a wrong field."""
    fields = {plain_header(header): known_field(name) for name, header in mapping.items()}
    return ByHand(fields, frozenset(plain_header(header) for header in ignored))


def find_header(sheet: Sheet, by_hand: ByHand) -> Header | None:
    """The header of `sheet` that names most of our fields, or None if no row names a child.

    One line is preferred to two, an upper line to a lower one. `by_hand` comes from `hand_mapping`.
    """
    best: Header | None = None
    for top in range(min(len(sheet.rows), HEADER_WITHIN)):
        for lines in (1, 2):
            found = _read(sheet, top, lines, by_hand)
            if found and (best is None or _worth(found) > _worth(best)):
                best = found
    return best


def _worth(header: Header) -> tuple[int, int]:
    """More of our fields is better, then fewer lines: a title above is no part of the header."""
    return len(header.columns), header.top - header.below


def is_header_again(text: Callable[[str], str], header: Header) -> bool:
    """Whether a row (its `text` by our field) only repeats the header, as every printed page of an export does."""
    columns = header.columns
    if not _repeats(text("姓名"), "姓名", columns["姓名"]):
        return False  # the name decides for nearly every row
    same = [name for name, column in columns.items() if _repeats(text(name), name, column)]
    return len(same) >= min(2, len(columns))


def nothing_recognised(file_name: str, sheets: list[Sheet], missing_by_hand: list[str]) -> UserError:
    """The sentence for a file without a usable header: what was looked for and how to say it by hand."""
    if missing_by_hand:
        return UserError(
            f"文件“{file_name}”里没有找到表头“{'”“'.join(missing_by_hand)}”，"
            "请检查对应关系右边的文字是否与表中完全一致。"
        )
    names = "、".join(f"“{sheet.name}”" for sheet in sheets[:5])
    return UserError(
        f"文件“{file_name}”(工作表{names})里没有认出表头：至少要有“姓名”和“班级”(或“年级”加“班级”)两栏，"
        "请检查是否选对了文件，表头写法特别时请指定对应关系，如 姓名=学生、班级=所属班。"
    )


def _repeats(text: str, name: str, column: Column) -> bool:
    if not text:
        return False
    found = field_of(text)
    return plain_header(text) == plain_header(column.header) or (found is not None and found[0] == name)


def _read(sheet: Sheet, top: int, lines: int, by_hand: ByHand) -> Header | None:
    """Read `lines` rows from `top` as a header, or None if they have no column for the name."""
    if top + lines > len(sheet.rows):
        return None
    seen: list[Column] = []
    found: list[tuple[str, int]] = []
    for index, choices in enumerate(_texts(sheet, top, lines)):
        known = _first_known(choices, by_hand)
        if choices:
            seen.append(Column(index, known[0] if known else choices[0]))
            found.append((known[1], known[2]) if known else ("", 0))
    names = _one_list(_details_placed(_phones_placed([name for name, _ in found]), seen), seen)
    ranked: dict[str, list[tuple[int, Column]]] = {}
    for name, (_, rank), column in zip(names, found, seen, strict=True):
        if name:
            ranked.setdefault(name, []).append((rank, column))
    columns = {name: _with_more(name, found) for name, found in ranked.items()}
    if "姓名" not in columns or len(columns) < 2:
        return None
    if lines == 2 and _is_data(sheet.rows[top + 1], columns["姓名"]):
        return None
    used = {one.index for column in columns.values() for one in (column, *column.more)}
    unused = [column.header for column in seen if column.index not in used]
    return Header(top, top + lines, columns, unused, [column.header for column in seen])


def _member(field: str) -> str:
    """The member of the family a field is about; empty for the child's own."""
    return next((one for one in FAMILY_MEMBERS if field.startswith(one)), "")


def _phones_placed(names: list[str]) -> list[str]:
    """Our fields from left to right, a bare 电话 among the columns about one of the family given to them: between two
    of their columns, or behind their 关系."""
    placed = list(names)
    for place, name in enumerate(names):
        before, after = (names[at] if 0 <= at < len(names) else "" for at in (place - 1, place + 1))
        member = _member(before)
        among = member and (before.endswith("关系") or _member(after) == member)
        if name == PHONE and among and member + PHONE not in names:
            placed[place] = member + PHONE
    return placed


def _one_list(names: list[str], columns: list[Column]) -> list[str]:
    """Our fields of the first list only, where two stand side by side under the same headers: what stands behind the
    second 姓名 is about other children."""
    places = [place for place, name in enumerate(names) if name == "姓名"]
    if len(places) > 1 and len({plain_header(columns[place].header) for place in places}) == 1:
        return [name if place < places[1] else "" for place, name in enumerate(names)]
    return names


def _details_placed(names: list[str], columns: list[Column]) -> list[str]:
    """Our fields from left to right, a bare 详细地址 behind columns of the 户籍 given to it."""
    placed = list(names)
    for place, column in enumerate(columns):
        bare = names[place] == ADDRESS and plain_header(column.header) == DETAIL
        if place and bare and names[place - 1].startswith(REGISTERED):
            placed[place] = REGISTERED
    return placed


def _with_more(name: str, found: list[tuple[int, Column]]) -> Column:
    """The best of the columns that may mean a field, with the others; a child has one name and one class."""
    best, *others = (column for _, column in sorted(found, key=lambda one: one[0]))
    more = tuple(one for one in others if plain_header(one.header) not in OTHER_ADDRESSES)
    return best if name in ONE_COLUMN else replace(best, more=more)


def _is_data(lower: list[Cell], name: Column) -> bool:
    """Whether the second line is already a child: its name cell holds something that is no header of the column."""
    text = _text(lower[name.index]) if name.index < len(lower) else ""
    return text != "" and not name.header.endswith(text)


def _texts(sheet: Sheet, top: int, lines: int) -> Iterator[list[str]]:
    """Per column the texts its header may be read as: both lines together first, then the lower, then the upper.

    Under 成员1 an 身份证件号 is the member's and never the child's.
    Where the merged cell above was lost (csv), a group such as 成员1 also covers the columns after it.
    """
    rows = [[_text(cell) for cell in row] for row in sheet.rows[top : top + lines]]
    width = max(len(row) for row in rows)
    upper = rows[0] + [""] * (width - len(rows[0]))
    if lines == 1:
        yield from ([text] if text else [] for text in upper)
        return
    lower = rows[1] + [""] * (width - len(rows[1]))
    group = ""
    for above, below in zip(upper, lower, strict=True):
        group = above or (group if below else "")
        together = group + below if group != below else below
        choices = (together,) if below and names_family(group) else (together, below, above)
        yield [text for text in choices if text]


def _text(cell: object) -> str:
    return "".join(cell.split()) if isinstance(cell, str) else ""


def _first_known(choices: list[str], by_hand: ByHand) -> tuple[str, str, int] | None:
    """The first text that means a field: (text, field, rank); a field mapped by hand has no other column."""
    for text in choices:
        if plain_header(text) in by_hand.fields:
            return text, by_hand.fields[plain_header(text)], -1
    if any(plain_header(text) in by_hand.ignored for text in choices):
        return None
    taken = set(by_hand.fields.values())
    for text in choices:
        found = field_of(text)
        if found and found[0] not in taken:
            return text, found[0], found[1]
    return None
