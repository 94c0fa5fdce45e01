"""All that is known of a case, gathered for the ladder, and what happened on it in one order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.domain.attendance import Crossing, DayState, Streak
from app.domain.calendar import ONE_DAY, SchoolCalendar
from app.domain.contacts import counts
from app.domain.dates import day_in_words
from app.domain.deadlines import deadline
from app.domain.ladder.happenings import Happening, Kind
from app.domain.ladder.rows import Ladder
from app.domain.records import (
    CaseFile,
    Closure,
    Contact,
    ForcedStep,
    IssuedDocument,
    Mark,
    Observation,
    Told,
)
from app.domain.rules import RuleSet
from app.domain.vocabulary import SPEAKS_AS

SERVED, BACK, DECIDED, MADE_OUT = "送达通知书", "返校", "处理决定", "制发通知书"
NOTICE = "限期复学通知书"
REPORT = "报告单"
LETTER = "返校通知书"


NO_RUN = Streak(0, (), "正常", ())


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """All that is known of a case, gathered for the ladder. `run` is the child's run of 旷课 as it stands today, `away`
    all 旷课 of the absence the case is about, also after the return; `annulled_why` names what took the evidence away
    (空: it holds); `gained` and `lost` are the days by which the rolls differ from what a paper said; `states`
    are the child's days since the absence began as the register holds them (empty where no rolls are known);
    `returned_on` is the first 上课日 back by the rolls; `left` how and when the child's membership of its school
    ended. `as_of` is the day that was asked for; `leads` says whether this office leads."""

    case: CaseFile
    as_of: date
    rules: RuleSet
    calendar: SchoolCalendar
    contacts: tuple[Contact, ...] = ()
    documents: tuple[IssuedDocument, ...] = ()
    told: tuple[Told, ...] = ()
    observations: tuple[Observation, ...] = ()
    closures: tuple[Closure, ...] = ()
    forced: tuple[ForcedStep, ...] = ()
    marks: tuple[Mark, ...] = ()
    run: Streak = NO_RUN
    away: Streak = NO_RUN
    crossings: tuple[Crossing, ...] = ()
    annulled_why: tuple[str, ...] = ()
    gained: tuple[date, ...] = ()
    lost: tuple[date, ...] = ()
    states: tuple[DayState, ...] = ()
    returned_on: date | None = None
    followed_by: str = ""
    left: tuple[str, date] | None = None
    unit_level: str = "学校"
    leads: bool = True

    @property
    def level(self) -> str:
        """The level this office acts at: a 中心学校 acts as a school."""
        return SPEAKS_AS.get(self.unit_level, self.unit_level)

    @property
    def ladder(self) -> Ladder:
        """The stages and steps of the rule set the case was opened under."""
        return self.rules.ladder

    @property
    def papers(self) -> tuple[IssuedDocument, ...]:
        """The documents that were not voided."""
        return tuple(one for one in self.documents if one.withdrawn_on is None)

    @cached_property
    def back_on(self) -> date | None:
        """The day the child came back: by the rolls, else as it was told, unless it was absent since."""
        away = (*self.run.dates, *self.away.dates)
        hearsay = [
            one.happened_on
            for one in self.told
            if one.kind == BACK and not any(day >= one.happened_on for day in away)
        ]
        known = [day for day in (self.returned_on, *hearsay) if day]
        return min(known, default=None)

    @property
    def missed(self) -> tuple[date, ...] | None:
        """The 旷课 of the run as it stands; None where no roll knows of any, as above the school."""
        return self.run.dates or None

    @property
    def absent_from(self) -> date:
        """The first day of the absence the case is about, as far as it is known."""
        return min(day for day in (self.case.absent_since, self.case.opened_on, *self.case.evidence) if day)

    @property
    def closed(self) -> Closure | None:
        """The closing that stands."""
        return next(
            (one for one in self.closures if not one.withdrawn_on or one.withdrawn_on > self.as_of), None
        )

    def issued(self, kind: str) -> IssuedDocument | None:
        """The first document of `kind` on this case that was not voided."""
        return next((one for one in self.papers if one.kind == kind), None)

    @property
    def letter_ends_on(self) -> date | None:
        """The last day the 返校通知书 that went out gives the family; the day it went out where it names none."""
        letter = self.issued(LETTER)
        return (day_in_words(letter.data.get("限期届满日", "")) or letter.issued_on) if letter else None

    @property
    def notice_made(self) -> bool:
        """Whether a 限期复学通知书 was made out, here or as it was told."""
        return self.issued(NOTICE) is not None or any(one.kind in {MADE_OUT, SERVED} for one in self.told)

    @property
    def notice_ends_on(self) -> date | None:
        """The last day of the notice that was served first; None before it is served."""
        served = [one.happened_on for one in self.told if one.kind == SERVED]
        rule = next(iter(self.rules.doing("复学期限")), None)
        if not served or rule is None:
            return None
        return deadline(min(served), rule.number, rule.unit, self.calendar).day


def happenings_of(facts: CaseFacts, as_of: date) -> list[Happening]:
    """What happened on a case up to `as_of`, in order."""
    every = (*_typed(facts), *_time_limits_over(facts, as_of))
    return sorted((one for one in every if one.on <= as_of), key=lambda one: one.place)


def _typed(facts: CaseFacts) -> Iterator[Happening]:
    for contact in facts.contacts:
        kind: Kind = "见到人" if counts(contact) else "没见到人"
        yield Happening(contact.happened_on, contact.entered_on, kind, contact.level, contact.id)
    for paper in facts.papers:
        yield Happening(paper.issued_on, paper.issued_on, "出具文书", "", paper.kind)
    for told in facts.told:
        yield from _as_told(told)
    for forced in facts.forced:
        yield Happening(forced.forced_on, forced.entered_on, "强制", "", forced.step)
    yield from _back(facts)
    for closing in facts.closures:
        if closing.withdrawn_on and closing.withdrawn_on <= closing.closed_on:
            continue  # taken back the day it was made: the usual slip
        yield Happening(closing.closed_on, closing.entered_on, "销号", "", closing.reason)
        if closing.withdrawn_on:
            yield Happening(closing.withdrawn_on, closing.withdrawn_on, "恢复", "", closing.reason)


def _as_told(told: Told) -> Iterator[Happening]:
    if told.kind == MADE_OUT:
        yield Happening(told.happened_on, told.entered_on, "出具文书", told.level, NOTICE)
    elif told.kind == SERVED:
        yield Happening(told.happened_on, told.entered_on, "送达通知书", told.level, told.id)
    elif told.kind == DECIDED:
        yield Happening(told.happened_on, told.entered_on, "处理决定", told.level, told.id)


def _back(facts: CaseFacts) -> Iterator[Happening]:
    if back := facts.back_on:
        yield Happening(back, back, "返校", "学校")
    for one in facts.observations:
        if not one.in_school:
            yield Happening(one.observed_on, one.entered_on, "不在校", "学校", one.id)


def _time_limits_over(facts: CaseFacts, as_of: date) -> Iterable[Happening]:
    """The day after the last day of a notice that was served: the 限期 is over, whoever looks."""
    last = facts.notice_ends_on
    if last is not None and last < as_of:
        yield Happening(last + ONE_DAY, last + ONE_DAY, "限期届满")
