"""What an undo takes back, in words, so that nobody has to guess which entry Ctrl+Z reached."""

from collections.abc import Callable, Sequence

from app.domain.dates import month_day
from app.domain.records import (
    Alias,
    CalendarDay,
    CaseFile,
    Contact,
    Enrolment,
    Leave,
    Mark,
    NationalDay,
    Roll,
    Staff,
    Student,
)
from app.service.office.classes import class_names
from app.service.office.desk import Desk
from app.store.journal import JournalEntry


def words_of(desk: Desk, entries: Sequence[JournalEntry]) -> str:
    """The journal entries of one action in a few words: the most telling record speaks."""
    for table, say in SAID.items():
        for entry in entries:
            if entry.table == table:
                new = "登记" if entry.added and table in ENTERED else ""
                return new + say(desk, entry.row)
    return "刚才的操作"


def _roll(desk: Desk, record_id: str) -> str:
    roll = desk.tx.get(Roll, record_id)
    session = "" if roll.session == "全天" else roll.session
    return f"{class_names(desk).get(roll.class_id, '')}{month_day(roll.day)}{session}点名"


def _contact(desk: Desk, record_id: str) -> str:
    contact = desk.tx.get(Contact, record_id)
    return f"{_child(desk, contact.student_id)}{month_day(contact.happened_on)}的{contact.method}记录"


def _enrolment(desk: Desk, record_id: str) -> str:
    """A leaving, or a coming where the child has not left."""
    row = desk.tx.get(Enrolment, record_id)
    return f"{_child(desk, row.student_id)}的{row.ended or row.began}"


def _child(desk: Desk, student_id: str) -> str:
    return desk.tx.get(Student, student_id).name


def _always(words: str) -> Callable[[Desk, str], str]:
    return lambda _desk, _record_id: words


ENTERED = frozenset({"student", "staff"})
"""What is entered by a form of its own, so that taking it back is more than taking back a correction."""
SAID: dict[str, Callable[[Desk, str], str]] = {
    "roll": _roll,
    "leave": lambda desk, one: f"{_child(desk, desk.tx.get(Leave, one).student_id)}的请假",
    "case_file": lambda desk, one: f"{_child(desk, desk.tx.get(CaseFile, one).student_id)}的个案",
    "contact": _contact,
    "closure": _always("销号"),
    "observation": _always("返校观察"),
    "told": _always("据告知的记录"),
    "forced_step": _always("强制的步骤"),
    "student": lambda desk, one: f"{_child(desk, one)}的信息",
    "enrolment": _enrolment,
    "mark": lambda desk, one: f"{_child(desk, desk.tx.get(Mark, one).student_id)}的学籍标注",
    "guardian": _always("监护人信息"),
    "special_group": _always("对象类别"),
    "calendar_day": lambda desk, one: f"{month_day(desk.tx.get(CalendarDay, one).day)}的校历",
    "national_day": lambda desk, one: f"{desk.tx.get(NationalDay, one).day.year}年的放假安排",
    "term": _always("学期"),
    "unit": _always("单位信息"),
    "staff": lambda desk, one: f"{desk.tx.get(Staff, one).name}的人员信息",
    "responsibility": _always("分工"),
    "attachment": _always("附件"),
    "alias": lambda desk, one: f"{_child(desk, desk.tx.get(Alias, one).first_id)}的同一人认定",
    "roster_lead": _always("名册中消失的学生"),
    "class_group": _always("班级"),
}
"""Table → words for one of its records, the most telling table first: a roll also writes absences and cases,
and a case takes in the contacts made before it."""
