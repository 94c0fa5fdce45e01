"""From one line of a sheet to a child: every value typed, every fault with its cell and what to do.

An 身份证号 with the right check digit is believed over a birth date or a sex typed beside it: the digit shows a
slip of the finger, the columns do not. The row is kept with a warning. A malformed 学籍号 is left out with a
warning, because the child is known without it; a malformed 身份证号 refuses the row.
"""

import re
from datetime import date
from typing import Any

from app.domain import identity
from app.domain.school_year import ClassName
from app.domain.spelling import is_private, odd_sign
from app.roster.addresses import address_of
from app.roster.cells import (
    ImpossibleDateError,
    day_of,
    gender_word,
    is_month_only,
    phone_number,
    uncoded,
    yes_no,
)
from app.roster.class_words import class_of
from app.roster.family import guardians_of
from app.roster.fields import ADDRESS, REGISTERED, SCHOOL, SCHOOL_CODE, TOWNSHIP, field_of
from app.roster.gone import check_presence
from app.roster.groups import groups_of
from app.roster.line import Line
from app.roster.model import RosterRow
from app.roster.nations import nation_name

AGES = range(4, 26)  # years; outside it a date of birth is probably a slip
LONGEST_NAME = 50  # a Uygur or Tibetan name in full stays below 30
ODD_IN_NAME = re.compile(r"[0-9?？□�＊*]")  # a number, or the sign a program leaves for a character it lacks
LABEL_MARK = re.compile(r"[★☆:：]")
_PLACE_SUFFIX = re.compile(r".*[省市县区州盟旗乡镇村道办会]")
_RESIDENT_CARD = frozenset({"身份证", "1", "01"})


def read_row(line: Line) -> RosterRow | None:
    """The child on `line`, or None if a fault refuses it; faults and warnings are left on the line."""
    line.refuse_long_texts()
    name = _name(line)
    class_name = class_of(line)
    _check_school(line)
    check_presence(line)
    id_kind, id_no = _id_no(line)
    birth = _birth(line, id_no)
    family = guardians_of(line)
    groups, not_groups = groups_of(line)
    row = RosterRow(
        sheet=line.context.sheet,
        row=line.number,
        cell=line.address("姓名"),
        name=name,
        class_name=class_name or ClassName("", 0, 0),
        **_school(line),
        gender=_gender(line, id_no),
        birth=birth,
        id_kind=id_kind,
        id_no=id_no,
        edu_no=_edu_no(line, id_no),
        nation=nation_name(line.text("民族")),
        registered_address=address_of(line, REGISTERED),
        address=address_of(line, ADDRESS),
        village=line.text("村"),
        phone=_phone(line) or family.spare_phone,
        boarding=boarding_word(line.text("就读方式")),
        left_behind=marked_word(line.text("是否留守儿童")),
        migrant=marked_word(line.text("是否随迁子女")),
        disability=disability_word(line.text("残疾类型")),
        remark=line.text("备注"),
        name_note=line.name_note(),
        guardians=family.guardians,
        groups=groups,
        not_groups=not_groups,
    )
    return None if line.faults else row


def same_school(named: str, own: str) -> bool:
    """Whether two names of a school may be the same: equal, or one only puts its place before it (大田县…)."""
    long, short = sorted(("".join(named.split()), "".join(own.split())), key=len, reverse=True)
    return long == short or (
        short != "" and long.endswith(short) and _PLACE_SUFFIX.fullmatch(long.removesuffix(short)) is not None
    )


def _name(line: Line) -> str:
    name = line.child()
    if not name:
        line.refuse("姓名", "没有姓名，请补上姓名")
    elif len(name) > LONGEST_NAME:
        line.refuse("姓名", f"姓名有 {len(name)} 个字，不像姓名，请核对")
    elif len(name) > 1 and (LABEL_MARK.search(name) or field_of(name)):
        line.refuse("姓名", f"“{name}”是栏目的名称，不是姓名，请改成一行一名学生的名单再导入")
    elif ODD_IN_NAME.search(name):
        line.warn("姓名", f"姓名“{name}”里有数字或缺字，请按户口簿核对")
    elif sign := odd_sign(name):
        what = "是缺字（造字），别的电脑上显示不出" if is_private(sign) else "可能是间隔号“·”打错的"
        line.warn("姓名", f"姓名“{name}”里的“{sign}”{what}，请按户口簿核对")
    if note := line.name_note():
        line.warn("姓名", f"姓名后面的“{note}”不是姓名，新登记的学生记在备注里；请按户口簿核对姓名“{name}”")
    return name


def _school(line: Line) -> dict[str, Any]:
    """What the line says of the child's school: its name or else the sheet's, its 标识码 and its township."""
    context = line.context
    if SCHOOL not in context.header.columns:
        return {"school_name": context.school_hint, "school_guessed": True}
    return {
        "school_name": line.text(SCHOOL),
        "school_code": line.text(SCHOOL_CODE),
        "township": line.text(TOWNSHIP) if context.names_township else "",
    }


def _check_school(line: Line) -> None:
    school, own = line.text(SCHOOL), line.context.own_school
    if school and own and not same_school(school, own):
        line.refuse(
            SCHOOL, f"学校是“{school}”，不是本校“{own}”的学生，请由该校导入；如是同一所学校，请把名称改成一致"
        )


def _id_no(line: Line) -> tuple[str, str]:
    """证件类型 and the number; only a resident's card is checked."""
    kind, text = uncoded(line.text("身份证件类型")), line.text("身份证件号")
    number = identity.normalise_id_no(text)
    if is_resident_card(kind):
        kind = "居民身份证"
    if "*" in number:
        line.warn("身份证件号", "身份证件号被隐去了几位，没有采用，请用显示完整号码的名单再导入")
        return kind, ""
    if identity.is_provisional(number):
        line.warn("身份证件号", f"“{number}”是没有身份证号时用的临时号，没有采用，办好身份证后请补上")
        return kind, ""
    if number and kind in {"", "居民身份证"}:
        problem = identity.id_no_problem(number)
        if problem:
            line.refuse("身份证件号", problem)
    return kind, number


def _edu_no(line: Line, id_no: str) -> str:
    number = identity.normalise_edu_no(line.text("学籍号"))
    if not number:
        return ""
    problem = identity.edu_no_problem(number)
    if problem:
        line.warn("学籍号", f"{problem}；学籍号没有采用")
        return ""
    difference = identity.edu_no_warning(number, id_no)
    if difference:
        line.warn("学籍号", difference)
    return number


def _birth(line: Line, id_no: str) -> date | None:
    """The day of birth: the 身份证号's if it has one, else the column's."""
    text = line.text("出生日期")
    try:
        typed = day_of(line.raw("出生日期"))
    except ImpossibleDateError:
        if by_id := identity.birth_of(id_no):
            line.context.unread_births.append(line.address("出生日期"))
        else:
            line.refuse("出生日期", f"出生日期“{text}”不存在或认不出来，请写成 2015-03-01 的形式")
        return by_id
    by_id = identity.birth_of(id_no)
    if typed and by_id and typed != by_id:
        line.warn("出生日期", f"出生日期 {typed} 与身份证号中的 {by_id} 不同，已采用身份证号中的，请核对")
    if not typed and not by_id and is_month_only(text):
        line.warn("出生日期", "出生日期只有年月，没有采用，请补上日")
    birth = by_id or typed
    _check_age(line, birth)
    return birth


def _check_age(line: Line, birth: date | None) -> None:
    if birth is None:
        return
    today = line.context.today
    if birth > today:
        line.refuse("出生日期", f"出生日期 {birth} 在今天之后，请核对")
    elif (today.year - birth.year) not in AGES:
        line.warn("出生日期", f"按出生日期 {birth} 今年 {today.year - birth.year} 岁，请核对")


def _gender(line: Line, id_no: str) -> str:
    text = line.text("性别")
    typed, by_id = gender_word(text), identity.gender_of(id_no)
    if typed is None:
        line.warn("性别", f"性别“{text}”认不出来，请改为男或女")
    elif typed and by_id and typed != by_id:
        line.warn("性别", f"性别“{typed}”与身份证号不符，已采用身份证号中的“{by_id}”，请核对")
    return by_id or typed or ""


def _phone(line: Line) -> str:
    return phone_number(line.text("联系电话"))


def is_resident_card(kind: str) -> bool:
    """Whether a 身份证件类型, in words or by its code, is the 居民身份证."""
    return kind in _RESIDENT_CARD or "居民身份证" in kind


def boarding_word(text: str) -> str:
    """住校 or 走读 for the usual ways to write it; any other word stays."""
    word = uncoded(text)
    answer = yes_no(word)
    if answer is not None or word.startswith(("不", "未")):
        return "住校" if answer else "走读"
    if "住" in word or "寄宿" in word:
        return "住校"
    return "走读" if word in {"走读生", "通校", "通学"} else word


def marked_word(text: str) -> str:
    """√ and codes as 是 or 否; a word of the 学籍 lists stays without its code: 单亲留守, 非留守."""
    word = uncoded(text)
    answer = yes_no(word)
    if answer is None or word.startswith("非"):
        return word.removesuffix("儿童") if word.endswith("留守儿童") else word
    return "是" if answer else "否"


def disability_word(text: str) -> str:
    """无残疾 for 否; any other word stays without its code."""
    return "无残疾" if yes_no(text) is False else uncoded(text)
