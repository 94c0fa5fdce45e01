"""A bug, told plainly: what to do, and a report without personal data that can be copied."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from ui.widgets.parts import button, column, label, row

WORDS = "程序出错了，刚才这一步没有做成；以前存好的都在。请复制下面的内容发给维护的人，里面没有学生信息。"


def crash_dialog(parent: QWidget | None, report: str) -> QDialog:
    """The dialog with the report and 复制."""
    dialog = QDialog(parent)
    dialog.setWindowTitle("程序出错")
    dialog.resize(640, 360)
    text = QPlainTextEdit(report)
    text.setReadOnly(True)
    text.setAccessibleName("错误报告")
    copy = button("复制", lambda: QGuiApplication.clipboard().setText(report))
    layout = column(label(WORDS, wrap=True), text, margin=16)
    layout.addLayout(row(None, copy, button("关闭", dialog.accept, "primary")))
    dialog.setLayout(layout)
    return dialog


def show_crash(parent: QWidget, report: str) -> None:
    """Show the dialog without blocking the window."""
    crash_dialog(parent, report).open()
