"""The shipped rows beside their numbers: ranges, ends, papers, starts and the words they are read in."""

import re
from datetime import date

import pytest

from app.domain.rules import Rule, RuleSet
from app.reference.rule_sets import load_rule_sets
from app.settings import RESOURCES

SETS = load_rule_sets(RESOURCES / "rules", None)
ABSENT = "连续无故缺勤"
AFTER_VISIT = "动员后未返校"
GENERAL_NAME = "通用（未定县规则时）"


def rule(rule_set: str, key: str) -> Rule:
    return next(one for one in SETS[rule_set].rules if one.key == key)


@pytest.mark.parametrize(
    ("name", "key", "first", "last"),
    [
        ("xiayi", "两籍比对", 6, 15),
        ("plan-01", "核查年龄", 6, 15),
        ("plan-11", "摸排年龄", 6, 15),
        ("plan-17", "先进班主任", 2, 3),
        ("plan-21", "排查年龄", 6, 15),
        ("plan-22", "名册年龄", 6, 16),
    ],
)
def test_a_range_keeps_both_ends(name: str, key: str, first: int, last: int) -> None:
    row = rule(name, key)
    assert (row.number, row.number_to) == (first, last)
    assert f"{first}—{last}" in row.brief()


@pytest.mark.parametrize(
    ("name", "key", "until"),
    [
        ("xiayi", "统计表", date(2021, 10, 28)),
        ("mengjin", "入学率", date(2022, 12, 31)),
        ("plan-01", "巩固率", date(2021, 12, 31)),
        ("plan-09", "巩固率", date(2017, 12, 31)),
        ("plan-13", "初中巩固率", date(2019, 12, 31)),
        ("plan-22", "巩固率", date(2022, 12, 31)),
        ("plan-25", "网格一览表", date(2022, 7, 8)),
        ("plan-25", "专项总结", date(2022, 9, 5)),
        ("plan-25", "联合劝返", date(2022, 8, 31)),
    ],
)
def test_a_campaign_or_the_target_of_a_year_has_its_end(name: str, key: str, until: date) -> None:
    assert rule(name, key).until == until


def test_the_campaign_of_plan_25_ran_out_with_its_summary() -> None:
    assert not SETS["plan-25"].in_force(date(2022, 9, 6)) and SETS["plan-25"].in_force(date(2022, 9, 5))


def test_the_number_of_visits_is_said_to_be_ours_and_advice() -> None:
    for one in SETS.values():
        (visits,) = one.doing("动员次数")
        assert visits.advice and "建议5次" in visits.words()
        assert "五次为本程序按表格的建议，不是条件；无人在家的不计" in visits.words()


@pytest.mark.parametrize(
    ("name", "key", "words"),
    [
        (
            "mengjin",
            "开个案",
            "连续无故缺勤达到3个上课日（首日缺勤起算）→ 在学籍系统标注疑似辍学，及时上报镇人民政府并开展劝返"
            "（原文只写“天”，本程序按上课日计）",
        ),
        (
            "datian",
            "报告",
            "动员后未返校超过3个工作日（首次动员起算）→ 书面报告当地乡镇政府（附件5），并协助做好劝返",
        ),
        (
            "plan-04",
            "月报",
            "每月25日前，上报控辍保学情况 → 向市教育局基教科上报，无辍学实行零报告",
        ),
        (
            "plan-21",
            "变动报告",
            "3月15日、9月15日，报告学生入学、变动、辍学及学籍变化情况 → 分别报县教育体育局和属地乡镇（街道）",
        ),
        (
            "plan-09",
            "开个案",
            "连续无故缺勤达到3个上课日（首日缺勤起算）→ 建立个案，按疑似辍学标注并书面报告"
            "（本县文件未规定，采用通用）",
        ),
    ],
)
def test_a_rule_reads_as_a_chinese_sentence(name: str, key: str, words: str) -> None:
    assert rule(name, key).words() == words


@pytest.mark.parametrize("one", SETS.values(), ids=list(SETS))
def test_every_row_has_a_source_and_readable_words(one: RuleSet) -> None:
    for row in one.rules:
        assert not re.search(r"None|[A-Za-z]|。|，，|（）", row.words()), row.words()
        assert len(row.quote) <= 80
        assert row.inherited_from or one.id == "general" or (row.quote and row.where), row.key


@pytest.mark.parametrize("one", SETS.values(), ids=list(SETS))
def test_a_printed_paper_is_one_the_program_has(one: RuleSet) -> None:
    kinds = {
        "报告单",
        "学校情况记录表",
        "五次动员记录表",
        "组织入学记录表",
        "限期复学通知书",
        "返校通知书",
        "家访表",
    }
    assert {row.document for row in one.rules} - {""} <= kinds


@pytest.mark.parametrize("one", SETS.values(), ids=list(SETS))
def test_only_rows_of_absence_and_visits_use_the_counted_events(one: RuleSet) -> None:
    for row in one.rules:
        starts = {ABSENT: "首日缺勤", AFTER_VISIT: "首次动员"}
        assert row.start == starts.get(row.event, row.start)
        if {"开个案", "疑似辍学"} & set(row.acts):
            assert row.event == ABSENT
