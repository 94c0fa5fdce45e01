"""The form of a visit in the order of 附件4: what happened first, the rest as far as it is known."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from app.domain.vocabulary import (
    AGREED,
    BY_PHONE,
    CAUSES,
    DEAD_NUMBER,
    ILLNESS,
    LEVELS,
    METHODS,
    NO_ANSWER,
    NOBODY_HOME,
    SPEAKS_AS,
    outcomes_of,
)
from app.errors import ReasonNeeded, Refusal, UserError
from app.service.cases.contacts import DateProblems, Visit, visit_dates
from ui.context import Context
from ui.widgets.case_words import spaced_phone
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.form import Form
from ui.widgets.parts import column, label
from ui.widgets.photo_drop import PhotoDrop
from ui.widgets.unfinished import UnfinishedStrip

METHOD, OUTCOME = "劝返方式", "结果"
DAY, WHY, PROMISE, CAUSE = "劝返时间", "理由", "承诺返校日", "查明原因"
UNKNOWN_CAUSE = "（还没有查明）"
DETAILS = {
    "家庭情况": ("family", 2, "家里有哪些人、靠什么生活、有什么困难"),
    "家长态度": ("guardian_attitude", 2, "家长怎么说"),
    "学生态度": ("student_attitude", 2, "学生自己怎么说"),
    "劝返工作方法及措施": ("measures", 2, "说了什么、答应帮什么"),
    "劝返效果": ("effect", 1, "如：答应周一返校"),
}
CIRCUMSTANCES = {"地点": ("place", "如：家里、村口"), "在场人": ("people", "如：奶奶、村干部")}
WHEREABOUTS = {
    "学习地": "study_place",
    "务工地": "work_place",
    "居住地": "living_place",
    "同行人员": "companions",
}
NOTE = "其他说明"
TOGETHER, WENT, TOLD_BY = "会同单位", "谁去的", "告知人"
EXCUSE = "确实生病、家长请假的，保存后请到“点名”补请假，这几天就不算旷课。"
NOBODY = "无人在家要记下来，但不计入动员次数。"
NOBODY_ANSWERED = "没有打通要记下来，但不计入次数；这件事会留在“今日”里，请再联系。"
NO_NUMBER = "名册里没有电话。请在学生页“监护人”里补上，或者上门、找村里问。"
WHICH_COUNT = "“乡镇第几次上门动员”只数乡镇去的；学校、村、县去的也要记，但不计入这个次数。"
LINE_NAMES = {"劝返工作方法及措施": "方法及措施"}  # short beside a narrow field


class VisitForm(QWidget):
    """Asks for one 劝返 or 动员.

    `of` is a case, or with `ring` a child without one: then it is a call to one of these (who, number), shown large.
    `dates` is the use case that says what is wrong with its days, as `contacts.visit_dates` does for a case. With
    `level` it asks whose visit it was, that one chosen at first; without it the visit is the unit's own.

    Signals:
        saved(visit): what was typed, checked as far as a form can; the page writes it.
    """

    saved = Signal(object)

    def __init__(
        self,
        context: Context,
        of: str,
        dates: Callable[..., DateProblems] = visit_dates,
        ring: Sequence[tuple[str, str]] | None = None,
        level: str = "",
    ) -> None:
        super().__init__()
        self._context = context
        self._of, self._dates = of, dates
        self._first_method = METHODS[0] if ring is None else BY_PHONE
        self._by = "劝返工作教师" if context.level == "学校" else "动员人员"
        self._first_level = level
        own = SPEAKS_AS.get(context.level, context.level)
        self._own = "本校" if own == "学校" else "本单位"
        others = [one for one in LEVELS if one != own]
        self._goers = (self._own, *(others if ring is None else ["村"]))
        self.level = ChoiceRow(WENT, LEVELS, chosen=level) if level else None
        self.method = ChoiceRow(METHOD, METHODS, chosen=self._first_method)
        self.outcome = ChoiceRow(OUTCOME, outcomes_of(self._first_method), columns=3)
        self.photos = PhotoDrop(context)
        self.problem = label("", "overdue", wrap=True)
        self.promise_problem = label("", "overdue", wrap=True)
        self.name_problem = label("", "overdue", wrap=True)
        self.missing = label("", "overdue", wrap=True)
        self._save_when_read = False
        self._counts = label("", "quiet", wrap=True)
        self.form = Form(context.today)
        self._excuse = label(EXCUSE, "quiet", wrap=True)
        self._ask_level()
        self._fill_in(context.operator if level in {"", context.level} else "")
        self.unfinished = UnfinishedStrip(context, f"visit {of}", self._typed, self._take_up)
        self.setLayout(column(*_numbers(ring), self.unfinished, self.form, None))
        self._listen()

    def is_dirty(self) -> bool:
        """Whether leaving would lose something."""
        chosen = bool(self.outcome.value) or self.method.value != self._first_method
        chosen = chosen or self._level != self._first_level
        return self.form.is_dirty() or chosen or bool(self.photos.photos) or self.photos.reading

    def _typed(self) -> dict[str, str] | None:
        """What stands in the fields, to be kept against a power cut; None before anything was typed."""
        chosen = {METHOD: self.method.value, OUTCOME: self.outcome.value}
        return self.form.values() | chosen if self.is_dirty() else None

    def _take_up(self, typed: Mapping[str, str]) -> None:
        """Put back what was typed the last time."""
        self.method.choose(typed.get(METHOD, ""))
        self._method_chosen(self.method.value)
        self.outcome.choose(typed.get(OUTCOME, ""))
        self._outcome_chosen(self.outcome.value)
        self.form.type_values(typed)
        self._check_dates()

    def begin(self) -> None:
        """Put the cursor where something is to be chosen: what stands before it is filled in."""
        if self.level:
            self.level.setFocus()
        else:
            (self.outcome if self._first_method == BY_PHONE else self.method).setFocus()

    def save(self) -> None:
        """Hand over what was typed, or say what is missing beside it. Photos still being read are waited for."""
        self._save_when_read = self.photos.reading
        if self._save_when_read:
            return
        if not self.outcome.value:
            words = f"请先选结果：{'、'.join(outcomes_of(self.method.value))}。"
            self._miss(self.missing, words, self.outcome)
            return
        try:
            visit = self.visit()
        except UserError as problem:
            self.refuse(problem)
            return
        self.saved.emit(visit)

    def visit(self) -> Visit:
        """What was typed. Raises UserError for a text that is no day, or a missing day."""
        values = self.form.values()
        day = self._happened.day()
        if day is None:
            raise UserError("没有填劝返时间。请补上。", "happened_on")
        details = {column_: values[_short(name)] for name, (column_, _, _) in DETAILS.items()}
        details |= {column_: values[name] for name, (column_, _) in CIRCUMSTANCES.items()}
        details |= {column_: values[name] for name, column_ in WHEREABOUTS.items()}
        details["found_cause"] = "" if values[CAUSE] == UNKNOWN_CAUSE else values[CAUSE]
        details["text"] = values[NOTE]
        return Visit(
            day=day,
            method=self.method.value,
            outcome=self.outcome.value,
            by_whom=values[self._by],
            level=self._level,
            promise=self._promise(),
            force=values[WHY],
            with_units=values[TOGETHER],
            told_by=values[TOLD_BY],
            details=details,
            photos=self.photos.photos,
        )

    @property
    def _level(self) -> str:
        """Whose visit it was; '' for the unit's own."""
        if self.level:
            return self.level.value
        went = self.form.values()[WENT]
        return "" if went == self._own else went

    def _promise(self) -> date | None:
        try:
            return self._promised.day()
        except UserError as problem:
            raise UserError(problem.sentence, "promised_on") from problem

    def refuse(self, problem: Refusal) -> None:
        """Show why it was not saved, beside the field it is about; a reason may be given where that helps."""
        sentence = problem.sentence
        forcible = isinstance(problem, ReasonNeeded)
        if problem.about == "by_whom":
            self._miss(self.name_problem, sentence, self.form.field(self._by))
        elif problem.about == "promised_on":
            self._promised.settle()
            self._say("", sentence)
            self._lead_to(self._promised)
        else:
            self._say(sentence, forcible=forcible)
            self._lead_to(self.form.field(WHY) if forcible else self._happened)

    def _ask_level(self) -> None:
        if self.level:
            self.form.add_widget(WENT, self.level)
            self.form.add_across(label(WHICH_COUNT, "quiet", wrap=True))
            self.level.chosen.connect(lambda _level: self._check_dates())

    def _fill_in(self, who: str) -> None:
        form = self.form
        form.add_line(self._by, text=who).textChanged.connect(self.name_problem.hide)
        form.add_across(self.name_problem)
        form.add_widget(METHOD, self.method)
        self._happened = form.add_day(DAY, self._context.today)
        form.add_across(self.problem)
        form.add_line(WHY, hint="日期为什么是这样，写明后可以强制录入")
        form.add_widget(OUTCOME, self.outcome)
        form.add_across(self._counts)
        form.add_across(self.missing)
        for name, (_, hint) in CIRCUMSTANCES.items():
            form.add_line(name, hint=hint)
        for name, (_, lines, hint) in DETAILS.items():
            form.add_text(_short(name), hint=hint, lines=lines).setAccessibleName(name)
        self._promised = form.add_day(PROMISE)
        self._promised.setPlaceholderText("如1123、下周一、三天后")
        form.add_across(self.promise_problem)
        cause = form.add_choice(CAUSE, (UNKNOWN_CAUSE, *CAUSES))
        cause.currentTextChanged.connect(lambda text: self._excuse.setVisible(text == ILLNESS))
        form.add_across(self._excuse)
        cause.setMinimumWidth(self.fontMetrics().horizontalAdvance("永") * 12)
        for name in WHEREABOUTS:
            form.add_line(name, hint="去向：知道的填" if name == "学习地" else "")
        form.add_line(TOGETHER, hint="一起去的，如村委会、乡镇；只计一次")
        if self.level is None:
            went = form.add_choice(WENT, self._goers)
            went.currentTextChanged.connect(lambda _who: self._check_dates())
        form.add_line(TOLD_BY, hint="不是本单位去的，写是谁告知的")
        form.add_text(NOTE, hint="如：打了三次，没有人接", lines=2)
        form.add_widget("照片", self.photos)
        self._hide_problems()
        form.mark_clean()

    def _hide_problems(self) -> None:
        self.form.show_field(WHY, False)
        for one in (
            self.problem,
            self.promise_problem,
            self.name_problem,
            self.missing,
            self._counts,
            self._excuse,
        ):
            one.hide()

    def _listen(self) -> None:
        for field in (self._happened, self._promised):
            field.editingFinished.connect(self._check_dates)
        self.outcome.chosen.connect(self._outcome_chosen)
        self.method.chosen.connect(self._method_chosen)
        self.photos.serve(self)
        self.photos.read.connect(self._photos_read)

    def _photos_read(self) -> None:
        if self._save_when_read and not self.photos.problem:
            self.save()
        elif self._save_when_read:
            self._save_when_read = False
            self._lead_to(self.photos)

    def _method_chosen(self, method: str) -> None:
        """A call meets with other things than a visit."""
        self.outcome.offer(outcomes_of(method))
        self._outcome_chosen(self.outcome.value)

    def _outcome_chosen(self, outcome: str) -> None:
        words = {
            NOBODY_HOME: NOBODY,
            NO_ANSWER: NOBODY_ANSWERED,
            DEAD_NUMBER: NOBODY_ANSWERED,
            AGREED: "请在下面填承诺返校日，到日会提醒核对是否到校。",
        }
        self._counts.setText(words.get(outcome, ""))
        self._counts.setVisible(outcome in words)
        self.missing.hide()

    def _check_dates(self) -> None:
        if self._happened.problem or self._promised.problem:
            self._say(self._happened.problem, self._promised.problem)
            return
        day, promise = self._happened.day(), self._promised.day()
        if day is not None:
            dates = partial(self._dates, level=self._level) if self._level else self._dates
            self._context.tasks.read(self, dates, self._of, day, promise, then=self._show_dates)

    def _show_dates(self, found: DateProblems) -> None:
        self._say(found.day or found.disorder, found.promise, forcible=not found.day)

    def _say(self, sentence: str, promise: str = "", *, forcible: bool = False) -> None:
        """Show a sentence under the date and one under the promised day; `forcible` asks for a reason."""
        for words, text in ((self.problem, sentence), (self.promise_problem, promise)):
            words.setText(text)
            words.setVisible(bool(text))
        self.form.show_field(WHY, bool(sentence) and forcible)

    def _miss(self, words: QLabel, sentence: str, there: QWidget) -> None:
        """Show what is missing beside the field, and go there."""
        words.setText(sentence)
        words.show()
        self._lead_to(there)

    def _lead_to(self, widget: QWidget) -> None:
        """Put the cursor there and scroll it into sight."""
        widget.setFocus()
        above = widget.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(widget)


def _numbers(ring: Sequence[tuple[str, str]] | None) -> list[QWidget]:
    """Whom to ring, large enough to dial from; a sentence where no number is known."""
    if ring is None:
        return []
    if not ring:
        return [label(NO_NUMBER, "overdue", wrap=True)]
    found: list[QWidget] = []
    for who, number in ring:
        dialled = label(spaced_phone(number), "phone")
        dialled.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        dialled.setAccessibleName(f"{who}的电话")
        found += [label(who, "quiet", wrap=True), dialled]
    return found


def _short(name: str) -> str:
    return LINE_NAMES.get(name, name)
