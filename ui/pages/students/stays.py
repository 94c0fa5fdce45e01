"""The tab 学籍 of one child: its enrolments in order, its 学籍标注, and what can be taken back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.membership import JOINING, LEAVING
from app.service.screens.stays import Stay
from app.service.screens.students import ChildWhole
from ui.models.rows import Column
from ui.widgets.parts import button, label, row
from ui.widgets.right_listing import RightListing


def stay_words(stay: Stay) -> str:
    """An enrolment in full."""
    until = f"至{stay.to_on}" if stay.to_on and not stay.left_on else "起"
    ended = f"{stay.left_on or ''}{stay.ended}"
    said = "，".join(part for part in (stay.began, ended, stay.detail) if part)
    return f"{stay.from_on}{until} {stay.where}：{said}"


STAYS = (
    Column("从", lambda one: str(one.from_on), width=6),
    Column("到", lambda one: str(one.left_on or one.to_on or "在册"), width=6),
    Column("就读", lambda one: str(one.where), width=8),
    Column("怎样来", lambda one: str(one.began), width=4),
    Column("怎样离开", lambda one: str(one.ended), width=0),
)

MARKS = (
    Column("标注", lambda one: str(one.kind), width=8),
    Column("哪天标注", lambda one: str(one.set_on), width=6),
    Column("哪天取消", lambda one: str(one.cleared_on or "没有取消"), width=0),
)


MARK_LINES = 6  # of the list of 学籍标注 with its buttons
LEAST_LINES = 9  # of the list with the row in full below it; where there is less room the tab scrolls


class StaysTab(QWidget):
    """Where a child was and is.

    Signals:
        take_back(): the person wants to take back the last leaving or coming.
        mark(): the person wants to enter a 学籍标注, or that it was taken off.
        same(): the person wants to say that another record is this child.
        split(): the person wants to take back that a record is this child.
        right(table, id, withdraw): the person wants to correct an enrolment or a 学籍标注, or to withdraw it.
    """

    take_back = Signal()
    mark = Signal()
    same = Signal()
    split = Signal()
    right = Signal(str, str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        nowhere = "没有就读记录。按“转入、复学…”登记。"
        self.listing = RightListing("就读", STAYS, nowhere, lambda one: ("enrolment", one.id), stay_words)
        self.marks = RightListing("学籍标注", MARKS, "", lambda one: ("mark", one.id))
        self.unmarked = label("学籍系统里没有标注。", wrap=True)
        self.unmarked.setMargin(8)
        for one in (self.listing, self.marks):
            one.right.connect(self.right)
        self.undo = button("撤回最近一次(&B)", self.take_back.emit, hint="撤回最近登记的离校或到校，要写理由")
        self.records = label("", wrap=True)
        self.records.setMargin(8)
        self.same_button = button("同一人(&T)…", self.same.emit, hint="另有一条记录也是这名学生")
        self.split_button = button("撤销同一人(&U)…", self.split.emit, hint="认定错了，把一条记录分出来")
        self.mark_button = button("学籍标注(&K)…", self.mark.emit, hint="登记学籍系统里的标注，或取消标注")
        self.listing.setMinimumHeight(self.fontMetrics().height() * LEAST_LINES)
        self.marks.setFixedHeight(self.fontMetrics().height() * MARK_LINES)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.listing, 1)
        layout.addWidget(self.marks)
        layout.addWidget(self.unmarked)
        layout.addWidget(self.records)
        layout.addLayout(row(None, self.same_button, self.split_button))
        layout.addLayout(row(None, self.mark_button, self.undo))

    def show_stays(self, whole: ChildWhole, *, may_write: bool) -> None:
        """Show a child."""
        self.listing.set_rows(whole.stays)
        self.marks.set_rows(whole.marks)
        self.marks.setVisible(bool(whole.marks))
        self.unmarked.setVisible(not whole.marks)
        for one in (self.listing, self.marks):
            one.allow(may_write)
        last = whole.stays[-1] if whole.stays else None
        may_undo = last is not None and (last.ended in LEAVING or last.began in JOINING)
        self.undo.setEnabled(may_write and may_undo)
        self.mark_button.setEnabled(may_write)
        several = len(whole.records) > 1
        told = "；".join(one.words for one in whole.records)
        self.records.setText(f"▲ 由{len(whole.records)}条认定为同一人的记录合成：{told}" if several else "")
        self.records.setVisible(several)
        self.same_button.setEnabled(may_write)
        self.split_button.setVisible(several)
        self.split_button.setEnabled(may_write)
