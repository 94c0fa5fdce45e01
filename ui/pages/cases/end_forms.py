"""The forms by which a case goes on and ends: 据告知, 观察, 销号, 恢复, and a step forced with a reason."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from app.domain.dates import day_words
from app.domain.vocabulary import CLOSING_REASONS, LEVELS, RETURNED_CLOSING, TOLD
from app.errors import UserError
from app.service.cases.ends import close_case, force_step, observe, reopen_case, tell
from app.service.screens.case import LookLine, StepChoice
from ui.widgets.form import Form
from ui.widgets.parts import label

Asked = tuple[Callable[..., Any], Sequence[Any]]
"""A use case and what it is called with."""
IN_SCHOOL, AWAY = "在校", "不在校"


class EndForm(Form):
    """A form that knows which use case saves it; a reason it first did not ask for is asked for on refusal."""

    forced = ""  # the field for a reason, where the form has one

    def asked(self, case_id: str) -> Asked:
        """The use case and its arguments. Raises UserError where something typed is wrong."""
        raise NotImplementedError

    def ask_reason(self) -> bool:
        """Ask for the reason that a refusal wants; whether this form has a field for it."""
        if not self.forced:
            return False
        self.show_field(self.forced, True)
        self.field(self.forced).setFocus()
        return True

    def needed_day(self, name: str) -> date:
        """The day of a field. Raises UserError where it is empty or no day."""
        day = self.day(name)
        if day is None:
            raise UserError(f"没有填{name}。请填写日期，例如今天。")
        return day


class ToldForm(EndForm):
    """据告知: what the township, the county or the family told."""

    def __init__(self, today: date, chosen: str = "") -> None:
        super().__init__(today)
        self.add_choice("告知的事", TOLD, chosen=chosen or TOLD[0])
        self.add_day("发生日期", today)
        self.add_line("告知人", hint="如乡镇李干事、家长")
        self.add_choice("哪一级办的", ("", *LEVELS))
        self.add_line("说明", hint="如文号、送达方式")
        self.add_words("返校的，点名以后以点名为准。其他的按告知的日期往下走。")
        self.mark_clean()

    def asked(self, case_id: str) -> Asked:
        """`tell` of a case."""
        values, day = self.values(), self.needed_day("发生日期")
        use_case = partial(tell, level=values["哪一级办的"], note=values["说明"])
        return use_case, (case_id, values["告知的事"], day, values["告知人"])


class LookForm(EndForm):
    """观察: whether the child is still in school; the looks that are asked for are said above."""

    def __init__(self, today: date, looks: Sequence[LookLine]) -> None:
        super().__init__(today)
        self.add_words("\n".join(map(_look_words, enumerate(looks, 1))))
        self.add_choice("是否在校", (IN_SCHOOL, AWAY))
        self.add_day("观察日期", today)
        self.add_line("说明", hint="如已到班上看过")
        self.add_words("不在校的，另立一个个案，与本案相连。")
        self.mark_clean()

    def asked(self, case_id: str) -> Asked:
        """`observe` of a case."""
        values = self.values()
        use_case = partial(observe, in_school=values["是否在校"] == IN_SCHOOL, note=values["说明"])
        return use_case, (case_id, self.needed_day("观察日期"))


class ClosingForm(EndForm):
    """销号: why and when; 已复学 before the observation is over asks for a reason."""

    forced = "提前的理由"

    def __init__(self, today: date, *, returned: bool) -> None:
        super().__init__(today)
        reason = self.add_suggested("销号原因", CLOSING_REASONS, hint="从列表中选，或自己写")
        if returned:
            reason.setCurrentText(RETURNED_CLOSING)
        self.add_day("销号日期", today)
        self.add_line("说明", hint="如证明材料、批准文号")
        self.add_line(self.forced, hint="观察期没有满就销号的，要写明理由")
        self.show_field(self.forced, False)
        self.add_words("销号后不再列在“今日”和在办个案里；弄错了可以恢复。")
        self.mark_clean()

    def asked(self, case_id: str) -> Asked:
        """`close_case` of a case."""
        values = self.values()
        use_case = partial(close_case, note=values["说明"], force=values[self.forced])
        return use_case, (case_id, values["销号原因"], self.needed_day("销号日期"))


class ReopenForm(EndForm):
    """恢复: why a closed case is taken up again."""

    def __init__(self, today: date) -> None:
        super().__init__(today)
        self.add_line("恢复的理由", hint="如材料不实、学生又不来了")
        self.add_words("恢复以后，个案回到销号前的阶段。")
        self.mark_clean()

    def asked(self, case_id: str) -> Asked:
        """`reopen_case` of a case."""
        return reopen_case, (case_id, self.values()["恢复的理由"])


class ForceForm(EndForm):
    """强制走一步: which step, with the sentence that stops it today, the day and the reason."""

    def __init__(self, today: date, steps: Sequence[StepChoice]) -> None:
        super().__init__(today)
        self._why = {one.key: one.why for one in steps}
        step = self.add_choice("步骤", [one.key for one in steps])
        self._words = label("", "quiet", wrap=True)
        self.add_across(self._words)
        self.add_day("日期", today)
        self.add_line("理由", hint="为什么不按步骤走，如用纸质报告单报过")
        step.currentTextChanged.connect(self._explain)
        self._explain(step.currentText())
        self.mark_clean()

    def asked(self, case_id: str) -> Asked:
        """`force_step` of a case."""
        values = self.values()
        return partial(force_step, day=self.needed_day("日期")), (case_id, values["步骤"], values["理由"])

    def _explain(self, key: str) -> None:
        why = self._why.get(key, "")
        self._words.setText(f"现在还不能：{why}" if why else "这一步现在就可以办，不用强制。")


def _look_words(numbered: tuple[int, LookLine]) -> str:
    number, look = numbered
    said = f"，已于{day_words(look.made_on)}观察" if look.made_on else ""
    return f"第{number}次：{day_words(look.due_on)}{said}"
