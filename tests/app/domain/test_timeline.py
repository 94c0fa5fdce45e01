"""一生一案: what happened to a child, in the order it happened."""

from dataclasses import replace

import pytest

from app.domain.records import Closure, ForcedStep, Told
from app.domain.timeline import (
    closure_entries,
    contact_entry,
    document_entry,
    forced_entry,
    in_order,
    leave_entry,
    observation_entry,
    told_entry,
)
from tests.helpers.facts import make_contact, make_document, make_leave, make_look, on

CLOSED = Closure(
    id="closing",
    case_id="case",
    reason="已复学",
    closed_on=on(9, 21),
    entered_on=on(9, 22),
    by_whom="周老师",
    note="有学籍材料；提前销号理由：随父母迁往外省",
)


def test_a_visit_says_its_outcome_its_text_and_what_was_promised() -> None:
    visit = make_contact(
        on(9, 22),
        "同意返校",
        text="爷爷在家",
        effect="愿意来",
        found_cause="学习困难",
        promised_on=on(9, 28),
        entered_on=on(9, 24),
    )
    entry = contact_entry(visit)
    assert (entry.on, entry.entered_on, entry.what, entry.who) == (
        on(9, 22),
        on(9, 24),
        "学校家访",
        "周老师",
    )
    assert entry.text == "同意返校；爷爷在家；愿意来；原因：学习困难；承诺2026年9月28日返校"


def test_a_forced_entry_keeps_its_reason_in_sight() -> None:
    entry = contact_entry(make_contact(on(9, 16), forced_reason="开学前已走访"))
    assert entry.text == "拒绝；强制录入理由：开学前已走访"


@pytest.mark.parametrize("typed", ["学校,村委会", "学校，村委会", "学校、村委会", " 学校 , 村委会 ,"])
def test_a_joint_visit_names_the_units_as_a_sentence_does(typed: str) -> None:
    assert contact_entry(make_contact(on(9, 21), with_units=typed)).text == "拒绝；会同学校、村委会"


@pytest.mark.parametrize("typed", ["", "，", " , "])
def test_a_visit_without_company_names_nobody(typed: str) -> None:
    assert contact_entry(make_contact(on(9, 21), with_units=typed)).text == "拒绝"


def test_a_visit_that_was_told_says_by_whom_beside_who_made_it() -> None:
    entry = contact_entry(make_contact(on(9, 21), level="乡镇", by_whom="王干事", told_by="李干事"))
    assert (entry.what, entry.text, entry.who) == ("乡镇家访", "拒绝；据李干事告知", "王干事")


@pytest.mark.parametrize("kind", ["返校", "制发通知书", "送达通知书", "处理决定"])
def test_what_was_told_says_what_by_whom_and_the_note(kind: str) -> None:
    told = Told(
        id="told",
        case_id="case",
        kind=kind,
        happened_on=on(9, 29),
        entered_on=on(10, 8),
        told_by="李干事",
        level="乡镇",
    )
    entry = told_entry(told)
    assert (entry.on, entry.entered_on, entry.what, entry.who) == (
        on(9, 29),
        on(10, 8),
        "据告知",
        "李干事",
    )
    assert entry.text == f"{kind}（乡镇；李干事告知）"
    assert told_entry(replace(told, note="电话告知")).text == f"{kind}（乡镇；李干事告知）；电话告知"


def test_an_observation_says_whether_the_child_was_in_school() -> None:
    there = observation_entry(make_look(on(9, 28)))
    assert (there.on, there.what, there.text, there.who) == (on(9, 28), "观察", "在校", "周老师")
    away = replace(make_look(on(10, 21), in_school=False), note="座位空着")
    assert observation_entry(away).text == "不在校；座位空着"


def test_a_closing_says_its_reason_and_why_it_was_early() -> None:
    (entry,) = closure_entries(CLOSED)
    assert (entry.on, entry.entered_on, entry.what, entry.who) == (on(9, 21), on(9, 22), "销号", "周老师")
    assert entry.text == "已复学；有学籍材料；提前销号理由：随父母迁往外省"


def test_a_closing_taken_back_stays_and_the_case_taken_up_again_gives_its_reason() -> None:
    back = replace(CLOSED, note="", withdrawn_on=on(10, 12), withdrawn_reason="材料不实")
    closing, again = closure_entries(back)
    assert (closing.what, closing.on, closing.text) == ("销号", on(9, 21), "已复学")
    assert (again.what, again.on, again.entered_on) == ("恢复", on(10, 12), on(10, 12))
    assert again.text == "理由：材料不实"


def test_a_forced_step_names_the_step_and_its_reason() -> None:
    forced = ForcedStep(
        id="forced",
        case_id="case",
        step="报告",
        forced_on=on(9, 21),
        entered_on=on(9, 23),
        reason="用纸质报告单报过",
        by_whom="周老师",
    )
    entry = forced_entry(forced)
    assert (entry.on, entry.entered_on, entry.what, entry.who) == (
        on(9, 21),
        on(9, 23),
        "强制",
        "周老师",
    )
    assert entry.text == "报告，理由：用纸质报告单报过"


def test_a_paper_is_named_by_its_number_and_a_voided_one_with_its_reason() -> None:
    paper = make_document(on(9, 30))
    assert (document_entry(paper).what, document_entry(paper).text) == ("报告单", "〔2026〕1号")
    voided = replace(paper, withdrawn_on=on(10, 8), withdrawn_reason="姓名有误")
    assert document_entry(voided).text == "〔2026〕1号（2026年10月8日作废：姓名有误）"
    assert document_entry(voided).on == on(9, 30)
    forced = make_document(on(9, 30), number="〔2026〕1号", forced_reason="家长书面拒绝")
    assert document_entry(forced).text == "〔2026〕1号，提前出具理由：家长书面拒绝"


def test_leave_asked_in_time_stands_on_its_first_day() -> None:
    entry = leave_entry(make_leave(on(9, 17), on(9, 18), "病假"))
    assert (entry.on, entry.what) == (on(9, 17), "请假")
    assert entry.text == "病假2026年9月17日至2026年9月18日，班主任批准"


def test_leave_proved_later_stands_on_the_day_it_was_entered_with_its_proof() -> None:
    entry = leave_entry(make_leave(on(9, 17), on(9, 18), entered_on=on(9, 22), proof="镇卫生院病历"))
    assert (entry.on, entry.what) == (on(9, 22), "补假")
    assert entry.text.endswith("，凭证：镇卫生院病历")


def test_leave_entered_after_its_first_day_is_late() -> None:
    assert leave_entry(make_leave(on(9, 17), on(9, 18), entered_on=on(9, 18))).what == "补假"


def test_entries_are_sorted_by_what_happened_and_within_a_day_by_entry() -> None:
    late = contact_entry(make_contact(on(9, 21), text="晚录", entered_on=on(9, 30)))
    paper = document_entry(make_document(on(9, 21)))
    first = leave_entry(make_leave(on(9, 17), on(9, 17)))
    assert in_order([late, paper, first]) == [first, paper, late]
