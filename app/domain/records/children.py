"""A child, its class and what hangs on it: guardians, 对象类别, what the 学籍系统 says."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from app.domain.records.record import BELOW_COUNTY, INNER, MASKED, STORY, About, Record


@dataclass(frozen=True, kw_only=True)
class ClassGroup(Record):
    """A class by its entry year; the grade is computed from the school year, so nobody rolls it over."""

    about: ClassVar = About("班级", owner="school_id")

    school_id: Annotated[str, "学校"]
    stage: Annotated[str, "学段"]  # 小学 or 初中
    entry_year: Annotated[int, "入学年份"]  # calendar year in which the class entered this stage
    number: Annotated[int, "班号"]  # 2 in 五年级2班


@dataclass(frozen=True, kw_only=True)
class Student(Record):
    """A child of school age; `unit_id` is the office that answers for it, its school is in its `Enrolment`."""

    about: ClassVar = About(
        "学生", owner="unit_id", missed="学生信息", former=("id", "unit_id", "withdrawn_on")
    )

    name: Annotated[str, "姓名"]
    unit_id: Annotated[str, "负责单位", INNER] = ""
    gender: Annotated[str, "性别"] = ""
    birth: Annotated[date | None, "出生日期"] = None
    id_kind: Annotated[str, "身份证件类型"] = ""
    id_no: Annotated[str, "身份证件号", MASKED] = ""
    edu_no: Annotated[str, "学籍号", MASKED] = ""
    nation: Annotated[str, "民族"] = ""
    registered_address: Annotated[str, "户籍地址"] = ""
    address: Annotated[str, "现住址"] = ""
    village: Annotated[str, "村"] = ""
    phone: Annotated[str, "联系电话"] = ""
    boarding: Annotated[str, "就读方式"] = ""
    left_behind: Annotated[str, "是否留守儿童"] = ""
    migrant: Annotated[str, "是否随迁子女"] = ""
    disability: Annotated[str, "残疾类型", BELOW_COUNTY] = ""
    remark: Annotated[str, "备注", STORY] = ""


@dataclass(frozen=True, kw_only=True)
class Enrolment(Record):
    """A child in a school and class from `from_on` to `to_on`, the last day it belongs there (None: still).

    `to_on` before `from_on` is a membership of no day: who came and left on one day. `class_id` is empty where the
    class is not known. `began` and `ended` say how (membership `BEGAN`, `ENDED`). `other_school` is where the child
    came from and `proof` what shows it; `next_school` is where it went and `leaving_proof` what shows that. 学籍变动
    are sums over these rows.
    """

    about: ClassVar = About("就读", owner="student_id")

    student_id: Annotated[str, "学生", INNER]
    school_id: Annotated[str, "学校"]
    class_id: Annotated[str, "班级"] = ""
    from_on: Annotated[date, "从"]
    to_on: Annotated[date | None, "在册到"] = None
    began: Annotated[str, "怎样来的"] = "在册"
    ended: Annotated[str, "怎样离开的"] = ""
    proof: Annotated[str, "证明材料"] = ""
    other_school: Annotated[str, "从哪所学校来"] = ""
    next_school: Annotated[str, "转往学校"] = ""
    leaving_proof: Annotated[str, "离校证明"] = ""
    back_on: Annotated[date | None, "休学期满"] = None  # 休学: the day the child is due back
    note: Annotated[str, "说明", STORY] = ""
    entered_on: Annotated[date, "录入日期", INNER]


@dataclass(frozen=True, kw_only=True)
class Mark(Record):
    """What the 学籍系统 says of a child: marked 疑似辍学 or 辍学 on `set_on`, taken off on `cleared_on`."""

    about: ClassVar = About("学籍标注", owner="student_id")

    student_id: Annotated[str, "学生", INNER]
    kind: Annotated[str, "标注"]
    set_on: Annotated[date, "标注日期"]
    cleared_on: Annotated[date | None, "取消日期"] = None
    entered_on: Annotated[date, "录入日期", INNER]


@dataclass(frozen=True, kw_only=True)
class Correction(Record):
    """What was put right in a record about a child: `what` says it in words, from which value to which, or that the
    record was withdrawn; `of_table` and `of_row` name that record."""

    about: ClassVar = About("更正", owner="student_id")

    student_id: Annotated[str, "学生", INNER]
    of_table: Annotated[str, "记录种类", INNER]
    of_row: Annotated[str, "记录编号", INNER]
    corrected_on: Annotated[date, "更正日期"]
    what: Annotated[str, "更正内容"]
    reason: Annotated[str, "更正理由"]
    by_whom: Annotated[str, "经手人"] = ""


@dataclass(frozen=True, kw_only=True)
class Guardian(Record):
    """A parent or other guardian; `rank` 1 is the one the forms name first."""

    about: ClassVar = About("监护人", owner="student_id", missed="学生信息")

    student_id: Annotated[str, "学生", INNER]
    name: Annotated[str, "姓名"]
    rank: Annotated[int, "次序"] = 1
    relation: Annotated[str, "关系"] = ""
    phone: Annotated[str, "联系电话"] = ""
    address: Annotated[str, "现住址"] = ""
    workplace: Annotated[str, "工作单位"] = ""


@dataclass(frozen=True, kw_only=True)
class SpecialGroup(Record):
    """A dated 对象类别 of a child: 脱贫户, 低保, 残疾, 孤儿, 事实无人抚养, 留守 …"""

    about: ClassVar = About("对象类别", owner="student_id", missed="学生信息")

    student_id: Annotated[str, "学生", INNER]
    kind: Annotated[str, "类别"]
    from_on: Annotated[date | None, "起始日期"] = None
    to_on: Annotated[date | None, "截止日期"] = None
