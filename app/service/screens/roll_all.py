"""Filling in one day of the whole school: everybody there in each class nobody has called yet."""

from dataclasses import dataclass
from datetime import date

from app.domain.dates import day_words
from app.errors import UserError
from app.service.office.desk import Desk
from app.service.rolls.roll_call import take_roll
from app.service.screens.roll import day_classes, missing_days


@dataclass(frozen=True)
class AllThere:
    """The day, and the classes that were recorded as all there."""

    day: date
    classes: tuple[str, ...]


def uncalled_classes(desk: Desk, day: date) -> tuple[str, ...]:
    """The names of the classes that nobody has called on `day`, or only half of it."""
    return tuple(one.name for one in day_classes(desk, day) if not one.done)


def all_classes_there(desk: Desk, day: date) -> AllThere:
    """Record that everybody was there in every class not called on `day`; a roll, or half, that stands stays as it is.

    Who was missing is noted afterwards on the roll of its class. Raises UserError where nothing is left to call.
    """
    done = []
    for one in day_classes(desk, day):
        for missing in missing_days(desk, one.id, day, day) if not one.done else ():
            take_roll(desk, one.name, day, session=missing.session)
            done.append(one.name)
    if not done:
        raise UserError(f"{day_words(day)}没有要补的班：各班都点过名了，或者那天不上课。请选别的日子。")
    return AllThere(day, tuple(done))
