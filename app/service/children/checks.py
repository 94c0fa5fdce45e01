"""What a person types of a child, cleaned and checked as the roster reader does.

What cannot be is refused in a sentence; what is only unlikely is kept with a warning.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.domain import identity
from app.domain.dates import parse_birth
from app.domain.records import Student
from app.domain.rules import RuleSet
from app.domain.school_age import age_question
from app.domain.spelling import person_name
from app.errors import UserError
from app.roster.cells import (
    gender_word,
    may_be_phones,
    phone_number,
    value_text,
)
from app.roster.nations import nation_name
from app.roster.rows import (
    AGES,
    LONGEST_NAME,
    ODD_IN_NAME,
    boarding_word,
    disability_word,
    is_resident_card,
    marked_word,
)


@dataclass(frozen=True)
class Checked:
    """A value as it is stored, and what a person should look at."""

    value: str | date | None
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The value of a field of words."""
        return str(self.value or "")


def checked_name(text: str, whose: str = "姓名") -> Checked:
    """A name: 张 三 → 张三. One that is very long or has a digit is kept: a person typed it, no column slipped."""
    name = person_name(text)
    if len(name) > LONGEST_NAME:
        return Checked(name, (f"{whose}有{len(name)}个字，不像姓名，请核对",))
    odd = ODD_IN_NAME.search(name)
    return Checked(name, (f"{whose}“{name}”里有数字或缺字，请按户口簿核对",) if odd else ())


def checked_birth(text: str, today: date, rules: RuleSet) -> Checked:
    """A day of birth; 无 is empty. Raises UserError as `parse_birth` does."""
    if not value_text(text):
        return Checked(None)
    day = parse_birth(text, today)
    return Checked(day, tuple(age_warnings(day, today, rules)))


def age_warnings(day: date, today: date, rules: RuleSet) -> list[str]:
    """A warning for an age no pupil has, or outside that of compulsory education by the county's `rules`.

    Raises UserError for a birth after `today`.
    """
    if day > today:
        raise UserError(f"出生日期{day}在今天之后。请核对年份。")
    age = today.year - day.year
    if age not in AGES:
        return [f"按出生日期{day}今年{age}岁，请核对"]
    question = age_question(day, today, rules)
    return [question] if question else []


def checked_id_no(text: str, kind: str) -> Checked:
    """A 身份证件号; 无 is empty. Only a resident's card (or no kind at all) is checked.

    Raises UserError if it cannot be one.
    """
    number = identity.normalise_id_no(value_text(text))
    if number and (not kind or is_resident_card(kind)) and (problem := identity.id_no_problem(number)):
        raise UserError(f"{problem}。")
    return Checked(number)


def checked_edu_no(text: str) -> Checked:
    """A 学籍号; 无 is empty. Raises UserError if it cannot be one."""
    number = identity.normalise_edu_no(value_text(text))
    if number and (problem := identity.edu_no_problem(number)):
        raise UserError(f"{problem}。")
    return Checked(number)


def checked_phone(text: str, whose: str = "电话") -> Checked:
    """A telephone number, kept as written with a warning where it cannot be one."""
    number = phone_number(text)
    wrong = number and not may_be_phones(number)
    return Checked(number, (f"{whose}“{number}”位数不对，请核对",) if wrong else ())


def checked_gender(text: str) -> Checked:
    """男, 女 or empty. Raises UserError for anything else."""
    word = gender_word(text)
    if word is None:
        raise UserError(f"性别“{text}”认不出来。请写男或女。")
    return Checked(word)


WORDS: dict[str, Callable[[str], str]] = {
    "nation": nation_name,
    "boarding": boarding_word,
    "left_behind": marked_word,
    "migrant": marked_word,
    "disability": disability_word,
}
"""Column → how the roster reader writes its words."""


def disagreements(child: Student) -> list[str]:
    """What of a child does not go together: a birth or a sex other than its 身份证件号 says, a 学籍号 of another."""
    found = []
    by_id = identity.birth_of(child.id_no)
    if by_id and child.birth != by_id:
        found.append("出生日期与身份证件号不一致，请核对")
    gender = identity.gender_of(child.id_no)
    if gender and child.gender != gender:
        found.append("性别与身份证件号不一致，请核对")
    warning = identity.edu_no_warning(child.edu_no, child.id_no)
    return [*found, warning] if warning else found
