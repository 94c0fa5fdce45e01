"""Rule sets as data: reading them, what a mistyped row is answered with, freezing, and the rule in words."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.rules import Operator, freeze_rules, parse_rule_set, thaw_rules
from app.errors import UserError
from app.reference.rule_sets import load_rule_sets
from app.settings import RESOURCES
from tests.helpers.facts import make_rule, on, rules

HEAD = {"id": "shixian", "name": "试县（2026）", "source": "试教〔2026〕1号"}
ROW = {
    "key": "开个案",
    "event": "连续无故缺勤",
    "start": "首日缺勤",
    "op": ">=",
    "number": 3,
    "unit": "上课日",
    "acts": ["开个案"],
    "effect": "建立个案",
}
SHIPPED = tuple(load_rule_sets(RESOURCES / "rules", None))


def toml(*rows: dict[str, object], extra: str = "", **head: str) -> str:
    """A rule set as text; a JSON value is also a TOML one."""
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in (HEAD | head).items()]
    lines += ["in_force_from = 2026-09-01", extra]
    for row in rows:
        lines += [
            "[[rule]]",
            *(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in row.items()),
        ]
    return "\n".join(lines)


def refusal(text: str) -> str:
    with pytest.raises(UserError) as caught:
        parse_rule_set(text)
    return caught.value.sentence


def test_a_rule_set_is_read_with_its_defaults() -> None:
    own = parse_rule_set(toml(ROW))
    assert (own.id, own.name, own.in_force_from, own.in_force_to) == (
        "shixian",
        "试县（2026）",
        on(9, 1),
        None,
    )
    assert (own.half_day, own.children_day_off) == ("计半天", True)
    assert own.rules == (make_rule(),)


def test_a_county_may_change_half_days_children_day_and_the_end() -> None:
    extra = 'in_force_to = 2028-08-31\n[attendance]\nhalf_day = "不计"\nchildren_day_off = false'
    own = parse_rule_set(toml(ROW, extra=extra))
    assert (own.half_day, own.children_day_off) == ("不计", False)
    assert own.in_force(on(8, 31, 2028))
    assert not own.in_force(on(9, 1, 2028))
    assert not own.in_force(on(8, 31))


@pytest.mark.parametrize("field", ["key", "event", "start", "op", "number", "unit", "acts", "effect"])
def test_a_row_that_lacks_a_field_is_named_with_the_field(field: str) -> None:
    short = {name: value for name, value in ROW.items() if name != field}
    sentence = refusal(toml(ROW | {"key": "联系家长"}, short))
    assert sentence.startswith(f"第2条规则（{'无 key' if field == 'key' else '开个案'}）缺少“{field}”")
    assert sentence.endswith("请补上后再用。")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"op": "=>"}, ("op 是“=>”", ">=")),
        ({"unit": "天"}, ("unit 是“天”", "上课日")),
        ({"acts": ["开个案", "立案"]}, ("acts", "“立案”")),
        ({"unitt": "上课日"}, ("不认识的项“unitt”",)),
        ({"inherited_from": "通用"}, ("不认识的项“inherited_from”",)),
    ],
)
def test_a_row_with_a_wrong_word_names_row_field_and_word(
    change: dict[str, object], words: tuple[str, ...]
) -> None:
    sentence = refusal(toml(ROW | change))
    assert sentence.startswith("第1条规则（开个案）")
    assert all(word in sentence for word in words)
    assert "请改正" in sentence


def test_two_rows_of_one_key_are_refused() -> None:
    assert "key 相同" in refusal(toml(ROW, ROW))


@pytest.mark.parametrize("field", list(HEAD))
def test_a_set_without_its_head_names_what_is_missing(field: str) -> None:
    text = "\n".join(line for line in toml().splitlines() if not line.startswith(f"{field} ="))
    assert refusal(text) == f"规则文件缺少“{field}”一项。请补上后再用。"


def test_a_text_that_is_no_toml_is_refused_with_what_to_do() -> None:
    assert "格式有误" in refusal("这不是规则")


def test_a_set_takes_over_the_rows_of_its_base_whose_key_it_does_not_use() -> None:
    base = parse_rule_set(toml(ROW, ROW | {"key": "联系家长", "number": 1}, name="通用"))
    own = parse_rule_set(toml(ROW | {"op": ">"}), base)
    assert [(rule.key, rule.op, rule.inherited_from) for rule in own.rules] == [
        ("开个案", ">", ""),
        ("联系家长", ">=", "通用"),
    ]


def test_rules_are_found_by_what_they_do_and_by_what_they_count() -> None:
    datian = rules("datian")
    assert [rule.key for rule in datian.doing("报告")] == ["报告", "附件4报告"]
    assert [rule.key for rule in datian.absence_rules()] == ["联系家长", "开个案", "附件4报告"]
    assert datian.doing("送教") == ()


@pytest.mark.parametrize("rule_set", SHIPPED)
def test_a_frozen_set_thaws_to_the_same_rules(rule_set: str) -> None:
    own = rules(rule_set)
    frozen = freeze_rules(own)
    thawed = thaw_rules(frozen, rules("general"))
    assert thawed == own
    assert freeze_rules(thawed) == frozen
    assert [rule.words() for rule in thawed.rules] == [rule.words() for rule in own.rules]


def test_a_change_of_the_countys_comments_is_no_new_version() -> None:
    own = rules("datian")
    assert freeze_rules(replace(own, text=own.text + "\n# 备注\n")) == freeze_rules(own)


def test_a_changed_number_is_a_new_version() -> None:
    own = rules("datian")
    stricter = replace(own, rules=(replace(own.rules[0], number=2), *own.rules[1:]))
    assert freeze_rules(stricter) != freeze_rules(own)


@pytest.mark.parametrize(
    ("op", "number", "unit", "words"),
    [
        (">=", 3, "上课日", "达到3个上课日"),
        (">", 3, "工作日", "超过3个工作日"),
        (">", 7, "自然日", "超过7个自然日"),
        (">=", 48, "小时", "达到48个小时"),
        (">", 1, "周", "超过1周"),
        (">", 1, "月", "超过1个月"),
        ("<=", 2, "次", "不超过2次"),
        ("<", 16, "周岁", "不满16周岁"),
        ("=", 100, "%", "为100%"),
        (">=", 0.5, "上课日", "达到0.5个上课日"),
    ],
)
def test_a_number_reads_as_chinese_with_its_operator_and_unit(
    op: str, number: float, unit: str, words: str
) -> None:
    assert words in make_rule(op, number, unit).words()


def test_a_rule_reads_as_one_sentence_with_where_it_starts_and_what_follows() -> None:
    assert make_rule().words() == "连续无故缺勤达到3个上课日（首日缺勤起算）→ 建立个案"


def test_a_rule_says_aloud_what_its_paper_did_not() -> None:
    assert make_rule(unit_stated=False).words().endswith("（原文只写“天”，本程序按上课日计）")
    assert make_rule(inherited_from="通用").words().endswith("（本县文件未规定，采用通用）")


def test_fixed_days_read_as_dates() -> None:
    assert "03-15" not in make_rule("=", 2, "日期", dates=("03-15", "09-15")).words()
    assert "3月15日、9月15日" in make_rule("=", 2, "日期", dates=("03-15", "09-15")).words()


@pytest.mark.parametrize(
    ("op", "number", "unit", "start", "more", "words"),
    [
        ("<=", 1, "日期", "当年1月1日", {"dates": ("09-15",)}, "9月15日前"),
        ("<=", 2, "日期", "当年1月1日", {"dates": ("02-29", "08-31")}, "2月29日、8月31日前"),
        ("=", 2, "日期", "当年1月1日", {"dates": ("03", "09")}, "3月、9月"),
        ("=", 1, "日期", "当月1日", {"dates": ("20..25",)}, "每月20日至25日"),
        (">=", 2, "名", "学期末", {"number_to": 3}, "2—3名"),
        ("<=", 15, "日", "当月1日", {}, "每月15日前"),
        ("<=", 2, "周", "开学", {}, "开学后2周内"),
        ("<=", 1, "年", "应入学之日", {}, "不超过1年"),
        ("<=", 2, "上课日", "请假首日", {}, "2个上课日以内"),
        (">=", 2, "次", "当月1日", {}, "至少2次"),
        (">=", 1, "次", "当月1日", {}, "1次"),
        (">=", 5, "次", "报告", {"advice": True}, "建议5次"),
        (">=", 16, "周岁", "出生之日", {}, "满16周岁"),
        ("<", 15, "周岁", "出生之日", {}, "不满15周岁"),
        (">=", 6, "周岁", "出生之日", {"number_to": 15}, "（6—15周岁）"),
        (">=", 6, "周岁", "出生之日", {"dates": ("08-31",)}, "到8月31日满6周岁"),
        (">", 0, "上课日", "请假首日", {}, "不论长短"),
        (">=", 1, "次", "发现之日", {}, "的"),
        (">=", 98.5, "%", "学年初", {}, "达到98.5%"),
        ("<=", 0.6, "%", "学年初", {}, "控制在0.6%以内"),
        (">=", 1, "周", "返校", {}, "满1周"),
        (">=", 1, "学期", "返校", {}, "到学期末"),
    ],
)
def test_an_amount_is_said_as_a_person_would(
    op: Operator, number: float, unit: str, start: str, more: dict[str, Any], words: str
) -> None:
    assert make_rule(op, number, unit, start=start, **more).amount() == words


def test_a_fixed_time_stands_before_what_is_to_be_done() -> None:
    handed = {"event": "小升初整班移交", "start": "秋季开学", "effect": "责任在中学", "dates": ("09-15",)}
    assert make_rule("<=", 1, "日期", **handed).brief() == "9月15日前，小升初整班移交：责任在中学"
    checked = {"event": "核对学籍", "start": "开学", "effect": "建立名册"}
    assert make_rule("<=", 1, "周", **checked).words() == "开学后1周内，核对学籍 → 建立名册"


def test_a_happening_without_a_number_reads_as_one() -> None:
    seen = {"event": "去向不明", "start": "发现之日", "effect": "建档造册"}
    assert make_rule(">=", 1, "次", **seen).brief() == "去向不明的，应建档造册"


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        ("教师当天向学校报告", "教师应当天向学校报告"),
        ("当天向学校报告", "应当天向学校报告"),
        ("由校长审批", "由校长审批"),
        ("经劝返仍不返校的，书面报告", "经劝返仍不返校的，书面报告"),
    ],
)
def test_who_has_a_duty_comes_before_it(effect: str, words: str) -> None:
    assert make_rule(effect=effect).brief() == f"连续无故缺勤达到3个上课日，{words}"


def test_a_campaign_says_its_last_day() -> None:
    row = make_rule(until=on(8, 31, 2022))
    assert row.brief().endswith("（到2022年8月31日止）") and row.words().endswith("（到2022年8月31日止）")


def test_the_end_of_a_range_counts() -> None:
    row = make_rule(">=", 2, "名", number_to=3)
    assert [count for count in range(6) if row.met(count)] == [2, 3]


def test_what_only_says_days_is_said_in_its_own_word() -> None:
    row = make_rule("<=", 10, "自然日", start="开学", unit_stated=False, quote="开学后10日内,学校要及时清点")
    assert row.words().endswith("（原文只写“日”，本程序按自然日计）")


TWICE = r"应(教师|班主任|科任|学校|各校|乡镇|镇|县|区|家长|由|应|须|要|必须|可|一律|经)|，，|：：|的的|None"
ODD = r"达到1次|达到1个?课时|1次的|超过0|不超过\d+日"


@pytest.mark.parametrize("rule_set", SHIPPED)
def test_no_rule_reads_as_nobody_would_say_it(rule_set: str) -> None:
    for rule in rules(rule_set).rules:
        for said in (rule.brief(), rule.words()):
            assert not re.search(f"{TWICE}|{ODD}", said), said
            assert "（首日缺勤起算）" in said or "首日缺勤" not in said, said
            assert said.count("本县文件未规定") == bool(rule.inherited_from), said
            assert len(re.findall(r"每月", rule.event + rule.amount())) < 2, said


OPERATORS: tuple[Operator, ...] = (">=", ">", "<=", "<", "=")


@given(st.sampled_from(OPERATORS), st.integers(0, 30), st.integers(0, 30))
def test_a_rule_is_met_exactly_as_its_operator_says(op: Operator, number: int, count: int) -> None:
    meant = {
        ">=": count >= number,
        ">": count > number,
        "<=": count <= number,
        "<": count < number,
        "=": count == number,
    }
    assert make_rule(op, number).met(count) is meant[op]
