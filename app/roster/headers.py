"""Find the header of a sheet by the names in it: below title rows, over two lines, on any sheet.

A file's own words can be given by hand as {our field: header text}; they come before every alias. So can headers that
are not to be read, whatever they seem to mean.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from app.errors import UserError
from app.roster.fields import field_of, known_field, names_family, plain_header
from app.roster.reading import Cell, Sheet

HEADER_WITHIN = 40  # rows from the top of the sheet; covers cover notes above a roster


@dataclass(frozen=True)
class Column:
    """A column in use: its position from 0 and its header as the file writes it."""

    index: int
    header: str


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
    best: dict[str, tuple[int, Column]] = {}
    seen: list[Column] = []
    for index, choices in enumerate(_texts(sheet, top, lines)):
        found = _first_known(choices, by_hand)
        if choices:
            seen.append(Column(index, found[0] if found else choices[0]))
        if found and (found[1] not in best or found[2] < best[found[1]][0]):
            best[found[1]] = (found[2], seen[-1])
    if "姓名" not in best or len(best) < 2:
        return None
    if lines == 2 and _is_data(sheet.rows[top + 1], best["姓名"][1]):
        return None
    columns = {name: column for name, (_, column) in best.items()}
    used = {column.index for column in columns.values()}
    unused = [column.header for column in seen if column.index not in used]
    return Header(top, top + lines, columns, unused, [column.header for column in seen])


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
