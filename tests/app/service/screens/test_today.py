"""今日 as the window shows it: a sentence, its reason, and the one form each task opens."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.cli.case_answers import task_line
from app.demo.school import TODAY
from app.domain.attendance import Streak
from app.domain.records import ImportRun, RosterLead, Student
from app.domain.todo import Task
from app.service.cases.numbers import find_case
from app.service.office.desk import Desk
from app.service.program import Program
from app.service.rolls.register import classes_with_pupils
from app.service.rolls.roll_call import take_roll
from app.service.screens.agenda import _run_words, all_tasks, today_list
from app.service.screens.case import case_page
from app.service.screens.gathered import Gathered
from app.service.screens.roll import missing_days
from app.service.screens.today import QuietFact, TaskRow, TodayView, _way, today_view
from tests.helpers import township
from tests.helpers.demo import build
from tests.helpers.facts import make_document

PAGES = {"today", "roll", "students", "cases", "papers", "settings"}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The demo school, read only: never closed before, so it has no backup yet."""
    with build(tmp_path_factory.mktemp("today")) as program:
        yield program


def seen(program: Program, day: date = TODAY) -> TodayView:
    program.today = day
    found = program.read(today_view)
    program.today = TODAY
    return found


def task(program: Program, words: str, day: date = TODAY) -> TaskRow:
    return next(row for row in seen(program, day).tasks if words in row.title)


def facts(program: Program, day: date = TODAY) -> list[str]:
    return [fact.text for fact in seen(program, day).facts]


def test_a_report_that_is_due_opens_the_form_of_its_case(story: Program) -> None:
    row = task(story, "填写疑似辍学学生报告单")
    assert row.button == "填报告单"
    case = story.read(find_case, "2026-003").id
    assert (row.page, row.target) == ("papers", {"kind": "报告单", "case": case})
    assert (row.state, row.due) == ("overdue", "逾期2天")


def test_a_reason_names_the_case_and_the_days_missed_and_the_rule_stands_beside_it(story: Program) -> None:
    row = task(story, "填写疑似辍学学生报告单")
    assert row.why == "个案2026-003；连续旷课5个上课日（11月16、17、18、19、20日）"
    assert row.rule.startswith("孟津县") and "达到3个上课日" in row.rule


def test_no_row_holds_a_sentence_of_the_rules(story: Program) -> None:
    """Issue 9, section 5: long rule sentences are said once, in a tooltip or the case."""
    for day in (TODAY, date(2026, 11, 25), date(2026, 12, 9)):
        for row in seen(story, day).tasks:
            assert "孟津县" not in row.title + row.why and "本县文件" not in row.why, row
    assert "应在学籍系统标注疑似辍学" in next(
        one.why for one in story.read(today_list) if one.case == "2026-003"
    )


def test_many_days_without_a_roll_are_not_named_one_by_one(story: Program) -> None:
    row = task(story, "李文静（六年级1班）　补记", date(2026, 12, 9))
    assert row.title == "李文静（六年级1班）　补记11月23日到12月8日点名"
    assert row.why == "12个上课日没有点名，连续旷课无法判定"


def test_no_count_is_claimed_for_a_run_that_cannot_be_judged(story: Program) -> None:
    assert "连续旷课5个上课日" not in task(story, "填写疑似辍学学生报告单", date(2026, 11, 25)).why


def test_a_child_without_a_case_is_rung_and_the_call_recorded(story: Program) -> None:
    row = task(story, "联系家长，了解未到校原因")
    assert (row.button, row.page, row.target["contact"]) == ("记联系", "cases", True)
    name = story.read(lambda desk: desk.tx.get(Student, row.target["student"])).name
    assert row.title.startswith(f"{name}（六年级1班）")


def test_a_forgotten_roll_opens_that_class_on_that_day(story: Program) -> None:
    row = task(story, "一年级1班补记点名")
    assert (row.button, row.page) == ("补记点名", "roll")
    assert row.target == {"class": "一年级1班", "date": date(2026, 11, 19)}


def test_todays_roll_is_called_and_not_filled_in_later(story: Program) -> None:
    monday = date(2026, 11, 23)
    row = task(story, "三年级1班点名", monday)
    assert (row.button, row.target["date"]) == ("点名", monday)


def test_what_waits_for_the_township_opens_the_form_its_visit_is_recorded_by(demo_school: Program) -> None:
    case = demo_school.read(find_case, "2026-003")
    paper = make_document(
        date(2026, 11, 19), case_id=case.id, student_id=case.student_id, unit_id=case.unit_id
    )
    demo_school.write(lambda desk: desk.tx.add(paper))
    row = task(demo_school, "等乡镇组织动员")
    assert (row.state, row.page, row.button) == ("waiting", "cases", "记动员")
    assert row.target == {"case": case.id, "visit": True}


def test_a_visit_opens_the_form_of_the_case() -> None:
    visit = Task("再次上门", "", case_id="case-9", document="家访表", settled_by="visit")
    assert _way(visit, TODAY) == ("记家访", "cases", {"case": "case-9", "visit": True})


@pytest.mark.parametrize(
    ("settled_by", "button"), [("observe", "记观察"), ("close", "办理销号"), ("told", "记结果")]
)
def test_how_a_case_goes_on_is_one_button_away(settled_by: str, button: str) -> None:
    task = Task("", "", case_id="case-9", settled_by=settled_by)
    assert _way(task, TODAY) == (button, "cases", {"case": "case-9", "end": settled_by})


def test_an_observation_opens_its_form(story: Program) -> None:
    """2026-001 came back on 9 November; the second look is due on 9 December."""
    row = task(story, "第2次观察", date(2026, 12, 9))
    assert (row.button, row.target["end"]) == ("记观察", "observe")


def test_a_promise_opens_the_roll_that_shows_whether_it_was_kept() -> None:
    task = Task("等学生返校", "", waiting=True, settled_by="roll", class_name="五年级1班")
    assert _way(task, TODAY) == ("看点名", "roll", {"class": "五年级1班", "date": TODAY})


def test_in_a_township_each_task_opens_the_case_of_its_own_child(tmp_path: Path) -> None:
    """Two schools number their cases alike: a number alone leads nowhere."""
    with township.township(tmp_path) as office:
        rows = [row for row in office.read(today_view).tasks if row.target.get("case")]
        named = [row for row in rows if "个案2026-001" in row.why]
        assert len(named) == len(township.SCHOOLS)
        for row in rows:
            assert office.read(case_page, str(row.target["case"])).row.student in row.title
        assert len({row.key for row in rows}) == len(rows) == len(township.NAMES)


def test_next_years_holidays_open_the_calendar(story: Program) -> None:
    row = task(story, "录入2027年节假日安排", date(2026, 12, 28))
    assert (row.page, row.target) == ("settings", {"part": "calendar"})


def test_a_year_without_holidays_is_said_where_new_years_day_is_a_roll_not_called(
    story: Program,
) -> None:
    monday = date(2027, 1, 4)
    rows = seen(story, monday).tasks
    table = task(story, "录入2027年节假日安排", monday)
    assert table.state == "overdue"
    assert "放假的日子会当作没有点名" in table.why
    classes = [row for row in rows if "补记点名" in row.title]
    assert classes
    assert all("程序里没有2027年放假安排，其中放假的不用补" in row.why for row in classes)


@pytest.mark.parametrize("day", [TODAY, date(2026, 11, 25), date(2026, 12, 28)])
def test_every_task_has_one_button_that_leads_to_a_page(story: Program, day: date) -> None:
    rows = seen(story, day).tasks
    assert all(row.button and row.page in PAGES and row.target for row in rows)
    assert len({row.key for row in rows}) == len(rows)


def test_the_list_begins_with_what_is_overdue_and_ends_with_what_waits(story: Program) -> None:
    states = [row.state for row in seen(story).tasks]
    assert states == sorted(states, key=["overdue", "today", "week", "waiting"].index)


def test_the_facts_of_a_day_when_all_classes_were_called(story: Program) -> None:
    assert facts(story) == [
        "今天各班都点了名",
        "无法判定 0人",
        "提示：连续旷课2天1人、3天1人、4–5天2人",  # 2, 3, 4 and 5 days: two of them in one class
        "还没有备份",
        "本月记旷课6人，新立个案5件",
    ]


def test_the_last_backup_is_named_with_its_age(demo_school: Program) -> None:
    demo_school.back_up_day()
    assert "上次备份 今天" in facts(demo_school)
    assert "上次备份 11月20日 周五（3天前）" in facts(demo_school, date(2026, 11, 23))


def test_the_classes_not_called_today_are_counted(story: Program) -> None:
    assert "今天还有6个班没点名" in facts(story, date(2026, 11, 23))


def test_a_day_without_school_says_so(story: Program) -> None:
    assert facts(story, date(2026, 11, 21))[0] == "今天不上课（周末）"


def test_children_whose_days_were_not_called_cannot_be_judged(story: Program) -> None:
    """Two days after the last roll: those whose run has not ended; who was back in school before is not in doubt."""
    later = seen(story, date(2026, 11, 25)).facts[1]
    assert later == QuietFact("无法判定 4人", "roll")


def test_today_doubts_the_children_whom_the_roll_doubts(story: Program) -> None:
    story.today = date(2026, 11, 25)
    tasks, classes = story.read(tasks_of), story.read(classes_with_pupils)
    first = date(2026, 11, 1)
    doubted = {
        name
        for group, _, _ in classes
        for day in story.read(missing_days, group, first, story.today)
        for name in day.undecided
    }
    story.today = TODAY
    assert {one.student for one in tasks if one.undecided} == doubted != set()


def tasks_of(desk: Desk) -> list[Task]:
    return all_tasks(Gathered(desk))


def test_above_a_school_a_child_is_named_with_its_school(tmp_path: Path) -> None:
    with township.township(tmp_path) as office:
        titles = [one.title for one in seen(office, township.TODAY).tasks if one.target.get("case")]
        assert any(one.startswith("吴梓涵（湖美中学 七年级1班）　") for one in titles), titles


def test_what_comes_first_after_today_is_named(story: Program) -> None:
    assert seen(story).next.startswith("下一件是2026年12月9日：")  # a month after the return on 9 November


def test_a_child_missing_from_the_new_roster_is_opened(demo_school: Program) -> None:
    child = demo_school.write(_lose_a_child).value
    row = task(demo_school, "核实去向")
    assert (row.button, row.page, row.target) == (
        "核实去向",
        "students",
        {"student": child, "ask": "whereabouts"},
    )
    demo_school.write(take_roll, "一年级1班", date(2026, 11, 19))
    assert not [one for one in seen(demo_school).tasks if "补记" in one.title]


def _lose_a_child(desk: Desk) -> str:
    child, run = desk.tx.find(Student)[0], desk.tx.find(ImportRun)[0]
    lead = RosterLead(id=desk.tx.new_id(), run_id=run.id, student_id=child.id, found_on=TODAY)
    desk.tx.add(lead)
    return child.id


def test_the_list_of_the_command_line_keeps_its_names(story: Program) -> None:
    rows = story.read(today_list)
    names = ("due_on", "state", "what", "student", "school", "case", "why")
    assert {tuple(task_line(row)) for row in rows} == {names}
    assert len(rows) == len(seen(story).tasks)


def test_a_long_run_is_named_by_its_first_day() -> None:
    days = tuple(date(2026, 11, day) for day in (2, 3, 4, 5, 6, 9, 10))
    assert _run_words(Streak(7, days, "旷课", ())) == "连续旷课7个上课日（11月2日起）"
    assert _run_words(Streak(2, days[:2], "旷课", ())) == "连续旷课2个上课日（11月2、3日）"
    assert _run_words(Streak(2, days[:2], "无法判定", days[2:])) == ""
