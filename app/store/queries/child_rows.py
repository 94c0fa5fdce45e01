"""Named questions behind the table of children: what stands beside a name, and whose row a write may change."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from app.domain.about import with_all_of
from app.domain.records import Student
from app.domain.records.record import table_name
from app.store.queries.owners import children_of, children_of_files
from app.store.queries.same_child import Joined
from app.store.transaction import Transaction

_AMONG = "IN (SELECT value FROM json_each(?))"

OWNERS: dict[str, str] = {
    **{table_name(one): children_of(one) for one in with_all_of(Student)},
    "attachment": children_of_files(),
    "roll": f"SELECT student_id AS id FROM enrolment WHERE class_id IN (SELECT class_id FROM roll WHERE id {_AMONG})",
}
"""Table → the children whose row a write to it may change."""


def children_of_writes(tx: Transaction, changed: Mapping[str, Collection[str]]) -> frozenset[str]:
    """The children whose rows writes to `changed` (table → ids of its rows) may have changed, by all their records."""
    found: set[str] = set()
    for table in OWNERS.keys() & changed.keys():
        sql, given = OWNERS[table], json.dumps(sorted(changed[table]))
        found |= {row["id"] for row in tx.rows(sql, [given] * sql.count("?"))}
    return frozenset(Joined(tx).all(found - {""}))


def first_guardians(tx: Transaction, student_ids: Collection[str] | None) -> dict[str, tuple[str, str]]:
    """Child → name and telephone of the guardian the forms name first."""
    sql = "SELECT student_id, name, phone FROM guardian WHERE withdrawn_on IS NULL"
    found: dict[str, tuple[str, str]] = {}
    for one in _read(tx, sql, student_ids, " ORDER BY rank, id"):
        found.setdefault(one["student_id"], (one["name"], one["phone"]))
    return found


def special_kinds(tx: Transaction, student_ids: Collection[str] | None) -> dict[str, tuple[str, ...]]:
    """Child → its 对象类别, in the order in which they were entered."""
    sql = "SELECT student_id, kind FROM special_group WHERE withdrawn_on IS NULL"
    found: dict[str, list[str]] = defaultdict(list)
    for one in _read(tx, sql, student_ids, " ORDER BY id"):
        found[one["student_id"]].append(one["kind"])
    return {student_id: tuple(kinds) for student_id, kinds in found.items()}


def _read(tx: Transaction, sql: str, ids: Collection[str] | None, order: str) -> list[dict[str, Any]]:
    """The rows of `sql` (which ends in a condition), of all children or of those."""
    if ids is None:
        return tx.rows(sql + order)
    return tx.rows(f"{sql} AND student_id {_AMONG}{order}", [json.dumps(sorted(ids))])
