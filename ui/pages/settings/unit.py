"""设置: 单位 and 字号."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QRadioButton

from app.domain.changes import Changes
from app.service.screens.settings import FormLine, save_unit_form, unit_form
from ui.context import Context
from ui.pages.settings.part import SettingsPart
from ui.theme import SCALES
from ui.widgets.form import Form
from ui.widgets.parts import button, card, row, scrolled

HINTS = {
    "学校标识码": "10位数字，没有可以不填",
    "所在乡镇": "局直学校不填",
    "所在中心学校": "由哪所中心学校管；没有的不填",
    "发文代字": "文号前面的字，例如湖政；没有可以不填",
    "教育行政部门": "写在报告单上的全称，例如青石县教育局",
    "学校联系人": "写在通知书上的老师",
    "机关联系人": "写在通知书上的承办人",
}
SCHOOLING_WORDS = (
    "六年制：六年级读完小学毕业。五年制：五年级读完小学毕业，六年级起是初中。"
    "改了以后，班级名称、毕业待确认和以后导入的名册都照新的算。"
)


class UnitPart(SettingsPart):
    """Names and numbers that stand on every paper."""

    heading = "单位"
    explanation = "这些内容会印在文书上。改了只影响以后出的文书，已经出具的不变。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.form: Form | None = None
        self.save = button("保存(&S)", self._save, "primary")
        self._holder = scrolled()
        self.body.addWidget(self.narrow(self._holder), 1)
        self.body.addLayout(row(self.save, None))

    def refresh(self) -> None:
        """Read the form anew unless something was typed."""
        if not self.is_dirty():
            self.context.tasks.read(self, unit_form, then=self._fill)

    def is_dirty(self) -> bool:
        """Whether something was typed and not saved."""
        return self.form is not None and not self.form.held and self.form.is_dirty()

    def _fill(self, lines: Sequence[FormLine]) -> None:
        if self.form is not None and (self.form.held or self.is_dirty()):
            return  # typed while the answer was on its way
        if self.form is not None and self.form.values() == {one.label: one.text for one in lines}:
            return  # the keyboard stays where it is
        self.form = Form(self.context.today)
        for one in lines:
            if one.choices:
                self.form.add_choice(one.label, one.choices, chosen=one.text)
                self.form.add_words(SCHOOLING_WORDS)
            else:
                self.form.add_line(one.label, hint=HINTS.get(one.label, ""), text=one.text)
        self.form.on_enter(self._save)
        self._holder.setWidget(card(self.form, None))

    def _save(self) -> None:
        form = self.form
        if form is not None and not form.held:
            form.hold(True)
            tasks = self.context.tasks
            tasks.write(self, save_unit_form, form.values(), then=self._saved, failed=self._refused)

    def _saved(self, _nothing: object) -> None:
        if self.form is not None:
            self.form.mark_clean()
            self.form.hold(False)
        # 学制 is a setting and no row: the pages that name classes hear of it as of their rows.
        self.context.bus.changed.emit(Changes({"class_group": frozenset()}), self)
        self.context.bus.said.emit("单位信息已保存。")

    def _refused(self, problem: BaseException) -> None:
        if self.form is not None:
            self.form.hold(False)
        self.context.tasks.show_problem(problem)


class LookPart(SettingsPart):
    """Type size."""

    heading = "字号"
    explanation = "看不清就调大，马上生效。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.group = QButtonGroup(self)
        for percent in SCALES:
            choice = QRadioButton(f"{percent}%" + ("（默认）" if percent == 100 else ""))
            choice.clicked.connect(partial(self._choose, percent))
            self.group.addButton(choice, percent)
            self.body.addWidget(choice)
        self.body.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Show the size in force."""
        self.group.button(self.context.preferences.scale).setChecked(True)

    def _choose(self, percent: int) -> None:
        """The window is opened again in that size, unless something typed keeps it: then the old size stays chosen."""
        self.context.redress(percent)
        self.refresh()
