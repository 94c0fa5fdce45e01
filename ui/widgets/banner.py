"""A sentence across the page: what was refused and what to do, or what was done."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.widgets.parts import button, label, restyle

SHOWN = 6000  # ms a good message stays; a refusal stays until it is closed
MARKS = {"refused": "▲", "said": "✓"}


class Banner(QFrame):
    """Hidden until it has something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = label("")
        self._words = label("", wrap=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 8, 4)
        layout.addWidget(self._mark)
        layout.addWidget(self._words, 1)
        layout.addWidget(button("知道了", self.hide, "link"))
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

    def _say(self, role: str, sentence: str) -> None:
        self.setProperty("role", role)
        for one in (self, self._mark, self._words):
            restyle(one)
        self._mark.setText(MARKS[role])
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
