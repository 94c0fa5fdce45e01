"""What can be asked for on a paper: one `Field` a fact, named in the words of the forms.

`resources/form_fields.toml` declares the fields that several forms share, so that a fact has one name on every paper.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from app.domain.typed_text import LINE

YES: Final = "是"
NO: Final = "否"
SIGNS: Final = {True: ("☑", "☐"), False: ("√", "　")}
"""How an answer is ticked and left unticked: boxes before the words, or signs between the form's brackets."""
Belongs = Literal["学生", "单位", "文书"]
"""Whose a fact is: the child's, the office's (typed once for a whole batch), or that one paper's."""


@dataclass(frozen=True)
class Field:
    """One fact a template may ask for.

    `name`: what it is called on the form, `source` the fact of the record that fills it. `hint`: what to type.
    `may_stay_empty`: the form itself is filled later by hand there. `blank`: what is printed when the fact is left out
    on purpose. `answers`: boxes to tick, `boxes` for □/☑ before the words; the value is one or several answers joined
    by 、. `flag`: 是 or 否, for an optional paragraph. `only_if`: asked for only when that flag is 是, or
    when that answer is ticked (学籍情况=学籍在外校). `locked`: comes
    from the law table and cannot be typed. `longest`: most characters accepted. `belongs`: whose it is. `remembered`:
    kept for the next paper. `extra`: a county may put it on its copy of any form. `columns`: a list of rows with these
    columns, which the record gives; a template loops over it.
    """

    name: str
    source: str
    hint: str = ""
    may_stay_empty: bool = False
    blank: str = ""
    answers: tuple[str, ...] = ()
    boxes: bool = False
    flag: bool = False
    only_if: str = ""
    locked: bool = False
    longest: int = LINE
    belongs: Belongs = "学生"
    remembered: bool = False
    extra: bool = False
    columns: tuple[str, ...] = ()

    def applies(self, values: Mapping[str, str]) -> bool:
        """Whether it is asked for beside the other `values`."""
        name, _, answer = self.only_if.partition("=")
        return not name or (answer or YES) in values.get(name, "").strip().split("、")

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The boxes to tick: (answer, placeholder of its box)."""
        return tuple((answer, f"{answer}勾") for answer in self.answers)

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The names a template writes for this field: one box each if it is ticked, else its own name."""
        return tuple(box for _, box in self.options) or (self.name,)
