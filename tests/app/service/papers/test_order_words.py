"""The order to return: who is spoken to, what it cites, what may not be left open (papers.md B and C)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.records import CaseFile, Guardian, SpecialGroup
from app.errors import ReasonNeeded, UserError
from app.service.office.desk import Desk
from app.service.papers.issuing import MissingValues, Paper, issue_paper
from app.service.program import Program
from tests.app.documents import reading
from tests.helpers import township
from tests.helpers.township import GIVEN, ORDER

CHILD = township.VISITED[0]
REVIEW = {"写明复议": "是", "复议机关": "大田县人民政府", "诉讼法院": "大田县人民法院"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Program]:
    with township.township(tmp_path) as program:
        yield program


def issued(office: Program, typed: dict[str, str] | None = None, blanks: tuple[str, ...] = ()) -> Paper:
    case = township.case_of(office, CHILD)
    paper: Paper = office.write(issue_paper, ORDER, case, GIVEN | (typed or {}), blanks).value
    return paper


def words(paper: Paper) -> str:
    return str(reading.text(paper.docx))


def add_to_the_child(office: Program, **more: object) -> None:
    case = township.case_of(office, CHILD)

    def add(desk: Desk) -> None:
        child = desk.tx.get(CaseFile, case).student_id
        if "kind" in more:
            desk.tx.add(SpecialGroup(id=desk.tx.new_id(), student_id=child, **more))  # type: ignore[arg-type] - cells by name
        else:
            desk.tx.add(Guardian(id=desk.tx.new_id(), student_id=child, rank=2, **more))  # type: ignore[arg-type] - cells by name

    office.write(add)


def test_one_guardian_is_spoken_to_as_one_and_two_as_two(office: Program) -> None:
    one = words(issued(office))
    assert "你的被监护人" in one
    assert "你们" not in one
    assert "（们）" not in one


def test_each_guardian_signs_on_a_line_of_the_receipt(office: Program) -> None:
    add_to_the_child(office, name="李秀英", relation="母亲")
    said = words(issued(office))
    assert "责令你们" in said
    assert "家长、李秀英：" in said
    for name in ("家长", "李秀英"):
        assert f"受送达人\n{name}\n签名或盖章" in said


def test_the_receipt_has_the_ways_and_people_of_a_service(office: Program) -> None:
    receipt = words(issued(office)).split("送　达　回　证")[1]
    for one in ("□ 委托", "□ 公告", "邮件号", "代收理由", "见证人单位", "送达机关", "两人", "时　　分"):
        assert one in receipt
    assert "第九十五条" in receipt


def test_a_bureau_cites_its_own_power(tmp_path: Path) -> None:
    with township.township(tmp_path, unit=township.COUNTY) as office:
        said = words(issued(office, {"发文机关": "大田县教育局"}))
    assert (
        "依据《中华人民共和国义务教育法》第五十八条、《中华人民共和国未成年人保护法》第八十三条第二款" in said
    )


def test_a_township_cites_the_education_law_alone(office: Program) -> None:
    said = words(issued(office))
    assert "依据《中华人民共和国义务教育法》第十三条第一款、第五十八条，" in said
    assert "第八十三条" not in said


def test_the_way_to_complain_is_told_where_organ_and_court_are_known(office: Program) -> None:
    paper = issued(office, REVIEW)
    said = words(paper)
    assert "六十日内，依照《中华人民共和国行政复议法》第二十条第一款向大田县人民政府申请行政复议" in said
    assert "六个月内，依照《中华人民共和国行政诉讼法》第四十六条第一款向大田县人民法院提起行政诉讼" in said
    assert not any("复议" in one for one in paper.warnings)


def test_it_is_told_by_default_once_both_are_remembered(office: Program) -> None:
    issued(office, REVIEW)
    given = {name: value for name, value in GIVEN.items() if name != "写明复议"}
    other = township.case_of(office, township.VISITED[1])
    assert "申请行政复议" in words(office.write(issue_paper, ORDER, other, given).value)


def test_an_order_that_does_not_tell_it_is_warned_of(office: Program) -> None:
    paper = issued(office)
    assert "行政复议" not in words(paper)
    assert any("复议" in one and "一年" in one for one in paper.warnings)


@pytest.mark.parametrize(
    "typed", ["《××省义务教育条例》第×条", "某条例第？条", "《福建省义务教育条例》第九百条", "条例"]
)
def test_a_law_of_the_province_is_cited_whole_or_not_at_all(office: Program, typed: str) -> None:
    with pytest.raises(UserError, match="没有写完整"):
        issued(office, {"省级法规": typed})


def test_a_law_of_the_province_stands_in_the_order(office: Program) -> None:
    law = "《福建省义务教育条例》第二十条"
    assert f"本机关将依照{law}处理；" in words(issued(office, {"省级法规": law}))


@pytest.mark.parametrize(
    "name", ["发文机关", "受送达人", "旷课起始日", "联系日期", "联系次数", "限期", "落款日期"]
)
def test_an_order_without_what_makes_it_valid_is_not_numbered(office: Program, name: str) -> None:
    with pytest.raises(MissingValues, match=name):
        issued(office, blanks=(name,))


def test_the_consequences_are_those_of_the_law_by_whom_it_gives_them_to(office: Program) -> None:
    said = words(issued(office))
    guarding, teaching = "《中华人民共和国未成年人保护法》", "《中华人民共和国家庭教育促进法》"
    assert (
        f"村民委员会和有关单位依照{guarding}第一百一十八条第一款、{teaching}第四十八条第一款予以批评教育"
        in said
    )
    assert (
        f"公安机关、人民检察院、人民法院在办理案件过程中发现监护人不依法履行监护职责的，依照{guarding}"
        in said
    )
    assert f"第一百一十八条第二款、{teaching}第四十九条予以训诫，并可以责令其接受家庭教育指导" in said
    assert "继续处理" not in said


def test_a_last_day_that_is_not_that_of_the_time_limit_is_refused(office: Program) -> None:
    with pytest.raises(UserError, match=r"限期3日到2026年9月24日届满.*2026年9月30日不一致"):
        issued(office, {"限期": "三日", "限期届满日": "2026年9月30日"})


def test_a_last_day_alone_makes_the_time_limit(office: Program) -> None:
    said = words(issued(office, {"限期届满日": "2026年9月30日"}))
    assert "限于2026年9月30日前（含当日）" in said
    assert "限期\n9日\n" in said


def test_the_last_day_is_left_to_the_pen_only_where_it_runs_from_the_service(office: Program) -> None:
    with pytest.raises(MissingValues, match="限期届满日"):
        issued(office, {"限期": "7日"}, blanks=("限期届满日",))
    assert "至＿＿＿＿年＿＿月＿＿日" in words(
        issued(office, {"送达时填届满日": "是"}, blanks=("限期届满日",))
    )


@pytest.mark.parametrize("day", ["2026年9月1日", "2026年12月1日", "那天"])
def test_another_day_under_the_seal_than_the_day_of_issue_needs_a_reason(office: Program, day: str) -> None:
    with pytest.raises(ReasonNeeded, match="落款日期"):
        issued(office, {"落款日期": day})


def test_a_disabled_child_is_told_of_the_ways_to_school(office: Program) -> None:
    assert "残疾人教育条例" not in words(issued(office))


def test_only_a_disabled_child_is(office: Program) -> None:
    add_to_the_child(office, kind="残疾（肢体）")
    said = words(issued(office))
    assert "依照《残疾人教育条例》第十七条" in said
    assert "指定的普通学校随班就读" in said


def test_the_stub_carries_the_organ_the_seam_and_the_three_copies(office: Program) -> None:
    stub, rest = words(issued(office)).split("限期复学通知书\n", 1)
    assert "湖美乡人民政府\n2026年9月21日" in stub
    assert "（骑缝处盖章）　限复〔2026〕1号" in stub
    assert "一式三联" in stub
    assert "一式三联" not in rest


def test_who_is_served_can_be_told_from_others(office: Program) -> None:
    who = "家长，350425198009100017，住上丰村12号"
    said = words(issued(office, {"受送达人身份": who}))
    assert f"（{who}）" in said
    assert "（）" not in words(issued_again(office))


def issued_again(office: Program) -> Paper:
    paper: Paper = office.write(
        issue_paper, ORDER, township.case_of(office, township.VISITED[2]), GIVEN
    ).value
    return paper


def test_a_time_limit_counted_from_the_service_says_in_which_days(office: Program) -> None:
    said = words(issued(office, {"送达时填届满日": "是", "限期": "5个工作日"}))
    assert "自收到本通知书之日起5个工作日内（工作日，自收到次日起算" in said
