"""Whom a paper is about: a child, and the case it stands on where it is a paper of a case."""

from dataclasses import dataclass

from app.documents.catalogue import kind_named
from app.domain.ladder.facts import CaseFacts
from app.domain.records import CaseFile, Student
from app.service.cases.facts import CaseReader
from app.service.office.desk import Desk


@dataclass(frozen=True)
class PaperSubject:
    """The child a paper is about, and the facts of its case; None where the paper is about the child alone."""

    student: Student
    facts: CaseFacts | None = None

    @property
    def case_id(self) -> str:
        """The id of the case; '' without one."""
        return self.facts.case.id if self.facts else ""


class SubjectReader:
    """Reads the subjects of papers of one kind, many of them with one reading of the cases."""

    def __init__(self, desk: Desk, kind: str) -> None:
        self._desk = desk
        self._of_case = kind_named(kind).subject == "个案"
        self._cases = CaseReader(desk)

    def subject(self, subject_id: str) -> PaperSubject:
        """The subject by its id: of a case or of a child, as the kind asks. Raises LookupError for another id."""
        if not self._of_case:
            return PaperSubject(self._desk.tx.get(Student, subject_id))
        facts = self._cases.facts(self._desk.tx.get(CaseFile, subject_id))
        return PaperSubject(self._desk.tx.get(Student, facts.case.student_id), facts)


def paper_subject(desk: Desk, kind: str, subject_id: str) -> PaperSubject:
    """The subject of one paper of `kind`: `subject_id` is the id of a case or of a child, as the kind asks."""
    return SubjectReader(desk, kind).subject(subject_id)
