"""Facts that cannot both hold, as two offices may each have written one: groups to show a person, never a refusal.

Nothing here stops a write. Who writes at this office looks before (a roll of the class and session, the next number);
what two offices wrote apart is listed and settled by a choice (exchange rules 7 and 12).
"""

import json
from dataclasses import dataclass

from app.store.engine import Database


@dataclass(frozen=True)
class Twins:
    """Rows of `table` of which one can hold: what they share (`key`, as kept), and their ids, sorted."""

    table: str
    key: tuple[str, ...]
    ids: tuple[str, ...]


# Table → the columns its rows must not share, and whether rows that were withdrawn still count: a number of a case or a
# paper stays used for ever.
_ALONE: dict[str, tuple[tuple[str, ...], bool]] = {
    "roll": (("class_id", "day", "session"), False),
    "calendar_day": (("unit_id", "day"), False),
    "national_day": (("unit_id", "day"), False),
    "case_file": (("unit_id", "year", "seq"), True),
    "issued_document": (("kind", "unit_id", "year", "seq"), True),
}


def twins(db: Database) -> list[Twins]:
    """Every group of rows that cannot all hold, by table and key; settled or not."""
    return [group for table in _ALONE for group in _of(db, table)]


def _of(db: Database, table: str) -> list[Twins]:
    columns, withdrawn_too = _ALONE[table]
    shared = ", ".join(columns)
    live = "" if withdrawn_too else "WHERE withdrawn_on IS NULL"
    found = db.conn.execute(
        f"SELECT {shared}, json_group_array(id) FROM {table} {live} GROUP BY {shared} HAVING count(*) > 1"
        f" ORDER BY {shared}"
    )
    return [Twins(table, tuple(map(str, key)), tuple(sorted(json.loads(ids)))) for *key, ids in found]
