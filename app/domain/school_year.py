"""School years, grades and class names: everything that moves by itself on 1 September.

A class is stored by the stage it belongs to, the year it entered that stage and its number; the name people
use (五年级2班) is computed for a day, so nobody moves a class up by hand. Schools of the 五四制 pass
`primary_years=5`.
"""

import re
from dataclasses import dataclass
from datetime import date

from app.domain.spelling import half_width

ROLLOVER_MONTH = 9
LAST_GRADE = 9
PRIMARY, JUNIOR = "小学", "初中"
GRADE_WORDS = "一二三四五六七八九"
COMPULSORY_AGE = 6

_NUMERALS = {word: value for value, word in enumerate("一二三四五六七八九十", start=1)}
_NUMBER = r"[0-9]{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_GRADE = r"[一二三四五六七八九1-9]"

_FULL_FORMS = tuple(
    re.compile(form)
    for form in (
        # 五年级2班, 五年级(2)班, 小学五年级二班, 5年级2, 初中七年级1班
        rf"(?:小学|初中)?(?P<grade>{_GRADE})年级\(?(?P<number>{_NUMBER})\)?班?",
        # 五年2班, 五年二班
        rf"(?P<grade>{_GRADE})年(?P<number>{_NUMBER})班",
        # 五(2)班, 五(二)班, 五(2), 5(2)班
        rf"(?P<grade>{_GRADE})年?\((?P<number>{_NUMBER})\)班?",
        # 五2班 and 五二班; not 二十班, which may be class 20
        r"(?P<grade>[一二三四五六七八九])(?P<number>[0-9]{1,2}|[一二三四五六七八九])班",
        # 5.2班 and 5-2班; without 班 it may be a number or a date that Excel changed
        r"(?P<grade>[1-9])[.\-](?P<number>[0-9]{1,2})班",
        # 502班, 502, 0502
        r"0?(?P<grade>[1-9])(?P<number>[0-9]{2})班?",
        # 初一1班, 初一(1)班, 初1(3)班
        rf"(?P<junior>初[一二三四123])(?:年级)?\(?(?P<number>{_NUMBER})\)?班?",
    )
)
_ENTRY_FORM = re.compile(
    rf"(?P<stage>小学|初中)?(?P<year>20[0-9]{{2}})级\(?(?P<number>{_NUMBER})\)?班?(?:\(.*\))?"
)
_FINISHED_FORM = re.compile(
    rf"(?P<year>20[0-9]{{2}})届(?P<grade>{_GRADE})年级\(?(?P<number>{_NUMBER})\)?班?(?:\(.*\))?"
)
_BARE_NUMBER = re.compile(rf"\(?(?P<number>0*(?:{_NUMBER}))\)?班?")
_GRADE_TEXT = re.compile(
    rf"(?:小学|初中)?(?:(?P<grade>{_GRADE})(?:年级)?|(?P<junior>初[一二三四123])(?:年级)?)(?:\(.*\))?"
)
_ENTRY_TEXT = re.compile(r"(?P<stage>小学|初中)?(?P<year>20[0-9]{2})级")


@dataclass(frozen=True, order=True)
class ClassName:
    """A class without its day: stage 小学 or 初中, the calendar year it entered that stage, its number."""

    stage: str
    entry_year: int
    number: int


def school_year_of(day: date) -> int:
    """The school year `day` lies in, named by the year it began: 2026 is 2026—2027学年; it turns on 1 September."""
    return day.year if day.month >= ROLLOVER_MONTH else day.year - 1


def school_year_label(year: int) -> str:
    """2026 → 2026—2027学年."""
    return f"{year}—{year + 1}学年"


def term_label(day: date) -> str:
    """The school year and half `day` lies in, as 2026—2027学年第一学期.

    September to January is 第一学期, February to August 第二学期; the exact first and last days are
    `Term` records, this is only the name of the half.
    """
    half = "第一学期" if day.month >= ROLLOVER_MONTH or day.month == 1 else "第二学期"
    return school_year_label(school_year_of(day)) + half


def grade_of(stage: str, entry_year: int, day: date, primary_years: int = 6) -> int:
    """The grade (1–9 over both stages) that a class of `stage` and `entry_year` is in on `day`.

    Below the first grade of its stage it has not started; above the last one it has left (see `has_left`).
    """
    before = 0 if stage == PRIMARY else primary_years
    return before + school_year_of(day) - entry_year + 1


def has_left(stage: str, entry_year: int, day: date, primary_years: int = 6) -> bool:
    """Whether the class has finished its stage by `day` (已毕业)."""
    last = primary_years if stage == PRIMARY else LAST_GRADE
    return grade_of(stage, entry_year, day, primary_years) > last


def finished_on(stage: str, entry_year: int, primary_years: int = 6) -> date:
    """The 1 September from which on the class has finished its stage (see `has_left`)."""
    years = primary_years if stage == PRIMARY else LAST_GRADE - primary_years
    return date(entry_year + years, ROLLOVER_MONTH, 1)


def grade_name(stage: str, entry_year: int, day: date, primary_years: int = 6) -> str:
    """五年级 for a class at school on `day`; 小学2015级 before it starts and after it has left."""
    grade = grade_of(stage, entry_year, day, primary_years)
    first = 1 if stage == PRIMARY else primary_years + 1
    if grade < first or has_left(stage, entry_year, day, primary_years):
        return f"{stage}{entry_year}级"
    return f"{GRADE_WORDS[grade - 1]}年级"


def class_name(stage: str, entry_year: int, number: int, day: date, primary_years: int = 6) -> str:
    """The class as people call it on `day`: 五年级2班, 2021届六年级2班 once it has finished, 小学2027级1班（未入学）.

    A class that has finished is named by the year of its last summer and its last grade, because the class behind it is
    六年级2班 now. Whether its children graduated is not said: somebody confirms that. The stage stands before an entry
    year because a school with both stages may have two classes of 2015.
    """
    if has_left(stage, entry_year, day, primary_years):
        last = primary_years if stage == PRIMARY else LAST_GRADE
        year = finished_on(stage, entry_year, primary_years).year
        return f"{year}届{GRADE_WORDS[last - 1]}年级{number}班"
    name = f"{grade_name(stage, entry_year, day, primary_years)}{number}班"
    return name if "年级" in name else name + "（未入学）"


def parse_class_name(
    text: str, day: date, grade_text: str = "", *, stage: str = "", primary_years: int = 6
) -> ClassName | None:
    """The class that `text` means on `day`, or None if it cannot be told without guessing.

    `grade_text` is a separate 年级 column (五年级, 5, 初一, 2021级); with it `text` may be only 2班, 02 or 2.
    `stage` (小学 or 初中) settles 2024级2班 where both stages are possible. Grades 1–9 count over both stages,
    初一 is the first grade after `primary_years`.
    """
    plain, grade_plain = _plain(text), _plain(grade_text)
    entered = _ENTRY_FORM.fullmatch(plain)
    if entered:
        return _entered(entered, grade_plain, stage, day, primary_years)
    if finished := _FINISHED_FORM.fullmatch(plain):
        return _finished(finished, primary_years)
    if grade_plain:
        return _with_grade_column(plain, grade_plain, stage, day, primary_years)
    named = _full_form(plain, primary_years)
    return named and _by_grade(*named, day, primary_years)


def lacks_stage(text: str) -> bool:
    """Whether a class is named by its entry year (2024级1班) without saying which stage was entered then."""
    found = _ENTRY_FORM.fullmatch(_plain(text))
    return found is not None and not found["stage"]


def enrolment_year(
    birth: date, cutoff_month_day: tuple[int, int] = (8, 31), age: int = COMPULSORY_AGE
) -> int:
    """The year in whose autumn a child born on `birth` must enter school: 义务教育法 art. 11, six full years.

    `cutoff_month_day` is the county's last birthday that still counts for that autumn; `age` is 7 where a
    county is allowed the later start.
    """
    late = (birth.month, birth.day) > cutoff_month_day
    return birth.year + age + (1 if late else 0)


def should_enrol(
    birth: date, year: int, cutoff_month_day: tuple[int, int] = (8, 31), age: int = COMPULSORY_AGE
) -> bool:
    """Whether a child born on `birth` has reached school age by the autumn of `year` (应入学), this year or before."""
    return enrolment_year(birth, cutoff_month_day, age) <= year


def _plain(text: str) -> str:
    half = "".join(half_width(text).split())
    return half.translate(str.maketrans("〔〕[]【】", "()()()")).strip("'‘’`")


def _number(text: str) -> int:
    """An Arabic number, or a Chinese one up to 99."""
    if text.isdigit():
        return int(text)
    if "十" not in text:
        return _NUMERALS[text]
    tens, ones = text.split("十")
    return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)


def _junior_grade(text: str, primary_years: int) -> int:
    """初一 → 7 (6 in a 五四制 school)."""
    return primary_years + _number(text[1:])


def _grade_in(found: re.Match[str], primary_years: int) -> int:
    groups = found.groupdict()
    if groups.get("junior"):
        return _junior_grade(found["junior"], primary_years)
    return _number(found["grade"])


def _full_form(plain: str, primary_years: int) -> tuple[int, int] | None:
    """Grade and number of a name that holds both."""
    for form in _FULL_FORMS:
        found = form.fullmatch(plain)
        if found:
            return _grade_in(found, primary_years), _number(found["number"])
    return None


def _grade_number(grade_plain: str, primary_years: int) -> int | None:
    found = _GRADE_TEXT.fullmatch(grade_plain)
    return _grade_in(found, primary_years) if found else None


def _stage_of_grade(grade_plain: str, primary_years: int) -> str:
    """The stage a 年级 column names by itself, or an empty string."""
    for stage in (PRIMARY, JUNIOR):
        if grade_plain.startswith(stage):
            return stage
    grade = _grade_number(grade_plain, primary_years)
    if grade is None:
        return ""
    return PRIMARY if grade <= primary_years else JUNIOR


def _entered(
    found: re.Match[str], grade_plain: str, stage: str, day: date, primary_years: int
) -> ClassName | None:
    """2021级2班, with or without a 年级 column beside it, which must agree."""
    own_stage = found["stage"] or _stage_of_grade(grade_plain, primary_years) or stage
    named = _by_entry(int(found["year"]), _number(found["number"]), own_stage, day, primary_years)
    grade = _grade_number(grade_plain, primary_years)
    if named and grade and grade_of(named.stage, named.entry_year, day, primary_years) != grade:
        return None
    return named


def _with_grade_column(
    plain: str, grade_plain: str, stage: str, day: date, primary_years: int
) -> ClassName | None:
    """A class cell beside a grade cell: the whole name (which must agree) or only the number."""
    bare = _BARE_NUMBER.fullmatch(plain)
    entered = _ENTRY_TEXT.fullmatch(grade_plain)
    if entered and bare:
        year = int(entered["year"])
        return _by_entry(year, _number(bare["number"]), entered["stage"] or stage, day, primary_years)
    grade = _grade_number(grade_plain, primary_years)
    if grade is None:
        return None
    if bare:
        return _by_grade(grade, _number(bare["number"]), day, primary_years)
    named = _full_form(plain, primary_years)
    if named is None or named[0] != grade:
        return None
    return _by_grade(*named, day, primary_years)


def _by_grade(grade: int, number: int, day: date, primary_years: int) -> ClassName | None:
    if not 1 <= grade <= LAST_GRADE or number < 1:
        return None
    stage, before = (PRIMARY, 0) if grade <= primary_years else (JUNIOR, primary_years)
    return ClassName(stage, school_year_of(day) - (grade - before) + 1, number)


def _finished(found: re.Match[str], primary_years: int) -> ClassName | None:
    """2027届六年级1班: the class that finished its last grade in the summer of that year."""
    grade = _number(found["grade"])
    if grade not in {primary_years, LAST_GRADE}:
        return None
    stage, years = (
        (PRIMARY, primary_years) if grade == primary_years else (JUNIOR, LAST_GRADE - primary_years)
    )
    return ClassName(stage, int(found["year"]) - years, _number(found["number"]))


def _by_entry(year: int, number: int, stage: str, day: date, primary_years: int) -> ClassName | None:
    """A class named by its entry year; without a stage it must be at school in exactly one of the two."""
    if number < 1:
        return None
    if stage:
        return ClassName(stage, year, number)
    possible = [s for s in (PRIMARY, JUNIOR) if _at_school(s, year, day, primary_years)]
    return ClassName(possible[0], year, number) if len(possible) == 1 else None


def _at_school(stage: str, entry_year: int, day: date, primary_years: int) -> bool:
    return "年级" in grade_name(stage, entry_year, day, primary_years)
