"""How the cases of a child stand: which episode of absence each belongs to, and which episodes want a case.

Nothing of it is stored. The register's episodes are matched anew with the cases there are, so that a case has the same
evidence, day and neighbours in whatever order the days were typed. Two things are traces of the order and no part of
that promise: which of several cases, and so which number, an episode has; and cases that are annulled.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from app.domain.attendance import UNEXCUSED, DayKind
from app.domain.episodes import Episode, History, Opened
from app.domain.records import AttendanceStatement, CaseFile
from app.domain.vocabulary import BY_ATTENDANCE, RELAPSE

AnnulledWhy = Literal["补假", "停课", "更正", "未记录", "并入", "学校说明"]


@dataclass(frozen=True)
class Printed:
    """What the first paper of a case that went out says: the day the case was opened, and its evidence."""

    opened_on: date
    evidence: tuple[date, ...]


@dataclass(frozen=True)
class KeptCase:
    """A stored case. `history` is the child's days as the rule set reads them under which the case was opened.

    Cases of one rule set share one history. `printed` is there once a paper went out (and was not voided). `called`
    says whether the rolls of its days were ever called in this database; a township or county has none of most
    children, and knows their return, or that the evidence fell away, from the newest `statement` of the
    office that has.
    """

    case: CaseFile
    history: History
    printed: Printed | None = None
    called: bool = True
    statement: AttendanceStatement | None = None

    @property
    def by_hand(self) -> bool:
        """Whether the case stands on somebody's word; the register neither opened it nor can it annul it.

        So does one that names no days, and one whose days were never called here: there is nothing to hold it against.
        """
        return self.case.trigger != BY_ATTENDANCE or not self.days or not self.called

    @property
    def days(self) -> frozenset[date]:
        """The 旷课 by which the case is known again: those it was opened on and those its paper names."""
        return frozenset(self.case.evidence) | frozenset(self.printed.evidence if self.printed else ())


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How one case stands. `case_id` is None for a case that is to be opened.

    `evidence`, `opened_on`, `absent_since` and `rule_key` are those of the episode's opening rule; of the paper once
    one went out; as they were written for a case opened by hand or annulled. `annulled_why` names every reason
    why no episode bears the case any more; 并入: the absence is on the case `joined_to`. `gained` are days of evidence
    the register found since the paper went out; `lost` are days that a paper or an annulled case names and that are
    no longer 旷课. `previous` and `followed_by` are the neighbours by day among the cases that stand; empty
    where there is none or where it is itself yet to be opened.
    """

    case_id: str | None
    opened_on: date
    evidence: tuple[date, ...] = ()
    absent_since: date | None = None
    rule_key: str = ""
    episode: Episode | None = None
    returned_on: date | None = None
    annulled_why: tuple[AnnulledWhy, ...] = ()
    joined_to: str = ""
    printed: bool = False
    gained: tuple[date, ...] = ()
    lost: tuple[date, ...] = ()
    previous: str = ""
    followed_by: str = ""

    @property
    def stands(self) -> bool:
        """Whether the case is one: annulled cases are not, but what was printed is not made unsaid."""
        return not self.annulled_why or self.printed


def standings(now: History, cases: Iterable[KeptCase]) -> tuple[Standing, ...]:
    """How the `cases` of a child stand and which are to be opened, by the day they were opened.

    `now` is the history under today's rules, which open new cases. It and the histories of the cases should reach to
    the newest day known, not to an earlier day asked for: only then is a case that was opened on later days known as
    the same; `seen_on` then gives the earlier day. Without papers between, the standing cases are the same for every
    order of entry (ids excepted).
    """
    kept = sorted(cases, key=lambda one: (one.case.opened_on, one.case.id))
    by_hand = [one for one in kept if one.by_hand]
    by_rolls = [one for one in kept if not one.by_hand]
    borne = _assign(by_rolls, by_hand)
    taken = {day: case_id for case_id, opened in borne.items() for day in opened.episode.days}
    found = [_by_hand(one) for one in by_hand]
    for one in by_rolls:
        own = borne.get(one.case.id)
        found.append(_borne(one, own) if own else _annulled(one, taken, by_hand))
    for opened in now.opened:
        if taken.keys().isdisjoint(opened.episode.days) and not _covering(opened, by_hand):
            found.append(_to_open(opened))
    return _linked(found)


def bearer(now: History, cases: Iterable[KeptCase], day: date) -> CaseFile | None:
    """The case that bears the absence of `day`, or None where it is on none: meeting a rule then opens a new one."""
    kept = sorted(cases, key=lambda one: (one.case.opened_on, one.case.id))
    by_hand = [one for one in kept if one.by_hand]
    borne = _assign([one for one in kept if not one.by_hand], by_hand)
    for own in now.opened:
        if own.episode.holds(day):
            known = (one.case for one in kept if one.case.id in borne)
            shared = (
                one for one in known if not set(own.episode.days).isdisjoint(borne[one.id].episode.days)
            )
            covering = _covering(own, by_hand)
            return next(shared, covering.case if covering else None)
    return None


def seen_on(found: Iterable[Standing], day: date) -> tuple[Standing, ...]:
    """The same cases as an earlier `day` saw them: cases, returns and followers that came later are left out."""
    return _linked(_as_seen(one, day) for one in found if one.opened_on <= day)


def _as_seen(one: Standing, day: date) -> Standing:
    episode = one.episode.until(day) if one.episode else None
    returned_on = one.returned_on if one.returned_on and one.returned_on <= day else None
    if episode is one.episode and returned_on == one.returned_on:
        return one
    return replace(one, episode=episode, returned_on=returned_on)


def _assign(by_rolls: Sequence[KeptCase], by_hand: Sequence[KeptCase]) -> dict[str, Opened]:
    """Which episode bears which case, by case id. Cases opened earlier and earlier episodes come first.

    A case is judged by the rules it was opened under (promise 3): a county that changes its number annuls no case.
    """
    borne: dict[str, Opened] = {}
    taken: set[date] = set()
    for fits in (_shares_a_day, _was_dated_back):
        for one in by_rolls:
            if one.case.id in borne:
                continue
            free = (own for own in one.history.opened if _may_bear(own, one, taken, by_hand))
            if own := next((own for own in free if fits(one, own)), None):
                borne[one.case.id] = own
                taken.update(own.episode.days)
    return borne


def _may_bear(own: Opened, one: KeptCase, taken: set[date], by_hand: Sequence[KeptCase]) -> bool:
    # A case whose paper went out is not taken back in favour of one that was opened by hand.
    return taken.isdisjoint(own.episode.days) and (one.printed is not None or not _covering(own, by_hand))


def _shares_a_day(one: KeptCase, own: Opened) -> bool:
    """Any day of the episode will do, and not only one of its evidence.

    The evidence moves when earlier days are typed or days are taken away; the absence is the same one.
    """
    return not one.days.isdisjoint(own.episode.days)


def _was_dated_back(one: KeptCase, own: Opened) -> bool:
    """Earlier days typed later became the evidence, then the days the case was opened on were excused.

    The excused days are none of the evidence, so the case goes on. Only backwards: absence that begins after a leave
    is another case, whose deadlines must not count from the visits of the first.
    """
    first = own.opening.evidence[0]
    return all(first <= day and own.episode.holds(day) for day in one.days)


def _covering(own: Opened, by_hand: Sequence[KeptCase]) -> KeptCase | None:
    """The case opened by hand that this episode is already on, if any: a child has one open case at a time.

    It is under way when the rule is met, or it was opened later in the same episode: a child found away since the 3rd
    for whom a case is opened on the 10th needs no second one when the rolls of the 3rd to the 5th are typed at last.
    """
    end = own.episode.returned_on
    for one in by_hand:
        if one.case.trigger == RELAPSE and own.opening.day < one.case.opened_on:
            continue  # the absence before a return that was told is that of the case before
        back = _returned_by_hand(one)
        if (end is None or one.case.opened_on < end) and (back is None or own.opening.day < back):
            return one
    return None


def _returned_by_hand(one: KeptCase) -> date | None:
    case = one.case
    if not one.called and one.statement and one.statement.returned_on:
        return one.statement.returned_on
    return one.history.first_in_school(
        max(case.opened_on, case.absent_since or case.opened_on, *case.evidence[-1:])
    )


def _by_hand(one: KeptCase) -> Standing:
    case = one.case
    return Standing(
        case_id=case.id,
        opened_on=case.opened_on,
        evidence=case.evidence,
        absent_since=case.absent_since,
        rule_key=case.rule_key,
        returned_on=_returned_by_hand(one),
        annulled_why=("学校说明",) if _disowned(one) else (),
        printed=one.printed is not None,
    )


def _disowned(one: KeptCase) -> bool:
    """Whether the office that knows the rolls said that the evidence fell away; only where none are known here."""
    return not one.called and one.statement is not None and not one.statement.evidence_holds


def _to_open(own: Opened) -> Standing:
    return Standing(
        case_id=None,
        opened_on=own.opening.day,
        evidence=own.opening.evidence,
        absent_since=own.opening.evidence[0],
        rule_key=own.opening.rule.key,
        episode=own.episode,
        returned_on=own.episode.returned_on,
    )


def _borne(one: KeptCase, own: Opened) -> Standing:
    found = replace(_to_open(own), case_id=one.case.id)
    if one.printed is None:
        return found
    said = one.printed.evidence
    return replace(
        found,
        opened_on=one.printed.opened_on,
        evidence=said,
        absent_since=said[0],
        rule_key=one.case.rule_key,
        printed=True,
        gained=tuple(day for day in found.evidence if day not in said),
        lost=_lost(one, said),
    )


def _annulled(one: KeptCase, taken: Mapping[date, str], by_hand: Sequence[KeptCase]) -> Standing:
    said = one.printed or Printed(one.case.opened_on, one.case.evidence)
    joined_to = _joined_to(one, taken, by_hand)
    return Standing(
        case_id=one.case.id,
        opened_on=said.opened_on,
        evidence=said.evidence,
        absent_since=said.evidence[0],
        rule_key=one.case.rule_key,
        returned_on=one.history.first_in_school(said.evidence[-1]),
        annulled_why=("并入",) if joined_to else _fell_away(one.history, said),
        joined_to=joined_to,
        printed=one.printed is not None,
        lost=_lost(one, said.evidence),
    )


def _lost(one: KeptCase, said: Iterable[date]) -> tuple[date, ...]:
    states = one.history.by_day
    return tuple(day for day in said if day not in states or states[day].kind != UNEXCUSED)


def _joined_to(one: KeptCase, taken: Mapping[date, str], by_hand: Sequence[KeptCase]) -> str:
    """The case that bears the days of this one now: a day in school between the two proved to be none."""
    for day in sorted(one.days):
        if day in taken:
            return taken[day]
    shared = (own for own in one.history.opened if _shares_a_day(one, own))
    return next((found.case.id for own in shared if (found := _covering(own, by_hand))), "")


def _fell_away(history: History, said: Printed) -> tuple[AnnulledWhy, ...]:
    """Why the days no longer meet the rule: every reason the evidence itself gives, else the days it counted across.

    A day that is among no states is no 上课日 any more. Where every day is 旷课 still, a day in school or one that was
    not called may part them (leave never does), or a day shrank to half a day (更正).
    """
    states = history.by_day
    first, last = said.evidence[0], said.opened_on
    gone = {_REASONS[states[day].kind] if day in states else "停课" for day in said.evidence}
    between = {_REASONS[one.kind] for one in history.states if first <= one.day <= last} - {"补假"}
    found = gone - {None} or between
    known = tuple(why for why in _ORDER if why in found and why != "未记录")
    return known or (("未记录",) if "未记录" in found else ("更正",))


_REASONS: dict[DayKind, AnnulledWhy | None] = {
    "请假": "补假",
    "在校": "更正",
    "未记录": "未记录",
    "旷课": None,
}
_ORDER: tuple[AnnulledWhy, ...] = ("补假", "停课", "更正", "未记录")


def _linked(found: Iterable[Standing]) -> tuple[Standing, ...]:
    """By the day they were opened (then id; a case to be opened gets the newest id), each with its neighbours."""
    ordered = sorted(found, key=lambda one: (one.opened_on, one.case_id is None, one.case_id or ""))
    chain = [one.case_id or "" for one in ordered if one.stands]
    before, after = iter(["", *chain]), iter([*chain[1:], ""])
    return tuple(
        _between(one, next(before), next(after)) if one.stands else _between(one, "", "") for one in ordered
    )


def _between(one: Standing, previous: str, followed_by: str) -> Standing:
    if (one.previous, one.followed_by) == (previous, followed_by):
        return one
    return replace(one, previous=previous, followed_by=followed_by)
