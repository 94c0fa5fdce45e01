"""核实去向: why nobody knows where a child is, and the three answers a person may have."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.service.screens.students import ChildWhole
from ui.widgets.parts import button, card, column, label, strip


class Whereabouts(QWidget):
    """The question and its answers; hidden for a child nobody seeks.

    Signals:
        here(): the child is still in this school.
        left(): the child left, in whatever way.
        unknown(): nobody was found who knows; the call is to be noted.
    """

    here = Signal()
    left = Signal()
    unknown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = label("", "today", wrap=True)
        self.answers = (
            button("还在本校(&1)", self.here.emit, hint="该生在校，名册漏写了"),
            button("已经离校(&2)…", self.left.emit, hint="转出、休学、毕业等"),
            button("还没问到(&3)…", self.unknown.emit, hint="记一次电话或家访，去向仍待核实"),
        )
        framed = card(self._words, strip(*self.answers, None))
        layout = framed.layout()
        assert layout is not None
        layout.setContentsMargins(8, 6, 8, 6)
        self.setLayout(column(framed))
        self.hide()

    def take_keys(self) -> None:
        """The keyboard goes to the first answer, if there is a question."""
        if not self.isHidden():
            self.answers[0].setFocus()

    def ask(self, whole: ChildWhole, *, may_write: bool) -> None:
        """Ask about a child, or hide."""
        self._words.setText(f"{whole.sought}问清以前不算在校。{whole.name}现在在哪里？")
        for one in self.answers:
            one.setEnabled(may_write)
        self.setVisible(bool(whole.sought))
