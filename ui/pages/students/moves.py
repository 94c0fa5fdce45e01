"""The forms of leaving, coming, 还在本校, taking one of them back, and of a class that graduates."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.domain.marks import MARK_KINDS
from app.domain.membership import BACK, FROM_ELSEWHERE, JOINING, LEAVING, SUSPENDED
from app.errors import UserError
from app.service.children.graduation import Graduate
from app.service.children.joining import Joining
from app.service.children.leaving import Leaving
from ui.widgets.form import Form, needed_day

TRANSFER = "转出"
SET, CLEAR = "已标注", "已取消标注"
LISTED = 12  # children in sight at once


class LeavingForm(Form):
    """转出、休学…: what a child leaves by, from which day on, and what shows it."""

    def __init__(self, today: date) -> None:
        super().__init__(today)
        kind = self.add_choice("离校情况", LEAVING)
        self.add_day("离校日期", today)
        self.add_day("休学期满")
        self.add_line("转往学校")
        self.add_line("证明材料", hint="如转学联系表、诊断证明")
        self.add_text("说明", lines=2)
        self.add_words("从离校日期这天起不在册，点名册上不再有该生；没有结的个案仍然开着。")
        kind.currentTextChanged.connect(self._fit)
        self._fit(kind.currentText())
        self.mark_clean()

    def leaving(self) -> Leaving:
        """What was typed. Raises UserError if a date is none."""
        values = self.values()
        kind = values["离校情况"]
        return Leaving(
            kind,
            needed_day(self, "离校日期"),
            back_on=self.day("休学期满") if kind == SUSPENDED else None,
            next_school=values["转往学校"] if kind == TRANSFER else "",
            proof=values["证明材料"],
            note=values["说明"],
        )

    def _fit(self, kind: str) -> None:
        self.show_field("休学期满", kind == SUSPENDED)
        self.show_field("转往学校", kind == TRANSFER)


class JoiningForm(Form):
    """转入、复学…: what a child comes by, into which class, from which day on."""

    def __init__(self, today: date, classes: Sequence[str], *, suspended: bool) -> None:
        super().__init__(today)
        kind = self.add_choice("到校情况", JOINING, chosen=BACK if suspended else FROM_ELSEWHERE)
        self.add_suggested("班级", classes, hint="如五年级2班")
        self.add_day("到校日期", today)
        self.add_line("来自学校")
        self.add_line("证明材料", hint="如转学联系表、复学证明")
        self.add_text("说明", lines=2)
        kind.currentTextChanged.connect(self._fit)
        self._fit(kind.currentText())
        self.mark_clean()

    def joining(self) -> tuple[str, Joining]:
        """The class as it was typed, and the rest. Raises UserError if the date is none or no class is said."""
        values = self.values()
        if not values["班级"]:
            raise UserError("没有填班级。请选一个班级，或写成“五年级2班”这样的名称。")
        return values["班级"], Joining(
            values["到校情况"],
            "",
            needed_day(self, "到校日期"),
            other_school=values["来自学校"] if values["到校情况"] == FROM_ELSEWHERE else "",
            proof=values["证明材料"],
            note=values["说明"],
        )

    def _fit(self, kind: str) -> None:
        self.show_field("来自学校", kind == FROM_ELSEWHERE)


class StillHereForm(Form):
    """还在本校: the day on which somebody saw to it."""

    def __init__(self, today: date, why: str) -> None:
        super().__init__(today)
        self.add_words(why)
        self.add_day("核实日期", today)
        self.add_line("说明", hint="如名册漏写、姓名改过")
        self.add_words("保存后，名册导入以来各天的点名对该生重新有效。")
        self.mark_clean()

    def answer(self) -> tuple[date, str]:
        """The day and what was found. Raises UserError if the date is none."""
        return needed_day(self, "核实日期"), self.values()["说明"]


class ReasonForm(Form):
    """撤回: why what was entered is taken back."""

    def __init__(self, today: date, what: str) -> None:
        super().__init__(today)
        self.add_words(what)
        self.add_line("理由", hint="如日期写错、登记错了人")
        self.mark_clean()


class MarkForm(Form):
    """学籍标注: which mark the 学籍系统 shows since which day, or from which day on it no longer does."""

    def __init__(self, today: date, kind: str, standing: Sequence[str]) -> None:
        super().__init__(today)
        self.add_choice("标注", MARK_KINDS, chosen=kind or (standing[0] if standing else MARK_KINDS[0]))
        self.add_choice("登记", (SET, CLEAR), chosen=CLEAR if not kind and standing else SET)
        self.add_day("日期", today)
        self.add_words("填学籍系统里的日期。标注不改变个案的阶段，劝返照常进行。")
        self.mark_clean()

    def answer(self) -> tuple[str, bool, date]:
        """The mark, whether it is set, and the day. Raises UserError if the date is none."""
        values = self.values()
        return values["标注"], values["登记"] == SET, needed_day(self, "日期")


class GraduationForm(Form):
    """毕业: the day from which on the children of a class are no longer on the roll, and who of them stays."""

    def __init__(self, today: date, class_name: str, children: Sequence[Graduate]) -> None:
        super().__init__(today)
        self.add_words(
            f"确认{class_name}毕业：打勾的从毕业日期这天起不在册，没有结的个案仍然开着。"
            "留级、未毕业的请去掉勾（空格键），仍在册。"
        )
        self.add_day("毕业日期", today)
        self.children_list = QListWidget()
        self.children_list.setAccessibleName("毕业的学生")
        births = Counter(one.name for one in children)
        for one in children:
            same = f"（{one.birth}出生）" if births[one.name] > 1 and one.birth else ""
            item = QListWidgetItem(f"{one.name}{same}", self.children_list)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            item.setCheckState(Qt.CheckState.Checked)
        line = self.fontMetrics().height() + 12
        self.children_list.setFixedHeight(line * min(max(len(children), 3), LISTED) + 8)
        self.add_widget(f"毕业的学生\n（{len(children)}人）", self.children_list)
        self.mark_clean()

    def staying(self) -> tuple[str, ...]:
        """The ids of those who do not graduate."""
        items = (self.children_list.item(place) for place in range(self.children_list.count()))
        return tuple(
            one.data(Qt.ItemDataRole.UserRole) for one in items if one.checkState() != Qt.CheckState.Checked
        )

    def is_dirty(self) -> bool:
        """Whether a day was typed, or somebody was left out."""
        return super().is_dirty() or bool(self.staying())
