"""One rule set of many: under headings 县, 省, 国家, 方案范例, with a box that narrows them down as one types."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QLineEdit

from app.service.office.rule_sets import GROUPS, group_of
from app.service.office.spelling import spells

NONE_FOUND = "没有这个名称的规则，请换个字试试"


class RuleChooser(QComboBox):
    """A drop-down of rule sets; `search` beside it takes a part of a name or its pinyin initials."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("规则")
        self.setMaxVisibleItems(16)
        self.search = QLineEdit()
        self.search.setAccessibleName("查规则")
        self.search.setPlaceholderText("查县名、省名或首字母")
        self.search.setClearButtonEnabled(True)
        self.search.textEdited.connect(self._narrow)
        self.search.textChanged.connect(lambda text: None if text else self._narrow(""))
        self._sets: list[tuple[str, str]] = []

    def offer(self, sets: Sequence[tuple[str, str]]) -> None:
        """Offer these rule sets: (what a person reads, id). None is chosen."""
        self._sets = list(sets)
        self._show(self._sets)
        self.setCurrentIndex(-1)

    def choose(self, rule_set: str) -> bool:
        """Choose a rule set by its id, whatever is typed in the search; whether there is one."""
        if self.findData(rule_set) < 0 and any(one == rule_set for _name, one in self._sets):
            self.search.clear()
        place = self.findData(rule_set)
        self.setCurrentIndex(place)
        return place >= 0

    def _narrow(self, typed: str) -> None:
        """Show what fits what was typed; the one chosen stays while it does, else the first is."""
        before, wanted = self.currentData(), typed.strip().lower()
        fitting = [
            (name, one)
            for name, one in self._sets
            if not wanted or wanted in name.lower() or (wanted.isascii() and spells(wanted, name))
        ]
        blocked = self.blockSignals(True)
        self._show(fitting)
        ids = [one for _name, one in fitting]
        kept = before if before in ids else next(iter(ids), None)
        self.setCurrentIndex(self.findData(kept) if kept else 0)
        self.blockSignals(blocked)
        if kept and kept != before:
            self.currentIndexChanged.emit(self.currentIndex())
            self.activated.emit(self.currentIndex())

    def _show(self, sets: Sequence[tuple[str, str]]) -> None:
        model = QStandardItemModel(self)
        for group in GROUPS:
            rows = [(name, one) for name, one in sets if group_of(one, name) == group]
            if rows:
                model.appendRow(_heading(f"—— {group} ——"))
            for name, one in rows:
                item = QStandardItem(name)
                item.setData(one, Qt.ItemDataRole.UserRole)
                model.appendRow(item)
        if not sets:
            model.appendRow(_heading(NONE_FOUND))
        self.setModel(model)


def _heading(words: str) -> QStandardItem:
    item = QStandardItem(words)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item
