"""What the parts of 设置 have in common."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import UserError
from ui.context import Context
from ui.widgets.parts import label

Read = TypeVar("Read")
WIDE = 44  # Chinese characters; a line of input longer than that is hard to read


class SettingsPart(QWidget):
    """One part of 设置; `heading` is its name in the list."""

    heading = ""
    explanation = ""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 0, 0, 0)
        self.body.setSpacing(8)
        self.body.addWidget(label(self.heading, "title"))
        if self.explanation:
            self.body.addWidget(label(self.explanation, "quiet", wrap=True))

    def narrow(self, widget: QWidget) -> QWidget:
        """Keep `widget` to a width that is easy to read."""
        widget.setMaximumWidth(self.fontMetrics().horizontalAdvance("永") * WIDE)
        return widget

    def understood(self, read: Callable[[], Read]) -> Read | None:
        """What stands in a form, or None after saying what is wrong with it."""
        try:
            return read()
        except UserError as problem:
            self.context.bus.refused.emit(problem.sentence)
            return None

    def refresh(self) -> None:
        """Read what the part shows."""

    def is_dirty(self) -> bool:
        """Whether something was typed here that leaving would lose."""
        return False
