"""The lines of a sheet taken one by one: a child, a refusal, or more of the family of the child above.

A list with several guardians often gives a child several lines: the child's cells are merged over them, repeated, or
left empty below the first.
"""

from collections.abc import Iterator
from dataclasses import replace

from app.roster.duplicates import RowsSeen, contradicts, duplicate_reason
from app.roster.family import guardians_of, with_more
from app.roster.fields import PLACE_FIELDS, field_of
from app.roster.line import Line, SheetContext, is_no_child
from app.roster.model import Problem, RosterFile, RosterRow
from app.roster.reading import NO_CHARACTER, Sheet, column_letters
from app.roster.rows import read_row


def read_sheet(context: SheetContext, sheet: Sheet, seen: RowsSeen, roster: RosterFile) -> None:
    """Add every child, refusal and warning of one sheet to `roster`."""
    taking = _Taking(seen, roster)
    start = context.header.below
    for offset, cells in enumerate(sheet.rows[start:], start=sheet.first_row + start):
        line = Line(context, offset, cells)
        if not is_no_child(line):
            taking.take(line)
    roster.warnings.extend(_two_columns(context, sheet))
    roster.warnings.extend(_births(context, sheet))
    roster.warnings.extend(_second_list(context, sheet))


class _Taking:
    """The lines of one sheet, each beside the one before it."""

    def __init__(self, seen: RowsSeen, roster: RosterFile) -> None:
        self._seen = seen
        self._roster = roster
        self._before: RosterRow | None = None

    def take(self, line: Line) -> None:
        """One line that is not passed over."""
        if line.number in line.context.odd.damaged:
            line.faults.append(
                (_damaged_cell(line), f"第 {line.number} 行有读不出的字节，请对照原件重填这一格再导入")
            )
            self._roster.rejected.append(line.problem())
            self._before = None
            return
        if _is_family_alone(line):
            self._take_family(line)
            return
        row = read_row(line)
        before, self._before = self._before, row
        if row and before and _continues(row, before):
            self._add_family(line, row, before)
            return
        twin = self._seen.twin(row) if row else None
        if row and twin:
            line.refuse(twin[1], duplicate_reason(row, *twin))
            self._refuse_earlier(row, *twin)
        if line.faults:
            self._roster.rejected.append(line.problem())
            self._before = None
        elif row:
            self._seen.add(row)
            self._roster.rows.append(row)
            self._roster.warnings.extend(line.warnings)

    def _take_family(self, line: Line) -> None:
        """A line without a child's name below the child."""
        if self._before is None:
            line.refuse("姓名", "没有姓名，上一行的学生也没有导入，请补上姓名")
            self._roster.rejected.append(line.problem())
            return
        family = guardians_of(line)
        more = replace(self._before, guardians=family.guardians, phone=family.spare_phone)
        self._add_family(line, more, self._before)

    def _add_family(self, line: Line, more: RosterRow, before: RosterRow) -> None:
        whole = replace(
            before, guardians=with_more(before.guardians, more.guardians), phone=before.phone or more.phone
        )
        self._roster.rows[-1] = self._before = whole
        self._roster.warnings.extend(line.warnings)

    def _refuse_earlier(self, row: RosterRow, earlier: RosterRow, column: str) -> None:
        """Of two children with one number nobody knows whose it is: the earlier line is no child either."""
        rows, warnings = self._roster.rows, self._roster.warnings
        place = (earlier.sheet, earlier.row)
        kept = [one for one in rows if (one.sheet, one.row) != place]
        if contradicts(row, earlier, column) and len(kept) < len(rows):
            rows[:] = kept
            reason = duplicate_reason(earlier, row, column)
            self._roster.rejected.append(Problem(*place, earlier.cell, reason, earlier.name, earlier.id_no))
            warnings[:] = [one for one in warnings if (one.sheet, one.row) != place]


def _damaged_cell(line: Line) -> str:
    """The first cell with bytes that are no characters."""
    place = next(at for at, cell in enumerate(line.cells) if NO_CHARACTER in str(cell))
    return f"{column_letters(place)}{line.number}"


def _is_family_alone(line: Line) -> bool:
    """Whether only family columns are filled: the child's cells were merged over its lines, and the merge was lost."""
    if line.text("姓名"):
        return False
    filled = [name for name in line.context.header.columns if line.text(name) and name not in PLACE_FIELDS]
    members = line.context.family
    named = any(line.text(member + "姓名") for member in members)
    return named and all(any(name.startswith(one) for one in members) for name in filled)


def _continues(row: RosterRow, before: RosterRow) -> bool:
    """Whether a line repeats the child above and names somebody else of its family."""
    return (
        (row.name, row.id_no) == (before.name, before.id_no)
        and row.guardians != before.guardians
        and bool(row.guardians)
        and row.sheet == before.sheet
        and _child_of(row) == _child_of(before)
    )


def _child_of(row: RosterRow) -> RosterRow:
    """What a row says of the child alone."""
    return replace(row, row=0, cell="", guardians=(), phone="")


def _two_columns(context: SheetContext, sheet: Sheet) -> Iterator[Problem]:
    """A warning for every field whose columns hold different things."""
    row = sheet.first_row + context.header.top
    for name, reason in context.two_columns.items():
        cell = f"{column_letters(context.header.columns[name].index)}{row}"
        yield Problem(sheet.name, row, cell, f"{reason}，请核对，需要另一栏的请在栏目对应里选它")


def _births(context: SheetContext, sheet: Sheet) -> Iterator[Problem]:
    """One warning for a column of births of which some cannot be read."""
    if cells := context.unread_births:
        place = f"{column_letters(context.header.columns['出生日期'].index)}{sheet.first_row + context.header.top}"
        some = "、".join(cells[:5]) + ("等" if len(cells) > 5 else "")
        reason = f"出生日期有{len(cells)}行认不出来（{some}），已用身份证号中的，不影响导入；请写成 2015-03-01 的形式"
        yield Problem(sheet.name, sheet.first_row + context.header.top, place, reason)


def _second_list(context: SheetContext, sheet: Sheet) -> Iterator[Problem]:
    """A warning for a sheet with two lists side by side, of which only the left one was read."""
    for text in context.header.unused:
        found = field_of(text)
        if found and found[0] == "姓名":
            row = sheet.first_row + context.header.top
            cell = f"{column_letters(context.header.columns['姓名'].index)}{row}"
            yield Problem(
                sheet.name, row, cell, "表中有两列姓名，只读了第一列，如是左右两栏名单请改成一栏再导入"
            )
            return
