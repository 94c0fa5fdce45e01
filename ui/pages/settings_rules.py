"""设置: the rule set in use, in words with its sources, and a copy for the county to change."""

from typing import Any

from PySide6.QtWidgets import QComboBox, QInputDialog, QTextBrowser

from app.service.desk import Desk
from app.service.rule_sets import copy_rules, list_rules, show_rules
from app.service.settings_view import choose_rules, rules_in_use
from ui.context import Context
from ui.pages.settings_part import SettingsPart
from ui.widgets.parts import button, row
from ui.widgets.rule_words import in_html


class RulesPart(SettingsPart):
    """Whose numbers hold, and where each of them is written."""

    heading = "规则"
    explanation = "天数和期限都出自县里的文件。换规则只影响以后立的个案，已立的个案按立案时的规则办。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.choice = QComboBox()
        self.choice.setAccessibleName("规则")
        self.choice.setMinimumWidth(self.fontMetrics().horizontalAdvance("永") * 16)
        self.words = QTextBrowser()
        self.words.setAccessibleName("规则内容")
        self.use = button("改用这套规则(&G)", self._use)
        self.copy = button("复制一份来改(&C)…", self._copy)
        self._in_use = ""
        self.choice.activated.connect(lambda _place: self._read())
        self.body.addLayout(row(self.choice, self.use, None, self.copy))
        self.body.addWidget(self.words, 1)

    def refresh(self) -> None:
        """Read the list and the set in use."""
        self.context.tasks.read(self, _everything, then=self._fill)

    def _fill(self, answer: tuple[list[dict[str, Any]], dict[str, Any]]) -> None:
        listed, used = answer
        self._in_use = used["id"]
        self.choice.clear()
        for one in listed:
            note = "" if one["in_force"] else "（不在有效期）"
            self.choice.addItem(f"{one['name']}{note}", one["id"])
        self.choice.setCurrentIndex(self.choice.findData(used["id"]))
        self._show(used)

    def _read(self) -> None:
        self.context.tasks.read(self, _one, self.choice.currentData(), then=self._show)

    def _show(self, rules: dict[str, Any]) -> None:
        self.use.setEnabled(rules["id"] != self._in_use)
        self.words.setHtml(in_html(rules))

    def _use(self) -> None:
        def told(chosen: dict[str, Any]) -> None:
            self.context.bus.said.emit(f"以后立案按“{chosen['name']}”办。")
            self.refresh()

        self.context.tasks.write(self, choose_rules, self.choice.currentData(), then=told)

    def _copy(self) -> None:
        name, given = QInputDialog.getText(self, "复制规则", "给本县的规则起个名称：")
        if given and name.strip():
            self.context.tasks.write(self, _copy, self.choice.currentData(), name.strip(), then=self._copied)

    def _copied(self, made: dict[str, Any]) -> None:
        self.context.bus.said.emit(f"已复制到 {made['file']}，用记事本改好数字和出处，再回来选用。")
        self.refresh()


def _everything(desk: Desk) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    return list_rules(desk.folder, desk.today), rules_in_use(desk)


def _one(desk: Desk, rule_set: str) -> dict[str, Any]:
    return show_rules(desk.folder, rule_set, desk.today)


def _copy(desk: Desk, rule_set: str, name: str) -> dict[str, Any]:
    taken = {one["id"] for one in list_rules(desk.folder, desk.today)}
    new_id = next(f"own-{number}" for number in range(1, 1000) if f"own-{number}" not in taken)
    return copy_rules(desk.folder, rule_set, new_id, name)
