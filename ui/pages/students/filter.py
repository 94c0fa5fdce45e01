"""The line above the table of children: a box to type in and choosers filled from what there is."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from app.service.children.students import NO_SCHOOL
from app.service.screens.students_rows import STATES, ChildRow
from app.service.screens.tables import STUDENTS, RowsAsked
from ui.widgets.student_columns import ChildrenWanted


class FilterBox(QLineEdit):
    """Type to filter; Down and Enter go to the table.

    Signals:
        down(): the person wants to walk the rows.
    """

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Down and Enter."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.down.emit()
        else:
            super().keyPressEvent(event)


class FilterBar(QWidget):
    """What is typed and chosen; `asks_school` offers the schools, and then only the classes of the one chosen.

    Signals:
        changed(wanted): a `ChildrenWanted`.
        down(): the person wants to walk the rows.
    """

    changed = Signal(object)
    down = Signal()

    def __init__(self, parent: QWidget | None = None, *, asks_school: bool = False) -> None:
        super().__init__(parent)
        self._classes: list[tuple[str, str]] = []
        self.text = FilterBox()
        self.text.setPlaceholderText("筛选 姓名/拼音首字母/号码")
        self.text.setAccessibleName("筛选学生")
        self.text.setClearButtonEnabled(True)
        self.text.setToolTip(
            "输入姓名、监护人、班级、拼音或号码的一部分，几个词之间用空格（表格中按/）；按Esc清空筛选"
        )
        self.school = _chooser("学校", "全部学校")
        self.school.currentIndexChanged.connect(lambda _place: self._offer_classes())
        self.klass = _chooser("班级", "全部班级")
        self.village = _chooser("村", "全部村")
        self.group = _chooser("对象类别", "全部类别")
        self.state = _chooser("状态", "全部状态")
        self.state.addItems(list(STATES))
        self.total = self._on_roll = self._left = 0
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.text, 1)
        for one in (self.school, self.klass, self.village, self.group, self.state):
            layout.addWidget(one)
            one.currentIndexChanged.connect(lambda _place: self._tell())
        self.school.setVisible(asks_school)
        self.text.textChanged.connect(lambda _text: self._tell())
        self.text.down.connect(self.down)

    @property
    def classes(self) -> list[str]:
        """The classes that have children, in the order of grades."""
        return [self.klass.itemText(place) for place in range(1, self.klass.count())]

    def offer(self, rows: Sequence[ChildRow]) -> None:
        """Fill the choosers from all rows; what was chosen stays if it still is there."""
        self.total = len(rows)
        self._on_roll = sum(row.on_roll for row in rows)
        self._left = sum(row.left for row in rows)
        self._classes = list(dict.fromkeys((row.school, row.class_name) for row in rows))
        _refill(self.school, sorted({row.school for row in rows}))
        self._offer_classes()
        _refill(self.village, sorted({row.village for row in rows}))
        _refill(self.group, sorted({kind for row in rows for kind in row.groups}))
        states = {state for row in rows for state in row.states}
        _refill(self.state, [*STATES, *sorted(states - set(STATES))])

    def count_words(self, shown: int) -> str:
        """How many children there are, those who left and those of no school apart, and how many are `shown`."""
        apart = {
            "在校生": self._on_roll,
            "已离校": self._left,
            NO_SCHOOL: self.total - self._on_roll - self._left,
        }
        told = "、".join(f"{word}{number}名" for word, number in apart.items() if number)
        words = f"共{self.total}名" + (f"（{told}）" if self._on_roll < self.total else "")
        return words if shown == self.total else f"{words}，符合的{shown}名"

    def clear(self) -> None:
        """Want everything again."""
        for one in self._choosers():
            one.setCurrentIndex(0)
        self.text.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Esc in the box and on every chooser wants everything again."""
        if event.key() == Qt.Key.Key_Escape and self.wanted().test() is not None:
            self.clear()
        else:
            super().keyPressEvent(event)

    def wanted(self) -> ChildrenWanted:
        """What is typed and chosen now."""
        chosen = [one.currentText() if one.currentIndex() > 0 else "" for one in self._choosers()]
        return ChildrenWanted(self.text.text(), *chosen)

    def asked(self, shown: Sequence[ChildRow]) -> tuple[str, RowsAsked]:
        """The children shown as a table to save or print, with what they were filtered by in its title."""
        return STUDENTS, RowsAsked(ids=tuple(row.id for row in shown), about=self.wanted().words)

    def _choosers(self) -> tuple[QComboBox, ...]:
        return self.klass, self.village, self.group, self.state, self.school

    def _offer_classes(self) -> None:
        school = self.school.currentText() if self.school.currentIndex() > 0 else ""
        _refill(self.klass, dict.fromkeys(name for of, name in self._classes if school in {"", of}))

    def _tell(self) -> None:
        self.changed.emit(self.wanted())


def _chooser(name: str, everything: str) -> QComboBox:
    made = QComboBox()
    made.addItem(everything)
    made.setAccessibleName(f"按{name}筛选")
    made.setToolTip(f"按{name}筛选")
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(7)
    made.setMaxVisibleItems(16)
    return made


def _refill(chooser: QComboBox, choices: Iterable[str]) -> None:
    chosen, everything = chooser.currentText(), chooser.itemText(0)
    with QSignalBlocker(chooser):
        chooser.clear()
        chooser.addItems([everything, *(one for one in choices if one)])
    place = max(chooser.findText(chosen), 0)
    chooser.setCurrentIndex(place)
