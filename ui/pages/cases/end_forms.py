"""The forms by which a case goes on and ends: what was told, 观察, 销号, 恢复, and a step forced with a reason."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from app.domain.dates import day_words
from app.domain.ladder.facts import BACK
from app.domain.vocabulary import AGE_CHECKED, IN_SCHOOL, LEVELS, LOOKS, RETURNED_CLOSING, TOLD
from app.errors import ReasonNeeded, Refusal, UserError
from app.service.cases.ends import CaseMoved, close_case, force_step, observe, reopen_case, tell
from app.service.screens.case import LookLine, StepChoice
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.form import Form
from ui.widgets.parts import label

WriteAsked = tuple[Callable[..., Any], Sequence[Any]]
"""A use case and what it is called with."""


class EndForm(Form):
    """A form that knows which use case saves it, and says below its fields why it was not saved.

    `places` names the field for what a refusal is `about`; `forced` the field for a reason, shown once it is needed.
    """

    places: ClassVar[Mapping[str, str]] = {}
    forced = ""

    def __init__(self, today: date) -> None:
        super().__init__(today)
        self.problem = label("", "overdue", wrap=True)
        self._rows: dict[str, ChoiceRow] = {}
        self._first: dict[str, str] = {}

    def asked(self, case_id: str) -> WriteAsked:
        """The use case and its arguments. Raises UserError where something typed is wrong."""
        raise NotImplementedError

    def done(self, moved: CaseMoved) -> str:
        """What was recorded, as the beginning of a sentence."""
        raise NotImplementedError

    def refuse(self, problem: Refusal) -> None:
        """Say why it was not saved and lead to the field it is about; ask for the reason where one helps."""
        self.problem.setText(problem.sentence)
        self.problem.show()
        name = self.place(problem.about)
        if isinstance(problem, ReasonNeeded) and self.forced:
            name = self.forced
            self.show_field(name, True)
        there: dict[str, QWidget] = {**self._fields, **self._rows}
        if name in there:
            there[name].setFocus()

    def place(self, about: str) -> str:
        """The field that a refusal is about."""
        return self.places.get(about, about)

    def needed_day(self, name: str) -> date:
        """The day of a field. Raises UserError where it is empty or no day."""
        try:
            day = self.day(name)
        except UserError as problem:
            raise UserError(problem.sentence, name) from problem
        if day is None:
            raise UserError(f"没有填{name}。请填写日期，例如今天。", name)
        return day

    def add_few(self, name: str, choices: Sequence[str], *, chosen: str = "", columns: int = 0) -> ChoiceRow:
        """One of a few, each with its digit; nothing is chosen unless said."""
        made = ChoiceRow(name, choices, chosen=chosen, columns=columns)
        self._rows[name], self._first[name] = made, chosen
        self.add_widget(name, made)
        return made

    def picked(self, name: str) -> str:
        """What is chosen of a few. Raises UserError where nothing is."""
        value = self._rows[name].value
        if not value:
            raise UserError(f"请先选{name}。", name)
        return value

    def is_dirty(self) -> bool:
        """Whether leaving would lose something."""
        return super().is_dirty() or any(row.value != self._first[name] for name, row in self._rows.items())

    def finish(self, words: str = "") -> None:
        """Put the place of a refusal and `words` below the fields; what stands in them is the starting point."""
        self.add_across(self.problem)
        self.problem.hide()
        if words:
            self.add_words(words)
        self.mark_clean()


class ToldForm(EndForm):
    """据告知: what the township, the county or the family told. `chosen` is what the next action waits for."""

    places: ClassVar[Mapping[str, str]] = {"told_by": "告知人", "day": "发生日期"}

    def __init__(self, today: date, chosen: str, own_level: str) -> None:
        super().__init__(today)
        self._own_level = own_level
        kind = self.add_few("告知的事", TOLD, chosen=chosen, columns=2)
        self.add_day("发生日期", today)
        self.add_line("告知人", hint="如乡镇李干事、家长")
        self.level = self.add_few("哪一级办的", LEVELS, chosen=self._usual(chosen))
        self.add_line("说明", hint="如文号、送达方式")
        kind.chosen.connect(self._kind_chosen)
        self.finish(
            "返校的，点名以后以点名为准；其他的按告知的日期往下走。乡镇、村上门动员的，请用“记录家访／电话”，写明谁去的和告知人。"
        )

    def asked(self, case_id: str) -> WriteAsked:
        """`tell` of a case."""
        kind, day, values = self.picked("告知的事"), self.needed_day("发生日期"), self.values()
        use_case = partial(tell, level=self.level.value, note=values["说明"])
        return use_case, (case_id, kind, day, values["告知人"])

    def done(self, moved: CaseMoved) -> str:
        """What was recorded."""
        return f"已记下{moved.student}：{self.picked('告知的事')}（听{self.values()['告知人']}说）"

    def _kind_chosen(self, kind: str) -> None:
        usual = self._usual(kind)
        self.level.choose(usual)
        self._first["哪一级办的"] = usual

    def _usual(self, kind: str) -> str:
        return "" if not kind else self._own_level if kind == BACK else "乡镇"


class ToldOnForm(EndForm):
    """告知返校, 告知更正, 核对年龄: when, and whom this office told, or who checked; `words` says what."""

    def __init__(self, today: date, kind: str, words: str, more: str = "") -> None:
        super().__init__(today)
        self._kind, self._who = kind, "核对人" if kind == AGE_CHECKED else "告诉了谁"
        self.add_words(words)
        if more:
            self.add_words(more)
        self.add_day("日期", today)
        self.add_line(self._who, hint="如林老师" if kind == AGE_CHECKED else "如乡镇李干事")
        self.add_line("说明", hint="如电话、书面、查过户口簿")
        self.finish("记在一生一案里，“今日”就不再提这件事。")

    def asked(self, case_id: str) -> WriteAsked:
        """`tell` of a case."""
        values = self.values()
        use_case = partial(tell, note=values["说明"])
        return use_case, (case_id, self._kind, self.needed_day("日期"), values[self._who])

    def done(self, moved: CaseMoved) -> str:
        """What was recorded."""
        return f"已记下{moved.student}：{self._who}{self.values()[self._who]}"

    def place(self, about: str) -> str:
        """The field that a refusal is about."""
        return {"told_by": self._who, "day": "日期"}.get(about, about)


class LookForm(EndForm):
    """观察: whether the child is still in school; the looks that are asked for are said above."""

    places: ClassVar[Mapping[str, str]] = {"observed_on": "观察日期"}

    def __init__(self, today: date, looks: Sequence[LookLine]) -> None:
        super().__init__(today)
        for number, look in enumerate(looks, 1):
            self.add_words(_look_words(number, look), "done" if look.made_on else "")
        if any(look.ours for look in looks):
            self.add_words("本县文件没有规定观察几次、哪天看，这几次是程序的缺省。")
        self.add_few("是否在校", LOOKS)
        self.add_day("观察日期", today)
        self.add_line("说明", hint="如已到班上看过")
        self.finish("不在校的，另立一个个案，与本案相连。")

    def asked(self, case_id: str) -> WriteAsked:
        """`observe` of a case."""
        there, day = self.picked("是否在校") == IN_SCHOOL, self.needed_day("观察日期")
        return partial(observe, in_school=there, note=self.values()["说明"]), (case_id, day)

    def done(self, moved: CaseMoved) -> str:
        """What was recorded."""
        return f"已记下{moved.student}的返校后观察"


class ClosingForm(EndForm):
    """销号: why and when; 已复学 before the observation is over asks for a reason."""

    places: ClassVar[Mapping[str, str]] = {"reason": "销号原因", "day": "销号日期", "note": "说明"}
    forced = "提前的理由"

    def __init__(self, today: date, reasons: Sequence[str], *, returned: bool) -> None:
        super().__init__(today)
        reason = self.add_suggested("销号原因", reasons, hint="从列表中选；没有的选其他，写在说明里")
        if returned:
            reason.setCurrentText(RETURNED_CLOSING)
        self.add_day("销号日期", today)
        self.add_line("说明", hint="如证明材料、批准文号")
        self.add_line(self.forced, hint="观察期没有满就销号的，要写明理由")
        self.show_field(self.forced, False)
        self.finish("销号后不再列在“今日”和在办个案里；弄错了可以恢复。")

    def asked(self, case_id: str) -> WriteAsked:
        """`close_case` of a case."""
        values = self.values()
        use_case = partial(close_case, note=values["说明"], force=values[self.forced])
        return use_case, (case_id, values["销号原因"], self.needed_day("销号日期"))

    def done(self, moved: CaseMoved) -> str:
        """What was recorded."""
        return f"个案{moved.no}已销号"


class ReopenForm(EndForm):
    """恢复: why a closed case is taken up again."""

    places: ClassVar[Mapping[str, str]] = {"reason": "恢复的理由"}

    def __init__(self, today: date) -> None:
        super().__init__(today)
        self.add_line("恢复的理由", hint="如材料不实、学生又不来了")
        self.finish("恢复以后，个案回到销号前的阶段。")

    def asked(self, case_id: str) -> WriteAsked:
        """`reopen_case` of a case."""
        return reopen_case, (case_id, self.values()["恢复的理由"])

    def done(self, moved: CaseMoved) -> str:
        """What was recorded."""
        return f"个案{moved.no}已恢复"


class ForceForm(EndForm):
    """A step forced: which step, with the sentence that stops it today, the day and the reason."""

    places: ClassVar[Mapping[str, str]] = {"step": "步骤", "reason": "理由", "day": "日期"}

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
        self.finish()

    def asked(self, case_id: str) -> WriteAsked:
        """`force_step` of a case."""
        values = self.values()
        return partial(force_step, day=self.needed_day("日期")), (case_id, values["步骤"], values["理由"])

    def done(self, moved: CaseMoved) -> str:
        """What was recorded."""
        return f"已直接记下{moved.student}的“{self.values()['步骤']}”"

    def _explain(self, key: str) -> None:
        why = self._why.get(key, "")
        self._words.setText(f"现在还不能：{why}" if why else "这一步现在就可以照常办。")


def _look_words(number: int, look: LookLine) -> str:
    if look.made_on:
        return f"√ 第{number}次（{day_words(look.due_on)}）：已于{day_words(look.made_on)}观察，在校"
    return f"○ 第{number}次：{day_words(look.due_on)}，还没有观察"
