"""Opening a case by hand: which child, how it was found, since when it is away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.vocabulary import TRIGGERS
from app.errors import Refusal, UserError
from app.service.screens.case_rows import FoundChild, find_children
from ui.context import Context
from ui.models.rows import Column, RowsModel
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.form import Form
from ui.widgets.keys import on_keys
from ui.widgets.parts import column, label, say, table

PAUSE = 180  # ms after the last key before searching, so that an input method is not disturbed
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
        self.student: FoundChild | None = None
        self.search = QLineEdit()
        self.model = RowsModel(_child_columns(context.level), self)
        self.found = table(self.model, "找到的学生", sortable=False)
        self.chosen = label("还没有选学生", "quiet", wrap=True)
        self.problem = label("", "overdue", wrap=True)
        self.trigger = ChoiceRow("立案来源", TRIGGERS, columns=3)
        self.form = Form(context.today)
        self._timer = QTimer(self)
        self._lay_out(context)
        self._listen()

    def is_dirty(self) -> bool:
        """Whether leaving would lose something."""
        return self.student is not None or bool(self.trigger.value) or self.form.is_dirty()

    def save(self) -> None:
        """Hand over what was typed, or say what is missing."""
        if self.student is None:
            self._say("请先找到并选定学生。学生不在名册里的，请先在学生页添加。", self.search)
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
        self.saved.emit(self.student.id, Opening(self.trigger.value, day, since, note))

    def refuse(self, problem: Refusal) -> None:
        """Show why it was not saved."""
        self._say(problem.sentence, self.form.field(DAY))

    def _lay_out(self, context: Context) -> None:
        self.search.setPlaceholderText("姓名、拼音首字母或号码，回车选定第一个")
        self.search.setAccessibleName("查找学生")
        self.found.setFixedHeight(self.fontMetrics().height() * 9)
        self.found.hide()
        self.form.add_widget("立案来源", self.trigger)
        self.form.add_day(DAY, context.today)
        self.form.add_day(SINCE)
        self.form.add_text(NOTE, hint="怎样发现的、现在知道些什么", lines=3)
        self.form.mark_clean()
        self.problem.hide()
        explain = label(WHAT_FOR.get(context.level, WHAT_FOR_OTHERS), "quiet", wrap=True)
        inside = column(
            explain, label("学生"), self.search, self.found, self.chosen, self.form, self.problem, None
        )
        self.setLayout(inside)

    def _listen(self) -> None:
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._look)
        self.search.textEdited.connect(lambda _text: self._timer.start())
        self.search.returnPressed.connect(self._take_first)
        self.found.activated.connect(lambda index: self._take(index.row()))
        self.found.clicked.connect(lambda index: self._take(index.row()))
        on_keys(self.search, self.found.setFocus, "Down", alone=True)

    def _look(self) -> None:
        self._context.tasks.read(self, find_children, self.search.text(), then=self._show_found)

    def _show_found(self, children: Sequence[FoundChild]) -> None:
        self.model.set_rows(children)
        self.found.setVisible(bool(children))
        if children:
            self.found.setCurrentIndex(self.model.index(0, 0))
        elif self.student is None and self.search.text().strip():
            self.chosen.setText("名册里没有找到。请换个写法，或先在学生页添加这名学生。")

    def _take_first(self) -> None:
        """Enter: take the child that is marked; with an answer still on its way, wait for it."""
        if self._timer.isActive() or not self.model.rowCount():
            self._timer.stop()
            self._context.tasks.read(self, find_children, self.search.text(), then=self._show_and_take)
            return
        self._take(self.found.currentIndex().row())

    def _show_and_take(self, children: Sequence[FoundChild]) -> None:
        self._show_found(children)
        self._take(0)

    def _take(self, place: int) -> None:
        if not 0 <= place < self.model.rowCount():
            return
        child: FoundChild = self.model.rows[place]
        self.student = child
        school = "" if self._context.level == "学校" else child.school
        where = (child.name, school, child.class_name or "无班级")
        say(self.chosen, f"已选：{'　'.join(part for part in where if part)}", "done")
        self._say("")
        self.trigger.setFocus()
        self.found.hide()

    def _say(self, sentence: str, there: QWidget | None = None) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        if there:
            there.setFocus()


def _child_columns(level: str) -> list[Column]:
    school = Column("学校", lambda one: one.school or "—", width=8)
    return [
        Column("姓名", lambda one: one.name, width=6),
        *(() if level == "学校" else (school,)),
        Column("班级", lambda one: one.class_name or "无班级", width=6),
        Column("出生日期", lambda one: one.birth.isoformat() if one.birth else "", width=0),
    ]
