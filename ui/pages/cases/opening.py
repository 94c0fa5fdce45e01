"""Opening a case by hand: which child, how it was found, since when it is away."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.vocabulary import TRIGGERS
from app.errors import Refusal, UserError
from app.service.screens.case_rows import FoundChild
from ui.context import Context
from ui.widgets.child_search import ChildSearch
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.form import Form
from ui.widgets.parts import column, label

WHAT_FOR = {"学校": "考勤达到规则的会自动立案，这里记考勤以外发现的学生。"}
WHAT_FOR_OTHERS = "学校报来的、排查或群众反映发现的学生，都在这里立案。"
DAY, SINCE, NOTE = "发现日期", "何时起未到校", "说明"


@dataclass(frozen=True)
class Opening:
    """What was typed of a new case: how the child was found, when, and since when it is away, if that is known."""

    trigger: str
    day: date
    absent_since: date | None = None
    note: str = ""


class OpeningForm(QWidget):
    """Asks for what a new case needs.

    Signals:
        saved(student_id, opening): the child and what was typed, an `Opening`; the page writes it.
    """

    saved = Signal(str, object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.child = ChildSearch(context)
        self.problem = label("", "overdue", wrap=True)
        self.trigger = ChoiceRow("立案来源", TRIGGERS, columns=3)
        self.form = Form(context.today)
        self._lay_out(context)
        self.child.taken.connect(self._taken)

    def is_dirty(self) -> bool:
        """Whether leaving would lose something."""
        return self.child.student is not None or bool(self.trigger.value) or self.form.is_dirty()

    def save(self) -> None:
        """Hand over what was typed, or say what is missing."""
        if self.child.student is None:
            self._say("请先找到并选定学生。学生不在名册里的，请先在学生页添加。", self.child)
            return
        if not self.trigger.value:
            self._say("请选立案来源，是怎样发现的。", self.trigger)
            return
        try:
            day, since = self.form.day(DAY), self.form.day(SINCE)
        except UserError as problem:
            self.refuse(problem)
            return
        if day is None:
            self._say("没有填发现日期。请补上。", self.form.field(DAY))
            return
        note = self.form.values()[NOTE]
        self.saved.emit(self.child.student.id, Opening(self.trigger.value, day, since, note))

    def refuse(self, problem: Refusal) -> None:
        """Show why it was not saved."""
        self._say(problem.sentence, self.form.field(DAY))

    def _lay_out(self, context: Context) -> None:
        self.form.add_widget("立案来源", self.trigger)
        self.form.add_day(DAY, context.today)
        self.form.add_day(SINCE)
        self.form.add_text(NOTE, hint="怎样发现的、现在知道些什么", lines=3)
        self.form.mark_clean()
        self.problem.hide()
        explain = label(WHAT_FOR.get(context.level, WHAT_FOR_OTHERS), "quiet", wrap=True)
        self.setLayout(column(explain, label("学生"), self.child, self.form, self.problem, None))

    def _taken(self, _child: FoundChild) -> None:
        self._say("")
        self.trigger.setFocus()

    def _say(self, sentence: str, there: QWidget | None = None) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        if there:
            there.setFocus()
