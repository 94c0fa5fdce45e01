"""Papers by the numbers people call them by; with the office that issued them where several offices have papers.

Use cases take ids; the command line asks here which paper is meant.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.records import IssuedDocument, Unit
from app.errors import UserError
from app.service.office.desk import Desk
from app.service.office.unit_names import is_meant, names_in_sight, squeezed, unit_names
from app.service.office.units import unit_above
from app.store.queries.papers import issuing_units, papers_on

BRACKETS = str.maketrans("[【（(]】）)", "〔〔〔〔〕〕〕〕")
NUMBER = re.compile(r".*〔(\d{4})〕(\d{1,6})号")


@dataclass(frozen=True)
class PaperRef:
    """An issued paper: its id, and what people call it."""

    id: str
    called: str


@dataclass(frozen=True)
class PaperNames:
    """How this office calls papers: unit id → the name put before a number, empty where one unit issued them all."""

    units: Mapping[str, str]

    def of(self, paper: IssuedDocument) -> str:
        """疑辍报〔2026〕1号, or 桃源中学 疑辍报〔2026〕1号."""
        return self.numbered(paper.unit_id, paper.number)

    def numbered(self, unit_id: str, number: str) -> str:
        """The same from the unit and the number."""
        return f"{self.units.get(unit_id, '')} {number}".strip()


def paper_names(desk: Desk) -> PaperNames:
    """How papers are called in this office."""
    return PaperNames(names_in_sight(desk, issuing_units(desk.tx)))


def find_paper(desk: Desk, text: str) -> IssuedDocument:
    """The paper a person means by `text`: its id, its number, or 单位名 and number; brackets may be typed as [ ], ( )
    or 〔 〕. Raises UserError where there is none by today, and naming each where several units have that number."""
    typed = squeezed(text).translate(BRACKETS)
    parts = NUMBER.fullmatch(typed)
    found = papers_on(desk.tx, desk.today, year=int(parts[1]), seq=int(parts[2])) if parts else []
    shown = unit_names(desk, {one.unit_id for one in found})
    county = unit_above(desk, "县")
    fitting = [one for one in found if _is_called(desk, typed, one, shown[one.unit_id], county)]
    fitting = fitting or papers_on(desk.tx, desk.today, id=text.strip())
    if not fitting:
        raise UserError(f"没有文号为“{text.strip()}”的文书。请到文书登记簿核对文号。")
    if len(fitting) > 1:
        candidates = "；".join(f"{shown[one.unit_id]} {one.number}" for one in fitting)
        raise UserError(
            f"有{len(fitting)}份文书的文号是{fitting[0].number}：{candidates}。请在文号前写上单位名称再试。"
        )
    return fitting[0]


def _is_called(desk: Desk, typed: str, paper: IssuedDocument, shown: str, county: Unit | None) -> bool:
    number = squeezed(paper.number)
    if not typed.endswith(number):
        return False
    before = typed.removesuffix(number)
    return not before or is_meant(before, desk.tx.get(Unit, paper.unit_id), shown, county)
