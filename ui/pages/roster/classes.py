"""Texts of classes nobody can read, each asked about once: 对应到 which class."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from ui.widgets.parts import button, column, label, row, scrolled

LEAVE = ""


class ClassesTab(QWidget):
    """A chooser a text; what is said takes effect when the file is read again.

    Signals:
        again(): read the file with what was said.
    """

    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choosers: dict[str, QComboBox] = {}
        self._said: dict[str, str] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.button = button("按选择重新预览(&R)", self.again.emit)
        hint = label(
            "这些班级认不出来。请写上每一个是哪个班，如“二年级1班”；记住以后，下次不再问。",
            "subtitle",
            wrap=True,
        )
        layout = column(hint, spacing=12, margin=12)
        layout.addLayout(self._grid)
        layout.addLayout(row(self.button, None))
        layout.addStretch(1)
        body = QWidget()
        body.setLayout(layout)
        self.setLayout(column(scrolled(body)))

    def forget(self) -> None:
        """Another file comes."""
        self._said = {}
        self._ask((), ())

    def show_texts(self, texts: Sequence[str], known: Sequence[str]) -> None:
        """Ask about `texts`; `known` are classes to choose from. What was said before of this file still holds."""
        self._said = self.said()
        self._ask(texts, known)

    def said(self) -> dict[str, str]:
        """Text in the file → the class it is."""
        now = {text: box.currentText().strip() for text, box in self.choosers.items()}
        return self._said | {text: told for text, told in now.items() if told}

    def _ask(self, texts: Sequence[str], known: Sequence[str]) -> None:
        while item := self._grid.takeAt(0):
            if old := item.widget():
                old.deleteLater()
        self.choosers = {}
        for line, text in enumerate(texts):
            box = QComboBox()
            box.setEditable(True)
            box.addItems([LEAVE, *known])
            box.setCurrentText(self._said.get(text, LEAVE))
            box.setAccessibleName(f"“{text}”是哪个班")
            words = label(f"“{text}”对应到", wrap=True)
            words.setBuddy(box)
            self.choosers[text] = box
            self._grid.addWidget(words, line, 0)
            self._grid.addWidget(box, line, 1)
            box.currentTextChanged.connect(self._look)
        self._look()

    def _look(self) -> None:
        self.button.setEnabled(any(box.currentText().strip() for box in self.choosers.values()))
