"""The first start: who we are, whose rules, the password with its recovery code, the term; then the roster.

Nothing is made before the password step is left; from then on every step can be left and taken up again in 设置.
"""

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QStackedWidget, QTextBrowser, QWidget

from app.errors import UserError
from app.service.calendars import set_term
from ui.start.gate import Gate, OpenProgram
from ui.start.opener import Opener
from ui.start.recover import RestoreDialog
from ui.start.steps import (
    LEVELS,
    STEPS,
    StepList,
    code_step,
    password_step,
    rules_step,
    term_step,
    unit_step,
)
from ui.widgets.parts import button, column, label, row
from ui.widgets.recovery_paper import RecoveryCode
from ui.widgets.rule_words import in_html

CODE, TERM = STEPS.index("恢复码"), STEPS.index("本学期")
NEXT_WORDS = {"密码": "建立", "恢复码": "我抄好了", "本学期": "完成，去导入名册"}
SIZE = (58, 38)  # Chinese characters wide and high


class FirstRun(QDialog):
    """Five short steps.

    Signals:
        opened(program, import_roster): the data are set up; whether to go on with the roster.
        demo_wanted(): 先看看演示.
        restored(): a backup from another PC is now the data.
    """

    opened = Signal(object, bool)
    demo_wanted = Signal()
    restored = Signal()

    def __init__(self, gate: Gate, opener: Opener, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gate = gate
        self._opener = opener
        self._program: OpenProgram | None = None
        self.setWindowTitle("归学：第一次使用")
        self.steps = StepList()
        self.title = label("", "title")
        self.problem = label("", "overdue", wrap=True)
        self.unit = unit_step(gate.today)
        self.rules = QComboBox()
        self.words = QTextBrowser()
        self.password = password_step(gate.today)
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
        self.demo = button("先看看演示(&D)", self.demo_wanted.emit, "link")
        self.restore = button("用备份恢复(&R)…", self._restore, "link")
        self._lay_out()
        self._fit()
        opener.busy.connect(self._working)
        self.rules.currentIndexChanged.connect(lambda _place: self._read_rules())
        self._opener.run(gate.rule_sets, self._fill_rules, self.problem.setText)
        self._show(0)

    @property
    def step(self) -> int:
        """Which step is shown, from 0."""
        return self.stack.currentIndex()

    def _lay_out(self) -> None:
        right = column(self.title, self.stack, self.problem, margin=24, spacing=12)
        right.setStretchFactor(self.stack, 1)
        right.addLayout(row(self.demo, self.restore, None, self.back, self.skip, self.next))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.steps)
        layout.addLayout(right, 1)

    def _fit(self) -> None:
        """A size in characters, so that larger type gets a larger dialog, but never more than the screen."""
        em = self.fontMetrics().horizontalAdvance("永")
        room = QGuiApplication.primaryScreen().availableSize()
        self.resize(min(SIZE[0] * em, room.width() - 40), min(SIZE[1] * em, room.height() - 80))

    def _fill_rules(self, found: list[dict[str, Any]]) -> None:
        for one in found:
            self.rules.addItem(one["name"], one["id"])
        self.rules.setCurrentIndex(max(self.rules.findData("general"), 0))

    def _read_rules(self) -> None:
        chosen = self.rules.currentData()
        if chosen:
            self.words.setHtml(in_html(self._gate.rule_words(chosen)))

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
        self.next.setText(NEXT_WORDS.get(STEPS[step], "下一步"))
        if step == CODE:
            self.next.setFocus()
            return
        shown = self.stack.currentWidget()
        shown.setFocus()
        if shown.focusProxy() is None:
            shown.focusNextChild()

    def _back(self) -> None:
        self._show(self.step - 1)

    def _next(self) -> None:
        {
            0: self._leave_unit,
            1: lambda: self._show(2),
            2: self._set_up,
            CODE: lambda: self._show(TERM),
            TERM: self._save_term,
        }[self.step]()

    def _leave_unit(self) -> None:
        values = self.unit.values()
        lacking = [name for name in ("单位全称", "操作人姓名") if not values[name]]
        if lacking:
            self.problem.setText(f"请填{'、'.join(lacking)}。")
            self.unit.field(lacking[0]).setFocus()
        else:
            self._show(1)

    def _set_up(self) -> None:
        password, again = self.password.values().values()
        if not password or password != again:
            self.problem.setText("两遍密码要一样，也不能是空的。请重新写一遍。")
            return
        operator, unit = self.unit.values()["操作人姓名"], self._unit_values()
        self._opener.run(
            lambda: self._gate.create(password, operator, unit), self._made, self.problem.setText
        )

    def _unit_values(self) -> dict[str, Any]:
        values = self.unit.values()
        return {
            "level": LEVELS[values["我们是"]],
            "name": values["单位全称"],
            "code": values["学校标识码"],
            "county": values["所在县（市、区）"],
            "township": values["所在乡镇"],
            "rules": self.rules.currentData(),
        }

    def _made(self, made: tuple[OpenProgram, str]) -> None:
        self._program, code = made
        self.code.show_code(code, self.unit.values()["单位全称"])
        self._show(CODE)

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
        if self._program is not None:
            self._leave(import_roster=False)
        else:
            super().reject()
