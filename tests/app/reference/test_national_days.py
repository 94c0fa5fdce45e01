"""The national table: the shipped years, years typed in, and the holiday table an office pastes."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from chinese_calendar import get_holiday_detail
from chinese_calendar.constants import Holiday
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import NationalFact
from app.domain.records import NationalDay
from app.errors import UserError
from app.reference.national_days import national_table, parse_holiday_table, shipped_years
from app.settings import RESOURCES

SAMPLE = RESOURCES / "calendars" / "holiday-table-sample.txt"
ANY_DAY = st.dates(date(2004, 1, 1), date(2026, 12, 31))


def typed(day: date, *, workday: bool, name: str = "", withdrawn_on: date | None = None) -> NationalDay:
    return NationalDay(
        id=day.isoformat(), unit_id="u", day=day, workday=workday, name=name, withdrawn_on=withdrawn_on
    )


def days(*texts: str) -> list[date]:
    return [date.fromisoformat(f"2026-{text}") for text in texts]


@pytest.mark.parametrize("day", days("01-04", "02-14", "02-28", "05-09", "09-20", "10-10"))
def test_a_weekend_of_2026_that_is_made_up_is_a_workday(day: date) -> None:
    assert day.weekday() >= 5
    fact = national_table()(day)
    assert fact.workday and fact.known
    assert fact.name.endswith("调休")


@pytest.mark.parametrize(
    "day",
    days(
        "01-01", "01-02", "02-16", "02-17", "02-18", "02-19", "02-20", "02-23", "04-06", "05-01", "05-04", "05-05",
        "06-19", "09-25", "10-01", "10-02", "10-05", "10-06", "10-07",
    ),
)  # fmt: skip
def test_a_weekday_holiday_of_2026_is_no_workday(day: date) -> None:
    assert day.weekday() < 5
    fact = national_table()(day)
    assert not fact.workday
    assert fact.name


def test_2026_has_no_other_exceptions_than_those_listed() -> None:
    table = national_table()
    year = [date(2026, 1, 1) + timedelta(days=offset) for offset in range(365)]
    assert sum(table(day).workday and day.weekday() >= 5 for day in year) == 6
    assert sum(not table(day).workday and day.weekday() < 5 for day in year) == 19


@pytest.mark.parametrize("day", ["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"])
def test_the_made_up_days_of_2025_are_workdays(day: str) -> None:
    assert national_table()(date.fromisoformat(day)).workday


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-01-01", "元旦"),
        ("2026-02-17", "春节"),
        ("2026-04-06", "清明节"),
        ("2026-05-01", "劳动节"),
        ("2026-06-19", "端午节"),
        ("2026-09-25", "中秋节"),
        ("2026-10-01", "国庆节"),
        ("2015-09-03", "抗战胜利70周年纪念日"),
        ("2026-09-20", "国庆节调休"),
        ("2026-10-03", "国庆节"),  # a Saturday inside the holiday
        ("2026-11-21", ""),  # a plain Saturday
        ("2026-11-23", ""),  # a plain Monday
    ],
)
def test_a_day_carries_its_chinese_name(day: str, name: str) -> None:
    assert national_table()(date.fromisoformat(day)).name == name


NAMES = {
    Holiday.new_years_day.value: "元旦",
    Holiday.spring_festival.value: "春节",
    Holiday.tomb_sweeping_day.value: "清明节",
    Holiday.labour_day.value: "劳动节",
    Holiday.dragon_boat_festival.value: "端午节",
    Holiday.mid_autumn_festival.value: "中秋节",
    Holiday.national_day.value: "国庆节",
    Holiday.anti_fascist_70th_day.value: "抗战胜利70周年纪念日",
}


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_day_of_the_shipped_years_is_what_the_library_says(year: int) -> None:
    """The library reads the State Council's notices too: two readings of one text."""
    table = national_table()
    first = date(year, 1, 1)
    for day in (first + timedelta(days=one) for one in range((date(year + 1, 1, 1) - first).days)):
        rest, english = get_holiday_detail(day)
        name = NAMES[english] if english else ""
        said = name if rest or not name else f"{name}调休"
        assert table(day) == NationalFact(workday=not rest, name=said), day


def test_three_workdays_after_23_september_2026_end_on_the_29th() -> None:
    table = national_table()
    later = [date(2026, 9, 23) + timedelta(days=offset) for offset in range(1, 10)]
    assert [day for day in later if table(day).workday][:3] == days("09-24", "09-28", "09-29")


def test_three_workdays_after_12_february_2026_end_on_the_24th() -> None:
    table = national_table()
    later = [date(2026, 2, 12) + timedelta(days=offset) for offset in range(1, 20)]
    assert [day for day in later if table(day).workday][:3] == days("02-13", "02-14", "02-24")


def test_1_june_2026_is_a_national_workday() -> None:
    assert national_table()(date(2026, 6, 1)) == NationalFact(workday=True)


def test_2027_is_unknown_and_told_by_the_week_alone() -> None:
    table = national_table()
    assert table(date(2027, 1, 1)) == NationalFact(workday=True, known=False)
    assert table(date(2027, 1, 2)) == NationalFact(workday=False, known=False)
    assert table(date(2003, 1, 1)).known is False


def test_a_table_typed_in_makes_2027_known() -> None:
    table = national_table([typed(date(2027, 1, 1), workday=False, name="元旦")])
    assert table(date(2027, 1, 1)) == NationalFact(workday=False, name="元旦")
    assert table(date(2027, 1, 4)) == NationalFact(workday=True)
    assert table(date(2028, 1, 3)).known is False


def test_a_row_typed_in_overrules_the_library_for_its_day_only() -> None:
    table = national_table([typed(date(2026, 11, 23), workday=False, name="临时放假")])
    assert table(date(2026, 11, 23)) == NationalFact(workday=False, name="临时放假")
    assert table(date(2026, 10, 1)).name == "国庆节"


def test_a_withdrawn_row_counts_no_more() -> None:
    row = typed(date(2027, 1, 1), workday=False, withdrawn_on=date(2026, 11, 20))
    assert national_table([row])(date(2027, 1, 1)).known is False


@given(ANY_DAY)
def test_every_day_of_the_library_years_is_known_and_the_same_when_asked_twice(day: date) -> None:
    table = national_table()
    assert table(day).known
    assert table(day) == table(day) == national_table()(day)


def test_the_library_knows_2004_to_2026() -> None:
    assert shipped_years() == set(range(2004, 2027))


def test_a_holiday_table_is_read_line_by_line() -> None:
    text = "# 国办通知\n2027-01-01至2027-01-03 休 元旦\n\n2027-02-06 班 春节调休\n"
    assert parse_holiday_table(text, 2027) == [
        (date(2027, 1, 1), False, "元旦"),
        (date(2027, 1, 2), False, "元旦"),
        (date(2027, 1, 3), False, "元旦"),
        (date(2027, 2, 6), True, "春节调休"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "2027-01-01至2027-01-03 休 元旦",
        "2027年1月1日至2027年1月3日 放假 元旦",
        "1月1日至3日 放假 元旦",
        "1月1日至1月3日，休，元旦",
        "2027/1/1~2027/1/3\t休息\t元旦",
        "２０２７－０１－０１～０３　休　元旦",
        "\ufeff2027.1.1 到 2027.1.3 休;元旦  ",
    ],
)
def test_a_span_may_be_written_as_offices_write_it(line: str) -> None:
    assert parse_holiday_table(line, 2027) == [(date(2027, 1, day), False, "元旦") for day in (1, 2, 3)]


def test_a_line_without_a_name_gets_a_plain_one() -> None:
    rows = parse_holiday_table("2027-01-01 休\n2027-02-06 班", 2027)
    assert [row[2] for row in rows] == ["放假", "调休"]


def test_rows_come_in_the_order_of_the_days() -> None:
    rows = parse_holiday_table("2027-10-01 休 国庆节\n2027-01-01 休 元旦", 2027)
    assert [row[0] for row in rows] == [date(2027, 1, 1), date(2027, 10, 1)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("2027-01-01 休 元旦\n元旦放三天", "第2行"),
        ("2027-01-01", "第1行"),
        ("2027-02-30 休 春节", "第1行：没有2027年2月30日"),
        ("2026-01-01 休 元旦", "第1行：2026-01-01不在2027年"),
        ("2027-12-31至2028-01-02 休 元旦", "第1行：2028-01-02不在2027年"),
        ("2027-01-03至2027-01-01 休 元旦", "早于"),
        ("2027-01-01 休 元旦\n\n2027-01-01 班 元旦", "第3行"),
        ("0000-01-01 休 元旦", "第1行"),
        ("# 只有说明\n", "一天也没有"),
        ("", "一天也没有"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(text: str, word: str) -> None:
    with pytest.raises(UserError, match=word) as refusal:
        parse_holiday_table(text, 2027)
    assert refusal.value.sentence.endswith("。")


@given(st.text(max_size=60))
def test_any_text_is_either_read_or_refused(text: str) -> None:
    try:
        rows = parse_holiday_table(text, 2027)
    except UserError:
        return
    assert rows and all(row[0].year == 2027 for row in rows)


def test_the_shipped_sample_is_the_table_of_2026() -> None:
    rows = parse_holiday_table(SAMPLE.read_text(encoding="utf-8"), 2026)
    library = national_table()
    pasted = {day: NationalFact(workday=workday, name=name) for day, workday, name in rows}
    for offset in range(365):
        day = date(2026, 1, 1) + timedelta(days=offset)
        assert pasted.get(day, NationalFact(workday=day.weekday() < 5)) == library(day)


NOTICE = """国务院办公厅关于2026年部分节假日安排的通知
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作，确保人民群众祥和平安度过节日假期。
国务院办公厅
2025年11月4日"""


def test_the_notice_of_the_state_council_reads_as_the_library_knows_the_year() -> None:
    read = {day: workday for day, workday, _name in parse_holiday_table(NOTICE, 2026)}
    table = national_table()
    days = [date(2026, 1, 1) + timedelta(days=offset) for offset in range(365)]
    assert [day for day in days if read.get(day, day.weekday() < 5) != table(day).workday] == []


def test_the_days_of_a_sentence_carry_the_name_of_its_holiday() -> None:
    rows = parse_holiday_table("七、国庆节：10月1日（周五）至2日放假调休，共2天。10月9日（周六）上班。", 2027)
    assert rows == [
        (date(2027, 10, 1), False, "国庆节"),
        (date(2027, 10, 2), False, "国庆节"),
        (date(2027, 10, 9), True, "国庆节调休"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "元旦放假",
        "1月1日",
        "2027年1月1日",
        "元旦：1月1日放假，1月2日",
        "元旦：1日放假",
    ],
)
def test_a_sentence_that_leaves_a_day_open_is_refused(line: str) -> None:
    with pytest.raises(UserError, match="第1行"):
        parse_holiday_table(line, 2027)


CASE_01 = Path(__file__).parents[2] / "data" / "cases" / "01-notice-sentences"


def test_case_01_a_span_over_new_year_and_a_day_off_in_lieu() -> None:
    rows = parse_holiday_table((CASE_01 / "2028.txt").read_text(encoding="utf-8"), 2028)
    assert rows == [
        (date(2027, 12, 26), True, "元旦调休"),
        (date(2027, 12, 31), False, "元旦"),
        (date(2028, 1, 1), False, "元旦"),
        (date(2028, 1, 2), False, "元旦"),
        (date(2028, 4, 4), False, "清明节"),
        (date(2028, 4, 5), False, "清明节"),
    ]


def test_case_01_a_bare_day_is_in_the_month_before_it() -> None:
    rows = parse_holiday_table((CASE_01 / "2028b.txt").read_text(encoding="utf-8"), 2028)
    assert [day for day, workday, _ in rows if workday] == [date(2028, 4, 22), date(2028, 4, 23)]
    assert len([day for day, workday, _ in rows if not workday]) == 5
