"""Cases and papers by the numbers people call them, for tests that need their ids."""

from app.bootstrap import Program
from app.service.cases.numbers import find_case
from app.service.papers.numbers import find_paper


def case_id(program: Program, no: str) -> str:
    """The id of the case with that number."""
    return program.read(find_case, no).id


def paper_id(program: Program, number: str) -> str:
    """The id of the paper with that number."""
    return program.read(find_paper, number).id
