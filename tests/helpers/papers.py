"""Cases and papers by the numbers people call them, for tests that need their ids."""

from dataclasses import replace

from app.domain.records import Attachment, IssuedDocument, Unit
from app.service.cases.numbers import find_case
from app.service.office.desk import Desk
from app.service.papers.issuing import issue_paper
from app.service.papers.numbers import find_paper
from app.service.program import Program
from tests.helpers import township


def case_id(program: Program, no: str) -> str:
    """The id of the case with that number."""
    return program.read(find_case, no).id


def paper_id(program: Program, number: str) -> str:
    """The id of the paper with that number."""
    return program.read(find_paper, number).id


def unit_called(desk: Desk, name: str) -> str:
    """The id of the unit of that name."""
    (unit,) = desk.tx.find(Unit, name=name)
    return unit.id


def papers_of_both_schools(office: Program) -> dict[str, str]:
    """School → the id of its paper: a paper of each school of the township under the same number, as both their
    bundles bring them."""
    first, second = township.SCHOOLS
    case = township.case_of(office, township.VISITED[0])
    made = office.write(issue_paper, township.ORDER, case, township.GIVEN).value.record

    def add(desk: Desk) -> dict[str, str]:
        desk.tx.change(IssuedDocument, made.id, unit_id=unit_called(desk, first))
        other = replace(made, id=desk.tx.new_id(), unit_id=unit_called(desk, second))
        desk.tx.add(other)
        for one in desk.tx.find(Attachment, owner_id=made.id):
            desk.tx.add(replace(one, id=desk.tx.new_id(), owner_id=other.id))
        return {first: made.id, second: other.id}

    return office.write(add).value
