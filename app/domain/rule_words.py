"""A rule row in the words a person would say: the number with its operator and unit, and who shall do what."""

import re
from calendar import monthrange

OPERATOR_WORDS: dict[str, str] = {">=": "达到", ">": "超过", "<=": "不超过", "<": "不满", "=": "为"}
UNIT_WORDS: dict[str, str] = {"日期": ""} | {
    unit: f"个{unit}" for unit in ("上课日", "工作日", "自然日", "小时", "月", "学期", "学年", "课时", "学时")
}
SPANS = frozenset({"上课日", "工作日", "自然日", "小时", "周", "月", "年", "学期", "学年"})
AMOUNTS = frozenset({"次", "课时", "学时", "名", "%"})
RETURN, LEAVE, SEEN = "返校", "请假首日", "发现之日"
ABSENCE_STARTS = frozenset({"首日缺勤", "首次动员", "通知送达", "疑似辍学标注", RETURN})
"""What a count goes on from until it is met: its number is 达到 or 超过. Other spans are deadlines: 2周内."""
TERM_STARTS = frozenset({"开学", "秋季开学", "春季开学"})
"""What a deadline is counted from: 开学后2周内."""
SUBJECT = re.compile(
    r"(教师|班主任|科任教师|学校班子|学校|各校|乡镇（街道）|乡镇政府|乡（镇）|乡镇|县局|区教育局|市教育局|教育局)"
)
NO_DUTY = re.compile(r"(由|视为|可|一律|经|学籍系统自动|必须)")
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
    """The number as the document would say it: 达到3个上课日, 开学后2周内, 至少2次, 9月15日前, 2—3名, 不论长短.

    A row that speaks of a happening, whenever it is seen, has 的 in its place: 去向不明的.
    """
    if start == SEEN:
        return "的"
    if unit == "周岁":
        return _age_words(op, number, up_to, dates)
    if dates:
        said = "、".join(date_words(text) for text in dates)
        return f"{said}前" if op == "<=" and not said.startswith("每月") else said
    if up_to is not None:
        return f"{number:g}—{_plain(up_to, unit)}"
    if op == ">" and number == 0:
        return "不论长短" if start == LEAVE else "，不论长短"
    special = {"日": f"每月{number:g}日前", "%": _rate_words(op, number)}
    return special.get(unit) or _count_words(op, number, unit, start)


def _count_words(op: str, number: float, unit: str, start: str) -> str:
    plain = _plain(number, unit)
    if start == RETURN:
        return "到学期末" if unit == "学期" else f"满{plain}"
    if unit in AMOUNTS and op == ">=":
        return f"至少{plain}" if number != 1 or unit != "次" else "1次"
    if unit in SPANS and op == "<=" and start not in ABSENCE_STARTS:
        if start == LEAVE:
            return f"{plain}以内"
        return f"{start}后{plain}内" if start in TERM_STARTS else f"不超过{plain}"
    return OPERATOR_WORDS[op] + plain


def _age_words(op: str, number: float, up_to: float | None, dates: tuple[str, ...]) -> str:
    if up_to is not None:
        return f"（{number:g}—{up_to:g}周岁）"
    if dates:
        return f"到{date_words(dates[0])}满{number:g}周岁"
    return f"满{number:g}周岁" if op == ">=" else f"{OPERATOR_WORDS[op]}{number:g}周岁"


def _rate_words(op: str, number: float) -> str:
    if op == "<=":
        return f"控制在{number:g}%以内"
    return f"{'为' if op == '=' else '达到'}{number:g}%"


def _plain(number: float, unit: str) -> str:
    return f"{number:g}{UNIT_WORDS.get(unit, unit)}"


def lead_words(event: str, amount: str, unit: str, start: str) -> str:
    """What is to be done and how much or when, a fixed time first: 9月15日前，小升初整班移交."""
    if unit == "周岁" and not amount.startswith("（"):
        return f"{event}{amount}的"
    timed = unit in {"日", "日期"} or (unit in SPANS and amount.startswith(f"{start}后"))
    return f"{amount}，{event}" if timed else event + amount


def duty_words(effect: str) -> str:
    """An effect as a duty: 教师应当天…, 由校长审批, 应书面报告…. A subject comes before 应."""
    if NO_DUTY.match(effect):
        return effect
    if subject := SUBJECT.match(effect):
        return f"{subject[0]}应{effect[subject.end() :]}"
    return f"应{effect}"
