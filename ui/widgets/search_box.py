"""One box over everything: pages, classes, children, cases, papers, by name, pinyin or number."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from app.service.screens.searching import Found, Place, search
from ui.context import Context

AT_MOST = 10  # lines shown at once; the rest is scrolled to
PAUSE = 180  # ms after the last key before searching, so that an input method is not disturbed


class SearchBox(QLineEdit):
    """Type, choose with the arrows, Enter goes there.

    Signals:
        left(): Esc was pressed; the page may have the focus back.
    """

    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.places: Sequence[Place] = ()  # what the window itself has to be found
        self._found: list[Found] = []
        self._asked = 0  # which question is the newest; answers to older ones are dropped
        self._list = QListView(self)
        self._lines = QStringListModel(self._list)
        self._list.setWindowFlag(Qt.WindowType.ToolTip)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setModel(self._lines)
        self._list.setAccessibleName("查找结果")
        self._list.setObjectName("found")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(lambda index: self._go(index.row()))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._search)
        self.setPlaceholderText("搜索 姓名/拼音/号码  Ctrl+F")
        self.setAccessibleName("搜索")
        self.setToolTip(
            "学生、个案、文书、班级、页面：姓名、拼音、首字母、个案编号、文号。↑↓选，Enter打开，Esc离开"
        )
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("永") * 15)
        self.textEdited.connect(self._typed)

    @property
    def found(self) -> list[str]:
        """The lines of the last search."""
        return self._lines.stringList()

    def take_focus(self) -> None:
        """Go to the box, what stands in it chosen, so that typing begins a new search."""
        self.setFocus()
        self.selectAll()

    def _typed(self) -> None:
        """What was asked before is no longer what stands in the box."""
        self._forget()
        self._timer.start()

    def _forget(self) -> None:
        """Ask nothing more, and go nowhere with an answer that is still to come."""
        self._timer.stop()
        self._asked += 1

    def _search(self, *, go: bool = False) -> None:
        """Ask anew; with `go` the first thing found is opened at once."""
        self._forget()
        then = partial(self._show, self._asked, go)
        self._context.tasks.read(self, search, self.text(), self.places, then=then)

    def _show(self, number: int, go: bool, found: list[Found]) -> None:
        if number != self._asked:
            return  # typed on, left or asked again since
        self._found = found
        lines = ["  ".join(part for part in (one.kind, one.title, one.detail) if part) for one in found]
        self._lines.setStringList(lines or (["没有找到"] if self.text().strip() else []))
        if not self._lines.rowCount() or not self.hasFocus():
            self._list.hide()
            return
        self._list.setCurrentIndex(self._lines.index(0))
        if go and found:
            self._go(0)
            return
        self._place()
        self._list.show()

    def _place(self) -> None:
        """Below the box, right edges in line, so that it never leaves the window."""
        width = max(self.width(), self.fontMetrics().horizontalAdvance("永") * 26)
        corner = self.mapToGlobal(QPoint(self.width() - width, self.height() + 2))
        rows = min(self._lines.rowCount(), AT_MOST)
        self._list.setGeometry(corner.x(), corner.y(), width, self._list.sizeHintForRow(0) * rows + 6)

    def _go(self, place: int) -> None:
        self._forget()
        self._list.hide()
        if 0 <= place < len(self._found):
            one = self._found[place]
            self.clear()
            self._context.bus.go.emit(one.page, one.target)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Arrows choose, Enter goes, Esc closes the list."""
        place = self._list.currentIndex().row()
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self._list.isVisible():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._list.setCurrentIndex(self._lines.index((place + step) % self._lines.rowCount()))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter(place)
        elif event.key() == Qt.Key.Key_Escape:
            self._forget()
            self._list.hide()
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _enter(self, place: int) -> None:
        """Go to what is chosen; typed faster than searched, go to the first that is found."""
        if self._list.isVisible() and self._found and not self._timer.isActive():
            self._go(place)
        elif self.text().strip():
            self._search(go=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 — Qt's name
        """The list goes with the focus, and nothing is opened behind a person's back."""
        self._forget()
        self._list.hide()
        super().focusOutEvent(event)
