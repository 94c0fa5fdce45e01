"""What the record knows for the placeholders of a paper; what it lacks stays empty and is asked for."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.documents import law
from app.documents.catalogue import kind_named
from app.documents.fields import VISIT_ORDINALS
from app.domain.contacts import counted, counts
from app.domain.dates import day_in_words, day_words, month_day
from app.domain.deadlines import deadline, refuse_provisional
from app.domain.ladder.differences import MISSED
from app.domain.ladder.facts import CaseFacts
from app.domain.ladder.readiness import reports_due
from app.domain.records import Contact, Student
from app.domain.rules import Rule
from app.domain.school_year import class_name, grade_name
from app.domain.terms import TimeLimit, parse_term
from app.domain.timeline import with_words
from app.domain.vocabulary import AGREED
from app.domain.words import evidence_words, number_of, plain
from app.errors import UserError
from app.service.children.students import groups, guardians
from app.service.office.classes import group_of, school_of
from app.service.office.desk import Desk
from app.service.office.units import unit_above
from app.store.queries.papers import papers_on

FORM_GROUPS = ("建档立卡", "低保", "残疾", "孤儿", "事实无人抚养儿童")
GROUP_ON_FORM = {"脱贫户": "建档立卡", "事实无人抚养": "事实无人抚养儿童"}  # the form keeps the older word
DUE_ON = "限期届满日"
BUREAUS = ("局", "委", "委员会")  # a county may be set up by the name of its 教育行政部门, as 大田县教育局
COMMON = (
    "报告对象",
    "乡镇人民政府",
    "教育行政部门",
    "学校名称",
    "县名",
    "乡镇名称",
    "上报天数",
    "初期天数",
    "发文机关",
    "限期",
    DUE_ON,
    "写明复议",
    "复议机关",
    "诉讼法院",
    "学校联系人",
    "学校联系电话",
    "机关联系人",
    "机关联系电话",
    "报告机关",
    "落款日期",
)
"""What belongs to the office and not to a child: may be typed once for a whole batch."""
OF_ONE_PAPER = (
    "文号",
    "填表日期",
    "填表人",
    "签发人",
    "承办人",
    "送达日期",
    "送达方式",
    "送达地点",
    "备注",
    "动员结果",
)
"""What is true of one paper only, or not yet of the next one."""
USUAL_TITLES = {"返校通知书": "劝返通知书"}
"""What a paper is called where the county's document has no name for it: a child a few days away is no 辍学生."""
USUAL_LIMIT = 7  # 自然日 a 限期复学通知书 gives where the rules name none (domain section 10.2)
REMEMBERED = (
    "学校联系人",
    "学校联系电话",
    "机关联系人",
    "机关联系电话",
    "教育行政部门",
    "复议机关",
    "诉讼法院",
)


def paper_values(desk: Desk, facts: CaseFacts, kind: str, typed: Mapping[str, str]) -> dict[str, str]:
    """Field name → value for a paper of `kind` on this case; `typed` wins, and moves what depends on it."""
    return values_and_reused(desk, facts, kind, typed)[0]


def values_and_reused(
    desk: Desk, facts: CaseFacts, kind: str, typed: Mapping[str, str]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """What `paper_values` gives, and which of its fields only the paper before this one knows."""
    known = {name: value for name, value in _record(desk, facts, kind, typed).items() if value}
    before = _given_before(desk, facts, kind)
    reused = {name: value for name, value in before.items() if name not in known and name not in typed}
    values = {name: value for name, value in (known | reused | dict(typed)).items() if value}
    return values, tuple(reused)


def _record(desk: Desk, facts: CaseFacts, kind: str, typed: Mapping[str, str]) -> dict[str, str]:
    student = desk.tx.get(Student, facts.case.student_id)
    known = {
        **_child(desk, student),
        **_offices(desk, student),
        **_absence(facts),
        **_school_visit(facts.contacts),
        **_township_visits(facts),
        **_rule_words(facts),
        **law.context(kind),
        "附件标签": facts.rules.paper(kind).annex,
        "文书标题": facts.rules.paper(kind).title or USUAL_TITLES.get(kind, ""),
        "个案编号": number_of(facts.case),
        "落款日期": day_words(desk.today),
        "填表日期": day_words(desk.today),
        "填表人": desk.operator,
        "学校联系人": desk.operator if desk.unit.level == "学校" else "",
        "机关联系人": desk.operator if desk.unit.level != "学校" else "",
    }
    known["联系单位"] = _who_called(desk, facts, known["就读学校"])
    known |= {name: value for name in REMEMBERED if (value := desk.tx.setting(f"paper.{name}"))}
    if kind in {"限期复学通知书", "返校通知书"}:
        known |= _time_limit(desk, facts, typed)
    return known


def _who_called(desk: Desk, facts: CaseFacts, school: str) -> str:
    """Who spoke with the family, as an order of an office above the school says it; only those that did."""
    levels = {one.level for one in counted(facts.contacts)}
    named = [name for level, name in (("学校", school), (facts.level, "本机关")) if name and level in levels]
    return "和".join(named) or f"{school}和本机关"


def _given_before(desk: Desk, facts: CaseFacts, kind: str) -> dict[str, str]:
    """What the newest paper of `kind` on this case says of the child, voided ones included, so that nobody types it
    twice. Not what belongs to the office, to the law table or to that one paper."""
    before = papers_on(desk.tx, desk.today, case_id=facts.case.id, kind=kind)
    if not before:
        return {}
    newest = before[-1]
    fields = kind_named(kind).all_fields
    once = {one.name for one in fields if one.locked} | {*COMMON, *OF_ONE_PAPER, MISSED}
    return {name: value for name, value in newest.data.items() if name not in once}


def remember(desk: Desk, typed: Mapping[str, str]) -> None:
    """Keep what belongs to the office and not to the child, so that it is not asked for again."""
    for name in REMEMBERED:
        if typed.get(name):
            desk.tx.set_setting(f"paper.{name}", typed[name])


def _child(desk: Desk, student: Student) -> dict[str, str]:
    family = guardians(desk, student.id)
    first = next(iter(family), None)
    named = [one.name for one in family if one.name]
    group = group_of(desk, student.id)
    grade = grade_name(group.stage, group.entry_year, desk.today) if group else ""
    return {
        "学生姓名": student.name,
        "性别": student.gender,
        "出生年月": f"{student.birth.year}年{student.birth.month}月" if student.birth else "",
        "出生日期": day_words(student.birth) if student.birth else "",
        "家长姓名": first.name if first else "",
        "监护人关系": first.relation if first else "",
        "受送达人": "、".join(named),
        "联系电话": student.phone or (first.phone if first else ""),
        "家庭详细住址": student.address or (first.address if first else ""),
        "村": student.village,
        "就读班级": class_name(group.stage, group.entry_year, group.number, desk.today) if group else "",
        "年级": grade.removesuffix("年级"),
        "班号": str(group.number) if group else "",
        "对象类别": "、".join(form_groups(groups(desk, student.id))),
        "身份证件号": student.id_no,
        "全国学籍号": student.edu_no,
        "民族": student.nation,
        "户籍地址": student.registered_address,
    }


def form_groups(kinds: Sequence[str]) -> list[str]:
    """The boxes of 附件2 and 附件3 for a child's 对象类别; 一般 where none of them fits."""
    named = [GROUP_ON_FORM.get(kind, kind) for kind in kinds]
    boxes = [
        box for box in FORM_GROUPS if box in named or (box == "残疾" and any("残疾" in one for one in named))
    ]
    return boxes or ["一般"]


def _offices(desk: Desk, student: Student) -> dict[str, str]:
    """The offices by name. Only one that was typed, here or in 设置, stands as the organ that issues a paper; the words
    of the law do where a school names whom it reports to."""
    county, township = unit_above(desk, "县"), unit_above(desk, "乡镇")
    school = school_of(desk, student.id)
    if school is None and desk.unit.level == "学校":
        school = desk.unit
    above = county.name if county else ""
    place, office = ("", above) if above.endswith(BUREAUS) else (above, "")
    named = desk.tx.setting("paper.教育行政部门") or office
    bureau = named or (f"{place}教育行政部门" if place else "")
    government = government_of(township.name) if township else ""
    return {
        "县名": place,
        "乡镇名称": township.name if township else "",
        "乡镇人民政府": government,
        "教育行政部门": bureau,
        "发文机关": government if desk.unit.level == "乡镇" else named,
        "复议机关": f"{place}人民政府" if place else "",
        "学校名称": school.name if school else "",
        "就读学校": school.name if school else "",
        "学校标识码": school.code if school else "",
        "报告机关": "和".join(one for one in (government, bureau) if one),
    }


def government_of(name: str) -> str:
    """The organ that signs for a township: 湖美乡 → 湖美乡人民政府; a 街道 is an office."""
    if name.endswith(("人民政府", "街道办事处", "管委会", "管理委员会")):
        return name
    return f"{name}办事处" if name.endswith("街道") else f"{name}人民政府"


def _absence(facts: CaseFacts) -> dict[str, str]:
    days = facts.away.dates or facts.case.evidence
    since = facts.case.absent_since or min(days, default=None)
    count = plain(facts.away.days) if facts.away.dates else len(days)
    found = next((one.found_cause for one in reversed(facts.contacts) if one.found_cause), "")
    listed = f"{evidence_words(days)}，共{count}个上课日" if days else ""
    opening = f"{day_words(since)}起" if since else ""
    own = ("学校",) if facts.level == "学校" else ("学校", "乡镇")  # who a paper says was there
    visits = [one for one in counted(facts.contacts) if one.level in own]
    return {
        "旷课原因": found or (f"无故旷课{count}天，原因正在查明" if days else ""),
        "未入学原因": found,
        "旷课日期": listed or opening,
        "旷课天数": str(count) if days else "",
        "旷课起始日": day_words(since) if since else "",
        "未到校情形": "未入学" if facts.case.trigger == "开学未报到" else "未到校就读",
        "办理手续": "入学" if facts.case.trigger == "开学未报到" else "复学",
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
        "劝返时间": "、".join(month_day(one.happened_on) for one in own),
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
    """The five rows of 附件2 and 附件3: every visit of the township, in order, and which of them do not count."""
    values: dict[str, str] = {}
    own = sorted((one for one in facts.contacts if one.level == "乡镇"), key=lambda one: one.happened_on)
    for ordinal, one in zip(VISIT_ORDINALS, own, strict=False):
        values[f"{ordinal}日期"] = month_day(one.happened_on)
        values[f"{ordinal}情况"] = _visit_words(one)
        values[f"{ordinal}记录人"] = one.by_whom
    if more := own[len(VISIT_ORDINALS) :]:  # the form has five rows; none of the visits is left out
        listed = "；".join(
            f"{month_day(one.happened_on)}（{one.by_whom}）{_visit_words(one)}" for one in more
        )
        values["第五次情况"] += f"。此后又动员{len(more)}次：{listed}"
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
    township = not any(named) or any(mark in to for to in named for mark in ("乡", "镇", "政府"))
    return [*(["乡镇人民政府"] if township else []), "教育行政部门"]


def _day_word(rule: Rule) -> str:
    return {"上课日": "天", "自然日": "天", "周": "周", "月": "个月"}.get(rule.unit, f"个{rule.unit}")


def _time_limit(desk: Desk, facts: CaseFacts, typed: Mapping[str, str]) -> dict[str, str]:
    """限期 and its last day, counted from today. The rule's own number and unit hold unless a term was typed.

    Refuses a term that cannot be counted, a last day that is over, and to guess a holiday.
    """
    rule = next(
        (one for one in facts.rules.doing("复学期限") if one.unit in {"自然日", "工作日", "周"}), None
    )
    usual = TimeLimit(round(rule.number), rule.unit) if rule else TimeLimit(USUAL_LIMIT, "自然日")
    term = parse_term(typed["限期"]) if typed.get("限期", "").strip() else usual
    due = deadline(desk.today, term.number, term.unit, desk.calendar)
    last = typed.get(DUE_ON, "").strip()
    if DUE_ON not in typed:
        refuse_provisional(due)
    elif last and _day(last) < desk.today:
        raise UserError(f"限期届满日{last}已经过去，这样的限期没有意义。请改限期。", DUE_ON)
    return {"限期": term.words, DUE_ON: day_words(due.day)}


def _day(text: str) -> date:
    """A day as a paper says it. Raises UserError for other words."""
    found = day_in_words(text)
    if found is None:
        raise UserError(f"限期届满日“{text}”不是日期。请写成2026年10月8日这样。", DUE_ON)
    return found
