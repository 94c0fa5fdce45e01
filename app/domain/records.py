"""The facts that are stored, one frozen dataclass a table.

Field names are column names. Dates are local calendar dates. Every record carries a UUIDv7 text `id`, is
journaled, and is withdrawn (a date and a reason) instead of deleted; see design sections 4 and 6.
Nothing computed is kept here: no stage, no deadline, no grade.
"""

from dataclasses import dataclass, field
from datetime import date

from app.domain.case_records import Closure, ForcedStep, Observation, Told
from app.domain.joint_records import Alias, Choice
from app.domain.record import Record


@dataclass(frozen=True, kw_only=True)
class Unit(Record):
    """An office: 学校, 乡镇, 县 or 村. `short_mark` is its 发文代字, as in 〔湖政〕."""

    level: str
    name: str
    code: str = ""
    parent_id: str = ""
    short_mark: str = ""


@dataclass(frozen=True, kw_only=True)
class Staff(Record):
    """Somebody who works in the office. `to_on` is the last day there."""

    unit_id: str
    name: str
    post: str = ""  # 职务
    phone: str = ""
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Responsibility(Record):
    """双线三包: somebody answers for one class (班主任), village (包村) or child (包学生); `to_on` is the last day."""

    staff_id: str
    kind: str
    class_id: str = ""
    village: str = ""
    student_id: str = ""
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ClassGroup(Record):
    """A class by its entry year; the grade is computed from the school year, so nobody rolls it over."""

    school_id: str
    stage: str  # 小学 or 初中
    entry_year: int  # calendar year in which the class entered this stage
    number: int  # 2 in 五年级2班


@dataclass(frozen=True, kw_only=True)
class Student(Record):
    """A child of school age; `unit_id` is the office that answers for it, its school is in its `Enrolment`."""

    name: str
    unit_id: str = ""
    gender: str = ""
    birth: date | None = None
    id_kind: str = ""  # 身份证件类型
    id_no: str = ""  # 身份证件号
    edu_no: str = ""  # 学籍号
    nation: str = ""  # 民族
    registered_address: str = ""  # 户籍地址
    address: str = ""  # 现住址
    village: str = ""
    phone: str = ""  # 联系电话
    boarding: str = ""  # 就读方式
    left_behind: str = ""  # 是否留守儿童
    migrant: str = ""  # 是否随迁子女
    disability: str = ""  # 残疾类型
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Enrolment(Record):
    """A child in a school and class from `from_on` to `to_on`, the last day it belongs there (None: still).

    `to_on` before `from_on` is a membership of no day: who came and left on one day. `class_id` is empty where the
    class is not known. `began` and `ended` say how (membership `BEGAN`, `ENDED`). `other_school` is where the child
    came from and `proof` what shows it; `next_school` is where it went and `leaving_proof` what shows that. 学籍变动
    are sums over these rows.
    """

    student_id: str
    school_id: str
    class_id: str = ""
    from_on: date
    to_on: date | None = None
    began: str = "在册"
    ended: str = ""
    proof: str = ""
    other_school: str = ""
    next_school: str = ""
    leaving_proof: str = ""
    back_on: date | None = None  # 休学: the day the child is due back
    note: str = ""
    entered_on: date


@dataclass(frozen=True, kw_only=True)
class Mark(Record):
    """What the 学籍系统 says of a child: marked 疑似辍学 or 辍学 on `set_on`, taken off on `cleared_on`."""

    student_id: str
    kind: str
    set_on: date
    cleared_on: date | None = None
    entered_on: date


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
class Guardian(Record):
    """A parent or other guardian; `rank` 1 is the one the forms name first."""

    student_id: str
    name: str
    rank: int = 1
    relation: str = ""
    phone: str = ""
    address: str = ""
    workplace: str = ""


@dataclass(frozen=True, kw_only=True)
class SpecialGroup(Record):
    """A dated 对象类别 of a child: 脱贫户, 低保, 残疾, 孤儿, 事实无人抚养, 留守 …"""

    student_id: str
    kind: str
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Term(Record):
    """A term of a unit. `cycle` (empty: the working week) is a row of 1, h and 0 that repeats from
    `first_day`'s Monday, for 大小周 and boarding schools: 11111110000000 is a fortnight."""

    unit_id: str
    first_day: date
    last_day: date
    cycle: str = ""


@dataclass(frozen=True, kw_only=True)
class CalendarDay(Record):
    """One day the county or school set by hand: 上课 (school), 停课 (off) or 半天 (half)."""

    unit_id: str
    day: date
    kind: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class NationalDay(Record):
    """A day of a national holiday table that a unit typed in for a year the program does not know yet."""

    unit_id: str
    day: date
    workday: bool
    name: str


@dataclass(frozen=True, kw_only=True)
class Roll(Record):
    """A class was called on a day: who called, how many were expected and present."""

    class_id: str
    day: date
    session: str  # 全天, 上午 or 下午
    by_whom: str
    expected: int
    present: int
    entered_on: date


@dataclass(frozen=True, kw_only=True)
class Absence(Record):
    """A child missed a called roll: 旷课, 病假 or 事假, the whole session or half the day."""

    roll_id: str
    student_id: str
    day: date
    kind: str
    part: str = "全天"


@dataclass(frozen=True, kw_only=True)
class Leave(Record):
    """Approved leave from–to (both included). `ended_on` is 销假: the day the child was back early."""

    student_id: str
    from_on: date
    to_on: date
    kind: str
    approver: str
    proof: str = ""
    entered_on: date
    ended_on: date | None = None


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
class IssuedDocument(Record):
    """Paper that went out: its number, the frozen data, the template and the hash of the file.

    Withdrawn means 作废; the number stays used. `data` maps placeholder to the printed value. `forced_reason` is why
    it was issued although the ladder said that it was too early. `evidence` and `case_opened_on` are what the
    case stood on that day: after paper went out they stay, and what the rolls say differently is said.
    """

    kind: str
    unit_id: str
    year: int
    seq: int
    number: str
    case_id: str
    student_id: str
    issued_on: date
    template_sha256: str
    sha256: str
    data: dict[str, str] = field(default_factory=dict)
    blanks: tuple[str, ...] = ()
    forced_reason: str = ""
    evidence: tuple[date, ...] = ()
    case_opened_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Attachment(Record):
    """A file kept sealed in `attachments/`, named by the SHA-256 of its plain content."""

    owner: str  # table of the fact it belongs to
    owner_id: str
    role: str  # 照片, 文书, 版式, 模板
    file_name: str
    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True)
class ImportRun(Record):
    """A roster file that a unit accepted: what it was, and the journal positions it covers, so it can be undone."""

    unit_id: str
    file_name: str
    file_sha256: str
    imported_on: date
    first_seq: int
    last_seq: int
    undone_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class RosterLead(Record):
    """A child who was in the register and is not in the new roster: a lead to follow, never a deletion."""

    run_id: str
    student_id: str
    found_on: date
    settled_on: date | None = None
    settlement: str = ""


JOURNALED: tuple[type[Record], ...] = (
    Unit,
    ClassGroup,
    Student,
    Enrolment,
    Guardian,
    SpecialGroup,
    Term,
    CalendarDay,
    NationalDay,
    Roll,
    Absence,
    Leave,
    RuleText,
    CaseFile,
    Contact,
    IssuedDocument,
    Attachment,
    ImportRun,
    RosterLead,
    Staff,
    Responsibility,
    Mark,
    AttendanceStatement,
    Alias,
    Choice,
    Told,
    Observation,
    Closure,
    ForcedStep,
)

# fmt: off
__all__ = [
    "JOURNALED", "Absence", "Alias", "Attachment", "AttendanceStatement", "CalendarDay", "CaseFile", "Choice",
    "ClassGroup", "Closure", "Contact", "Enrolment", "ForcedStep", "Guardian", "ImportRun", "IssuedDocument", "Leave",
    "Mark", "NationalDay", "Observation", "Record", "Responsibility", "Roll", "RosterLead", "RuleText",
    "SpecialGroup", "Staff", "Student", "Term", "Told", "Unit",
]
