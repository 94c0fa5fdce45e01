"""The password at a later start, and the two ways on when it is lost: the recovery code and a backup."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.service.program import Program
from ui.start.gate import Gate
from ui.start.opener import Opener
from ui.start.recover import RecoverDialog, RestoreDialog
from ui.widgets.form import Form
from ui.widgets.parts import button, column, label, row, say

RESTORED = "✓ 已用备份恢复，原来的数据另存了一份。请输密码打开。"


class UnlockDialog(QDialog):
    """Asks for the password and who is working; `operator` is who worked here last.

    Signals:
        opened(program): the data are open.
    """

    opened = Signal(object)

    def __init__(self, gate: Gate, opener: Opener, operator: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gate = gate
        self._opener = opener
        self.setWindowTitle("归学")
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("永") * 34)
        self.form = Form(gate.today)
        self.password = self.form.add_line("密码")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.operator = self.form.add_line("操作人", hint="不写就是建立数据的人", text=operator)
        self.problem = label("", "overdue", wrap=True)
        self.enter = button("打开", self._open, "primary")
        self.enter.setDefault(True)
        opener.busy.connect(self._working)
        layout = column(
            label("归学", "title"),
            label("控辍保学，一个都不能少", "quiet"),
            self.form,
            self.problem,
            margin=24,
        )
        layout.setSpacing(12)
        self.lost = button("忘了密码(&F)…", self._recover, "link")
        self.restore = button("用备份恢复(&R)…", self._restore, "link")
        layout.addLayout(row(self.lost, self.restore, None, self.enter))
        self.setLayout(layout)
        self.tell("")
        self.password.setFocus()

    def tell(self, sentence: str, role: str = "overdue") -> None:
        """Say something above the buttons; what went well is `done`."""
        say(self.problem, sentence, role)
        self.problem.setVisible(bool(sentence))
        self.adjustSize()
        self.password.selectAll()
        self.password.setFocus()

    def reject(self) -> None:
        """Not while the data are being opened: nobody would let go of them."""
        if not self._opener.working:
            super().reject()

    def _open(self) -> None:
        password, operator = self.password.text(), self.operator.text()
        self._opener.run(lambda: self._gate.open(password, operator), self._done, self.tell)

    def _done(self, program: Program) -> None:
        self.opened.emit(program)
        self.accept()

    def _working(self, working: bool) -> None:
        self.enter.setEnabled(not working)
        self.enter.setText("正在打开…" if working else "打开")

    def _recover(self) -> None:
        RecoverDialog(self._gate, self._opener, self).open()

    def _restore(self) -> None:
        dialog = RestoreDialog(self._gate, self._opener, self)
        dialog.restored.connect(lambda: self.tell(RESTORED, "done"))
        dialog.open()
