"""The keys of a roll: plain letters that work only while the list of children has the focus."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

KINDS = {Qt.Key.Key_K: "旷课", Qt.Key.Key_B: "病假", Qt.Key.Key_S: "事假", Qt.Key.Key_Space: ""}
HINT = (
    "K 旷课　B 病假　S 事假　空格 在校　Shift+字母 半天　数字 跳到序号　← → 换一天　Ctrl+↑ ↓ 换班　"
    "X 销假　G 去个案"
)


class RollKeys(QObject):
    """Listens on the list of children.

    Signals:
        marked(kind, half): a state was typed, empty for 在校; `half` with Shift.
        jumped(number): a number in the list was typed.
    """

    marked = Signal(str, bool)
    jumped = Signal(int)

    def __init__(self, actions: Mapping[Qt.Key, Callable[[], object]], parent: QObject) -> None:
        super().__init__(parent)
        self._actions = dict(actions)
        self._number = ""

    def listen(self, widget: QWidget) -> None:
        """Take the keys typed into `widget`; an input method must not swallow them there."""
        widget.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """Act on a key of ours; all others go on to the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(Qt.Key(event.key()), event.modifiers(), event.text())
        return super().eventFilter(watched, event)

    def _pressed(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str) -> bool:
        plain = modifiers & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if plain:
            return False
        if text.isdecimal() and text.isascii():
            self._jump(text)
            return True
        self._number = ""
        if key in KINDS:
            self.marked.emit(KINDS[key], bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
            return True
        if key in self._actions:
            self._actions[key]()
            return True
        return False

    def _jump(self, digit: str) -> None:
        self._number = (self._number + digit)[-3:]
        self.jumped.emit(int(self._number))
