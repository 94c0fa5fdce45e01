"""What is said of a case whose evidence changed after a paper went out, or fell away before one did."""

from datetime import date
from pathlib import Path

import pytest

from app.cli.case_answers import case_whole
from app.demo.school import TODAY
from app.domain.records import IssuedDocument
from app.errors import UserError
from app.service.cases.ends import tell
from app.service.cases.numbers import find_case
from app.service.cases.reading import CaseShown, show_case
from app.service.children.students import find_student
from app.service.office.calendars import set_day
from app.service.papers.issuing import issue_paper
from app.service.program import Program
from app.service.rolls.leaves import add_leave
from app.service.rolls.roll_call import AbsenceEntry, take_roll
from app.service.screens.agenda import today_list
from tests.helpers import township
from tests.helpers.papers import case_id

REPORT = {"村": "东岭村", "报告对象": "乡镇人民政府", "乡镇人民政府": "柳河镇人民政府"}
CASE, CHILD, CLASS = "2026-003", "周文静", "五年级1班"  # missed 16 to 20 November; 孟津 opens on three 上课日


@pytest.fixture
def school(demo_school: Program) -> Program:
    return demo_school


def shown(school: Program) -> CaseShown:
    return school.read(lambda desk: show_case(desk, find_case(desk, CASE).id))


def issued(school: Program) -> str:
    """The number of a report that goes out today."""
    return str(school.write(issue_paper, "报告单", case_id(school, CASE), REPORT).value.record.number)


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
    """The report names the 16th to the 20th. The child was there on the 17th after all: the absence is now the 18th to
    the 20th."""
    number = issued(school)
    school.write(take_roll, CLASS, november(17))
    said = shown(school)
    assert said.difference == (
        f"报告单{number}写旷课5天（11月16、17、18、19、20日），现在是3天（11月18、19、20日）："
        "11月16日旷课，但和后面的不连着，11月17日点名改为在校。请核对文书。"
    )
    assert said.row.evidence == (november(16), november(17), november(18))
    assert case_whole(said)["difference"] == said.difference


def test_a_day_closed_after_the_paper_says_how_many_the_paper_says_how_many_are_now_and_why(
    school: Program,
) -> None:
    number = issued(school)
    school.write(set_day, november(18), "off", "台风")
    assert shown(school).difference == (
        f"报告单{number}写旷课5天（11月16、17、18、19、20日），现在是4天（11月16、17、19、20日）："
        "11月18日不再是上课日（本单位设为停课：台风）。请核对文书。"
    )


def test_the_last_day_of_the_paper_taken_away_differs_although_the_case_stands_on_others(
    school: Program,
) -> None:
    issued(school)
    school.write(take_roll, CLASS, november(20))
    said = shown(school)
    assert "写旷课5天" in said.difference and "现在是4天" in said.difference


def test_leave_brought_after_the_paper_says_which_of_its_days_no_longer_count(school: Program) -> None:
    number = issued(school)
    excuse(school, november(16), november(20))
    assert shown(school).difference == (
        f"报告单{number}写旷课5天（11月16、17、18、19、20日），现在是0天：11月16、17、18、19、20日补了请假。请核对文书。"
    )


def test_a_roll_called_after_the_paper_of_that_day_is_no_difference(school: Program) -> None:
    school.today = november(23)
    issued(school)
    school.write(take_roll, CLASS, november(23), [AbsenceEntry(school.read(find_student, CHILD).id, "旷课")])
    assert shown(school).difference == ""


def asked(school: Program) -> list[str]:
    return [task.what for task in school.read(today_list) if task.what.startswith("核对报告单")]


def test_a_paper_that_differs_is_a_task_until_who_has_it_is_told(school: Program) -> None:
    number = issued(school)
    case = case_id(school, CASE)
    with pytest.raises(UserError, match="没有出入"):
        school.write(tell, case, "告知更正", TODAY, "李干事")
    school.write(set_day, november(18), "off", "台风")
    assert asked(school) == [f"核对报告单{number}：要作废重出，还是告诉收到的单位"]
    school.write(tell, case, "告知更正", TODAY, "李干事", note="电话")
    assert asked(school) == []
    assert shown(school).difference  # the paper still says what it says
    school.write(set_day, november(19), "off", "台风")
    assert len(asked(school)) == 1  # other days again


def test_a_paper_that_differs_is_a_task_until_it_is_voided(school: Program) -> None:
    number = issued(school)
    school.write(set_day, november(18), "off", "台风")
    paper = next(one for one in shown(school).papers if one.number == number)
    school.write(lambda desk: desk.tx.withdraw(IssuedDocument, paper.id, TODAY, "天数有变"))
    assert asked(school) == []


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
