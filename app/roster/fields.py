"""Which header text means which of our fields.

Sources: the 学籍 import template and the query exports (domain notes, section 5) and the words schools write
themselves. An alias that stands earlier is trusted more when a sheet has several (现住址 before 家庭地址).
"""

import re
from functools import lru_cache

from app.domain.spelling import half_width
from app.errors import UserError

SCHOOL, STAGE, GRADE, CLASS = "学校名称", "学段", "年级", "班级"
SCHOOL_CODE, TOWNSHIP = "学校标识码", "学校所属乡镇"
CATEGORIES = "对象类别"
PHONE = "联系电话"
STATE = "在读状态"
REGISTERED, ADDRESS = "户籍地址", "现住址"
DETAIL = "详细地址"
"""A header that alone means the 现住址, and behind columns of the 户籍 that of the 户籍."""
DISTRICTS = ("省", "市", "区县", "乡镇")
"""What an address may be split into, each in a column of its own: 户籍地址省, 户籍地址市 …"""
ADDRESS_PARTS = tuple(whole + part for whole in (REGISTERED, ADDRESS) for part in DISTRICTS)
PLACE_FIELDS = frozenset({SCHOOL, SCHOOL_CODE, TOWNSHIP, STAGE, GRADE, CLASS})

ALIASES: dict[str, tuple[str, ...]] = {
    "姓名": ("姓名", "学生姓名", "学生名字", "名字", "儿童姓名", "幼儿姓名"),
    "性别": ("性别", "学生性别", "性别码"),
    "出生日期": ("出生日期", "出生年月日", "生日", "出生年月", "出生时间"),
    "身份证件类型": ("身份证件类型", "证件类型", "身份证类型", "学生身份证件类型"),
    "身份证件号": (
        "身份证件号",
        "身份证件号码",
        "身份证号",
        "身份证号码",
        "公民身份号码",
        "公民身份证号码",
        "居民身份证号",
        "居民身份证号码",
        "学生身份证号",
        "学生身份证号码",
        "学生身份证件号",
        "证件号码",
        "证件号",
        "身份证",
    ),
    "学籍号": (
        "学籍号",
        "全国学籍号",
        "个人标识码",
        "学生学籍号",
        "学籍号码",
        "国家学籍号",
        "全国学籍号码",
        "国学籍号",
    ),
    SCHOOL: ("学校名称", "学校", "就读学校", "所在学校", "现就读学校", "学校全称"),
    SCHOOL_CODE: ("学校标识码", "学校代码", "学校(机构)标识码", "学校识别码"),
    TOWNSHIP: ("学校所属乡镇", "学校所在乡镇", "所属乡镇", "乡镇", "乡镇名称"),
    STAGE: ("学段", "就读学段"),
    GRADE: ("年级", "年级名称", "所在年级", "就读年级", "现读年级"),
    CLASS: (
        "班级",
        "班级名称",
        "所在班级",
        "就读班级",
        "年级班级",
        "所在年级(班)",
        "年级(班)",
        "年级(班级)",
        "班别",
        "班号",
        "班",
    ),
    "民族": ("民族", "民族名称"),
    "户籍地址": (
        "户籍地址",
        "户口所在地",
        "户籍所在地",
        "户籍地",
        "户籍详细地址",
        "户口所在地行政区划",
        "户籍所在地详细地址",
        "户口详细地址",
    ),
    "现住址": (
        "现住址",
        "现居住地",
        "家庭详细住址",
        "家庭住址",
        "居住所在地",
        "居住地",
        "居住地址",
        "现家庭住址",
        "家庭常住地",
        "家庭常住地详细地址",
        "常住地址",
        "现住址详细地址",
        "家庭地址",
        "住址",
        "通信地址",
        DETAIL,
    ),
    "村": ("村", "村(社区)", "所在村", "行政村", "村名", "所属村", "村(居)", "村组", "村(社区)组"),
    PHONE: ("联系电话", "电话", "联系方式", "手机", "手机号", "手机号码", "学生联系电话", "电话号码"),
    "就读方式": ("就读方式", "是否住校", "是否寄宿", "是否寄宿生", "住宿情况", "是否住宿"),
    "是否留守儿童": ("是否留守儿童", "留守儿童", "是否留守", "留守情况", "留守"),
    "是否随迁子女": ("是否进城务工人员随迁子女", "是否随迁子女", "进城务工人员随迁子女", "随迁子女", "随迁"),
    "残疾类型": ("残疾类型", "残疾类别", "残疾情况"),
    "备注": ("备注", "说明"),
    STATE: (
        "在读状态",
        "状态",
        "学生状态",
        "学籍状态",
        "就读状态",
        "在校状态",
        "学生当前状态",
        "是否在校",
        "是否在读",
    ),
    CATEGORIES: ("对象类别", "学生类别", "困难类别", "困难类型", "家庭困难类型"),
    "监测对象": ("监测对象", "监测对象类别", "防返贫监测对象", "是否监测对象"),
    "孤儿": ("是否孤儿", "孤儿"),
    "事实无人抚养儿童": ("是否事实无人抚养儿童", "事实无人抚养儿童", "事实无人抚养", "是否事实无人抚养"),
    "脱贫户": (
        "是否脱贫户",
        "脱贫户",
        "是否脱贫家庭",
        "是否建档立卡",
        "建档立卡",
        "建档立卡户",
        "是否建档立卡户",
        "是否建档立卡贫困户",
        "是否脱贫享受政策户",
    ),
    "低保": ("是否低保", "低保", "低保户", "是否低保户", "是否低保家庭"),
    "特困供养": ("是否特困供养", "特困供养", "特困", "是否特困", "是否特困救助供养"),
}
GROUP_FIELDS = ("孤儿", "事实无人抚养儿童", "脱贫户", "低保", "特困供养", "监测对象")

FAMILY_PARTS = ("姓名", "关系", "联系电话", "现住址", "工作单位", "是否监护人")
FAMILY_MEMBERS = (
    "监护人1",
    "监护人2",
    "监护人3",
    "监护人4",
    "父亲",
    "母亲",
    "祖父",
    "祖母",
    "外祖父",
    "外祖母",
)
"""Who a family column is about, in the order guardians are ranked."""

_PART_ALIASES = {
    **dict.fromkeys(
        ("", "姓名", "名字", "姓名及电话", "姓名和电话", "姓名电话", "姓名及联系电话", "姓名、电话"), "姓名"
    ),
    **dict.fromkeys(("关系", "与学生关系", "与本人关系", "与儿童关系"), "关系"),
    **dict.fromkeys(("联系电话", "电话", "电话号码", "手机", "手机号", "手机号码", "联系方式"), "联系电话"),
    **dict.fromkeys(("现住址", "住址", "地址", "家庭住址"), "现住址"),
    **dict.fromkeys(("工作单位", "单位", "务工单位", "务工地", "务工地点"), "工作单位"),
    "是否监护人": "是否监护人",
}
MEMBER_ALIASES = {
    "父": "父亲",
    "爸爸": "父亲",
    "母": "母亲",
    "妈妈": "母亲",
    "爷爷": "祖父",
    "奶奶": "祖母",
    "外公": "外祖父",
    "外婆": "外祖母",
}
"""Other words for a member of the family → ours."""
_NUMBERED = re.compile(
    r"(?:家庭)?(?:第(?P<first>[一二三四])(?:成员|监护人|家长)"
    r"|(?:成员或监护人|成员|监护人|家长)(?P<n>[1-4一二三四])?)(?:信息|情况)?(?P<part>.*)"
)
_RELATIVE = re.compile(
    r"(?P<who>外祖父|外祖母|祖父|祖母|父亲|母亲|爸爸|妈妈|爷爷|奶奶|外公|外婆|父|母)(?:信息|情况)?(?P<part>.*)"
)
_OF_A_RELATIVE = re.compile(
    r"(?:监护人|家长|成员)\((?P<who>外祖父|外祖母|祖父|祖母|父亲|母亲|爸爸|妈妈|爷爷|奶奶|外公|外婆|父|母)\)(?P<part>.*)"
)
_DISTRICT = re.compile(
    r"(?:(?P<registered>户[籍口](?:所在地?|地址?)?)"
    r"|(?:现住址|现居住地?|家庭住址|家庭所在地?|居住地|居住所在地?|常住地|家庭常住地|现住)(?:所在)?地?)"
    r"的?(?P<part>省(?:份|级)?|(?:地|地级)?市(?:级|州)?|区县|县区|县市区|县|区|县\(市、?区\)|县\(区\)|区\(县\)"
    r"|乡镇|镇乡|街道|乡镇街道|乡\(镇\)|乡镇\(街道\))(?:名称)?"
)
_ORDINALS = {**{word: n for n, word in enumerate("一二三四", start=1)}, **{str(n): n for n in range(1, 5)}}
_BARE_RELATION = frozenset({"与学生关系", "与监护人关系", "监护关系", "与家长关系", "与儿童关系"})


def plain_header(text: str) -> str:
    """A header for comparing: half-width, without spaces, line breaks, marks of required columns or a colon."""
    half = "".join(half_width(text).split())
    return half.strip("*★☆:'")


@lru_cache(maxsize=4096)  # the cell of a child's name is asked about again and again
def field_of(header: str) -> tuple[str, int] | None:
    """Our field that `header` means and how far down its list of aliases it stands (0 best), or None.

    Notes in brackets are left out if the whole text is no alias: 出生日期(yyyymmdd).
    """
    whole = plain_header(header)
    if relative := _OF_A_RELATIVE.fullmatch(whole):
        whole = relative["who"] + relative["part"]  # 监护人(父亲)电话
    for text in (whole, re.sub(r"\(.*?\)", "", whole)) if "(" in whole else (whole,):
        if text in _LOOKUP:
            return _LOOKUP[text]
        found = _district_field(text) or _family_field(text)
        if found:
            return found, 0
    return None


def names_family(header: str) -> bool:
    """Whether `header` alone names a member of the family (成员1, 家长, 父亲信息), as a heading over columns does."""
    text = plain_header(header)
    found = _RELATIVE.fullmatch(text) or _NUMBERED.fullmatch(text)
    return found is not None and found["part"] == ""


def known_field(name: str) -> str:
    """Our field a person means by `name` in a hand mapping; any alias will do. UserError lists the fields."""
    found = field_of(name)
    if found is None:
        raise UserError(
            f"没有“{name}”这个栏目，对应关系左边请用这些栏目之一：{'、'.join(ALIASES)}、监护人1姓名、监护人1联系电话。"
        )
    return found[0]


def _district_field(text: str) -> str | None:
    """户籍所在省, 户籍所在地市 …: the part of an address."""
    found = _DISTRICT.fullmatch(text)
    if found is None:
        return None
    whole = REGISTERED if found["registered"] else ADDRESS
    word = found["part"]
    if word.startswith("省"):
        return whole + "省"
    if word.startswith(("乡", "镇", "街")):
        return whole + "乡镇"
    return whole + ("区县" if set(word) & set("县区") else "市")


def _family_field(text: str) -> str | None:
    if text in _BARE_RELATION:
        return "监护人1关系"
    relative = _RELATIVE.fullmatch(text)
    if relative and relative["part"] in _PART_ALIASES:
        who = MEMBER_ALIASES.get(relative["who"], relative["who"])
        return who + _PART_ALIASES[relative["part"]]
    numbered = _NUMBERED.fullmatch(text)
    if numbered and numbered["part"] in _PART_ALIASES:
        return (
            f"监护人{_ORDINALS[numbered['first'] or numbered['n'] or '1']}{_PART_ALIASES[numbered['part']]}"
        )
    return None


_LOOKUP = {alias: (name, rank) for name, aliases in ALIASES.items() for rank, alias in enumerate(aliases)}
