"""The panel that slides in on the right and is left with Esc; it asks first only if something was typed."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from app.errors import UserError
from ui.tasks import Tasks, Then
from ui.widgets.parts import button, clear, label, row, scrolled

SHARE = 0.46  # of the page's width, never less than MIN
MIN = 32  # Chinese characters


class SidePanel(QFrame):
    """A panel over the right side of its page.

    Signals:
        closed(): the panel was left, saved or not.
    """

    closed = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.setProperty("role", "panel")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._dirty: Callable[[], bool] = lambda: False
        self._held_at: QWidget | None = None
        self._title = label("", "subtitle")
        self._close = button("关闭 Esc", self.leave, "link")
        self._scroll = scrolled()
        self._foot = QHBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addLayout(row(self._title, None, self._close))
        layout.addWidget(self._scroll, 1)
        layout.addLayout(self._foot)
        page.installEventFilter(self)
        self.hide()

    def present(
        self, title: str, content: QWidget, actions: list[QWidget], dirty: Callable[[], bool] = lambda: False
    ) -> bool:
        """Show `content` under `title` with `actions` at the bottom right; `dirty` says whether leaving loses work.

        Asks first if something typed in what was shown before would be lost; False if it stays.
        """
        if self.held or not self.may_leave():
            content.deleteLater()
            return False
        self._dirty = dirty
        self._title.setText(title)
        holders: tuple[QWidget, ...] = (self, self._scroll)
        for one in holders:
            one.setAccessibleName(title)
        if old := self._scroll.takeWidget():
            old.deleteLater()
        self._scroll.setWidget(content)
        clear(self._foot)
        self._foot.addStretch(1)
        for one in actions:
            self._foot.addWidget(one)
        self._place()
        self.show()
        self.raise_()
        self._begin(content)
        return True

    def may_leave(self) -> bool:
        """Whether nothing typed would be lost, or a person gave it up."""
        return not self.unsaved or may_discard(self)

    @property
    def unsaved(self) -> bool:
        """Whether something typed would be lost; what is being saved is not."""
        return not self.isHidden() and not self.held and self._dirty()

    def reveal(self, widget: QWidget) -> None:
        """Scroll to a part of the content that has just got its words, once it is laid out."""
        QTimer.singleShot(0, widget, lambda: self._scroll.ensureWidgetVisible(widget))

    def _begin(self, content: QWidget) -> None:
        """The keyboard goes to the first field; where there is none, the arrows scroll what is to be read."""
        to_fill = any(_is_stop(one) for one in (content, *content.findChildren(QWidget)))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus if to_fill else Qt.FocusPolicy.StrongFocus)
        start = content if to_fill else self._scroll
        start.setFocus()
        if not _is_stop(start):
            self.focusNextPrevChild(True)

    def take_keys(self) -> None:
        """The keyboard goes on where it was in the panel."""
        (self.focusWidget() or self).setFocus()

    @property
    def held(self) -> bool:
        """Whether what was typed is being saved."""
        return not self.isEnabledTo(self._page)

    def hold(self, held: bool) -> None:
        """While what was typed is being saved nothing in the panel can be used, and it cannot be left.

        Afterwards the keyboard is where it was.
        """
        here = self.focusWidget() if held else self._held_at
        self._held_at = here if held else None
        self.setEnabled(not held)
        if here is not None and not held:
            here.setFocus()

    def save(
        self,
        tasks: Tasks,
        owner: QObject,
        use_case: Callable[..., Any],
        *args: Any,
        then: Then,
        refused: Callable[[UserError], object] | None = None,
        **kwargs: Any,
    ) -> None:
        """Write what was typed, once: until the answer the panel can neither save again nor be left.

        Then it closes and `then` gets the answer; whatever else comes opens it again. What a person can mend goes to
        `refused`, the form that knows its place; all other problems are shown.
        """
        if self.held:
            return
        self.hold(True)

        def done(answer: Any) -> None:
            self.dismiss()
            then(answer)

        def failed(problem: BaseException) -> None:
            self.hold(False)
            if refused is not None and isinstance(problem, UserError):
                refused(problem)
            else:
                tasks.show_problem(problem)

        tasks.write(owner, use_case, *args, then=done, failed=failed, **kwargs)

    def leave(self) -> None:
        """Close, asking first if something was typed."""
        if not self.held and self.may_leave():
            self.dismiss()

    def dismiss(self) -> None:
        """Close without asking: the work was saved."""
        self._dirty = lambda: False
        self.hide()
        self.hold(False)
        self.closed.emit()
        self._page.setFocus()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 — Qt's name
        """Tab goes round inside the panel: what it covers is not seen."""
        step = QWidget.nextInFocusChain if forward else QWidget.previousInFocusChain
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        start = self.focusWidget() or self
        here = step(start)
        while here is not None and here is not start:
            if self.isAncestorOf(here) and _is_stop(here):
                here.setFocus(reason)
                self._scroll.ensureWidgetVisible(here)
                return True
            here = step(here)
        return False

    def _place(self) -> None:
        least = self.fontMetrics().horizontalAdvance("永") * MIN
        width = min(max(round(self._page.width() * SHARE), least), self._page.width())
        self.setGeometry(self._page.width() - width, 0, width, self._page.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """Follow the page's size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


def _is_stop(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    return takes and widget.isVisible() and widget.isEnabled()


def may_discard(parent: QWidget, words: str = "刚才填的内容还没有保存。") -> bool:
    """Ask whether what was typed may be given up; True if so. `words` says what it is."""
    box = QMessageBox(parent)
    box.setWindowTitle("还没有保存")
    box.setText(f"{words}要放弃吗？")
    drop = box.addButton("放弃", QMessageBox.ButtonRole.DestructiveRole)
    keep = box.addButton("继续填写", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.exec()
    return box.clickedButton() is drop
