"""Which instance of the unit's data this is, what it may number, and the gaps of its numbers, in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.documents.catalogue import KINDS, number_text
from app.domain.records import Unit
from app.errors import UserError
from app.service.office.desk import Desk
from app.store.high_water import CASES, Series
from app.store.numbers import NumberGap

NONE_ISSUED = "无"
"""What is typed in the place of a last number where the 文书登记簿 is empty."""

_CASE = re.compile(r"(?:(?P<school>\S+)\s+)?(?P<year>\d{4})\s*[-－—]\s*(?P<seq>\d+)\s*号?")
_PAPER = re.compile(r"(?P<letters>.*?)\s*[〔\[【（(](?P<year>\d{4})[〕\]】）)]\s*(?P<seq>\d+)\s*号?")


@dataclass(frozen=True)
class SeriesGap:
    """Numbers of one series that no record has: `numbers` as they are shown, 2026-004、005号, and why."""

    kind: str
    unit: str
    numbers: str
    why: str

    @property
    def sentence(self) -> str:
        """The gap as it is told."""
        return f"{self.numbers}{self.why}。"


@dataclass(frozen=True)
class LastNumbers:
    """The last numbers of the 文书登记簿 as typed, or that it is empty."""

    numbers: dict[Series, int]
    none_issued: bool = False


def series_gaps(desk: Desk) -> tuple[SeriesGap, ...]:
    """The gaps of every series this unit issues, by series."""
    return tuple(_in_words(desk, gap) for gap in desk.tx.numbers.gaps())


def numbers_to_pass_over(desk: Desk) -> tuple[str, ...]:
    """Sentences about the gaps that the next number of a series comes after."""
    ahead = [_in_words(desk, gap) for gap in desk.tx.numbers.gaps() if gap.ahead]
    return tuple(f"{gap.sentence}接着往后编。" for gap in ahead)


def last_numbers(desk: Desk, typed: Sequence[str]) -> LastNumbers:
    """What `typed` numbers stand for, as the lists of cases and papers print them.

    2026-003, 湖政限复〔2026〕3号; for the cases of one of several schools 校名 2026-003. Raises UserError for others.
    """
    texts = [text.strip() for text in typed if text.strip()]
    if texts == [NONE_ISSUED]:
        return LastNumbers({}, none_issued=True)
    found: dict[Series, int] = {}
    for text in texts:
        series, number = _read(desk, text)
        found[series] = max(number, found.get(series, 0))
    return LastNumbers(found)


def _read(desk: Desk, text: str) -> tuple[Series, int]:
    if case := _CASE.fullmatch(text):
        return Series(CASES, _school_id(desk, case["school"] or ""), int(case["year"])), int(case["seq"])
    if paper := _PAPER.fullmatch(text):
        fitting = [kind for kind, one in KINDS.items() if paper["letters"].endswith(one.number_mark)]
        if len(fitting) == 1:
            return Series(fitting[0], desk.unit.id, int(paper["year"])), int(paper["seq"])
    example = number_text("报告单", desk.unit.short_mark, desk.today.year, 3)
    raise UserError(
        f"“{text}”不是本程序编的文号或个案编号。请照登记簿上的样子写，例如{example}，或者{desk.today.year}-003。"
    )


def _school_id(desk: Desk, name: str) -> str:
    schools = [one for one in desk.tx.find(Unit, level="学校") if name in {"", one.name}]
    if not name and (desk.unit.level == "学校" or not schools):
        return desk.unit.id
    if len(schools) != 1:
        raise UserError("个案编号按学校分别编，看不出是哪所学校的。请写成：校名 2026-003。")
    return schools[0].id


def _in_words(desk: Desk, gap: NumberGap) -> SeriesGap:
    series = gap.series
    # A school that came after the backup was made is not in it, but its numbers were used.
    unknown = Unit(id="", level="学校", name="一所不在这份数据里的学校的")
    unit = next(iter(desk.tx.find(Unit, "id = ?", [series.unit_id], withdrawn=True)), unknown)
    own = series.unit_id == desk.unit.id
    if series.kind == CASES:
        first, last = f"{series.year}-{gap.first:03d}", f"{gap.last:03d}"
        where = "个案编号" if own else f"{unit.name}个案编号"
    else:
        first, last = number_text(series.kind, unit.short_mark, series.year, gap.first)[:-1], f"{gap.last}"
        where = "文号"
    joint = "" if gap.first == gap.last else ("、" if gap.last == gap.first + 1 else "至") + last
    return SeriesGap(series.kind, unit.name, f"{where}{first}{joint}号", gap.why)
