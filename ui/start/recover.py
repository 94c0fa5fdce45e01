"""When the password is lost or the PC is new: a new password by the recovery code, the data from a backup."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from app.service.office.keeping import typed_twice_problem
from app.service.office.setup_tasks import note_recovery_code
from ui.start.gate import Gate
from ui.start.opener import Opener
from ui.start.restoring import restore_asking
from ui.widgets.form import Form
from ui.widgets.parts import button, column, label, row, say
from ui.widgets.recovery_paper import RecoveryCode, ask_about_code

WIDTH = 36  # Chinese characters


class RecoverDialog(QDialog):
    """A new password by the recovery code; the code is used up and the new one is shown."""

    def __init__(self, gate: Gate, opener: Opener, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gate = gate
        self._opener = opener
        self.setWindowTitle("用恢复码重设密码")
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("永") * WIDTH)
        self.form = Form(gate.today)
        self.form.add_words("恢复码是建立数据时抄下或打印的那一串，大小写和横线都不要紧。")
        self.form.add_line("恢复码")
        for name in ("新密码", "再写一遍"):
            self.form.add_line(name).setEchoMode(QLineEdit.EchoMode.Password)
        self.answer = label("", "overdue", wrap=True)
        self.code = RecoveryCode(gate.today, asks=True)
        self.code.noted.connect(self._note)
        self._password = ""  # the new one, once it is set, until the code is on paper
        self.reset = button("重设密码", self._reset, "primary")
        self.reset.setDefault(True)
        opener.busy.connect(lambda working: self.reset.setEnabled(not working))
        layout = column(self.form, self.answer, self.code, margin=24)
        layout.addLayout(row(None, button("关闭", self.reject), self.reset))
        self.setLayout(layout)
        self._say("")

    def reject(self) -> None:
        """Not while the password is being set, and not by chance while the code is on no paper."""
        if self._opener.working:
            return
        if self._password:
            ask_about_code(self, "先不抄，关掉", super().reject)
        else:
            super().reject()

    def _say(self, sentence: str, role: str = "overdue") -> None:
        say(self.answer, sentence, role)
        self.answer.setVisible(bool(sentence))
        self.adjustSize()

    def _reset(self) -> None:
        if self._opener.working:
            return
        code, new, again = self.form.values().values()
        if problem := typed_twice_problem(new, again):
            self._say(problem)
            return
        self._opener.run(lambda: self._gate.recover(code, new), partial(self._done, new), self._say)

    def _done(self, password: str, new_code: str) -> None:
        self._password = password
        self.form.hide()
        self.reset.hide()
        self.code.show_code(new_code)
        self._say(
            "✓ 密码已重设。旧的恢复码作废，请把下面这一串新的抄下或打印收好，再关掉这个窗口，用新密码打开。",
            "done",
        )

    def _note(self) -> None:
        """Keep that the code is on paper; without it 今日 goes on asking for it."""
        if password := self._password:
            self._password = ""
            self._opener.run(partial(self._write_noted, password), lambda _nothing: None, self._say)

    def _write_noted(self, password: str) -> None:
        program = self._gate.open(password)
        try:
            program.write(note_recovery_code)
        finally:
            program.close()


class RestoreDialog(QDialog):
    """The data from a backup: the file, and the password it was made under.

    Signals:
        restored(): the backup is now the data of the folder.
    """

    restored = Signal()

    def __init__(self, gate: Gate, opener: Opener, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gate = gate
        self._opener = opener
        self.setWindowTitle("用备份恢复")
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("永") * WIDTH)
        self.form = Form(gate.today)
        self.form.add_words("备份会成为这台电脑上的数据。原来有数据的，会先另存一份，不会丢。")
        self.file = self.form.add_line("备份文件", hint="*.gxbak，常在U盘里")
        self.form.add_line("做备份时的密码").setEchoMode(QLineEdit.EchoMode.Password)
        self.answer = label("", "overdue", wrap=True)
        self.enter = button("恢复", self._restore, "primary")
        self.enter.setDefault(True)
        opener.busy.connect(lambda working: self.enter.setEnabled(not working))
        layout = column(self.form, self.answer, margin=24)
        layout.addLayout(
            row(button("选文件(&O)…", self._choose), None, button("关闭", self.reject), self.enter)
        )
        self.setLayout(layout)
        self._say("")

    def _say(self, sentence: str) -> None:
        self.answer.setText(sentence)
        self.answer.setVisible(bool(sentence))
        self.adjustSize()

    def _choose(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, "选备份文件", "", "归学备份 (*.gxbak)")
        if file:
            self.file.setText(file)

    def _restore(self) -> None:
        file, password = self.form.values().values()
        if not file or not password:
            self._say("请选备份文件，并写上做备份时的密码。")
            return
        restore_asking(self, self._gate, self._opener, Path(file), password, self._done, self._say)

    def _done(self, _nothing: object) -> None:
        self.restored.emit()
        self.accept()
