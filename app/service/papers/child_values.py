"""What the record knows of a child and of the offices around it, in the words of the forms."""

from collections.abc import Sequence

from app.domain.dates import day_words
from app.domain.membership import JOINING
from app.domain.records import Guardian, Student
from app.domain.school_year import class_name, grade_name
from app.service.children.staff import head_teacher
from app.service.children.students import groups, guardians
from app.service.office.classes import enrolment_of, group_of, school_of
from app.service.office.desk import Desk
from app.service.office.units import BUREAU, unit_above

FORM_GROUPS = ("建档立卡", "低保", "残疾", "孤儿", "事实无人抚养儿童")
GROUP_ON_FORM = {"脱贫户": "建档立卡", "事实无人抚养": "事实无人抚养儿童"}  # the form keeps the older word
OWN_PHONE = {"学校": "学校联系电话", "中心学校": "学校联系电话"}
"""The level of an office → the field that keeps its own telephone."""
BUREAUS = ("局", "委", "委员会")  # a county may be set up by the name of its 教育行政部门, as 大田县教育局


def child_values(desk: Desk, student: Student) -> dict[str, str]:
    """The child itself, its family and class, by field."""
    family = guardians(desk, student.id)
    first = next(iter(family), None)
    named = [one.name for one in family if one.name]
    group = group_of(desk, student.id)
    enrolment = enrolment_of(desk, student.id)
    joined = enrolment.from_on if enrolment and enrolment.began in JOINING else None
    teacher = head_teacher(desk, group.id) if group else None
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
        "残疾儿童": "是" if any("残疾" in one for one in groups(desk, student.id)) else "否",
        "身份证件号": student.id_no,
        "全国学籍号": student.edu_no,
        "民族": student.nation,
        "户籍地址": student.registered_address,
        "到校日期": day_words(joined) if joined else "",
        "班主任": teacher.name if teacher else "",
        "班主任电话": teacher.phone if teacher else "",
    }


def guardian_rows(desk: Desk, student: Student) -> list[dict[str, str]]:
    """监护人名单: everyone who answers for the child, the first named first."""
    return [_guardian(one) for one in guardians(desk, student.id) if one.name]


def _guardian(one: Guardian) -> dict[str, str]:
    return {"姓名": one.name, "关系": one.relation, "住址": one.address, "电话": one.phone}


def form_groups(kinds: Sequence[str]) -> list[str]:
    """The boxes of 附件2 and 附件3 for a child's 对象类别; 一般 where none of them fits."""
    named = [GROUP_ON_FORM.get(kind, kind) for kind in kinds]
    boxes = [
        box for box in FORM_GROUPS if box in named or (box == "残疾" and any("残疾" in one for one in named))
    ]
    return boxes or ["一般"]


def office_values(desk: Desk, student: Student) -> dict[str, str]:
    """The offices by name. Only one that was typed, here or in 设置, stands as the organ that issues a paper; the words
    of the law do where a school names whom it reports to."""
    county, township = unit_above(desk, "县"), unit_above(desk, "乡镇")
    school = school_of(desk, student.id)
    if school is None and desk.unit.level == "学校":
        school = desk.unit
    above = county.name if county else ""
    place, office = ("", above) if above.endswith(BUREAUS) else (above, "")
    named = desk.tx.setting(BUREAU) or office
    bureau = named or (f"{place}教育局" if place else "")
    government = government_of(township.name) if township else ""
    return {
        "县名": place,
        "乡镇名称": _place_name(township.name, place) if township else "",
        "乡镇人民政府": government,
        "教育行政部门": bureau,
        "发文机关": government if desk.unit.level == "乡镇" else named,
        "本单位": _own_name(desk, government, named),
        "本单位联系人": desk.operator,
        "本单位电话": desk.tx.setting(f"paper.{OWN_PHONE.get(desk.unit.level, '机关联系电话')}") or "",
        "复议机关": f"{place}人民政府" if place else "",
        "学校名称": school.name if school else "",
        "就读学校": school.name if school else "",
        "学校标识码": school.code if school else "",
        "报告机关": "和".join(one for one in (government, bureau) if one),
    }


def _place_name(office: str, county: str) -> str:
    """湖美乡 of 大田县湖美乡人民政府: the county stands before it on the form."""
    return office.removeprefix(county).removesuffix("人民政府") or office


def _own_name(desk: Desk, government: str, bureau: str) -> str:
    """This office as it signs: the school, the government of the township, the bureau of the county."""
    return {"乡镇": government, "县": bureau}.get(desk.unit.level, desk.unit.name)


def government_of(name: str) -> str:
    """The organ that signs for a township: 湖美乡 → 湖美乡人民政府; a 街道 is an office."""
    if name.endswith(("人民政府", "街道办事处", "管委会", "管理委员会")):
        return name
    return f"{name}办事处" if name.endswith("街道") else f"{name}人民政府"
