"""Ctrl+Z and Ctrl+Y: what was written since the window was opened is taken back step by step, and done again."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from app.domain.changes import Changes
from app.service.office.undoing import Made, Undone, made_by, undo_last
from ui.context import Context
from ui.pages.page import Page
from ui.widgets.banner import Banner


@dataclass(frozen=True)
class Step:
    """One action: its journal entries, the key of the page it was done on, and, once taken back, what it was."""

    span: tuple[int, int]
    page: str
    what: str = ""


class TakingBack(QObject):
    """Keeps what was done in this window. `shown` gives the page a person looks at now, `heading` the word of another.

    What cannot be taken back stays on top, so that a second Ctrl+Z does not reach something older. Whatever is written
    anew leaves nothing to be done again.
    """

    def __init__(
        self,
        window: QWidget,
        context: Context,
        banner: Banner,
        shown: Callable[[], Page],
        heading: Callable[[str], str],
    ) -> None:
        super().__init__(window)
        self._window, self._context, self._banner = window, context, banner
        self._shown, self._heading = shown, heading
        self._done: list[Step] = []
        self._back: list[Step] = []

    def note(self, changes: Changes, initiator: object) -> None:
        """Something was written by `initiator`."""
        if changes.span and initiator is not self:
            self._done.append(Step(changes.span, self._page_of(initiator)))
            self._back.clear()

    def undo(self) -> None:
        """Take the last action back (Ctrl+Z)."""
        self._take(self._done, "没有可以撤销的操作。", "撤销")

    def redo(self) -> None:
        """Do again what was taken back last (Ctrl+Y)."""
        self._take(self._back, "没有可以重做的操作。", "重做")

    def _take(self, stack: list[Step], nothing: str, verb: str) -> None:
        if not stack:
            self._banner.tell(nothing)
        elif not self._context.tasks.changing:  # what is being saved is the last action, and not here yet
            step = stack[-1]
            if step.page == self._shown().key:
                self._write(step, verb)
            else:
                self._context.tasks.read(self, made_by, *step.span, then=partial(self._ask, step, verb))

    def _ask(self, step: Step, verb: str, made: Made) -> None:
        """What was done on another page is out of sight: it is named, and a person says whether to go on."""
        if step not in (self._done if verb == "撤销" else self._back)[-1:]:
            return
        box = QMessageBox(self._window)
        box.setWindowTitle(f"{verb}的是别的页上的一笔")
        on = self._heading(step.page)
        box.setText(
            f"“{on}”页上，{made.by_whom}{made.at:%H:%M}记的：{step.what or made.what}。\n要{verb}这一笔吗？"
        )
        go = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(f"不{verb}", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.exec()
        if box.clickedButton() is go:
            self._write(step, verb)

    def _write(self, step: Step, verb: str) -> None:
        answer: list[Undone] = []
        self._context.tasks.write(
            self,
            undo_last,
            *step.span,
            then=answer.append,
            changed=lambda made: self._moved(step, verb, made, answer[0]),
        )

    def _moved(self, step: Step, verb: str, changes: Changes, done: Undone) -> None:
        ours, other = (self._done, self._back) if verb == "撤销" else (self._back, self._done)
        ours.remove(step)
        what = step.what or done.what
        if changes.span:
            other.append(Step(changes.span, step.page, what))
        kept = f"，其中{len(done.kept)}处后来又改过，没有动" if done.kept else ""
        again = "按Ctrl+Y重做。" if verb == "撤销" else ""
        self._banner.tell(f"已{verb}：{what}{kept}。{again}")

    def _page_of(self, initiator: object) -> str:
        """The page something was written from; what belongs to none was written from the page shown."""
        while isinstance(initiator, QObject):
            if isinstance(initiator, Page):
                return initiator.key
            initiator = initiator.parent()
        return self._shown().key
