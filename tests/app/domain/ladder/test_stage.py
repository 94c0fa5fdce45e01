"""The stage of a case, computed from its facts, and the steps that may not be taken yet."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.ladder.facts import CaseFacts
from app.domain.ladder.next_action import next_action, not_yet, too_early
from app.domain.ladder.walk import is_open, stage_of
from app.domain.records import Contact, IssuedDocument
from app.domain.vocabulary import NOBODY_HOME
from tests.helpers.facts import absence_case, found_case, make_contact, make_document, on

SEPTEMBER = [on(9, 17), on(9, 18), on(9, 20), on(9, 21)]
CALLED = make_contact(on(9, 21), NOBODY_HOME, method="电话")
MET = make_contact(on(9, 22))
REPORT = make_document(on(9, 23))
TOWNSHIP = make_contact(on(9, 24), level="乡镇")
NOTICE = make_document(on(10, 12), "限期复学通知书")


def mengjin(*contacts: Contact, papers: tuple[IssuedDocument, ...] = (), **more: object) -> CaseFacts:
    return absence_case("mengjin", SEPTEMBER, contacts=contacts, documents=papers, **more)


def voided(paper: IssuedDocument) -> IssuedDocument:
    return replace(paper, withdrawn_on=on(9, 24), withdrawn_reason="姓名有误")


def reasons(facts: CaseFacts, today: date) -> dict[str, str]:
    return dict(not_yet(replace(facts, as_of=today)))


def test_a_case_the_register_opened_begins_as_an_alert() -> None:
    assert stage_of(mengjin()) == "缺勤预警"


def test_a_case_opened_by_hand_begins_with_verifying() -> None:
    assert stage_of(found_case("mengjin", on(9, 20))) == "核实中"


def test_trying_to_reach_the_parents_is_verifying_even_if_nobody_was_home() -> None:
    assert stage_of(mengjin(CALLED)) == "核实中"


@pytest.mark.parametrize("contacts", [(MET,), (CALLED, MET)])
def test_a_talk_of_the_school_begins_the_schools_persuading(contacts: tuple[Contact, ...]) -> None:
    assert stage_of(mengjin(*contacts)) == "学校劝返"


def test_a_talk_begins_the_schools_persuading_on_a_case_opened_by_hand() -> None:
    assert stage_of(found_case("mengjin", on(9, 20), contacts=(MET,))) == "学校劝返"


@pytest.mark.parametrize("contacts", [(), (CALLED,), (MET,)])
def test_the_report_makes_a_suspected_dropout_from_any_stage_before_it(contacts: tuple[Contact, ...]) -> None:
    assert stage_of(mengjin(*contacts, papers=(REPORT,))) == "疑似辍学(已报告)"


def test_a_school_visit_after_the_report_is_no_step_back() -> None:
    assert stage_of(mengjin(make_contact(on(9, 28)), papers=(REPORT,))) == "疑似辍学(已报告)"


def test_another_paper_than_the_report_makes_no_step() -> None:
    paper = make_document(on(9, 22), "学校情况记录表")
    assert stage_of(mengjin(papers=(paper,))) == "缺勤预警"


@pytest.mark.parametrize(
    ("contacts", "papers"),
    [((TOWNSHIP,), (REPORT,)), ((TOWNSHIP,), ()), ((CALLED, TOWNSHIP), ()), ((MET, TOWNSHIP), (REPORT,))],
)
def test_a_talk_of_the_township_begins_its_persuading(
    contacts: tuple[Contact, ...], papers: tuple[IssuedDocument, ...]
) -> None:
    assert stage_of(mengjin(*contacts, papers=papers)) == "乡镇动员"


def test_a_township_visit_that_met_nobody_leaves_the_case_reported() -> None:
    visit = make_contact(on(9, 24), NOBODY_HOME, level="乡镇")
    assert stage_of(mengjin(MET, visit, papers=(REPORT,))) == "疑似辍学(已报告)"


def test_a_voided_report_was_never_made() -> None:
    assert stage_of(mengjin(MET, papers=(voided(REPORT),))) == "学校劝返"


def test_a_second_report_holds_when_the_first_was_voided_and_not_when_both_were() -> None:
    again = make_document(on(9, 24), number="〔2026〕2号", seq=2)
    assert stage_of(mengjin(MET, papers=(voided(REPORT), again))) == "疑似辍学(已报告)"
    assert mengjin(papers=(voided(REPORT), again)).issued("报告单") == again
    assert stage_of(mengjin(MET, papers=(voided(REPORT), voided(again)))) == "学校劝返"


def test_leave_that_takes_the_evidence_away_annuls_the_case() -> None:
    facts = mengjin(MET, annulled_why=("补假",))
    assert stage_of(facts) == "已撤销(补假)"
    assert not is_open(facts)
    assert not_yet(facts) == []


def test_a_case_already_reported_is_not_annulled_behind_the_townships_back() -> None:
    assert stage_of(mengjin(papers=(REPORT,), annulled_why=("补假",))) == "疑似辍学(已报告)"
    assert stage_of(mengjin(papers=(voided(REPORT),), annulled_why=("补假",))) == "已撤销(补假)"


@pytest.mark.parametrize("contacts", [(), (MET,), (MET, TOWNSHIP)])
def test_a_child_back_in_school_is_observed_from_any_stage(contacts: tuple[Contact, ...]) -> None:
    facts = mengjin(*contacts, papers=(REPORT,), returned_on=on(9, 28))
    assert stage_of(facts) == "已复学(观察期)"
    assert is_open(facts)
    assert not_yet(facts) == []


def test_a_case_with_a_new_case_after_it_is_followed_and_no_longer_open() -> None:
    facts = mengjin(returned_on=on(9, 28), followed_by="case-2")
    assert stage_of(facts) == "已并入新个案"
    assert not is_open(facts)


def test_a_report_under_a_rule_of_absence_may_be_made_at_once() -> None:
    assert "报告" not in reasons(mengjin(), on(9, 21))


def test_the_report_of_datian_waits_for_a_talk_and_then_three_workdays() -> None:
    before = found_case("datian", on(9, 21))  # no roll counts its days: only the clock of the body runs
    assert "还没有见到人的劝返记录" in reasons(before, on(9, 21))["报告"]
    nobody = replace(before, contacts=(make_contact(on(9, 22), NOBODY_HOME),))
    assert "还没有见到人的劝返记录" in reasons(nobody, on(9, 30))["报告"]
    talked = replace(before, contacts=(make_contact(on(9, 23)),))
    assert "期限到2026年9月29日，2026年9月30日起可以报告" in reasons(talked, on(9, 29))["报告"]
    assert "报告" not in reasons(talked, on(9, 30))


def test_without_a_report_rule_and_without_a_talk_there_is_nothing_to_report_yet() -> None:
    holiday = found_case("xianyou-2019", on(10, 8))
    assert "还没有达到本县规则规定的报告条件" in reasons(holiday, on(10, 8))["报告"]
    assert "报告" not in reasons(replace(holiday, contacts=(MET,)), on(10, 8))


@pytest.mark.parametrize("done", range(5))
def test_where_no_document_makes_five_visits_a_condition_they_are_advice(done: int) -> None:
    """附件2 and 附件3 have five rows; no county says that a notice waits for them (domain 12)."""
    visits = tuple(make_contact(on(9, 24 + day), level="乡镇") for day in range(done))
    nobody = make_contact(on(9, 30), NOBODY_HOME, level="乡镇")
    facts = mengjin(*visits, nobody, papers=(REPORT,))
    assert "制发限期复学通知书" not in reasons(facts, on(10, 8))
    assert too_early(facts, "限期复学通知书") == ""
    step = next_action(replace(facts, as_of=on(10, 8), unit_level="乡镇"))
    assert step is not None
    assert (step.action, f"已计入的乡镇动员{done}次" in step.why) == (f"乡镇第{done + 1}次上门动员", True)
    assert "本县文件没有规定次数" in step.why and "不是条件" in step.why


def test_a_township_is_not_told_to_report_to_itself() -> None:
    town = replace(absence_case("datian", SEPTEMBER), unit_level="乡镇")
    assert "报告" not in reasons(town, on(9, 21))
    assert reasons(town, on(9, 21)) == {"送达限期复学通知书": "限期复学通知书还没有制发"}


def test_a_step_already_behind_is_not_listed_as_missing() -> None:
    assert "报告" not in reasons(absence_case("datian", SEPTEMBER, documents=(REPORT,)), on(9, 23))
