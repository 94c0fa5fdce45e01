"""The side panel of the page of children: the forms to enter and to correct one, each saved once."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.service.children.correcting import Corrected
from app.service.children.students import AddedStudent, add_student
from app.service.screens.moves import touched_by
from app.service.screens.students import ChildWhole, save_student
from ui.context import Context
from ui.pages.students.edit import AddForm, EditForm, save_by_key
from ui.widgets.effects import Effects
from ui.widgets.form import Form
from ui.widgets.parts import button, column
from ui.widgets.side_panel import SidePanel


class StudentForms(QObject):
    """Opens the forms and saves them.

    Signals:
        added(id): a child was entered by hand.
        corrected(id): a child's correction was saved.
    """

    added = Signal(str)
    corrected = Signal(str)

    def __init__(self, page: QWidget, context: Context) -> None:
        super().__init__(page)
        self.panel = SidePanel(page)
        self._context = context
        self._about = ""
        self._effects: Effects | None = None
        self.panel.closed.connect(self._forget)

    @property
    def about(self) -> str:
        """The id of the child whose form is open; empty where none is."""
        return self._about

    def add(self, classes: Sequence[str]) -> None:
        """Open the form for a child that came by no roster."""
        form = AddForm(self._context.today, classes, asks_school=self._context.level != "学校")
        self.present("新增学生", form, lambda: self._save_new(form), about="")

    def edit(self, whole: ChildWhole) -> None:
        """Open the form to correct a child (the answer of `student_whole`)."""
        form = EditForm(self._context.today, whole)
        self.present(f"修改 {whole.name}", form, lambda: self._save_changed(form, whole), about=whole.id)

    @property
    def today(self) -> date:
        """The day on which forms are filled."""
        return self._context.today

    def present(self, title: str, form: Form, save: Callable[[], None], *, about: str) -> None:
        """Show a form that `save` saves; `about` is the child it is about, empty for none."""
        save_by_key(form, save)
        keep = button("保存 Ctrl+S", save, "primary")
        effects = Effects(keep)
        held = QWidget()
        held.setLayout(column(form, effects, None))  # a short form stays together at the top
        if self.panel.present(title, held, [button("取消 Esc", self.panel.leave), keep], form.is_dirty):
            self._about, self._effects = about, effects

    def save(self, *asked: Any, then: Callable[[Any], None]) -> None:
        """Run a use case with what was typed, once."""
        self.panel.save(self._context.tasks, self, *asked, then=then)

    def read(self, *asked: Any, then: Callable[[Any], None]) -> None:
        """Run a reading use case."""
        self._context.tasks.read(self, *asked, then=then)

    def weigh(self, *asked: Any, then: Callable[[Any], None]) -> None:
        """Save a leaving or a coming; where that touches what is recorded already, only after it was read and asked for
        once more."""
        if self.panel.held:
            return
        if self._effects is None or self._effects.told_of(asked):
            self.save(*asked, then=then)
            return

        def weighed(sentences: Sequence[str]) -> None:
            self.panel.hold(False)
            if not sentences or self._effects is None:
                self.save(*asked, then=then)
                return
            self._effects.tell(asked, sentences)
            self.panel.reveal(self._effects)

        def failed(problem: BaseException) -> None:
            self.panel.hold(False)
            self.show_problem(problem)

        self.panel.hold(True)
        self._context.tasks.read(self, touched_by, *asked, then=weighed, failed=failed)

    def show_problem(self, problem: BaseException) -> None:
        """Say why what was typed cannot be saved."""
        self._context.tasks.show_problem(problem)

    def tell(self, what: str, warnings: Sequence[str]) -> None:
        """Say what was done, and what a person should look at."""
        if warnings:
            self._context.bus.refused.emit(f"{what}。但是{'；'.join(warnings)}。")
        else:
            self._context.bus.said.emit(f"{what}。按Ctrl+Z可以撤销。")

    def free(self) -> bool:
        """Close the form that is open, asking if something was typed in it; whether none is open now."""
        if not self.panel.isHidden():
            self.panel.leave()
        return self.panel.isHidden()

    def note(self, about: str) -> None:
        """The form that was opened beside these is about the child of this id."""
        self._about = about

    # -- inside --

    def _forget(self) -> None:
        self._about, self._effects = "", None

    def _save_new(self, form: AddForm) -> None:
        try:
            entry = form.entry()
        except UserError as problem:
            self.show_problem(problem)
            return
        self.weigh(add_student, entry, then=lambda done: self._told_added(entry.name, done))

    def _save_changed(self, form: EditForm, whole: ChildWhole) -> None:
        try:
            values = form.changed()
        except UserError as problem:
            self.show_problem(problem)
            return
        if not values:
            self.panel.dismiss()
            return
        self.save(save_student, whole.id, values, then=lambda done: self._told_changed(whole.name, done))

    def _told_added(self, name: str, done: AddedStudent) -> None:
        self.tell(f"已登记{name}", done.warnings)
        self.added.emit(done.id)

    def _told_changed(self, name: str, done: Corrected) -> None:
        words = "、".join(one.field for one in done.changed) or "没有变化"
        self.tell(f"已更正{name}：{words}", done.warnings)
        self.corrected.emit(done.id)
