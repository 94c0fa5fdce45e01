"""Where a child goes to school becomes a dated fact of its own; a case bears the number of the office that issued it.

A child was kept with its class of today, so that rolls of the past were read through the classes of the present.
Each gets an enrolment, and one more for every move the journal remembers. Spelled out as it is now, as m0001 is.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from uuid6 import uuid7

from app.store.engine import Database

_STUDENT = (
    "id, name, gender, birth, id_kind, id_no, edu_no, nation, registered_address, address, village, phone, boarding,"
    " left_behind, migrant, disability, remark, withdrawn_on, withdrawn_reason"
)

_TABLES = f"""
CREATE TABLE enrolment (
    id TEXT PRIMARY KEY NOT NULL,
    student_id TEXT NOT NULL REFERENCES student (id),
    school_id TEXT NOT NULL REFERENCES unit (id),
    class_id TEXT NOT NULL DEFAULT '',
    from_on TEXT NOT NULL,
    to_on TEXT,
    began TEXT NOT NULL DEFAULT '',
    ended TEXT NOT NULL DEFAULT '',
    proof TEXT NOT NULL DEFAULT '',
    other_school TEXT NOT NULL DEFAULT '',
    next_school TEXT NOT NULL DEFAULT '',
    leaving_proof TEXT NOT NULL DEFAULT '',
    back_on TEXT,
    note TEXT NOT NULL DEFAULT '',
    entered_on TEXT NOT NULL,
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT '',
    class_ref TEXT AS (nullif(class_id, '')) REFERENCES class_group (id)
) STRICT;

CREATE TABLE mark (
    id TEXT PRIMARY KEY NOT NULL,
    student_id TEXT NOT NULL REFERENCES student (id),
    kind TEXT NOT NULL DEFAULT '',
    set_on TEXT NOT NULL,
    cleared_on TEXT,
    entered_on TEXT NOT NULL,
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE attendance_statement (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES case_file (id),
    as_of TEXT NOT NULL,
    absent_since TEXT,
    half_days INTEGER NOT NULL DEFAULT 0,
    returned_on TEXT,
    evidence_holds INTEGER NOT NULL DEFAULT 1,
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE student_new (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    unit_id TEXT NOT NULL DEFAULT '',
    gender TEXT NOT NULL DEFAULT '',
    birth TEXT,
    id_kind TEXT NOT NULL DEFAULT '',
    id_no TEXT NOT NULL DEFAULT '',
    edu_no TEXT NOT NULL DEFAULT '',
    nation TEXT NOT NULL DEFAULT '',
    registered_address TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    village TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    boarding TEXT NOT NULL DEFAULT '',
    left_behind TEXT NOT NULL DEFAULT '',
    migrant TEXT NOT NULL DEFAULT '',
    disability TEXT NOT NULL DEFAULT '',
    remark TEXT NOT NULL DEFAULT '',
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT '',
    unit_ref TEXT AS (nullif(unit_id, '')) REFERENCES unit (id)
) STRICT;

INSERT INTO student_new ({_STUDENT}, unit_id) SELECT {_STUDENT},
    coalesce(nullif(school_id, ''), (SELECT value FROM local_setting WHERE key = 'unit_id'), '') FROM student;

DROP TABLE student;

ALTER TABLE student_new RENAME TO student;

ALTER TABLE case_file RENAME COLUMN school_id TO unit_id;

ALTER TABLE issued_document ADD COLUMN evidence TEXT NOT NULL DEFAULT '[]';

ALTER TABLE issued_document ADD COLUMN case_opened_on TEXT;

UPDATE issued_document SET
    evidence = coalesce((SELECT evidence FROM case_file WHERE case_file.id = case_id), '[]'),
    case_opened_on = (SELECT opened_on FROM case_file WHERE case_file.id = case_id);

CREATE INDEX enrolment_student ON enrolment (student_id, from_on);
CREATE INDEX enrolment_class ON enrolment (class_id, from_on);
CREATE INDEX mark_student ON mark (student_id);
CREATE INDEX attendance_statement_case ON attendance_statement (case_id, as_of);
CREATE INDEX student_name ON student (name);
CREATE INDEX student_id_no ON student (id_no);
CREATE INDEX student_edu_no ON student (edu_no);
CREATE INDEX student_unit ON student (unit_id);
"""

_COLUMNS = (
    "id",
    "student_id",
    "school_id",
    "class_id",
    "from_on",
    "to_on",
    "began",
    "ended",
    "entered_on",
    "withdrawn_on",
    "withdrawn_reason",
)


def date_enrolments(db: Database) -> None:
    """Make the tables, and an enrolment for every child that was kept with a school or class."""
    rows = _enrolments(db)
    _drop_triggers(db)
    db.executescript(_TABLES)
    marks = ", ".join("?" for _ in _COLUMNS)
    db.conn.executemany(f"INSERT INTO enrolment ({', '.join(_COLUMNS)}) VALUES ({marks})", rows)
    _journal(db, rows)


def _drop_triggers(db: Database) -> None:
    """Triggers of a journaled table name its old columns; they are put back when all steps are done."""
    for (name,) in db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.conn.execute(f"DROP TRIGGER {name}")


@dataclass(frozen=True)
class _Run:
    """An import: the entries it wrote and its day."""

    first: int
    last: int
    day: date


def _enrolments(db: Database) -> list[tuple[object, ...]]:
    runs = [
        _Run(first, last, date.fromisoformat(day))
        for first, last, day in db.conn.execute("SELECT first_seq, last_seq, imported_on FROM import_run")
    ]
    births, moves = _journal_of_classes(db)
    absent = dict(db.conn.execute("SELECT student_id, min(day) FROM absence GROUP BY student_id"))
    children = db.conn.execute(
        "SELECT id, school_id, class_id, withdrawn_on, withdrawn_reason,"
        " (SELECT school_id FROM class_group WHERE class_group.id = class_id) FROM student"
    ).fetchall()
    first_roster: dict[str, date] = {}
    for child, school, _, _, _, _ in children:
        if (run := _run_of(runs, births.get(child))) is not None:
            first_roster[school] = min(run.day, first_roster.get(school, run.day))
    found: list[tuple[object, ...]] = []
    for child, school, group, gone, reason, group_school in children:
        if not (school or group):
            continue
        begun = _begun(runs, births.get(child), first_roster.get(school), absent.get(child))
        steps = _steps(runs, moves.get(child, []), group, begun)
        for place, (class_id, first) in enumerate(steps):
            after = steps[place + 1][1] if place + 1 < len(steps) else None
            found.append(
                (
                    str(uuid7()),
                    child,
                    school or group_school,
                    class_id,
                    first.isoformat(),
                    (after - timedelta(days=1)).isoformat() if after else None,
                    "调班" if place else "在册",
                    "调班" if after else "",
                    first.isoformat(),
                    gone,
                    reason,
                )
            )
    return found


def _journal_of_classes(
    db: Database,
) -> tuple[dict[str, tuple[int, date]], dict[str, list[tuple[int, date, str, str]]]]:
    """Child → its first entry, and the moves from class to class after it: (entry, day written, from, to)."""
    births: dict[str, tuple[int, date]] = {}
    moves: dict[str, list[tuple[int, date, str, str]]] = {}
    for row, seq, written, text in db.conn.execute(
        "SELECT row, seq, written_at, cells FROM journal WHERE tbl = 'student' ORDER BY hlc, position"
    ):
        cells = json.loads(text)
        day = datetime.fromisoformat(written).date()
        if "id" in cells:
            births[row] = (seq, day)
        elif "class_id" in cells:
            old, new = cells["class_id"]
            moves.setdefault(row, []).append((seq, day, old or "", new or ""))
    return births, moves


def _run_of(runs: list[_Run], birth: tuple[int, date] | None) -> _Run | None:
    return next((run for run in runs if birth and run.first <= birth[0] <= run.last), None)


def _begun(
    runs: list[_Run], birth: tuple[int, date] | None, first_roster: date | None, absent: str | None
) -> date:
    """The first day of a child in its school: 1 September for a first roster, and never after an absence."""
    run = _run_of(runs, birth)
    seen = run.day if run else birth[1] if birth else datetime.now(tz=UTC).date()
    later_roster = run is not None and first_roster is not None and run.day > first_roster
    day = seen if later_roster else _first_of_school_year(seen)
    return (
        min(day, _first_of_school_year(date.fromisoformat(absent)))
        if absent and absent < day.isoformat()
        else day
    )


def _first_of_school_year(day: date) -> date:
    return date(day.year if day.month >= 9 else day.year - 1, 9, 1)


def _steps(
    runs: list[_Run], moves: list[tuple[int, date, str, str]], group: str, begun: date
) -> list[tuple[str, date]]:
    """The classes a child was in with the first day of each; what the journal cannot date is left out."""
    steps: list[tuple[str, date]] = []
    if moves and moves[-1][3] == group and moves[0][2]:
        steps.append((moves[0][2], begun))
        for seq, written, _, new in moves:
            run = _run_of(runs, (seq, written))
            day = run.day if run else written
            if day > steps[-1][1]:
                steps.append((new, day))
            else:
                steps[-1] = (new, steps[-1][1])
    return steps or [(group, begun)]


def _journal(db: Database, rows: list[tuple[object, ...]]) -> None:
    """What this step wrote are facts that must travel as others do: each is entered as written by this instance.

    So is the child of a contact, which an earlier step filled in without an entry.
    """
    found = db.conn.execute("SELECT origin FROM instance ORDER BY number DESC LIMIT 1").fetchone()
    if found is None:
        return
    entries = [("enrolment", str(row[0]), dict(zip(_COLUMNS, row, strict=True))) for row in rows]
    for table, columns in _FILLED_IN.items():
        for row_id, *cells in db.conn.execute(f"SELECT id, {', '.join(columns)} FROM {table}"):
            entries.append((table, row_id, dict(zip(columns, cells, strict=True))))
    _enter(db, found[0], entries)


_FILLED_IN = {
    "student": ("unit_id",),
    "case_file": ("unit_id",),
    "issued_document": ("evidence", "case_opened_on"),
    "contact": ("student_id",),
}


def _enter(db: Database, origin: str, entries: list[tuple[str, str, dict[str, object]]]) -> None:
    newest = db.conn.execute("SELECT max(hlc) FROM journal").fetchone()[0] or "0000000000000.00000."
    seq = db.conn.execute("SELECT coalesce(max(seq), 0) FROM journal WHERE origin = ?", (origin,)).fetchone()[
        0
    ]
    now = datetime.now(tz=UTC)
    start = max(int(newest.split(".")[0]), int(now.timestamp() * 1000)) + 1
    for place, (table, row_id, cells) in enumerate(entries):
        said = {column: [None, cell] for column, cell in cells.items() if cell not in (None, "")}
        if not said:
            continue
        seq += 1
        hlc = f"{start + place // 100_000:013d}.{place % 100_000:05d}.{origin}"
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        db.conn.execute(
            "INSERT INTO journal (origin, seq, hlc, tbl, row, cells, operator, written_at)"
            " VALUES (?, ?, ?, ?, ?, ?, '归学（升级）', ?)",
            (origin, seq, hlc, table, row_id, text, now.isoformat(timespec="seconds")),
        )
