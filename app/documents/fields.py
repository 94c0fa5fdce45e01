"""What can be asked for on a paper: one `Field` a fact, named in the words of the forms.

A field that several forms share is written once here, so that a fact has one name on every paper.
"""

from dataclasses import dataclass

LINE = 200  # characters: a name, an address, a reason
STORY = 2000  # characters: a visit note or a law sentence; three pages of a form's cell


@dataclass(frozen=True)
class Field:
    """One fact a template may ask for.

    `may_stay_empty`: the form itself is filled later by hand there. `hint`: what to type. `blank`: what is
    printed when the fact is left out on purpose. `options`: boxes to tick, (answer, placeholder of its box);
    the value is one or several answers joined by 、. `flag`: 是 or 否, for an optional paragraph. `only_if`:
    asked for only when that flag is 是. `essential`: a template without it is no valid paper. `locked`: comes
    from the law table and cannot be typed. `longest`: most characters accepted.
    """

    name: str
    may_stay_empty: bool
    hint: str
    blank: str = ""
    options: tuple[tuple[str, str], ...] = ()
    ticked: str = "√"
    unticked: str = "　"
    flag: bool = False
    only_if: str = ""
    essential: bool = False
    locked: bool = False
    longest: int = LINE

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The names a template writes for this field: one box each if it is ticked, else its own name."""
        return tuple(box for _, box in self.options) or (self.name,)


def asked(name: str, hint: str, *, rule: int = 0, essential: bool = False, longest: int = LINE) -> Field:
    """A fact that must be there; left out on purpose it leaves a rule `rule` characters wide."""
    return Field(name, False, hint, blank="＿" * rule, essential=essential, longest=longest)


def by_hand(name: str, hint: str, *, blank: str = "", longest: int = LINE) -> Field:
    """A fact the form leaves open for the pen."""
    return Field(name, True, hint, blank=blank, longest=longest)


def law(name: str, hint: str) -> Field:
    """A sentence or citation that only the law table may give."""
    return Field(name, False, hint, essential=True, locked=True, longest=STORY)


def ticks(name: str, hint: str, answers: tuple[str, ...], *, boxes: bool = False) -> Field:
    """A question answered by ticking; `boxes` for □/☑ before the words, else √ between the form's brackets."""
    signs = ("☑", "☐") if boxes else ("√", "　")
    options = tuple((answer, f"{answer}勾") for answer in answers)
    return Field(name, False, hint, options=options, ticked=signs[0], unticked=signs[1])


ANNEX = by_hand("附件标签", "本县文件给这张表编的附件号，如：附件5")
DATE_BLANK = "＿＿＿＿年＿＿月＿＿日"
NUMBER = Field("文号", False, "由程序编号，不用填", essential=True)
NAME = Field("学生姓名", False, "学生的姓名", blank="＿＿＿＿", essential=True)
GENDER = asked("性别", "男或女", rule=2)
BIRTH_MONTH = Field("出生年月", False, "如：2014年9月")
BIRTH_DAY = Field("出生日期", False, "如：2014年9月10日", blank=DATE_BLANK)
GUARDIAN = asked("家长姓名", "家长或其他监护人的姓名", rule=4)
PHONE = asked("联系电话", "家长的电话号码", rule=6)
ADDRESS = asked("家庭详细住址", "现在住的地方，写到门牌或村组", rule=10)
GRADE = asked("年级", "只写几年级的数，如：五", rule=2)
CLASS_NO = asked("班号", "只写几班的数，如：2", rule=2)
CLASS = asked("就读班级", "如：五年级2班", rule=4)
SCHOOL = asked("就读学校", "学籍所在学校的全称", rule=8)
OWN_SCHOOL = asked("学校名称", "填表学校的全称", rule=8)
CAUSE = asked("旷课原因", "疑似辍学的原因，如：厌学", rule=8)
ABSENT = asked("旷课日期", "如：2026年9月17日起，连续4个上课日", rule=8)
ABSENT_SINCE = Field("旷课起始日", False, "没有请假、没有到校的第一天，如：2026年9月17日", blank=DATE_BLANK)
CONTACT_DATES = asked("联系日期", "已经联系劝返的日期，如：9月18日、9月21日", rule=8)
COUNTY = asked("县名", "如：大田县", rule=4)
TOWNSHIP = asked("乡镇名称", "如：湖美乡", rule=4)
SPECIAL_GROUPS = ticks(
    "对象类别",
    "建档立卡、低保、残疾、孤儿、事实无人抚养儿童、一般，可以多选，用顿号隔开",
    ("建档立卡", "低保", "残疾", "孤儿", "事实无人抚养儿童", "一般"),
)
REPORT_DAYS = asked("上报天数", "本县规定旷课多少天要书面报告，如：超过3天", rule=3)
FIRST_DAYS = asked("初期天数", "上报以前由学校自己劝返的天数，如：3天内", rule=3)
TIME_LIMIT = asked("限期", "收到通知书后几日内，如：7日", rule=2)
DUE_ON = Field("限期届满日", False, "如：2026年10月8日", blank=DATE_BLANK, essential=True)
SIGNED_ON = Field("落款日期", False, "如：2026年9月24日", blank=DATE_BLANK, essential=True)
SCHOOL_CONTACT = asked("学校联系人", "学校负责此事的老师", rule=4)
SCHOOL_PHONE = asked("学校联系电话", "学校联系人的电话", rule=6)
DUTY_LAW = law("义务依据", "监护人的义务，取自法律条文表")
DELAY_LAW = law("延缓依据", "延缓入学、休学的条款，取自法律条文表")

VISIT_ORDINALS = ("第一次", "第二次", "第三次", "第四次", "第五次")
VISITS = tuple(
    field
    for ordinal in VISIT_ORDINALS
    for field in (
        by_hand(f"{ordinal}日期", f"{ordinal}动员的月日，如：9月21日", blank="　月　日"),
        by_hand(f"{ordinal}情况", f"{ordinal}动员的情况记录", longest=STORY),
        by_hand(f"{ordinal}记录人", f"{ordinal}动员的记录人"),
    )
)

# Not on the forms as they are issued; a county may put them on its own copy of any template.
EXTRAS = (
    asked("身份证件号", "学生的身份证件号", rule=9),
    asked("全国学籍号", "G、J 或 L 开头的学籍号", rule=10),
    asked("民族", "学生的民族", rule=2),
    asked("户籍地址", "户口簿上的地址", rule=10),
    asked("监护人关系", "家长与学生的关系，如：父亲", rule=3),
    asked("旷课天数", "连续旷课的上课日数，如：4", rule=2),
    asked("个案编号", "一生一案的编号", rule=6),
    asked("学校标识码", "学校的10位标识码", rule=5),
    asked("填表人", "填表人的姓名", rule=4),
    Field("填表日期", False, "如：2026年9月24日", blank=DATE_BLANK),
)
