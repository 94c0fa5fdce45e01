"""A rule row in the words a person would say: the number with its operator and unit, and who shall do what."""

import re
from calendar import monthrange

OPERATOR_WORDS: dict[str, str] = {">=": "达到", ">": "超过", "<=": "不超过", "<": "不满", "=": "为"}
UNIT_WORDS: dict[str, str] = {"日期": ""} | {
    unit: f"个{unit}" for unit in ("上课日", "工作日", "自然日", "小时", "月", "学期", "学年", "课时", "学时")
}
SPANS = frozenset({"上课日", "工作日", "自然日", "小时", "周", "月", "年", "学期", "学年"})
AMOUNTS = frozenset({"次", "课时", "学时", "名", "%"})
ABSENCE_STARTS = frozenset({"首日缺勤", "首次动员", "通知送达", "疑似辍学标注", "返校"})
"""What a count goes on from until it is met: its number is 达到 or 超过. Other spans are terms: 2周内."""
SUBJECT = re.compile(
    r"(教师|班主任|科任教师|学校班子|学校|各校|乡镇（街道）|乡镇政府|乡（镇）|乡镇|县局|区教育局|市教育局|教育局)"
)
NO_DUTY = re.compile(r"(由|视为|可|一律|符合|达到|学籍系统自动|方可|必须)")
LEAP_YEAR = 2024  # 2月29日 is named by a document
_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)")
_MONTH = re.compile(r"\d\d")
_DAYS = re.compile(r"(\d\d)\.\.(\d\d)")


def is_date_text(text: str) -> bool:
    """Whether a text of `dates` is a day 03-15, a month 03, or days of every month 20..25."""
    if _DAYS.fullmatch(text):
        first, last = map(int, text.split(".."))
        return 1 <= first <= last <= 31
    if _MONTH.fullmatch(text):
        return 1 <= int(text) <= 12
    parts = _MONTH_DAY.fullmatch(text)
    if parts is None:
        return False
    month, day = int(parts[1]), int(parts[2])
    return 1 <= month <= 12 and 1 <= day <= monthrange(LEAP_YEAR, month)[1]


def date_words(text: str) -> str:
    """3月15日, 3月, or 每月20日至25日."""
    if _DAYS.fullmatch(text):
        first, last = text.split("..")
        return f"每月{int(first)}日至{int(last)}日"
    if _MONTH.fullmatch(text):
        return f"{int(text)}月"
    month, day = text.split("-")
    return f"{int(month)}月{int(day)}日"


def amount_words(
    op: str, number: float, unit: str, start: str, dates: tuple[str, ...], up_to: float | None
) -> str:
    """The number as the document would say it: 达到3个上课日, 2周内, 至少2次, 9月15日前, 2—3名, 不论长短."""
    if dates:
        said = "、".join(date_words(text) for text in dates)
        return f"{said}前" if op == "<=" and not said.startswith("每月") else said
    plain = f"{number:g}{UNIT_WORDS.get(unit, unit)}"
    if up_to is not None:
        return f"{number:g}—{up_to:g}{UNIT_WORDS.get(unit, unit)}"
    if op == ">" and number == 0:
        return "不论长短" if start == "请假首日" else "（不论长短）"
    if unit == "日":
        return f"{plain}前"
    if unit in AMOUNTS and op == ">=":
        return f"至少{plain}" if number != 1 or unit != "次" else "1次"
    if unit == "周岁" and op == ">=":
        return f"满{plain}"
    if unit in SPANS and op == "<=" and start not in ABSENCE_STARTS:
        return f"{plain}内" if start != "请假首日" else f"{plain}以内"
    return OPERATOR_WORDS[op] + plain


def duty_words(effect: str) -> str:
    """An effect as a duty: 教师应当天…, 由校长审批, 应书面报告…. A subject comes before 应."""
    if NO_DUTY.match(effect):
        return effect
    if subject := SUBJECT.match(effect):
        return f"{subject[0]}应{effect[subject.end() :]}"
    return f"应{effect}"
