"""Which school a roster is of, asked where its columns do not say: a chooser with the title's word as the first
guess."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from app.service.children.roster_answers import SchoolQuestion
from ui.widgets.parts import button, card, label, row


class SchoolChooser(QWidget):
    """The schools there are, and room to type one that is new.

    Signals:
        again(): the person wants the file read as this school's.
        changed(): something was chosen; `unread` may say otherwise now.
    """

    again = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read_as = ""
        self._asked = False
        self.words = label("", "", wrap=True)
        self.box = QComboBox()
        self.box.setEditable(True)
        self.box.setAccessibleName("这份名册是哪所学校的")
        self.box.setMinimumContentsLength(18)
        self.button = button("按这所学校预览(&H)", self.again.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        line = row(self.words, self.box, self.button)
        line.setStretch(0, 1)
        inside = QWidget()
        inside.setLayout(line)
        layout.addWidget(card(inside))
        self.box.currentTextChanged.connect(self._look)

    def show_question(self, question: SchoolQuestion | None) -> None:
        """Ask, with the school read or else the title's word chosen; without a question there is nothing to see."""
        self._asked = question is not None
        self.setVisible(self._asked)
        self._read_as = question.chosen if question else ""
        self.box.clear()
        if question:
            preset = question.chosen or question.guess
            self.box.addItems(list(dict.fromkeys((*question.known, *filter(None, [preset])))))
            self.box.setCurrentText(preset)
            told = f"按“{question.chosen}”的名册读的，不对可以改。" if question.chosen else "是哪所学校的？"
            self.words.setText(f"名册里没有“学校”一栏，{told}")
        self._look()

    def school(self) -> str:
        """The school that is chosen; empty where nobody was asked."""
        return self.box.currentText().strip() if self._asked else ""

    @property
    def unread(self) -> bool:
        """Whether the file was not read as the school's that is chosen now."""
        return self._asked and self.school() != self._read_as

    def _look(self) -> None:
        self.button.setEnabled(self.unread and bool(self.school()))
        self.changed.emit()
