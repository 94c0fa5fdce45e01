"""Opens the forms by which a case goes on and ends in the side panel of the page, and saves each once."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from app.domain.vocabulary import AGE_CHECKED, ANSWERS, SAID_BACK, SAID_CHANGED, SPEAKS_AS
from app.errors import UserError
from app.service.cases.ends import CaseMoved
from app.service.screens.case import CasePage
from ui.context import Context
from ui.pages.cases.end_forms import (
    ClosingForm,
    EndForm,
    ForceForm,
    LookForm,
    ReopenForm,
    ToldForm,
    ToldOnForm,
)
from ui.widgets.case_words import stage_text
from ui.widgets.keys import GO
from ui.widgets.parts import button
from ui.widgets.side_panel import SidePanel

TITLES = {
    "told": "记乡镇、家长说的事",
    "observe": "返校后观察",
    "close": "销号",
    "reopen": "恢复个案",
    "force": "不按次序，直接记下一步",
    SAID_BACK: "已告知孩子返校",
    SAID_CHANGED: "核对文书",
    AGE_CHECKED: "核对年龄",
}
"""What may be recorded of how a case goes on, by the name its button asks for it, and its words."""


VOIDED = "要作废的，不填这张表：到“文书”页选中它，作废后重出。不作废的，告诉收到的单位，在这里记一笔。"


class EndForms(QObject):
    """Signals:
    saved(case_id): something was recorded; the page reads the case anew.
    """

    saved = Signal(str)

    def __init__(self, context: Context, panel: SidePanel, free: Callable[[], bool]) -> None:
        super().__init__(panel)
        self._context, self._panel, self._free = context, panel, free

    def ask(self, what: str, case: CasePage) -> None:
        """Open the form called `what` for a case, where it may be written and the panel is free."""
        if self._context.read_only or not self._free():
            return
        form = self._form(what, case)
        save = button("保存 Ctrl+Enter", lambda: self._save(what, form, case), "primary")
        for keys in GO:
            QShortcut(QKeySequence(keys), save).activated.connect(save.click)
        form.on_enter(save.click)
        self._panel.present(f"{TITLES[what]}　{case.row.student}", form, [save], form.is_dirty)

    def _form(self, what: str, case: CasePage) -> EndForm:
        today = self._context.today
        if what == "told":
            level = self._context.level
            return ToldForm(today, case.told, SPEAKS_AS.get(level, level))
        if what in ANSWERS:
            asked = [f"{one.what}。{one.reason}。" for one in case.asks if one.kind == what]
            return ToldOnForm(today, what, "".join(asked), VOIDED if what == SAID_CHANGED else "")
        if what == "observe":
            return LookForm(today, case.looks)
        if what == "close":
            return ClosingForm(today, case.closing_reasons, returned=bool(case.looks))
        if what == "reopen":
            return ReopenForm(today)
        return ForceForm(today, case.steps)

    def _save(self, what: str, form: EndForm, case: CasePage) -> None:
        try:
            use_case, args = form.asked(case.row.id)
        except UserError as problem:
            form.refuse(problem)
            return

        def told(done: CaseMoved) -> None:
            also = f"已另立个案{done.opened}。" if done.opened else ""
            self._context.bus.said.emit(f"{form.done(done)}，现在是{stage_text(done.stage)}。{also}")
            self.saved.emit(done.id)

        self._panel.save(self._context.tasks, self, use_case, *args, then=told, refused=form.refuse)


def offered(case: CasePage) -> list[str]:
    """What may be recorded on a case now, in the order of the menu."""
    if case.closed:
        return ["reopen"]
    if not case.open:
        return []
    looks = ["observe"] if case.looks else []
    return ["told", *looks, "close", *(["force"] if case.steps else [])]
