"""What people write around the name of a class: the school before it, a note behind it, or no number at all."""

import re
from datetime import date

from app.domain.school_year import ClassName, parse_class_name
from app.domain.spelling import visible

_SCHOOL_BEFORE = re.compile(r"^.*(?:小学|中学|学校|中心校|教学点|完小)(?=.*[级班])")
_NOTE_BEHIND = re.compile(r"[(（【\[][^()（）\[\]【】]*[)）】\]]$")
ONE_A_GRADE = re.compile(r"(?:小学|初中)?(?P<grade>[一二三四五六七八九1-9]|初[一二三])(?:年级班?|班|年)?")
"""The words of a school with one class a grade: 三年级, 三, 5, 三班."""


def without_notes(text: str) -> str:
    """道义小学五年级1班（走读） → 五年级1班."""
    return _NOTE_BEHIND.sub("", _SCHOOL_BEFORE.sub("", text)).strip()


def lone_grade(text: str) -> str:
    """The grade of a text that names a grade and no number: 三班 → 三年级; empty for any other text."""
    alone = ONE_A_GRADE.fullmatch("".join(text.split()))
    if alone is None:
        return ""
    word = alone["grade"]
    return word if word.startswith("初") else f"{word}年级"


def typed_class(text: str, day: date, primary_years: int) -> tuple[ClassName | None, bool]:
    """The class a person means by `text`, None if it cannot be told; and whether its number was left out for 1.

    A school named before it is no part of it: which school is meant has to be settled first.
    """
    plain = visible(text)
    bare = _NOTE_BEHIND.sub("", plain).strip()
    found = parse_class_name(plain, day, primary_years=primary_years) or parse_class_name(
        bare, day, primary_years=primary_years
    )
    if found:
        return found, False
    grade = lone_grade(bare)
    return (parse_class_name("1班", day, grade, primary_years=primary_years) if grade else None), True
