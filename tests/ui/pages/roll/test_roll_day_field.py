"""The day of a roll stands in its field whole, beside the sign that opens the calendar."""

from PySide6.QtWidgets import QToolButton

from tests.ui.pages.roll import roll_desk
from tests.ui.pages.roll.roll_desk import Desktop

desktop = roll_desk.desktop


def test_the_day_is_not_cut_by_the_sign_of_the_calendar(desktop: Desktop) -> None:
    day = desktop.page.head.day
    (sign,) = (one for one in day.findChildren(QToolButton) if one.isVisible())
    room = sign.x() - 12  # px of the border and padding at the left
    assert day.fontMetrics().horizontalAdvance("2026-11-20") <= room
