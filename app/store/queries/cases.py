"""Named questions about cases and the contacts of their children."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.domain.records import (
    Absence,
    AttendanceStatement,
    CaseFile,
    Contact,
    Enrolment,
    Leave,
    RosterLead,
    Student,
)
from app.domain.records.record import table_name
from app.store.queries.owners import children_of
from app.store.queries.same_child import Joined
from app.store.transaction import Transaction

_AMONG = "student_id IN (SELECT value FROM json_each(?))"


def newest_roll(tx: Transaction) -> date | None:
    """The newest day any class was called."""
    (row,) = tx.rows("SELECT max(day) AS day FROM roll WHERE withdrawn_on IS NULL")
    return date.fromisoformat(row["day"]) if row["day"] else None


def cases_of(tx: Transaction, student_ids: Collection[str] | None = None) -> list[CaseFile]:
    """The cases of those children, or all, by the day they were opened and their number."""
    order = "opened_on, year, seq, id"
    if student_ids is None:
        return tx.find(CaseFile, order=order)
    return tx.find(CaseFile, _AMONG, [json.dumps(sorted(student_ids))], order=order)


def children_with_cases(tx: Transaction, student_ids: Collection[str] | None = None) -> list[str]:
    """The children who have or had a case, among those records or all, each once by the record that stands for it."""
    sql, params = "SELECT DISTINCT student_id AS id FROM case_file WHERE withdrawn_on IS NULL", list[str]()
    if student_ids is not None:
        sql, params = f"{sql} AND {_AMONG}", [json.dumps(sorted(student_ids))]
    rows = tx.rows(sql, params)
    joined = Joined(tx)
    return sorted({joined.of(row["id"]) for row in rows})


def cases_named(tx: Transaction) -> list[tuple[CaseFile, str]]:
    """Every case with the name of its child, in the order they were opened."""
    rows = tx.rows("SELECT id, name FROM student WHERE id IN (SELECT student_id FROM case_file)")
    names = {row["id"]: row["name"] for row in rows}
    return [(case, names[case.student_id]) for case in tx.find(CaseFile, order="opened_on, year, seq")]


@dataclass(frozen=True)
class NamedPaper:
    """A paper that went out, with the name of its child; `voided` where it was taken back."""

    number: str
    name: str
    voided: bool


def papers_named(tx: Transaction) -> list[NamedPaper]:
    """Every paper that went out, in the order of kinds and numbers."""
    rows = tx.rows(
        "SELECT number, name, issued_document.withdrawn_on IS NOT NULL AS voided FROM issued_document"
        " JOIN student ON student.id = student_id ORDER BY kind, year, seq"
    )
    return [NamedPaper(row["number"], row["name"], bool(row["voided"])) for row in rows]


def contacts_of(tx: Transaction, student_ids: Collection[str], until: date) -> list[Contact]:
    """The contacts of those children up to a day, in the order they happened."""
    where = f"{_AMONG} AND happened_on <= ?"
    params = [json.dumps(sorted(student_ids)), until.isoformat()]
    return tx.find(Contact, where, params, order="happened_on, entered_on, id")


def newest_statements(
    tx: Transaction, case_ids: Collection[str], until: date
) -> dict[str, AttendanceStatement]:
    """Case → the newest statement of attendance as of a day up to `until`."""
    where = "case_id IN (SELECT value FROM json_each(?)) AND as_of <= ?"
    params = [json.dumps(sorted(case_ids)), until.isoformat()]
    return {one.case_id: one for one in tx.find(AttendanceStatement, where, params, order="as_of, id")}


def children_touched(tx: Transaction, table: str, ids: Collection[str]) -> set[str]:
    """The children whose days a write to those rows of `table` may have changed; empty for other tables."""
    sql = _TOUCHED.get(table)
    if sql is None:
        return set()
    given = json.dumps(sorted(ids))
    return {row["id"] for row in tx.rows(sql, [given] * sql.count("?"))}


_ROWS = "IN (SELECT value FROM json_each(?))"
_TOUCHED = {
    **{
        table_name(one): children_of(one)
        for one in (Student, Absence, Leave, Enrolment, CaseFile, RosterLead)
    },
    "alias": f"SELECT first_id AS id FROM alias WHERE id {_ROWS} UNION SELECT second_id FROM alias WHERE id {_ROWS}",
    # A roll says of everybody in the class that day whether they came, also of those it does not name.
    "roll": "SELECT enrolment.student_id AS id FROM roll JOIN enrolment ON enrolment.class_id = roll.class_id"
    f" WHERE roll.id {_ROWS} AND enrolment.from_on <= roll.day"
    " AND coalesce(enrolment.to_on, '9999-12-31') >= roll.day",
}
