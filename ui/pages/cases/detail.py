"""One case: the child on the left, 一生一案 in the middle, what to do on the right."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from app.service.screens.case import CasePage
from ui.context import Context
from ui.pages.cases.child import ChildCard
from ui.pages.cases.next_step import NextSide
from ui.theme import COLOURS
from ui.widgets.case_words import stage_colour, stage_text, stage_words
from ui.widgets.homed import Homed
from ui.widgets.keys import on_keys
from ui.widgets.parts import button, column, label, row, scrolled
from ui.widgets.timeline import Timeline

LEFT, RIGHT = 17, 21  # characters wide, as long as the page has the room
LEFT_SHARE, RIGHT_SHARE = 0.25, 0.29  # of the page's width, never more


class CaseDetail(Homed):
    """Signals:
    left(): back to the list is wanted.
    walked(step): the next (1) or the previous (−1) case is wanted.
    """

    left = Signal()
    walked = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.case: CasePage | None = None
        self.child = ChildCard(context)
        self.timeline = Timeline(context.today)
        self.next = NextSide(context)
        self._title = label("", "title")
        self._stage = label("")
        self._place = label("", "quiet")
        self._sides = (scrolled(self.child, "学生"), scrolled(self.next, "下一步"))
        self._lay_out()
        self._make_keys()
        self.set_home(self.timeline)

    @property
    def case_id(self) -> str:
        """The id of the case shown; '' before the first."""
        return self.case.row.id if self.case else ""

    def show_place(self, place: str) -> None:
        """Say where the case stands in the list."""
        self._place.setText(place)

    def show_case(self, case: CasePage, place: str) -> None:
        """Show a case; `place` says where it stands in the list."""
        same = self.case_id == case.row.id
        beside = any(
            side.isAncestorOf(QApplication.focusWidget() or self) for side in (self.child, self.next)
        )
        kept = self.timeline.currentIndex().row() if same else 0
        fresh = self.case is None or len(case.entries) != len(self.case.entries)
        stage = case.row.stage
        self.case = case
        self._title.setText(f"个案 {case.called}")
        self._stage.setText(stage_words(stage))
        self._stage.setStyleSheet(f"color: {COLOURS[stage_colour(stage)]}; font-weight: 600;")
        self._stage.setAccessibleName(f"阶段 {stage_text(stage)}")
        self.show_place(place)
        self.child.show_case(case)
        self.next.show_case(case)
        self.timeline.show_entries(case.entries)
        if beside:
            self.timeline.setFocus()  # the button that had the focus was made anew
        if same and not fresh and kept > 0:
            self.timeline.setCurrentIndex(self.timeline.model().index(kept, 0))

    def _lay_out(self) -> None:
        back = button("‹ 全部个案 Esc", self.left.emit, "link", hint="回到列表（Esc）")
        earlier = button("‹ 上一件", lambda: self.walked.emit(-1), hint="Alt+↑")
        later = button("下一件 ›", lambda: self.walked.emit(1), hint="Alt+↓")
        head = row(back, self._title, self._stage, None, self._place, earlier, later, spacing=12)
        middle = QWidget()
        inside = column(margin=0)
        inside.addLayout(
            row(label("一生一案", "subtitle"), None, label("Enter 看全部 · E 更正 · X 撤回", "quiet"))
        )
        inside.addWidget(self.timeline, 1)
        middle.setLayout(inside)
        three = QHBoxLayout()
        three.setSpacing(12)
        three.addWidget(self._sides[0])
        three.addWidget(middle, 1)
        three.addWidget(self._sides[1])
        layout = column(margin=0)
        layout.addLayout(head)
        layout.addLayout(three, 1)
        self.setLayout(layout)

    def _make_keys(self) -> None:
        on_keys(self, self.left.emit, "Esc")
        on_keys(self, lambda: self.walked.emit(-1), "Alt+Up")
        on_keys(self, lambda: self.walked.emit(1), "Alt+Down")
        on_keys(self.timeline, self.next.visit_wanted.emit, "V", alone=True)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Give the sides what they need, but leave the middle the larger half."""
        super().resizeEvent(event)
        em = self.fontMetrics().horizontalAdvance("永")
        left, right = self._sides
        left.setFixedWidth(min(em * LEFT, round(self.width() * LEFT_SHARE)))
        right.setFixedWidth(min(em * RIGHT, round(self.width() * RIGHT_SHARE)))
