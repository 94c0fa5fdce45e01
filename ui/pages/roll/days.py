"""Beside the roll: the days a class was not called, settled one key each, and who recorded what on a day."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QMessageBox, QWidget

from app.domain.dates import month_day, weekday_words
from app.service.office.desk import Desk
from app.service.rolls.roll_call import take_roll
from app.service.screens.roll import Backfill, RollEntry, RollSheet, backfill
from app.service.screens.roll_all import AllThere, all_classes_there, uncalled_classes
from ui.context import Context
from ui.models.rows import Column, RowsModel
from ui.widgets.day_edit import DayEdit
from ui.widgets.parts import button, card, column, label, row, table
from ui.widgets.roll_keys import RollKeys

DAYS = (
    Column("日期", lambda one: _day(one.day), width=8),
    Column("状态", lambda one: _state(one.session), width=7, tint=lambda _one: "unknown"),
    Column(
        "无法判定的学生",
        lambda one: f"{len(one.undecided)}人：{'、'.join(one.undecided)}" if one.undecided else "没有",
        width=0,
        tint=lambda one: "overdue" if one.undecided else "quiet",
    ),
)
WORDS = "没有点名的日子既不算到校也不算缺课：连续旷课数不下去。请逐日补上。"


class BackfillPanel(QWidget):
    """Lists the 上课日 of a class without a roll; A records 全到 for the days chosen, Enter opens a day.

    Call `refresh` once it is shown. `open_day` gets the day chosen, `settled` the sentence of what was recorded.
    """

    def __init__(
        self,
        context: Context,
        page: QWidget,
        sheet: RollSheet,
        open_day: Callable[[date], None],
        settled: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._context = context
        self._page = page
        self._class_id, self._class = sheet.class_id, sheet.class_name
        self._open_day = open_day
        self._settled = settled
        self.model = RowsModel(DAYS, self)
        self.view = table(self.model, "没有点名的上课日", sortable=False)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._show_buttons())
        self.empty = label("", "empty", wrap=True)
        self.note = label("", "overdue", wrap=True)
        self.first, self.last = self._day_edit("从哪天起", "第一次点名"), self._day_edit("到哪天止", "昨天")
        self.open_button = button("打开这一天  Enter", self.open, "primary")
        self.all_button = button("", self.all_present, hint="只在核实全班都到校时使用；Ctrl+Z可撤销")
        self.every_button = button(
            "这天没点的班都全到(&W)", self.every_class, hint="全校补一天；点过的班不动，没来的孩子再逐个改"
        )
        self.problem = label("", "overdue", wrap=True)
        keys = RollKeys(
            {Qt.Key.Key_A: self.all_present, Qt.Key.Key_Return: self.open, Qt.Key.Key_Enter: self.open}, self
        )
        keys.listen(self.view)
        self._lay_out()
        self._busy = False
        self._range: tuple[date | None, date | None] = (None, None)
        self._at_list = True  # the list takes the focus when the panel opens, not while the days are typed

    def _lay_out(self) -> None:
        layout = column(label(WORDS, "quiet", wrap=True))
        layout.addLayout(row(label("从"), self.first, label("到"), self.last, None))
        for one in (self.problem, self.note):
            layout.addWidget(one)
            one.hide()
        layout.addWidget(self.view, 1)
        layout.addWidget(self.empty, 1)
        layout.addWidget(label("按住Shift或Ctrl可以选几天；Ctrl+A选全部。", "quiet", wrap=True))
        layout.addLayout(row(None, self.every_button))
        self.setLayout(layout)

    def refresh(self) -> None:
        """Read the days anew; until they are there the buttons are grey and A does nothing."""
        self._busy = True
        self._show_buttons()
        self._context.tasks.read(
            self, backfill, self._class_id, *self._range, then=self._show, failed=self._not_read
        )

    def open(self) -> None:
        """Go to the day chosen."""
        if one := self.model.row(self.view.currentIndex()):
            self._open_day(one.day)

    def all_present(self) -> None:
        """Record that everybody was there on the days chosen."""
        days = self._chosen()
        if days and not self._busy and not self._context.read_only:
            self._busy = True
            self._context.tasks.write(
                self._page, all_there, self._class, days, then=self._recorded, failed=self._not_recorded
            )

    def every_class(self) -> None:
        """The same day in all classes nobody has called: they are named, and a person says whether all were there."""
        one = self.model.row(self.view.currentIndex())
        if one is not None and not self._busy and not self._context.read_only:
            ask = partial(self._ask_every, one.day)
            self._context.tasks.read(self, uncalled_classes, one.day, then=ask)

    def _ask_every(self, day: date, names: tuple[str, ...]) -> None:
        box = QMessageBox(self)
        box.setWindowTitle("全校补一天")
        box.setText(f"{_day(day)}没有点名的{len(names)}个班：{'、'.join(names)}。\n核实过全都到校了吗？")
        go = box.addButton("都全到", QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton("再核实", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.exec()
        if box.clickedButton() is go:
            self._busy = True
            self._context.tasks.write(
                self._page, all_classes_there, day, then=self._every_recorded, failed=self._not_recorded
            )

    def _every_recorded(self, done: AllThere) -> None:
        self._at_list = True
        words = f"{_day(done.day)}{len(done.classes)}个班已记为全到"
        self._settled(f"{words}。有没来的，到那个班那一天改；记错了可按Ctrl+Z撤销。")
        self.refresh()

    def _chosen(self) -> list[tuple[date, str]]:
        places = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        rows = [self.model.rows[place] for place in places]
        return [(one.day, one.session) for one in rows]

    def _recorded(self, days: list[tuple[date, str]]) -> None:
        self._at_list = True
        which = _day(days[0][0]) if len(days) == 1 else f"{len(days)}天"
        self._settled(f"{self._class}{which}已记为全到，记错了可按Ctrl+Z撤销。")
        self.refresh()

    def _not_recorded(self, problem: BaseException) -> None:
        self._context.tasks.show_problem(problem)
        self.refresh()

    def _not_read(self, problem: BaseException) -> None:
        self._busy = False
        self._context.tasks.show_problem(problem)

    def _show_buttons(self) -> None:
        count = len(self._chosen())
        self.all_button.setText(f"选中的{count}天全到  A" if count > 1 else "当天全到  A")
        self.all_button.setEnabled(count > 0 and not self._busy)
        for one in (self.open_button, self.every_button):
            one.setEnabled(count == 1 and not self._busy)

    def _show(self, found: Backfill) -> None:
        self._busy = False
        place, days = max(self.view.currentIndex().row(), 0), found.days
        self.model.set_rows(days)
        self.empty.setText(found.why)
        self.note.setText(found.note)
        self.note.setVisible(bool(found.note))
        self.view.setVisible(bool(days))
        self.empty.setVisible(not days)
        self._show_buttons()
        if days:
            self.view.selectRow(min(place, len(days) - 1))
            if self._at_list:
                self.view.setFocus()
        elif found.begin and self._at_list:
            self.first.set_day(found.begin)
            self.first.setFocus()
            self.first.selectAll()
        self._at_list = False

    def _typed(self) -> None:
        self.problem.setText(self.first.problem or self.last.problem)
        self.problem.setVisible(bool(self.problem.text()))
        if self.problem.text():
            return
        wanted = self.first.day(), self.last.day()
        if wanted != self._range:
            self._range = wanted
            self.refresh()

    def _day_edit(self, name: str, usual: str) -> DayEdit:
        made = DayEdit(self._context.today)
        made.setPlaceholderText(usual)
        made.setAccessibleName(name)
        made.editingFinished.connect(self._typed)
        return made


def all_there(desk: Desk, class_text: str, days: list[tuple[date, str]]) -> list[tuple[date, str]]:
    """Record that everybody of a class was there on each of `days`, in the session that was not called; returns them.

    All of them, or none. A half that was called stays as it is.
    """
    for day, session in days:
        take_roll(desk, class_text, day, session=session)
    return days


def history_content(entries: list[RollEntry]) -> QWidget:
    """The rolls recorded for a day, newest first, as cards."""
    content = QWidget()
    cards = [card(*_entry(one)) for one in reversed(entries)]
    content.setLayout(column(*(cards or [label("这一天还没有人点过名。", "empty", wrap=True)]), None))
    return content


def _state(session: str) -> str:
    return "▨ 没有点名" if session == "全天" else f"◐ {session}没有点"


def _entry(one: RollEntry) -> tuple[QLabel, QLabel]:
    at = one.at.astimezone()
    state = "现在有效" if one.stands else "已被后来的点名代替"
    return label(one.what, wrap=True), label(
        f"{one.operator}　{_day(at.date())} {at:%H:%M}　{state}", "quiet", wrap=True
    )


def _day(day: date) -> str:
    return f"{month_day(day)} {weekday_words(day)}"
