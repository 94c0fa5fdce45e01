"""A child, its class and what hangs on it: guardians, 对象类别, what the 学籍系统 says."""

from dataclasses import dataclass
from datetime import date

from app.domain.records.record import Record


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
