"""What is said of a case whose evidence changed after a paper went out, or fell away before one did."""

from datetime import date
from pathlib import Path

import pytest

from app.cli.case_answers import case_whole
from app.demo.school import TODAY
from app.service.cases.numbers import find_case
from app.service.cases.reading import CaseShown, show_case
from app.service.children.students import find_student
from app.service.papers.issuing import issue_paper
from app.service.program import Program
from app.service.rolls.leaves import add_leave
from app.service.rolls.roll_call import take_roll
from tests.helpers import township
from tests.helpers.papers import case_id

REPORT = {"村": "东岭村", "报告对象": "乡镇人民政府", "乡镇人民政府": "柳河镇人民政府"}
CASE, CHILD, CLASS = "2026-003", "周文静", "五年级1班"  # missed 16 to 20 November; 孟津 opens on three 上课日


@pytest.fixture
def school(demo_school: Program) -> Program:
    return demo_school


def shown(school: Program) -> CaseShown:
    return school.read(lambda desk: show_case(desk, find_case(desk, CASE).id))


def november(day: int) -> date:
    return date(2026, 11, day)


def excuse(school: Program, first: date, last: date) -> None:
    school.write(
        lambda desk: add_leave(desk, find_student(desk, CHILD), first, last, "病假", "班主任", proof="病历")
    )


def test_a_paper_that_says_what_the_rolls_say_differs_in_nothing(school: Program) -> None:
    assert shown(school).difference == ""
    school.write(issue_paper, "报告单", case_id(school, CASE), REPORT)
    assert shown(school).difference == ""


def test_a_roll_corrected_after_the_paper_is_said_and_the_paper_stays(school: Program) -> None:
    """The report names the 16th to the 18th. The child was there on the 17th after all: the run that opens the case is
    now the 18th to the 20th."""
    school.write(issue_paper, "报告单", case_id(school, CASE), REPORT)
    school.write(take_roll, CLASS, november(17))
    said = shown(school)
    assert said.difference == (
        "文书出具后点名有变化：立案依据现在还有11月19、20日，文书写的11月17日现在不算旷课。请核对文书。"
    )
    assert said.row.evidence == (november(16), november(17), november(18))
    assert case_whole(said)["difference"] == said.difference


def test_leave_brought_after_the_paper_says_which_of_its_days_no_longer_count(school: Program) -> None:
    school.write(issue_paper, "报告单", case_id(school, CASE), REPORT)
    excuse(school, november(16), november(20))
    assert shown(school).difference == (
        "文书出具后点名有变化：文书写的11月16、17、18日现在不算旷课。请核对文书。"
    )


def test_a_case_annulled_by_late_leave_says_so_on_its_line_of_life(school: Program) -> None:
    excuse(school, november(16), november(20))
    said = shown(school)
    assert said.row.stage == "已撤销(补假)"
    (entry,) = [one for one in said.timeline if one.what == "撤销"]
    assert entry.on == TODAY  # the day the leave was entered
    assert entry.text == f"{CASE} 立案依据的缺勤日已补办请假，不再达到立案条件"
    assert said.difference == ""


def test_above_the_school_the_line_of_life_names_whose_number_a_case_bears(tmp_path: Path) -> None:
    with township.township(tmp_path) as office:
        case = township.case_of(office, township.NAMES[1])
        (entry,) = [one for one in office.read(show_case, case).timeline if one.what == "立案"]
        assert entry.text.startswith("桃源中学 2026-001 排查发现")
