"""设置: 密码与恢复码."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QMessageBox, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.errors import UserError
from app.service.office.desk import Desk
from app.service.office.keeping import typed_twice_problem
from app.service.office.setup_tasks import CODE_NOTED, note_recovery_code, recovery_code_renewed
from ui.context import Context
from ui.pages.settings.part import SettingsPart
from ui.widgets.form import Form
from ui.widgets.parts import button, card, column, label, row, scrolled
from ui.widgets.recovery_paper import RecoveryCode

NO_PLACE = "这台电脑上没有可以安全存放密码的地方，每次打开都要输密码。"


class PasswordPart(SettingsPart):
    """Password, recovery code, and whether this PC may remember the key."""

    heading = "密码与恢复码"
    explanation = "密码忘了，可以用恢复码打开。两样都没有了，谁也打不开。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.form = Form(context.today)
        for name in ("现在的密码", "新密码", "再写一遍新密码"):
            self.form.add_line(name).setEchoMode(QLineEdit.EchoMode.Password)
        self.form.on_enter(self._change)
        self.change = button("换密码(&M)", self._change, "primary")
        self.code = RecoveryCode(context.today, asks=True)
        self.code.noted.connect(lambda: self._write_setting(note_recovery_code))
        self.new_code = button("换一个恢复码(&H)…", self._new_code)
        self.remember = QCheckBox("本机记住密码，以后打开不用输（只在自己的电脑上用）")
        self.remember.clicked.connect(self._remember)
        self.why_not = label(NO_PLACE, "quiet", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        password = card(label("换密码", "subtitle"), self.form)
        code = card(label("恢复码", "subtitle"), self.code)
        here = card(label("这台电脑", "subtitle"), self.remember, self.why_not)
        for one, last in ((password, self.change), (code, self.new_code)):
            layout = one.layout()
            assert isinstance(layout, QVBoxLayout)  # `card` makes no other
            layout.addLayout(row(None, last))
        cards = QWidget()
        cards.setLayout(column(password, code, here, None))
        self.area = scrolled(cards)
        self.body.addWidget(self.narrow(self.area), 1)
        self.remember.setEnabled(False)
        self.why_not.hide()

    def refresh(self) -> None:
        """Ask whether this PC remembers."""
        self.context.tasks.compute(self, self.context.keeper.remembered_on_this_pc, then=self._show_memory)

    def _show_memory(self, answer: tuple[bool, str]) -> None:
        kept, problem = answer
        self.remember.setChecked(kept)
        self.remember.setEnabled(not problem and not self.context.read_only)
        self.why_not.setVisible(bool(problem) and not self.context.read_only)

    def _change(self) -> None:
        if self.form.held:
            return
        old, new, again = self.form.values().values()
        if problem := typed_twice_problem(new, again):
            self.context.bus.refused.emit(problem)
            return
        work = lambda: self.context.keeper.change_password(old, new)  # noqa: E731 — handed to the worker as it is
        self.form.hold(True)
        self.context.tasks.keep(self, work, then=self._changed, failed=self._not_changed)

    def _not_changed(self, problem: BaseException) -> None:
        self.form.hold(False)
        self.context.tasks.show_problem(problem)

    def _changed(self, _nothing: object) -> None:
        self.form.hold(False)
        self.form.set_values(dict.fromkeys(self.form.values(), ""))
        self.context.bus.said.emit("密码已换。以前的备份仍用旧密码打开。")

    def _new_code(self) -> None:
        answer = QMessageBox.question(self, "换恢复码", "换了以后，原来抄下的恢复码就没有用了。要换吗？")
        if answer == QMessageBox.StandardButton.Yes:
            self.context.tasks.keep(self, self.context.keeper.new_recovery_code, then=self._show_code)

    def _write_setting(self, use_case: Callable[[Desk], None]) -> None:
        """Settings are not journaled, so 今日 is told here that its list changed."""
        told = Changes({"local_setting": frozenset({CODE_NOTED})})
        self.context.tasks.write(
            self, use_case, then=lambda _nothing: self.context.bus.changed.emit(told, self)
        )

    def is_dirty(self) -> bool:
        """Whether a password was begun."""
        return not self.form.held and self.form.is_dirty()

    def _show_code(self, code: str) -> None:
        self._write_setting(recovery_code_renewed)
        self.code.show_code(code, self.context.unit)
        QTimer.singleShot(0, self._bring_into_sight)
        self.context.bus.said.emit("请把新的恢复码抄下或打印收好，离开这一页就不再显示。")

    def _bring_into_sight(self) -> None:
        """Scroll to the code once it has its place: the old one is void, so this one must be seen."""
        self.area.ensureWidgetVisible(self.new_code)
        self.area.ensureWidgetVisible(self.code)

    def _remember(self, wanted: bool) -> None:
        def told(problem: str) -> None:
            if problem:
                self.remember.setChecked(not wanted)
                self.context.tasks.show_problem(UserError(problem))
            else:
                self.context.bus.said.emit("本机会记住密码。" if wanted else "本机不再记住密码。")

        self.context.tasks.keep(self, lambda: self.context.keeper.remember_on_this_pc(wanted), then=told)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 — Qt's name
        """A code on the screen is for the one who asked for it, and only until the page is left."""
        super().hideEvent(event)
        if not event.spontaneous():  # a window made small for a moment was not left
            self.code.show_code("")
