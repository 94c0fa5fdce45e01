"""The rule sets at hand: those shipped, and the ones a county keeps in its data folder and may change.

A set that `extends` another takes over the rows whose key it does not use itself; `general` is the usual base.
"""

import difflib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from app.domain.rule_words import OPERATOR_WORDS
from app.domain.rules import Act, Counted, RuleSet, Unit, parse_rule_set, with_ladder
from app.errors import EnvironmentProblem, Refusal, UserError, os_words
from app.reference.file_stamps import FileStamp, stamp_of
from app.reference.rule_files import ENDING, ID, ID_WORDS, RuleFile, find_rule_files, read_rule_file

DAY_UNITS = ("上课日", "工作日", "自然日", "小时", "周", "月")
OWN = "本县规则，改自："
GENERAL = "general"
COUNTED_EVENTS = get_args(Counted)


def load_rule_sets(shipped: Path, county: Path | None) -> dict[str, RuleSet]:
    """Every rule set that can be used, by id, in the order of the ids; `broken_rule_sets` names the others.

    A county's file takes the place of a shipped one of that id. Raises EnvironmentProblem if a folder cannot be listed.
    """
    return _sorted_out(shipped, county)[0]


def broken_rule_sets(shipped: Path, county: Path | None) -> dict[str, str]:
    """For each rule set that cannot be used, by id, the sentence that names its file and what is wrong in it."""
    return _sorted_out(shipped, county)[1]


def load_rule_set(rule_set_id: str, shipped: Path, county: Path | None) -> RuleSet:
    """One rule set with all it inherits; other files are not touched, so a broken one elsewhere does no harm.

    Raises UserError for an id there is none of, naming near ones, and as `load_rule_sets` does.
    """
    files = find_rule_files(shipped, county)
    if rule_set_id not in files:
        raise _unknown(rule_set_id, files)
    return _load(rule_set_id, files, ()).rules


def copy_rule_set(source_id: str, new_id: str, new_name: str, shipped: Path, county: Path) -> Path:
    """Write a copy of a rule set into the `county` folder under a new id and name, for editing; returns its path.

    The new id may be that of a shipped set, which the copy then replaces; one the county already has is refused.
    Rows and comments stay as they are, below a guide to the words a row may use; the source line says that the text
    was changed from the original.
    """
    name = new_name.strip()
    if not ID.fullmatch(new_id):
        raise UserError(f"{ID_WORDS}，“{new_id}”不行。请换一个。")
    if not name or not name.isprintable():
        raise UserError("请给新规则起一个名称，例如“某某县（2026）”，不要换行。")
    target = county / f"{new_id}{ENDING}"
    if target.exists():
        raise UserError(f"本县已有编号为“{new_id}”的规则。请换一个编号，或直接修改原来的文件。")
    original = load_rule_set(source_id, shipped, county)
    _own, *bases = _load(source_id, find_rule_files(shipped, county), ()).stamps
    if new_id in bases:
        raise UserError(f"“{source_id}”本身沿用“{new_id}”的规则，不能用这个编号。请换一个编号。")
    text = original.text
    source = OWN + original.source.removeprefix(OWN)
    for field, value in (("id", new_id), ("name", name), ("source", source)):
        text = _with_field(text, field, value)
    guide = _guide()
    _write(target, guide + text.removeprefix(guide))
    return target


def _sorted_out(shipped: Path, county: Path | None) -> tuple[dict[str, RuleSet], dict[str, str]]:
    """The sets that can be used and what is wrong with the others: one mistyped file must not hide the rest."""
    files = find_rule_files(shipped, county)
    usable: dict[str, RuleSet] = {}
    broken: dict[str, str] = {}
    for name in sorted(files):
        try:
            usable[name] = _load(name, files, ()).rules
        except Refusal as problem:
            broken[name] = problem.sentence
    return usable, broken


@dataclass(frozen=True)
class _Loaded:
    """A rule set, and by id the stamps of its own file and of those it inherits from, its own first."""

    rules: RuleSet
    stamps: Mapping[str, FileStamp | None]

    def holds(self, files: Mapping[str, Path]) -> bool:
        """Whether none of the files changed, and each is still the one that its id means."""
        return all(name in files and stamp_of(files[name]) == stamp for name, stamp in self.stamps.items())


_KEPT: dict[Path, _Loaded] = {}
"""By path of its file: a set is asked for by nearly every use case, and its files change once a year."""


def _load(name: str, files: Mapping[str, Path], trail: tuple[str, ...]) -> _Loaded:
    """The rule set of a file; as it was read before, where no file that it comes from has changed since."""
    kept = _KEPT.get(files[name])
    if kept is not None and kept.holds(files):
        return kept
    stamp = stamp_of(files[name])  # before reading: what is written meanwhile is then seen as a change
    file = read_rule_file(files[name])
    base = _base(file, files, (*trail, name))
    try:
        rules = parse_rule_set(file.text, base.rules if base else None)
        if not rules.ladder.stages and name != GENERAL and GENERAL in files:
            rules = with_ladder(rules, _load(GENERAL, files, ()).rules)
        _check_usable(rules)
    except UserError as refusal:
        raise UserError(f"规则文件“{file.path.name}”：{refusal.sentence}") from refusal
    loaded = _Loaded(rules, {name: stamp} | dict(base.stamps if base else {}))
    if None not in loaded.stamps.values():
        _KEPT[files[name]] = loaded
    return loaded


def _base(file: RuleFile, files: Mapping[str, Path], trail: tuple[str, ...]) -> _Loaded | None:
    name = file.extends
    if not name:
        return None
    if name in trail:
        raise UserError(
            f"规则文件“{file.path.name}”的extends绕成了圈（{' → '.join((*trail, name))}）。请删去其中一个extends。"
        )
    if name not in files:
        raise UserError(
            f"规则文件“{file.path.name}”的extends写的“{name}”没有这套规则。请改成已有的规则编号，例如general。"
        )
    return _load(name, files, trail)


def _check_usable(rules: RuleSet) -> None:
    """A rule set must open a case on some day, and what the engine counts must be in a unit it can count."""
    if not rules.doing("开个案"):
        raise UserError('没有一条规则会“开个案”。请补上，或写extends = "general"采用通用规则。')
    own = [rule.key for rule in rules.doing("开个案") if not rule.inherited_from]
    taken = [rule for rule in rules.doing("开个案") if rule.inherited_from]
    if own and taken:
        raise UserError(
            f"“{own[0]}”和沿用“{taken[0].inherited_from}”的“{taken[0].key}”都会开个案。"
            f"请把自己那条的key改成“{taken[0].key}”，以取代沿用的一条。"
        )
    for rule in rules.doing("入学年龄"):
        if rule.unit != "周岁" or len(rule.dates) != 1 or "-" not in rule.dates[0]:
            raise UserError(f'“{rule.key}”的入学年龄要按周岁计，dates写一个截止日，例如["08-31"]。请改正。')
    for rule in rules.rules:
        counted = rule.event in COUNTED_EVENTS and rule.event != "拒不复学或联系不上"
        if (counted or "复学期限" in rule.acts) and rule.unit not in DAY_UNITS:
            raise UserError(
                f"“{rule.key}”的{rule.event}不能按{rule.unit}计。请改成{'、'.join(DAY_UNITS)}之一。"
            )
        if counted and rule.op not in (">=", ">"):
            raise UserError(f"“{rule.key}”的{rule.event}只能用>=或>。请改正op。")


def _unknown(wanted: str, files: Mapping[str, Path]) -> UserError:
    names: dict[str, str] = {}
    for name in files:
        try:
            names[name] = _load(name, files, ()).rules.name
        except Refusal:
            names[name] = ""  # it cannot be used, but its id may still be what was meant
    near = [name for name, words in names.items() if wanted and wanted in words]
    near += [name for name in difflib.get_close_matches(wanted, names, n=5, cutoff=0.5) if name not in near]
    if not near:
        return UserError(f"没有编号为“{wanted}”的规则。请从规则列表里选。")
    listed = "、".join(f"{name}（{names[name]}）" if names[name] else name for name in near[:5])
    return UserError(f"没有编号为“{wanted}”的规则。相近的有：{listed}，请改用其中一个编号。")


def _guide() -> str:
    """How to edit the file, as comments at its head; the lists come from the rule schema itself."""
    operators = "、".join(f"{sign}（{word}）" for sign, word in OPERATOR_WORDS.items())
    lines = (
        "修改办法：只改等号右边；用记事本保存为UTF-8。改好后用 rules show 核对读成的话。",
        f"op 可写：{operators}",
        f"unit 可写：{'、'.join(get_args(Unit))}",
        f"acts 可写：{'、'.join(get_args(Act))}",
        "程序按点名自动计数的 event 只有：" + "、".join(get_args(Counted)),
        "dates 可写：月日“03-15”、月份“03”、每月的日子“20..25”",
        "number_to 写范围的末尾（2—3名写3）；until 写专项活动的最后一天，例如 2027-08-31",
    )
    return "".join(f"# {line}\n" for line in lines) + "\n"


def _with_field(text: str, field: str, value: str) -> str:
    """`text` with the top-level `field` set; a JSON string is also a TOML one."""
    head, first, rows = text.partition("[[rule]]")
    line = f"{field} = {json.dumps(value, ensure_ascii=False)}"
    return re.sub(rf"(?m)^{field}[ \t]*=.*$", lambda _: line, head, count=1) + first + rows


def _write(target: Path, text: str) -> None:
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as problem:
        part.unlink(missing_ok=True)
        raise EnvironmentProblem(
            f"规则文件“{target.name}”写不进去（{os_words(problem)}）。请检查磁盘空间和权限后重试。"
        ) from problem
