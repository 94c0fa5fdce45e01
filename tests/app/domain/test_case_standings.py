"""Which case each episode of absence bears, which want one, and what becomes of a case when days change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from app.domain.case_standings import KeptCase, Printed, Standing, seen_on, standings
from app.domain.episodes import History
from app.domain.records import AttendanceStatement, CaseFile
from app.domain.rules import Rule
from tests.helpers.facts import make_calendar, make_case, make_rule, on
from tests.helpers.typed import CLOSED, THREE, Typed

DAYS = make_calendar().school_days(on(9, 14), on(10, 23))


LAST = on(9, 24)


def typed(*, until: date = LAST, rules: Sequence[Rule] = (THREE,)) -> Typed:
    """The school days from 14 September, nothing typed yet."""
    return Typed([day for day in DAYS if day <= until], until, rules)


def only(found: Sequence[Standing]) -> Standing:
    (one,) = found
    return one


def september(*days: int) -> tuple[date, ...]:
    return tuple(on(9, day) for day in days)


def october(*days: int) -> tuple[date, ...]:
    return tuple(on(10, day) for day in days)


def test_twelve_days_typed_backwards_are_one_case_on_the_first_three() -> None:
    book = typed(until=on(9, 30))
    away = book.days[:12]
    one = only(book.put("旷", *reversed(away)).standing())
    assert (one.opened_on, one.evidence) == (on(9, 16), september(14, 15, 16))
    assert (one.case_id, len(book.cases)) == ("case-001", 1)


def test_three_days_typed_after_two_later_ones_are_one_case_on_the_three() -> None:
    book = typed().put("旷", *september(17, 18)).put("旷", *september(14, 15, 16))
    one = only(book.standing())
    assert (one.opened_on, one.evidence, one.returned_on) == (on(9, 16), september(14, 15, 16), None)


def test_a_run_typed_after_the_return_still_opens_its_case() -> None:
    book = typed().put("在", *september(17, 18)).put("旷", *september(16, 15, 14))
    one = only(book.standing())
    assert (one.opened_on, one.evidence, one.returned_on) == (on(9, 16), september(14, 15, 16), on(9, 17))


@pytest.mark.parametrize("order", list(permutations(september(14, 15, 16, 17))))
def test_three_absences_and_a_return_are_one_case_in_every_of_24_orders(order: tuple[date, ...]) -> None:
    book = typed()
    for day in order:
        book.put("在" if day == on(9, 17) else "旷", day)
    one = only(book.found())
    assert (one.opened_on, one.evidence, one.returned_on) == (on(9, 16), september(14, 15, 16), on(9, 17))


@pytest.mark.parametrize("later_first", [False, True])
def test_a_child_missing_again_after_its_return_has_a_second_case_linked_to_the_first(
    later_first: bool,
) -> None:
    runs = [september(14, 15, 16), september(18, 20, 21)]
    book = typed().put("在", on(9, 17))
    for run in runs[::-1] if later_first else runs:
        book.put("旷", *run)
    first, second = book.standing()
    assert (first.evidence, second.evidence) == tuple(runs)
    assert (first.previous, first.followed_by) == ("", second.case_id)
    assert (second.previous, second.followed_by) == (first.case_id, "")
    assert (first.returned_on, second.returned_on) == (on(9, 17), None)


def test_leave_in_the_middle_is_no_return_and_opens_no_second_case() -> None:
    book = typed().put("旷", *september(14, 15, 16)).put("假", on(9, 17)).put("旷", *september(18, 20, 21))
    one = only(book.found())
    assert (one.evidence, one.returned_on) == (september(14, 15, 16), None)


def test_three_certain_days_open_the_case_though_an_older_day_has_no_roll() -> None:
    one = only(typed().put("旷", *september(14, 16, 17, 18)).standing())
    assert one.evidence == september(16, 17, 18)


def test_an_older_day_typed_at_last_moves_the_evidence_of_the_same_case() -> None:
    book = typed().put("旷", *september(14, 16, 17, 18)).put("旷", on(9, 15))
    one = only(book.found())
    assert (one.case_id, one.opened_on, one.evidence) == ("case-001", on(9, 16), september(14, 15, 16))


def test_missed_mornings_count_half_here_too() -> None:
    book = typed().put("半", *september(14, 15, 16))
    assert book.found() == ()
    one = only(book.put("旷", *september(17, 18)).found())
    assert (one.opened_on, one.evidence) == (on(9, 18), september(14, 15, 16, 17, 18))


def test_a_rule_in_calendar_days_opens_on_the_first_missed_day_after_the_holiday() -> None:
    book = typed(until=on(10, 8), rules=[make_rule(">", 7, "自然日")]).put("旷", on(9, 30))
    assert book.found() == ()
    one = only(book.put("旷", on(10, 8)).found())
    assert (one.opened_on, one.evidence, one.absent_since) == (
        on(10, 8),
        (on(9, 30), on(10, 8)),
        on(9, 30),
    )


# Case 22: three days of 旷课 open a case; a day of it is excused or closed; a further day makes it three again.


def three_days_in_october() -> Typed:
    return typed(until=on(10, 15)).put("旷", *october(8, 9, 10))


def test_case_22_a_day_closed_later_annuls_the_case_and_says_so() -> None:
    one = only(three_days_in_october().put(CLOSED, on(10, 9)).annulled())
    assert (one.annulled_why, one.evidence, one.lost) == (("停课",), october(8, 9, 10), october(9))


def test_case_22_with_the_closed_day_a_third_one_makes_the_case_live_again() -> None:
    book = three_days_in_october().put(CLOSED, on(10, 9)).put("旷", on(10, 12))
    one = only(book.found())
    assert (one.case_id, one.annulled_why) == ("case-001", ())
    assert (one.opened_on, one.evidence) == (on(10, 12), october(8, 10, 12))


def test_case_22_leave_for_all_days_annuls_the_case_as_excused() -> None:
    one = only(three_days_in_october().put("假", *october(8, 9, 10)).annulled())
    assert (one.annulled_why, one.lost) == (("补假",), october(8, 9, 10))


def test_case_22_leave_for_the_middle_day_leaves_two_and_a_third_makes_the_case_live_again() -> None:
    book = three_days_in_october().put("假", on(10, 9))
    assert only(book.found()).annulled_why == ("补假",)
    one = only(book.put("旷", on(10, 12)).found())
    assert (one.case_id, one.opened_on, one.evidence) == ("case-001", on(10, 12), october(8, 10, 12))


@pytest.mark.parametrize(("sign", "why"), [("在", "更正"), ("半", "更正"), ("未", "未记录"), ("假", "补假")])
def test_an_annulled_case_says_what_became_of_its_days(sign: str, why: str) -> None:
    assert only(three_days_in_october().put(sign, on(10, 10)).annulled()).annulled_why == (why,)


def test_leave_and_a_corrected_roll_are_both_named() -> None:
    book = three_days_in_october().put("在", on(10, 8)).put("假", on(10, 9))
    assert only(book.annulled()).annulled_why == ("补假", "更正")


def test_leave_between_parts_no_run_so_the_uncalled_day_is_the_reason() -> None:
    book = Typed(DAYS, on(10, 15)).put(CLOSED, on(10, 9)).put("假", on(10, 10)).put("旷", *october(8, 12, 13))
    one = only(book.put("未", on(10, 9)).annulled())
    assert (one.annulled_why, one.lost) == (("未记录",), ())


def test_a_make_up_day_nobody_called_parts_the_days_of_a_case() -> None:
    book = Typed(DAYS, on(10, 15)).put(CLOSED, on(10, 9)).put("旷", *october(8, 10, 12))
    one = only(book.put("未", on(10, 9)).annulled())
    assert (one.annulled_why, one.lost) == (("未记录",), ())


def test_leave_after_the_evidence_takes_nothing_from_a_case_that_was_opened_on_later_days() -> None:
    book = typed().put("旷", *september(17, 18, 20)).put("旷", *september(14, 15, 16))
    one = only(book.put("假", *september(17, 18, 20)).found())
    assert (one.case_id, one.evidence) == ("case-001", september(14, 15, 16))


def test_absence_that_begins_after_the_leave_which_annulled_a_case_is_another_case() -> None:
    book = typed().put("旷", *september(14, 15, 16)).put("假", *september(14, 15, 16))
    new, old = sorted(book.put("旷", *september(17, 18, 20)).found(), key=lambda one: one.annulled_why)
    assert (old.case_id, old.annulled_why) == ("case-001", ("补假",))
    assert (new.case_id, new.evidence, new.previous) == ("case-002", september(17, 18, 20), "")


def test_a_day_in_school_that_was_none_joins_the_second_case_to_the_first() -> None:
    book = typed().put("旷", *september(14, 15, 16)).put("在", on(9, 17)).put("旷", *september(18, 20, 21))
    first, second = book.put("旷", on(9, 17)).found()
    assert (first.case_id, first.stands, first.followed_by) == ("case-001", True, "")
    assert (second.annulled_why, second.joined_to) == (("并入",), "case-001")


def test_a_day_in_school_found_later_parts_a_case_in_two() -> None:
    book = typed().put("旷", *september(14, 15, 16, 17, 18, 20, 21)).put("在", on(9, 17))
    first, second = book.found()
    assert (first.case_id, first.evidence) == ("case-001", september(14, 15, 16))
    assert (second.case_id, second.evidence) == ("case-002", september(18, 20, 21))
    assert second.previous == "case-001"


# What was printed stays.


def test_after_a_paper_went_out_its_evidence_stays_and_the_days_found_since_are_said() -> None:
    book = typed().put("旷", *september(17, 18, 20))
    book.print_paper()
    one = only(book.put("旷", *september(15, 16)).found())
    assert (one.opened_on, one.evidence) == (on(9, 20), september(17, 18, 20))
    assert (one.gained, one.lost) == (september(15, 16), ())


def test_after_a_paper_went_out_a_day_lost_is_said_while_the_case_goes_on() -> None:
    book = typed().put("旷", *september(14, 15, 16))
    book.print_paper()
    one = only(book.put("假", on(9, 14)).put("旷", on(9, 17)).found())
    assert (one.annulled_why, one.evidence) == ((), september(14, 15, 16))
    assert (one.gained, one.lost) == (september(17), september(14))


def test_a_case_with_a_paper_that_lost_its_ground_says_why_and_is_not_made_unsaid() -> None:
    book = typed().put("旷", *september(14, 15, 16))
    book.print_paper()
    one = only(book.put("假", on(9, 15)).standing())
    assert (one.annulled_why, one.evidence, one.lost) == (("补假",), september(14, 15, 16), september(15))


def test_a_case_is_known_again_by_the_days_its_paper_names() -> None:
    now = typed().put("旷", *september(14, 15, 16)).put("在", on(9, 17)).history()
    opened = make_case(on(9, 22), evidence=september(20, 21, 22), rule_key="开个案")
    paper = Printed(on(9, 16), september(14, 15, 16))
    assert only(standings(now, [KeptCase(opened, now, paper)])).annulled_why == ()


# Rules.


def test_a_case_is_judged_by_the_rules_it_was_opened_under() -> None:
    book = typed().put("旷", *september(14, 15, 16))
    stricter = book.history(rules=[make_rule(">", 3)])
    one = only(standings(stricter, [KeptCase(book.cases[0], book.history())]))
    assert (one.case_id, one.annulled_why) == ("case-001", ())


def test_new_rules_open_no_second_case_for_an_absence_that_has_one() -> None:
    book = typed(rules=[make_rule(">", 3)]).put("旷", *september(14, 15, 16, 17))
    now = book.history(rules=[THREE])
    one = only(standings(now, [KeptCase(book.cases[0], book.history())]))
    assert one.evidence == september(14, 15, 16, 17)


# Cases opened by hand.


def by_hand(day: date, **more: date | tuple[date, ...]) -> CaseFile:
    return make_case(day, "排查发现", id="hand", **more)


def test_an_absence_on_a_case_opened_by_hand_opens_no_second_one() -> None:
    book = typed()
    book.cases.append(by_hand(on(9, 14)))
    one = only(book.put("旷", *september(14, 15, 16)).found())
    assert (one.case_id, one.opened_on, one.returned_on) == ("hand", on(9, 14), None)
    assert only(book.put("在", on(9, 17)).found()).returned_on == on(9, 17)


def test_rolls_typed_after_a_case_was_opened_by_hand_for_the_same_absence_open_no_second_one() -> None:
    book = typed()
    book.cases.append(by_hand(on(9, 21), absent_since=on(9, 14)))
    assert only(book.put("旷", *september(14, 15, 16)).found()).case_id == "hand"


def test_after_the_return_from_a_case_opened_by_hand_a_new_absence_has_its_own_case() -> None:
    book = typed()
    book.cases.append(by_hand(on(9, 14), evidence=september(14)))
    first, second = book.put("旷", on(9, 14)).put("在", on(9, 15)).put("旷", *september(16, 17, 18)).found()
    assert (first.returned_on, first.followed_by) == (on(9, 15), "case-002")
    assert (second.evidence, second.previous) == (september(16, 17, 18), "hand")


def test_an_absence_that_ended_before_a_case_was_opened_by_hand_has_its_own_case() -> None:
    book = typed()
    book.cases.append(by_hand(on(9, 18)))
    first, second = book.put("旷", *september(14, 15, 16)).put("在", on(9, 17)).found()
    assert (first.case_id, first.followed_by, second.case_id) == ("case-002", "hand", "hand")


def test_a_case_the_register_opened_joins_one_opened_by_hand_for_what_proved_the_same_absence() -> None:
    book = typed().put("旷", *september(14, 15, 16)).put("在", on(9, 17))
    book.cases.append(by_hand(on(9, 18)))
    (own,) = [one for one in book.put("旷", on(9, 17)).found() if one.case_id == "case-001"]
    assert (own.annulled_why, own.joined_to) == (("并入",), "hand")
    book.papers["case-001"] = Printed(on(9, 16), september(14, 15, 16))
    assert [one.annulled_why for one in book.found()] == [(), ()]


def test_the_register_annuls_no_case_opened_by_hand() -> None:
    book = typed()
    book.cases.append(by_hand(on(9, 14), evidence=september(14)))
    assert only(book.put("假", on(9, 14)).found()).annulled_why == ()


# Cases of children whose rolls are kept elsewhere.


def kept_elsewhere(returned_on: date | None = None, *, said: bool = True) -> KeptCase:
    case = make_case(on(9, 16), evidence=september(14, 15, 16), absent_since=on(9, 14), rule_key="开个案")
    statement = AttendanceStatement(id="said", case_id="case", as_of=on(9, 30), returned_on=returned_on)
    return KeptCase(case, History((), ()), called=False, statement=statement if said else None)


def test_without_rolls_a_case_stands_as_it_was_written() -> None:
    for said in (True, False):
        one = only(standings(History((), ()), [kept_elsewhere(said=said)]))
        assert (one.annulled_why, one.lost, one.returned_on) == ((), (), None)
        assert (one.opened_on, one.evidence, one.absent_since, one.rule_key) == (
            on(9, 16),
            september(14, 15, 16),
            on(9, 14),
            "开个案",
        )


def test_without_rolls_the_return_is_the_one_that_was_stated() -> None:
    found = standings(History((), ()), [kept_elsewhere(on(9, 22))])
    assert only(found).returned_on == on(9, 22)
    assert only(seen_on(found, on(9, 21))).returned_on is None


def test_without_rolls_of_its_own_days_a_case_ends_with_the_first_day_seen_in_school_elsewhere() -> None:
    moved = typed().put("在", on(9, 22)).history()
    one = only(standings(moved, [replace(kept_elsewhere(), history=moved)]))
    assert (one.annulled_why, one.returned_on) == ((), on(9, 22))


def test_where_rolls_are_kept_a_statement_changes_nothing() -> None:
    book = typed().put("旷", *september(14, 15, 16))
    statement = AttendanceStatement(id="said", case_id="case-001", as_of=on(9, 24), returned_on=on(9, 22))
    one = only(standings(book.history(), [KeptCase(book.cases[0], book.history(), statement=statement)]))
    assert one.returned_on is None


# An earlier day.


def test_a_look_at_an_earlier_day_wants_no_second_case_for_one_opened_on_later_days() -> None:
    book = typed().put("旷", *september(17, 18, 20)).put("旷", *september(14, 15, 16))
    one = only(seen_on(book.found(), on(9, 16)))
    assert (one.case_id, one.evidence) == ("case-001", september(14, 15, 16))
    assert seen_on(book.found(), on(9, 15)) == ()


def test_a_history_without_absence_has_no_cases() -> None:
    assert standings(History((), ()), ()) == ()


def test_a_case_of_the_register_that_names_no_days_is_left_as_it_is() -> None:
    now = typed().put("在", on(9, 14)).history()
    one = only(standings(now, [KeptCase(make_case(on(9, 14)), now)]))
    assert (one.annulled_why, one.evidence, one.opened_on) == ((), (), on(9, 14))


def test_a_case_is_known_again_by_days_that_are_no_evidence_any_more() -> None:
    book = typed().put("旷", *september(14, 15, 16, 17, 18, 20)).put("未", on(9, 16))
    one = only(book.found())
    assert (one.case_id, one.evidence) == ("case-001", september(17, 18, 20))


def test_a_case_that_was_excused_is_not_taken_for_an_earlier_absence_with_a_return_between() -> None:
    book = typed(until=on(10, 15)).put("旷", *october(8, 9, 10)).put("假", *october(8, 9, 10))
    new, old = book.put("在", on(9, 17)).put("旷", *september(14, 15, 16)).found()
    assert (new.case_id, new.evidence) == ("case-002", september(14, 15, 16))
    assert (old.case_id, old.annulled_why) == ("case-001", ("补假",))


def test_a_return_counts_only_after_the_last_day_a_case_opened_by_hand_names() -> None:
    book = typed().put("旷", *september(14, 16)).put("在", *september(15, 17))
    now = book.history()
    case = by_hand(on(9, 14), evidence=september(14, 16))
    assert only(standings(now, [KeptCase(case, now)])).returned_on == on(9, 17)


def test_cases_of_one_day_follow_each_other_by_id() -> None:
    book = typed().put("旷", *september(14, 15, 16))
    book.print_paper()
    book.cases.append(by_hand(on(9, 16)))
    assert [(one.case_id, one.followed_by) for one in book.found()] == [("case-001", "hand"), ("hand", "")]
