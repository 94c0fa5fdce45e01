"""A township that enters a child by hand and goes from five visits to the order to return."""

from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import open_program
from tests.helpers.cli import PASSWORD, Cli, paper_words, simple_pages
from tests.helpers.township import ask_for_five_visits
from tests.scenarios.conftest import Office

NO = "2026-001"
CHILD = (
    "--name", "吴梓涵", "--gender", "男", "--birth", "2014-09-10", "--guardian", "吴大山", "--phone", "13900009999",
    "--village", "上丰村",
)  # fmt: skip
ORDER = ("限期复学通知书", "--case", NO)
REST = (
    "家庭详细住址=湖美乡上丰村12号", "就读学校=湖美中学", "年级=七", "学校联系人=林老师", "学校联系电话=0598-7000000",
    "机关联系电话=0598-7111111", "写明复议=否", "办理手续=复学",
)  # fmt: skip


def sets(*pairs: str) -> list[str]:
    """`pairs` as --set options."""
    return [part for pair in pairs for part in ("--set", pair)]


@pytest.fixture
def town(office: Office) -> Cli:
    """A township of a county that makes five visits a condition of the order (no shipped document does), with one
    child found in a check on 1 September; today is 21 September."""
    cli = office("datian", "township").on("2026-09-21")
    with open_program(cli.data, PASSWORD, date(2026, 9, 21)) as program:
        ask_for_five_visits(program)
    cli("student", "add", *CHILD)
    opened = (
        "--trigger",
        "排查发现",
        "--date",
        "2026-09-07",
        "--absent-since",
        "2026-09-01",
        "--note",
        "外出务工未归",
    )
    assert cli("case", "open", "--student", "吴梓涵", *opened)["no"] == NO
    return cli


def five_visits(cli: Cli) -> None:
    for day in ("2026-09-08", "2026-09-10", "2026-09-14", "2026-09-16", "2026-09-18"):
        cli.contact(NO, day, "拒绝", "--level", "乡镇", "--text", "家长说孩子在外地")


def test_a_child_without_a_school_is_found_by_name(town: Cli) -> None:
    (child,) = town("student", "list", "--search", "wzh")
    assert (child["class"], child["birth"]) == ("", "2014-09-10")
    assert town("streak", "--student", "吴梓涵")["verdict"] == "无法判定"


def test_a_child_has_one_open_case(town: Cli) -> None:
    assert NO in town.refused(
        "case", "open", "--student", "吴梓涵", "--trigger", "其他", "--date", "2026-09-20"
    )


def test_the_order_to_return_waits_for_five_visits(town: Cli) -> None:
    assert town.cases()[0]["next_action"] == "乡镇第1次上门动员"
    town.contact(NO, "2026-09-08", "无人在家", "--level", "乡镇")
    assert {one["action"]: one["why"] for one in town.case(NO)["not_yet"]}["制发限期复学通知书"].startswith(
        "乡镇动员已计入0次"
    )
    five_visits(town)
    assert town.case(NO)["counted_visits"] == 5
    assert town.cases()[0]["next_action"] == "制发限期复学通知书"
    assert "制发限期复学通知书" not in [one["action"] for one in town.case(NO)["not_yet"]]


def test_the_five_visits_stand_on_the_record(town: Cli, tmp_path: Path) -> None:
    five_visits(town)
    given = sets("家庭详细住址=上丰村12号", "就读学校=湖美中学", "年级=七", "班号=1", "旷课原因=外出务工")
    paper = town("doc", "issue", "五次动员记录表", "--case", NO, *given, "--out", str(tmp_path))
    text = paper_words(paper["docx"])
    for part in ("吴梓涵", "9月8日", "9月18日", "家长说孩子在外地", "超过3天"):
        assert part in text, part


def test_the_note_of_a_case_is_no_cause_on_a_paper(town: Cli) -> None:
    """说明 says how the case was found; a cause is what was found out."""
    five_visits(town)
    assert "旷课原因" in town("doc", "missing", "五次动员记录表", "--case", NO)


def test_a_child_never_enrolled_gets_its_own_record(town: Cli, tmp_path: Path) -> None:
    five_visits(town)
    paper = town(
        "doc",
        "issue",
        "组织入学记录表",
        "--case",
        NO,
        *sets("家庭详细住址=上丰村12号", "未入学原因=外出务工未归"),
        "--out",
        str(tmp_path),
    )
    assert "外出务工未归" in paper_words(paper["docx"])


def order(cli: Cli, out: Path, *more: str) -> dict[str, object]:
    """The order to return, issued."""
    issued: dict[str, object] = cli("doc", "issue", *ORDER, *sets(*REST), *more, "--out", str(out))
    return issued


@pytest.mark.parametrize(
    ("today", "due"),
    [("2026-09-21", "2026年9月28日"), ("2026-09-24", "2026年10月8日"), ("2026-09-19", "2026年9月28日")],
)
def test_the_last_day_of_the_order_moves_over_holidays(
    town: Cli, tmp_path: Path, today: str, due: str
) -> None:
    five_visits(town)
    paper = order(town.on(today), tmp_path)
    assert due in paper_words(str(paper["docx"]))


@pytest.mark.parametrize(
    ("term", "last"),
    [("三日", "2026年10月15日"), ("十五日", "2026年10月27日"), ("两周", "2026年10月26日")],
)
def test_an_order_says_by_which_day_or_leaves_it_to_the_pen(
    town: Cli, tmp_path: Path, term: str, last: str
) -> None:
    five_visits(town)
    cli, ask = town.on("2026-10-12"), sets(f"限期={term}")
    words = paper_words(str(order(cli, tmp_path, *ask, *sets("送达时填届满日=否"))["docx"]))
    assert f"限于{last}前（含当日）" in words
    again = order(cli, tmp_path, *ask, *sets("送达时填届满日=是"), "--force", "原件送达时损毁")
    words = paper_words(str(again["docx"]))
    assert last not in words and "至＿＿＿＿年＿＿月＿＿日" in words


@pytest.mark.parametrize("typed", ["限期=1个月", "限期届满日=2026年10月11日", "限期届满日=月底"])
def test_a_term_nobody_can_count_or_a_past_day_is_refused_by_name(
    town: Cli, tmp_path: Path, typed: str
) -> None:
    five_visits(town)
    cli = town.on("2026-10-12")
    asked = ("doc", "issue", *ORDER, *sets(*REST), *sets(typed), "--out", str(tmp_path))
    assert "限期" in cli.refused(*asked)
    assert cli("doc", "list") == []


def test_an_order_names_only_those_who_spoke_with_the_family(town: Cli, tmp_path: Path) -> None:
    """Five visits of the township, and one of the village, which is neither 本机关 nor the school."""
    five_visits(town)
    town.contact(NO, "2026-09-19", "拒绝", "--level", "村")
    words = paper_words(str(order(town, tmp_path)["docx"]))
    assert "本机关已于9月8日" in words and "湖美中学和本机关" not in words
    assert "9月19日" not in words and "共5次" in words


def three_visits(cli: Cli) -> None:
    for day in ("2026-09-08", "2026-09-10", "2026-09-14"):
        cli.contact(NO, day, "拒绝", "--level", "乡镇")


def test_an_order_before_five_visits_needs_a_reason_that_stays_on_the_record(
    town: Cli, tmp_path: Path
) -> None:
    three_visits(town)
    command = ("doc", "issue", *ORDER, *sets(*REST), "--out", str(tmp_path))
    sentence = town.refused(*command)
    assert "还差2次" in sentence
    assert "--force" in sentence
    assert town("doc", "list") == []
    town.refused(*command, "--force", "  ")
    number = town(*command, "--force", "家长书面拒绝")["number"]
    (row,) = town("doc", "list")
    assert (row["number"], row["forced"]) == (number, "家长书面拒绝")
    assert any("提前出具理由：家长书面拒绝" in entry["text"] for entry in town.case(NO)["timeline"])


def test_a_reason_that_was_not_needed_is_not_kept(town: Cli, tmp_path: Path) -> None:
    five_visits(town)
    order(town, tmp_path, "--force", "以防万一")
    assert [row["forced"] for row in town("doc", "list")] == [""]


def test_a_batch_with_a_case_that_is_too_early_is_refused_whole_without_a_reason(
    town: Cli, tmp_path: Path
) -> None:
    three_visits(town)
    command = ("doc", "batch", ORDER[0], "--cases", NO, *sets(*REST), "--out", str(tmp_path))
    sentence = town.refused(*command)
    assert "还差2次" in sentence
    assert "一份也没有出" in sentence
    assert town("doc", "list") == []
    assert len(town(*command, "--force", "家长书面拒绝")) == 1


def test_a_paper_no_rule_holds_back_is_issued_whenever_it_is_wanted(town: Cli, tmp_path: Path) -> None:
    given = sets("家庭详细住址=上丰村12号", "就读学校=湖美中学", "年级=七", "班号=1")
    blanks = [
        part for name in town("doc", "missing", "五次动员记录表", "--case", NO) for part in ("--blank", name)
    ]
    town("doc", "issue", "五次动员记录表", "--case", NO, *given, *blanks, "--out", str(tmp_path))
    assert [row["forced"] for row in town("doc", "list")] == [""]


def test_seven_working_days_are_counted_as_such(town: Cli, tmp_path: Path) -> None:
    five_visits(town)
    paper = order(town.on("2026-09-24"), tmp_path, "--set", "限期=7个工作日")
    assert "2026年10月12日" in paper_words(str(paper["docx"]))


def test_what_the_order_still_needs_is_named_and_nothing_is_issued(town: Cli, tmp_path: Path) -> None:
    five_visits(town)
    missing = town("doc", "missing", *ORDER)
    assert {"就读学校", "机关联系电话"} <= set(missing)
    sentence = town.refused("doc", "issue", *ORDER, "--out", str(tmp_path / "出"))
    for name in missing:
        assert name in sentence
    assert not list((tmp_path / "出").glob("*.docx"))


def test_without_next_years_holidays_no_deadline_is_printed(town: Cli, tmp_path: Path) -> None:
    five_visits(town)
    cli = town.on("2026-12-28")
    assert "录入2027年节假日安排" in [task["what"] for task in cli("today")]
    command = ("doc", "issue", *ORDER, *sets(*REST), "--out", str(tmp_path / "出"))
    assert "2027年的节假日安排" in cli.refused(*command)
    table = tmp_path / "2027.txt"
    table.write_text("2027-01-01至2027-01-03 休 元旦\n2027-02-05至2027-02-12 休 春节\n", encoding="utf-8")
    assert cli("calendar", "holidays", "2027", str(table))["year"] == 2027
    assert "2027年1月4日" in paper_words(cli(*command)["docx"])
    assert "录入2027年节假日安排" not in [task["what"] for task in cli("today")]


def test_a_deadline_within_this_year_needs_no_table_of_the_next(town: Cli, tmp_path: Path) -> None:
    five_visits(town)
    cli = town.on("2026-12-20")
    paper = order(cli, tmp_path, "--set", "限期=5日")
    assert "2026年12月25日" in paper_words(str(paper["docx"]))


def test_a_street_office_is_warned(office: Office, tmp_path: Path) -> None:
    street = office("datian", "street").on("2026-09-21")
    street("student", "add", *CHILD)
    street(
        "case",
        "open",
        "--student",
        "吴梓涵",
        "--trigger",
        "群众反映",
        "--date",
        "2026-09-07",
        "--absent-since",
        "2026-09-01",
    )
    five_visits(street)
    paper = order(street, tmp_path)
    assert "第五十八条" in str(paper["warnings"])


def test_a_school_may_not_order(school: Cli, tmp_path: Path) -> None:
    for day in ("2026-09-17", "2026-09-18", "2026-09-20"):
        school.on(day).roll(day, "陈小满=旷课")
    sentence = school.refused("doc", "issue", *ORDER, "--out", str(tmp_path / "出"))
    assert "学校不能出具" in sentence
    batch = (
        "doc",
        "batch",
        "限期复学通知书",
        "--cases",
        NO,
        *sets("限期=7日"),
        "--out",
        str(tmp_path / "出"),
    )
    assert "不能出" in school.refused(*batch)


def test_schools_of_a_township_number_their_own_cases(town: Cli) -> None:
    town("student", "add", "--name", "何知秋", "--school", "桃源小学", "--class", "五年级1班")
    opened = town("case", "open", "--student", "何知秋", "--trigger", "开学未报到", "--date", "2026-09-07")
    assert opened["no"] == NO
    assert "桃源小学 2026-001" in town.refused("case", "show", NO)
    assert town.case("桃源小学 2026-001")["student"] == "何知秋"


def test_pages_of_the_order_are_written_beside_it(town: Cli, tmp_path: Path) -> None:
    five_visits(town)
    cli = Cli(town.data, town.today, simple_pages)
    paper = order(cli, tmp_path, "--pdf")
    assert Path(str(paper["pdf"])).read_bytes().startswith(b"%PDF")
