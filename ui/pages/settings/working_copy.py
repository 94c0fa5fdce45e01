"""设置: 备份: the strip that says that this folder issues no numbers, and the button that names it the working copy."""

import re

from PySide6.QtWidgets import QWidget

from app.domain.instance import Instance
from ui.context import Context
from ui.widgets.form import Form
from ui.widgets.parts import button, column, label, row
from ui.widgets.side_panel import SidePanel

NO_NUMBERS = (
    "这份数据现在不编文号和个案编号，也不自动立案：它是复制来的、在别处恢复的，或者本机没有它的编号记录。"
    "本单位只能有一份数据编号，编重了的文书说不清。"
)
MEANING = "点了以后，由这一份接着编号；同一单位的另一份（如果还在）不再编号，请不要再在那一份上记录。"
ASK = (
    "本机不知道编号用到了哪里。请翻开文书登记簿，把每种文书的最后一个文号和最后一个个案编号都写上，"
    "用顿号隔开，例如：2026-003、疑辍报〔2026〕2号。还没有编过号的，写：无。"
)
LAST = "最后的编号"


class WorkingCopy(QWidget):
    """Hidden where this folder issues the numbers; else says so and offers to name it the working copy."""

    def __init__(self, context: Context, panel: SidePanel) -> None:
        super().__init__()
        self.context = context
        self.panel = panel
        self.form: Form | None = None
        self.name_it = button("这是本单位正在用的数据(&Z)…", self._ask)
        self._instance: Instance | None = None
        layout = column(label(NO_NUMBERS, "overdue", wrap=True))
        layout.addLayout(row(self.name_it, None))
        self.setLayout(layout)
        self.hide()

    def refresh(self) -> None:
        """Read which instance this is."""
        self.context.tasks.compute(self, self.context.keeper.instance, then=self._show)

    def _show(self, found: Instance) -> None:
        self._instance = found
        self.setVisible(not found.issues_numbers)

    def _ask(self) -> None:
        if self._instance is None:
            return
        form = Form(self.context.today)
        form.add_words(MEANING, "strong")
        if self._instance.asks_last:
            form.add_words(ASK)
            form.add_text(LAST)
        go = button("由这一份编号", self._name, "primary")
        if self.panel.present("这是本单位正在用的数据", form, [go], form.is_dirty):
            self.form = form

    def _name(self) -> None:
        typed = self.form.values().get(LAST, "") if self.form else ""
        last = tuple(text for text in re.split(r"[、，,；;\n]+", typed) if text.strip())
        self.context.tasks.keep(self, lambda: self.context.keeper.name_working_copy(last), then=self._named)

    def _named(self, found: Instance) -> None:
        self.panel.dismiss()
        self._show(found)
        self.context.bus.said.emit("以后由这一份数据编号。")
