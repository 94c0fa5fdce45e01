"""What stands around the list of a roll: the cases a save opened, and what to say when there is nothing to call."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QFrame, QMessageBox, QPushButton, QVBoxLayout, QWidget

from app.service.screens.roll import OpenedNotice as Opened
from app.service.screens.roll import RollSheet
from ui.bus import Bus
from ui.pages.page import Page
from ui.widgets.parts import button, clear, column, label, row


class OpenedNotice(QFrame):
    """Says which cases were opened, with a button to each; stays until it was read."""

    def __init__(self, bus: Bus) -> None:
        super().__init__()
        self._bus = bus
        self.case_ids: list[str] = []
        self.setProperty("role", "next")
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(12, 8, 12, 8)
        self.hide()

    def tell(self, cases: list[Opened]) -> None:
        """Show the answer of `opened_notices`."""
        clear(self._lines)
        self.case_ids = [one.case_id for one in cases]
        for place, one in enumerate(cases):
            words = label(f"● {one.words}", "overdue", wrap=True)
            caption = f"去办个案{one.no}" + ("(&J)" if place == 0 else "")
            line = row(words, button(caption, partial(self._go, one.case_id), "link"))
            line.setStretch(0, 1)
            if place == 0:
                line.addWidget(button("知道了", self.close_it, "link"))
            self._lines.addLayout(line)
        self.setAccessibleName("；".join(one.words for one in cases))
        self.setVisible(bool(cases))

    def go_to_first(self) -> None:
        """To the first case told of, while it is."""
        if self.case_ids and self.isVisible():
            self._go(self.case_ids[0])

    def close_it(self) -> None:
        """It was read."""
        self.case_ids = []
        self.hide()

    def _go(self, case_id: str) -> None:
        self.close_it()
        self._bus.go.emit("cases", {"case": case_id})


class EmptyDay(QWidget):
    """In place of the list: why nobody is called, and where to change that."""

    def __init__(self, bus: Bus, today: date) -> None:
        super().__init__()
        self._today = today
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.words = label("", "empty", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.help = label("", "quiet", wrap=True)
        self.help.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.calendar = button("看校历", lambda: bus.go.emit("settings", {"part": "calendar"}))
        self.roster = button("去导入名册", lambda: bus.go.emit("students", {"import": True}))
        layout = column(None, self.words, self.help)
        layout.addLayout(row(None, self.calendar, self.roster, None))
        layout.addStretch(1)
        self.setLayout(layout)

    def show_sheet(self, sheet: RollSheet) -> None:
        """Show why a `roll_sheet` has no children."""
        known = bool(sheet.classes)
        why, ahead = sheet.why, sheet.day > self._today
        self.words.setText(why or ("这个班没有学生。" if known else "还没有班级和学生。"))
        self.help.setText(
            "按←到上一个上课日。"
            if ahead
            else "学校当天补课的，请在设置的校历里把这一天设为上课。按←到上一个上课日。"
            if why
            else "先在“学生”里导入名册，班级会自动建好。"
        )
        self.setAccessibleName(f"{self.words.text()}{self.help.text()}")
        self.calendar.setVisible(bool(why) and not ahead)
        self.roster.setVisible(not why)


def may_close(page: Page, class_name: str, save: Callable[[], object]) -> bool:
    """As the window closes: ask what becomes of entries that are not saved, and wait for a save. Whether it may
    close."""
    box, (keeping, dropping, _staying) = _unsaved_box(page, class_name)
    box.exec()
    if box.clickedButton() is not keeping:
        return box.clickedButton() is dropping
    waiting = QEventLoop()
    page.context.tasks.written.connect(waiting.quit)
    save()
    waiting.exec()
    return not page.has_unsaved()


def _unsaved_box(page: QWidget, class_name: str) -> tuple[QMessageBox, tuple[QPushButton, ...]]:
    """The question with its buttons: save, drop, stay."""
    box = QMessageBox(page)
    box.setWindowTitle("点名还没有保存")
    box.setText(f"{class_name}的点名改过，还没有保存。")
    keeping = box.addButton("保存(&S)", QMessageBox.ButtonRole.AcceptRole)
    dropping = box.addButton("不保存(&N)", QMessageBox.ButtonRole.DestructiveRole)
    staying = box.addButton("继续点名(&C)", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keeping)
    box.setEscapeButton(staying)
    return box, (keeping, dropping, staying)


def ask_unsaved(
    page: QWidget,
    class_name: str,
    *,
    save: Callable[[], object],
    drop: Callable[[], object],
    stay: Callable[[], object],
) -> QMessageBox:
    """Ask what becomes of entries that are not saved; opens without blocking the window and does what was chosen."""
    box, (keeping, dropping, staying) = _unsaved_box(page, class_name)
    for one, action in ((keeping, save), (dropping, drop), (staying, stay)):
        one.clicked.connect(lambda _checked, act=action: act())
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box
