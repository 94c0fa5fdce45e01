"""The children of a roll in their table: chosen, entered by key and by click, their names as wide as there is room."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal

from app.service.screens.roll_pupils import STRIP, PupilRow
from ui.models.roll_sheet import (
    AFTERNOON,
    NAME_COLUMN,
    NOTE_COLUMN,
    STATE_COLUMN,
    STRIP_COLUMN,
    RollModel,
    note_of,
)
from ui.widgets.day_strip import NARROW, WIDE, StateDelegate, StripDelegate, states_width, strip_width
from ui.widgets.parts import table

NAME_PADDING = 2  # characters beside a name, as much as keeps columns apart
PADDING = 20  # px left and right of the words in a cell
NAME_LEAST = 3  # characters
NOTE_LEAST = 8  # characters the notes keep beside long names
NOTE_USUAL = 14  # characters: ● 第5天，个案 2026-003; where they have less, the states take less room


class RollList(QObject):
    """`model` and `view` of the list. `may_enter` is asked before an entry; `whole` says whether the roll is for all
    day.

    Signals:
        refused(sentence): an entry that makes no sense.
    """

    refused = Signal(str)

    def __init__(self, parent: QObject, may_enter: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._may_enter = may_enter
        self.whole = True
        self.model = RollModel(self)
        self.view = table(self.model, "本班学生", sortable=False)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # notes are below, too
        self.states = StateDelegate(self.view)
        self.view.setItemDelegateForColumn(STRIP_COLUMN, StripDelegate(self.view))
        self.view.setItemDelegateForColumn(STATE_COLUMN, self.states)
        self.states.picked.connect(self._clicked)
        self.view.viewport().installEventFilter(self)

    def show_pupils(self, pupils: Sequence[PupilRow], *, keep: bool, same: bool) -> None:
        """Show the children; `keep` keeps entries that are not saved, `same` the child chosen."""
        current = self.current() if same else None
        (self.model.reload if keep and same else self.model.load)(pupils)
        self._fit()
        self._choose(max(self.model.position("id", current.id), 0) if current else 0)

    def current(self) -> PupilRow | None:
        """The child chosen."""
        return self.model.row(self.view.currentIndex())

    def enter(self, kind: str, half: bool) -> None:
        """Enter the absence of the child chosen; an empty `kind` is 在校."""
        self._enter_at(self.view.currentIndex().row(), kind, half)

    def jump(self, number: int) -> None:
        """Choose the child with that number in the list."""
        if 1 <= number <= self.model.rowCount():
            self._choose(number - 1)

    def note(self) -> tuple[str, str, bool]:
        """Name and note of the child chosen, and whether its row shows both whole."""
        child = self.current()
        if child is None:
            return "", "", True
        name, note = child.name, note_of(child)
        return name, note, self._fits(NAME_COLUMN, name) and self._fits(NOTE_COLUMN, note)

    def _fits(self, column: int, words: str) -> bool:
        return self.view.fontMetrics().horizontalAdvance(words) <= self.view.columnWidth(column) - PADDING

    def _enter_at(self, place: int, kind: str, half: bool) -> None:
        if place < 0 or not self._may_enter():
            return
        halved = half and bool(kind) and self.whole
        if not (self.model.enter_half if halved else self.model.enter)(place, kind):
            name = self.model.rows[place].name
            self.refused.emit(f"{name}这天请了假，不用标。已经返校的，请按 X 销假。")

    def _clicked(self, place: int, kind: str, half: bool) -> None:
        """A click enters; one more on the same state makes it the morning, then the afternoon, then the day again."""
        row = self.model.rows[place]
        again = bool(kind) and row.kind == kind and not row.leave and self.whole
        self._enter_at(place, kind, half or (again and row.part != AFTERNOON))

    def _choose(self, place: int) -> None:
        if place < self.model.rowCount():
            self.view.selectRow(place)
            self.view.setCurrentIndex(self.model.index(place, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """The columns follow the width of the window."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Room for the longest name of the class, while the notes keep some; the states give way, too."""
        metrics = self.view.fontMetrics()
        em = metrics.horizontalAdvance("永")
        longest = max((metrics.horizontalAdvance(one.name) for one in self.model.rows), default=0)
        name = max(longest, NAME_LEAST * em)
        self.view.setColumnWidth(STRIP_COLUMN, strip_width(em, STRIP))
        rest = self.view.viewport().width() - NAME_PADDING * em
        rest -= sum(self.view.columnWidth(one) for one in (0, STRIP_COLUMN))
        wide = states_width(em, WIDE)
        states = wide if rest - wide - name >= NOTE_USUAL * em + PADDING else states_width(em, NARROW)
        room = max(rest - states - NOTE_LEAST * em, NAME_LEAST * em)
        self.view.setColumnWidth(STATE_COLUMN, states)
        self.view.setColumnWidth(NAME_COLUMN, min(name, room) + NAME_PADDING * em)
