"""一生一案: what happened to a child, in the order it happened."""

from dataclasses import replace

from app.domain.timeline import contact_entry, document_entry, in_order, leave_entry
from tests.helpers.facts import make_contact, make_document, make_leave, on


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
