"""The class a line names, also where a small school leaves out what goes without saying.

A school with one class a grade writes 三年级, 三, 5 or 三班, has a column of grades alone, or names a sheet 五年级: no
number means class 1. A text nobody can read is asked about once, and the answer holds for the next file.
"""

from datetime import date, datetime
from functools import lru_cache

from app.domain.class_texts import ONE_A_GRADE, lone_grade, without_notes
from app.domain.school_year import ClassName, has_left, lacks_stage, parse_class_name
from app.roster.fields import CLASS, GRADE, SCHOOL, STAGE
from app.roster.line import Line

_class_called = lru_cache(maxsize=1024)(parse_class_name)  # a roster names few classes, thousands of times
UNREADABLE = "班级“{}”认不出来，请写成“五年级2班”这样的形式，或者指明它是哪个班"


def class_of(line: Line) -> ClassName | None:
    """The class of the child on `line`; None with a fault left on the line if it cannot be told."""
    text, grade = line.text(CLASS), line.text(GRADE)
    if not text and not grade:
        return _hinted(line)
    told = " ".join((grade, text)).strip()
    found = _named(
        line, line.context.classes.get(told) or text, "" if told in line.context.classes else grade
    )
    if found is None:
        _refuse(line, told)
        return None
    if has_left(found.stage, found.entry_year, line.context.today, _years(line)):
        line.refuse(CLASS, f"班级“{text or grade}”已经毕业，请核对班级")
    return found


def _hinted(line: Line) -> ClassName | None:
    context = line.context
    if context.class_hint is None:
        line.refuse(CLASS, "没有班级，请补上，如“五年级2班”")
    elif context.hint_assumed:
        context.assumed.setdefault((context.sheet, line.number), context.grade_hint)
    return context.class_hint


def _years(line: Line) -> int:
    return line.context.years_at(line.text(SCHOOL))


def _named(line: Line, text: str, grade: str) -> ClassName | None:
    """The class by its name, by its name without school and notes, or with class 1 for a missing number."""
    plain = text
    if not _parsed(line, text, grade) and text:
        plain = without_notes(text)
    found = _parsed(line, plain, grade)
    if found is None and not grade and line.context.grade_hint:
        found = _parsed(line, plain, line.context.grade_hint)
    return found or _without_number(line, plain, grade)


def _parsed(line: Line, text: str, grade: str) -> ClassName | None:
    stage = next((word for word in ("小学", "初中") if word in line.text(STAGE)), "")
    years = _years(line)
    if not text:
        return None
    return _class_called(text, line.context.today, grade, stage=stage, primary_years=years)


def _without_number(line: Line, text: str, grade: str) -> ClassName | None:
    """Class 1 of the grade that is all the line says."""
    if text and grade and text != grade and not _same_grade(text, grade):
        return None
    said = lone_grade(grade or text) or grade or text
    found = _parsed(line, "1班", said)
    if found:
        line.context.assumed[line.context.sheet, line.number] = said
    return found


def _same_grade(text: str, grade: str) -> bool:
    """三年级 beside 三."""
    one, other = ONE_A_GRADE.fullmatch(text), ONE_A_GRADE.fullmatch(grade)
    return bool(one and other and one["grade"] == other["grade"] and "班" not in text)


def _refuse(line: Line, told: str) -> None:
    """Say why the class cannot be told, and keep its text to be asked about."""
    cell = line.raw(CLASS)
    if isinstance(cell, date | datetime):
        day = cell.date() if isinstance(cell, datetime) else cell
        line.refuse(
            CLASS,
            f"班级被 Excel 变成了日期 {day}（原来可能是 {day.month}-{day.day}），请把这一列设为文本后重填",
        )
        return
    line.context.unknown_classes.setdefault(told, None)
    if lacks_stage(told):
        line.refuse(
            CLASS, f"班级“{told}”看不出是小学还是初中，请写成“小学{told}”或“初中{told}”，或者指明它是哪个班"
        )
    else:
        line.refuse(CLASS, UNREADABLE.format(told))
