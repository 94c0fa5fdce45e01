"""点名: one class, one day; walk with the arrows, enter who is missing, Enter saves and goes on to the next class."""

from collections.abc import Callable, Collection
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.dates import month_day
from app.service.rolls.roll_call import AbsenceEntry, RollTaken, take_roll
from app.service.screens.roll import RollSheet, opened_notices
from app.service.screens.roll_pupils import PupilRow
from ui.context import Context
from ui.models.roll_sheet import WHOLE, Tally
from ui.pages.page import Page
from ui.pages.roll.foot import RollFoot
from ui.pages.roll.head import RollHead
from ui.pages.roll.panels import RollPanels
from ui.pages.roll.parts import EmptyDay, OpenedNotice, ask_unsaved, may_close
from ui.pages.roll.turn import RollWanted, Turn, month_asked, sheet_of, which
from ui.widgets.held_keys import HeldKeys
from ui.widgets.keys import on_keys
from ui.widgets.parts import column
from ui.widgets.roll_classes import ClassList
from ui.widgets.roll_keys import RollKeys
from ui.widgets.roll_list import RollList
from ui.widgets.tables_out import TablesOut


class RollPage(Page):
    """The page 点名."""

    key = "roll"
    heading = "点名"
    help_page = "roll"
    tables = frozenset(
        {
            "roll",
            "absence",
            "leave",
            "student",
            "class_group",
            "case_file",
            "contact",
            "calendar_day",
            "term",
            "national_day",
        }
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.sheet = RollSheet(day=context.today, session="")
        self.turn = Turn()
        self._ending: str | None = None
        self._make_parts()
        self._lay_out()
        self._listen()
        self._show_footer()
        self.out = TablesOut(context, self, lambda: month_asked(self.sheet, dirty=self.model.dirty))

    # -- which roll is shown --

    def refresh(self) -> None:
        """Read the roll shown anew, keeping entries that are not saved; or the one that is on its way."""
        here = RollWanted(*which(self.sheet))
        self._load(self.turn.under_way or here, keep=not self.turn.under_way and bool(here.class_id))
        if self.notice.case_ids:  # one of them may have been taken back
            self._read_opened(self.notice.case_ids)

    def open_target(self, target: dict[str, Any]) -> None:
        """Show the roll of {"class": name, "date": date}; either may be missing."""
        day = target.get("date") or self.context.today
        name = target.get("class", "")
        self._guard(lambda: self._load(RollWanted("", day, name=name)))

    def show_day(self, day: date) -> None:
        """Show the class on another day, asking first if entries are not saved."""
        self._guard(lambda: self._load(RollWanted(self.sheet.class_id, day)))
        self.focus_list()

    def show_session(self, session: str) -> None:
        """Show another time of day, asking first if entries are not saved."""
        self._guard(lambda: self._load(RollWanted(*which(self.sheet)[:2], session)))
        self.focus_list()  # the keys go on in the list, also after a click on a button

    def show_class(self, class_id: str) -> None:
        """Show another class on the same day, asking first if entries are not saved."""
        if class_id != self.sheet.class_id or self.turn.busy:
            self._guard(lambda: self._load(RollWanted(class_id, self.sheet.day)))

    def step_class(self, direction: int) -> None:
        """Show the class above or below in the list."""
        if class_id := self.classes.neighbour(direction):
            self.show_class(class_id)

    def _load(self, wanted: RollWanted, *, keep: bool = False) -> None:
        number = self.turn.ask(wanted, keep=keep)
        self._show_footer()
        show, failed = partial(self._show, number, keep), partial(self._not_shown, number)
        self.context.tasks.read(self, sheet_of, wanted, then=show, failed=failed)

    def _not_shown(self, number: int, problem: BaseException) -> None:
        if number == self.turn.asked:
            self.held.drop()  # they were meant for the list that does not come
            self._show_place()
        self._free(number)
        self.context.tasks.show_problem(problem)

    def _free(self, number: int) -> None:
        """A list is there, or is not to be had. If it was the one to come, the keys that waited for it are pressed."""
        self.turn.come(number)
        self._show_footer()
        self.held.replay()

    def _show(self, number: int, keep: bool, sheet: RollSheet) -> None:
        if number != self.turn.asked:
            return  # a newer question is under way
        same = which(sheet) == which(self.sheet)
        had_focus = self.table.hasFocus() or self.empty.hasFocus()  # hiding one of them passes the focus on
        self.sheet = sheet
        self.list.whole = sheet.session == WHOLE
        self.list.show_pupils(sheet.pupils, keep=keep, same=same)
        self._show_place()
        self.empty.show_sheet(sheet)
        self.empty.setVisible(not sheet.pupils)
        listed = bool(sheet.pupils)
        self.table.setVisible(listed)
        self.set_home(self.table if listed else self.empty)
        if had_focus:
            self.focus_list()
        self._tell_end()
        self._free(number)

    def _show_place(self) -> None:
        """Class and day as the roll has them, also after another was chosen and then not gone to."""
        self.classes.show_classes(self.sheet.classes, self.sheet.class_id)
        self.head.show_sheet(self.sheet)

    # -- entering --

    def current(self) -> PupilRow | None:
        """The child chosen in the list."""
        return self.list.current()

    def undo_typed(self) -> bool:
        """Take back the last entry that is not saved."""
        return not self.turn.busy and self.model.undo_entry()

    def has_unsaved(self) -> bool:
        """Entries count, too."""
        return self.model.dirty or super().has_unsaved()

    def may_leave(self) -> bool:
        """Ask what becomes of entries that are not saved."""
        if self.model.dirty and not may_close(
            self, self.sheet.class_name, lambda: self._write(self.context.bus.said.emit)
        ):
            return False
        return super().may_leave()

    # -- saving --

    def save(self) -> None:
        """Save the roll and go on; a roll that stands unchanged only goes on."""
        if self.turn.busy or self.context.read_only or not self.sheet.pupils:
            return
        if self.sheet.called and not self.model.dirty:
            self._go_on("")
        elif self.held.replaying and not self.model.dirty:
            self._not_seen()
        else:
            self._write(self._go_on)

    def _not_seen(self) -> None:
        """Enter came before this list and nobody was entered on it: a second press, not the word that all are there."""
        self.held.drop()
        self.context.bus.said.emit(f"{self.sheet.class_name}的名单刚打开，还没有保存。看过名单请再按回车。")

    def _keys_dropped(self) -> None:
        self.context.bus.said.emit("刚才按得快，后面几个键没有用上。请看着名单再按。")

    def _save_by_shortcut(self) -> None:
        if not self.panels.side.isVisible():  # there Ctrl+S would mean the form
            self.save()

    def _write(self, after: Callable[[str], None]) -> None:
        self.turn.begin_write()
        self._show_footer()
        entries = [AbsenceEntry(*one) for one in self.model.entries()]
        self.context.tasks.write(
            self,
            take_roll,
            self.sheet.class_name,
            self.sheet.day,
            entries,
            session=self.sheet.session,
            then=partial(self._saved, after),
            failed=self._not_saved,
            changed=self.tell_opened,
        )

    def _saved(self, after: Callable[[str], None], done: RollTaken) -> None:
        """Go on; until the next list is there, no key may save this one again."""
        self.turn.end_write()
        self.model.load(self.model.rows)
        tally = Tally(done.expected, done.expected - done.present, done.halves)
        half = f"，半天{done.halves}人" if done.halves else ""
        after(
            f"{done.class_name}{month_day(done.day)}已点名：应到{done.expected}，实到{tally.present}{half}。"
        )
        self._free(0)

    def _not_saved(self, problem: BaseException) -> None:
        self.turn.end_write()
        self.held.drop()  # they were meant for the next list
        self._free(0)
        self._show_place()
        self.context.tasks.show_problem(problem)

    def _go_on(self, sentence: str) -> None:
        """To the next class without a roll that day, looking on from here and then from the top."""
        following = self.classes.next_uncalled()
        if following is None:
            self._ending = sentence  # whether all is called is known when this class is read anew
        else:
            self.context.bus.said.emit(sentence or f"接着点{following.name}。")
        self._load(RollWanted(following.id if following else self.sheet.class_id, self.sheet.day))
        self.focus_list()

    def _tell_end(self) -> None:
        """After the last class: all are called, or what of this one is not."""
        if self._ending is not None:
            open_one = next((one for one in self.sheet.classes if not one.done), None)
            rest = f"{open_one.name}{open_one.state}。" if open_one else "这一天各班都点过名了。"
            self.context.bus.said.emit(self._ending + rest)
            self._ending = None

    def _guard(self, action: Callable[[], None]) -> None:
        """Do `action`, which leaves this roll, in its turn; ask first if entries are not saved."""
        if self.turn.busy:
            self.held.take(lambda: self._guard(action))
            return
        if not self.model.dirty:
            action()
            return
        ask_unsaved(
            self,
            self.sheet.class_name,
            save=lambda: self._write(lambda sentence: self._told(sentence, action)),
            drop=lambda: self._drop(action),
            stay=self._show_place,
        )

    def _told(self, sentence: str, action: Callable[[], None]) -> None:
        self.context.bus.said.emit(sentence)
        action()

    def _drop(self, action: Callable[[], None]) -> None:
        self.model.load(self.sheet.pupils)
        action()

    # -- what else was recorded --

    def _settled(self, sentence: str) -> None:
        self.context.bus.said.emit(sentence)
        self.refresh()

    def tell_opened(self, changes: Changes) -> None:
        """Name the cases a write opened."""
        if opened := changes.rows.get("case_file"):
            self._read_opened(opened)

    def _read_opened(self, case_ids: Collection[str]) -> None:
        self.context.tasks.read(self, opened_notices, tuple(case_ids), then=self.notice.tell)

    def _is_covered(self) -> bool:
        """Whether a panel or a question has come over the list."""
        return self.panels.side.isVisible() or QApplication.activeModalWidget() is not None

    def go_to_case(self) -> None:
        """To the case of the child chosen, or to the child where there is none."""
        if child := self.current():
            if child.case_id:
                self.context.bus.go.emit("cases", {"case": child.case_id})
            else:
                self.context.bus.go.emit("students", {"student": child.id})

    # -- making --

    def focus_list(self) -> None:
        """Give the keys to the list of children, or to what stands in its place."""
        self.setFocus()

    def commands(self) -> list[tuple[str, str]]:
        """Keys of this page and what they do."""
        return [
            ("↑ ↓", "上一名、下一名学生"),
            ("K B S", "旷课、病假、事假；按住Shift只记半天，再按换上午、下午"),
            ("空格", "在校"),
            ("Enter", "保存，到下一个没点名的班"),
            ("← →", "上一个、下一个上课日"),
            ("Q X", "请假、销假"),
            ("R", "补点没点名的日子"),
            ("H", "这一天的点名是谁记的"),
            ("Ctrl+E Ctrl+P", "存为Excel、打印"),
        ]

    def _make_parts(self) -> None:
        self.held = HeldKeys(lambda: bool(self.turn.busy), self._is_covered, self._keys_dropped)
        self.list = RollList(self, lambda: not self.turn.busy and not self.context.read_only)
        self.model, self.table = self.list.model, self.list.view
        self.classes = ClassList()
        self.head = RollHead(self.context.today)
        self.notice = OpenedNotice(self.context.bus)
        self.empty = EmptyDay(self.context.bus, self.context.today)
        in_turn = self.held.in_turn
        self.foot = RollFoot(
            {
                "请假": in_turn(lambda: self.panels.leave(self.sheet, self.current())),
                "补点名": in_turn(lambda: self.panels.backfill(self.sheet)),
                "点名记录": in_turn(lambda: self.panels.history(self.sheet)),
                "保存": self.save,
            }
        )
        self.panels = RollPanels(
            self.context, self, recorded=self.tell_opened, settled=self._settled, show_day=self.show_day
        )

    def _lay_out(self) -> None:
        right = column(self.head, self.notice)
        right.addWidget(self.table, 1)
        right.addWidget(self.empty, 1)
        right.addWidget(self.foot)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self.classes)
        body.addLayout(right, 1)
        self.body.addLayout(body, 1)
        self.empty.hide()
        self.set_home(self.table)

    def _listen(self) -> None:
        keys = RollKeys(self._actions(), self, count=self.model.rowCount, held=self.held)
        for one in (self.table, self.empty):
            keys.listen(one)
        keys.entered.connect(self.list.enter)
        keys.jumped.connect(self.list.jump)
        self.list.refused.connect(self.context.bus.said)
        self.model.dataChanged.connect(lambda *_: self._show_footer())
        self.table.selectionModel().currentRowChanged.connect(
            lambda *_: self.foot.show_child(*self.list.note())
        )
        self.head.day_wanted.connect(self.show_day)
        self.head.step_wanted.connect(lambda way: self.held.take(partial(self.head.step, way)))
        self.head.session_wanted.connect(self.show_session)
        self.head.refused.connect(self.context.bus.refused)
        self.classes.picked.connect(self.show_class)
        self.classes.entered.connect(self.focus_list)
        in_turn = self.held.in_turn
        on_keys(self, in_turn(self._save_by_shortcut), "Ctrl+S")
        on_keys(self, in_turn(lambda: self.step_class(-1)), "Ctrl+Up")
        on_keys(self, in_turn(lambda: self.step_class(1)), "Ctrl+Down")

    def _actions(self) -> dict[Qt.Key, Callable[[], object]]:
        return {
            Qt.Key.Key_Return: self.save,
            Qt.Key.Key_Enter: self.save,
            Qt.Key.Key_Left: lambda: self.head.step(-1),
            Qt.Key.Key_Right: lambda: self.head.step(1),
            Qt.Key.Key_D: self.head.next_session,
            Qt.Key.Key_Q: lambda: self.panels.leave(self.sheet, self.current()),
            Qt.Key.Key_X: lambda: self.panels.end_leave(self.sheet, self.current()),
            Qt.Key.Key_R: lambda: self.panels.backfill(self.sheet),
            Qt.Key.Key_H: lambda: self.panels.history(self.sheet),
            Qt.Key.Key_G: self.go_to_case,
            Qt.Key.Key_J: self.notice.go_to_first,
            Qt.Key.Key_Escape: self.panels.close,
        }

    def _show_footer(self) -> None:
        self.foot.show_child(*self.list.note())
        tally = self.model.tally()
        self.head.show_tally(tally)
        self.foot.show_state(
            self.sheet,
            tally,
            dirty=self.model.dirty,
            may_write=not self.context.read_only,
            busy=self.turn.busy,
        )
