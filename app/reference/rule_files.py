"""Rule files on disk: reading them, and refusing what a county mistyped before any of it is believed."""

import math
import os
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from app.domain.rule_words import is_date_text
from app.domain.rules import read_toml
from app.errors import EnvironmentProblem, UserError, os_words

ENDING: Final = ".toml"
ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)
ID_WORDS: Final = "规则编号只能用小写英文字母、数字和短横线，最多40个字符"
TEXT_FIELDS = ("key", "event", "start", "effect", "document", "addressee", "approver", "where", "quote")
SET_FIELDS = {
    "id": str,
    "name": str,
    "source": str,
    "extends": str,
    "in_force_from": date,
    "in_force_to": date,
    "attendance": dict,
    "rule": list,
    "stage": list,
    "step": list,
    "without_steps": list,
    "closing_reasons": list,
    "paper": list,
}
FIELD_WORDS = {
    str: "引号里的文字",
    date: "2026-09-01这样的日期",
    int: "整数",
    dict: "一组设置",
    list: "[[rule]]、[[step]]这样的各条，或一组文字",
}
ATTENDANCE = {"half_day": ("计半天", "不计"), "children_day_off": (True, False)}


@dataclass(frozen=True)
class RuleFile:
    """A rule file and its text as read."""

    path: Path
    text: str
    extends: str


def find_rule_files(shipped: Path, county: Path | None) -> dict[str, Path]:
    """The rule files by id (the file's name without ending); the county's own take the place of shipped ones.

    Raises EnvironmentProblem when a folder cannot be listed or the shipped one is gone.
    """
    if not shipped.is_dir():
        raise EnvironmentProblem(f"找不到自带的规则文件夹“{shipped}”，程序文件不完整。请重新安装本程序。")
    found = _files_in(shipped)
    if county is not None and county.is_dir():
        found |= _files_in(county)
    return found


def read_rule_file(path: Path) -> RuleFile:
    """The checked file at `path`. Raises UserError naming the file and what is wrong with it, or
    EnvironmentProblem when it cannot be read from disk."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise UserError(f"规则文件“{path.name}”不是UTF-8编码。请用记事本另存为UTF-8后再用。") from problem
    except OSError as problem:
        raise EnvironmentProblem(
            f"规则文件“{path.name}”读不出来（{os_words(problem)}）。请关闭占用它的程序后重试。"
        ) from problem
    try:
        data = read_toml(text)
        _check_set(data)
        if data.get("id", path.stem) != path.stem:
            raise UserError(f"里面写的 id 是“{data['id']}”，与文件名不同。请把两处改成一样。")
    except UserError as refusal:
        raise UserError(f"规则文件“{path.name}”：{refusal.sentence}") from refusal
    return RuleFile(path, text, data.get("extends", ""))


def _files_in(folder: Path) -> dict[str, Path]:
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 — this list is read before nearly every use case
    except OSError as problem:
        raise EnvironmentProblem(
            f"规则文件夹“{folder}”打不开（{os_words(problem)}）。请检查权限后重试。"
        ) from problem
    # Names that begin so are what editors leave behind while a file is open.
    return {
        name.removesuffix(ENDING): folder / name
        for name in names
        if name.endswith(ENDING) and not name.startswith((".", "~"))
    }


def _check_set(data: dict[str, Any]) -> None:
    for name, value in data.items():
        if name not in SET_FIELDS:
            raise UserError(f"有不认识的项“{name}”。请改正或删去。")
        wanted = SET_FIELDS[name]
        if not isinstance(value, wanted) or isinstance(value, bool | datetime):
            raise UserError(f"“{name}”应当是{FIELD_WORDS[wanted]}。请改正。")
    if "in_force_to" in data and "in_force_from" in data and data["in_force_to"] < data["in_force_from"]:
        raise UserError("失效日期in_force_to早于生效日期in_force_from。请改正。")
    for name, value in data.get("attendance", {}).items():
        if name not in ATTENDANCE or value not in ATTENDANCE[name]:
            raise UserError(
                "attendance里只能写half_day（计半天或不计）和children_day_off（true或false）。请改正。"
            )
    for number, row in enumerate(data.get("rule", []), 1):
        _check_row(row, number)
    _check_ladder_rows(data)


def _check_ladder_rows(data: dict[str, Any]) -> None:
    for table in ("stage", "step"):
        for number, row in enumerate(data.get(table, []), 1):
            _check_ladder_row(row, f"第{number}个{table}")
    if not _is_texts(data.get("closing_reasons", [])):
        raise UserError('closing_reasons应当写成["已复学", "休学"]这样的一组原因。请改正。')
    if not _is_texts(data.get("without_steps", [])):
        raise UserError('without_steps应当写成["制发限期复学通知书"]这样的一组步骤key。请改正。')


def _check_row(row: object, number: int) -> None:
    label = f"第{number}条规则"
    if not isinstance(row, dict):
        raise UserError(f"{label}要写在[[rule]]下面。请改正。")
    label += f"（{row.get('key', '无 key')}）"
    for name in TEXT_FIELDS:
        if not isinstance(row.get(name, ""), str):
            raise UserError(f"{label}的{name}应当是引号里的文字。请改正。")
    amount = row.get("number", 0)
    if isinstance(amount, bool) or not isinstance(amount, int | float) or not 0 <= amount < math.inf:
        raise UserError(f"{label}的number应当是不小于0的数，不加引号。请改正。")
    _check_extent(row, label)
    for name in ("unit_stated", "after_contact", "advice", "ours"):
        if not isinstance(row.get(name, True), bool):
            raise UserError(f"{label}的{name}只能是true或false。请改正。")
    if not _is_texts(row.get("acts", ["开个案"])) or not row.get("acts", True):
        raise UserError(f'{label}的acts应当写成["开个案", "报告"]这样的一组。请改正。')
    if not _is_texts(row.get("dates", [])) or not all(is_date_text(text) for text in row.get("dates", [])):
        raise UserError(
            f'{label}的dates应当写成["03-15"]、["03", "09"]或["20..25"]这样的月日、月份或每月的日子。请改正。'
        )


def _check_extent(row: dict[str, Any], label: str) -> None:
    """The end of a range and the last day of a campaign."""
    end = row.get("number_to", math.inf)
    if isinstance(end, bool) or not isinstance(end, int | float) or not end > row.get("number", 0):
        raise UserError(f"{label}的number_to应当是比number大的数，不加引号。请改正。")
    until = row.get("until", date.min)
    if not isinstance(until, date) or isinstance(until, datetime):
        raise UserError(f"{label}的until应当是2022-08-31这样的日期，不加引号。请改正。")


def _check_ladder_row(row: object, label: str) -> None:
    """Each value is a text, a list of texts, or true and false: the words themselves are checked with the ladder."""
    if not isinstance(row, dict):
        raise UserError(f"{label}要写在两重方括号下面。请改正。")
    for name, value in row.items():
        wanted = {"open": bool, "again": bool, "from": list, "needs": list}.get(name, str)
        if not isinstance(value, wanted) or (wanted is list and not _is_texts(value)):
            words = {bool: "true或false", list: "一组引号里的文字", str: "引号里的文字"}[wanted]
            raise UserError(f"{label}的{name}应当是{words}。请改正。")


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
