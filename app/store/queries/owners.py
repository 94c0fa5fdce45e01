"""Whom rows belong to, as SQL that follows what the records say of themselves."""

from typing import Final

from app.domain.about import path_to, with_all_of
from app.domain.records import Record, Student
from app.domain.records.record import table_name

GIVEN: Final = "SELECT value FROM json_each(?)"
"""The ids of a list that is given as JSON."""


def children_of(record: type[Record], rows: str = GIVEN) -> str:
    """SQL for the children, as `id`, that rows of `record` belong to; `rows` is SQL for their ids, in one column."""
    if record is Student:
        return f"SELECT id FROM student WHERE id IN ({rows})"
    found = rows
    for step, field in path_to(Student, record):
        found = f"SELECT {field} AS id FROM {table_name(step)} WHERE id IN ({found})"
    return found


def children_of_files() -> str:
    """SQL for the children that files belong to whose ids are given, by whatever of theirs the file hangs on."""
    files = "SELECT owner_id FROM attachment WHERE owner = '{}' AND id IN (" + GIVEN + ")"
    return " UNION ".join(children_of(one, files.format(table_name(one))) for one in with_all_of(Student))
