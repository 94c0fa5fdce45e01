"""Records about a child in a table, each to be put right: E corrects, Delete withdraws, buttons do the same."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.service.cases.putting_right import RIGHTABLE
from ui.models.rows import Column, Row
from ui.widgets.keys import on_keys
from ui.widgets.listing import Listing
from ui.widgets.parts import button, strip

RecordOf = Callable[[Row], tuple[str, str]]
"""A row → the table and the id of its record."""


class RightListing(QWidget):
    """A `Listing` with 更正 and 撤回 below it; both are grey on a row that nobody can put right.

    Signals:
        right(table, id, withdraw): a person wants to correct a record, or to withdraw it.
    """

    right = Signal(str, str, bool)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        empty: str,
        record_of: RecordOf,
        whole: Callable[[Row], str] | None = None,
    ) -> None:
        super().__init__()
        self.listing = Listing(name, columns, empty, whole)
        self.model, self.view = self.listing.model, self.listing.view
        self._record_of = record_of
        self._may_write = True
        self.correct = button("更正 E", self._ask, "link", hint="更正选中的这一条，要写理由")
        self.withdraw = button(
            "撤回 X", lambda: self._ask(withdraw=True), "link", hint="撤回选中的这一条，要写理由"
        )
        self._buttons = strip(None, self.correct, self.withdraw)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.listing, 1)
        layout.addWidget(self._buttons)
        self.listing.chosen.connect(self._choose)
        on_keys(self.view, self._ask, "E", alone=True)
        on_keys(self.view, lambda: self._ask(withdraw=True), "X", "Delete", alone=True)
        self._choose(None)

    def allow(self, may_write: bool) -> None:
        """Whether a person may write here at all."""
        self._may_write = may_write
        self._buttons.setVisible(may_write)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show `rows`, the first one chosen."""
        self.listing.set_rows(rows)

    def _choose(self, row: Row | None) -> None:
        may = row is not None and self._record_of(row)[0] in RIGHTABLE
        for one in (self.correct, self.withdraw):
            one.setEnabled(may)

    def _ask(self, *, withdraw: bool = False) -> None:
        row = self.listing.current()
        if row is None or not self._may_write:
            return
        table, record = self._record_of(row)
        if table in RIGHTABLE:
            self.right.emit(table, record, withdraw)
