"""Stages and steps of the ladder as rows of a rule set: read, inherited, and checked when a file is loaded.

A step says: from these stages to that one, when this has happened; what it needs before it may be taken; the rule row
that holds its number (a step never holds one); the paper it offers; who takes it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, TypeVar

from app.domain.ladder.predicates import NEEDS, WHEN
from app.errors import UserError

EVERY = "*"
"""In `from`: every open stage."""
LEAD = "牵头"
TAKERS = ("学校", "乡镇", "县", LEAD)
FORMS = ("", "联系", "文书", "据告知", "观察", "销号", "点名")


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A stage of a case. `open` says whether it still needs work; `begins` which cases start there (考勤, or 其他 for
    every other way a case is opened); `mark` and `colour` how it looks."""

    name: str
    open: bool = True
    begins: str = ""
    mark: str = "◇"
    colour: str = "accent"
    after: str = ""  # in a county's file: the stage of the inherited ladder it stands behind
    inherited_from: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """A row of the ladder.

    `when` names what makes the step, `needs` what has to hold before it may be taken, `rule` the key or the act of the
    rule rows with its number, `document` the paper it offers, `opens` the form of its button, `by` who takes it.
    `action` is what that office is told to do and `waits` what the others are told meanwhile; `again` marks a step
    that may be taken more than once, and `everywhere` one from every open stage. `reason` is why a step is next where
    no rule says it.
    """

    key: str
    sources: tuple[str, ...]
    target: str
    when: str
    needs: tuple[str, ...] = ()
    rule: str = ""
    document: str = ""
    opens: str = ""
    by: str = "学校"
    action: str = ""
    waits: str = ""
    reason: str = ""
    again: bool = False
    after: str = ""
    before: str = ""
    everywhere: bool = False
    inherited_from: str = ""


@dataclass(frozen=True)
class Ladder:
    """The stages of a rule set in their order, and its steps."""

    stages: tuple[Stage, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def open_stages(self) -> tuple[str, ...]:
        """The stages that still need work, in order."""
        return tuple(stage.name for stage in self.stages if stage.open)

    def stage(self, name: str) -> Stage | None:
        """The stage of that name; of 已销号(休学) the one before the bracket."""
        return self._by_name.get(name) or self._by_name.get(name.partition("(")[0])

    @cached_property
    def _by_name(self) -> dict[str, Stage]:
        return {one.name: one for one in reversed(self.stages)}

    def place(self, name: str) -> int:
        """Where a stage stands."""
        return next(place for place, stage in enumerate(self.stages) if stage.name == name)

    def first(self, trigger: str) -> str:
        """The stage a case opened by `trigger` begins with."""
        by_trigger = {stage.begins: stage.name for stage in self.stages if stage.begins}
        return by_trigger.get(trigger) or by_trigger["其他"]

    def leaving(self, stage: str) -> tuple[Step, ...]:
        """The steps that lead on from a stage, in order."""
        return tuple(step for step in self.steps if stage in step.sources)

    def step(self, key: str) -> Step | None:
        """The step of that key."""
        return next((step for step in self.steps if step.key == key), None)


def parse_ladder(data: dict[str, Any], text: str, base: Ladder | None, base_name: str) -> Ladder:
    """The ladder of a rule file: its own rows over those of `base`. `data` is the file as TOML, `text` its text.

    Raises UserError naming the line of a row that cannot be read, or whose words are not known.
    """
    stages = [_row(Stage, row, text, "stage", "name") for row in data.get("stage", [])]
    steps = [
        _row(Step, _renamed(row, text), text, "step", "key", lists=("sources", "needs"))
        for row in data.get("step", [])
    ]
    dropped = set(data.get("without_steps", []))
    if base is None:
        merged_stages, merged_steps = stages, steps
    else:
        if unknown := dropped - {step.key for step in base.steps}:
            raise UserError(
                f"without_steps写的“{'、'.join(sorted(unknown))}”不是沿用的步骤。请改成已有的步骤，或删去。"
            )
        merged_stages = _merged(
            stages, [replace(one, inherited_from=base_name) for one in base.stages], "name"
        )
        inherited = [replace(one, inherited_from=base_name) for one in base.steps if one.key not in dropped]
        merged_steps = _merged(steps, inherited, "key")
    opened = [stage.name for stage in merged_stages if stage.open]
    return Ladder(tuple(merged_stages), tuple(_spread(step, opened) for step in merged_steps))


def check_ladder(ladder: Ladder, rules: Collection[str], text: str) -> None:
    """Refuse a ladder that could leave a case without a way on. `rules` are the keys and acts of the set's rule rows.

    Raises UserError naming the row and its line: an unknown stage, predicate or rule; a stage nothing leads to; an open
    stage without a next action or without a way out.
    """
    known = {stage.name for stage in ladder.stages}
    _check_begins(ladder)
    for step in ladder.steps:
        _check_step(step, known, rules, line_of(text, "step", step.key))
    reached = {step.target for step in ladder.steps if set(step.sources) - {step.target}}
    for stage in ladder.stages:
        where = line_of(text, "stage", stage.name)
        ahead = ladder.leaving(stage.name)
        if stage.open and not stage.begins and stage.name not in reached:
            raise UserError(f"{where}阶段“{stage.name}”没有一步能走到。请补上到这个阶段的step，或删去它。")
        if stage.open and not any(step.action for step in ahead):
            raise UserError(f"{where}阶段“{stage.name}”没有下一步做什么。请补上从它出发、写了action的step。")
        if stage.open and not any(_is_ended(ladder, step.target) for step in ahead):
            raise UserError(f"{where}阶段“{stage.name}”没有出口。请补上从它到已结束阶段的step。")
        if not stage.open and ahead:
            raise UserError(f"{where}阶段“{stage.name}”已经结束，不能再有从它出发的step。请改正。")


def line_of(text: str, table: str, name: str) -> str:
    """Where a row stands in a file, as the beginning of a sentence: 第12行：. Empty for an inherited row."""
    inside = ""
    for number, line in enumerate(text.splitlines(), 1):
        plain = line.strip()
        if plain.startswith("["):
            inside = plain.strip("[] ")
        key, _, value = plain.partition("=")
        if inside == table and key.strip() in {"key", "name"} and value.strip().strip('"') == name:
            return f"第{number}行："
    return ""


R = TypeVar("R", Stage, Step)


def _row(
    kind: type[R], row: dict[str, Any], text: str, table: str, name: str, lists: Sequence[str] = ()
) -> R:
    label = str(row.get(name, ""))
    where = line_of(text, table, label)
    known = {one.name for one in fields(kind)} - {"inherited_from", "everywhere"}
    if unknown := set(row) - known:
        raise UserError(f"{where}“{label}”里有不认识的项“{'、'.join(sorted(unknown))}”。请改正或删去。")
    try:
        return kind(**row | {one: tuple(row[one]) for one in lists if one in row})
    except TypeError as problem:
        raise UserError(f"{where}“{label}”缺少一项（{_missing(str(problem))}）。请补上后再用。") from problem


def _missing(problem: str) -> str:
    names = {"sources": "from", "target": "to"}
    return "、".join(names.get(word, word) for word in problem.split("'")[1::2])


def _renamed(row: dict[str, Any], text: str) -> dict[str, Any]:
    """`from` and `to` are the file's words for what Python cannot name so."""
    names = {"from": "sources", "to": "target"}
    return {names.get(word, word): value for word, value in row.items()}


def _merged(own: Sequence[R], inherited: Sequence[R], name: str) -> list[R]:
    """The inherited rows with the file's own in place of those of the same name; new ones behind their `after`."""
    by_name = {getattr(one, name): one for one in own}
    rows = [by_name.pop(getattr(one, name), one) for one in inherited]
    for one in by_name.values():
        rows.insert(_place(rows, one, name), one)
    return rows


def _place(rows: Sequence[R], one: R, name: str) -> int:
    """Where a new row stands among the inherited ones: behind its `after`, in front of its `before`, else last."""
    for place, row in enumerate(rows):
        if getattr(row, name) == one.after:
            return place + 1
        if isinstance(one, Step) and getattr(row, name) == one.before:
            return place
    return len(rows)


def _spread(step: Step, opened: Sequence[str]) -> Step:
    """A step with `*` in its sources leads on from every open stage but its own target."""
    if EVERY not in step.sources and not step.everywhere:
        return step
    return replace(step, sources=tuple(one for one in opened if one != step.target), everywhere=True)


def _check_begins(ladder: Ladder) -> None:
    begun = [stage.begins for stage in ladder.stages if stage.begins]
    if sorted(begun) != sorted({"考勤", "其他"}):
        raise UserError('要有一个阶段写begins = "考勤"，一个写begins = "其他"。请补上或删去多余的。')


def _check_step(step: Step, known: set[str], rules: Collection[str], where: str) -> None:
    label = f"{where}步骤“{step.key}”"
    if unknown := [one for one in (*step.sources, step.target) if one not in known]:
        raise UserError(f"{label}写的阶段“{'、'.join(unknown)}”没有定义。请改成已有的阶段。")
    if step.when not in WHEN:
        raise UserError(f"{label}的when是“{step.when}”，只能是：{'、'.join(WHEN)}。请改正。")
    if unknown := [one for one in step.needs if one not in NEEDS]:
        raise UserError(f"{label}的needs里“{'、'.join(unknown)}”不认识，只能是：{'、'.join(NEEDS)}。请改正。")
    if step.rule and step.rule not in rules:
        raise UserError(f"{label}的rule是“{step.rule}”，没有这个key的规则。请改成已有规则的key。")
    if step.by not in TAKERS:
        raise UserError(f"{label}的by是“{step.by}”，只能是：{'、'.join(TAKERS)}。请改正。")
    if step.opens not in FORMS:
        raise UserError(f"{label}的opens是“{step.opens}”，只能是：{'、'.join(filter(None, FORMS))}。请改正。")


def _is_ended(ladder: Ladder, name: str) -> bool:
    stage = ladder.stage(name)
    return stage is not None and not stage.open


def names_of(rows: Iterable[Stage]) -> tuple[str, ...]:
    """The names of stages, in their order."""
    return tuple(row.name for row in rows)
