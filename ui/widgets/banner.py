"""A sentence over the head of the window: what was refused and what to do, or what was done."""

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.widgets.parts import button, label, restyle

SHOWN = 6000  # ms a good message stays; a refusal stays until it is closed
SIGNS = {"refused": "▲", "said": "✓"}
GAP = 12  # px left free before what is not covered


class Banner(QFrame):
    """Hidden until it has something to say. It lies over the head, so that no row moves from under the mouse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = label("")
        self._words = label("", wrap=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._head: QWidget | None = None
        self._end: QWidget | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 8, 4)
        layout.addWidget(self._sign)
        layout.addWidget(self._words, 1)
        layout.addWidget(button("知道了", self.hide, "link"))
        self.hide()

    def lie_over(self, head: QWidget, end: QWidget) -> None:
        """From now on lie over `head`, as far as `end`, a widget in it."""
        self._head, self._end = head, end
        self.setParent(head.parentWidget())
        for one in (head, end):
            one.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def refuse(self, sentence: str) -> None:
        """Show what a person has to mend; stays until closed or replaced."""
        self._timer.stop()
        self._say("refused", sentence)

    def tell(self, sentence: str) -> None:
        """Show something good for a few seconds."""
        self._say("said", sentence)
        self._timer.start(SHOWN)

    def pass_by(self) -> None:
        """Another page is shown: what was refused on the last one is over. What was done stays its few seconds."""
        if self.property("role") == "refused":
            self.hide()

    def _say(self, role: str, sentence: str) -> None:
        self.setProperty("role", role)
        for one in (self, self._sign, self._words):
            restyle(one)
        self._sign.setText(SIGNS[role])
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        layout = self.layout()
        if self._head is None or self._end is None or layout is None:
            return
        width = self._end.mapTo(self._head, QPoint(0, 0)).x() - GAP
        height = max(self._head.height(), layout.totalHeightForWidth(width))
        self.setGeometry(self._head.x(), self._head.y(), width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """Follow the head's size and the place of its end."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move} and self.isVisible():
            self._place()
        return False
