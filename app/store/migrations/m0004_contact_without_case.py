"""A visit or call belongs to a child, and to a case only where there is one.

The county's rules ask for a call on the first day missed, when no case may be opened yet. Contacts kept so far get
the child of their case. Spelled out as it is now, as m0001 is: it stays so when the records change later.
"""

from app.store.engine import Database

_KEPT = (
    "id, case_id, happened_on, entered_on, level, method, outcome, by_whom, people, place, text, family,"
    " guardian_attitude, student_attitude, measures, effect, found_cause, study_place, work_place, living_place,"
    " companions, promised_on, forced_reason, withdrawn_on, withdrawn_reason"
)

# What stands in a contact's case is repeated, not new: no trigger is on the new table, so nothing is journaled.
_SCRIPT = f"""
CREATE TABLE contact_new (
    id TEXT PRIMARY KEY NOT NULL,
    student_id TEXT NOT NULL REFERENCES student (id),
    case_id TEXT NOT NULL DEFAULT '',
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
    withdrawn_reason TEXT NOT NULL DEFAULT '',
    case_ref TEXT AS (nullif(case_id, '')) REFERENCES case_file (id)
) STRICT;

INSERT INTO contact_new ({_KEPT}, student_id) SELECT {_KEPT},
    (SELECT student_id FROM case_file WHERE case_file.id = contact.case_id) FROM contact;

DROP TABLE contact;

ALTER TABLE contact_new RENAME TO contact;

CREATE INDEX contact_case ON contact (case_id);

CREATE INDEX contact_student ON contact (student_id, happened_on);
"""


def let_contacts_stand_without_case(db: Database) -> None:
    """Rebuild `contact` with the child in it; SQLite can neither add such a column nor loosen `case_id` in place."""
    db.executescript(_SCRIPT)
