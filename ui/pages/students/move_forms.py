"""Opens the forms of leaving and coming in the side panel of the page of children, and saves each once."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject

from app.domain.membership import SUSPENDED
from app.errors import UserError
from app.service.children.graduation import Graduate, GraduatedClass, graduate_class, graduates_of
from app.service.children.joining import Joined, undo_joining
from app.service.children.leads import Settled, still_here
from app.service.children.leaving import Left, leave_school, undo_leaving
from app.service.children.marks import MarkKept, clear_mark, set_mark
from app.service.screens.stays import join_class
from app.service.screens.students import ChildWhole
from ui.pages.students.forms import StudentForms
from ui.pages.students.moves import (
    GraduationForm,
    JoiningForm,
    LeavingForm,
    MarkForm,
    ReasonForm,
    StillHereForm,
)
from ui.widgets.form import needed_day


class MoveForms(QObject):
    """What a person may say of where a child goes to school, each in its form."""

    def __init__(self, forms: StudentForms) -> None:
        super().__init__(forms)
        self._forms = forms

    def leave_school(self, whole: ChildWhole) -> None:
        """转出、休学…: open the form."""
        form = LeavingForm(self._forms.today)
        self._open(
            f"{whole.name} 转出、休学、离校",
            form,
            whole.id,
            lambda: (leave_school, whole.id, form.leaving()),
            self._told_left,
            self._forms.weigh,
        )

    def join(self, whole: ChildWhole) -> None:
        """转入、复学…: open the form."""
        suspended = bool(whole.stays) and whole.stays[-1].ended == SUSPENDED
        form = JoiningForm(self._forms.today, whole.may_join, suspended=suspended)
        self._open(
            f"{whole.name} 转入、复学、入学",
            form,
            whole.id,
            lambda: (join_class, whole.id, *form.joining()),
            self._told_joined,
            self._forms.weigh,
        )

    def still_here(self, whole: ChildWhole) -> None:
        """还在本校: open the form."""
        form = StillHereForm(self._forms.today, whole.sought)
        self._open(
            f"{whole.name} 还在本校",
            form,
            whole.id,
            lambda: (still_here, whole.id, *form.answer()),
            self._told_here,
        )

    def take_back(self, whole: ChildWhole) -> None:
        """撤回 the last leaving or coming: ask for the reason."""
        last = whole.stays[-1]
        undo, what = (undo_leaving, last.ended) if last.ended else (undo_joining, last.began)
        form = ReasonForm(self._forms.today, f"撤回{whole.name}的{what}。撤回后可以重新登记。")
        self._open(
            f"撤回{whole.name}的{what}",
            form,
            whole.id,
            lambda: (undo, whole.id, form.values()["理由"]),
            lambda _id: self._told(whole.id, f"已撤回{whole.name}的{what}", ()),
        )

    def mark(self, whole: ChildWhole, kind: str) -> None:
        """学籍标注: open the form; `kind` is the mark that is asked for, if one is."""
        standing = [one.kind for one in whole.marks if one.cleared_on is None]
        form = MarkForm(self._forms.today, kind, standing)

        def asked() -> Sequence[Any]:
            chosen, is_set, day = form.answer()
            return (set_mark if is_set else clear_mark, whole.id, chosen, day)

        self._open(f"{whole.name} 学籍标注", form, whole.id, asked, self._told_marked)

    def graduate(self, class_id: str, class_name: str) -> None:
        """毕业: ask for the day on which a class graduated, and who of it did not."""

        def show(children: Sequence[Graduate]) -> None:
            form = GraduationForm(self._forms.today, class_name, children)
            self._open(
                f"{class_name}毕业",
                form,
                "",
                lambda: (graduate_class, class_id, needed_day(form, "毕业日期"), form.staying()),
                lambda done: self._told_graduated(done, len(form.staying())),
            )

        self._forms.read(graduates_of, class_id, then=show)

    # -- inside --

    def _open(
        self,
        title: str,
        form: LeavingForm | JoiningForm | StillHereForm | ReasonForm | MarkForm | GraduationForm,
        about: str,
        asked: Callable[[], Sequence[Any]],
        then: Callable[[Any], None],
        keep: Callable[..., None] | None = None,
    ) -> None:
        """Present a form; `keep` saves what was asked, `StudentForms.save` if not said."""

        def save() -> None:
            try:
                use_case = asked()
            except UserError as problem:
                self._forms.show_problem(problem)
                return
            (keep or self._forms.save)(*use_case, then=then)

        self._forms.present(title, form, save, about=about)

    def _told_left(self, left: Left) -> None:
        self._told(left.student_id, f"已登记{left.name}{left.kind}", left.notices)

    def _told_joined(self, joined: Joined) -> None:
        self._told(joined.student_id, f"已登记{joined.name}{joined.kind}到{joined.class_name}", ())

    def _told_here(self, settled: Settled) -> None:
        self._told(settled.student_id, f"已登记{settled.name}{settled.settlement}", ())

    def _told_marked(self, kept: MarkKept) -> None:
        done = f"取消{kept.kind}标注" if kept.cleared_on else f"标注{kept.kind}"
        self._told(kept.student_id, f"已登记{kept.name}{done}", ())

    def _told_graduated(self, done: GraduatedClass, staying: int) -> None:
        left = f"，留下{staying}人，请把他们的班级改成现在读的班" if staying else ""
        self._forms.tell(f"已确认{done.class_name}{done.pupils}名学生毕业{left}", ())

    def _told(self, student_id: str, what: str, notices: Sequence[str]) -> None:
        self._forms.tell(what, notices)
        self._forms.corrected.emit(student_id)
