"""The templates in use: the shipped ones and the county's own, and what the checker found."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.service.screens.papers import (
    TemplateState,
    copy_template,
    stray_templates,
    template_folder,
    template_list,
)
from ui.context import Context
from ui.widgets.parts import button, card, clear, label, row

WORDS = (
    "把本县改过的模板放进模板文件夹，文件名照下面写的，从下一份文书起就用它；已经出具的不受影响。"
    "模板有毛病时这里会说明，改好以前出不了这种文书。"
)
STRAYS = "● 文件夹里的{names}没有用上：文件名要和下面写的一模一样，不能多空格、少字，也不能是别的格式。"


class TemplatesPanel(QWidget):
    """A card for each kind of paper."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.rows: list[TemplateState] = []
        self.folder = button("打开模板文件夹(&O)", self.open_folder)
        self.check = button("重新检查(&R)", self.read)
        self.strays = label("", "today", wrap=True)
        self.strays.hide()
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.addWidget(label(WORDS, "quiet", wrap=True))
        layout.addWidget(self.strays)
        layout.addLayout(self._cards)
        layout.addStretch(1)
        self.read()

    def read(self) -> None:
        """Check all templates anew."""
        self._context.tasks.read(self, stray_templates, then=self._show_strays)
        self._context.tasks.read(self, template_list, then=self._show)

    def open_folder(self) -> None:
        """Show the folder in the system's file manager."""
        self._context.tasks.read(self, template_folder, then=show_folder)

    def _copy(self, kind: str) -> None:
        def told(file: Path) -> None:
            self._context.bus.said.emit(f"已放进模板文件夹：{file.name}。用WPS改好存盘，再点“重新检查”。")
            self.read()

        self._context.tasks.read(self, copy_template, kind, then=told)

    def _show(self, rows: list[TemplateState]) -> None:
        self.rows = rows
        clear(self._cards)
        for one in rows:
            self._cards.addWidget(self._card(one))

    def _show_strays(self, names: list[str]) -> None:
        self.strays.setText(STRAYS.format(names="、".join(names)) if names else "")
        self.strays.setVisible(bool(names))

    def _card(self, one: TemplateState) -> QWidget:
        source = "本县模板" if one.own else "自带模板"
        state = label(
            f"✕ {source}不能用" if one.problem else f"✓ {source}", "overdue" if one.problem else "done"
        )
        copy = button(
            "放一份到文件夹", lambda: self._copy(one.kind), "link", hint="复制自带模板，好在它上面改"
        )
        copy.setAccessibleName(f"把{one.kind}的自带模板放进模板文件夹")
        made = card(label(one.title))
        inner = made.layout()
        assert isinstance(inner, QVBoxLayout)  # what `card` gives it
        if one.problem:
            inner.addWidget(label(one.problem, "overdue", wrap=True))
        inner.addLayout(row(state, label(one.file, "quiet"), None, copy))
        copy.setVisible(not one.own and not self._context.read_only)
        return made


def show_folder(folder: Path) -> None:
    """Open a folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
