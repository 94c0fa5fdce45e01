"""今日 asks for what only a person knows: a 休学 that is over, a class that finished, a 学籍标注 that is due."""

from pathlib import Path

from tests.helpers.cli import Cli
from tests.scenarios.conftest import Office

ROSTER_CLASS = "六年级1班"


def whats(cli: Cli, student: str = "") -> list[str]:
    """What 今日 asks for, of one child if it is named."""
    return [task["what"] for task in cli("today") if not student or task["student"] == student]


def test_a_suspension_that_is_over_is_a_task_until_somebody_says_where_the_child_is(school: Cli) -> None:
    school("student", "leave", "陈小满", "--kind", "休学", "--date", "2026-09-21", "--to", "2026-11-02")
    assert "休学期满，核实是否复学" not in whats(school.on("2026-11-01"), "陈小满")
    due = school.on("2026-11-02")
    (task,) = [one for one in due("today") if one["what"] == "休学期满，核实是否复学"]
    assert (task["student"], task["state"], task["due_on"]) == ("陈小满", "today", "2026-11-02")
    due("student", "join", "陈小满", "--kind", "复学", "--class", "五年级2班", "--date", "2026-11-02")
    assert "休学期满，核实是否复学" not in whats(due, "陈小满")


def test_a_class_past_its_last_grade_is_one_task_until_it_is_confirmed(school: Cli) -> None:
    assert f"{ROSTER_CLASS}毕业待确认" not in whats(school.on("2027-08-31"))
    autumn = school.on("2027-09-01")
    assert [one for one in whats(autumn) if "毕业待确认" in one] == [f"2027届{ROSTER_CLASS}毕业待确认"]
    autumn("class", "graduate", ROSTER_CLASS, "--date", "2027-09-01")
    assert [one for one in whats(autumn) if "毕业待确认" in one] == []


def test_the_mark_is_said_with_the_report_and_alone_once_the_report_is_out(school: Cli) -> None:
    """孟津: 达三天 asks for the mark and the report alike."""
    for day in ("2026-09-17", "2026-09-18", "2026-09-20"):
        school.on(day).roll(day, "陈小满=旷课")
    (task,) = [one for one in school.on("2026-09-20")("today") if one["case"] == "2026-001"]
    assert task["what"] == "填写疑似辍学学生报告单，报告乡镇；在学籍系统标注疑似辍学"
    school("mark", "set", "--student", "陈小满", "--kind", "疑似辍学", "--date", "2026-09-21")
    (task,) = [one for one in school("today") if one["case"] == "2026-001"]
    assert task["what"] == "填写疑似辍学学生报告单，报告乡镇"


def test_plan_24_asks_for_the_record_on_day_five_and_for_a_case_on_day_six(office: Office) -> None:
    """方案24 三（二）: 连续五个工作日未到 on 22 September, 超过五个工作日 on the 23rd."""
    cli = office("plan-24")
    for day in ("2026-09-16", "2026-09-17", "2026-09-18", "2026-09-20", "2026-09-21"):
        cli.on(day).roll(day, "陈小满=旷课")
        if day < "2026-09-21":
            assert not [one for one in whats(cli.on(day), "陈小满") if "更新学籍信息" in one]
    (eve,) = [one for one in whats(cli.on("2026-09-20"), "陈小满") if "预警" in one]
    assert "预警：2026年9月21日再旷课即达到5个工作日" in eve  # one day before
    fifth = cli.on("2026-09-21")
    (row,) = [one for one in fifth("today") if "更新学籍信息" in one["what"]]
    assert (row["what"], row["due_on"], row["state"]) == (
        "报学校学籍管理人员更新学籍信息",
        "2026-09-21",
        "today",
    )
    assert fifth.cases() == []
    cli.on("2026-09-22").roll("2026-09-22", "陈小满=旷课")
    assert [one["opened_on"] for one in cli.on("2026-09-22").cases()] == ["2026-09-22"]


def twin(school: Cli, born: str = "2015-03-01", name: str = "林一帆") -> str:
    """A second record of the name and birth of a child of 五年级2班, entered by hand without a number."""
    return str(school("student", "add", "--name", name, "--birth", born, "--class", "六年级1班")["id"])


def test_alike_records_are_one_task_until_somebody_says_that_they_are_one_child(school: Cli) -> None:
    known = next(row["id"] for row in school("student", "list") if row["name"] == "林一帆")
    assert "同一人？" not in whats(school)
    other = twin(school)
    twin(school, name="周晓航")
    (task,) = [one for one in school("today") if one["what"] == "同一人？"]
    assert (task["student"], task["state"]) == ("林一帆", "week")
    assert task["why"] == "与林一帆（六年级1班）姓名、出生日期相同，认定以前各算一人；另有1对要核对"
    school("student", "same", known, other, "--reason", "已向家长核实")
    (task,) = [one for one in school("today") if one["what"] == "同一人？"]
    assert task["student"] == "周晓航"


def test_alike_records_that_are_two_children_are_asked_about_once(school: Cli) -> None:
    known = next(row["id"] for row in school("student", "list") if row["name"] == "林一帆")
    other = twin(school)
    assert "理由" in school.refused("student", "split", known, other, "--reason", " ")
    answer = school("student", "split", known, other, "--reason", "两家的孩子")
    assert answer["records"] == [known, other]
    assert "同一人？" not in whats(school)
    assert len([row for row in school("student", "list") if row["name"] == "林一帆"]) == 2
    school("student", "same", known, other, "--reason", "说错了")
    assert "已经认定" in school.refused("student", "split", known, other, "--reason", "又改")


def test_a_child_whose_second_record_has_no_class_stays_in_its_class(school: Cli) -> None:
    known = next(row["id"] for row in school("student", "list") if row["name"] == "林一帆")
    other = school("student", "add", "--name", "林一帆", "--birth", "2015-03-01")["id"]
    school("student", "same", known, other, "--reason", "已向家长核实")
    assert [row["class"] for row in school("student", "list") if row["name"] == "林一帆"] == ["五年级2班"]
    for day in ("2026-09-17", "2026-09-18"):
        school.roll(day, "林一帆=旷课")
    assert school("streak", "--student", "林一帆")["dates"] == ["2026-09-17", "2026-09-18"]


def test_a_child_of_another_birth_is_no_question(school: Cli) -> None:
    twin(school, born="2015-03-02")
    assert "同一人？" not in whats(school)


UNMARK = "在学籍系统取消疑似辍学标注，并在这里登记取消日期"
SAY_BACK = "告诉乡镇：孩子已经返校"


def reported(cli: Cli, out: Path) -> Cli:
    """陈小满 missed three days, was marked on the 21st and reported that day, and is back on the 22nd."""
    for day in ("2026-09-17", "2026-09-18", "2026-09-20"):
        cli.on(day).roll(day, "陈小满=旷课")
    cli("mark", "set", "--student", "陈小满", "--kind", "疑似辍学", "--date", "2026-09-21")
    cli.contact("2026-001", "2026-09-21", "拒绝")
    blanks = [
        part for name in cli("doc", "missing", "报告单", "--case", "2026-001") for part in ("--blank", name)
    ]
    cli("doc", "issue", "报告单", "--case", "2026-001", *blanks, "--out", str(out))
    assert UNMARK not in whats(cli) and SAY_BACK not in whats(cli)
    cli.on("2026-09-22").roll("2026-09-22")
    return cli.on("2026-09-22")


def test_a_child_back_in_school_asks_to_clear_its_mark_and_to_tell_the_township(
    school: Cli, tmp_path: Path
) -> None:
    back = reported(school, tmp_path)
    asked = {one["what"]: one for one in back("today") if one["student"] == "陈小满"}
    assert UNMARK in asked and SAY_BACK in asked
    assert "2026年9月22日已返校" in asked[UNMARK]["why"] and "2026年9月21日标注" in asked[UNMARK]["why"]
    assert asked[UNMARK]["due_on"] is None  # no county's document says by when
    back("mark", "clear", "--student", "陈小满", "--kind", "疑似辍学", "--date", "2026-09-22")
    assert UNMARK not in whats(back) and SAY_BACK in whats(back)
    told = ("case", "told", "2026-001", "--kind", "告知返校", "--date", "2026-09-22", "--told-by")
    assert "告诉了谁" in back.refused(*told, " ")
    back(*told, "李干事")
    assert SAY_BACK not in whats(back)
    (entry,) = [one for one in back.case("2026-001")["timeline"] if one["what"] == "告知返校"]
    assert entry["text"] == "告诉了李干事"


def test_a_closed_case_asks_for_no_word_but_still_for_its_mark(school: Cli, tmp_path: Path) -> None:
    back = reported(school, tmp_path)
    close = ("case", "close", "2026-001", "--reason", "已复学", "--date", "2026-09-22", "--force", "已核实")
    back(*close)
    assert UNMARK in whats(back) and SAY_BACK not in whats(back)


def test_a_return_that_was_only_told_clears_no_mark(school: Cli) -> None:
    for day in ("2026-09-17", "2026-09-18", "2026-09-20"):
        school.on(day).roll(day, "陈小满=旷课")
    school("mark", "set", "--student", "陈小满", "--kind", "疑似辍学", "--date", "2026-09-21")
    school("return", "add", "--case", "2026-001", "--date", "2026-09-21", "--told-by", "陈父")
    assert UNMARK not in whats(school)


def away_for_four_days(cli: Cli) -> Cli:
    for day in ("2026-09-17", "2026-09-18", "2026-09-20", "2026-09-21"):
        cli.on(day).roll(day, "陈小满=旷课")
    return cli.on("2026-09-23")


def test_a_mark_the_countys_document_does_not_ask_for_is_advice_without_a_day(office: Office) -> None:
    """大田's document says nothing of the 学籍系统."""
    late = away_for_four_days(office("datian"))
    (task,) = [one for one in late("today") if "学籍系统" in one["what"]]
    assert (task["due_on"], task["state"]) == (None, "week")
    assert "大田" not in task["why"] and "本程序的建议" in task["why"]


def test_a_mark_the_countys_document_asks_for_keeps_its_day(school: Cli) -> None:
    """孟津: 须在学籍系统中标注疑似辍学."""
    late = away_for_four_days(school)
    (task,) = [one for one in late("today") if "学籍系统" in one["what"]]
    assert (task["due_on"], task["state"]) == ("2026-09-20", "overdue")


def promised(school: Cli) -> Cli:
    """陈小满 missed the 17th; its mother, met that day, promised the 18th."""
    school.on("2026-09-17").roll("2026-09-17", "陈小满=旷课")
    fixed = (
        "--student",
        "陈小满",
        "--date",
        "2026-09-17",
        "--method",
        "家访",
        "--outcome",
        "见到家长",
        "--by",
        "陈老师",
    )
    school.on("2026-09-17")("contact", "add", *fixed, "--promise", "2026-09-18")
    return school


def test_a_promise_for_a_child_without_a_case_is_said_and_a_task_the_morning_after(school: Cli) -> None:
    cli = promised(school)
    for day in ("2026-09-17", "2026-09-18"):
        (waits,) = [one for one in cli.on(day)("today") if one["state"] == "waiting"]
        assert waits["what"] == "等学生返校：家长承诺2026年9月18日返校，到日核对点名"
    cli.on("2026-09-18").roll("2026-09-18", "陈小满=旷课")
    (task,) = [one for one in cli.on("2026-09-19")("today") if "承诺" in one["what"]]
    assert (task["what"], task["due_on"]) == ("承诺9月18日返校，没有到校：再联系家长", "2026-09-19")
    again = (
        "--student",
        "陈小满",
        "--date",
        "2026-09-19",
        "--method",
        "电话",
        "--outcome",
        "打通",
        "--by",
        "陈老师",
    )
    cli.on("2026-09-19")("contact", "add", *again)
    assert not [one for one in whats(cli.on("2026-09-19")) if "承诺" in one]


def test_a_promise_that_was_kept_is_no_task(school: Cli) -> None:
    cli = promised(school)
    cli.on("2026-09-18").roll("2026-09-18")
    assert not [one for one in whats(cli.on("2026-09-19")) if "承诺" in one]


AGE = "核对年龄：这个孩子现在是否应当上学"


def test_a_child_outside_compulsory_age_is_asked_about_until_somebody_checked(school: Cli) -> None:
    """Sixteen since 1 May 2026: 先核对是否仍应接受义务教育，再立案、劝返."""
    school("student", "add", "--name", "王大个", "--birth", "2010-05-01", "--class", "五年级2班")
    for day in ("2026-09-17", "2026-09-18", "2026-09-20"):
        school.roll(day, "王大个=旷课", "陈小满=旷课")
    (task,) = [one for one in school("today") if one["what"] == AGE]
    assert task["student"] == "王大个" and "已满16周岁" in task["why"]
    answer = ("case", "told", task["case"], "--kind", "核对年龄", "--date", "2026-09-21", "--told-by")
    assert "核对人" in school.refused(*answer, " ")
    school(*answer, "林老师")
    assert AGE not in whats(school)
    (entry,) = [one for one in school.case(task["case"])["timeline"] if one["what"] == "核对年龄"]
    assert entry["text"] == "林老师核对，仍应上学"


def test_a_township_is_asked_about_a_child_too_young_for_this_autumn(office: Office) -> None:
    town = office("mengjin", "township").on("2026-09-21")
    town("student", "add", "--name", "周小二", "--birth", "2020-09-01")
    town("case", "open", "--student", "周小二", "--trigger", "排查发现", "--date", "2026-09-07")
    (task,) = [one for one in town("today") if one["what"] == AGE]
    assert "2027年秋季才应入学" in task["why"]
