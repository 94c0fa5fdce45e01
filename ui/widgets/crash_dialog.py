"""Bugs, told plainly: what to do, and a text without personal data that can be copied."""

import platform
from collections import Counter

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from ui.help.manual import version
from ui.widgets.parts import button, column, label, row

WORDS = "程序出错了，刚才这一步没有做成；以前存好的都在。请复制下面的内容发给维护的人，里面没有学生信息。"


class CrashDialog(QDialog):
    """The crashes so far and 复制. A bug that comes again is counted, it opens no second dialog."""

    def __init__(self, parent: QWidget | None, about: str) -> None:
        super().__init__(parent)
        self._about = about
        self._crashes: Counter[str] = Counter()
        self.setWindowTitle("程序出错")
        self.resize(640, 400)
        self._count = label("", "overdue")
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setAccessibleName("错误报告")
        self._copied = label("", "done")
        copy = button("复制(&C)", self._copy)
        layout = column(label(WORDS, wrap=True), self._count, self._text, margin=16)
        layout.addLayout(row(self._copied, None, copy, button("关闭", self.accept, "primary")))
        self.setLayout(layout)

    @property
    def words(self) -> str:
        """What is shown and copied: version, system and day, then every bug with how often it came."""
        bugs = (f"{text}\n（{times}次）" if times > 1 else text for text, times in self._crashes.items())
        return "\n\n".join([self._about, *bugs])

    def add(self, words: str) -> None:
        """Show one more bug."""
        self._crashes[words] += 1
        total = self._crashes.total()
        self._count.setText(f"到现在共出错{total}次。" if total > 1 else "")
        self._count.setVisible(total > 1)
        self._copied.setText("")
        self._text.setPlainText(self.words)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words)
        self._copied.setText("√ 已复制，可以粘贴到微信或邮件里。")


def about_program(today: str) -> str:
    """Version, system and day, as a line of the text."""
    return f"归学 {version()}　{platform.system()} {platform.release()}　{today}"


def show_crash(parent: QWidget, words: str) -> None:
    """Show a bug without blocking the window, in the dialog that is open already if there is one."""
    for one in QApplication.topLevelWidgets():
        if isinstance(one, CrashDialog) and one.isVisible():
            one.add(words)
            return
    dialog = CrashDialog(parent, about_program(QDate.currentDate().toString("yyyy-MM-dd")))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.add(words)
    dialog.open()
