"""Whatever is done on a case, and in whatever order it is typed: an open case has a next action, the stage is one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.ladder.facts import NOTICE, REPORT, CaseFacts
from app.domain.ladder.next_action import next_action, not_yet
from app.domain.ladder.walk import is_open, stage_of, walked
from app.domain.records import Closure, ForcedStep, Told
from app.domain.vocabulary import AGREED, CALL_OUTCOMES, LEVELS, OUTCOMES, TOLD
from app.reference.rule_sets import load_rule_sets
from app.settings import RESOURCES
from tests.helpers.facts import absence_case, found_case, make_contact, make_document, make_look, on, rules

SETS = sorted(load_rule_sets(RESOURCES / "rules", None))
STEPS = sorted({step.key for name in SETS for step in rules(name).ladder.steps})
PAPERS = (REPORT, NOTICE, "返校通知书", "劝返通知书", "家访表", "学校情况记录表", "五次动员记录表")
FIRST = on(9, 21)
ABSENT = [on(9, day) for day in (14, 15, 16, 17, 18, 20, 21)]


@dataclass(frozen=True)
class Done:
    """Something done on a case: on which day after its opening, what, and how (the level, kind, outcome …)."""

    after: int
    what: str
    how: str
    level: str = "学校"

    @property
    def day(self) -> date:
        """The day it was done on."""
        return FIRST + timedelta(days=self.after)


def _done(what: str, hows: Sequence[str]) -> st.SearchStrategy[Done]:
    return st.builds(Done, st.integers(0, 120), st.just(what), st.sampled_from(hows), st.sampled_from(LEVELS))


ACTIONS = st.one_of(
    _done("联系", (*OUTCOMES, *CALL_OUTCOMES)),
    _done("文书", PAPERS),
    _done("据告知", TOLD),
    _done("观察", ("在校", "不在校")),
    _done("销号", rules("general").closing_reasons),
    _done("销号又恢复", rules("general").closing_reasons),
    _done("强制", STEPS),
    _done("点名返校", ("在校",)),
    _done("离校", ("转出", "休学")),
)


def with_done(facts: CaseFacts, actions: Sequence[Done], as_of: date) -> CaseFacts:
    """The facts of the case with all that was done up to a day; `actions` in the order of typing."""
    for place, one in enumerate(one for one in actions if one.day <= as_of):
        facts = _with(facts, one, f"{place:03d}", as_of)
    return replace(
        facts, as_of=as_of, contacts=tuple(sorted(facts.contacts, key=lambda one: one.happened_on))
    )


def _with(facts: CaseFacts, one: Done, row: str, as_of: date) -> CaseFacts:
    day = one.day
    if one.what == "联系":
        promise = day + timedelta(days=3) if one.how == AGREED else None
        contact = make_contact(day, one.how, one.level, promised_on=promise, id=row)
        return replace(facts, contacts=(*facts.contacts, contact))
    if one.what == "文书":
        return replace(facts, documents=(*facts.documents, make_document(day, one.how, id=row)))
    if one.what == "据告知":
        told = Told(
            id=row,
            case_id="case",
            kind=one.how,
            happened_on=day,
            told_by="村干部",
            level=one.level,
            entered_on=day,
        )
        return replace(facts, told=(*facts.told, told))
    if one.what == "观察":
        look = replace(make_look(day, in_school=one.how == "在校"), id=row)
        return replace(facts, observations=(*facts.observations, look))
    if one.what in {"销号", "销号又恢复"}:
        back = day + timedelta(days=len(one.how) % 3) if one.what == "销号又恢复" else None
        closing = Closure(
            id=row,
            case_id="case",
            reason=one.how,
            closed_on=day,
            by_whom="陈老师",
            withdrawn_on=back if back and back <= as_of else None,
            entered_on=day,
        )
        return replace(facts, closures=(*facts.closures, closing))
    if one.what == "强制":
        forced = ForcedStep(
            id=row,
            case_id="case",
            step=one.how,
            forced_on=day,
            reason="有依据",
            by_whom="陈老师",
            entered_on=day,
        )
        return replace(facts, forced=(*facts.forced, forced))
    if one.what == "点名返校":
        return replace(facts, returned_on=min(day, facts.returned_on or day))
    return replace(facts, left=(one.how, day))


CASES = st.one_of(
    st.builds(lambda name: absence_case(name, ABSENT), st.sampled_from([n for n in SETS if n != "plan-24"])),
    st.builds(lambda name: found_case(name, FIRST), st.sampled_from(SETS)),
)
OFFICES = st.tuples(st.sampled_from(["学校", "中心学校", "乡镇", "县"]), st.booleans())
SEQUENCES = st.lists(ACTIONS, max_size=10)


SERVED = [Done(0, "联系", "见到家长", "乡镇"), Done(0, "据告知", "送达通知书")]


@settings(deadline=None, max_examples=400)
@given(CASES, SEQUENCES, OFFICES)
@example(found_case("general", FIRST), SERVED, ("乡镇", True))
@example(found_case("general", FIRST), [*SERVED, Done(30, "据告知", "处理决定")], ("县", True))
def test_no_sequence_of_actions_leaves_an_open_case_without_a_next_action(
    opened: CaseFacts, actions: list[Done], office: tuple[str, bool]
) -> None:
    level, leads = office
    ours = replace(opened, unit_level=level, leads=leads)
    for as_of in sorted({FIRST, *(one.day for one in actions), FIRST + timedelta(days=150)}):
        facts = with_done(ours, actions, as_of)
        stage, step = stage_of(facts), next_action(facts)
        if is_open(facts):
            assert step is not None and step.action and step.reason, (stage, as_of)
            assert all(name and why for name, why in not_yet(facts))
        else:
            assert step is None, (stage, as_of)


@settings(deadline=None, max_examples=200)
@given(CASES, SEQUENCES, st.data())
def test_the_order_of_typing_does_not_matter_for_the_stage(
    opened: CaseFacts, actions: list[Done], data: st.DataObject
) -> None:
    end = FIRST + timedelta(days=150)
    mixed = data.draw(st.permutations(actions))
    straight, late = with_done(opened, actions, end), with_done(opened, mixed, end)
    assert walked(straight) == walked(late)
    assert stage_of(straight).partition("(")[0] == stage_of(late).partition("(")[0]


@settings(deadline=None, max_examples=200)
@given(CASES, SEQUENCES, st.integers(0, 130))
def test_a_closing_taken_back_leaves_the_case_open(
    opened: CaseFacts, actions: list[Done], after: int
) -> None:
    """Also on the day it was closed on: a slip is put right at once."""
    before = [one for one in actions if one.after <= after and "销号" not in one.what]
    slip = Closure(
        id="slip",
        case_id="case",
        reason="立案有误",
        closed_on=FIRST + timedelta(days=after),
        entered_on=FIRST + timedelta(days=after),
        by_whom="陈老师",
        withdrawn_on=FIRST + timedelta(days=after),
    )
    facts = with_done(opened, before, slip.closed_on)
    assert walked(replace(facts, closures=(slip,))).stage == walked(facts).stage


@settings(deadline=None, max_examples=200)
@given(CASES, SEQUENCES, st.integers(0, 130))
def test_only_a_child_that_was_back_can_be_missing_again(
    opened: CaseFacts, actions: list[Done], after: int
) -> None:
    """不在校 takes back a return; where none stands (the roll shows the child absent since), it moves nothing."""
    away = {"返校", "点名返校", "销号", "销号又恢复", "离校"}
    before = [one for one in actions if one.after <= after and not {one.what, one.how} & away]
    facts = with_done(opened, before, FIRST + timedelta(days=after))
    missed = replace(facts, observations=(*facts.observations, make_look(facts.as_of, in_school=False)))
    looked = replace(facts, observations=())
    assert walked(missed).stage == walked(looked).stage
