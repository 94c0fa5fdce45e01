"""Who is of an age to be at school, by the rows of the rule set, and what is asked about a child who is not."""

from datetime import date

from app.domain.rules import Rule, RuleSet
from app.domain.school_year import enrolment_year

ADULT = 18  # years; from then on nobody has to send the child to school


def age_on(birth: date, day: date) -> int:
    """Full years on a day; one born on 29 February is a year older on 1 March of other years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def first_autumn(birth: date, rules: RuleSet) -> int | None:
    """The year in whose autumn a child must enter school, by the row 入学年龄; None if the set has no such row."""
    row = next(iter(rules.doing("入学年龄")), None)
    return _first_autumn(birth, row) if row else None


def has_to_enrol(birth: date, year: int, rules: RuleSet) -> bool:
    """应入学: whether a child must be at school from the autumn of `year` on, or had to enter before."""
    first = first_autumn(birth, rules)
    return first is not None and first <= year


def age_question(birth: date, today: date, rules: RuleSet) -> str:
    """What a person should check of a child too young for this year's autumn, or too old; '' for all others."""
    row = next(iter(rules.doing("入学年龄")), None)
    if row and (first := _first_autumn(birth, row)) > today.year:
        return f"按出生日期{birth}，{first}年秋季才应入学（{row.amount()}），请核对是否已经入学{row.whose()}"
    age = age_on(birth, today)
    if age >= ADULT:
        return f"按出生日期{birth}，已满{age}周岁，是成年人，请核对出生日期和是否还在校"
    over = next((one for one in rules.doing("超龄") if one.met(age)), None)
    if over is None:
        return ""
    return f"按出生日期{birth}，已满{age}周岁，请核对是否仍应接受义务教育{over.whose()}"


def _first_autumn(birth: date, row: Rule) -> int:
    month, day = row.dates[0].split("-")
    return enrolment_year(birth, (int(month), int(day)), round(row.number))
