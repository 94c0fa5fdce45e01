"""Questions about the office: its calendar, its rules, its people, and what was written since a backup."""

import json
from dataclasses import dataclass
from datetime import date

from app.domain.records import CalendarDay, RuleText, Student, Term
from app.store.transaction import Transaction

_OF_NEWEST_CASE = (
    "SELECT rule_text_id FROM case_file JOIN rule_text ON rule_text.id = rule_text_id"
    " WHERE rule_set = ? ORDER BY entered_on DESC, case_file.id DESC LIMIT 1"
)
_ANSWERED_FOR = "SELECT student_id FROM responsibility WHERE student_id <> ''"
_PRESENT_OR_ANSWERED_FOR = f"(withdrawn_on IS NULL OR id IN ({_ANSWERED_FOR}))"


@dataclass(frozen=True)
class Written:
    """How many rows of a table were written."""

    table: str
    rows: int


def days_set(tx: Transaction, unit_id: str, first: date, last: date) -> list[CalendarDay]:
    """The days that a unit set by hand from `first` to `last`, both included, in order."""
    where = "unit_id = ? AND day BETWEEN ? AND ?"
    return tx.find(CalendarDay, where, [unit_id, first.isoformat(), last.isoformat()], order="day")


def overlapping_terms(tx: Transaction, unit_id: str, first: date, last: date) -> list[Term]:
    """The terms a unit set that share a day with `first` to `last`."""
    where = "unit_id = ? AND first_day <= ? AND last_day >= ?"
    return tx.find(Term, where, [unit_id, last.isoformat(), first.isoformat()])


def newest_rule_text(tx: Transaction, rule_set: str) -> RuleText | None:
    """The rules of a set as its newest case froze them: a file that was changed back has an old text again."""
    found = tx.find(RuleText, f"id = ({_OF_NEWEST_CASE})", [rule_set])
    return found[0] if found else None


def children_answered_for(tx: Transaction) -> list[Student]:
    """The children somebody answers for and their namesakes, by name; withdrawn ones where somebody answers for
    them."""
    named = f"name IN (SELECT name FROM student WHERE id IN ({_ANSWERED_FOR}))"
    return tx.find(Student, f"{named} AND {_PRESENT_OR_ANSWERED_FOR}", order="name, id", withdrawn=True)


def namesakes(tx: Transaction, name: str) -> list[Student]:
    """The children called `name`; withdrawn ones where somebody answers for them."""
    return tx.find(Student, f"name = ? AND {_PRESENT_OR_ANSWERED_FOR}", [name], order="id", withdrawn=True)


def written_since(tx: Transaction, day: date) -> tuple[Written, ...]:
    """What was written on `day` and later, by table."""
    return _written(tx, "substr(written_at, 1, 10) >= ?", day.isoformat())


def written_after(tx: Transaction, entries: dict[str, int]) -> tuple[Written, ...]:
    """What was written after the newest entry of each origin in `entries`, by table."""
    newer = "seq > coalesce((SELECT value FROM json_each(?) WHERE key = origin), 0)"
    return _written(tx, newer, json.dumps(entries))


def _written(tx: Transaction, where: str, given: str) -> tuple[Written, ...]:
    rows = tx.rows(
        f"SELECT tbl, count(DISTINCT row) AS written FROM journal WHERE {where} GROUP BY tbl", [given]
    )
    return tuple(Written(row["tbl"], row["written"]) for row in rows)
