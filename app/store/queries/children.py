"""Named questions about children: who belonged to which class on a day, who was marked absent."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.domain.records import Enrolment, Guardian, RosterLead, Student
from app.store.transaction import Transaction

_ON_DAY = "from_on <= ? AND coalesce(to_on, '9999-12-31') >= ?"
_AMONG = "IN (SELECT value FROM json_each(?))"


def enrolments_of(tx: Transaction, student_ids: Collection[str] | None = None) -> list[Enrolment]:
    """The enrolments of those children (None: of all), in the order of their days."""
    if student_ids is None:
        return tx.find(Enrolment, order="from_on, id")
    among = json.dumps(sorted(student_ids))
    return tx.find(Enrolment, f"student_id {_AMONG}", [among], order="from_on, id")


def enrolments_on(
    tx: Transaction, day: date, student_ids: Collection[str] | None = None
) -> dict[str, Enrolment]:
    """Child → the enrolment that holds on `day`; a child that belongs nowhere that day is missing."""
    where, params = _ON_DAY, [day.isoformat(), day.isoformat()]
    if student_ids is not None:
        where, params = f"{where} AND student_id {_AMONG}", [*params, json.dumps(sorted(student_ids))]
    return {row.student_id: row for row in tx.find(Enrolment, where, params, order="from_on, id")}


def pupils_on(tx: Transaction, class_id: str, day: date) -> list[Student]:
    """The children who belonged to a class on `day`, by name."""
    where = (
        f"id IN (SELECT student_id FROM enrolment WHERE class_id = ? AND withdrawn_on IS NULL AND {_ON_DAY})"
    )
    return tx.find(Student, where, [class_id, day.isoformat(), day.isoformat()], order="name, id")


def classes_with_pupils_on(tx: Transaction, day: date) -> set[str]:
    """The classes that have a child on `day`."""
    rows = tx.rows(
        "SELECT DISTINCT enrolment.class_id FROM enrolment JOIN student ON student.id = student_id"
        " WHERE enrolment.withdrawn_on IS NULL AND student.withdrawn_on IS NULL AND class_id <> ''"
        f" AND {_ON_DAY}",
        [day.isoformat(), day.isoformat()],
    )
    return {row["class_id"] for row in rows}


@dataclass(frozen=True)
class ChildLine:
    """What a table of thousands shows of a child, read past its record."""

    id: str
    name: str
    gender: str
    birth: date | None
    village: str
    phone: str
    id_no: str
    edu_no: str


def child_lines(tx: Transaction, student_ids: Collection[str] | None = None) -> list[ChildLine]:
    """Every child, or those; in no order."""
    sql = "SELECT id, name, gender, birth, village, phone, id_no, edu_no FROM student WHERE withdrawn_on IS NULL"
    rows = (
        tx.rows(sql)
        if student_ids is None
        else tx.rows(f"{sql} AND id {_AMONG}", [json.dumps(sorted(student_ids))])
    )
    return [
        ChildLine(**row | {"birth": date.fromisoformat(row["birth"]) if row["birth"] else None})
        for row in rows
    ]


def names_of_children(tx: Transaction) -> list[str]:
    """Every name there is, once."""
    return [row["name"] for row in tx.rows("SELECT DISTINCT name FROM student WHERE withdrawn_on IS NULL")]


def family_of(
    tx: Transaction, child: Student, *, numbers: Collection[str], names: Collection[str], address: str
) -> list[Student]:
    """The other children who share one of the telephone `numbers` (their own or a guardian's), or the `address` ('' is
    none), or who live in the same village and have a guardian of one of the `names`; in no order."""
    found = tx.find(Student, phone=tuple(numbers)) if numbers else []
    found += tx.find(Student, address=address) if address else []
    of_numbers = {one.student_id for one in tx.find(Guardian, phone=tuple(numbers))} if numbers else set()
    of_names = {one.student_id for one in tx.find(Guardian, name=tuple(names))} if child.village else set()
    found += tx.find(Student, id=tuple(of_numbers))
    found += tx.find(Student, id=tuple(of_names), village=child.village)
    return [one for one in {one.id: one for one in found}.values() if one.id != child.id]


def open_leads(tx: Transaction, today: date) -> list[RosterLead]:
    """The leads found by `today` and not settled by then."""
    where = "found_on <= ?1 AND (settled_on IS NULL OR settled_on > ?1)"
    return tx.find(RosterLead, where, [today.isoformat()], order="found_on, id")


@dataclass(frozen=True)
class Place:
    """Where a child belongs on a day; `left` says how it left the school it belonged to last (空: it has not)."""

    school_id: str = ""
    class_id: str = ""
    left: str = ""


NOWHERE = Place()


def last_places(tx: Transaction, day: date, student_ids: Collection[str] | None = None) -> dict[str, Place]:
    """Child → where it belongs on `day`, else the school it belonged to last and how it left."""
    sql = (
        "SELECT student_id, school_id, class_id, ended, coalesce(to_on, '9999-12-31') < ?1 AS gone FROM enrolment"
        " WHERE withdrawn_on IS NULL AND from_on <= ?1"
    )
    params = [day.isoformat()]
    if student_ids is not None:
        sql += " AND student_id IN (SELECT value FROM json_each(?2))"
        params.append(json.dumps(sorted(student_ids)))
    found: dict[str, Place] = {}
    for row in tx.rows(f"{sql} ORDER BY gone DESC, from_on, id", params):
        gone = bool(row["gone"])
        found[row["student_id"]] = Place(
            row["school_id"], "" if gone else row["class_id"], (row["ended"] or "已离校") if gone else ""
        )
    return found
