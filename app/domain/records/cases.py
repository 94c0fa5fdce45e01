"""A case: why it was opened, who was spoken to, and the facts by which it goes on or ends."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from app.domain.records.record import INNER, STORY, About, Record


@dataclass(frozen=True, kw_only=True)
class RuleText(Record):
    """The exact text of a rule set as a case was opened under it. `id` is the SHA-256 of `text`: two offices that
    froze the same rules wrote one row."""

    about: ClassVar = About("规则", owner="", missed=None)

    rule_set: Annotated[str, "规则编号"]
    text: Annotated[str, "规则内容", INNER]


@dataclass(frozen=True, kw_only=True)
class CaseFile(Record):
    """一生一案: why, when and under which rules it was opened, on which evidence. `unit_id` is the school by which it
    is numbered, or the office that opened it for a child without one.

    `opened_on`, `absent_since`, `rule_key` and `evidence` are kept as they were seen when the case was opened; what a
    case stands on, on a day, is computed from the rolls (see `episodes`).
    """

    about: ClassVar = About("个案", owner="student_id")

    unit_id: Annotated[str, "单位", INNER]
    student_id: Annotated[str, "学生", INNER]
    year: Annotated[int, "年份", INNER]
    seq: Annotated[int, "序号", INNER]
    trigger: Annotated[str, "立案来源"]
    opened_on: Annotated[date, "立案日期"]
    entered_on: Annotated[date, "录入日期", INNER]
    rule_text_id: Annotated[str, "规则文本", INNER]
    rule_key: Annotated[str, "规则条目", INNER] = ""
    absent_since: Annotated[date | None, "开始缺勤日期"] = None
    evidence: Annotated[tuple[date, ...], "依据的缺勤日"] = ()
    suspected_cause: Annotated[str, "疑似原因"] = ""
    note: Annotated[str, "说明", STORY] = ""
    previous_case_id: Annotated[str, "前一个案", INNER] = ""
    lead_unit_id: Annotated[str, "牵头单位", INNER] = ""


@dataclass(frozen=True, kw_only=True)
class Contact(Record):
    """A 劝返 or 动员: when it happened, when it was entered, what was met with, and 附件4's fields.

    `case_id` is empty for a call made before there is a case; a case that is opened takes such contacts in. Where
    there is a case, `student_id` is always its child.
    """

    about: ClassVar = About("劝返动员", owner="student_id")

    student_id: Annotated[str, "学生", INNER]
    case_id: Annotated[str, "个案"] = ""
    happened_on: Annotated[date, "劝返时间"]
    entered_on: Annotated[date, "录入日期", INNER]
    level: Annotated[str, "层级"]
    method: Annotated[str, "劝返方式"]
    outcome: Annotated[str, "结果"]
    by_whom: Annotated[str, "联系人"]
    people: Annotated[str, "在场人"] = ""
    place: Annotated[str, "地点"] = ""
    text: Annotated[str, "其他说明", STORY] = ""
    family: Annotated[str, "家庭情况", STORY] = ""
    guardian_attitude: Annotated[str, "家长态度", STORY] = ""
    student_attitude: Annotated[str, "学生态度", STORY] = ""
    measures: Annotated[str, "劝返工作方法及措施", STORY] = ""
    effect: Annotated[str, "劝返效果", STORY] = ""
    found_cause: Annotated[str, "查明原因", STORY] = ""
    study_place: Annotated[str, "学习地"] = ""
    work_place: Annotated[str, "务工地"] = ""
    living_place: Annotated[str, "居住地"] = ""
    companions: Annotated[str, "同行人员"] = ""
    promised_on: Annotated[date | None, "承诺返校日"] = None
    forced_reason: Annotated[str, "例外理由"] = ""
    with_units: Annotated[str, "会同单位"] = ""  # 会同单位: a joint visit counts once, for `level`
    told_by: Annotated[str, "告知人"] = ""  # 据告知: who told it, where another office made it


@dataclass(frozen=True, kw_only=True)
class AttendanceStatement(Record):
    """What the office that knows the rolls says of a case's child as of a day, for offices above that have no rolls.

    `half_days` are half 上课日 (6 is three whole ones); the newest `as_of` counts.
    """

    about: ClassVar = About("出勤说明", owner="case_id")

    case_id: Annotated[str, "个案", INNER]
    as_of: Annotated[date, "截至"]
    absent_since: Annotated[date | None, "开始缺勤日期"] = None
    half_days: Annotated[int, "缺勤半日数"] = 0
    returned_on: Annotated[date | None, "返校日期"] = None
    evidence_holds: Annotated[bool, "立案依据成立"] = True


@dataclass(frozen=True, kw_only=True)
class Told(Record):
    """据告知: what another office told this one of a case, before a record of its own shows it.

    `kind` is one of vocabulary `TOLD`: that the child is back, that a notice was made out or served, what was decided.
    `level` is the office it happened at, `told_by` who said so. Of `ANSWERS`, which this office gave, `told_by` is
    the person that was told, or that checked.
    """

    about: ClassVar = About("据告知记录", owner="case_id")

    case_id: Annotated[str, "个案", INNER]
    kind: Annotated[str, "告知的事"]
    happened_on: Annotated[date, "发生日期"]
    entered_on: Annotated[date, "录入日期", INNER]
    told_by: Annotated[str, "告知人"]
    level: Annotated[str, "哪一级办的"]
    note: Annotated[str, "说明", STORY] = ""


@dataclass(frozen=True, kw_only=True)
class Observation(Record):
    """A look, after the return, whether the child is still in school."""

    about: ClassVar = About("返校观察", owner="case_id")

    case_id: Annotated[str, "个案", INNER]
    observed_on: Annotated[date, "观察日期"]
    entered_on: Annotated[date, "录入日期", INNER]
    in_school: Annotated[bool, "是否在校"]
    by_whom: Annotated[str, "观察人"]
    note: Annotated[str, "说明", STORY] = ""


@dataclass(frozen=True, kw_only=True)
class Closure(Record):
    """销号: why and when a case was closed, by whom. Withdrawn means that it was taken up again, with the reason."""

    about: ClassVar = About("销号", owner="case_id")

    case_id: Annotated[str, "个案", INNER]
    reason: Annotated[str, "销号原因"]
    closed_on: Annotated[date, "销号日期"]
    entered_on: Annotated[date, "录入日期", INNER]
    by_whom: Annotated[str, "经手人"]
    note: Annotated[str, "说明", STORY] = ""


@dataclass(frozen=True, kw_only=True)
class ForcedStep(Record):
    """A step of the ladder taken with a reason: it was not allowed yet, or its fact lies outside the record."""

    about: ClassVar = About("强制步骤", owner="case_id")

    case_id: Annotated[str, "个案", INNER]
    step: Annotated[str, "步骤"]
    forced_on: Annotated[date, "日期"]
    entered_on: Annotated[date, "录入日期", INNER]
    reason: Annotated[str, "理由"]
    by_whom: Annotated[str, "经手人"]
