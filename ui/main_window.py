"""The window: pages in a stack inside the shell, keys that work everywhere, and what happens at the end."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.service.screens.window import WindowReading
from ui.context import Context
from ui.pages.page import Page
from ui.shell import Head, Rail, StatusLine, spread
from ui.taking_back import TakingBack
from ui.widgets.banner import Banner
from ui.widgets.crash_dialog import show_crash
from ui.widgets.parts import scrolled

SMALLEST = (1024, 640)  # px
USUAL = (1366, 740)  # px, on a PC that remembers no other
TITLE = 32  # px above a window for its title
UNBOUND = QSize(9999, 9999)


def room_on_screen(window: QWidget) -> QSize:
    """How large a window can be on its screen: a PC that enlarges everything has fewer px than it seems.

    Pictures drawn without a display are not bound to a screen.
    """
    if QGuiApplication.platformName() == "offscreen":
        return UNBOUND
    return window.screen().availableSize() - QSize(0, TITLE)


class MainWindow(QMainWindow):
    """The one window over one data folder. `clock` gives the time shown beside 已保存.

    Signals:
        left(): the window was closed and its work is finished.
    """

    left = Signal()

    def __init__(
        self,
        context: Context,
        pages: Sequence[Page],
        show_help: Callable[[str], None],
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__()
        self.context = context
        self.pages = {page.key: page for page in pages}
        self._show_help = show_help
        self._clock = clock
        self._leaving = False
        self.rail = Rail([(page.key, page.heading) for page in pages])
        self.head = Head(context)
        self.head.search.places = [place for page in pages for place in page.places()]
        self.banner = Banner()
        self.taking_back = TakingBack(
            self, context, self.banner, lambda: self.page, lambda key: self.pages[key].heading
        )
        self.status = StatusLine(context)
        self.stack = QStackedWidget()
        for page in pages:
            self.stack.addWidget(page)
        self._lay_out()
        self._listen()
        self._make_keys()
        self.go(self._first_page(pages[0].key))

    def _first_page(self, usual: str) -> str:
        """The page shown last, on the same day: a new day begins with what is to be done."""
        last = self.context.preferences
        same_day = last.page_on == self.context.today.isoformat()
        return last.page if same_day and last.page in self.pages else usual

    @property
    def page(self) -> Page:
        """The page shown now."""
        shown = self.stack.currentWidget()
        assert isinstance(shown, Page)  # only pages are put into the stack
        return shown

    def go(self, key: str, target: dict[str, Any] | None = None) -> None:
        """Show a page and, with a `target`, something on it."""
        if key not in self.pages:
            self.banner.refuse("点名由学校在自己的数据里做，乡镇和县看不到点名页。请让学校查。")
            return
        if self.pages[key] is not self.stack.currentWidget():
            self.banner.pass_by()
        self.stack.setCurrentWidget(self.pages[key])
        self.rail.choose(key)
        self.status.offer_tables(self.page.out.print_key if self.page.out else "")
        self.context.preferences.page = key
        self.context.preferences.page_on = self.context.today.isoformat()
        self.page.setFocus()
        if target:
            self.page.open_target(target)

    def help(self) -> None:
        """Show the manual's page about the page shown (F1)."""
        self._show_help(self.page.help_page)

    def undo(self) -> None:
        """Take back the last entry of this session (Ctrl+Z): first what is typed on the page and not saved."""
        if self.page.undo_typed():
            return
        self.taking_back.undo()

    def redo(self) -> None:
        """Do again what Ctrl+Z took back last (Ctrl+Y)."""
        self.taking_back.redo()

    def _save_table(self) -> None:
        if self.page.out:
            self.page.out.save()

    def _print_table(self) -> None:
        if self.page.out:
            self.page.out.print()

    def _back_to_page(self) -> None:
        self.page.setFocus()

    def _show_reading(self, reading: WindowReading) -> None:
        """The counts come after the lists: the pages heard of the reading first."""
        for key, number in vars(reading.counts).items():
            self.rail.count(key, number)
        self.context.unit = reading.facts.unit
        self._entitle()
        self.head.show_facts(reading.facts)
        self.status.show_facts(reading.facts)

    def _heard(self, changes: Changes, initiator: object) -> None:
        if not changes.rows:
            return
        self.taking_back.note(changes, initiator)
        self.status.saved(f"{self._clock():%H:%M}")

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._stack_that_fits(), 1)
        column.addWidget(self.status)
        self.banner.lie_over(self.head, self.head.search)
        centre = QWidget()
        centre.setLayout(spread(self.rail, right))
        self.setCentralWidget(centre)
        self._entitle()
        self.rail.title.setFixedHeight(self.head.sizeHint().height())
        room = room_on_screen(self)
        self.setMinimumSize(QSize(*SMALLEST).boundedTo(room))
        if not self.restoreGeometry(self.context.preferences.geometry):
            self.resize(*USUAL)
        if not self.isMaximized():
            self.resize(self.size().boundedTo(room))

    def _stack_that_fits(self) -> QWidget:
        """The pages; on a screen smaller than they need they scroll, so that every button can be reached."""
        room, least = room_on_screen(self), QSize(*SMALLEST)
        if least.boundedTo(room) == least:
            return self.stack
        beside = QSize(
            self.rail.sizeHint().width(), self.head.sizeHint().height() + self.status.sizeHint().height()
        )
        self.stack.setMinimumSize(least - beside)
        area = scrolled(self.stack)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        return area

    def _entitle(self) -> None:
        note = "（演示，只能看）" if self.context.read_only else ""
        self.setWindowTitle(f"归学 — {self.context.unit}{note}")

    def _listen(self) -> None:
        bus = self.context.bus
        self.head.search.left.connect(self._back_to_page)
        self.rail.picked.connect(self.go)
        self.rail.help_wanted.connect(self.help)
        self.head.switch_wanted.connect(lambda: self.context.restart(None, ""))
        self.status.save_table.clicked.connect(self._save_table)
        self.status.print_table.clicked.connect(self._print_table)
        bus.go.connect(self.go)
        bus.said.connect(self.banner.tell)
        bus.refused.connect(self.banner.refuse)
        bus.crashed.connect(lambda words: show_crash(self, words))
        bus.changed.connect(self._heard)
        bus.seen.connect(self._show_reading)
        self.context.tasks.busy.connect(self.status.busy)
        self.context.tasks.written.connect(self.status.settle)
        self.context.reader.want()

    def _make_keys(self) -> None:
        for place, key in enumerate(self.pages, 1):
            self._key(f"Ctrl+{place}", partial(self.go, key))
        self._key("F1", self.help)
        self._key("Ctrl+F", self.head.search.take_focus)
        self._key("Ctrl+Z", self.undo)
        for keys in ("Ctrl+Y", "Ctrl+Shift+Z"):
            self._key(keys, self.redo)

    def _key(self, keys: str, action: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(action)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """An Esc that nothing on the page wants takes the sentence over the head away."""
        if event.key() == Qt.Key.Key_Escape:
            self.banner.hide()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 — Qt's name
        """Ask what becomes of unsaved entries and of work under way, remember the place, finish cleanly."""
        if not self._leaving and not self.may_leave():
            event.ignore()
            return
        if self.context.tasks.changing:
            event.ignore()
            self._finish_work()
            return
        self.context.preferences.geometry = self.saveGeometry()
        self.context.tasks.close()
        event.accept()
        self.left.emit()

    def may_leave(self) -> bool:
        """Ask every page on which something is not saved, and about work under way; True if nothing holds."""
        for key, page in self.pages.items():
            if not page.may_leave():
                self.go(key)
                return False
        return not self.context.tasks.changing or self._leave_anyway()

    @property
    def closing(self) -> bool:
        """Whether it closes by itself once the step in hand is done."""
        return self._leaving

    def give_way(self) -> None:
        """Close without asking: another window over the same data has come in its place."""
        self._leaving = True
        self.close()

    def _finish_work(self) -> None:
        """Close once the step in hand is done; until then the window lives and says so."""
        if not self._leaving:
            self._leaving = True
            self.context.tasks.written.connect(self.close)
            self.context.tasks.leave()
            self.centralWidget().setEnabled(False)
            self.banner.refuse("正在收尾：做完手上这一步就关闭，请不要关电脑。")

    def _leave_anyway(self) -> bool:
        box = QMessageBox(self)
        box.setWindowTitle("还在处理")
        box.setText("还有事情没有做完。等它全部做完，还是做完手上这一步就关？已经完成的都已存好。")
        leave = box.addButton("做完这一步就关", QMessageBox.ButtonRole.DestructiveRole)
        wait = box.addButton("再等一等", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(wait)
        box.exec()
        return box.clickedButton() is leave
