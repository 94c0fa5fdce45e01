"""The fields of a batch: what is the same for all is typed once; what one child lacks is typed for that child."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.service.papers.drafts import BatchDraft, Draft, Given, merged
from ui.pages.papers.batch_rows import BatchLine
from ui.pages.papers.fields import PaperFields
from ui.widgets.parts import button, label, row, scrolled

COMMON = "下面几项大家都一样，填一次就行："
NOTHING: Given = ({}, [])


class BatchFields(QWidget):
    """The common fields or, while a case is open, those of that case alone.

    Signals:
        edited(): a person changed something.
        closed(): the fields of the one case were left.
    """

    edited = Signal()
    closed = Signal()

    def __init__(self, before: QWidget) -> None:
        super().__init__()
        self.common = PaperFields(before)
        self.one = PaperFields(before)
        self._case = ""
        self._fresh = False
        self._own: dict[str, Given] = {}
        self._caption = label("", "quiet", wrap=True)
        self._close = button("‹ 回到表里 Esc", self.close_case, "link")
        self._areas = (scrolled(self.common), scrolled(self.one))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        head = row(self._caption, self._close)
        head.setStretch(0, 1)
        layout.addLayout(head)
        for area in self._areas:
            layout.addWidget(area)
        self.common.edited.connect(self.edited)
        self.one.edited.connect(self._own_edited)

    def start(self) -> None:
        """Forget everything that was given."""
        self._case, self._own = "", {}
        self.common.start([])
        self.one.start([])
        self._arrange()

    def begin(self, answer: BatchDraft) -> None:
        """Build the common fields of a new batch."""
        self.common.start(answer.fields)
        self._arrange()

    def take(self, answer: BatchDraft) -> None:
        """Show the next answer in the common fields; what was typed stays."""
        self.common.take(answer.fields)
        self._arrange()

    @property
    def case(self) -> str:
        """The id of the open case; '' if none is."""
        return self._case

    @property
    def shared(self) -> Given:
        """What was given for all."""
        return self.common.typed, self.common.blanks

    @property
    def own(self) -> dict[str, Given]:
        """What was given for one case alone, by its id."""
        return dict(self._own)

    def given(self, case: str) -> Given:
        """What holds for a case."""
        return merged(self.shared, self._own.get(case))

    def is_dirty(self) -> bool:
        """Whether a person gave anything."""
        return self.common.is_dirty() or bool(self._own)

    def open_case(self, line: BatchLine) -> None:
        """Ask for what this case lacks; its fields come with `take_draft`."""
        self._case, self._fresh = line.id, True
        self.one.start([])
        self._caption.setText(f"{line.who}的这一份（Ctrl+Enter填下一份）：")
        self._arrange()

    def take_draft(self, draft: Draft) -> None:
        """The draft of the open case: its fields, without those that are typed for all."""
        fields = [one for one in draft.fields if one.name not in self.common.fields]
        if not self._fresh:
            self.one.take(fields)
            return
        self._fresh = False
        self.one.start(fields)
        self.one.restore(*self._own.get(self._case, NOTHING))
        self.one.show_all(not any(one.missing for one in fields) and self._case not in self._own)
        self._arrange()
        self.one.focus_first()

    def close_case(self) -> None:
        """Go back to the common fields."""
        self._case = ""
        self.one.start([])
        self._arrange()
        self.closed.emit()

    def limit(self, height: int, *, roomy: bool) -> None:
        """Take at most `height` pixels for the fields, the table keeps its rows; `roomy` allows a heading."""
        self._caption.setVisible(roomy or bool(self._case))
        for area, fields in zip(self._areas, (self.common, self.one), strict=True):
            area.setMaximumHeight(min(fields.sizeHint().height() + 2, height))

    def _own_edited(self) -> None:
        self._own[self._case] = (self.one.typed, self.one.blanks)
        if not any(self._own[self._case]):
            del self._own[self._case]
        self.edited.emit()

    def _arrange(self) -> None:
        common, one = self._areas
        common.setVisible(not self._case and bool(self.common.fields))
        one.setVisible(bool(self._case))
        self._close.setVisible(bool(self._case))
        if not self._case:
            self._caption.setText(COMMON)
        self.setVisible(bool(self._case or self.common.fields))
