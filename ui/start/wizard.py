"""The first start: who we are, whose rules, the password with its recovery code, the term; then the roster.

Nothing is made before the password step is left: until then what was typed is kept by the start for the next time.
From then on every step can be left, and 今日 reminds of it.
"""

from collections.abc import Mapping
from datetime import date
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QStackedWidget,
    QTextBrowser,
    QWidget,
)

from app.errors import UserError
from app.service.exports import Exported, form_to
from app.service.office.calendars import set_term
from app.service.office.keeping import typed_twice_problem
from app.service.office.setup_tasks import note_recovery_code
from app.service.office.units import UnitEntry
from app.service.program import Program
from ui.start.gate import Gate
from ui.start.opener import Opener, Then
from ui.start.recover import RestoreDialog
from ui.start.steps import (
    LEVELS,
    STEPS,
    RuleChoice,
    StepList,
    code_step,
    own_rules,
    password_step,
    rule_choices,
    rules_step,
    term_step,
    unit_problem,
    unit_step,
)
from ui.widgets.empty_form import FORM_HINT, FORM_WORDS, ask_form_file
from ui.widgets.parts import button, column, label, row
from ui.widgets.recovery_paper import RecoveryCode, ask_about_code
from ui.widgets.rule_chooser import RuleChooser

RULES, PASSWORD, CODE, TERM = (STEPS.index(name) for name in STEPS[1:])
NEXT_WORDS = {"密码": "建立", "恢复码": "我抄好了(&N)", "本学期": "完成，去导入名册"}
DEMO_WORDS = "先看看演示(&D)"
STEP, RULE_SET = "step", "rule_set"  # what is kept beside the fields of the first step
RESUMED = {str(step): step for step in (0, RULES, PASSWORD)}
SIZE = (58, 38)  # Chinese characters wide and high


class FirstRun(QDialog):
    """Five short steps. `typed` is what was typed the last time, as `left` gave it.

    Signals:
        opened(program, import_roster): the data are set up; whether to go on with the roster.
        demo_wanted(): 先看看演示.
        restored(): a backup from another PC is now the data.
        left(typed): a step was left; what was typed so far without passwords, empty once the data are there.
        help_wanted(): F1.
    """

    opened = Signal(object, bool)
    demo_wanted = Signal()
    restored = Signal()
    left = Signal(object)
    help_wanted = Signal()

    def __init__(
        self,
        gate: Gate,
        opener: Opener,
        typed: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._gate = gate
        self._opener = opener
        self._program: Program | None = None
        self._noted = False
        self._typed = dict(typed or {})
        self._choices = {"": RuleChoice("", "", "", "规则还没有读出来。请稍等，再点一次。")}
        self.setWindowTitle("归学：第一次使用")
        self.steps = StepList()
        self.title = label("", "title")
        self.problem = label("", "overdue", wrap=True)
        self.unit = unit_step(gate.today)
        self.rules = RuleChooser()
        self.words = QTextBrowser()
        self.password = password_step(gate.today)
        self._suggested = ""
        self.code = RecoveryCode(gate.today)
        self.term = term_step(gate.today)
        self.stack = QStackedWidget()
        rules = rules_step(self.rules, self.words)
        for step in (self.unit, rules, self.password, code_step(self.code), self.term):
            self.stack.addWidget(step)
        self.back = button("上一步(&B)", self._back)
        self.next = button("下一步", self._next, "primary")
        self.next.setDefault(True)
        self.skip = button("以后再设(&L)", self._finish)
        self.demo = button(DEMO_WORDS, self.demo_wanted.emit, "link")
        self.restore = button("用备份恢复(&R)…", self._restore, "link")
        self.form = button(FORM_WORDS, self.save_form, hint=FORM_HINT)
        self._lay_out()
        self._fit()
        self._listen()
        self._take_up()

    @property
    def step(self) -> int:
        """Which step is shown, from 0."""
        return self.stack.currentIndex()

    def _lay_out(self) -> None:
        right = column(self.title, self.stack, self.problem, margin=24, spacing=12)
        right.setStretchFactor(self.stack, 1)
        right.addLayout(row(self.demo, self.restore, self.form, None, self.back, self.skip, self.next))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.steps)
        layout.addLayout(right, 1)
        ahead = (self.next, self.back, self.skip, self.form, self.demo, self.restore)
        for one, following in pairwise(ahead):  # after the last field the blue button, as the eye goes on
            self.setTabOrder(one, following)

    def _listen(self) -> None:
        self._opener.busy.connect(self._working)
        self.rules.currentIndexChanged.connect(lambda _place: self._show_rules())
        self.code.noted.connect(lambda: self._note(self._stay))
        self.code.print.setAutoDefault(True)  # Enter on it, the first of the step, prints and does not go on
        QShortcut(QKeySequence("F1"), self).activated.connect(self.help_wanted.emit)

    def _take_up(self) -> None:
        """Go on where the first steps were left the last time; the rules are read beside the window."""
        self.unit.set_values({name: text for name, text in self._typed.items() if name in self.unit.values()})
        self._show(RESUMED.get(self._typed.get(STEP, ""), 0))
        self._opener.run(partial(rule_choices, self._gate), self._fill_rules, self._no_rules)

    def _fit(self) -> None:
        """A size in characters, so that larger type gets a larger dialog, but never more than the screen."""
        em = self.fontMetrics().horizontalAdvance("永")
        room = QGuiApplication.primaryScreen().availableSize()
        self.resize(min(SIZE[0] * em, room.width() - 40), min(SIZE[1] * em, room.height() - 80))

    def _fill_rules(self, found: list[RuleChoice]) -> None:
        self._choices |= {one.id: one for one in found}
        self.rules.offer([(one.name, one.id) for one in found])
        if not self.rules.choose(self._typed.get(RULE_SET, "")):
            self.rules.choose("general")
        self._suggest_rules()

    def _no_rules(self, sentence: str) -> None:
        self._choices = {"": RuleChoice("", "", "", sentence)}
        self.problem.setText(sentence)

    def _show_rules(self) -> None:
        chosen = self._choices[self.rules.currentData() or ""]
        self.words.setHtml(chosen.html)
        self.problem.setText(chosen.problem)

    def show_demo_building(self, building: bool) -> None:
        """Building the demo takes some seconds: say so, and do not begin a second one."""
        self.demo.setEnabled(not building)
        self.demo.setText("正在准备演示…" if building else DEMO_WORDS)

    def _working(self, working: bool) -> None:
        self.next.setEnabled(not working)
        if working and self.problem.text():
            self.problem.setText("")

    def _show(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        self.steps.show_step(step)
        self.title.setText(f"{step + 1}/{len(STEPS)}　{STEPS[step]}")
        self.problem.setText("")
        self.back.setVisible(0 < step < CODE)
        self.demo.setVisible(self._program is None)
        self.restore.setVisible(step == 0)
        self.skip.setVisible(step == TERM)
        self.form.setVisible(step == TERM)
        self.next.setText(NEXT_WORDS.get(STEPS[step], "下一步"))
        self.next.setDefault(step != CODE)  # one Enter too many must not pass the code by
        if step == CODE:
            self.code.print.setFocus()
            return
        shown = self.stack.currentWidget()
        shown.setFocus()
        if shown.focusProxy() is None:
            shown.focusNextChild()

    def _back(self) -> None:
        self._go(self.step - 1)

    def _next(self) -> None:
        {
            0: self._leave_unit,
            RULES: self._leave_rules,
            PASSWORD: self._set_up,
            CODE: lambda: self._note(lambda _nothing: self._show(TERM)),
            TERM: self._save_term,
        }[self.step]()

    def _go(self, step: int) -> None:
        """Show another step before the set-up, keeping what was typed against a power cut."""
        self._show(step)
        self._keep_typed()

    def _keep_typed(self) -> None:
        rules = str(self.rules.currentData() or "")
        self.left.emit(self.unit.values() | {RULE_SET: rules, STEP: str(self.step)})

    def _leave_unit(self) -> None:
        if problem := unit_problem(self.unit):
            name, sentence = problem
            self.problem.setText(sentence)
            self.unit.field(name).setFocus()
        else:
            self._suggest_rules()
            self._go(RULES)

    def _suggest_rules(self) -> None:
        """The rules of the county that was typed, unless others were chosen already."""
        values = self.unit.values()
        county = values["所在县（市、区）"] or values["单位全称"]
        found = own_rules(self._choices.values(), county)
        if found and self.rules.currentData() in {"general", self._suggested}:
            self._suggested = found
            self.rules.choose(found)

    def _leave_rules(self) -> None:
        if self._rules_hold():
            self._go(PASSWORD)

    def _rules_hold(self) -> bool:
        """Whether the rules chosen can be used; else says why not."""
        self.problem.setText(self._choices[self.rules.currentData() or ""].problem)
        return not self.problem.text()

    def _set_up(self) -> None:
        password, again = self.password.values().values()
        if problem := typed_twice_problem(password, again):
            self.problem.setText(problem)
            self.password.field("密码" if password == again else "再写一遍").setFocus()
            return
        if not self._rules_hold():
            return
        operator, unit = self.unit.values()["操作人姓名"], self._unit_entry()
        self.next.setText("正在建立…")
        self._opener.run(lambda: self._gate.create(password, operator, unit), self._made, self._not_made)

    def _not_made(self, sentence: str) -> None:
        self.next.setText(NEXT_WORDS[STEPS[PASSWORD]])
        self.problem.setText(sentence)

    def _unit_entry(self) -> UnitEntry:
        values = self.unit.values()
        return UnitEntry(
            level=LEVELS[values["我们是"]],
            name=values["单位全称"],
            code=values["学校标识码"],
            county=values["所在县（市、区）"],
            township=values["所在乡镇"],
            central_school=values["所在中心学校"],
            bureau=values["县教育局"],
            short_mark=values["发文代字"],
            rules=self.rules.currentData(),
        )

    def _made(self, made: tuple[Program, str, tuple[str, ...]]) -> None:
        self._program, code, warnings = made
        self.left.emit({})
        self.code.show_code(code, self.unit.values()["单位全称"])
        self._show(CODE)
        self.problem.setText("\n".join(warnings))

    def _note(self, then: Then) -> None:
        """Keep that the code is on paper; without it 今日 goes on asking for it."""
        assert self._program is not None  # the step comes after the set-up
        self._noted = True
        self._opener.run(partial(self._program.write, note_recovery_code), then, self.problem.setText)

    def _stay(self, _nothing: object) -> None:
        """Printed: go on is what comes next."""
        if self.step == CODE:
            self.next.setFocus()

    def _save_term(self) -> None:
        try:
            first, last = self.term.day("开学"), self.term.day("放假")
        except UserError as problem:
            self.problem.setText(problem.sentence)
            return
        if first is None or last is None:
            self.problem.setText("请填开学和放假的日期；还没定的，点“以后再设”。")
            return
        self._opener.run(lambda: self._write_term(first, last), self._with_term, self.problem.setText)

    def _write_term(self, first: date, last: date) -> None:
        assert self._program is not None  # the step comes after the set-up
        self._program.write(set_term, first, last)

    def save_form(self) -> None:
        """Save an empty roster form to fill in while the start is going on."""
        assert self._program is not None  # the step comes after the set-up
        if target := ask_form_file(self, ""):
            work = partial(form_to, self._program, target)
            self._opener.run(work, self._told_form, self.problem.setText)

    def _told_form(self, done: Exported) -> None:
        self.problem.setText(f"空白花名册已存为{done.file.name}，填好以后再导入。")

    def _with_term(self, _nothing: object) -> None:
        self._leave(import_roster=True)

    def _finish(self) -> None:
        self._leave(import_roster=False)

    def _restore(self) -> None:
        dialog = RestoreDialog(self._gate, self._opener, self)
        dialog.restored.connect(self._with_backup)
        dialog.open()

    def _with_backup(self) -> None:
        self.restored.emit()
        self.accept()

    def _leave(self, *, import_roster: bool) -> None:
        self.opened.emit(self._program, import_roster)
        self.accept()

    def reject(self) -> None:
        """Closing the dialog after the set-up goes on into the window: the data are there.

        Not while they are being made: the recovery code would never be seen.
        """
        if self._opener.working:
            return
        if self._program is None:
            self._keep_typed()
            super().reject()
        elif self.step == CODE and not self._noted:
            ask_about_code(self, "先不抄，打开窗口", lambda: self._leave(import_roster=False))
        else:
            self._leave(import_roster=False)
