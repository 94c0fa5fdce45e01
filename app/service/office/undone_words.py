"""What an undo takes back, in words, so that nobody has to guess which entry Ctrl+Z reached."""

from collections.abc import Callable, Sequence
from typing import Any

from app.domain.about import RECORDS, REFERENCES, TELLING, path_to
from app.domain.dates import month_day
from app.domain.records import (
    Alias,
    CalendarDay,
    Closure,
    Contact,
    Enrolment,
    Mark,
    NationalDay,
    Record,
    Roll,
    RosterLead,
    Staff,
    Student,
    Unit,
)
from app.domain.records.record import table_name
from app.service.office.classes import class_names
from app.service.office.desk import Desk
from app.store.journal import JournalEntry

ENDED: dict[tuple[type[Record], str], str] = {
    (Closure, "withdrawn_on"): "恢复个案",
    (Mark, "cleared_on"): "取消学籍标注",
}
"""Writings of one field that are an action of their own → what a person calls it."""
ENTERED = frozenset({Student, Staff})
"""What is entered by a form of its own, so that taking it back is more than taking back a correction."""


def words_of(desk: Desk, entries: Sequence[JournalEntry]) -> str:
    """The journal entries of one action in a few words: the most telling record speaks."""
    for kind in TELLING:
        own = [one for one in entries if one.table == table_name(kind)]
        if own:  # what was added says more than what made room for it
            return _of_entry(desk, next((one for one in own if one.added), own[0]))
    return "刚才的操作"


def _of_entry(desk: Desk, entry: JournalEntry) -> str:
    """One entry in words: what was entered, corrected, or itself taken back."""
    kind = RECORDS[entry.table]
    record = desk.tx.get(kind, entry.row)
    if entry.added:
        return f"{'登记' if kind in ENTERED else ''}{_said(desk, record)}"
    ended = [name for (table, column), name in ENDED.items() if table is kind and column in entry.cells]
    if ended:
        return f"{_child(desk, record)}的{ended[0]}"
    taken_back = entry.new().get("withdrawn_on") is not None
    return f"撤回{_said(desk, record)}" if taken_back else _said(desk, record)


def _said(desk: Desk, record: Record) -> str:
    """A record in words: whose it is, where it is a child's, and its name on the forms."""
    if say := SAID.get(type(record)):
        return say(desk, record)
    word = record.about.word
    return f"{_child(desk, record)}的{word}" if path_to(Student, type(record)) else word


def _child(desk: Desk, record: Record) -> str:
    """The name of the child that a record belongs to, itself or by its case."""
    found = record
    for _step, field in path_to(Student, type(record)):
        found = desk.tx.get(REFERENCES[field], getattr(found, field))
    return desk.tx.get(Student, found.id).name


def _roll(desk: Desk, roll: Roll) -> str:
    session = "" if roll.session == "全天" else roll.session
    return f"{class_names(desk).get(roll.class_id, '')}{month_day(roll.day)}{session}点名"


def _contact(desk: Desk, contact: Contact) -> str:
    return f"{_child(desk, contact)}{month_day(contact.happened_on)}的{contact.method}记录"


def _enrolment(desk: Desk, row: Enrolment) -> str:
    """A leaving, or a coming where the child has not left."""
    return f"{_child(desk, row)}的{row.ended or row.began}"


def _calendar_day(_desk: Desk, row: CalendarDay) -> str:
    return f"{month_day(row.day)}的校历"


def _national_day(_desk: Desk, row: NationalDay) -> str:
    return f"{row.day.year}年的放假安排"


def _alias(desk: Desk, alias: Alias) -> str:
    return f"{desk.tx.get(Student, alias.first_id).name}的同一人认定"


SAID: dict[type[Record], Callable[[Desk, Any], str]] = {
    Roll: _roll,
    Contact: _contact,
    Enrolment: _enrolment,
    CalendarDay: _calendar_day,
    NationalDay: _national_day,
    Alias: _alias,
    Student: lambda _desk, child: f"{child.name}的信息",
    Staff: lambda _desk, one: f"{one.name}的人员信息",
    Unit: lambda _desk, _unit: "单位信息",
    RosterLead: lambda _desk, _lead: "名册中消失的学生",
}
"""Records that say more than whose they are and their name."""
