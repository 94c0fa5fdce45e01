"""Named questions about rolls, absences and leave over spans of days."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.domain.records import Leave, Roll, Student
from app.store.queries.same_child import Joined, standing_students
from app.store.transaction import Transaction

_AMONG = "IN (SELECT value FROM json_each(?))"


def sessions_of_class(tx: Transaction, class_id: str, first: date, last: date) -> dict[date, set[str]]:
    """Day → the sessions in which a class was called, from `first` to `last`."""
    found: dict[date, set[str]] = defaultdict(set)
    for row in tx.rows(
        "SELECT day, session FROM roll WHERE class_id = ? AND withdrawn_on IS NULL AND day BETWEEN ? AND ?",
        [class_id, first.isoformat(), last.isoformat()],
    ):
        found[date.fromisoformat(row["day"])].add(row["session"])
    return found


def sessions_of_classes(
    tx: Transaction, class_ids: Collection[str], first: date, last: date
) -> dict[str, dict[date, frozenset[str]]]:
    """Class → day → the sessions in which it was called, from `first` to `last`; every class is there.

    Classes called on the same days, as most are, share one answer.
    """
    found: dict[str, dict[date, frozenset[str]]] = {one: {} for one in class_ids}
    read: dict[tuple[str, str], dict[date, frozenset[str]]] = {}
    of_classes = (
        "SELECT class_id, session, group_concat(day) AS days FROM roll"
        " WHERE class_id IN (SELECT value FROM json_each(?1)) AND withdrawn_on IS NULL AND day BETWEEN ?2 AND ?3"
    )
    for row in tx.rows(  # nearly every roll is one of 全天, and those need not be sorted
        f"{of_classes} AND session = '全天' GROUP BY class_id"
        f" UNION ALL {of_classes} AND session <> '全天' GROUP BY class_id, session",
        [json.dumps(sorted(class_ids)), first.isoformat(), last.isoformat()],
    ):
        called, session = found[row["class_id"]], frozenset({row["session"]})
        key = (row["session"], row["days"])
        if key not in read:
            read[key] = dict.fromkeys(map(date.fromisoformat, row["days"].split(",")), session)
        twice = {day: called[day] | session for day in called.keys() & read[key].keys()}
        found[row["class_id"]] = called | read[key] | twice if called else read[key]
    return found


def not_called_whole(
    tx: Transaction, class_ids: Collection[str], days: Collection[date]
) -> dict[tuple[str, date], set[str]]:
    """(class, day) → the halves called, for those days of those classes with children and without a roll of 全天."""
    rows = tx.rows(
        "SELECT class_id, day, (SELECT group_concat(session) FROM roll"
        " WHERE class_id = lacking.class_id AND day = lacking.day AND withdrawn_on IS NULL) AS halves"
        " FROM (SELECT value ->> 0 AS class_id, value ->> 1 AS day FROM json_each(?)) AS lacking"
        " WHERE EXISTS (SELECT 1 FROM enrolment WHERE class_id = lacking.class_id AND withdrawn_on IS NULL"
        " AND from_on <= lacking.day AND coalesce(to_on, '9999-12-31') >= lacking.day)",
        [json.dumps(_without_a_whole_roll(tx, class_ids, sorted(day.isoformat() for day in days)))],
    )
    return {
        (row["class_id"], date.fromisoformat(row["day"])): set((row["halves"] or "").split(",")) - {""}
        for row in rows
    }


def _without_a_whole_roll(
    tx: Transaction, class_ids: Collection[str], days: Sequence[str]
) -> list[tuple[str, str]]:
    """The classes and days, in their order, without a roll of 全天; most classes lack none, or the newest day alone."""
    if not days:
        return []
    rows = tx.rows(
        f"SELECT class_id, group_concat(day) AS days FROM roll WHERE class_id {_AMONG} AND session = '全天'"
        " AND withdrawn_on IS NULL AND day BETWEEN ? AND ? GROUP BY class_id",
        [json.dumps(sorted(class_ids)), days[0], days[-1]],
    )
    called, all_days = {row["class_id"]: row["days"] for row in rows}, ",".join(days)
    found: list[tuple[str, str]] = []
    for class_id in sorted(class_ids):
        known = called.get(class_id, "")
        if all_days.startswith(known) and known:
            left = all_days[len(known) + 1 :]
            found += ((class_id, day) for day in left.split(",") if day)
        else:
            those = set(known.split(","))
            found += ((class_id, day) for day in days if day not in those)
    return found


def sessions_between(tx: Transaction, first: date, last: date) -> dict[tuple[str, date], set[str]]:
    """(class, day) → the sessions in which it was called, from `first` to `last`."""
    found: dict[tuple[str, date], set[str]] = defaultdict(set)
    for row in tx.rows(
        "SELECT class_id, day, session FROM roll WHERE withdrawn_on IS NULL AND day BETWEEN ? AND ?",
        [first.isoformat(), last.isoformat()],
    ):
        found[row["class_id"], date.fromisoformat(row["day"])].add(row["session"])
    return found


class RollAbsence(NamedTuple):
    """An absence of a child, with the session and the class of its roll."""

    student_id: str
    day: date
    kind: str
    part: str
    session: str
    class_id: str


def absences_since(tx: Transaction, student_ids: Collection[str], first: date) -> list[RollAbsence]:
    """The absences of those children from `first` on, in the order of days."""
    rows = tx.rows(
        "SELECT absence.student_id, absence.day, absence.kind, absence.part, roll.session, roll.class_id"
        f" FROM absence JOIN roll ON roll.id = roll_id WHERE student_id {_AMONG} AND absence.day >= ?"
        " AND absence.withdrawn_on IS NULL ORDER BY absence.day, absence.id",
        [json.dumps(sorted(student_ids)), first.isoformat()],
    )
    return [RollAbsence(**row | {"day": date.fromisoformat(row["day"])}) for row in rows]


def leaves_of(tx: Transaction, student_ids: Collection[str]) -> list[Leave]:
    """The leaves of those children, in the order of their days."""
    among = json.dumps(sorted(student_ids))
    return tx.find(Leave, f"student_id {_AMONG}", [among], order="from_on, id")


def leaves_on(
    tx: Transaction, first: date, last: date, student_ids: Collection[str] | None = None
) -> list[Leave]:
    """The leaves that touch the days from `first` to `last`, of those children or of all."""
    where, params = "from_on <= ? AND to_on >= ?", [last.isoformat(), first.isoformat()]
    if student_ids is not None:
        where, params = f"{where} AND student_id {_AMONG}", [*params, json.dumps(sorted(student_ids))]
    return tx.find(Leave, where, params, order="from_on, id")


def children_absent(
    tx: Transaction, first: date, last: date, student_ids: Collection[str] | None = None
) -> list[Student]:
    """The children noted 旷课 from `first` to `last`, among those or among all, by name; each child once."""
    where = (
        "id IN (SELECT student_id FROM absence WHERE kind = '旷课' AND withdrawn_on IS NULL"
        " AND day BETWEEN ? AND ?)"
    )
    params = [first.isoformat(), last.isoformat()]
    if student_ids is not None:
        records = Joined(tx).all(student_ids)
        where, params = f"id {_AMONG} AND {where}", [json.dumps(sorted(records)), *params]
    return standing_students(tx, tx.find(Student, where, params))


def children_absent_on(tx: Transaction, first: date, last: date, *, days: int) -> list[Student]:
    """The children noted 旷课 on at least so many days from `first` to `last`, each child once."""
    joined = Joined(tx)
    found: dict[str, set[str]] = defaultdict(set)
    for row in tx.rows(
        "SELECT student_id, group_concat(day) AS days FROM absence WHERE kind = '旷课' AND withdrawn_on IS NULL"
        " AND day BETWEEN ?1 AND ?2 GROUP BY student_id"
        " HAVING count(*) >= ?3 OR student_id IN (SELECT value FROM json_each(?4))",
        [first.isoformat(), last.isoformat(), days, json.dumps(sorted(joined.records))],
    ):
        found[joined.of(row["student_id"])].update(row["days"].split(","))
    return tx.find(Student, id=tuple(child for child, missed in found.items() if len(missed) >= days))


def children_perhaps_in_a_run(
    tx: Transaction, first: date, today: date, student_ids: Collection[str] | None = None
) -> list[Student]:
    """The children noted 旷课 on or after the newest roll of their class of today: only they can be in a run now.

    So can those noted before it who were excused on that day: leave ends no run. A roll before the child came says
    nothing of it, nor does one of a day that is none for some children (六一, a closure or a holiday set after the
    class was called), nor one since a roster no longer has the child.
    """
    where = (
        "id IN (WITH newest AS MATERIALIZED (SELECT id AS class_id, (SELECT day FROM roll"
        " WHERE class_id = class_group.id AND withdrawn_on IS NULL AND day <= ?2 AND substr(day, 6) <> '06-01'"
        " AND day NOT IN (SELECT day FROM calendar_day WHERE withdrawn_on IS NULL AND kind = '停课')"
        " AND day NOT IN (SELECT day FROM national_day WHERE withdrawn_on IS NULL)"
        " ORDER BY day DESC LIMIT 1) AS day FROM class_group)"
        " SELECT absence.student_id FROM absence"
        " LEFT JOIN enrolment ON enrolment.student_id = absence.student_id AND enrolment.withdrawn_on IS NULL"
        " AND enrolment.from_on <= ?2 AND coalesce(enrolment.to_on, '9999-12-31') >= ?2"
        " LEFT JOIN newest ON newest.class_id = enrolment.class_id"
        " WHERE absence.kind = '旷课' AND absence.withdrawn_on IS NULL AND absence.day BETWEEN ?1 AND ?2"
        " AND (newest.day IS NULL OR absence.day >= newest.day OR enrolment.from_on > newest.day"
        # Few children have any of these: who has none is passed by without a look at one of them.
        " OR absence.student_id IN (SELECT student_id FROM absence WHERE kind <> '旷课' AND withdrawn_on IS NULL"
        " AND day BETWEEN ?1 AND ?2)"
        " AND EXISTS (SELECT 1 FROM absence AS excused WHERE excused.student_id = absence.student_id"
        " AND excused.day = newest.day AND excused.kind <> '旷课' AND excused.withdrawn_on IS NULL)"
        " OR absence.student_id IN (SELECT student_id FROM leave WHERE withdrawn_on IS NULL AND from_on <= ?2)"
        " AND EXISTS (SELECT 1 FROM leave WHERE leave.student_id = absence.student_id"
        " AND leave.from_on <= newest.day AND leave.to_on >= newest.day AND leave.withdrawn_on IS NULL)"
        " OR absence.student_id IN (SELECT student_id FROM roster_lead WHERE found_on <= ?2"
        " AND (settled_on IS NULL OR settled_on > ?2) AND withdrawn_on IS NULL)))"
    )
    params: list[str] = [first.isoformat(), today.isoformat()]
    if student_ids is not None:
        where += " AND id IN (SELECT value FROM json_each(?3))"
        params.append(json.dumps(sorted(Joined(tx).all(student_ids))))
    return standing_students(tx, tx.find(Student, where, params))


def classes_ever_called(tx: Transaction) -> set[str]:
    """The classes with a roll in this database, also one that was taken back."""
    return {row["class_id"] for row in tx.rows("SELECT DISTINCT class_id FROM roll")}


def count_unexcused(tx: Transaction, first: date, last: date) -> int:
    """How many children were noted 旷课 from `first` to `last`."""
    (row,) = tx.rows(
        "SELECT count(DISTINCT student_id) AS children FROM absence"
        " WHERE kind = '旷课' AND withdrawn_on IS NULL AND day BETWEEN ? AND ?",
        [first.isoformat(), last.isoformat()],
    )
    return int(row["children"])


@dataclass(frozen=True)
class ClassAbsence:
    """An absence of a child with the class that was called."""

    class_id: str
    student_id: str
    day: date
    kind: str
    part: str


def absences_between(tx: Transaction, first: date, last: date) -> list[ClassAbsence]:
    """The absences of all children from `first` to `last`, in no order."""
    rows = tx.rows(
        "SELECT roll.class_id, absence.student_id, absence.day, absence.kind, absence.part FROM absence"
        " JOIN roll ON roll.id = absence.roll_id"
        " WHERE absence.withdrawn_on IS NULL AND absence.day BETWEEN ? AND ?",
        [first.isoformat(), last.isoformat()],
    )
    return [ClassAbsence(**row | {"day": date.fromisoformat(row["day"])}) for row in rows]


def rolls_on(tx: Transaction, class_ids: Collection[str], first: date, last: date) -> list[Roll]:
    """The rolls of those classes from `first` to `last`, in the order of days."""
    where = f"class_id {_AMONG} AND day BETWEEN ? AND ?"
    return tx.find(
        Roll, where, [json.dumps(sorted(class_ids)), first.isoformat(), last.isoformat()], order="day, id"
    )


def first_rolls(tx: Transaction) -> dict[str, date]:
    """Class → the day of its first roll."""
    rows = tx.rows(
        "SELECT id AS class_id, (SELECT min(day) FROM roll WHERE class_id = class_group.id"
        " AND withdrawn_on IS NULL) AS first FROM class_group"
    )
    return {row["class_id"]: date.fromisoformat(row["first"]) for row in rows if row["first"]}
