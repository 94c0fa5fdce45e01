"""Named questions about children: who belonged to which class on a day, who was missing."""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.domain.records import Enrolment, Guardian, Mark, RosterLead, Student
from app.store.queries.same_child import Joined
from app.store.transaction import Transaction

_ON_DAY = "from_on <= ? AND coalesce(to_on, '9999-12-31') >= ?"
_AMONG = "IN (SELECT value FROM json_each(?))"


def enrolments_of(tx: Transaction, student_ids: Collection[str] | None = None) -> list[Enrolment]:
    """The enrolments of those children (None: of all), in the order of their days."""
    if student_ids is None:
        return tx.find(Enrolment, order="from_on, id")
    among = json.dumps(sorted(student_ids))
    return tx.find(Enrolment, f"student_id {_AMONG}", [among], order="from_on, id")


def children_with_an_end(tx: Transaction, student_ids: Collection[str]) -> set[str]:
    """Those of some children with an enrolment that has an end: who never left a class left no school either."""
    rows = tx.rows(
        f"SELECT student_id FROM enrolment WHERE to_on IS NOT NULL AND withdrawn_on IS NULL AND student_id {_AMONG}",
        [json.dumps(sorted(student_ids))],
    )
    return {row["student_id"] for row in rows}


def names_of(tx: Transaction, student_ids: Collection[str]) -> dict[str, str]:
    """Record → name, of those records, withdrawn or not."""
    rows = tx.rows(f"SELECT id, name FROM student WHERE id {_AMONG}", [json.dumps(sorted(student_ids))])
    return {row["id"]: row["name"] for row in rows}


def enrolments_on(
    tx: Transaction, day: date, student_ids: Collection[str] | None = None
) -> dict[str, Enrolment]:
    """Child → the enrolment that holds on `day`; a child that belongs nowhere that day is missing."""
    where, params = _ON_DAY, [day.isoformat(), day.isoformat()]
    if student_ids is not None:
        where, params = f"{where} AND student_id {_AMONG}", [*params, json.dumps(sorted(student_ids))]
    return {row.student_id: row for row in tx.find(Enrolment, where, params, order="from_on, id")}


def pupils_on(tx: Transaction, class_id: str, day: date) -> list[Student]:
    """The children who belonged to a class on `day`, by name; of records that are one child only one."""
    return pupils_between(tx, class_id, day, day)


def pupils_between(tx: Transaction, class_id: str, first: date, last: date) -> list[Student]:
    """The children who belonged to a class on a day from `first` to `last`, as `pupils_on` lists those of a day."""
    where = (
        f"id IN (SELECT student_id FROM enrolment WHERE class_id = ? AND withdrawn_on IS NULL AND {_ON_DAY})"
    )
    found = tx.find(Student, where, [class_id, last.isoformat(), first.isoformat()], order="name, id")
    joined, stands = Joined(tx), dict[str, str]()
    for one in sorted(found, key=lambda child: child.id):
        stands.setdefault(joined.of(one.id), one.id)
    return [one for one in found if stands[joined.of(one.id)] == one.id]


def open_members_of(tx: Transaction, class_id: str, day: date) -> list[Enrolment]:
    """The enrolments of a class that hold on `day` and have no end yet."""
    where = "class_id = ? AND from_on <= ? AND to_on IS NULL"
    return tx.find(Enrolment, where, [class_id, day.isoformat()], order="from_on, id")


def paused_until(tx: Transaction, day: date) -> set[str]:
    """The children with a 休学 that was over by `day`, whether they are back or not."""
    rows = tx.rows(
        "SELECT student_id FROM enrolment WHERE withdrawn_on IS NULL AND ended = '休学' AND back_on <= ?",
        [day.isoformat()],
    )
    return {row["student_id"] for row in rows}


def pupils_by_class(tx: Transaction, day: date, class_ids: Collection[str]) -> dict[str, int]:
    """Class → how many children belong to it on `day`, each child once, of those classes."""
    rows = tx.rows(
        "SELECT DISTINCT class_id, student_id FROM enrolment JOIN student ON student.id = student_id"
        f" WHERE class_id {_AMONG} AND enrolment.withdrawn_on IS NULL AND student.withdrawn_on IS NULL"
        f" AND {_ON_DAY}",
        [json.dumps(sorted(class_ids)), day.isoformat(), day.isoformat()],
    )
    joined = Joined(tx)
    members = {(row["class_id"], joined.of(row["student_id"])) for row in rows}
    return dict(Counter(class_id for class_id, _ in members))


def classes_with_pupils_on(tx: Transaction, day: date) -> set[str]:
    """The classes that have a child on `day`."""
    rows = tx.rows(
        "SELECT id FROM class_group WHERE EXISTS (SELECT 1 FROM enrolment JOIN student ON student.id = student_id"
        " WHERE class_id = class_group.id AND enrolment.withdrawn_on IS NULL AND student.withdrawn_on IS NULL"
        f" AND {_ON_DAY})",
        [day.isoformat(), day.isoformat()],
    )
    return {row["id"] for row in rows}


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
    """Every child, or those; in no order. Of records that are one child only the one that stands for them."""
    sql = "SELECT id, name, gender, birth, village, phone, id_no, edu_no FROM student WHERE withdrawn_on IS NULL"
    rows = (
        tx.rows(sql)
        if student_ids is None
        else tx.rows(f"{sql} AND id {_AMONG}", [json.dumps(sorted(student_ids))])
    )
    joined = Joined(tx)
    return [
        ChildLine(**row | {"birth": date.fromisoformat(row["birth"]) if row["birth"] else None})
        for row in rows
        if joined.of(row["id"]) == row["id"]
    ]


@dataclass(frozen=True)
class NamedChild:
    """A child by its name."""

    id: str
    name: str


def children_called(tx: Transaction, names: Collection[str], number: str) -> list[NamedChild]:
    """The children of one of the `names`, or with a number that holds `number`; in no order. Of records that are one
    child only the one that stands for them."""
    rows = tx.rows(
        f"SELECT id, name FROM student WHERE withdrawn_on IS NULL AND (name {_AMONG}"
        " OR instr(id_no || ' ' || phone || ' ' || edu_no, ?))",
        [json.dumps(sorted(names)), number],
    )
    joined = Joined(tx)
    return [NamedChild(**row) for row in rows if joined.of(row["id"]) == row["id"]]


def names_of_children(tx: Transaction) -> list[str]:
    """Every name there is, once."""
    return [row["name"] for row in tx.rows("SELECT DISTINCT name FROM student WHERE withdrawn_on IS NULL")]


def leads_of(tx: Transaction, student_ids: Collection[str], today: date) -> list[RosterLead]:
    """The leads of those children that were found by `today` and not settled by then."""
    where = f"found_on <= ? AND (settled_on IS NULL OR settled_on > ?) AND student_id {_AMONG}"
    day = today.isoformat()
    return tx.find(RosterLead, where, [day, day, json.dumps(sorted(student_ids))], order="found_on, id")


def missed_on(tx: Transaction, day: date, as_of: date) -> dict[str, date]:
    """The records of children whose whereabouts on `day` nobody has said by `as_of` → the day of the roster that no
    longer had them."""
    joined, found = Joined(tx), dict[str, date]()
    for lead in open_leads(tx, as_of):
        if lead.found_on <= day:
            for record in joined.all([lead.student_id]):
                found.setdefault(record, lead.found_on)
    return found


def marks_of(tx: Transaction, student_ids: Collection[str]) -> list[Mark]:
    """The 学籍标注 of those children, in the order in which they were set."""
    return tx.find(Mark, f"student_id {_AMONG}", [json.dumps(sorted(student_ids))], order="set_on, id")


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
class LastPlace:
    """Where a child belongs on a day; `left` says how it left the school it belonged to last (空: it has not), since
    `left_on`, and for which `next_school`."""

    school_id: str = ""
    class_id: str = ""
    left: str = ""
    left_on: date | None = None
    next_school: str = ""


NOWHERE = LastPlace()


def last_places(
    tx: Transaction, day: date, student_ids: Collection[str] | None = None
) -> dict[str, LastPlace]:
    """Child → where it belongs on `day`, else the school it belonged to last and how it left.

    Records that are one child are read together, under the one that stands for them.
    """
    joined = Joined(tx)
    sql = (
        "SELECT student_id, school_id, class_id, ended, to_on, next_school,"
        " coalesce(to_on, '9999-12-31') < ?1 AS gone FROM enrolment"
        " WHERE withdrawn_on IS NULL AND from_on <= ?1"
    )
    params = [day.isoformat()]
    if student_ids is not None:
        sql += " AND student_id IN (SELECT value FROM json_each(?2))"
        params.append(json.dumps(sorted(joined.all(student_ids))))
    found: dict[str, LastPlace] = {}
    # Two records that are one child may both belong somewhere: one in a class comes before one without.
    for row in tx.rows(f"{sql} ORDER BY gone DESC, gone = 0 AND class_id <> '', from_on, id", params):
        found[joined.of(row["student_id"])] = _left_place(row) if row["gone"] else _place(row)
    return found


def _place(row: Mapping[str, Any]) -> LastPlace:
    return LastPlace(row["school_id"], row["class_id"])


def _left_place(row: Mapping[str, Any]) -> LastPlace:
    left_on = date.fromisoformat(row["to_on"]) + timedelta(days=1)
    return LastPlace(row["school_id"], "", row["ended"] or "已离校", left_on, row["next_school"])


def spans_of_classes(tx: Transaction, as_of: date) -> set[tuple[str, date, date | None]]:
    """Class, first and last day (None: still) of every span in which a class has or had a child to call.

    The span of a child whose whereabouts nobody has said by `as_of` ends before the roster that no longer had it.
    """
    missed = missed_on(tx, as_of, as_of)
    rows = tx.rows(
        "SELECT DISTINCT class_id, from_on, to_on,"
        " CASE WHEN student_id IN (SELECT value FROM json_each(?)) THEN student_id ELSE '' END AS sought"
        " FROM enrolment WHERE withdrawn_on IS NULL AND class_id <> ''",
        [json.dumps(sorted(missed))],
    )
    found = set()
    for row in rows:
        first = date.fromisoformat(row["from_on"])
        ends = [date.fromisoformat(row["to_on"])] if row["to_on"] else []
        ends += [missed[row["sought"]] - timedelta(days=1)] if row["sought"] else []
        found.add((row["class_id"], first, min(ends, default=None)))
    return found
