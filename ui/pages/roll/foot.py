"""Below a roll: what the keys do, or what is known of the child chosen, and the buttons."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.service.screens.roll import RollSheet
from ui.models.roll_sheet import Tally
from ui.widgets.parts import button, column, label, row
from ui.widgets.roll_keys import HINT

GAP = 8  # px between the buttons


class RollFoot(QWidget):
    """The line of help and the buttons; `actions` has one for 请假, 补点名, 点名记录 and 保存."""

    def __init__(self, actions: Mapping[str, Callable[[], object]]) -> None:
        super().__init__()
        self.hint = label(HINT, "quiet", wrap=True)
        self.leave = button("请假(&Q)", actions["请假"], hint="给选中的学生记请假（Q）")
        self.backfill = button("补点名(&R)", actions["补点名"], hint="没有点名的日子（R）")
        self.history = button("点名记录(&H)", actions["点名记录"], hint="这一天是谁记的（H）")
        self.save = button("", actions["保存"], "primary", hint="Enter，在任何地方也可按Ctrl+S")
        layout = column(self.hint)
        layout.addLayout(row(self.leave, self.backfill, self.history, None, self.save))
        self.setLayout(layout)
        self._words: tuple[str, ...] = ("",)

    def show_child(self, name: str, note: str, fits: bool) -> None:
        """The keys; or name and note of the child chosen, where the list is too narrow for them."""
        self.hint.setText(HINT if fits else f"{name}　{note}".strip())

    def show_state(self, sheet: RollSheet, tally: Tally, *, dirty: bool, may_write: bool, busy: str) -> None:
        """What the buttons do now; `busy` is what they wait for, '' for nothing."""
        expected = tally.expected
        self.hint.setVisible(expected > 0)
        self.save.setEnabled(expected > 0 and may_write and not busy)
        self.leave.setEnabled(expected > 0 and may_write)
        missing = sheet.missing
        self.backfill.setText(f"补点名 {missing}天(&R)" if missing else "补点名(&R)")
        self._words = (busy,) if busy else _save_words(sheet, tally, dirty=dirty)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """The button says as much as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        others = (self.leave, self.backfill, self.history)
        room = self.width() - sum(one.sizeHint().width() + GAP for one in others)
        for words in self._words:
            self.save.setText(words)
            if self.save.sizeHint().width() <= room:
                break
        self.save.setMinimumWidth(min(self.save.sizeHint().width(), room))


def _save_words(sheet: RollSheet, tally: Tally, *, dirty: bool) -> tuple[str, ...]:
    """What Enter does, in full and then shorter for a button with less room."""
    if not tally.expected:
        return ("保存  Enter",)
    if sheet.called and not dirty:
        left = any(not one.done for one in sheet.classes)
        return ("下一个没点名的班  Enter", "下一个没点名的班", "下一班") if left else ("各班都点过名了",)
    if not tally.missed:
        return "全班到齐，保存  Enter", "全班到齐，保存"
    said = f"保存（{tally.missed}）"
    return f"{said}，下一班  Enter", f"{said}，下一班", said, "保存  Enter"
