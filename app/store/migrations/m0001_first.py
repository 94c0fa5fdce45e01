"""The first schema, spelled out: it stays as it is even when the records change later.

Conventions: ids and dates (ISO) are text, yes/no is 0/1, lists and maps are JSON text, a text that was not
given is '' so that a query never has to think of NULL. A reference that may be empty cannot be a foreign
key itself; a generated column `…_ref` (NULL when empty) carries the key for it.
"""

from app.store.engine import Database

_TABLES = """
CREATE TABLE unit (
    id TEXT PRIMARY KEY NOT NULL,
    level TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    code TEXT NOT NULL DEFAULT '',
    parent_id TEXT NOT NULL DEFAULT '',
    short_mark TEXT NOT NULL DEFAULT '',
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT '',
    parent_ref TEXT AS (nullif(parent_id, '')) REFERENCES unit (id)
) STRICT;

CREATE TABLE class_group (
    id TEXT PRIMARY KEY NOT NULL,
    school_id TEXT NOT NULL REFERENCES unit (id),
    stage TEXT NOT NULL DEFAULT '',
    entry_year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE student (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    school_id TEXT NOT NULL DEFAULT '',
    class_id TEXT NOT NULL DEFAULT '',
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
    school_ref TEXT AS (nullif(school_id, '')) REFERENCES unit (id),
    class_ref TEXT AS (nullif(class_id, '')) REFERENCES class_group (id)
) STRICT;

CREATE TABLE guardian (
    id TEXT PRIMARY KEY NOT NULL,
    student_id TEXT NOT NULL REFERENCES student (id),
    name TEXT NOT NULL DEFAULT '',
    rank INTEGER NOT NULL,
    relation TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    workplace TEXT NOT NULL DEFAULT '',
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE special_group (
    id TEXT PRIMARY KEY NOT NULL,
    student_id TEXT NOT NULL REFERENCES student (id),
    kind TEXT NOT NULL DEFAULT '',
    from_on TEXT,
    to_on TEXT,
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE term (
    id TEXT PRIMARY KEY NOT NULL,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    cycle TEXT NOT NULL DEFAULT '',
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE calendar_day (
    id TEXT PRIMARY KEY NOT NULL,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    day TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE national_day (
    id TEXT PRIMARY KEY NOT NULL,
    day TEXT NOT NULL,
    workday INTEGER NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE roll (
    id TEXT PRIMARY KEY NOT NULL,
    class_id TEXT NOT NULL REFERENCES class_group (id),
    day TEXT NOT NULL,
    session TEXT NOT NULL DEFAULT '',
    by_whom TEXT NOT NULL DEFAULT '',
    expected INTEGER NOT NULL,
    present INTEGER NOT NULL,
    entered_on TEXT NOT NULL,
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE absence (
    id TEXT PRIMARY KEY NOT NULL,
    roll_id TEXT NOT NULL REFERENCES roll (id),
    student_id TEXT NOT NULL REFERENCES student (id),
    day TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT '',
    part TEXT NOT NULL DEFAULT '',
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE leave (
    id TEXT PRIMARY KEY NOT NULL,
    student_id TEXT NOT NULL REFERENCES student (id),
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT '',
    approver TEXT NOT NULL DEFAULT '',
    proof TEXT NOT NULL DEFAULT '',
    entered_on TEXT NOT NULL,
    ended_on TEXT,
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE rule_text (
    id TEXT PRIMARY KEY NOT NULL,
    rule_set TEXT NOT NULL DEFAULT '',
    sha256 TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE case_file (
    id TEXT PRIMARY KEY NOT NULL,
    school_id TEXT NOT NULL REFERENCES unit (id),
    student_id TEXT NOT NULL REFERENCES student (id),
    year INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    trigger TEXT NOT NULL DEFAULT '',
    opened_on TEXT NOT NULL,
    entered_on TEXT NOT NULL,
    rule_text_id TEXT NOT NULL REFERENCES rule_text (id),
    rule_key TEXT NOT NULL DEFAULT '',
    absent_since TEXT,
    evidence TEXT NOT NULL DEFAULT '[]',
    suspected_cause TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    previous_case_id TEXT NOT NULL DEFAULT '',
    lead_unit_id TEXT NOT NULL DEFAULT '',
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT '',
    previous_case_ref TEXT AS (nullif(previous_case_id, '')) REFERENCES case_file (id),
    lead_unit_ref TEXT AS (nullif(lead_unit_id, '')) REFERENCES unit (id)
) STRICT;

CREATE TABLE contact (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES case_file (id),
    happened_on TEXT NOT NULL,
    entered_on TEXT NOT NULL,
    level TEXT NOT NULL DEFAULT '',
    method TEXT NOT NULL DEFAULT '',
    outcome TEXT NOT NULL DEFAULT '',
    by_whom TEXT NOT NULL DEFAULT '',
    people TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    family TEXT NOT NULL DEFAULT '',
    guardian_attitude TEXT NOT NULL DEFAULT '',
    student_attitude TEXT NOT NULL DEFAULT '',
    measures TEXT NOT NULL DEFAULT '',
    effect TEXT NOT NULL DEFAULT '',
    found_cause TEXT NOT NULL DEFAULT '',
    study_place TEXT NOT NULL DEFAULT '',
    work_place TEXT NOT NULL DEFAULT '',
    living_place TEXT NOT NULL DEFAULT '',
    companions TEXT NOT NULL DEFAULT '',
    promised_on TEXT,
    forced_reason TEXT NOT NULL DEFAULT '',
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE issued_document (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL DEFAULT '',
    unit_id TEXT NOT NULL REFERENCES unit (id),
    year INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    number TEXT NOT NULL DEFAULT '',
    case_id TEXT NOT NULL DEFAULT '',
    student_id TEXT NOT NULL DEFAULT '',
    issued_on TEXT NOT NULL,
    template_sha256 TEXT NOT NULL DEFAULT '',
    sha256 TEXT NOT NULL DEFAULT '',
    data TEXT NOT NULL DEFAULT '{}',
    blanks TEXT NOT NULL DEFAULT '[]',
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT '',
    case_ref TEXT AS (nullif(case_id, '')) REFERENCES case_file (id),
    student_ref TEXT AS (nullif(student_id, '')) REFERENCES student (id)
) STRICT;

CREATE TABLE attachment (
    id TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL DEFAULT '',
    owner_id TEXT NOT NULL DEFAULT '',
    role TEXT NOT NULL DEFAULT '',
    file_name TEXT NOT NULL DEFAULT '',
    sha256 TEXT NOT NULL DEFAULT '',
    size INTEGER NOT NULL,
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE import_run (
    id TEXT PRIMARY KEY NOT NULL,
    file_name TEXT NOT NULL DEFAULT '',
    file_sha256 TEXT NOT NULL DEFAULT '',
    imported_on TEXT NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    undone_on TEXT,
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE roster_lead (
    id TEXT PRIMARY KEY NOT NULL,
    run_id TEXT NOT NULL REFERENCES import_run (id),
    student_id TEXT NOT NULL REFERENCES student (id),
    found_on TEXT NOT NULL,
    settled_on TEXT,
    settlement TEXT NOT NULL DEFAULT '',
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

"""

_LOCAL_TABLES = """
CREATE TABLE journal (
    position INTEGER PRIMARY KEY,
    origin TEXT NOT NULL,
    seq INTEGER NOT NULL,
    hlc TEXT NOT NULL,
    tbl TEXT NOT NULL,
    row TEXT NOT NULL,
    cells TEXT NOT NULL,
    operator TEXT NOT NULL,
    written_at TEXT NOT NULL,
    UNIQUE (origin, seq)
) STRICT;

CREATE TABLE instance (
    number INTEGER PRIMARY KEY,
    origin TEXT NOT NULL UNIQUE,
    began_at TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

CREATE TABLE local_key (name TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL) STRICT;

CREATE TABLE local_setting (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT;

CREATE TABLE access_log (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    operator TEXT NOT NULL,
    row_id TEXT NOT NULL,
    what TEXT NOT NULL,
    why TEXT NOT NULL
) STRICT;
"""

# Among rows that were not withdrawn there is one roll a class, day and session, and one word on a day.
# Numbers of papers and cases stay used for ever, withdrawn or not.
_UNIQUE = """
CREATE UNIQUE INDEX one_roll ON roll (class_id, day, session) WHERE withdrawn_on IS NULL;
CREATE UNIQUE INDEX one_calendar_day ON calendar_day (unit_id, day) WHERE withdrawn_on IS NULL;
CREATE UNIQUE INDEX one_national_day ON national_day (day) WHERE withdrawn_on IS NULL;
CREATE UNIQUE INDEX one_case_number ON case_file (school_id, year, seq);
CREATE UNIQUE INDEX one_document_place ON issued_document (kind, unit_id, year, seq);
CREATE UNIQUE INDEX one_document_number ON issued_document (number);
"""

_INDEXES = """
CREATE INDEX class_group_school ON class_group (school_id);
CREATE INDEX student_name ON student (name);
CREATE INDEX student_id_no ON student (id_no);
CREATE INDEX student_edu_no ON student (edu_no);
CREATE INDEX student_class ON student (class_id);
CREATE INDEX guardian_student ON guardian (student_id);
CREATE INDEX special_group_student ON special_group (student_id);
CREATE INDEX absence_student ON absence (student_id, day);
CREATE INDEX absence_roll ON absence (roll_id);
CREATE INDEX leave_student ON leave (student_id, from_on);
CREATE INDEX case_file_student ON case_file (student_id);
CREATE INDEX contact_case ON contact (case_id);
CREATE INDEX issued_document_case ON issued_document (case_id);
CREATE INDEX issued_document_student ON issued_document (student_id);
CREATE INDEX attachment_owner ON attachment (owner_id);
CREATE INDEX roster_lead_student ON roster_lead (student_id);
CREATE INDEX roster_lead_run ON roster_lead (run_id);
CREATE INDEX journal_row ON journal (row, hlc);
CREATE INDEX journal_hlc ON journal (hlc);
CREATE INDEX access_log_row ON access_log (row_id);
"""


def create_first_tables(db: Database) -> None:
    """Make every table and index of the first version in an empty database."""
    db.executescript(_TABLES + _LOCAL_TABLES + _UNIQUE + _INDEXES)
