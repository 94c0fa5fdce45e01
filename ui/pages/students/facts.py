"""The tabs 基本 and 监护人 of one child: the words of the form beside what is known, numbers masked until asked."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.service.screens.students import ChildWhole, GuardianLine, reveal_id
from ui.context import Context
from ui.widgets.parts import button, card, clear, label, say, scrolled, strip

SHOWN_FOR = 30_000  # ms a full number stays on the screen
ORDER = (
    "姓名",
    "性别",
    "出生日期",
    "班级",
    "身份证件类型",
    "身份证件号",
    "学籍号",
    "民族",
    "村",
    "现住址",
    "户籍地址",
    "联系电话",
    "就读方式",
    "对象类别",
    "是否留守儿童",
    "是否随迁子女",
    "残疾类型",
    "备注",
)
NUMBERS = {"身份证件号", "学籍号"}
UNKNOWN = "未填"
EYE = "显示(&X)"


class FactsTab(QWidget):
    """基本: every word of the form, also those nobody filled in yet."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._student = ""
        self._masked: Mapping[str, str] = {}
        self.values: dict[str, QLabel] = {}
        self.eye = button(EYE, self.toggle, "link", hint="显示完整的身份证件号和学籍号30秒；谁看过会记下来")
        self.eye.setAccessibleName("显示完整号码")
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(SHOWN_FOR)
        self.timer.timeout.connect(self.hide_numbers)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addLayout(self._grid())
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(body, "基本信息"))

    def show_student(self, whole: ChildWhole) -> None:
        """Show a child; its numbers are masked again."""
        self._student = whole.id
        self.eye.setEnabled(True)
        self._masked = whole.secret
        facts = dict(whole.facts)
        for word, value in self.values.items():
            self._fill(value, facts.get(word, ""))
        self.eye.setVisible(any(self._masked.values()))
        self.hide_numbers()

    def forget(self) -> None:
        """Another child is named above and not read yet: no number can be asked for, and none is left."""
        self._student = ""
        self.eye.setEnabled(False)
        self.hide_numbers()

    def toggle(self) -> None:
        """Show the full numbers, or hide them."""
        if self.timer.isActive():
            self.hide_numbers()
        elif self._student:
            asked, why = self._student, "在学生页查看"
            self._context.tasks.write(
                self, reveal_id, asked, why, then=lambda numbers: self._reveal(asked, numbers)
            )

    def hide_numbers(self) -> None:
        """Mask the numbers again."""
        self.timer.stop()
        self.eye.setText(EYE)
        for word, text in self._masked.items():
            self._fill(self.values[word], text)

    def _reveal(self, asked: str, numbers: Mapping[str, str]) -> None:
        if asked != self._student:
            return  # the answer is about the child before: under another name it would be that child's number
        for word, text in numbers.items():
            self._fill(self.values[word], text)
        self.eye.setText("隐藏(&X)")
        self.timer.start()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for place, word in enumerate(ORDER):
            value = label("", wrap=word not in NUMBERS)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(word)
            self.values[word] = value
            grid.addWidget(label(word, "quiet"), place, 0, Qt.AlignmentFlag.AlignTop)
            beside = strip(value, self.eye, None) if word == "身份证件号" else value
            grid.addWidget(beside, place, 1)
        return grid

    @staticmethod
    def _fill(value: QLabel, text: str) -> None:
        say(value, text or UNKNOWN, "" if text else "quiet")


class GuardiansTab(QWidget):
    """监护人: a card each, the telephone large enough to dial from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = QWidget()
        self._cards = QVBoxLayout(body)
        self._cards.setContentsMargins(12, 12, 12, 12)
        self._cards.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(body, "监护人"))

    def show_guardians(self, people: Sequence[GuardianLine]) -> None:
        """Show guardians, the one the forms name first first."""
        clear(self._cards)
        for one in people:
            self._cards.addWidget(_person(one))
        if not people:
            self._cards.addWidget(label("还没有登记监护人。按“修改”可以补上。", "empty", wrap=True))
        self._cards.addStretch(1)


def _person(one: GuardianLine) -> QWidget:
    name = label(one.name or "姓名未填", "subtitle")
    head = strip(name, label(one.relation or "关系未填", "quiet"), None)
    phone = label(one.phone or "电话未填", "phone" if one.phone else "quiet")
    phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    phone.setAccessibleName(f"{one.name}的电话")
    lines: list[QWidget | None] = [head, phone]
    for word, text in (("现住址", one.address), ("工作单位（务工地）", one.workplace)):
        if text:
            lines.append(label(f"{word}：{text}", wrap=True))
    return card(*lines)
