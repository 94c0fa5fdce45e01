"""A long form that outlives a power cut: what is typed is kept every few seconds and offered at the next opening."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.domain.dates import day_words
from app.service.office.unfinished import Unfinished, drop_unfinished, keep_unfinished, unfinished
from ui.context import Context
from ui.widgets.parts import button, card, column, label, strip

EVERY = 3000  # ms

Values = Mapping[str, str]


class UnfinishedStrip(QWidget):
    """Above a form: what was typed the last time, to go on with or to throw away; hidden where there is nothing.

    `form` names the form with what it is about; `values` gives what stands in it where something was typed, else
    None; `fill` puts it back.
    """

    def __init__(
        self,
        context: Context,
        form: str,
        values: Callable[[], Values | None],
        fill: Callable[[Values], object],
    ) -> None:
        super().__init__()
        self._context, self._form, self._values, self._fill = context, form, values, fill
        self._last: Unfinished | None = None
        self._kept: Values | None = None
        self.words = label("", "today", wrap=True)
        self.go_on = button("接着填(&J)", self._go_on)
        self.drop = button("丢掉(&D)", self._drop)
        self.setLayout(column(card(self.words, strip(self.go_on, self.drop, None))))
        self.hide()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.keep)
        if not context.read_only:
            context.tasks.read(self, unfinished, form, then=self._offer)
            self._timer.start()

    def keep(self) -> None:
        """Keep what stands in the form now, if it is anything new."""
        values = self._values()
        if values is not None and values != self._kept:
            self._kept = values
            self._context.tasks.write(self, keep_unfinished, self._form, values)

    def finish(self) -> None:
        """The form was left: saved, or given up. What nobody answered for is offered once more."""
        if self._timer.isActive():
            self._timer.stop()
            if self._values() is not None or self._kept is not None:
                self._forget()

    def _offer(self, last: Unfinished | None) -> None:
        if last is not None:
            self._last = last
            self.words.setText(
                f"{day_words(last.typed_on)}填过一半，没有保存。接着填，还是丢掉？照片要重新放。"
            )
            self.show()

    def _go_on(self) -> None:
        if self._last is not None:
            self._fill(self._last.values)
            self._kept = self._values()
        self.hide()

    def _drop(self) -> None:
        self._forget()
        self.hide()

    def _forget(self) -> None:
        self._last = None
        self._context.tasks.write(self, drop_unfinished, self._form)
