"""The other papers: names of places and offices, a sixth visit, papers on a child without a case (papers.md A6, D)."""

from datetime import date
from pathlib import Path

import pytest

from app.domain.records import CaseFile, Unit
from app.errors import ReasonNeeded
from app.service.cases.contacts import Visit, add_contact
from app.service.office.desk import Desk
from app.service.office.units import UnitEntry
from app.service.papers.drafts import draft
from app.service.papers.issuing import Paper, issue_paper, missing_values
from app.service.papers.listing import list_papers
from app.service.program import Program
from tests.app.documents import reading
from tests.helpers import township

RECORD = "五次动员记录表"
OPEN = ("旷课原因", "家庭详细住址", "年级", "班号", "就读学校")


def text(office: Program, kind: str, subject: str, **more: object) -> str:
    paper: Paper = office.write(issue_paper, kind, subject, **more).value
    return str(reading.text(paper.docx))


def test_a_sixth_visit_has_a_row_of_its_own(tmp_path: Path) -> None:
    with township.township(tmp_path) as office:
        case = township.case_of(office, township.VISITED[0])
        sixth = Visit(
            day=date(2026, 9, 20),
            method="家访",
            outcome="拒绝",
            by_whom="郑主任",
            level="乡镇",
            details={"text": "第六回上门"},
        )
        office.write(add_contact, case, sixth)
        said = text(office, RECORD, case, blanks=OPEN)
    assert "第六次\n9月20日\n拒绝。第六回上门\n郑主任" in said
    assert "第六回上门" not in said.split("第五次")[1].split("第六次")[0]


def test_five_visits_have_no_further_row(tmp_path: Path) -> None:
    with township.township(tmp_path) as office:
        said = text(office, RECORD, township.case_of(office, township.VISITED[0]), blanks=OPEN)
    assert "第六次" not in said


def test_a_full_organ_name_does_not_repeat_the_county_in_the_head(tmp_path: Path) -> None:
    with township.township(tmp_path) as office:
        office.write(lambda desk: desk.tx.change(Unit, desk.unit.id, name="大田县湖美乡人民政府"))
        said = text(office, RECORD, township.case_of(office, township.VISITED[0]), blanks=OPEN)
    assert "大田县　湖美乡\t" in said


def test_a_head_left_blank_keeps_its_printed_words(tmp_path: Path) -> None:
    with township.township(tmp_path) as office:
        case = township.case_of(office, township.VISITED[0])
        said = text(office, RECORD, case, blanks=(*OPEN, "县名", "乡镇名称"))
    assert "＿＿＿＿县（市、区）　＿＿＿＿乡（镇）" in said


def test_the_form_of_children_never_enrolled_asks_for_a_reason_for_one_in_a_class(tmp_path: Path) -> None:
    with township.township(tmp_path) as office:
        case = township.case_of(office, township.VISITED[0])
        with pytest.raises(ReasonNeeded, match="还没有入学"):
            office.write(issue_paper, "组织入学记录表", case, {"未入学原因": "外出"}, ("家庭详细住址",))


def test_a_paper_on_a_child_needs_no_case(tmp_path: Path) -> None:
    with township.township(tmp_path) as office:
        child = office.read(_child_of, township.case_of(office, township.VISITED[0]))
        typed = {
            "保存期限": "孩子完成义务教育后满三年",
            "告知联系电话": "0598-7000000",
            "保管方式": "由专人保管",
            "处理规则": "湖美乡学生信息处理规则",
        }
        paper: Paper = office.write(issue_paper, "个人信息处理告知书", child, typed).value
        said = str(reading.text(paper.docx))
        (line,) = office.read(list_papers)
    assert "家长：" in said
    assert "湖美乡人民政府，联系人林干事" in said
    assert (
        "《中华人民共和国个人信息保护法》第十三条第一款第三项、《中华人民共和国义务教育法》第十三条第一款和当地"
        in said
    )
    assert (line.number, line.case, line.student) == ("信告〔2026〕1号", "", township.VISITED[0])


def _child_of(desk: Desk, case: str) -> str:
    return str(desk.tx.get(CaseFile, case).student_id)


@pytest.mark.parametrize(("bureau", "shown"), [("大田县教体局", "大田县教体局"), ("", "大田县教育局")])
def test_the_bureau_is_named_as_at_set_up_and_a_guess_is_said(
    tmp_path: Path, bureau: str, shown: str
) -> None:
    unit = UnitEntry(
        level="central-school",
        name="湖美中心学校",
        county="大田县",
        township="湖美乡",
        rules="datian",
        bureau=bureau,
    )
    with township.township(tmp_path, unit=unit) as office:
        case = township.case_of(office, township.VISITED[0])
        paper = office.write(
            issue_paper, "报告单", case, {"班号": "1", "年级": "七", "旷课原因": "厌学"}, (), "补出"
        ).value
    assert f"☑{shown}：" in reading.text(paper.docx)
    assert any("照县名写的" in one for one in paper.warnings) == (not bureau)


def test_a_place_is_printed_with_its_village(tmp_path: Path) -> None:
    unit = UnitEntry(
        level="central-school", name="湖美中心学校", county="大田县", township="湖美乡", rules="datian"
    )
    with township.township(tmp_path, unit=unit) as office:
        case = township.case_of(office, township.VISITED[0])
        typed = {"班号": "1", "年级": "七", "旷课原因": "厌学", "村": "上丰"}
        paper = office.write(issue_paper, "报告单", case, typed, ("乡镇人民政府",), "补出").value
    said = reading.text(paper.docx)
    assert said.count("该生系上丰村人") == 2
    assert "☑＿＿＿＿乡（镇）人民政府" in said


def test_a_proof_asks_where_the_child_is_registered_only_where_that_is_another_school(tmp_path: Path) -> None:
    with township.township(tmp_path) as office:
        child = office.read(_child_of, township.case_of(office, township.VISITED[0]))
        kind = "异地就读证明"
        there = office.read(missing_values, kind, child, {"学籍情况": "学籍在外校"})
        here = office.read(missing_values, kind, child, {"学籍情况": "学籍在本校"})
    assert "学籍所在校" in there
    assert "学籍所在校" not in here


def test_a_county_counts_its_own_visits_as_its_own(tmp_path: Path) -> None:
    with township.township(tmp_path, unit=township.COUNTY) as office:
        case = township.case_of(office, township.VISITED[0])
        own = Visit(day=date(2026, 9, 20), method="家访", outcome="拒绝", by_whom="李主任", level="县")
        office.write(add_contact, case, own)
        values = {one.name: one.value for one in office.read(draft, township.ORDER, case).fields}
    assert values["联系日期"].endswith("9月20日")
    assert values["联系次数"] == "6"
    assert values["联系单位"].endswith("本机关")


def test_the_mark_of_the_unit_is_asked_for_once(tmp_path: Path) -> None:
    with township.township(tmp_path) as office:
        warned = [
            office.write(
                issue_paper, township.ORDER, township.case_of(office, name), township.GIVEN
            ).value.warnings
            for name in township.VISITED[:2]
        ]
    assert [any("代字" in one for one in said) for said in warned] == [True, False]


def test_the_letter_names_those_the_report_went_to(tmp_path: Path) -> None:
    unit = UnitEntry(
        level="central-school", name="湖美中心学校", county="大田县", township="湖美乡", rules="datian"
    )
    with township.township(tmp_path, unit=unit) as office:
        case = township.case_of(office, township.VISITED[0])
        typed = {"班号": "1", "年级": "七", "旷课原因": "厌学", "报告对象": "教育行政部门"}
        office.write(issue_paper, "报告单", case, typed, (), "补出")
        values = {one.name: one.value for one in office.read(draft, "返校通知书", case).fields}
    assert values["报告机关"] == "大田县教育局"
