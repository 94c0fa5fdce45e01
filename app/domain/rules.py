"""A county's numbers as data: dated rule sets read from TOML (design promise 3).

A rule row says: when `event`, counted from `start` in `unit`, is `op` `number`, then `effect`. The operator, number,
unit and start stand exactly as in the county's document; where the document says only 天 the unit is our default
(上课日) and `unit_stated` is false, which the rule's words say aloud.
"""

import json
import re
import tomllib
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal, get_args

from app.domain.ladder.rows import Ladder, Stage, Step, check_ladder, parse_ladder
from app.domain.rule_words import ABSENCE_STARTS, LEAVE, SEEN, amount_words, duty_words, lead_words
from app.errors import UserError

Operator = Literal[">=", ">", "<=", "<", "="]
Unit = Literal[
    "上课日",
    "工作日",
    "自然日",
    "小时",
    "周",
    "月",
    "年",
    "学期",
    "学年",
    "日",  # a day of the month: 每月15日前
    "日期",  # fixed days of the year, in `dates`
    "次",
    "课时",
    "学时",
    "名",
    "%",
    "周岁",
]
Act = Literal[
    "联系家长",  # a parent must be contacted that day
    "开个案",  # the case opens by itself
    "通知返校",  # a letter calls the family to send the child back before anything is reported
    "报告",  # a written report to the township (and bureau) is due
    "疑似辍学",  # the child is to be marked 疑似辍学
    "辍学",  # the child counts as 辍学
    "请假审批",  # `approver` must sign a leave of this length
    "复学期限",  # days a 限期复学通知书 gives
    "处罚",  # the legal step after a notice ran out
    "定期报送",  # a periodic report or count
    "送教",  # home lessons: how often, how many hours, how many teachers
    "退出认定",  # what 退出认定 needs
    "安置期限",  # how long 延缓入学 or 休学 may last, and when to remind
    "目标",  # a target rate
    "核查",  # a check that has to be made in time
    "专项活动",  # a campaign or meeting held so many times
    "入学年龄",  # from which age, by which day, a child is to be at school
    "超龄",  # from which age on it is asked whether a child still has to be at school
    "更新学籍",  # the 学籍 record of the child is to be brought up to date
    "动员次数",  # how many visits the forms provide for, or a document asks for
    "观察",  # a look after the return
]
OURS = "程序的缺省"
INHERITED = "（本县文件未规定，采用{}）"
Counted = Literal["连续无故缺勤", "动员后未返校", "拒不复学或联系不上"]

_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row of a rule set; see the module docstring for how it is read."""

    key: str
    event: str
    start: str
    op: Operator
    number: float
    unit: Unit
    acts: tuple[Act, ...]
    effect: str
    unit_stated: bool = True
    document: str = ""
    addressee: str = ""
    approver: str = ""
    number_to: float | None = None  # 2—3名: the end of a range
    dates: tuple[str, ...] = ()  # fixed days 03-15, months 03, days of every month 20..25
    until: date | None = None  # the last day of a campaign, or of the year of a target
    where: str = ""  # chapter or article of the source
    quote: str = ""  # the source's own words
    after_contact: bool = False  # the act waits until the family was contacted, or tried in vain
    advice: bool = False  # what the forms provide for; no document makes it a condition
    inherited_from: str = ""  # name of the base rule set this row came from

    def met(self, count: float) -> bool:
        """Whether `count` (in this rule's unit) satisfies the operator, and lies in the range if there is one."""
        if self.number_to is not None and count > self.number_to:
            return False
        return {
            ">=": count >= self.number,
            ">": count > self.number,
            "<=": count <= self.number,
            "<": count < self.number,
            "=": count == self.number,
        }[self.op]

    def amount(self) -> str:
        """The number with its operator and unit: 达到3个上课日, 超过3个工作日, 9月15日前; of an advice 建议5次."""
        if self.advice:
            return f"建议{self.number:g}{self.unit}"
        return amount_words(self.op, self.number, self.unit, self.start, self.dates, self.number_to)

    def brief(self) -> str:
        """The rule in one clause, for lists: 连续无故缺勤达到3个上课日，应…; one that is not the county's says so."""
        duty = self.start in {*ABSENCE_STARTS, LEAVE, SEEN}
        said = f"，{duty_words(self.effect)}" if duty else f"：{self.effect}"
        return f"{self._lead()}{said}{self._ending()}"

    def words(self) -> str:
        """The rule as a sentence a teacher can check against the county's paper."""
        begins = f"（{self.start}起算）" if self.start in ABSENCE_STARTS else " "
        return f"{self._lead()}{begins}→ {self.effect}{self._unit_words()}{self._ending()}"

    def whose(self) -> str:
        """That the row is not the county's own; nothing where it is."""
        whose = self.inherited_from.partition("（")[0]  # 通用（未定县规则时）is said as 通用
        return INHERITED.format(whose) if whose else ""

    def _unit_words(self) -> str:
        word = "日" if f"{self.number:g}日" in self.quote else "天"
        return "" if self.unit_stated else f"（原文只写“{word}”，本程序按{self.unit}计）"

    def _lead(self) -> str:
        return lead_words(self.event, self.amount(), self.unit, self.start)

    def _ending(self) -> str:
        """What is said of the whole row: until when it holds, and that it is not the county's own."""
        end = f"（到{self.until.year}年{self.until.month}月{self.until.day}日止）" if self.until else ""
        return end + self.whose()


@dataclass(frozen=True, kw_only=True)
class PaperName:
    """What a county's document calls a paper of a kind, and the number of its annex there; '' where it has none."""

    kind: str
    title: str = ""
    annex: str = ""


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """All rules of one county document, dated."""

    id: str
    name: str
    source: str
    in_force_from: date
    in_force_to: date | None = None
    half_day: Literal["计半天", "不计"] = "计半天"
    children_day_off: bool = True
    closing_reasons: tuple[str, ...] = ()
    papers: tuple[PaperName, ...] = ()
    rules: tuple[Rule, ...] = ()
    ladder: Ladder = field(default_factory=Ladder)
    text: str = field(default="", repr=False, compare=False)

    def paper(self, kind: str) -> PaperName:
        """How the document names a paper of `kind`."""
        return next((one for one in self.papers if one.kind == kind), PaperName(kind=kind))

    def doing(self, act: Act) -> tuple[Rule, ...]:
        """The rules whose effect is `act`, in the order of the source."""
        return self._by_act.get(act, ())

    @cached_property
    def _by_act(self) -> dict[Act, tuple[Rule, ...]]:
        acts = dict.fromkeys(act for rule in self.rules for act in rule.acts)
        return {act: tuple(rule for rule in self.rules if act in rule.acts) for act in acts}

    def absence_rules(self) -> tuple[Rule, ...]:
        """The rules that count a run of unexcused absence, in the order of the source, inherited ones last."""
        return self._of_absence

    @cached_property
    def _of_absence(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.event == "连续无故缺勤")

    def sentence(self, rule: Rule) -> str:
        """A rule of this document in one sentence that names the document."""
        return f"{self.name}：{rule.brief()}"

    def in_force(self, today: date) -> bool:
        """Whether the document is in force on `today`."""
        return self.in_force_from <= today and (self.in_force_to is None or today <= self.in_force_to)


def read_toml(text: str) -> dict[str, Any]:
    """The tables of a TOML `text`. Raises UserError naming the line that cannot be read, as a person sees it."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise UserError(f"{_unreadable(text, str(problem))}请用记事本改好这一行，保存后再用。") from problem
    except (ValueError, RecursionError) as problem:  # a number of thousands of digits, brackets without end
        raise UserError("文件里有过长的数字或层层套着的括号，不像规则。请换回原来的文件。") from problem


def _unreadable(text: str, problem: str) -> str:
    """Where reading stopped. The library names the line only inside its English sentence."""
    lines = text.splitlines()
    found = _LINE.search(problem)
    number = int(found[1]) if found else len(lines)
    line = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    if "overwrite" in problem.lower() or "declare" in problem.lower():
        return f"第{number}行的格式有误：“{line}”前面已经写过。"
    return f"第{number}行的格式有误：“{line}”（等号右边的文字要放在英文引号里，数字不加引号）。"


def parse_rule_set(text: str, base: RuleSet | None = None) -> RuleSet:
    """Read a rule set from TOML `text`; rows of `base` whose key the text does not use are inherited.

    Raises UserError naming the row and field that cannot be read.
    """
    data = read_toml(text)
    own = tuple(_parse_rule(row, number) for number, row in enumerate(data.get("rule", []), 1))
    keys = {rule.key for rule in own}
    if len(keys) != len(own):
        raise UserError("规则文件里有两条规则的 key 相同。请改成不同的 key。")
    inherited = _inherited(base, keys) if base else ()
    attendance = data.get("attendance", {})
    rules = own + inherited
    ladder = parse_ladder(data, text, base.ladder if base else None, base.name if base else "")
    if ladder.stages:
        check_ladder(ladder, {rule.key for rule in rules} | set(get_args(Act)), text)
    try:
        return RuleSet(
            id=data["id"],
            name=data["name"],
            source=data["source"],
            in_force_from=data["in_force_from"],
            in_force_to=data.get("in_force_to"),
            half_day=attendance.get("half_day", "计半天"),
            children_day_off=attendance.get("children_day_off", True),
            closing_reasons=tuple(data.get("closing_reasons", base.closing_reasons if base else ())),
            papers=_papers(data),
            rules=rules,
            ladder=ladder,
            text=text,
        )
    except KeyError as missing:
        raise UserError(f"规则文件缺少“{missing.args[0]}”一项。请补上后再用。") from missing


def _papers(data: dict[str, Any]) -> tuple[PaperName, ...]:
    """The names of papers in a file; none is inherited, as the annexes are those of one document."""
    known = set(PaperName.__dataclass_fields__)
    for row in data.get("paper", []):
        if "kind" not in row or set(row) - known:
            raise UserError("[[paper]]只能写kind、title、annex，kind必须有。请改正。")
    return tuple(PaperName(**row) for row in data.get("paper", []))


def _inherited(base: RuleSet, keys: set[str]) -> tuple[Rule, ...]:
    return tuple(replace(rule, inherited_from=base.name) for rule in base.rules if rule.key not in keys)


def _parse_rule(row: dict[str, Any], number: int) -> Rule:
    label = f"第{number}条规则（{row.get('key', '无 key')}）"
    for name in ("key", "event", "start", "op", "number", "unit", "acts", "effect"):
        if name not in row:
            raise UserError(f"{label}缺少“{name}”一项。请补上后再用。")
    for name, allowed in (("op", get_args(Operator)), ("unit", get_args(Unit))):
        if row[name] not in allowed:
            raise UserError(f"{label}的 {name} 是“{row[name]}”，只能是：{'、'.join(allowed)}。请改正。")
    if unknown := set(row["acts"]) - set(get_args(Act)):
        raise UserError(f"{label}的 acts 里有不认识的“{'、'.join(sorted(unknown))}”。请改正。")
    known = set(Rule.__dataclass_fields__) - {"inherited_from"} | {"ours"}
    if unknown := set(row) - known:
        raise UserError(f"{label}里有不认识的项“{'、'.join(sorted(unknown))}”。请改正或删去。")
    values = {name: value for name, value in row.items() if name != "ours"}
    values |= {"acts": tuple(row["acts"]), "dates": tuple(row.get("dates", ()))}
    if row.get("ours"):  # a number of ours never speaks in a county's name
        values["inherited_from"] = OURS
    return Rule(**values)


def freeze_rules(rules: RuleSet) -> str:
    """The rule set, inherited rows and all, as the text a case keeps (design promise 3)."""
    return json.dumps(
        asdict(rules) | {"text": ""}, ensure_ascii=False, sort_keys=True, default=date.isoformat
    )


def thaw_rules(text: str, general: RuleSet) -> RuleSet:
    """The rule set that `freeze_rules` wrote; what it said nothing of yet is taken from the `general` set."""
    data = json.loads(text)
    data.pop("visits_required", None)  # earlier texts: a number that no county's document holds
    until = data["in_force_to"]
    rows = tuple(_thawed_rule(row) for row in data["rules"])
    ladder = data.pop("ladder", None)
    frozen = RuleSet(
        **data
        | {
            "rules": rows,
            "ladder": _thawed_ladder(ladder) if ladder else Ladder(),
            "papers": tuple(PaperName(**one) for one in data.get("papers", ())),
            "closing_reasons": tuple(data.get("closing_reasons") or general.closing_reasons),
            "in_force_from": date.fromisoformat(data["in_force_from"]),
            "in_force_to": date.fromisoformat(until) if until else None,
        }
    )
    return with_ladder(frozen, general)


def with_ladder(rules: RuleSet, general: RuleSet) -> RuleSet:
    """`rules` with the 销号 reasons of the general set, its ladder and the rows that stands on, where it has no own."""
    rules = rules if rules.closing_reasons else replace(rules, closing_reasons=general.closing_reasons)
    if rules.ladder.stages:
        return rules
    held = {act for rule in rules.rules for act in rule.acts}
    lacking = tuple(
        replace(rule, inherited_from=general.name)
        for rule in general.rules
        if held.isdisjoint(rule.acts) and not LADDER_ACTS.isdisjoint(rule.acts)
    )
    return replace(rules, rules=rules.rules + lacking, ladder=general.ladder)


LADDER_ACTS: frozenset[Act] = frozenset({"动员次数", "观察", "复学期限"})
"""What the ladder counts by besides absence."""


def _thawed_rule(row: dict[str, Any]) -> Rule:
    until = row.get("until")
    lists = {"acts": tuple(row["acts"]), "dates": tuple(row["dates"])}
    return Rule(**row | lists | {"until": date.fromisoformat(until) if until else None})


def _thawed_ladder(data: dict[str, Any]) -> Ladder:
    stages = tuple(Stage(**row) for row in data["stages"])
    lists = ("sources", "needs")
    steps = tuple(Step(**row | {name: tuple(row[name]) for name in lists}) for row in data["steps"])
    return Ladder(stages, steps)
