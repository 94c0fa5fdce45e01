"""The cards of 一生一案 for what was told, observed, closed and forced, and for visits with company."""

from datetime import date

import pytest

from app.bootstrap import Program
from app.demo.school import TODAY
from app.service.cases.contacts import Visit, add_contact
from app.service.cases.ends import close_case, force_step, observe, reopen_case, tell
from app.service.cases.numbers import find_case
from app.service.children.marks import clear_mark, set_mark
from app.service.rolls.roll_call import take_roll
from app.service.screens.case import case_page
from app.service.screens.case_entries import Card, CardKind

OPEN, BACK = "2026-003", "2026-001"  # absent since 16 November; in school again since 9 November


@pytest.fixture
def program(demo_school: Program) -> Program:
    return demo_school


def case_id(program: Program, no: str) -> str:
    return program.read(find_case, no).id


def cards(program: Program, no: str, *kinds: CardKind) -> list[Card]:
    """The cards of those kinds, newest first."""
    entries = program.read(case_page, case_id(program, no)).entries
    return [card for card in entries if card.kind in kinds]


@pytest.mark.parametrize("kind", ["返校", "制发通知书", "送达通知书", "处理决定"])
def test_what_was_told_is_a_card_that_names_the_teller(program: Program, kind: str) -> None:
    program.write(tell, case_id(program, OPEN), kind, date(2026, 11, 19), "李干事", note="电话")
    (card,) = cards(program, OPEN, "told")
    assert (card.on, card.entered_on, card.what) == (date(2026, 11, 19), TODAY, f"{kind}（听李干事说）")
    made = "" if kind == "返校" else "乡镇办的；"
    assert (card.text, card.who) == (f"{made}电话", "李干事")


def test_observations_say_in_school_or_not_and_the_new_case_says_where_it_comes_from(
    program: Program,
) -> None:
    """The invented school looked once before: on the 16th, in school."""
    case = case_id(program, BACK)
    opened = program.write(observe, case, TODAY, in_school=False, note="座位空着").value.opened
    assert [card.text for card in cards(program, BACK, "look")] == ["不在校；座位空着", "在校"]
    opening = cards(program, opened, "opening")[0]
    assert opening.text.endswith(f"观察期内再次缺勤：个案{BACK}观察时不在校")


def test_a_closing_keeps_its_reasons_also_after_the_case_was_taken_up_again(program: Program) -> None:
    case = case_id(program, BACK)
    program.write(close_case, case, "已复学", TODAY, note="有材料", force="随父母迁往外省")
    program.write(reopen_case, case, "材料不实")
    again, closing = cards(program, BACK, "closing")
    assert (closing.what, closing.text) == ("销号", "已复学；有材料；提前销号理由：随父母迁往外省")
    assert (again.what, again.text) == ("恢复", "理由：材料不实")


def test_a_day_of_many_entries_stays_in_order(program: Program) -> None:
    case = case_id(program, OPEN)
    for number in range(6):
        program.write(close_case, case, "休学", TODAY)
        program.write(reopen_case, case, f"第{number}次")
    said = [card.text for card in cards(program, OPEN, "closing")]
    assert said == [words for number in range(5, -1, -1) for words in (f"理由：第{number}次", "休学")]


def test_a_mark_is_a_card_when_it_is_set_and_when_it_is_taken_off(program: Program) -> None:
    child = program.read(case_page, case_id(program, OPEN)).child.id
    program.write(set_mark, child, "疑似辍学", date(2026, 11, 19))
    program.write(clear_mark, child, "疑似辍学", TODAY)
    off, on = cards(program, OPEN, "mark")
    assert (on.on, on.what, on.text) == (date(2026, 11, 19), "学籍标注", "标注疑似辍学")
    assert (off.on, off.text) == (TODAY, "取消疑似辍学标注")
    assert on.who == off.who == "陈老师"  # as the journal has it


def test_a_case_taken_up_again_and_one_opened_by_a_roll_name_who_did_it(program: Program) -> None:
    case = case_id(program, OPEN)
    program.write(close_case, case, "休学", TODAY)
    program.write(reopen_case, case, "材料不实")
    (again,) = [one for one in cards(program, OPEN, "closing") if one.what == "恢复"]
    (opening,) = cards(program, OPEN, "opening")
    assert again.who == opening.who == "陈老师"  # as the journal has it


def test_the_return_of_a_day_stands_below_what_was_recorded_after_the_roll(program: Program) -> None:
    """Newest first: back by the roll, then closed, then taken up again."""
    case, day = case_id(program, OPEN), date(2026, 11, 23)
    program.today = day
    program.write(take_roll, "五年级1班", day)
    program.write(close_case, case, "已复学", day, force="已核实")
    program.write(add_contact, case, Visit(day=day, method="电话", outcome="打通", by_whom="陈老师"))
    program.write(reopen_case, case, "还要观察")
    entries = program.read(case_page, case).entries
    assert [one.what for one in entries if one.on == day] == ["恢复", "电话", "销号", "返校"]


def test_a_forced_step_is_a_card_with_its_reason(program: Program) -> None:
    program.write(force_step, case_id(program, OPEN), "报告", "用纸质报告单报过")
    (card,) = cards(program, OPEN, "forced")
    assert (card.what, card.text) == ("报告（没有按次序）", "理由：用纸质报告单报过")


def test_a_visit_says_who_came_along_and_who_told_of_it(program: Program) -> None:
    visit = Visit(
        day=TODAY,
        method="家访",
        outcome="拒绝",
        by_whom="王干事",
        level="乡镇",
        with_units="学校,村委会",
        told_by="李干事",
    )
    program.write(add_contact, case_id(program, OPEN), visit)
    card = next(one for one in cards(program, OPEN, "contact") if one.who == "王干事")
    assert card.notes == ("会同学校、村委会", "据李干事告知")


def test_a_visit_without_company_has_no_note_of_it(program: Program) -> None:
    visit = Visit(day=TODAY, method="家访", outcome="拒绝", by_whom="王干事", with_units="，")
    program.write(add_contact, case_id(program, OPEN), visit)
    card = next(one for one in cards(program, OPEN, "contact") if one.who == "王干事")
    assert card.notes == ()
