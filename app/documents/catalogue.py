"""The kinds of paper the program issues, what each asks for in the order of its form, and how it is numbered.

Sources: 大田县 田政办规〔2023〕8号 附件2–5 (the four record forms and the report slip); the order to return follows
the township practice collected in the field notes; 发文字号 as GB/T 9704-2012, 7.2.5: mark, 〔year〕, number.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from app.documents import fields as f
from app.documents.fields import Field, asked, by_hand, law, ticks
from app.errors import UserError


@dataclass(frozen=True)
class DocumentKind:
    """A kind of paper: its name in commands, its title, who may issue it, its file, what its number begins with, its
    fields; `once_per_case` where a second one on a case needs a reason."""

    kind: str
    title: str
    level: tuple[str, ...]
    template_file: str
    number_prefix: str
    fields: tuple[Field, ...]
    once_per_case: bool = False

    @cached_property
    def all_fields(self) -> tuple[Field, ...]:
        """The form's own fields and then those a county's copy may use besides."""
        own = {field.name for field in self.fields}
        return self.fields + tuple(extra for extra in f.EXTRAS + _common_extras() if extra.name not in own)

    def field(self, name: str) -> Field:
        """The field called `name`; UserError with suggestions if this paper has none such."""
        check_names(self.kind, [name])
        return next(field for field in self.all_fields if field.name == name)


def _common_extras() -> tuple[Field, ...]:
    """Facts of the child, school and place that any paper can be given, whichever form they come from."""
    return (
        f.GENDER,
        f.BIRTH_MONTH,
        f.BIRTH_DAY,
        f.GUARDIAN,
        f.PHONE,
        f.ADDRESS,
        VILLAGE,
        f.GRADE,
        f.CLASS_NO,
        f.CLASS,
        f.SCHOOL,
        f.OWN_SCHOOL,
        f.CAUSE,
        f.ABSENT,
        f.ABSENT_SINCE,
        f.CONTACT_DATES,
        f.COUNTY,
        f.TOWNSHIP,
        f.SPECIAL_GROUPS,
        _signed_extra(),
    )


def _signed_extra() -> Field:
    return Field("落款日期", False, f.SIGNED_ON.hint, blank=f.DATE_BLANK)


VILLAGE = asked("村", "学生家所在的村（社区），如：上丰村", rule=5)

REPORT_SLIP = DocumentKind(
    "报告单",
    "疑似辍学学生报告单",
    ("学校",),
    "报告单.docx",
    "疑辍报",
    (
        f.ANNEX,
        f.NUMBER,
        ticks(
            "报告对象",
            "报给谁：乡镇人民政府、教育行政部门，可以都选，用顿号隔开",
            ("乡镇人民政府", "教育行政部门"),
            boxes=True,
        ),
        asked("乡镇人民政府", "全称，如：湖美乡人民政府", rule=8),
        asked("教育行政部门", "全称，如：大田县教育局", rule=8),
        f.GRADE,
        f.CLASS_NO,
        f.NAME,
        f.CAUSE,
        VILLAGE,
        f.GUARDIAN,
        f.PHONE,
        Field("学校名称", False, f.OWN_SCHOOL.hint, blank="＿" * 8, essential=True),
        f.SIGNED_ON,
    ),
    once_per_case=True,
)

SCHOOL_RECORD = DocumentKind(
    "学校情况记录表",
    "学校疑似辍学学生情况记录表",
    ("学校",),
    "学校情况记录表.docx",
    "疑辍记",
    (
        f.ANNEX,
        f.OWN_SCHOOL,
        f.NUMBER,
        f.NAME,
        f.GENDER,
        f.BIRTH_MONTH,
        f.CLASS,
        f.GUARDIAN,
        f.CAUSE,
        asked("去向", "学生现在在哪里、和谁在一起；不清楚就写：去向不明"),
        f.ABSENT,
        f.ADDRESS,
        f.PHONE,
        asked("劝返工作教师", "做劝返工作的老师，可以写多人"),
        ticks("劝返方式", "电话、家访，可以都选，用顿号隔开", ("电话", "家访"), boxes=True),
        asked("劝返时间", "如：2026年9月17日"),
        by_hand("家庭情况", "家里有哪些人、靠什么生活、有什么困难", longest=f.STORY),
        by_hand("家长态度", "家长怎么说", longest=f.STORY),
        by_hand("学生态度", "学生自己怎么说", longest=f.STORY),
        by_hand("劝返工作方法及措施", "说了什么、答应帮什么", longest=f.STORY),
        by_hand("劝返效果", "如：答应9月21日返校", longest=f.STORY),
        f.FIRST_DAYS,
        f.REPORT_DAYS,
    ),
)

FIVE_VISITS = DocumentKind(
    "五次动员记录表",
    "疑似辍学学生劝返情况记录表（乡镇用）",
    ("乡镇",),
    "五次动员记录表.docx",
    "劝返记",
    (
        f.ANNEX,
        f.COUNTY,
        f.TOWNSHIP,
        f.NUMBER,
        f.NAME,
        f.GENDER,
        f.BIRTH_MONTH,
        f.GUARDIAN,
        f.SCHOOL,
        f.GRADE,
        f.CLASS_NO,
        f.ADDRESS,
        f.PHONE,
        f.SPECIAL_GROUPS,
        f.CAUSE,
        f.ABSENT,
        *f.VISITS,
        by_hand("动员结果", "缓学、送教上门、辍学、返校等", longest=f.STORY),
        f.REPORT_DAYS,
    ),
)

ENROLMENT = DocumentKind(
    "组织入学记录表",
    "未入学适龄儿童少年组织入学记录表",
    ("乡镇",),
    "组织入学记录表.docx",
    "入学记",
    (
        f.ANNEX,
        f.COUNTY,
        f.TOWNSHIP,
        f.NUMBER,
        f.NAME,
        f.GENDER,
        f.BIRTH_MONTH,
        f.GUARDIAN,
        f.ADDRESS,
        f.PHONE,
        f.SPECIAL_GROUPS,
        asked("未入学原因", "没有入学的原因，如：随父母外出", longest=f.STORY),
        *f.VISITS,
        by_hand("动员结果", "缓学、送教上门、入学等", longest=f.STORY),
    ),
)

ORDER = DocumentKind(
    "限期复学通知书",
    "限期复学通知书",
    ("乡镇", "县"),
    "限期复学通知书.docx",
    "限复",
    (
        Field("发文机关", False, "全称，如：湖美乡人民政府", blank="＿＿＿＿人民政府", essential=True),
        f.NUMBER,
        Field("受送达人", False, "监护人姓名，知道两位就都写，用顿号隔开", blank="＿" * 10, essential=True),
        f.NAME,
        f.GENDER,
        f.BIRTH_DAY,
        f.ADDRESS,
        f.SCHOOL,
        f.GRADE,
        f.ABSENT_SINCE,
        asked("未到校情形", "未到校就读，或者：未入学", rule=5),
        f.CONTACT_DATES,
        asked("联系次数", "已经联系劝返几次，如：3", rule=2),
        asked("联系单位", "谁联系劝返过：学校全称和本机关，或其中一个", rule=8),
        f.DUTY_LAW,
        law("职权依据", "责令限期改正的条款，取自法律条文表"),
        f.TIME_LIMIT,
        f.DUE_ON,
        Field("送达时填届满日", True, "届满日留到送达时手填，期限从收到之日起算：是或否", flag=True),
        asked("办理手续", "复学，或者：入学", rule=2),
        f.DELAY_LAW,
        by_hand("省级法规", "本省条例的名称和条款，没有就不填，如：《××省义务教育条例》第×条"),
        law("童工依据", "禁止使用童工的法规名称，取自法律条文表"),
        Field("写明复议", True, "是否写明复议、诉讼的途径：是或否", flag=True),
        Field("复议机关", False, "一般是县人民政府，写全称", blank="＿" * 8, only_if="写明复议"),
        Field("诉讼法院", False, "有管辖权的人民法院，写全称", blank="＿" * 8, only_if="写明复议"),
        f.SCHOOL_CONTACT,
        f.SCHOOL_PHONE,
        asked("机关联系人", "发文机关的承办人", rule=4),
        asked("机关联系电话", "发文机关的电话", rule=6),
        f.SIGNED_ON,
        by_hand("签发人", "签发领导的姓名，可以手写"),
        by_hand("承办人", "承办人的姓名，可以手写"),
        by_hand("送达日期", "送达以后填写"),
        by_hand("送达方式", "送达以后填写"),
        by_hand("备注", "送达以后填写"),
        by_hand("送达地点", "送到哪里，可以到场后手写"),
        law("送达依据", "送达的条款，取自法律条文表"),
    ),
    once_per_case=True,
)

LETTER = DocumentKind(
    "返校通知书",
    "返校通知书",
    ("学校",),
    "返校通知书.docx",
    "返校",
    (
        Field("文书标题", False, "本县文件的叫法，如：劝返通知书、辍学生返校通知书", essential=True),
        f.NUMBER,
        Field("家长姓名", False, f.GUARDIAN.hint, blank="＿" * 4, essential=True),
        f.NAME,
        f.CLASS,
        f.ABSENT_SINCE,
        f.CONTACT_DATES,
        f.DUTY_LAW,
        f.TIME_LIMIT,
        f.DUE_ON,
        f.DELAY_LAW,
        law("报告依据", "学校书面报告的条款，取自法律条文表"),
        Field("已经报告", True, "这个孩子是否已经书面报告过：是或否", flag=True),
        asked("报告机关", "如：湖美乡人民政府和大田县教育局", rule=10),
        f.SCHOOL_CONTACT,
        f.SCHOOL_PHONE,
        Field("学校名称", False, f.OWN_SCHOOL.hint, blank="＿" * 8, essential=True),
        f.SIGNED_ON,
    ),
)

VISIT_FORM = DocumentKind(
    "家访表",
    "家访（劝返）记录表",
    ("学校", "乡镇"),
    "家访表.docx",
    "家访",
    (
        f.OWN_SCHOOL,
        f.NUMBER,
        f.NAME,
        f.GENDER,
        f.BIRTH_MONTH,
        f.CLASS,
        f.GUARDIAN,
        f.PHONE,
        f.ADDRESS,
        f.ABSENT,
        f.CAUSE,
    ),
)

KINDS: dict[str, DocumentKind] = {
    kind.kind: kind
    for kind in (REPORT_SLIP, SCHOOL_RECORD, FIVE_VISITS, ENROLMENT, ORDER, LETTER, VISIT_FORM)
}


def kind_named(kind: str) -> DocumentKind:
    """The kind called `kind`; UserError naming the known ones if there is none."""
    if kind not in KINDS:
        raise UserError(f"没有“{kind}”这种文书，请从这些里选：{'、'.join(KINDS)}。")
    return KINDS[kind]


def number_text(kind: str, unit_mark: str, year: int, seq: int) -> str:
    """The 文号: `unit_mark` is the unit's 发文代字 (may be empty), `year` the calendar year, `seq` counts from 1."""
    return f"{unit_mark}{kind_named(kind).number_prefix}〔{year}〕{seq}号"


def check_names(kind: str, names: Iterable[str]) -> None:
    """Refuse names this paper does not have, with the nearest ones; for what is typed with --set and --blank."""
    known = {field.name for field in kind_named(kind).all_fields}
    unknown = [with_suggestion(name, known) for name in names if name not in known]
    if unknown:
        raise UserError(f"“{kind}”上没有这一项：{'、'.join(unknown)}，请改用文书上的名称。")


def check_typed(kind: str, names: Iterable[str]) -> None:
    """Refuse names that a person may not type: unknown ones, the number, and those the law table gives."""
    names = list(names)
    check_names(kind, names)
    for name in names:
        if kind_named(kind).field(name).locked:
            raise UserError(f"“{name}”取自法律条文表，不能改写；请去掉这一项。")
        if name == f.NUMBER.name:
            raise UserError("文号由程序按顺序编，不能改写；请去掉这一项。")


def with_suggestion(name: str, known: Iterable[str]) -> str:
    """`name`, with the nearest known name behind it in brackets if one is near."""
    near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return f"{name}（是不是“{near[0]}”？）" if near else name
