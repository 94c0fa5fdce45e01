"""The child of a case: who it is, whom to ring, where it lives, who else of the family is at school."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.domain.records import Guardian
from app.service.screens.case import CasePage, LinkedCase
from app.service.screens.case_child import ChildCard as Child
from app.service.screens.case_child import Sibling
from ui.context import Context
from ui.widgets.case_words import spaced_phone
from ui.widgets.parts import Button, button, clear, label


class ChildCard(QFrame):
    """A card for the child of a case. Names of siblings lead to their pages."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._bus = context.bus
        self._own_school = context.level == "学校"
        self.setProperty("role", "card")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(12, 12, 12, 12)
        self._layout.setSpacing(4)

    def show_case(self, case: CasePage) -> None:
        """Show the child of `case`."""
        clear(self._layout)
        child = case.child
        school = "" if self._own_school else case.school
        lines = (_person(child), school, child.class_name)
        self._add(label(child.name, "title", wrap=True), *(label(one, wrap=True) for one in lines if one))
        if case.run:
            self._fact("连续旷课", f"{case.row.days}个上课日：{case.run}")
        for guardian in child.guardians:
            self._guardian(guardian)
        if not any(one.phone for one in child.guardians):
            self._phone("联系电话", child.phone)
        self._fact("现住址", child.address or "没有登记")
        self._fact("所在村", child.village)
        self._fact("对象类别", "、".join(child.groups))
        self._fact("就读方式", child.boarding)
        self._siblings(child.siblings)
        self._linked(case.linked)
        self._layout.addStretch(1)
        go = partial(self._bus.go.emit, "students", {"student": child.id})
        self._add(button("查看学生全部信息(&S)", go, "link"))

    def _add(self, *widgets: QWidget) -> None:
        for one in widgets:
            self._layout.addWidget(one)

    def _fact(self, name: str, text: str) -> None:
        if text:
            self._layout.addSpacing(6)
            self._add(label(name, "quiet"), _readable(label(text, wrap=True)))

    def _guardian(self, guardian: Guardian) -> None:
        who = f"{guardian.relation or '监护人'}　{guardian.name}"
        self._phone(who, guardian.phone)
        if guardian.workplace:
            self._add(label(f"务工地：{guardian.workplace}", "quiet", wrap=True))

    def _phone(self, who: str, number: str) -> None:
        self._layout.addSpacing(6)
        self._add(label(who, "quiet", wrap=True))
        if number:
            self._add(_readable(label(spaced_phone(number), "phone")))
        else:
            self._add(label("没有登记电话", "today"))

    def _siblings(self, siblings: Sequence[Sibling]) -> None:
        if not siblings:
            return
        self._layout.addSpacing(6)
        self._add(label("同一家的孩子", "quiet"))
        for one in siblings:
            go = partial(self._bus.go.emit, "students", {"student": one.id})
            self._add(SiblingLink(one.name, f"（{one.class_name or '无班级'}）", go))

    def _linked(self, cases: Sequence[LinkedCase]) -> None:
        for one in cases:
            self._layout.addSpacing(6)
            go = partial(self._bus.go.emit, "cases", {"case": one.id})
            self._add(label(one.words, "quiet"), button(one.no, go, "link"))


class SiblingLink(Button):
    """A child's name and class to press; a name there is no room for is shortened, the class is not."""

    def __init__(self, name: str, group: str, on_click: Callable[[], object]) -> None:
        super().__init__(f"{name}{group}")
        self._name, self._group = name, group
        self.setProperty("role", "link")
        self.setToolTip(self.text())
        self.setAccessibleName(self.text())
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked: on_click())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Write what fits."""
        super().resizeEvent(event)
        metrics = self.fontMetrics()
        around = self.sizeHint().width() - metrics.horizontalAdvance(self.text())
        room = self.width() - around - metrics.horizontalAdvance(self._group)
        self.setText(f"{metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room)}{self._group}")


def _readable(words: QLabel) -> QLabel:
    """Words that can be chosen with the mouse and copied."""
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return words


def _person(child: Child) -> str:
    birth = child.birth
    born = f"{birth.year}年{birth.month}月生" if birth else ""
    return "　".join(part for part in (child.gender, born) if part)
