"""A case: why it was opened, who was spoken to, and the facts by which it goes on or ends."""

from dataclasses import dataclass
from datetime import date

from app.domain.records.record import Record


@dataclass(frozen=True, kw_only=True)
class RuleText(Record):
    """The exact text of a rule set as a case was opened under it. `id` is the SHA-256 of `text`: two offices that
    froze the same rules wrote one row."""

    rule_set: str
    text: str


@dataclass(frozen=True, kw_only=True)
class CaseFile(Record):
    """一生一案: why, when and under which rules it was opened, on which evidence. `unit_id` is the school by which it
    is numbered, or the office that opened it for a child without one.

    `opened_on`, `absent_since`, `rule_key` and `evidence` are kept as they were seen when the case was opened; what a
    case stands on, on a day, is computed from the rolls (see `episodes`).
    """

    unit_id: str
    student_id: str
    year: int
    seq: int
    trigger: str
    opened_on: date
    entered_on: date
    rule_text_id: str
    rule_key: str = ""
    absent_since: date | None = None
    evidence: tuple[date, ...] = ()
    suspected_cause: str = ""
    note: str = ""
    previous_case_id: str = ""
    lead_unit_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Contact(Record):
    """A 劝返 or 动员: when it happened, when it was entered, what was met with, and 附件4's fields.

    `case_id` is empty for a call made before there is a case; a case that is opened takes such contacts in. Where
    there is a case, `student_id` is always its child.
    """

    student_id: str
    case_id: str = ""
    happened_on: date
    entered_on: date
    level: str
    method: str
    outcome: str
    by_whom: str
    people: str = ""
    place: str = ""
    text: str = ""
    family: str = ""  # 家庭情况
    guardian_attitude: str = ""  # 家长态度
    student_attitude: str = ""  # 学生态度
    measures: str = ""  # 劝返工作方法及措施
    effect: str = ""  # 劝返效果
    found_cause: str = ""  # 查明原因
    study_place: str = ""  # 去向: 学习地
    work_place: str = ""  # 务工地
    living_place: str = ""  # 居住地
    companions: str = ""  # 同行人员
    promised_on: date | None = None  # 承诺返校日
    forced_reason: str = ""
    with_units: str = ""  # 会同单位: a joint visit counts once, for `level`
    told_by: str = ""  # 据告知: who told it, where another office made it


@dataclass(frozen=True, kw_only=True)
class AttendanceStatement(Record):
    """What the office that knows the rolls says of a case's child as of a day, for offices above that have no rolls.

    `half_days` are half 上课日 (6 is three whole ones); the newest `as_of` counts.
    """

    case_id: str
    as_of: date
    absent_since: date | None = None
    half_days: int = 0
    returned_on: date | None = None
    evidence_holds: bool = True


@dataclass(frozen=True, kw_only=True)
class Told(Record):
    """据告知: what another office told this one of a case, before a record of its own shows it.

    `kind` is one of vocabulary `TOLD`: that the child is back, that a notice was made out or served, what was decided.
    `level` is the office it happened at, `told_by` who said so.
    """

    case_id: str
    kind: str
    happened_on: date
    entered_on: date
    told_by: str
    level: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Observation(Record):
    """A look, after the return, whether the child is still in school."""

    case_id: str
    observed_on: date
    entered_on: date
    in_school: bool
    by_whom: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Closure(Record):
    """销号: why and when a case was closed, by whom. Withdrawn means that it was taken up again, with the reason."""

    case_id: str
    reason: str
    closed_on: date
    entered_on: date
    by_whom: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ForcedStep(Record):
    """A step of the ladder taken with a reason: it was not allowed yet, or its fact lies outside the record."""

    case_id: str
    step: str
    forced_on: date
    entered_on: date
    reason: str
    by_whom: str
