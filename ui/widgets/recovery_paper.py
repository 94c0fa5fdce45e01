"""The recovery code on the screen and on paper: copied by hand, printed, or saved as a PDF."""

from collections.abc import Callable
from datetime import date
from html import escape
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, Signal
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from app.domain.dates import day_words
from app.errors import EnvironmentProblem
from app.service.office.saved_files import save_file
from ui.theme import FAMILIES
from ui.widgets.parts import button, column, label, row

MARGIN = 25.0  # mm


class RecoveryCode(QWidget):
    """Shows a code, with 复制, 打印… and 存为PDF…; with `asks` also 我抄好了. Hidden while it is empty.

    Signals:
        noted(): the code is on paper, or a file to be printed: it need not be asked for again.
    """

    noted = Signal()

    def __init__(self, today: date, *, asks: bool = False) -> None:
        super().__init__()
        self._today = today
        self.unit = ""
        self.code = label("", "code")
        self.code.setAccessibleName("恢复码")
        self.told = label("", "done", wrap=True)
        self.copy = button("复制(&C)", self._copy)
        self.print = button("打印(&P)…", self._print)
        self.save = button("存为PDF(&S)…", self._save)
        self.copied = button("我抄好了(&K)", self._note)
        self.copied.setVisible(asks)
        layout = column(self.code)
        layout.addLayout(row(self.copy, self.print, self.save, self.copied, None))
        layout.addWidget(self.told)
        self.setLayout(layout)
        self.show_code("")

    def text(self) -> str:
        """The code shown."""
        return self.code.text()

    def show_code(self, code: str, unit: str = "") -> None:
        """Show `code` of `unit`, or nothing when it is empty."""
        self.unit = unit or self.unit
        self.code.setText(code)
        self.told.setText("")
        self.setVisible(bool(code))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self.told.setText("✓ 已复制。请不要存在这台电脑里。")

    def _print(self) -> None:
        printer = QPrinter()
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            recovery_page(self.unit, self.text(), self._today).print_(printer)
            self.told.setText("✓ 已送到打印机。")
            self.noted.emit()

    def _note(self) -> None:
        self.told.setText("✓ 好。请和公章放在一起。")
        self.noted.emit()

    def _save(self) -> None:
        target, _ = QFileDialog.getSaveFileName(self, "存为PDF", "归学恢复码.pdf", "PDF (*.pdf)")
        if target:
            said = save_recovery_page(Path(target), self.unit, self.text(), self._today)
            self.told.setText(said)
            if said.startswith("✓"):
                self.noted.emit()


def recovery_page(unit: str, code: str, today: date) -> QTextDocument:
    """The page that goes into the drawer with the stamp."""
    page = QTextDocument()
    font = page.defaultFont()
    font.setFamilies(FAMILIES)
    font.setPointSize(12)
    page.setDefaultFont(font)
    page.setHtml(
        f"<h2>归学 恢复码</h2><p>单位：{escape(unit)}</p><p>打印日期：{day_words(today)}</p>"
        f"<p style='font-size:16pt'><b>{escape(code)}</b></p>"
        "<p>忘了密码时，在输密码的窗口里点“忘了密码…”，输入这串恢复码，就可以设新的密码。</p>"
        "<p>请和公章放在一起。谁拿到它，谁就能打开全部学生信息。用过一次或换过以后，这一张作废。</p>"
    )
    return page


def save_recovery_page(target: Path, unit: str, code: str, today: date) -> str:
    """Write the page to `target` as a PDF on A4; returns the sentence that says so, or why it could not be."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN), QPageLayout.Unit.Millimeter)
    recovery_page(unit, code, today).print_(writer)
    try:
        save_file(target, bytes(buffer.data().data()))
    except EnvironmentProblem as problem:
        return f"▲ {problem.sentence}"
    return "✓ 已存好。打印以后请从电脑里删掉。"


def ask_about_code(parent: QWidget, leave_words: str, leave: Callable[[], object]) -> None:
    """The code is shown only once: somebody who closes it unwritten should mean it, whatever key is hit by chance."""
    box = QMessageBox(parent)
    box.setWindowTitle("恢复码还没有抄下")
    box.setText(
        "恢复码只显示这一次。没有抄下或打印，忘了密码就谁也打不开数据。"
        "现在关掉，以后要在“设置→密码与恢复码”里换一串新的。"
    )
    back = box.addButton("回去抄下", QMessageBox.ButtonRole.RejectRole)
    going = box.addButton(leave_words, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(back)
    box.setEscapeButton(back)
    going.clicked.connect(lambda _checked: leave())
    box.open()
