"""Attendance from a month sheet in Excel: preview what it would record, and record it as one run that can be undone."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from app.domain.records import ClassGroup, ImportRun
from app.errors import UserError
from app.roster.model import Problem
from app.roster.month_sheet import MonthSheet, read_month_sheets
from app.service.office.classes import class_labels, find_class
from app.service.office.desk import Desk
from app.service.office.grades import primary_years
from app.service.rolls.month_reading import ClassRead, DayRead, read_class, words_of_absences
from app.service.rolls.month_table import Month
from app.service.rolls.roll_call import AbsenceEntry, take_roll


@dataclass(frozen=True)
class RollDay:
    """A day that is new or changes: who is missing by the sheet, and who was before (None: nobody had called)."""

    class_name: str
    day: date
    absences: tuple[str, ...]
    was: tuple[str, ...] | None


@dataclass(frozen=True)
class MonthAnswer:
    """What a sheet would record, or with a `run` did record. `not_called` are 上课日 with an empty column: nobody knows
    whether all were there. A day named in `rejected` is not recorded."""

    run: str | None
    month: str
    classes: tuple[str, ...]
    days: tuple[RollDay, ...]
    unchanged: int
    not_called: tuple[date, ...]
    rejected: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    @property
    def added(self) -> int:
        """How many days of a class are new."""
        return sum(one.was is None for one in self.days)

    @property
    def changed(self) -> int:
        """How many days of a class were called before, otherwise."""
        return len(self.days) - self.added


def preview_month(desk: Desk, path: Path, class_text: str = "", month: Month | None = None) -> MonthAnswer:
    """What importing the sheet would record; nothing is written. The arguments are `import_month`'s."""
    return _answer(None, _read(desk, path, class_text, month))


def import_month(desk: Desk, path: Path, class_text: str = "", month: Month | None = None) -> MonthAnswer:
    """Record the days of an attendance sheet as one run, which `undo_import` takes back.

    The class and the month are those of the sheet's name or title, unless they are given. Days that are recorded
    already stay as they are; one that says otherwise is called anew. Raises UserError where the file holds no
    attendance sheet, or its class or month is not known.
    """
    found = _read(desk, path, class_text, month)
    if not any(_news(one) for one in found):
        return _answer(None, found)
    position = desk.tx.position()
    run = ImportRun(
        id=desk.tx.new_id(),
        unit_id=desk.unit.id,
        file_name=path.name,
        file_sha256=sha256(path.read_bytes()).hexdigest(),
        imported_on=desk.today,
        first_seq=position + 1,
        last_seq=position,
    )
    desk.tx.add(run)
    labels = class_labels(desk)
    for one in found:
        for day in _news(one):
            entries = [AbsenceEntry(child, kind, part) for child, (kind, part) in day.absences.items()]
            take_roll(desk, labels[one.group.id], day.day, entries)
    desk.tx.change(ImportRun, run.id, last_seq=desk.tx.position())
    return _answer(run.id, found)


def _read(desk: Desk, path: Path, class_text: str, month: Month | None) -> list[ClassRead]:
    sheets = read_month_sheets(path, desk.today, primary_years(desk, desk.unit.id))
    if class_text and len(sheets) > 1:
        names = "、".join(f"“{one.sheet}”" for one in sheets[:5])
        raise UserError(
            f"文件里有{len(sheets)}张考勤表（{names}），不能都算“{class_text}”。请去掉 --class 再试。"
        )
    found = [read_class(desk, one, _group(desk, one, class_text), _month(one, month)) for one in sheets]
    twice = {(one.group.id, one.month) for one in found}
    if len(twice) < len(found):
        raise UserError("文件里有两张表是同一个班同一个月的。请只留一张再导入。")
    return found


def _group(desk: Desk, sheet: MonthSheet, class_text: str) -> ClassGroup:
    if class_text:
        return find_class(desk, class_text)
    wanted = sheet.class_name
    if wanted is None:
        raise UserError(
            f"工作表“{sheet.sheet}”没有写是哪个班。请在标题里写上班级，例如“五年级2班”；命令行可以用 --class 写明。"
        )
    groups = desk.tx.find(ClassGroup, stage=wanted.stage, entry_year=wanted.entry_year, number=wanted.number)
    if len(groups) != 1:
        many = f"有{len(groups)}所学校都有" if groups else "名册里没有"
        raise UserError(
            f"工作表“{sheet.sheet}”的班级，{many}。请核对标题里的班级；命令行可以用 --class 写明。"
        )
    return groups[0]


def _month(sheet: MonthSheet, given: Month | None) -> Month:
    if given is None and not sheet.month:
        raise UserError(
            f"工作表“{sheet.sheet}”没有写是哪个月。请在标题里写上年月，例如“2026年9月”；命令行可以用 --month 写明。"
        )
    return given or Month(sheet.year, sheet.month)


def _news(one: ClassRead) -> list[DayRead]:
    """The days of a sheet that are not recorded yet, or otherwise."""
    return [day for day in one.days if day.before != day.absences]


def _answer(run: str | None, found: list[ClassRead]) -> MonthAnswer:
    days = [
        RollDay(
            one.name,
            day.day,
            tuple(words_of_absences(day.absences, one.names)),
            None if day.before is None else tuple(words_of_absences(day.before, one.names)),
        )
        for one in found
        for day in _news(one)
    ]
    return MonthAnswer(
        run=run,
        month="、".join(dict.fromkeys(one.month.words for one in found)),
        classes=tuple(one.name for one in found),
        days=tuple(days),
        unchanged=sum(len(one.days) - len(_news(one)) for one in found),
        not_called=tuple(sorted({day for one in found for day in one.not_called})),
        rejected=tuple(problem for one in found for problem in one.rejected),
        warnings=tuple(problem for one in found for problem in one.warnings),
    )
