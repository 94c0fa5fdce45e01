"""The classes beside a roll, each with whether it was called that day."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.service.screens.roll import DayClass
from ui.models.rows import Column, RowsModel
from ui.widgets.parts import table

CLASS_SIGNS = {"已点名": "✓ 已点", "未点名": "○ 未点", "不上课": "— 不上课"}
CLASSES = (
    Column("班级", lambda one: one.name, width=6),
    Column(
        "点名",
        lambda one: CLASS_SIGNS.get(one.state, f"◐ {one.state}"),
        width=5,
        tint=lambda one: "done" if one.state == "已点名" else "quiet" if one.done else "today",
    ),
)
LEAST, MOST = 3, 9  # characters of a cell
PADDING = 1.6  # characters beside the words of a cell
FRAME = 18  # px beside the columns, for a scroll bar


class ClassList(QWidget):
    """Shows the classes of a `roll_sheet`.

    Signals:
        picked(class_id): another class was chosen.
        entered(): Enter was pressed on the class shown.
    """

    picked = Signal(str)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.model = RowsModel(CLASSES, self)
        self.view = table(self.model, "班级", sortable=False)
        self._class_id = ""
        self._syncing = False
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit()
        self.view.horizontalHeader().setStretchLastSection(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.setFocusProxy(self.view)
        self.view.selectionModel().currentRowChanged.connect(lambda now, _old: self._chosen(now.row()))
        self.view.activated.connect(lambda _index: self.entered.emit())

    def show_classes(self, rows: Sequence[DayClass], class_id: str) -> None:
        """Show `rows`, with the class of the roll chosen."""
        self._syncing = True
        self._class_id = class_id
        self.model.set_rows(rows)
        self._fit()
        place = self.place()
        if place >= 0:
            self.view.selectRow(place)
        self._syncing = False

    def _fit(self) -> None:
        """As wide as what is said of the classes, so that the roll beside it has the rest."""
        metrics = self.view.fontMetrics()
        em = metrics.horizontalAdvance("永")
        widths: list[
            int
        ] = []  # not asked of the view: it stretches the last one, and the list would grow each time
        for place, column in enumerate(CLASSES):
            said = [metrics.horizontalAdvance(column.words(one)) for one in self.model.rows]
            words = min(max([LEAST * em, *said]), MOST * em)
            widths.append(words + round(PADDING * em))
            self.view.setColumnWidth(place, widths[-1])
        self.setFixedWidth(sum(widths) + FRAME)

    def place(self) -> int:
        """Where the class of the roll stands, −1 if nowhere."""
        return self.model.position("id", self._class_id)

    def neighbour(self, direction: int) -> str:
        """The id of the class above (−1) or below (1), or an empty text at the ends."""
        place = self.place() + direction
        return str(self.model.rows[place].id) if 0 <= place < len(self.model.rows) else ""

    def next_uncalled(self) -> DayClass | None:
        """The next class without a roll, looking on from the one shown and then from the top."""
        rows, here = self.model.rows, self.place()
        rest = rows[here + 1 :] + rows[: max(here, 0)]
        return next((one for one in rest if not one.done), None)

    def _chosen(self, place: int) -> None:
        if place >= 0 and not self._syncing:
            self.picked.emit(self.model.rows[place].id)
