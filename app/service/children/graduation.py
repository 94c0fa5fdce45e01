"""毕业: classes past their last grade wait for one confirmation each; and who is in which class on a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.domain.dates import day_words
from app.domain.membership import GRADUATED, day_before, first_day_of_year
from app.domain.records import ClassGroup, Enrolment, Student, Unit
from app.domain.school_year import ROLLOVER_MONTH
from app.errors import UserError
from app.service.children.leads import settle_leads
from app.service.office.classes import classes_meant, find_class
from app.service.office.desk import Desk
from app.service.office.grades import finished_days, has_finished, is_in_last_grade, name_on
from app.service.office.unit_names import school_beside
from app.store.queries.children import open_members_of, pupils_by_class

AWAITING = "毕业待确认"
LAST_HALF = 2  # the month in which 第二学期 begins (school_year.term_label)


@dataclass(frozen=True)
class ClassLine:
    """A class with pupils on a day, by its name of that day; `school` is empty in a school, `state` is 毕业待确认 or
    empty."""

    class_id: str
    school: str
    name: str
    pupils: int
    state: str


@dataclass(frozen=True)
class AwaitingClass:
    """A class past its last grade that still has pupils: `since` is 1 September after its last school year."""

    class_id: str
    school: str
    name: str
    pupils: int
    since: date


@dataclass(frozen=True)
class GraduatedClass:
    """A class that was confirmed: its school ('' in the school itself), its name on that day, the day, and how many
    children left with it."""

    class_id: str
    school: str
    class_name: str
    date: date
    pupils: int


def class_list(desk: Desk, day: date) -> list[ClassLine]:
    """The classes that have pupils on `day`, in the order of schools and grades."""
    return _lines(desk, day, desk.tx.find(ClassGroup))


def _lines(desk: Desk, day: date, classes: list[ClassGroup]) -> list[ClassLine]:
    counted = pupils_by_class(desk.tx, day, [one.id for one in classes])
    groups = [one for one in classes if counted.get(one.id)]
    schools = _school_names(desk)
    groups.sort(
        key=lambda one: (schools.get(one.school_id, ""), one.stage != "小学", -one.entry_year, one.number)
    )
    return [
        ClassLine(
            one.id,
            schools.get(one.school_id, ""),
            name_on(desk, one, day),
            counted[one.id],
            AWAITING if has_finished(desk, one, day) else "",
        )
        for one in groups
    ]


def awaiting_classes(desk: Desk) -> list[AwaitingClass]:
    """The classes of today that wait for the confirmation that they graduated."""
    since, classes = first_day_of_year(desk.today), desk.tx.find(ClassGroup)
    finished = finished_days(desk, classes)
    past = [one for one in classes if finished[one.id] <= desk.today]
    return [
        AwaitingClass(one.class_id, one.school, one.name, one.pupils, since)
        for one in _lines(desk, desk.today, past)
    ]


@dataclass(frozen=True)
class Graduate:
    """A child of a class that waits for the confirmation; the birth tells namesakes apart."""

    id: str
    name: str
    birth: date | None


def graduates_of(desk: Desk, class_id: str) -> tuple[Graduate, ...]:
    """The children that a confirmation of today would end, by name."""
    ids = {row.student_id for row in open_members_of(desk.tx, class_id, desk.today)}
    children = desk.tx.find(Student, id=tuple(ids))
    return tuple(Graduate(one.id, one.name, one.birth) for one in sorted(children, key=lambda one: one.name))


def graduate_class(desk: Desk, class_id: str, day: date, staying: Collection[str] = ()) -> GraduatedClass:
    """End with 毕业 what the children of a class belong to, from `day` on; their open cases stay open.

    Those whose ids are in `staying` (留级, 未毕业) stay on the roll. Raises UserError for a day to come, a class before
    its last grade, one without pupils, and where nobody is left to graduate.
    """
    group = desk.tx.get(ClassGroup, class_id)
    name = name_on(desk, group, day)
    if day > desk.today:
        raise UserError(f"{day_words(day)}还没有到，不能提前确认毕业。请在毕业当天或之后确认。")
    if not _may_graduate(desk, group, day):
        raise UserError(f"{name}在{day_words(day)}还没有毕业，不能确认。请核对班级和日期。")
    rows = open_members_of(desk.tx, class_id, day)
    if not rows:
        raise UserError(f"{name}在{day_words(day)}没有在册的学生，不用确认毕业。请核对班级和日期。")
    rows = [row for row in rows if row.student_id not in staying]
    if not rows:
        raise UserError(f"{name}的学生都留下了，没有人毕业。请至少留一名打勾，或者先不确认。")
    for row in rows:
        desk.tx.change(Enrolment, row.id, to_on=day_before(day), ended=GRADUATED)
        settle_leads(desk, row.student_id, day, GRADUATED)
    return GraduatedClass(
        class_id, school_beside(desk, group.school_id), name, day, len({row.student_id for row in rows})
    )


def finished_class(desk: Desk, text: str, day: date) -> ClassGroup:
    """The class a person means that graduates on `day`: 六年级1班 in September is the one that was it until August, if
    that still waits, as 2027届六年级1班 is.

    Raises UserError listing the classes there are.
    """
    last_year = day_before(first_day_of_year(day))
    finished = [one for one in desk.tx.find(ClassGroup) if has_finished(desk, one, day)]
    meant = classes_meant(desk, text, finished, last_year)
    awaiting = [one for one in meant if open_members_of(desk.tx, one.id, day)]
    return awaiting[0] if len(awaiting) == 1 else find_class(desk, text)


def _may_graduate(desk: Desk, group: ClassGroup, day: date) -> bool:
    """Whether it has finished, or is in the second half (February to August) of its last school year."""
    in_second_half = LAST_HALF <= day.month < ROLLOVER_MONTH
    return has_finished(desk, group, day) or (is_in_last_grade(desk, group, day) and in_second_half)


def _school_names(desk: Desk) -> dict[str, str]:
    return {} if desk.unit.level == "学校" else {one.id: one.name for one in desk.tx.find(Unit)}
