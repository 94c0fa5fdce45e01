"""请假 beside the roll: from–to, who must approve a leave of that length, and 销假."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.changes import Changes
from app.domain.dates import month_day
from app.domain.vocabulary import LEAVE_KINDS
from app.errors import Refusal, UserError
from app.service.cases.effects import effects_of
from app.service.children.students import find_student
from app.service.office.desk import Desk
from app.service.rolls.leaves import add_leave, end_leave
from app.service.screens.roll import LeaveLine, LeavePreview, leave_preview
from app.service.screens.roll_pupils import PupilRow
from ui.context import Context
from ui.widgets.day_order import keep_order
from ui.widgets.form import Form
from ui.widgets.parts import button, column, label

FIRST, LAST, KIND, APPROVER, PROOF = "从", "到", "种类", "批准人", "证明材料"


class LeavePanel(QWidget):
    """The content of the side panel for one child. `saved` is told in words once something is recorded, `opened` what
    it changed."""

    def __init__(
        self,
        context: Context,
        page: QWidget,
        child: PupilRow,
        day: date,
        saved: Callable[[str], None],
        opened: Callable[[Changes], None],
    ) -> None:
        super().__init__()
        self._context = context
        self._page = page
        self._child = child
        self._day = day
        self._saved = saved
        self._opened = opened
        self._suggested = ""
        self._refused_to_save = False
        self._warned_of: tuple[Any, ...] = ()
        self.past = label("", wrap=True)
        self.rule = label("", "quiet", wrap=True)
        self.problem = label("", "overdue", wrap=True)
        self.form = Form(context.today)
        self.first = self.form.add_day(FIRST, self._first_free())
        self.last = self.form.add_day(LAST, self._first_free())
        self.form.add_choice(KIND, LEAVE_KINDS)
        self.approver = self.form.add_line(APPROVER, hint="批准人的职务，如班主任")
        self.proof = self.form.add_line(PROOF, hint="如镇卫生院病历；没有可不填")
        self.form.mark_clean()
        self._listen()
        self.save_button = button("保存请假  Enter", self.save, "primary")
        self.end_button = button(f"{month_day(day)}已返校，销假", self.end, hint="在名单中按X也可以")
        self.setLayout(column(self.past, self.end_button, self.form, self.rule, self.problem, None))
        self.end_button.setVisible(bool(child.leave))  # only now: without a parent it would be a window
        self.preview()

    def preview(self) -> None:
        """Ask how many 上课日 the days typed are, and who must approve."""
        days = self._days()
        if days is not None:
            self._context.tasks.read(
                self, leave_preview, self._child.id, *days, then=self._show, failed=self._refused
            )

    def save(self) -> None:
        """Record the leave."""
        for field in (self.first, self.last):  # Enter comes before the field is left
            field.settle()
        days = self._days(strict=True)
        if days is None:
            return
        values = self.form.values()
        asked = (self._child.id, *days, values[KIND], values[APPROVER], values[PROOF])
        if asked == self._warned_of:
            self._write(asked)
        else:
            weighed = partial(self._weighed, asked)
            self._context.tasks.read(self, leave_effects, *asked, then=weighed, failed=self._not_saved)

    def _weighed(self, asked: tuple[Any, ...], sentences: Sequence[str]) -> None:
        """Save; where that touches what is recorded already, only after it was read and asked for once more."""
        if not sentences:
            self._write(asked)
            return
        self._warned_of = asked
        self._refused_to_save = True
        self.problem.setText("；".join(sentences) + "。再按一次“保存请假”就照此保存。")

    def _write(self, asked: tuple[Any, ...]) -> None:
        self._context.tasks.write(
            self._page,
            grant_leave,
            *asked,
            then=self._saved,
            failed=self._not_saved,
            changed=self._opened,
        )

    def end(self) -> None:
        """Record that the child is back on the day of the roll."""
        self._context.tasks.write(
            self._page,
            back_from_leave,
            self._child.id,
            self._day,
            then=self._saved,
            failed=self._not_saved,
            changed=self._opened,
        )

    def _listen(self) -> None:
        keep_order(self.first, self.last)
        for day in (self.first, self.last):
            day.chosen.connect(lambda _day: self.preview())
        for field in (self.first, self.last, self.approver, self.proof):
            field.textEdited.connect(lambda _text: self._typed())
        self.form.on_enter(self.save)

    def _first_free(self) -> date:
        """The day of the roll; a child on leave can only get a further one after it."""
        return self._day + timedelta(days=1) if self._child.leave else self._day

    def _days(self, *, strict: bool = False) -> tuple[date, date] | None:
        try:
            first, last = self.first.day(), self.last.day()
        except UserError as problem:
            self.problem.setText(problem.sentence)
            return None
        if first is None or last is None:
            self.problem.setText("请写明从哪天到哪天请假。" if strict else "")
            return None
        return first, last

    def _show(self, found: LeavePreview) -> None:
        if not self._refused_to_save:  # why it was not saved stays until something is typed
            self.problem.setText("")
        self.rule.setText(found.words)
        lines = [_leave_line(one) for one in found.leaves[:3]]
        self.past.setText("请假记录：" + "；".join(lines) if lines else "以前没有请过假。")
        if self.approver.text().strip() in {"", self._suggested}:
            was_dirty = self.form.is_dirty()
            self.approver.setText(found.approver)
            self._suggested = found.approver
            if not was_dirty:
                self.form.mark_clean()

    def _not_saved(self, problem: BaseException) -> None:
        self._refused_to_save = True
        self._refused(problem)

    def _typed(self) -> None:
        self._refused_to_save = False

    def _refused(self, problem: BaseException) -> None:
        if isinstance(problem, Refusal):
            self.problem.setText(problem.sentence)
        else:
            self._context.tasks.show_problem(problem)


def leave_effects(
    desk: Desk, student_id: str, first: date, last: date, kind: str, approver: str, proof: str
) -> tuple[str, ...]:
    """What saving the leave would touch of what is recorded already, a sentence each. Raises what `add_leave` does."""
    asked = partial(
        grant_leave, student_id=student_id, first=first, last=last, kind=kind, approver=approver, proof=proof
    )
    return effects_of(desk, asked).sentences


def grant_leave(
    desk: Desk, student_id: str, first: date, last: date, kind: str, approver: str, proof: str
) -> str:
    """`add_leave` for a child by its id, and what was done in words."""
    child = find_student(desk, student_id)
    done = add_leave(desk, child, first, last, kind, approver, proof=proof)
    return f"{child.name}{kind}{done.days}个上课日（{month_day(first)}至{month_day(last)}）已记下。"


def back_from_leave(desk: Desk, student_id: str, back_on: date) -> str:
    """`end_leave` for a child by its id, and what was done in words."""
    child = find_student(desk, student_id)
    end_leave(desk, child, back_on)
    return f"{child.name}{month_day(back_on)}返校，已销假。"


def _leave_line(one: LeaveLine) -> str:
    ended = f"，{month_day(one.ended_on)}销假" if one.ended_on else ""
    return f"{month_day(one.from_on)}至{month_day(one.to_on)}{one.kind}（{one.approver}批准{ended}）"
