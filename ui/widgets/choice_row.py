"""One of a few, chosen by one key: buttons side by side with their digit on them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QPushButton, QWidget


class ChoiceRow(QWidget):
    """Buttons of which at most one is down. The digit on a button chooses it while the row has focus, arrows walk.

    Signals:
        chosen(text): a person chose.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, choices: Sequence[str], *, chosen: str = "", columns: int = 0, digits: bool = True
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._choices: tuple[str, ...] = ()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._across = columns or len(choices)
        self._digits = digits
        self.offer(choices)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group.buttonClicked.connect(self._clicked)
        self.choose(chosen)

    def offer(self, choices: Sequence[str]) -> None:
        """Offer other choices; what was chosen stays chosen where it is among them."""
        if tuple(choices) == self._choices:
            return
        kept = self.value
        for old in self._group.buttons():
            self._group.removeButton(old)
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._choices = tuple(choices)
        for place, text in enumerate(choices):
            self._add(place, text)
        self.choose(kept)

    def _add(self, place: int, text: str) -> None:
        made = QPushButton(f"{place + 1} {text}" if self._digits else text)
        made.setCheckable(True)
        made.setAutoDefault(False)
        made.setProperty("role", "choice")
        made.setAccessibleName(f"{self.accessibleName()} {text}")
        made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._group.addButton(made, place)
        self._layout.addWidget(made, place // self._across, place % self._across)
        made.show()

    @property
    def value(self) -> str:
        """What is chosen, an empty text if nothing is."""
        place = self._group.checkedId()
        return self._choices[place] if place >= 0 else ""

    def choose(self, text: str) -> None:
        """Show `text` as chosen without telling anyone; a text that is no choice chooses nothing."""
        if text in self._choices:
            self._group.button(self._choices.index(text)).setChecked(True)
            self.setAccessibleDescription(f"已选 {text}")

    def pick(self, place: int) -> None:
        """Choose the `place`-th as a person would; a place beyond the row does nothing."""
        if 0 <= place < len(self._choices):
            self._group.button(place).click()

    def _clicked(self, _button: QAbstractButton) -> None:
        self.setFocus()
        self.setAccessibleDescription(f"已选 {self.value}")
        self.chosen.emit(self.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Digits choose, arrows walk."""
        here = self._group.checkedId()
        if self._digits and event.text().isdecimal() and int(event.text()) <= len(self._choices):
            self.pick(int(event.text()) - 1)
        elif event.key() in {Qt.Key.Key_Right, Qt.Key.Key_Down}:
            self.pick(min(here + 1, len(self._choices) - 1))
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Up}:
            self.pick(max(here - 1, 0))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 — Qt's name
        """Show where the focus is."""
        super().focusInEvent(event)
        self._show_focus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 — Qt's name
        """Show that it is gone."""
        super().focusOutEvent(event)
        self._show_focus(False)

    def _show_focus(self, on: bool) -> None:
        for made in self._group.buttons():
            made.setProperty("near", on)
            made.style().unpolish(made)
            made.style().polish(made)
