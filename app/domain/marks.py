"""学籍标注: what the 学籍系统 says of a child on a day, an axis beside the stage of a case (design section 5)."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from app.domain.records import Mark

MARK_KINDS: Final = ("疑似辍学", "辍学")


def is_set(mark: Mark, day: date) -> bool:
    """Whether the child bears the mark on `day`: from the day it is set to the day before it is taken off."""
    return mark.set_on <= day and (mark.cleared_on is None or day < mark.cleared_on)


def marks_on(marks: Iterable[Mark], day: date) -> tuple[str, ...]:
    """The kinds a child bears on `day`, in the order of the list."""
    held = {mark.kind for mark in marks if is_set(mark, day)}
    return tuple(kind for kind in MARK_KINDS if kind in held)
