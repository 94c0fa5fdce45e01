"""同一人: two children side by side, said to be one or two; and taking back that records are one child."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.errors import UserError
from app.service.children.same_child import OneChild, join_records, keep_apart, split_records
from app.service.screens.case_rows import FoundChild
from app.service.screens.same_child import Record, SidesLine, side_by_side
from app.service.screens.students import ChildWhole
from ui.context import Context
from ui.pages.students.detail import StudentDetail
from ui.pages.students.forms import StudentForms
from ui.widgets.child_search import ChildSearch
from ui.widgets.form import Form
from ui.widgets.parts import clear, label

SAME, TWO = "是同一人", "不是同一人"
REASONS = ("身份证件号相同", "学籍号相同", "已向家长核实", "已向学校核实", "同名同日出生的两个孩子")
COUNTED = (
    "认定以后只算一人，点名、个案、文书合在一起看，两条记录都不改动；认定错了可以在“学籍”里撤销。"
    "不是同一人的，以后不再提醒。"
)


class SameForm(Form):
    """Asks for the other child (unless it is known), shows both, and takes the answer with its reason."""

    def __init__(self, context: Context, whole: ChildWhole, other: str) -> None:
        super().__init__(context.today)
        self.other = other
        self._names = (whole.name, "")
        self.child = ChildSearch(context, besides=whole.id)
        if not other:
            self.add_words(f"查找和{whole.name}是同一人的另一条记录。")
            self.add_across(self.child)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self.sides = QWidget()
        self.sides.setLayout(self._grid)
        self.add_across(self.sides)
        self.sides.hide()
        self.add_choice("认定", (SAME, TWO))
        self.add_suggested("理由", REASONS, hint="凭什么认定，选一个或自己写")
        self.add_words(COUNTED)
        self.mark_clean()

    def is_dirty(self) -> bool:
        """Whether a child was taken or anything typed."""
        return self.child.student is not None or super().is_dirty()

    def show_sides(self, lines: Sequence[SidesLine]) -> None:
        """Show both children, what differs with its sign and in its colour."""
        clear(self._grid)
        for place, heading in enumerate(("", "这条记录", "另一条记录")):
            self._grid.addWidget(label(heading, "subtitle"), 0, place)
        for place, line in enumerate(lines, 1):
            tint = "overdue" if line.differs else ""
            sign = "≠ " if line.differs else ""
            self._grid.addWidget(
                label(f"{sign}{line.word}", tint or "quiet"), place, 0, Qt.AlignmentFlag.AlignTop
            )
            self._grid.addWidget(label(line.one or "未填", tint, wrap=True), place, 1)
            self._grid.addWidget(label(line.other or "未填", tint, wrap=True), place, 2)
        self.sides.show()

    def answer(self) -> tuple[bool, str]:
        """Whether they are one child, and why. Raises UserError where no other child was chosen."""
        if not self.other:
            raise UserError("还没有选另一条记录。请在上面查找并选定。")
        values = self.values()
        return values["认定"] == SAME, values["理由"]


class SplitForm(Form):
    """撤销同一人: which record is another child after all, and why."""

    def __init__(self, context: Context, whole: ChildWhole) -> None:
        super().__init__(context.today)
        self._records = {f"{place} {one.words}": one for place, one in enumerate(whole.records, 1)}
        self.add_words(f"{whole.name}由{len(whole.records)}条记录合成。撤销以后，选定的一条另算一人。")
        self.add_choice("分开哪一条", tuple(self._records), chosen=tuple(self._records)[-1])
        self.add_line("理由", hint="如核实后是两个孩子")
        self.mark_clean()

    def answer(self) -> tuple[Record, str]:
        """The record, and why."""
        values = self.values()
        return self._records[values["分开哪一条"]], values["理由"]


class SameForms(QObject):
    """Opens the two forms in the side panel and saves them."""

    def __init__(self, forms: StudentForms, context: Context, detail: StudentDetail) -> None:
        super().__init__(forms)
        self._forms = forms
        self._context = context
        detail.same.connect(self.same)
        detail.split.connect(self.split)

    def same(self, whole: ChildWhole, other: str) -> None:
        """同一人: open the form; `other` is the id of the other child, '' if it is to be looked for."""
        form = SameForm(self._context, whole, other)

        def compare(other_id: str) -> None:
            form.other = other_id
            self._context.tasks.read(form, side_by_side, whole.id, other_id, then=form.show_sides)

        def taken(child: FoundChild) -> None:
            compare(child.id)
            form.field("认定").setFocus()

        form.child.taken.connect(taken)
        self._forms.present(
            f"{whole.name} 同一人", form, lambda: self._save_same(form, whole), about=whole.id
        )
        if other:
            compare(other)

    def split(self, whole: ChildWhole) -> None:
        """撤销同一人: open the form."""
        form = SplitForm(self._context, whole)
        self._forms.present(
            f"{whole.name} 撤销同一人", form, lambda: self._save_split(form, whole), about=whole.id
        )

    def _save_same(self, form: SameForm, whole: ChildWhole) -> None:
        try:
            same, reason = form.answer()
        except UserError as problem:
            self._forms.show_problem(problem)
            return
        if same:
            self._forms.save(join_records, whole.id, form.other, reason, then=self._told_same)
        else:
            self._forms.save(
                keep_apart, whole.id, form.other, reason, then=lambda name: self._told_two(name, whole.id)
            )

    def _save_split(self, form: SplitForm, whole: ChildWhole) -> None:
        record, reason = form.answer()
        told = f"已撤销{whole.name}的同一人认定"
        self._forms.save(split_records, record.id, reason, then=lambda _ids: self._told(told, whole.id))

    def _told_same(self, one: OneChild) -> None:
        self._told(f"已认定{one.name}的{len(one.records)}条记录是同一人", one.stands)

    def _told_two(self, name: str, student_id: str) -> None:
        self._told(f"已记下{name}和另一条记录不是同一人", student_id)

    def _told(self, what: str, student_id: str) -> None:
        self._forms.tell(what, ())
        self._forms.added.emit(student_id)
