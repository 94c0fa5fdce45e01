"""What opens beside a roll: leave of a child, the days not called, who recorded what."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.domain.changes import Changes
from app.domain.dates import month_day
from app.service.rolls.month_import import MonthAnswer, import_month, preview_month
from app.service.screens.roll import RollEntry, RollSheet, roll_history
from app.service.screens.roll_pupils import PupilRow
from ui.context import Context
from ui.pages.page import Page
from ui.pages.roll.days import BackfillPanel, history_content
from ui.pages.roll.leave import LeavePanel, back_from_leave
from ui.pages.roll.month import MonthPanel, ask_sheet
from ui.widgets.parts import button
from ui.widgets.side_panel import SidePanel


class RollPanels:
    """Opens the side panel of the page. `recorded` gets what a leave changed, `settled` the sentence of a day that was
    filled in, `show_day` the day to open."""

    def __init__(
        self,
        context: Context,
        page: Page,
        *,
        recorded: Callable[[Changes], None],
        settled: Callable[[str], None],
        show_day: Callable[[date], None],
    ) -> None:
        self._context = context
        self._page = page
        self._recorded = recorded
        self._settled = settled
        self._show_day = show_day
        self.side = SidePanel(page)
        self.ask_sheet: Callable[[QWidget, Context], Path | None] = ask_sheet

    def leave(self, sheet: RollSheet, child: PupilRow | None) -> None:
        """请假 for a child."""
        if child is None or self._context.read_only or not self._closed():
            return
        content = LeavePanel(
            self._context, self._page, child, sheet.day, self._leave_recorded, self._recorded
        )
        self.side.present(f"请假　{child.name}", content, [content.save_button], content.form.is_dirty)

    def end_leave(self, sheet: RollSheet, child: PupilRow | None) -> None:
        """销假 for a child, from the day of the roll on."""
        if child and child.leave and not self._context.read_only:
            self._context.tasks.write(
                self._page,
                back_from_leave,
                child.id,
                sheet.day,
                then=self._leave_recorded,
                changed=self._recorded,
            )

    def backfill(self, sheet: RollSheet) -> None:
        """The days the class was not called."""
        if sheet.class_id and self._closed():
            content = BackfillPanel(self._context, self._page, sheet, self._open_day, self._settled)
            from_sheet = button("从考勤表读入(&I)…", self.choose_sheet, hint="Excel里一个月的考勤表")
            from_sheet.setEnabled(not self._context.read_only)
            self.side.present(
                f"补点名　{sheet.class_name}", content, [from_sheet, content.all_button, content.open_button]
            )
            content.refresh()

    def choose_sheet(self) -> None:
        """Ask for an attendance sheet, and show what it would record."""
        if file := self.ask_sheet(self._page, self._context):
            self._context.preferences.folder = str(file.parent)
            self._context.tasks.read(
                self._page, preview_month, file, then=lambda found: self._show_sheet(file, found)
            )

    def _show_sheet(self, file: Path, found: MonthAnswer) -> None:
        content = MonthPanel(found)
        go = button(f"记下这{len(found.days)}天", lambda: self._record(file), "primary")
        go.setEnabled(bool(found.days))
        self.side.present(f"考勤表　{file.name}", content, [go])

    def _record(self, file: Path) -> None:
        self.side.save(
            self._context.tasks,
            self._page,
            import_month,
            file,
            then=self._sheet_recorded,
            changed=self._recorded,
        )

    def _sheet_recorded(self, done: MonthAnswer) -> None:
        self._settled(f"已记下{len(done.days)}天点名。要整批撤销，到“学生→导入名册”，在“以前的导入”里撤销。")

    def history(self, sheet: RollSheet) -> None:
        """Who recorded what for the class and day."""
        if not sheet.class_id or not self._closed():
            return
        title = f"点名记录　{sheet.class_name} {month_day(sheet.day)}"
        self._context.tasks.read(
            self._page,
            roll_history,
            sheet.class_id,
            sheet.day,
            then=lambda entries: self._show_history(title, entries),
        )

    def _show_history(self, title: str, entries: list[RollEntry]) -> None:
        self.side.present(title, history_content(entries), [])

    def close(self) -> None:
        """Leave the panel if it is open; it asks if something was typed."""
        self._closed()

    def _closed(self) -> bool:
        if self.side.isVisible():
            self.side.leave()
        return not self.side.isVisible()

    def _open_day(self, day: date) -> None:
        self.side.dismiss()
        self._show_day(day)

    def _leave_recorded(self, words: str) -> None:
        self.side.dismiss()
        self._settled(words)
