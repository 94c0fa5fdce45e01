"""A holiday notice dropped on the calendar."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.conftest import Office
from tests.ui.pages.settings import settings_at_hand
from tests.ui.pages.settings.settings_at_hand import part
from ui.pages.settings.calendar import CalendarPart
from ui.pages.settings.calendar_panels import HolidayForm
from ui.pages.settings.page import SettingsPage

told, page = settings_at_hand.told, settings_at_hand.page

NOTICE = "一、元旦：1月1日（周五）至3日（周日）放假调休，共3天。1月10日（周日）上班。"


def dropped(widget: QWidget, path: Path) -> bool:
    """Drop a file on a widget, as the file manager does; whether it was taken."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    where, button, keys = QPoint(9, 9), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(where, Qt.DropAction.CopyAction, mime, button, keys)
    over.ignore()
    QApplication.sendEvent(widget, over)
    if over.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(where, Qt.DropAction.CopyAction, mime, button, keys))
    return over.isAccepted()


def test_a_notice_dropped_on_the_calendar_opens_its_form(
    office: Office, page: SettingsPage, tmp_path: Path
) -> None:
    calendar = part(office, page, "calendar", CalendarPart)
    notice = tmp_path / "通知.txt"
    notice.write_text(NOTICE, encoding="utf-8")
    assert dropped(calendar.grid.viewport(), notice)
    office.settle()
    form = calendar.panel.findChild(HolidayForm)
    assert isinstance(form, HolidayForm) and form.text.toPlainText() == NOTICE
    form.text.clear()
    assert dropped(form.text.viewport(), notice)
    office.settle()
    assert form.text.toPlainText() == NOTICE
    assert not dropped(calendar.grid.viewport(), tmp_path / "照片.jpg")
