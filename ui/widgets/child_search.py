"""Looking for one child: what is typed, the children found, and the one that was taken."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.service.screens.case_rows import FoundChild, find_children
from ui.context import Context
from ui.models.rows import Column, RowsModel
from ui.widgets.keys import on_keys
from ui.widgets.parts import column, label, say, table

PAUSE = 180  # ms after the last key before searching, so that an input method is not disturbed


class ChildSearch(QWidget):
    """A line to type into, below it the children that fit, below them the one taken.

    Signals:
        taken(child): a person took a child, a `FoundChild`.
    """

    taken = Signal(object)

    def __init__(self, context: Context, *, besides: str = "") -> None:
        super().__init__()
        self._context = context
        self._besides = besides  # the id of a child that is not offered
        self.student: FoundChild | None = None
        self.search = QLineEdit()
        self.model = RowsModel(_child_columns(context.level), self)
        self.found = table(self.model, "找到的学生", sortable=False)
        self.chosen = label("还没有选学生", "quiet", wrap=True)
        self._timer = QTimer(self)
        self._lay_out()
        self._listen()

    def _lay_out(self) -> None:
        self.search.setPlaceholderText("姓名、拼音首字母或号码，回车选定第一个")
        self.search.setAccessibleName("查找学生")
        self.found.setFixedHeight(self.fontMetrics().height() * 9)
        self.found.hide()
        self.setLayout(column(self.search, self.found, self.chosen))
        self.setFocusProxy(self.search)

    def _listen(self) -> None:
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._look)
        self.search.textEdited.connect(lambda _text: self._timer.start())
        self.search.returnPressed.connect(self._take_first)
        self.found.activated.connect(lambda index: self._take(index.row()))
        self.found.clicked.connect(lambda index: self._take(index.row()))
        on_keys(self.search, self.found.setFocus, "Down", alone=True)

    def _look(self) -> None:
        self._context.tasks.read(self, find_children, self.search.text(), then=self._show_found)

    def _show_found(self, children: Sequence[FoundChild]) -> None:
        children = [one for one in children if one.id != self._besides]
        self.model.set_rows(children)
        self.found.setVisible(bool(children))
        if children:
            self.found.setCurrentIndex(self.model.index(0, 0))
        elif self.student is None and self.search.text().strip():
            self.chosen.setText("名册里没有找到。请换个写法，或先在学生页添加这名学生。")

    def _take_first(self) -> None:
        """Enter: take the child that is marked; with an answer still on its way, wait for it."""
        if self._timer.isActive() or not self.model.rowCount():
            self._timer.stop()
            self._context.tasks.read(self, find_children, self.search.text(), then=self._show_and_take)
            return
        self._take(self.found.currentIndex().row())

    def _show_and_take(self, children: Sequence[FoundChild]) -> None:
        self._show_found(children)
        self._take(0)

    def _take(self, place: int) -> None:
        if not 0 <= place < self.model.rowCount():
            return
        child: FoundChild = self.model.rows[place]
        self.student = child
        school = "" if self._context.level == "学校" else child.school
        where = (child.name, school, child.class_name or "无班级")
        say(self.chosen, f"已选：{'　'.join(part for part in where if part)}", "done")
        self.taken.emit(child)
        self.found.hide()


def _child_columns(level: str) -> list[Column]:
    school = Column("学校", lambda one: one.school or "—", width=8)
    return [
        Column("姓名", lambda one: one.name, width=6),
        *(() if level == "学校" else (school,)),
        Column("班级", lambda one: one.class_name or "无班级", width=6),
        Column("出生日期", lambda one: one.birth.isoformat() if one.birth else "", width=0),
    ]
