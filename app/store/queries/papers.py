"""Papers as they stood on a day: later ones are not there yet, and one voided later is still valid."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.domain.records import IssuedDocument
from app.store.transaction import Transaction


@dataclass(frozen=True)
class PaperLine:
    """A paper in the list of papers: whose it is, the case (0 where it stands on none) and the child it is about, and
    whether it was voided by the day asked. Without the frozen words of the paper itself."""

    id: str
    unit_id: str
    kind: str
    number: str
    school_id: str
    case_year: int
    case_seq: int
    student: str
    issued_on: date
    voided_on: date | None
    void_reason: str
    forced_reason: str
    sha256: str


_LINES = """
SELECT paper.id, paper.unit_id, paper.kind, paper.number, IFNULL(file.unit_id, '') AS school_id,
  IFNULL(file.year, 0) AS case_year, IFNULL(file.seq, 0) AS case_seq, student.name AS student, paper.issued_on,
  paper.withdrawn_on AS voided_on,  paper.withdrawn_reason AS void_reason, paper.forced_reason, paper.sha256
FROM issued_document AS paper
LEFT JOIN case_file AS file ON file.id = paper.case_id JOIN student ON student.id = paper.student_id
WHERE paper.issued_on <= ? ORDER BY paper.kind, paper.year, paper.seq, paper.unit_id
"""


def paper_lines(tx: Transaction, day: date) -> list[PaperLine]:
    """Every paper issued by `day`, voided ones too, by kind and number."""
    return [_line(row, day) for row in tx.rows(_LINES, [day.isoformat()])]


def papers_on(tx: Transaction, day: date, **equal: object) -> list[IssuedDocument]:
    """The papers issued by `day` whose columns equal the named values, voided ones too, in the order of their issue.
    One that was voided after `day` is as it was then: valid."""
    found = tx.find(
        IssuedDocument, "issued_on <= ?", [day.isoformat()], order="issued_on, seq", withdrawn=True, **equal
    )
    return [as_on(one, day) for one in found]


def valid_papers_on(tx: Transaction, day: date, **equal: object) -> list[IssuedDocument]:
    """What `papers_on` gives, without those voided by `day`."""
    return [one for one in papers_on(tx, day, **equal) if one.withdrawn_on is None]


def newest_paper(tx: Transaction, unit_id: str) -> IssuedDocument | None:
    """The paper of the latest day a unit has issued, voided or not; None where it has issued none."""
    found = tx.find(
        IssuedDocument,
        "issued_on = (SELECT max(issued_on) FROM issued_document WHERE unit_id = ?)",
        [unit_id],
        order="seq DESC",
        withdrawn=True,
        unit_id=unit_id,
    )
    return found[0] if found else None


def as_on(paper: IssuedDocument, day: date) -> IssuedDocument:
    """A paper as it stood on `day`."""
    voided = paper.withdrawn_on
    return replace(paper, withdrawn_on=None, withdrawn_reason="") if voided and voided > day else paper


def issuing_units(tx: Transaction) -> frozenset[str]:
    """The ids of the units that have issued a paper, whenever it was."""
    return frozenset(row["unit_id"] for row in tx.rows("SELECT DISTINCT unit_id FROM issued_document"))


def _line(row: dict[str, Any], day: date) -> PaperLine:
    voided = date.fromisoformat(row["voided_on"]) if row["voided_on"] else None
    if voided and voided > day:
        return _line(row | {"voided_on": None, "void_reason": ""}, day)
    return PaperLine(**row | {"issued_on": date.fromisoformat(row["issued_on"]), "voided_on": voided})
