"""The keys of a roll: plain letters that work only while the list of children has the focus."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets.held_keys import HeldKeys

WALKING = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}  # never kept: they leave the list
KINDS = {Qt.Key.Key_K: "旷课", Qt.Key.Key_B: "病假", Qt.Key.Key_S: "事假", Qt.Key.Key_Space: ""}
PAUSE = 1200  # ms after which a digit begins a new number
HINT = (
    "K 旷课　B 病假　S 事假　空格 在校　Shift+字母 半天　数字 跳到序号　← → 换一天　Ctrl+↑ ↓ 换班　"
    "X 销假　G 去个案"
)


class RollKeys(QObject):
    """Listens on the list of children. `held` keeps the keys that come before their list is there.

    Signals:
        entered(kind, half): a state was typed, empty for 在校; `half` with Shift.
        jumped(number): a number in the list was typed; `count` says how long the list is.
    """

    entered = Signal(str, bool)
    jumped = Signal(int)

    def __init__(
        self,
        actions: Mapping[Qt.Key, Callable[[], object]],
        parent: QObject,
        *,
        count: Callable[[], int] = lambda: 0,
        held: HeldKeys | None = None,
    ) -> None:
        super().__init__(parent)
        self._held = held
        self._actions = dict(actions)
        self._count = count
        self._number = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(held.in_turn(self._begin_number) if held else self._begin_number)

    def listen(self, widget: QWidget) -> None:
        """Take the keys typed into `widget`; an input method must not swallow them there."""
        widget.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """Act on a key of ours; all others go on to the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if self._held and self._held.busy and key not in WALKING:
                self._keep(watched, event)
                return True
            if event.isAutoRepeat() and (key in KINDS or key in self._actions):
                return True  # a key held down enters and saves once; only the arrows up and down go on
            return self._pressed(key, event.modifiers(), event.text())
        return False

    def _keep(self, watched: QObject, event: QKeyEvent) -> None:
        """Press the key again in its turn; two digits far apart stay two numbers."""
        assert self._held
        if event.text().isdecimal():
            self._pause.start()
        again = QKeyEvent(
            event.type(), event.key(), event.modifiers(), event.text(), event.isAutoRepeat(), event.count()
        )
        self._held.take(partial(QApplication.sendEvent, watched, again))

    def _pressed(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str) -> bool:
        plain = modifiers & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if plain:
            return False
        if text.isdecimal() and text.isascii():
            self._jump(text)
            return True
        self._begin_number()
        if key in KINDS:
            self.entered.emit(KINDS[key], bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
            return True
        if key in self._actions:
            self._actions[key]()
            return True
        return False

    def _jump(self, digit: str) -> None:
        """One digit after another makes a number of the list; one too large for it begins a new one."""
        joined = self._number + digit
        self._number = joined if int(joined) <= self._count() else digit
        self._pause.start()
        self.jumped.emit(int(self._number))

    def _begin_number(self) -> None:
        self._number = ""
