"""The side panel of the page of children: the forms to enter and to correct one, each saved once."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.errors import UserError
from app.service.students import add_student
from app.service.students_view import save_student
from ui.context import Context
from ui.pages.students_edit import AddForm, EditForm, save_by_key
from ui.widgets.form import Form
from ui.widgets.parts import button
from ui.widgets.side_panel import SidePanel, may_discard


class StudentForms(QObject):
    """Opens the forms and saves them.

    Signals:
        added(id): a child was entered by hand.
    """

    added = Signal(str)

    def __init__(self, page: QWidget, context: Context) -> None:
        super().__init__(page)
        self.panel = SidePanel(page)
        self._context = context
        self._form: Form | None = None
        self._keep: QPushButton | None = None
        self._about = ""
        self._saving = False
        self.panel.closed.connect(self._forget)

    @property
    def about(self) -> str:
        """The id of the child whose form is open; empty where none is."""
        return self._about

    def add(self, classes: Sequence[str]) -> None:
        """Open the form for a child that came by no roster."""
        form = AddForm(self._context.today, classes, asks_school=self._context.level != "学校")
        self._present("新增学生", form, lambda: self._save_new(form))

    def edit(self, whole: dict[str, Any]) -> None:
        """Open the form to correct a child (the answer of `student_whole`)."""
        form = EditForm(self._context.today, whole)
        self._present(f"修改 {whole['name']}", form, lambda: self._save_changed(form, whole))
        if self._form is form:
            self._about = whole["id"]

    def may_leave(self) -> bool:
        """Whether nothing typed is lost by going away; asks the person where it would be."""
        return not self._is_typed() or may_discard(self.panel)

    # -- inside --

    def _present(self, title: str, form: Form, save: Callable[[], None]) -> None:
        save_by_key(form, save)
        keep = button("保存 Ctrl+S", save, "primary")
        self.panel.present(title, form, [button("取消 Esc", self.panel.leave), keep], self._is_typed)
        if self.panel.isAncestorOf(form):  # else the person kept the form that was open
            self._form, self._keep, self._about, self._saving = form, keep, "", False

    def _is_typed(self) -> bool:
        """Whether a form is open with something in it that is neither saved nor being saved."""
        return self._form is not None and not self._saving and self._form.is_dirty()

    def _forget(self) -> None:
        self._form, self._keep, self._about, self._saving = None, None, "", False

    def _save_new(self, form: AddForm) -> None:
        try:
            entry = form.entry()
        except UserError as problem:
            self._context.tasks.show_problem(problem)
            return
        self._send(form, add_student, entry, then=lambda done: self._told_added(entry.name, done))

    def _save_changed(self, form: EditForm, whole: dict[str, Any]) -> None:
        try:
            values = form.changed()
        except UserError as problem:
            self._context.tasks.show_problem(problem)
            return
        if not values:
            self.panel.dismiss()
            return
        self._send(
            form, save_student, whole["id"], values, then=lambda done: self._told_changed(whole["name"], done)
        )

    def _send(self, form: Form, *asked: Any, then: Callable[[dict[str, Any]], None]) -> None:
        """Write once: until the answer is there the form takes neither keys nor clicks."""
        if self._saving:
            return
        here = QApplication.focusWidget()
        field = here if here is not None and form.isAncestorOf(here) else None
        self._lock(form, locked=True)

        def done(answer: dict[str, Any]) -> None:
            if self._form is form:
                self.panel.dismiss()
            then(answer)

        def failed(problem: BaseException) -> None:
            if self._form is form:
                self._lock(form, locked=False)
                if field is not None:
                    field.setFocus()
            self._context.tasks.show_problem(problem)

        self._context.tasks.write(self, *asked, then=done, failed=failed)

    def _lock(self, form: Form, *, locked: bool) -> None:
        self._saving = locked
        if locked:
            self.panel.setFocus()  # else the keyboard would fall on the next button
        form.setEnabled(not locked)
        if self._keep is not None:
            self._keep.setEnabled(not locked)

    def _told_added(self, name: str, done: dict[str, Any]) -> None:
        self._tell(f"已登记{name}", done["warnings"])
        self.added.emit(done["id"])

    def _told_changed(self, name: str, done: dict[str, Any]) -> None:
        words = "、".join(done["changed"]) or "没有变化"
        self._tell(f"已更正{name}：{words}", done["warnings"])

    def _tell(self, what: str, warnings: list[str]) -> None:
        if warnings:
            self._context.bus.refused.emit(f"{what}。但是{'；'.join(warnings)}。")
        else:
            self._context.bus.said.emit(f"{what}。按Ctrl+Z可以撤销。")
