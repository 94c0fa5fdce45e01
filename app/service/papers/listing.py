"""The list of papers: what was issued by the day asked, voided ones too."""

from dataclasses import dataclass
from datetime import date

from app.domain.words import case_number
from app.service.cases.numbers import case_names
from app.service.office.desk import Desk
from app.service.papers.numbers import paper_names
from app.store.queries.papers import PaperLine, paper_lines


@dataclass(frozen=True)
class PaperEntry:
    """A line of the list of papers. `called` is the number people use, with the office that issued it where several
    offices have papers; `case` the number of the case, with its school where several schools have cases, '' without
    one. `voided` and `reason` are as of the day asked; `forced` is why it went out before its time."""

    id: str
    number: str
    called: str
    kind: str
    case: str
    student: str
    issued_on: date
    voided: bool
    reason: str
    forced: str
    sha256: str


def list_papers(desk: Desk) -> list[PaperEntry]:
    """The papers issued by today, by kind and number."""
    papers, cases = paper_names(desk), case_names(desk)

    def entry(line: PaperLine) -> PaperEntry:
        return PaperEntry(
            id=line.id,
            number=line.number,
            called=papers.numbered(line.unit_id, line.number),
            kind=line.kind,
            case=cases.numbered(line.school_id, case_number(line.case_year, line.case_seq))
            if line.case_seq
            else "",
            student=line.student,
            issued_on=line.issued_on,
            voided=line.voided_on is not None,
            reason=line.void_reason,
            forced=line.forced_reason,
            sha256=line.sha256,
        )

    return [entry(line) for line in paper_lines(desk.tx, desk.today)]
