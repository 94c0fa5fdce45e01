"""Cases as people call them: 2026-003, or 校名 2026-003 where several schools have cases; and finding what they typed.

Use cases take ids; the command line and the search box ask here which case is meant.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.records import CaseFile, Unit
from app.domain.words import number_of
from app.errors import UserError
from app.service.office.classes import school_of
from app.service.office.desk import Desk, plural_choice
from app.service.office.unit_names import is_meant, names_in_sight, unit_names
from app.service.office.units import unit_above
from app.store.queries.case_numbers import cases_called, schools_with_cases

NUMBER = re.compile(r"(?P<school>.*?)\s*(?P<year>\d{4})\s*[-－—–]\s*(?P<seq>\d{1,6})")


@dataclass(frozen=True)
class CaseNames:
    """How this office calls cases: school id → the name put before a number, empty where one school has them all."""

    schools: Mapping[str, str]

    def of(self, case: CaseFile) -> str:
        """2026-003, or 桃源中学 2026-003."""
        return self.numbered(case.unit_id, number_of(case))

    def numbered(self, school_id: str, number: str) -> str:
        """The same from the school and the number."""
        return f"{self.schools.get(school_id, '')} {number}".strip()


def case_names(desk: Desk) -> CaseNames:
    """How cases are called in this office today."""
    return CaseNames(names_in_sight(desk, schools_with_cases(desk.tx)))


def find_case(desk: Desk, text: str) -> CaseFile:
    """The case a person means by `text`: its id, its number, or 校名 and number, the school being the one that gave
    the number or the one the child goes to. Raises UserError where there is none, and naming each where several schools
    have that number."""
    return find_cases(desk, [text])[0]


def find_cases(desk: Desk, texts: Sequence[str]) -> list[CaseFile]:
    """What `find_case` gives for each of `texts`; the cases of a whole batch are read in one question."""
    parts = {text: NUMBER.fullmatch(text.strip()) for text in texts}
    numbers = {(int(one["year"]), int(one["seq"])) for one in parts.values() if one}
    found = cases_called(desk.tx, [text.strip() for text in parts], numbers)
    by_id = {case.id: case for case in found}
    return [by_id.get(text.strip()) or _named(desk, text, parts[text], found) for text in texts]


def _named(desk: Desk, text: str, parts: re.Match[str] | None, among: Iterable[CaseFile]) -> CaseFile:
    numbered: list[CaseFile] = []
    if parts:
        number = int(parts["year"]), int(parts["seq"])
        numbered = [case for case in among if (case.year, case.seq) == number]
    shown = unit_names(desk, {case.unit_id for case in numbered})
    school = parts["school"] if parts else ""
    fitting = _of_school(desk, school, numbered, shown) if school else numbered
    if not fitting:
        raise UserError(f"没有编号为“{text}”的个案。请到个案列表核对编号。")
    if len(fitting) > 1:
        candidates = [f"{shown[case.unit_id]} {number_of(case)}" for case in fitting]
        raise plural_choice(f"有{len(fitting)}个个案编号是{number_of(fitting[0])}", candidates)
    return fitting[0]


def _of_school(desk: Desk, typed: str, cases: Sequence[CaseFile], shown: Mapping[str, str]) -> list[CaseFile]:
    """The cases that bear the number of the unit `typed` names; where there are none, those whose child goes to that
    school. A number given by the unit itself comes first, else nothing a person can type would tell the two apart."""
    county = unit_above(desk, "县")
    own = [
        case
        for case in cases
        if is_meant(typed, desk.tx.get(Unit, case.unit_id), shown[case.unit_id], county)
    ]
    return own or [case for case in cases if _goes_to(desk, typed, case, county)]


def _goes_to(desk: Desk, typed: str, case: CaseFile, county: Unit | None) -> bool:
    school = school_of(desk, case.student_id)
    return school is not None and is_meant(typed, school, school.name, county)
