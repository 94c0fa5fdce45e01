"""The last grade of a school: how many years its 小学 has (five-year ones exist), and when a class has finished."""

import json
from collections.abc import Iterable
from datetime import date

from app.domain.records import ClassGroup
from app.domain.school_year import class_name, finished_on, school_year_of
from app.errors import UserError
from app.service.office.desk import Desk

USUAL_YEARS = 6
LEAST_YEARS = 1
PRIMARY_YEARS = "school.primary_years"


def years_by_school(desk: Desk) -> dict[str, int]:
    """School → how many grades its 小学 has, where somebody said; all others have 6."""
    said: dict[str, int] = json.loads(desk.tx.setting(PRIMARY_YEARS) or "{}")
    return said


def primary_years(desk: Desk, school_id: str) -> int:
    """How many grades the 小学 of a school has; 6 where nobody said otherwise."""
    return years_by_school(desk).get(school_id, USUAL_YEARS)


def set_primary_years(desk: Desk, school_id: str, years: int) -> None:
    """Keep the last grade of a school's 小学 on this PC. Raises UserError for a number no 小学 has."""
    if not LEAST_YEARS <= years <= USUAL_YEARS:
        raise UserError(f"小学的毕业年级不能是{years}年级。请写1到6，五年制小学写5。")
    desk.tx.set_setting(PRIMARY_YEARS, json.dumps(years_by_school(desk) | {school_id: years}))


def name_on(desk: Desk, group: ClassGroup, day: date) -> str:
    """The name a class has on `day` in its school, for example 五年级2班."""
    years = primary_years(desk, group.school_id)
    return class_name(group.stage, group.entry_year, group.number, day, years)


def finished_since(desk: Desk, group: ClassGroup) -> date:
    """The 1 September after the last grade of a class: from then on its children wait to be confirmed as graduated."""
    return finished_on(group.stage, group.entry_year, primary_years(desk, group.school_id))


def finished_days(desk: Desk, groups: Iterable[ClassGroup]) -> dict[str, date]:
    """Class → `finished_since`, for many at once."""
    years = years_by_school(desk)
    return {
        one.id: finished_on(one.stage, one.entry_year, years.get(one.school_id, USUAL_YEARS))
        for one in groups
    }


def has_finished(desk: Desk, group: ClassGroup, day: date) -> bool:
    """Whether a class is past its last grade on `day`."""
    return finished_since(desk, group) <= day


def is_in_last_grade(desk: Desk, group: ClassGroup, day: date) -> bool:
    """Whether `day` lies in the last school year of a class."""
    return finished_since(desk, group).year - 1 == school_year_of(day)
