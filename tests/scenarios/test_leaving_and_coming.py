"""Leaving, coming, marks, graduation and one child in two records, from the command line as a school does it.

`school` has 五年级2班 with six children and 六年级1班 with two since 1 September 2026, on 2026-09-21 (a Monday), under
the rules of 孟津: three days of 旷课 open a case.
"""

from pathlib import Path

import pytest

from tests.helpers.cli import Cli, usual_rows, write_roster


def pupils(cli: Cli, day: str = "") -> dict[str, int]:
    rows = cli("class", "list", *(["--date", day] if day else []))
    return {row["class"]: row["pupils"] for row in rows}


def leave(cli: Cli, name: str, kind: str, day: str, *more: str) -> dict[str, object]:
    answer: dict[str, object] = cli("student", "leave", name, "--kind", kind, "--date", day, *more)
    return answer


def truant(cli: Cli, name: str, *days: str) -> str:
    for day in days:
        cli.roll(day, f"{name}=旷课")
    return str(cli.on(max(days)).cases()[0]["no"])


def test_a_child_is_off_the_roll_from_the_day_it_leaves(school: Cli) -> None:
    answer = leave(school, "陈小满", "转出", "2026-09-21", "--school", "城关小学", "--proof", "转学联系表")
    assert (answer["last_day"], answer["warnings"]) == ("2026-09-20", [])
    assert answer["date"] == "2026-09-21"
    assert pupils(school, "2026-09-20")["五年级2班"] == 6
    assert pupils(school, "2026-09-21")["五年级2班"] == 5
    assert "陈小满" in school.refused(
        "roll", "take", "--class", "五年级2班", "--date", "2026-09-21", "--absent", "陈小满=旷课"
    )
    assert school.roll("2026-09-18", "陈小满=病假")["expected"] == 6


def test_a_later_roster_names_the_day_that_was_typed(school: Cli, tmp_path: Path) -> None:
    leave(school, "陈小满", "转出", "2026-09-21")
    roster = str(write_roster(tmp_path / "名册.xlsx", usual_rows()))
    (row,) = school("roster", "import", roster, "--preview")["rejected"]
    assert "2026年9月21日转出" in row["reason"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (("--kind", "转出", "--date", "2026-09-22"), "还没有到"),
        (("--kind", "转出", "--date", "2026-08-31"), "起才在册"),
        (("--kind", "转出", "--date", "2026-09-21", "--to", "2027-09-01"), "没有期满日期"),
        (("--kind", "休学", "--date", "2026-09-21", "--to", "2026-09-21"), "不在开始日期"),
    ],
)
def test_a_leaving_that_cannot_be_is_refused(school: Cli, said: tuple[str, ...], why: str) -> None:
    assert why in school.refused("student", "leave", "陈小满", *said)


def test_who_left_cannot_leave_again_and_who_is_here_cannot_join(school: Cli) -> None:
    leave(school, "陈小满", "转出", "2026-09-15")
    assert "转出" in school.refused("student", "leave", "陈小满", "--kind", "死亡", "--date", "2026-09-18")
    assert "已登记" in school.refused("student", "leave", "陈小满", "--kind", "死亡", "--date", "2026-09-10")
    join = ("--class", "五年级2班", "--date", "2026-09-18")
    assert "五年级2班" in school.refused("student", "join", "林一帆", "--kind", "转入", *join)
    assert "不是休学" in school.refused("student", "join", "陈小满", "--kind", "复学", *join)
    assert "已经离校" in school.refused("student", "set", "陈小满", "班级=六年级1班")


def test_a_pause_says_when_it_is_over_and_the_child_comes_back_to_another_class(school: Cli) -> None:
    asked = leave(school, "周晓航", "休学", "2026-09-21")
    assert "没有写休学期满日期" in str(asked["warnings"])
    leave(school, "陈小满", "休学", "2026-09-21", "--to", "2026-11-02")
    back = school.on("2026-11-03")
    answer = back(
        "student", "join", "陈小满", "--kind", "复学", "--class", "六年级1班", "--date", "2026-11-03"
    )
    assert answer["class"] == "六年级1班"
    assert pupils(back) == {"五年级2班": 4, "六年级1班": 3}
    assert pupils(back, "2026-11-02") == {"五年级2班": 4, "六年级1班": 2}
    assert pupils(back, "2026-09-18") == {"五年级2班": 6, "六年级1班": 2}


def test_rolls_saved_for_later_days_are_named_and_their_marks_stay(school: Cli) -> None:
    no = truant(school, "陈小满", "2026-09-21", "2026-09-22", "2026-09-23")
    later = school.on("2026-09-25")
    answer = leave(later, "陈小满", "转出", "2026-09-22")
    assert answer["warnings"] == [
        "9月22、23日已经点过名，这些天不再算陈小满在册",
        "陈小满9月22、23日记了缺勤，仍然保留；记错了请先撤回离校，改好那几天的点名再登记",
    ]
    assert later.case(no)["evidence"] == ["2026-09-21", "2026-09-22", "2026-09-23"]
    assert [one["no"] for one in later.cases()] == [no]


def test_nobody_is_rung_about_a_child_that_left_today(school: Cli) -> None:
    cli = school.on("2026-09-21")
    cli.roll("2026-09-21", "陈小满=旷课")
    assert [one["student"] for one in cli("today") if "联系家长" in one["what"]] == ["陈小满"]
    leave(cli, "陈小满", "转出", "2026-09-21")
    assert [one for one in cli("today") if one["student"] == "陈小满"] == []


def test_an_open_case_goes_with_the_child(school: Cli) -> None:
    no = truant(school, "陈小满", "2026-09-21", "2026-09-22", "2026-09-23")
    later = school.on("2026-09-28")
    stage = later.case(no)["stage"]
    leave(later, "陈小满", "转出", "2026-09-24")
    assert (later.case(no)["stage"], [one["no"] for one in later.cases()]) == (stage, [no])


def test_a_wrong_leaving_is_taken_back_with_a_reason(school: Cli) -> None:
    leave(school, "陈小满", "转出", "2026-09-15")
    assert "理由" in school.refused("student", "undo-leave", "陈小满", "--reason", " ")
    school("student", "undo-leave", "陈小满", "--reason", "弄错人了")
    assert pupils(school, "2026-09-18")["五年级2班"] == 6
    assert "没有登记离校" in school.refused("student", "undo-leave", "陈小满", "--reason", "再撤一次")


def test_a_leaving_before_a_change_of_class_overtakes_it_until_it_is_taken_back(school: Cli) -> None:
    school("student", "set", "陈小满", "班级=六年级1班", "--date", "2026-09-14")
    leave(school, "陈小满", "转出", "2026-09-10")
    assert pupils(school) == {"五年级2班": 5, "六年级1班": 2}
    school("student", "undo-leave", "陈小满", "--reason", "弄错人了")
    assert pupils(school) == {"五年级2班": 5, "六年级1班": 3}
    assert pupils(school, "2026-09-11") == {"五年级2班": 6, "六年级1班": 2}


def test_a_wrong_coming_is_taken_back_too(school: Cli) -> None:
    leave(school, "陈小满", "休学", "2026-09-15", "--to", "2027-09-01")
    school("student", "join", "陈小满", "--kind", "复学", "--class", "五年级2班", "--date", "2026-09-18")
    school("student", "undo-join", "陈小满", "--reason", "还没有回来")
    assert pupils(school)["五年级2班"] == 5
    assert "不能撤回" in school.refused("student", "undo-join", "陈小满", "--reason", "再撤一次")


def test_a_move_to_the_same_class_may_be_dated_back(school: Cli) -> None:
    school("student", "set", "陈小满", "班级=六年级1班")
    school("student", "set", "陈小满", "班级=六年级1班", "--date", "2026-09-14")
    assert pupils(school, "2026-09-13") == {"五年级2班": 6, "六年级1班": 2}
    assert pupils(school, "2026-09-14") == {"五年级2班": 5, "六年级1班": 3}
    assert "还没有到" in school.refused("student", "set", "陈小满", "班级=五年级2班", "--date", "2026-09-22")
    assert "起才在册" in school.refused("student", "set", "陈小满", "班级=五年级2班", "--date", "2026-08-20")


def test_a_mark_is_set_and_cleared_once_each(school: Cli) -> None:
    def say(what: str, kind: str, day: str) -> tuple[str, ...]:
        return ("mark", what, "--student", "陈小满", "--kind", kind, "--date", day)

    school(*say("set", "疑似辍学", "2026-09-10"))
    assert "已标注" in school.refused(*say("set", "疑似辍学", "2026-09-12"))
    assert "没有标注" in school.refused(*say("clear", "辍学", "2026-09-12"))
    assert "早于" in school.refused(*say("clear", "疑似辍学", "2026-09-09"))
    school(*say("set", "辍学", "2026-09-12"))
    assert school(*say("clear", "疑似辍学", "2026-09-15"))["set_on"] == "2026-09-10"
    assert "不能早于" in school.refused(*say("set", "疑似辍学", "2026-09-14"))
    school(*say("set", "疑似辍学", "2026-09-15"))
    assert "还没有到" in school.refused(*say("clear", "疑似辍学", "2026-09-22"))


def test_graduates_are_not_called_and_one_confirmation_ends_the_class(school: Cli) -> None:
    next_year = school.on("2027-09-01")
    next_year("term", "set", "--from", "2027-09-01", "--to", "2028-01-20")
    rows = next_year("class", "list")
    assert [(row["class"], row["pupils"], row["state"]) for row in rows] == [
        ("六年级2班", 6, ""),
        ("2027届六年级1班", 2, "毕业待确认"),
    ]
    missing = next_year("roll", "missing", "--from", "2027-09-01", "--to", "2027-09-01")
    assert [row["class"] for row in missing] == ["六年级2班"]
    answer = next_year("class", "graduate", "六年级1班", "--date", "2027-09-01")
    assert (answer["class_name"], answer["pupils"]) == ("2027届六年级1班", 2)
    assert pupils(next_year) == {"六年级2班": 6}
    assert "还没有毕业" in next_year.refused("class", "graduate", "六年级2班", "--date", "2027-09-01")
    next_year("student", "undo-leave", "高山青", "--reason", "留级")
    assert [row["pupils"] for row in next_year("class", "list")] == [6, 1]


def test_the_old_and_the_new_sixth_grade_have_two_names(school: Cli) -> None:
    """五年级1班 of 2026 is 六年级1班 of 2027, when last year's 六年级1班 still waits."""
    school("student", "add", "--name", "赖小芳", "--class", "五年级1班")
    autumn = school.on("2027-09-02")
    assert pupils(autumn) == {"六年级1班": 1, "六年级2班": 6, "2027届六年级1班": 2}
    whats = [task["what"] for task in autumn("today")]
    assert "2027届六年级1班毕业待确认" in whats
    listed = autumn("student", "list", "--class", "2027届六年级1班")
    assert [row["class"] for row in listed] == ["2027届六年级1班"] * 2
    assert autumn("class", "graduate", "2027届六年级1班", "--date", "2027-07-05")["pupils"] == 2


def test_a_class_may_graduate_in_the_summer_of_its_last_year(school: Cli) -> None:
    assert "还没有毕业" in school.refused("class", "graduate", "六年级1班", "--date", "2026-09-21")
    summer = school.on("2027-07-05")
    assert "还没有毕业" in summer.refused("class", "graduate", "五年级2班", "--date", "2027-07-05")
    assert summer("class", "graduate", "六年级1班", "--date", "2027-07-05")["pupils"] == 2


def ids(cli: Cli, name: str) -> list[str]:
    return sorted(row["id"] for row in cli("student", "list", "--search", name))


def twice(cli: Cli) -> tuple[str, str]:
    """陈小满 once more, entered by hand into 六年级1班 because nobody found her; her id and the new one."""
    known = ids(cli, "陈小满")[0]
    second = cli("student", "add", "--name", "陈小满", "--class", "六年级1班")["id"]
    return known, str(second)


def test_two_records_of_one_child_are_counted_once_and_split_again(school: Cli) -> None:
    known, second = twice(school)
    assert ids(school, "陈小满") == [known, second]
    school("student", "set", second, "班级=五年级2班", "--date", "2026-09-02")
    answer = school("student", "same", known, second, "--reason", "同一个身份证号")
    assert answer["id"] == known
    assert ids(school, "陈小满") == [known]
    assert pupils(school)["五年级2班"] == 6
    assert school.roll("2026-09-21", "陈小满=旷课")["expected"] == 6
    assert "已经认定" in school.refused("student", "same", second, known, "--reason", "再说一次")
    school("student", "split", second, "--reason", "是双胞胎")
    assert ids(school, "陈小满") == [known, second]
    assert "没有与别的记录" in school.refused("student", "split", second, "--reason", "再分一次")


def test_the_register_of_one_child_reads_all_its_records(school: Cli) -> None:
    """Two days marked under one record, the third under the other: three days in a row, one case."""
    known, second = twice(school)
    for day in ("2026-09-21", "2026-09-22"):
        school.roll(day, f"{known}=旷课")
    late = school.on("2026-09-23")
    late("student", "leave", known, "--kind", "其他", "--date", "2026-09-23")
    for day in ("2026-09-21", "2026-09-22"):
        late("roll", "take", "--class", "六年级1班", "--date", day, "--absent", f"{second}=旷课")
    late.roll("2026-09-23", f"{second}=旷课", group="六年级1班")
    late.cases()
    answer = late("student", "same", known, second, "--reason", "同一个身份证号")
    (case,) = late.cases()
    assert case["evidence"] == ["2026-09-21", "2026-09-22", "2026-09-23"]
    assert answer["records"] == [known, second]
    assert late("streak", "--student", "陈小满")["days"] == 3


def test_what_a_move_touches_is_told_without_saving_it(school: Cli) -> None:
    school.roll("2026-09-17")
    school.roll("2026-09-18")
    left = ("student", "leave", "陈小满", "--kind", "转出", "--date", "2026-09-18")
    before = school.position()
    assert school(*left, "--preview") == {"touches": ["9月18日已经点过名，这天不再算陈小满在册"]}
    assert school.position() == before
    school(*left[:-1], "2026-09-17")
    join = ("student", "join", "陈小满", "--kind", "转入", "--class", "五年级2班", "--date", "2026-09-18")
    assert school(*join, "--preview") == {
        "touches": ["9月18日该班已经点过名，这天算作在校；没有到校的请补记这天的点名"]
    }
