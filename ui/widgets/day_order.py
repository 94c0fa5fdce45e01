"""Two days of a form that are in order: the end is not before the beginning."""

from datetime import date
from functools import partial

from app.errors import UserError
from ui.widgets.day_edit import DayEdit


def keep_order(first: DayEdit, last: DayEdit) -> None:
    """A later day chosen in `first` takes the one in `last` along."""
    first.chosen.connect(partial(_not_before, last))


def _not_before(last: DayEdit, first: date | None) -> None:
    try:
        end = last.day()
    except UserError:
        return  # what is typed there is no day yet; the field says so itself
    if first is not None and end is not None and end < first:
        last.set_day(first)
