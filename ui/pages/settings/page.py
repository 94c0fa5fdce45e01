"""设置: the unit, its people, terms and calendar, rules, keys, backups, type size. One part shown at a time."""

from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QWidget

from app.service.screens.searching import Place
from ui.context import Context
from ui.pages.page import Page
from ui.pages.settings.backup import BackupPart
from ui.pages.settings.calendar import CalendarPart
from ui.pages.settings.keeping import PasswordPart
from ui.pages.settings.part import SettingsPart
from ui.pages.settings.rules import RulesPart
from ui.pages.settings.staff import StaffPart
from ui.pages.settings.unit import LookPart, UnitPart
from ui.widgets.side_panel import may_discard


class SettingsPage(Page):
    """Everything an office sets once, and sees again when it asks why."""

    key = "settings"
    heading = "设置"
    help_page = "settings"
    tables = frozenset({"unit", "term", "calendar_day", "national_day", "staff", "responsibility"})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.parts: dict[str, SettingsPart] = {
            "unit": UnitPart(context),
            "staff": StaffPart(context),
            "calendar": CalendarPart(context),
            "rules": RulesPart(context),
            "password": PasswordPart(context),
            "backup": BackupPart(context),
            "look": LookPart(context),
        }
        self.names = QListWidget()
        self.names.setProperty("role", "menu")
        self.names.setAccessibleName("设置的内容")
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.stack = QStackedWidget()
        for part in self.parts.values():
            self.names.addItem(part.heading)
            self.stack.addWidget(part)
        self.names.currentRowChanged.connect(self._show)
        layout = QHBoxLayout()
        layout.addWidget(self.names)
        layout.addWidget(self.stack, 1)
        self.body.addLayout(layout, 1)
        self._fit()
        self.names.setCurrentRow(0)
        self.set_home(self.names)

    def refresh(self) -> None:
        """Read the part that is shown."""
        self._show(self.names.currentRow())

    def may_leave(self) -> bool:
        """Whether the window may close: asks, showing the part, wherever something was typed and not saved."""
        return all(self._may_leave(key) for key, part in self.parts.items() if part.is_dirty())

    def _may_leave(self, part: str) -> bool:
        self.open_target({"part": part})
        return may_discard(self)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 — Qt's name
        """Read the part anew each time: rule files and backups also change outside the window."""
        self._stale = True
        super().showEvent(event)

    def places(self) -> list[Place]:
        """The page and its parts."""
        parts = [Place(one.heading, self.key, self.heading, {"part": key}) for key, one in self.parts.items()]
        return [*super().places(), *parts]

    def open_target(self, target: dict[str, Any]) -> None:
        """Show one part: {"part": "calendar"}."""
        names = list(self.parts)
        if target.get("part") in names:
            self.names.setCurrentRow(names.index(target["part"]))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """The list grows with the type."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "names"):
            self._fit()

    def _fit(self) -> None:
        em = self.fontMetrics().horizontalAdvance("永")
        self.names.setFixedWidth(em * 10)
        for place in range(self.names.count()):
            self.names.item(place).setSizeHint(QSize(em * 8, round(em * 2.5)))

    def _show(self, place: int) -> None:
        if place < 0:
            return
        self.stack.setCurrentIndex(place)
        if self.isVisible():
            list(self.parts.values())[place].refresh()
