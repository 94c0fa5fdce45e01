"""What a case says on paper: the days missed, who was there and what came of it, and whom a report goes to."""

from collections.abc import Sequence

from app.domain.contacts import counted, counts
from app.domain.dates import day_words, month_day
from app.domain.ladder.facts import REPORT, CaseFacts
from app.domain.ladder.readiness import reports_due
from app.domain.records import Contact
from app.domain.rules import Rule
from app.domain.timeline import with_words
from app.domain.vocabulary import AGREED
from app.domain.words import evidence_words, number_of, numeral, plain

ORDINALS = ("第一次", "第二次", "第三次", "第四次", "第五次")
"""The rows 附件2 and 附件3 have for visits."""
MORE = "动员续表"


def case_values(facts: CaseFacts, school: str, township: str) -> dict[str, str]:
    """Everything the case knows, by field; `school` and `township` are the child's, as a paper names them."""
    return {
        **_absence(facts),
        **_school_visit(facts.contacts),
        **_township_visits(facts),
        **_rule_words(facts),
        "个案编号": number_of(facts.case),
        "联系单位": _who_called(facts, school, township),
    }


def missing_words(trigger: str, grade: str) -> dict[str, str]:
    """未入学 is a child that did not come to the first grade of a school; one of a later grade is away from it."""
    new = trigger == "开学未报到" and grade in {"", "一", "七"}
    return {
        "未到校情形": "未入学" if new else "未到校就读",
        "办理手续": "入学" if new else "复学",
    }


def told(facts: CaseFacts) -> str:
    """The offices the report of this case went to, as it ticks and names them; '' where none went out."""
    report = facts.issued(REPORT)
    if report is None:
        return ""
    ticked = report.data.get("报告对象", "").split("、")
    return "和".join(report.data[one] for one in ticked if report.data.get(one))


def visit_rows(facts: CaseFacts) -> list[dict[str, str]]:
    """动员续表: the visits of the township after the fifth, which the county's form has no row for."""
    return [
        {
            "次数": f"第{numeral(place)}次",
            "日期": month_day(one.happened_on),
            "情况": _visit_words(one),
            "记录人": one.by_whom,
        }
        for place, one in enumerate(_own_visits(facts), start=1)
        if place > len(ORDINALS)
    ]


def _own_visits(facts: CaseFacts) -> list[Contact]:
    own = [one for one in facts.contacts if one.level == "乡镇"]
    return sorted(own, key=lambda one: one.happened_on)


def _who_called(facts: CaseFacts, school: str, township: str) -> str:
    """Who spoke with the family, as an order of an office above the school says it; only those that did."""
    levels = {one.level for one in counted(facts.contacts)}
    names = {"学校": school, "乡镇": township} | {facts.level: "本机关"}
    named = [name for level, name in names.items() if name and level in levels]
    return "和".join(named) or f"{school}和本机关"


def _absence(facts: CaseFacts) -> dict[str, str]:
    days = facts.away.dates or facts.case.evidence
    since = facts.case.absent_since or min(days, default=None)
    count = plain(facts.away.days) if facts.away.dates else len(days)
    found = next((one.found_cause for one in reversed(facts.contacts) if one.found_cause), "")
    listed = f"{evidence_words(days)}，共{count}个上课日" if days else ""
    opening = f"{day_words(since)}起" if since else ""
    own = {"学校"} if facts.level == "学校" else {"学校", "乡镇", facts.level}  # who a paper says was there
    visits = [one for one in counted(facts.contacts) if one.level in own]
    return {
        "旷课原因": found or (f"无故旷课{count}天，原因正在查明" if days else ""),
        "未入学原因": found,
        "旷课日期": listed or opening,
        "旷课天数": str(count) if days else "",
        "旷课起始日": day_words(since) if since else "",
        "联系日期": "、".join(dict.fromkeys(month_day(one.happened_on) for one in visits)),
        "联系次数": str(len(visits)) if visits else "",
        "已经报告": "是" if facts.issued("报告单") else "否",
    }


def _school_visit(contacts: Sequence[Contact]) -> dict[str, str]:
    """附件4 holds one account: the newest talk, with every call and visit named."""
    own = [one for one in contacts if one.level == "学校"]
    if not own:
        return {}
    told = next((one for one in reversed(own) if counts(one)), own[-1])
    methods = dict.fromkeys(one.method for one in own if one.method in {"电话", "家访"})
    return {
        "劝返工作教师": "、".join(dict.fromkeys(name for one in own for name in _names(one.by_whom))),
        "劝返方式": "、".join(methods),
        "劝返时间": "、".join(dict.fromkeys(month_day(one.happened_on) for one in own)),
        "去向": whereabouts(own),
        "家庭情况": told.family,
        "家长态度": told.guardian_attitude,
        "学生态度": told.student_attitude,
        "劝返工作方法及措施": told.measures or told.text,
        "劝返效果": told.effect or _outcome_words(told),
    }


def _names(typed: str) -> list[str]:
    """The people of 王老师、陈主任, one by one."""
    return [name for part in typed.split("、") if (name := part.strip())]


def whereabouts(contacts: Sequence[Contact]) -> str:
    """去向 as last learned: where the child studies, works or lives, and with whom."""
    for one in reversed(contacts):
        places = (
            ("学习地", one.study_place),
            ("务工地", one.work_place),
            ("居住地", one.living_place),
            ("同行", one.companions),
        )
        if known := [f"{label}：{place}" for label, place in places if place]:
            return "；".join(known)
    return ""


def _township_visits(facts: CaseFacts) -> dict[str, str]:
    """The five rows of 附件2 and 附件3: the visits of the township, in order, and which of them do not count."""
    values: dict[str, str] = {}
    for ordinal, one in zip(ORDINALS, _own_visits(facts), strict=False):
        values[f"{ordinal}日期"] = month_day(one.happened_on)
        values[f"{ordinal}情况"] = _visit_words(one)
        values[f"{ordinal}记录人"] = one.by_whom
    if facts.returned_on:
        values["动员结果"] = f"{day_words(facts.returned_on)}返校"
    return values


def _visit_words(one: Contact) -> str:
    uncounted = "" if counts(one) else "不计入次数"
    parts = (_outcome_words(one), uncounted, with_words(one), one.text)
    return "。".join(part.rstrip("。") for part in parts if part)


def _outcome_words(one: Contact) -> str:
    if one.outcome == AGREED and one.promised_on:
        return f"同意{day_words(one.promised_on)}返校"
    return one.outcome


def _rule_words(facts: CaseFacts) -> dict[str, str]:
    """The days the forms' footnotes name, as this county counts them."""
    report = next((rule for rule in facts.rules.absence_rules() if {"报告", "开个案"} & set(rule.acts)), None)
    boxes = {"报告对象": "、".join(_boxes(facts))}
    if report is None:
        return boxes
    limit = f"{report.number:g}{_day_word(report)}"
    return boxes | {
        "上报天数": ("超过" if report.op == ">" else "达到") + limit,
        "初期天数": f"{limit}内" if report.op == ">" else f"不满{limit}",
    }


def _boxes(facts: CaseFacts) -> list[str]:
    """Whom a report goes to: those the rules name that ask for it by now, and the bureau always (未成年人保护法
    第二十八条第二款: 学校应当…及时向教育行政部门报告)."""
    due = [one.to for one in reports_due(facts) if one.day <= facts.as_of]
    named = due or [to for rule in facts.rules.doing("报告") for to in rule.addressee.split("、")]
    township = not any(named) or any(word in to for to in named for word in ("乡", "镇", "政府"))
    return [*(["乡镇人民政府"] if township else []), "教育行政部门"]


def _day_word(rule: Rule) -> str:
    return {"上课日": "天", "自然日": "天", "周": "周", "月": "个月"}.get(rule.unit, f"个{rule.unit}")
