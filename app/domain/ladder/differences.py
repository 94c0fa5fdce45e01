"""Papers that no longer agree with the rolls: what each says, what is now, and what changed the days."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.attendance import UNEXCUSED, DayState
from app.domain.ladder.facts import CaseFacts
from app.domain.records import IssuedDocument
from app.domain.vocabulary import SAID_CHANGED
from app.domain.words import evidence_words, plain

MISSED = "出具时的旷课日"
"""What is kept beside the fields of a paper: the days missed when it went out, for not every form names them."""
_MONTH = re.compile(r"(\d+)月(\d+(?:、\d+)*)日")
_NOW = {
    "请假": "补了请假",
    "在校": "点名改为在校",
    "未记录": "没有点名记录了",
    UNEXCUSED: "旷课，但和后面的不连着",
}


@dataclass(frozen=True)
class Difference:
    """A paper whose days are not those of now, and the sentence that says so."""

    paper: IssuedDocument
    words: str


def differences(facts: CaseFacts) -> tuple[Difference, ...]:
    """The papers of a case that say other days than the register holds now, the first issued first. None where no
    rolls of the child are known here."""
    if not facts.states:
        return ()
    return tuple(one for paper in facts.papers for one in _of_paper(facts, paper))


def unsettled(facts: CaseFacts) -> tuple[Difference, ...]:
    """Those that nobody answered yet: the paper was neither voided, nor who has it told of these very days."""
    told = [one.note for one in facts.told if one.kind == SAID_CHANGED]
    return tuple(one for one in differences(facts) if not any(one.words in note for note in told))


def _of_paper(facts: CaseFacts, paper: IssuedDocument) -> Iterator[Difference]:
    listed = _days_in(paper.data.get(MISSED, ""), paper.issued_on)
    said = listed or paper.evidence
    now = [one for one in _now(facts) if one.day in said or (listed and one.day < paper.issued_on)]
    days = tuple(one.day for one in now)
    if not said or days == tuple(said):
        return
    left = f"{plain(_count(facts, days))}天" + (f"（{evidence_words(days)}）" if days else "")
    why = "，".join(_changes(facts, said, days))
    before = f"{paper.kind}{paper.number}写旷课{plain(_count(facts, said))}天（{evidence_words(said)}）"
    yield Difference(paper, f"{before}，现在是{left}：{why}")


def _now(facts: CaseFacts) -> list[DayState]:
    """The 旷课 of the absence, as the register holds them today."""
    away = set(facts.away.dates)
    return [one for one in facts.states if one.day in away and one.kind == UNEXCUSED]


def _count(facts: CaseFacts, days: Iterable[date]) -> float:
    """How many 上课日 those days count: half a day is half a one."""
    halves = {one.day: one.weight for one in facts.states if one.kind == UNEXCUSED}
    return sum(halves.get(day, 1.0) for day in days)


def _changes(facts: CaseFacts, said: tuple[date, ...], now: tuple[date, ...]) -> Iterator[str]:
    """What became of the days that count no more, and the days that were added."""
    states = {one.day: one for one in facts.states}
    grouped: dict[str, list[date]] = {}
    for day in said:
        if day not in now:
            state = states.get(day)
            word = _NOW[state.kind] if state else f"不再是上课日（{facts.calendar.fact(day).why}）"
            grouped.setdefault(word, []).append(day)
    for word, days in grouped.items():
        yield f"{evidence_words(days)}{word}"
    if added := [day for day in now if day not in said]:
        yield f"{evidence_words(added)}补记了旷课"


def _days_in(text: str, until: date) -> tuple[date, ...]:
    """The days that a paper of `until` names, in the words of `evidence_words`; empty where it has others."""
    found = []
    for month, days in _MONTH.findall(text):
        for day in days.split("、"):
            try:
                one = date(until.year, int(month), int(day))
                found.append(one if one <= until else one.replace(year=until.year - 1))
            except ValueError:
                return ()
    return tuple(sorted(found))
