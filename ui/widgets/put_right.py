"""更正 and 撤回: the forms by which what was recorded is put right, on whichever page it is shown."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from app.errors import UserError
from app.service.cases.putting_right import PutRight, RightForm, correct_row, right_form, withdraw_row
from ui.context import Context
from ui.widgets.form import Form
from ui.widgets.keys import GO
from ui.widgets.parts import button, label
from ui.widgets.side_panel import SidePanel

REASON = "理由"
LINE = 20  # characters that can be read in a line of the panel; a longer text gets several lines


class PutRightForm(Form):
    """The fields of a record as they stand, with the reason; without `fields` only the reason, to withdraw it."""

    def __init__(self, context: Context, asked: RightForm, *, fields: bool) -> None:
        super().__init__(context.today)
        self.asked = asked
        self.add_line(REASON, hint="为什么更正，如日期记错、记到别人头上了")
        for one in asked.fields if fields else ():
            if one.choices:
                self.add_choice(one.word, one.choices, chosen=one.value)
            elif one.is_day:
                self.add_day(one.word, date.fromisoformat(one.value) if one.value else None)
            elif len(one.value) > LINE:
                self.add_text(one.word, text=one.value)
            else:
                self.add_line(one.word, text=one.value)
        self.problem = label("", "overdue", wrap=True)
        self.add_across(self.problem)
        self.problem.hide()
        self.add_words("改以前的写法和理由都留着，个案的阶段、期限跟着重新算。")
        self.mark_clean()
        self._before = self.values()

    def changed(self) -> dict[str, str]:
        """The fields a person changed, by word."""
        return {
            word: text
            for word, text in self.values().items()
            if word != REASON and text != self._before[word]
        }

    def refuse(self, problem: UserError) -> None:
        """Say why it was not saved."""
        self.problem.setText(problem.sentence)
        self.problem.show()


class PutRightForms(QObject):
    """Opens the forms in the side panel of a page and saves each once.

    Signals:
        shown(): a form was opened.
        saved(done): something was put right; the page reads anew.
    """

    shown = Signal()
    saved = Signal(object)

    def __init__(self, context: Context, panel: SidePanel, free: Callable[[], bool]) -> None:
        super().__init__(panel)
        self._context, self._panel, self._free = context, panel, free

    def ask(self, table: str, record_id: str, *, withdraw: bool = False) -> None:
        """Read a record and open its form, where it may be written and the panel is free."""
        if self._context.read_only or not self._free():
            return

        def show(asked: RightForm) -> None:
            self._show(asked, withdraw=withdraw)

        self._context.tasks.read(self, right_form, table, record_id, then=show)

    def _show(self, asked: RightForm, *, withdraw: bool) -> None:
        form = PutRightForm(self._context, asked, fields=not withdraw)
        word = "撤回" if withdraw else "更正"
        save = button(f"{word} Ctrl+Enter", lambda: self._save(form, withdraw=withdraw), "primary")
        for keys in GO:
            QShortcut(QKeySequence(keys), save).activated.connect(save.click)
        if self._panel.present(f"{word}　{asked.title}", form, [save], form.is_dirty):
            self.shown.emit()

    def _save(self, form: PutRightForm, *, withdraw: bool) -> None:
        table, record_id, reason = form.asked.table, form.asked.id, form.values()[REASON]

        def told(done: PutRight) -> None:
            also = "".join(f"{one}。" for one in done.warnings)
            self._context.bus.said.emit(
                f"已{'撤回' if withdraw else '更正'}{done.student}：{done.what.removeprefix('撤回')}。{also}"
            )
            self.saved.emit(done)

        args = (table, record_id, reason) if withdraw else (table, record_id, form.changed(), reason)
        use_case = withdraw_row if withdraw else correct_row
        self._panel.save(self._context.tasks, self, use_case, *args, then=told, refused=form.refuse)
