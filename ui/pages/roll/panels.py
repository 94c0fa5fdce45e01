"""What opens beside a roll: leave of a child, the days not called, who recorded what."""

from collections.abc import Callable
from datetime import date

from app.domain.changes import Changes
from app.domain.dates import month_day
from app.service.screens.roll import RollEntry, RollSheet, roll_history
from app.service.screens.roll_pupils import PupilRow
from ui.context import Context
from ui.pages.page import Page
from ui.pages.roll.days import BackfillPanel, history_content
from ui.pages.roll.leave import LeavePanel, back_from_leave
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
            self.side.present(
                f"补点名　{sheet.class_name}", content, [content.all_button, content.open_button]
            )
            content.refresh()

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
