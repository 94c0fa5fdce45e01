"""The shipped rule sets against the documents: every number below was read from the source, not from the TOML.

The rows follow domain 10.3 (threshold table) and features B (county rows).
"""

from datetime import date

import pytest

from app.domain.rules import Rule
from app.reference.rule_sets import load_rule_sets
from app.settings import RESOURCES

SETS = load_rule_sets(RESOURCES / "rules", None)
ABSENT = "连续无故缺勤"
AFTER_VISIT = "动员后未返校"
GENERAL_NAME = "通用（未定县规则时）"
PLANS_WITH_NUMBERS = list(range(1, 26))


def rule(rule_set: str, key: str) -> Rule:
    return next(one for one in SETS[rule_set].rules if one.key == key)


def test_every_document_that_states_a_number_has_its_rule_set() -> None:
    counties = {"general", "datian", "xiayi", "mengjin", "hubei"}
    others = {"yunnan-2022", "xianyou-2019", "guangdong-2009", "national-2024"}
    assert set(SETS) == counties | others | {f"plan-{k:02}" for k in PLANS_WITH_NUMBERS}


# What opens a case by itself: set, operator, number, unit, whether the document says the unit, its other acts.
OPENING = [
    ("general", ">=", 3, "上课日", True, {"疑似辍学", "报告"}),
    ("datian", ">", 3, "上课日", False, {"疑似辍学"}),
    ("mengjin", ">=", 3, "上课日", False, {"疑似辍学", "报告"}),
    ("yunnan-2022", ">=", 3, "上课日", False, {"报告"}),
    ("xianyou-2019", ">", 1, "周", True, {"疑似辍学"}),
    ("guangdong-2009", ">", 5, "上课日", False, {"报告"}),
    ("plan-04", ">=", 48, "小时", True, {"报告"}),
    ("plan-21", ">", 3, "工作日", True, {"报告"}),
    ("plan-23", ">", 3, "上课日", False, {"报告"}),
    ("plan-24", ">", 5, "工作日", True, {"疑似辍学"}),
]


@pytest.mark.parametrize(("name", "op", "number", "unit", "stated", "acts"), OPENING)
def test_a_case_opens_on_the_day_the_document_says(
    name: str, op: str, number: float, unit: str, stated: bool, acts: set[str]
) -> None:
    (opening,) = SETS[name].doing("开个案")
    assert (opening.event, opening.start) == (ABSENT, "首日缺勤")
    assert (opening.op, opening.number, opening.unit, opening.unit_stated) == (op, number, unit, stated)
    assert set(opening.acts) == {"开个案"} | acts
    assert not opening.inherited_from


@pytest.mark.parametrize(
    "name", sorted(set(SETS) - {row[0] for row in OPENING} - {"plan-02", "plan-05", "plan-18"})
)  # those three report in an order of their own: a row of ours opens the case
def test_a_document_without_a_threshold_opens_cases_by_the_general_rule(name: str) -> None:
    (opening,) = SETS[name].doing("开个案")
    assert opening.inherited_from == GENERAL_NAME
    assert (opening.op, opening.number, opening.unit) == (">=", 3, "上课日")


@pytest.mark.parametrize("name", ["plan-02", "plan-05", "plan-18"])
def test_where_the_report_comes_in_another_order_a_row_of_ours_opens_the_case_without_it(name: str) -> None:
    (opening,) = SETS[name].doing("开个案")
    assert (opening.op, opening.number, opening.unit) == (">=", 3, "上课日")
    assert (opening.inherited_from, "报告" in opening.acts) == ("程序的缺省", False)


@pytest.mark.parametrize("name", [row[0] for row in OPENING if row[0] != "general"])
def test_a_county_with_its_own_threshold_takes_no_threshold_from_the_general_rules(name: str) -> None:
    inherited = {one.key for one in SETS[name].rules if one.inherited_from}
    assert inherited <= {
        "联系家长",
        "复学期限",
        "动员次数",
        "观察一周",
        "观察一月",
        "观察到期末",
        "入学年龄",
        "超龄核对",
    }


# Every other row of 10.3 and features B: set, key, operator, number, unit, act.
ROWS = [
    ("general", "联系家长", ">=", 1, "上课日", "联系家长"),
    ("general", "复学期限", ">", 7, "自然日", "复学期限"),
    ("general", "动员次数", ">=", 5, "次", "动员次数"),
    ("general", "入学年龄", ">=", 6, "周岁", "入学年龄"),
    ("general", "超龄核对", ">=", 16, "周岁", "超龄"),
    # 004 大田: 无故1天 the same day; 3个工作日 after 动员
    ("datian", "联系家长", ">=", 1, "上课日", "联系家长"),
    ("datian", "报告", ">", 3, "工作日", "报告"),
    ("datian", "附件4报告", ">", 3, "上课日", "报告"),
    # 000 夏邑
    ("xiayi", "退出认定", ">=", 3, "次", "退出认定"),
    ("xiayi", "劝返率", "=", 100, "%", "目标"),
    ("xiayi", "两籍比对", ">=", 6, "周岁", "核查"),
    # 001 孟津
    ("mengjin", "月报", ">=", 1, "次", "定期报送"),
    ("mengjin", "入学率", ">=", 100, "%", "目标"),
    ("mengjin", "巩固率", ">=", 98, "%", "目标"),
    ("mengjin", "贫困家庭入学率", ">=", 100, "%", "目标"),
    # 003 湖北
    ("hubei", "月报", "<=", 15, "日", "定期报送"),
    # 国家 2024 四个一
    ("national-2024", "学校月报", ">=", 1, "次", "定期报送"),
    ("national-2024", "县区复核", ">=", 1, "次", "核查"),
    ("national-2024", "地市调研", ">=", 1, "次", "核查"),
    ("national-2024", "省级评估", ">=", 1, "次", "核查"),
    # 002
    ("plan-01", "复学期限", ">", 1, "周", "处罚"),
    ("plan-01", "开学走访", "<=", 1, "周", "核查"),
    ("plan-01", "送教次数", ">=", 2, "次", "送教"),
    ("plan-01", "送教课时", ">=", 2, "课时", "送教"),
    ("plan-01", "辍学率", "=", 0, "%", "目标"),
    ("plan-02", "延缓入学", "<=", 1, "年", "安置期限"),
    ("plan-02", "必须入学", ">=", 7, "周岁", "安置期限"),
    ("plan-02", "送教教师", ">=", 2, "名", "送教"),
    ("plan-02", "送教次数", ">=", 2, "次", "送教"),
    ("plan-02", "送教课时", ">=", 3, "学时", "送教"),
    ("plan-02", "控辍月", "=", 2, "日期", "专项活动"),
    ("plan-02", "倾向上报", ">=", 1, "次", "核查"),
    ("plan-03", "人籍核查", ">=", 1, "次", "核查"),
    ("plan-04", "月报", "<=", 25, "日", "定期报送"),
    ("plan-05", "控辍月", "=", 2, "日期", "专项活动"),
    ("plan-07", "初中辍学率", "<=", 3, "%", "目标"),
    ("plan-06", "动员大会", ">=", 1, "次", "专项活动"),
    ("plan-06", "宣传活动", ">=", 1, "次", "专项活动"),
    ("plan-07", "上报", ">=", 1, "次", "核查"),
    ("plan-08", "中心学校督查", ">=", 2, "次", "核查"),
    ("plan-08", "学校自查", ">=", 1, "次", "核查"),
    ("plan-09", "小学辍学率", "<=", 0.6, "%", "目标"),
    ("plan-09", "初中辍学率", "<=", 1.8, "%", "目标"),
    ("plan-09", "巩固率", ">=", 85, "%", "目标"),
    ("plan-10", "开学未到校", ">", 1, "周", "核查"),
    ("plan-10", "变动情况表", ">=", 1, "次", "定期报送"),
    ("plan-11", "专项督导", ">=", 4, "次", "核查"),
    ("plan-11", "每月巡查", ">=", 1, "次", "核查"),
    ("plan-12", "每月核对", ">=", 1, "次", "核查"),
    ("plan-12", "入学年龄", ">=", 6, "周岁", "入学年龄"),
    ("plan-12", "重点时段", ">=", 3, "次", "核查"),
    ("plan-13", "小学辍学率", "<=", 1, "%", "目标"),
    ("plan-13", "初中辍学率", "<=", 1.5, "%", "目标"),
    ("plan-13", "初中巩固率", ">=", 98.5, "%", "目标"),
    ("plan-13", "初中毛入学率", ">=", 98, "%", "目标"),
    ("plan-13", "残疾入学率", ">=", 95, "%", "目标"),
    ("plan-13", "月报", ">=", 1, "次", "定期报送"),
    ("plan-14", "每日清点", ">=", 1, "次", "核查"),
    ("plan-16", "每日检查", ">=", 1, "次", "核查"),
    ("plan-17", "控辍月", "=", 2, "日期", "专项活动"),
    ("plan-18", "报告", ">=", 1, "周", "报告"),
    ("plan-17", "先进班主任", ">=", 2, "名", "目标"),
    ("plan-18", "每日报告", ">=", 1, "次", "定期报送"),
    ("plan-18", "每周检查", ">=", 1, "次", "核查"),
    ("plan-18", "流失率", "<=", 1, "%", "目标"),
    ("plan-18", "科任家访", ">=", 1, "次", "核查"),
    ("plan-19", "联系家长", ">", 0, "上课日", "联系家长"),
    ("plan-19", "缺课报告", ">=", 1, "课时", "核查"),
    ("plan-20", "小学辍学率", "<=", 2, "%", "目标"),
    ("plan-20", "初中辍学率", "<=", 3, "%", "目标"),
    ("plan-21", "请假审批", ">", 0, "上课日", "请假审批"),
    ("plan-21", "开学清点", "<=", 10, "自然日", "核查"),
    ("plan-21", "每月研判", "=", 1, "日期", "核查"),
    ("plan-21", "去向不明", ">=", 1, "次", "核查"),
    ("plan-21", "周报", ">=", 1, "次", "定期报送"),
    ("plan-22", "巩固率", ">=", 98, "%", "目标"),
    ("plan-22", "名册年龄", ">=", 6, "周岁", "核查"),
    ("plan-23", "请假班主任", "<=", 2, "上课日", "请假审批"),
    ("plan-23", "请假教务处", ">=", 2, "上课日", "请假审批"),
    ("plan-23", "请假校长", ">=", 5, "上课日", "请假审批"),
    ("plan-23", "疑似辍学", ">", 7, "上课日", "疑似辍学"),
    ("plan-24", "更新学籍", ">=", 5, "工作日", "更新学籍"),
    ("plan-24", "辍学", ">", 1, "月", "辍学"),
    ("plan-23", "缺课报告", ">=", 1, "课时", "核查"),
    ("plan-24", "报告", ">=", 1, "次", "报告"),
    ("plan-24", "原年级复学", "<=", 1, "年", "安置期限"),
    ("plan-24", "辅导后复学", ">", 1, "年", "安置期限"),
    ("plan-24", "返校核对", "<=", 2, "上课日", "核查"),
    ("plan-24", "学籍核对", "<=", 1, "周", "核查"),
    ("plan-24", "摸排报送", "<=", 2, "周", "定期报送"),
    ("plan-24", "名册比对", "<=", 1, "月", "核查"),
    ("plan-24", "送教次数", ">=", 1, "次", "送教"),
    ("plan-25", "周报", ">=", 1, "次", "定期报送"),
    ("plan-25", "思想教育", ">=", 1, "次", "专项活动"),
    ("plan-25", "缓学休学期满", ">=", 1, "次", "安置期限"),
    ("plan-25", "务工查处", "<", 15, "周岁", "核查"),
]


@pytest.mark.parametrize(("name", "key", "op", "number", "unit", "act"), ROWS)
def test_a_row_says_what_its_document_says(
    name: str, key: str, op: str, number: float, unit: str, act: str
) -> None:
    row = rule(name, key)
    assert (row.op, row.number, row.unit) == (op, number, unit)
    assert act in row.acts
    assert not row.inherited_from


@pytest.mark.parametrize(
    ("name", "key", "days"),
    [
        ("xiayi", "统计表", ("10-28",)),
        ("guangdong-2009", "春季报表", ("03-15", "03-20", "03-25")),
        ("plan-21", "变动报告", ("03-15", "09-15")),
        ("plan-02", "控辍月", ("03", "09")),
        ("plan-05", "控辍月", ("03", "09")),
        ("plan-17", "控辍月", ("03", "09")),
        ("plan-11", "年底回头看", ("12-31",)),
        ("plan-13", "考评", ("06", "12")),
        ("plan-21", "病残造册", ("02-16",)),
        ("plan-21", "入学通知书", ("02-29", "08-31")),
        ("plan-21", "全面排查", ("04-20",)),
        ("plan-21", "秋季需求", ("04-30",)),
        ("plan-21", "资源配置", ("05-30",)),
        ("plan-21", "每月研判", ("20..25",)),
        ("plan-21", "专项督导", ("03", "06", "09", "12")),
        ("plan-22", "整班移交", ("09-15",)),
        ("plan-22", "全部劝返", ("09-15",)),
        ("plan-22", "开学报到", ("09-25",)),
        ("plan-22", "适龄名册", ("09-30",)),
        ("plan-23", "开学排查", ("09-22",)),
        ("plan-25", "网格一览表", ("07-08",)),
        ("plan-25", "已劝返花名册", ("07-08",)),
        ("plan-25", "专项总结", ("09-05",)),
    ],
)
def test_a_report_on_fixed_days_names_them(name: str, key: str, days: tuple[str, ...]) -> None:
    row = rule(name, key)
    assert row.dates == days
    assert row.unit == "日期"


@pytest.mark.parametrize(
    ("name", "event", "start"),
    [("datian", AFTER_VISIT, "首次动员"), ("plan-18", AFTER_VISIT, "首次动员")],
)
def test_a_report_after_a_visit_counts_from_the_first_visit(name: str, event: str, start: str) -> None:
    report = SETS[name].doing("报告")[0]
    assert (report.event, report.start, report.document) == (event, start, "报告单")


@pytest.mark.parametrize(
    ("name", "key", "addressee"),
    [
        ("general", "开个案", "乡镇、教育局"),
        ("datian", "报告", "乡镇"),
        ("mengjin", "开个案", "乡镇"),
        ("plan-04", "开个案", "乡镇、教育局"),
        ("plan-21", "开个案", "乡镇、教育局"),
        ("plan-23", "开个案", "教育局"),
        ("plan-23", "疑似辍学", "乡镇"),
        ("plan-18", "每日报告", "教务处"),
        ("plan-19", "缺课报告", "行政值周领导"),
        ("plan-21", "去向不明", "乡镇、教育局"),
        ("plan-23", "缺课报告", "教务处"),
        ("plan-24", "更新学籍", "学籍管理人员"),
        ("plan-24", "报告", "区教育局"),
        ("plan-24", "摸排报送", "区教育局基教股"),
    ],
)
def test_a_report_goes_to_whom_the_document_names(name: str, key: str, addressee: str) -> None:
    assert rule(name, key).addressee == addressee


def test_no_number_of_ours_carries_a_countys_quote() -> None:
    """方案18 says no number of days; the three are ours and say so."""
    (opening,) = SETS["plan-18"].doing("开个案")
    assert (opening.quote, opening.where, opening.inherited_from) == ("", "", "程序的缺省")
    assert "本县文件未规定" in opening.brief()
    for one in SETS.values():
        assert not [row.key for row in one.rules if row.inherited_from == "程序的缺省" and row.quote]


def test_one_day_of_absence_opens_no_case_in_datian() -> None:
    assert "开个案" not in rule("datian", "联系家长").acts
    assert not rule("datian", "开个案").met(3)
    assert rule("datian", "开个案").met(3.5)


@pytest.mark.parametrize(
    ("days", "approvers"),
    [
        (1.5, {"班主任"}),
        (2, {"班主任", "教务处"}),
        (2.5, {"教务处"}),
        (4, {"教务处"}),
        (5, {"教务处", "校长"}),
    ],
)
def test_leave_in_plan_23_goes_up_with_its_length(days: float, approvers: set[str]) -> None:
    assert {row.approver for row in SETS["plan-23"].doing("请假审批") if row.met(days)} == approvers


def test_the_headmaster_signs_every_leave_in_plan_21() -> None:
    (row,) = SETS["plan-21"].doing("请假审批")
    assert row.approver == "校长" and row.met(0.5)


def test_datian_is_in_force_for_five_years_from_its_date() -> None:
    datian = SETS["datian"]
    assert (datian.in_force_from, datian.in_force_to) == (date(2023, 9, 28), date(2028, 9, 27))
    assert datian.in_force(date(2028, 9, 27)) and not datian.in_force(date(2028, 9, 28))
    (visits,) = datian.doing("动员次数")  # 附件2 and 附件3 have five rows, and say nothing of a condition
    assert (visits.number, visits.advice, visits.inherited_from) == (5, True, GENERAL_NAME)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("mengjin", date(2020, 10, 22)),
        ("yunnan-2022", date(2022, 6, 9)),
        ("xianyou-2019", date(2019, 7, 3)),
        ("national-2024", date(2024, 4, 28)),
        ("plan-24", date(2022, 9, 24)),
    ],
)
def test_a_rule_set_is_in_force_from_the_date_of_its_document(name: str, day: date) -> None:
    assert SETS[name].in_force_from == day


def test_the_general_rules_say_that_they_are_no_county_document() -> None:
    assert "本程序自带" in SETS["general"].source
    assert "云政办规〔2022〕5号" in SETS["general"].source and "孟津" in SETS["general"].source


@pytest.mark.parametrize("plan", PLANS_WITH_NUMBERS)
def test_an_undated_plan_says_which_date_was_taken(plan: int) -> None:
    source = SETS[f"plan-{plan:02}"].source
    assert f"方案{plan}；" in source and "2022年9月24日" in source
