"""Named questions about rosters: the children a file may mean, what a run wrote, whether a school has had a roster."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from app.domain.records import ImportRun, Student
from app.store.transaction import Transaction

_AMONG = "IN (SELECT value FROM json_each(?))"
_BORN = """'{"id":%'"""


def children_of_roster(
    tx: Transaction, school_ids: Collection[str], names: Collection[str], numbers: Collection[str]
) -> list[Student]:
    """The children a file of those schools may mean: theirs now or before, and whoever has a name or a number in it."""
    schools = json.dumps(sorted(school_ids))
    given = json.dumps(sorted(numbers))
    where = (
        f"unit_id {_AMONG} OR id IN (SELECT student_id FROM enrolment WHERE school_id {_AMONG})"
        f" OR name {_AMONG} OR id_no {_AMONG} OR edu_no {_AMONG}"
    )
    return tx.find(Student, where, [schools, schools, json.dumps(sorted(names)), given, given])


def had_roster(tx: Transaction, school_id: str) -> bool:
    """Whether a child that belongs to the school, or did, came in by an import that was not taken back."""
    (found,) = tx.rows(
        "SELECT EXISTS (SELECT 1 FROM enrolment JOIN journal AS birth ON birth.row = enrolment.student_id"
        f" AND birth.cells LIKE {_BORN}"
        " JOIN import_run AS run ON run.undone_on IS NULL AND birth.seq BETWEEN run.first_seq AND run.last_seq"
        " JOIN journal AS of_run ON of_run.row = run.id AND of_run.origin = birth.origin"
        " WHERE enrolment.school_id = ? AND enrolment.withdrawn_on IS NULL) AS it_had",
        [school_id],
    )
    return bool(found["it_had"])


@dataclass(frozen=True)
class RunLine:
    """An import with how many children it added and changed, and how many rolls it recorded, by the journal of the
    instance that made it."""

    run: ImportRun
    added: int
    changed: int
    rolls: int


def run_lines(tx: Transaction) -> list[RunLine]:
    """The imports, newest first."""
    runs = tx.find(ImportRun, order="imported_on DESC, first_seq DESC")
    return [RunLine(one, *_counted(tx, one)) for one in runs]


def _counted(tx: Transaction, run: ImportRun) -> tuple[int, int, int]:
    """How many children a run added and how many others it changed, a change of class counting as one; how many rolls
    it recorded."""
    (counted,) = tx.rows(
        "SELECT count(DISTINCT CASE WHEN born THEN child END) AS added, count(DISTINCT child) AS written FROM ("
        f"SELECT row AS child, cells LIKE {_BORN} AS born FROM journal WHERE tbl = 'student' AND {_IN_RUN}"
        f" UNION ALL SELECT student_id, 0 FROM enrolment JOIN journal ON row = enrolment.id WHERE {_IN_RUN})",
        [run.first_seq, run.last_seq, run.id] * 2,
    )
    (rolls,) = tx.rows(
        f"SELECT count(*) AS taken FROM journal WHERE tbl = 'roll' AND cells LIKE {_BORN} AND {_IN_RUN}",
        [run.first_seq, run.last_seq, run.id],
    )
    return counted["added"], counted["written"] - counted["added"], rolls["taken"]


_IN_RUN = (
    "seq BETWEEN ? AND ? AND origin = (SELECT origin FROM journal WHERE row = ? ORDER BY position LIMIT 1)"
)


@dataclass(frozen=True)
class AlikePair:
    """Two records of children that may be one child, and what they have in common."""

    first_id: str
    second_id: str
    reason: str


def alike_pairs(tx: Transaction) -> list[AlikePair]:
    """The pairs a person has to look at: one number, or one name and birth with no number that differs, and nobody has
    said yet that they are one child or that they are not."""
    found: dict[tuple[str, str], str] = {}
    for reason, (chosen, condition) in _ALIKE.items():
        for row in tx.rows(_PAIRS.format(chosen=chosen, condition=condition)):
            found.setdefault((row["first_id"], row["second_id"]), reason)
    return [AlikePair(*pair, reason) for pair, reason in sorted(found.items())]


_TWICE = "one.{0} IN (SELECT {0} FROM student WHERE {0} <> '' GROUP BY {0} HAVING count(*) > 1)"
_ALIKE = {
    "身份证件号相同": (_TWICE.format("id_no"), "other.id_no = one.id_no"),
    "学籍号相同": (_TWICE.format("edu_no"), "other.edu_no = one.edu_no"),
    "姓名、出生日期相同": (
        "one.id_no = '' AND one.birth IS NOT NULL",
        "other.name = one.name AND other.birth = one.birth AND (one.edu_no = '' OR other.edu_no = '')",
    ),
}
"""What they have in common → which of a pair is looked at first, by an index, and what the other has of it."""
_PAIRS = (
    "SELECT DISTINCT min(one.id, other.id) AS first_id, max(one.id, other.id) AS second_id"
    " FROM student AS one JOIN student AS other ON {condition}"
    " WHERE {chosen} AND one.id <> other.id AND one.withdrawn_on IS NULL AND other.withdrawn_on IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM alias WHERE alias.withdrawn_on IS NULL AND alias.kind = 'student'"
    " AND alias.first_id = min(one.id, other.id) AND alias.second_id = max(one.id, other.id))"
)
