"""What a page shows as a table, out to Excel (Ctrl+E) and onto paper (Ctrl+P): one helper for every page."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.office_table import OfficeTable
from app.errors import Refusal
from app.service.exports import SUFFIX, Exported, pages_of, suggested_name, tables_to
from app.service.screens.tables import RowsAsked, tables_of
from ui.context import Context
from ui.printing.pages import PageSet, lay_out
from ui.widgets.keys import on_keys
from ui.widgets.table_print import TablePrint

SAVE_KEY, PRINT_KEY = "Ctrl+E", "Ctrl+P"
Tables = tuple[OfficeTable, ...]
Ask = Callable[[], tuple[str, RowsAsked]]


def ask_file(parent: QWidget, start: Path) -> Path | None:
    """Where to save a table; None if the person thought better of it."""
    chosen, _ = QFileDialog.getSaveFileName(parent, "存到哪里", str(start), "Excel 工作簿 (*.xlsx)")
    if not chosen:
        return None
    return Path(chosen if chosen.lower().endswith(SUFFIX) else chosen + SUFFIX)


class TablesOut(QObject):
    """Saves and prints what `ask` names as the page shows it now; `ask` may refuse."""

    def __init__(self, context: Context, page: QWidget, ask: Ask, *, print_key: str = PRINT_KEY) -> None:
        super().__init__(page)
        self.ask_file: Callable[[QWidget, Path], Path | None] = ask_file
        self.print_key = print_key
        self.dialog: TablePrint | None = None
        self._context = context
        self._page = page
        self._ask = ask
        on_keys(page, self.save, SAVE_KEY)
        on_keys(page, self.print, print_key)

    def save(self) -> None:
        """Ask where to, and write the workbook."""
        self._read(self._save)

    def print(self) -> None:
        """Show the pages, and print them from there."""
        self._read(self._lay_out)

    def _read(self, then: Callable[[Tables], None]) -> None:
        try:
            what, asked = self._ask()
        except Refusal as problem:
            self._context.bus.refused.emit(problem.sentence)
            return
        self._context.tasks.read(self._page, tables_of, what, asked, then=then)

    def _save(self, tables: Tables) -> None:
        folder = Path(self._context.preferences.folder or Path.home())
        file = self.ask_file(self._page, folder / suggested_name(tables))
        if file is None:
            return
        self._context.tasks.work(
            self._page, lambda runner: tables_to(runner.program, tables, file), then=self._saved
        )

    def _saved(self, done: Exported) -> None:
        self._context.preferences.folder = str(done.file.parent)
        self._context.bus.said.emit(f"{done.title}已存为Excel：{done.file}")

    def _lay_out(self, tables: Tables) -> None:
        self._context.tasks.compute(
            self._page, lambda: lay_out(pages_of(tables)), then=partial(self._show, tables)
        )

    def _show(self, tables: Tables, pages: PageSet) -> None:
        self.dialog = TablePrint(self._context, self._page, tables, pages)
        self.dialog.open()
