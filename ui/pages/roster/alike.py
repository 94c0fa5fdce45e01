"""同一人？: a child already known beside a row of the file, and one key to say that they are one child or two."""

from collections.abc import Callable, Sequence
from operator import attrgetter

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.service.children.roster_answers import LookAlike, Side
from ui.models.rows import Column
from ui.widgets.listing import Listing
from ui.widgets.parts import button, card, column, label, row

SAID = {True: "是同一人", False: "不是同一人", None: "还没说"}
HINT = (
    "左边是已登记的，右边是这份名册里的。是同一人，就按名册更正这名学生，不会变成两个；不是同一人，按两名学生登记。"
    "再按一次同一个键，就收回。"
)
COLUMNS = (
    Column("已登记", lambda one: str(one.old.name), width=8),
    Column("名册中", lambda one: str(one.new.name), width=8),
    Column("相同和不同", lambda one: str(one.reason), width=0),
    Column(
        "认定",
        lambda one: SAID[one.said],
        width=8,
        tint=lambda one: "today" if one.said is None else "done",
        bold=lambda one: one.said is None,
    ),
)
SIDES: dict[str, Callable[[Side], object]] = {
    "姓名": attrgetter("name"),
    "出生日期": attrgetter("birth"),
    "身份证件号": attrgetter("id_no"),
    "班级": attrgetter("class_name"),
    "监护人": attrgetter("guardian"),
}
KEYS = {Qt.Key.Key_Y: True, Qt.Key.Key_N: False}


class AlikeTab(QWidget):
    """The pairs, the chosen one side by side.

    Signals:
        said(pair, same): the person's word about a pair; None takes it back.
    """

    said = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.listing = Listing("可能是同一人", COLUMNS, "没有要核对的。")
        self.is_same = button("是同一人(&Y)", lambda: self._say(same=True))
        self.is_other = button("不是同一人(&N)", lambda: self._say(same=False))
        self._head = label("", "quiet")
        self._words = {field: (label("", wrap=True), label("", wrap=True)) for field in SIDES}
        beside = QWidget()
        beside.setLayout(self._sides())
        self.cells: dict[str, tuple[str, str]] = {}
        layout = column(label(HINT, "subtitle", wrap=True), self.listing, card(beside), spacing=8, margin=8)
        layout.setStretch(1, 1)
        layout.addLayout(row(self.is_same, self.is_other, None))
        self.setLayout(layout)
        self.listing.chosen.connect(self._show)
        self.listing.view.installEventFilter(self)

    def show_pairs(self, pairs: Sequence[LookAlike]) -> None:
        """Show them; after a word of the person the next pair nobody has said anything about is the chosen one."""
        before = self.listing.current()
        self.listing.set_rows(pairs)
        shown = self.listing.model.rows
        last = next((place for place, one in enumerate(shown) if _is(one, before)), -1)
        if before is None or last < 0:
            return
        answered = shown[last].said is not None
        open_ones = [place for place in (*range(last, len(shown)), *range(last)) if shown[place].said is None]
        self.listing.view.selectRow(open_ones[0] if answered and open_ones else last)

    def _say(self, *, same: bool) -> None:
        """The same word again takes it back."""
        if pair := self.listing.current():
            self.said.emit(pair, None if pair.said is same else same)

    def _sides(self) -> QGridLayout:
        """A line for each thing that is known of a child, the one already known on the left."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(label("已登记", "quiet"), 0, 1)
        grid.addWidget(self._head, 0, 2)
        for line, (field, sides) in enumerate(self._words.items(), 1):
            grid.addWidget(label(field, "quiet"), line, 0)
            for place, words in enumerate(sides, 1):
                grid.addWidget(words, line, place)
        return grid

    def _show(self, pair: LookAlike | None) -> None:
        self.is_same.setEnabled(pair is not None)
        self.is_other.setEnabled(pair is not None)
        self.cells = _cells(pair) if pair else {}
        self._head.setText(f"名册第{pair.row}行" if pair else "")
        for field, texts in self.cells.items():
            for words, text in zip(self._words[field], texts, strict=True):
                words.setText(text or "（空）")
                font = words.font()
                font.setBold(texts[0] != texts[1])
                words.setFont(font)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """Y and N on the list say what the buttons do."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            same = KEYS.get(Qt.Key(event.key()))
            if same is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                self._say(same=same)
                return True
        return super().eventFilter(watched, event)


def _is(one: LookAlike, other: LookAlike | None) -> bool:
    return other is not None and (one.id, one.sheet, one.row) == (other.id, other.sheet, other.row)


def _cells(pair: LookAlike) -> dict[str, tuple[str, str]]:
    """What is known of both, by the words of the forms."""
    return {word: (_words(of, pair.old), _words(of, pair.new)) for word, of in SIDES.items()}


def _words(of: Callable[[Side], object], side: Side) -> str:
    value = of(side)
    return str(value) if value else ""
