"""概况: the pictures, side by side where there is room, each with a button that saves it as a PNG."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QFrame, QScrollArea, QWidget

from app.domain.dates import day_words
from app.errors import EnvironmentProblem
from app.service.screens.charts import Charts, charts
from ui.charts.chart import Chart
from ui.charts.stages import StageChart
from ui.charts.weeks import WeekChart
from ui.context import Context
from ui.widgets.parts import button, column, label, row

GAP = 12  # px between the cards


class ChartBoard(QScrollArea):
    """The pictures of the term. `refresh` reads the numbers anew."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.weeks = WeekChart()
        self.stages = StageChart()
        self._empty = label(
            "还没有点名，也没有个案，没有可画的。导入名册、点过名以后再来看。", "empty", wrap=True
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._cards = [self._card(self.weeks, "存为图片(&S)"), self._card(self.stages, "存为图片(&T)")]
        inside = QWidget()
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._layout.setContentsMargins(0, GAP, 0, 0)
        self._layout.setSpacing(GAP)
        self._layout.addWidget(self._empty)
        for card, share in zip(self._cards, (5, 3), strict=True):
            self._layout.addWidget(card, share, Qt.AlignmentFlag.AlignTop)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._show(Charts("", (), (), ()))

    def refresh(self) -> None:
        """Read the numbers and draw them."""
        self._context.tasks.read(self, charts, then=self._show)

    def caption(self) -> str:
        """What stands under the heading of a saved picture: whose numbers, up to which day."""
        return f"{self._context.unit}　截至{day_words(self._context.today)}"

    def save(self, chart: Chart, path: Path) -> None:
        """Save a picture as PNG, beside the window's thread."""
        image = chart.image(self.caption())

        def write() -> Path:
            if not image.save(str(path), "PNG"):  # type: ignore[call-overload]  # the stubs want bytes, Qt a str
                raise EnvironmentProblem(f"图片没有存成：{path.name}写不进去。请换一个文件夹再存。")
            return path

        self._context.tasks.compute(self, write, then=self._saved)

    def _saved(self, path: Path) -> None:
        self._context.preferences.folder = str(path.parent)
        self._context.bus.said.emit(f"图片已存到：{path}")

    def _ask_and_save(self, chart: Chart) -> None:
        name = f"{chart.heading.split('（')[0]}{self._context.today.isoformat()}.png"
        start = str(Path(self._context.preferences.folder) / name)
        chosen, _ = QFileDialog.getSaveFileName(self, "存为图片", start, "图片 (*.png)")
        if chosen:
            self.save(chart, Path(chosen).with_suffix(".png"))

    def _show(self, numbers: Charts) -> None:
        self.weeks.show_weeks(numbers.mondays, numbers.classes)
        self.stages.show_stages(numbers.stages)
        called = any(week.days is not None for one in numbers.classes for week in one.weeks)
        some = called or any(count for _, count in numbers.stages)
        self._empty.setVisible(not some)
        self._cards[0].setVisible(called)
        self._cards[1].setVisible(some)
        self._arrange()
        if self.hasFocus():  # the tab was turned to before the pictures were there
            self.weeks.setFocus()

    def _arrange(self) -> None:
        """Side by side if both pictures fit, else one under the other."""
        needed = sum(card.sizeHint().width() for card in self._cards) + GAP
        wide = needed <= self.viewport().width()
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._layout.setDirection(direction)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Arrange the pictures for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def _card(self, chart: Chart, words: str) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "card")
        save = button(words, lambda: self._ask_and_save(chart))
        save.setAccessibleName(f"存为图片：{chart.heading}")
        layout = column(margin=12)
        layout.addLayout(row(label(chart.heading, "subtitle"), None, save))
        layout.addWidget(chart)
        frame.setLayout(layout)
        return frame
