"""Answers on stdout: exactly one JSON document, or text in Chinese for people."""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from operator import attrgetter
from pathlib import Path
from typing import Any

import click

from app.domain.about import RECORDS, TELLING, every_label
from app.domain.ladder.trial import TrialRow
from app.service.children.staff import Colleague, Departure
from app.service.delivery import BatchPaper, Delivered
from app.service.office.calendars import DaySet, ShownDay, TermRemoved, TermSet
from app.service.office.keeping import Backup
from app.service.office.trials import StepShown
from app.service.papers.issuing import PaperKind, Voided
from app.service.papers.listing import PaperEntry
from app.service.screens.settings import ShownTerm

LABELS = {word: text for one in reversed(TELLING) for word, text in every_label(one).items()} | {
    "act": "该做的事", "action": "事项", "added": "新增", "addressee": "报告对象", "at": "时间", "bucket": "天数档",
    "by": "联系人", "case": "个案", "cases": "新立个案", "cell": "单元格", "changed": "变化", "changes": "改动",
    "class": "班级", "complete": "含附件", "contacts": "劝返动员", "counted_visits": "计入次数", "counts": "计入",
    "date": "日期", "dates": "日期", "days": "天数", "documents": "文书", "difference": "与文书不符",
    "due_on": "期限", "evidence": "旷课日", "field": "栏目", "file": "文件", "followed_by": "后续个案",
    "forced": "强制理由", "in_force": "现行有效", "kind": "种类", "level": "层级", "made_on": "备份日期",
    "mapping": "栏目对应", "missing": "缺少", "name": "姓名", "new": "新增学生", "next_action": "下一步",
    "no": "个案编号", "not_yet": "还不能办", "note": "备注", "number": "文号", "ok": "完好", "operator": "操作人",
    "origin": "数据实例", "pages": "页数", "pdf": "PDF", "docx": "Word", "present": "实到", "previous": "前一个案",
    "promise": "承诺返校", "reason": "理由", "half_day": "半天旷课", "in_force_from": "施行日期",
    "in_force_to": "有效期至", "folder": "文件夹", "record": "记录", "recovery_code": "恢复码",
    "rejected": "未导入的行", "returned_on": "返校日期", "row": "行", "rule": "规则", "rules": "规则",
    "run": "导入批次", "school_day": "上课日", "sha256": "SHA-256", "sheet": "工作表", "source": "出处",
    "stage": "阶段", "state": "状态", "student": "学生", "table": "表", "text": "内容", "three_in_ten": "十日三缺",
    "timeline": "一生一案", "title": "名称", "unchanged": "未变", "undone": "已撤销", "unit": "单位",
    "unrecorded": "未记录", "unused_headers": "没用到的列", "vanished": "名册中消失", "verdict": "判定",
    "voided": "已作废", "voided_on": "作废日期", "warnings": "提醒", "what": "事项", "who": "经手人", "why": "原因",
    "words": "规则内容", "from": "开始", "to": "结束", "weight": "折合", "safety_copy": "原数据备份",
    "fields": "栏目", "by_whom": "经手人", "from_on": "开始", "to_on": "结束", "school_id": "学校编号",
    "class_id": "班级编号", "student_id": "学生编号", "case_id": "个案记录", "unit_id": "单位编号", "step": "步骤",
    "opened": "另立个案", "current": "在任", "usual": "按常用估计", "班主任": "班主任", "包村": "包村",
    "包学生": "包学生", "same": "同一人？", "school": "学校", "new_schools": "新登记的学校",
    "row_school": "名册中的学校", "row_class": "名册中的班级", "headers": "表头", "automatic": "自动认出",
    "pupils": "人数", "halves": "只到半天的", "records": "合在一起的记录", "years": "小学年数", "class_name": "班级",
    "document": "文书", "event": "情形", "inherited_from": "沿用", "op": "比较", "start": "起算", "key": "编号",
    "needs": "先要满足", "issues_numbers": "编文号和个案编号",
    "partial": "部分名单", "last_day": "在册到", "touches": "牵动", "kept": "保留新值", "sheets": "工作表", "rows": "行数",
    "month": "月份", "classes": "班级", "marks": "缺课", "was": "原来的缺课", "not_called": "没有填、没有记的日子",
    "list": "名单种类", "left_out": "没有录入", "unknown_classes": "认不出的班级",
    "alike": "核对是不是同一人", "known": "已登记", "listed": "名册中", "guardian": "监护人", "said": "认定",
}  # fmt: skip
"""Key of an answer → its heading for people: the word of the record that tells most, or the answer's own."""
KEYS: dict[type, str] = {
    ShownDay: "date=day school_day weight why",
    DaySet: "date=day kind note",
    TermSet: "from=first to=last cycle",
    TermRemoved: "from=first to=last",
    ShownTerm: "from=first to=last cycle usual",
    TrialRow: "date=day rule act to why",
    StepShown: "key from=sources to=target needs rule document by",
    Colleague: "id name post phone from=first_day to=last_day *charges current",
    Departure: "name to=last_day",
    PaperKind: "kind title level",
    PaperEntry: "number=called kind case student issued_on voided reason forced sha256 id",
    Delivered: "number docx pdf sha256 pages warnings",
    BatchPaper: (
        "no number=paper.number docx=paper.docx pdf=paper.pdf sha256=paper.sha256 pages=paper.pages"
        " warnings=paper.warnings"
    ),
    Backup: "file made_on size complete ok kind",
    Voided: "number voided_on reason",
}
"""Answer → the keys that are the contract, where they are not all its fields by their names: `key=field`, or `*field`
for a map whose keys stand among the others."""
STATES = {"overdue": "逾期", "today": "今天", "week": "本周", "waiting": "等对方"}


def print_result(value: Any, *, as_json: bool) -> None:
    """Print an answer: with `as_json` one JSON document, else tables and lines in Chinese."""
    value = keyed(value)
    if as_json:
        click.echo(json.dumps(value, ensure_ascii=False, default=_plain, indent=1))
    else:
        click.echo("\n".join(_text(value)))


def keyed(value: Any) -> Any:
    """An answer of a use case with keys instead of fields: records become maps, tuples within them lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return _keyed_record(value)
    if isinstance(value, list | tuple) and any(is_dataclass(one) for one in value):
        return [keyed(one) for one in value]
    return value


def _keyed_record(record: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for word in KEYS.get(type(record), " ".join(one.name for one in fields(record))).split():
        key, _, field = word.partition("=")
        if key.startswith("*"):
            found |= getattr(record, key[1:])
        else:
            found[key] = _keyed_value(attrgetter(field or key)(record))
    return found


def _keyed_value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _keyed_value(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [keyed(one) for one in value]
    return str(value) if isinstance(value, Path) else keyed(value)


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"cannot print {type(value).__name__}")


def _text(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return _lines(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        if value and all(isinstance(row, Mapping) for row in value):
            return _table(value)
        return [_word(one) for one in value] or ["（没有）"]
    return [_word(value)]


QUIET = frozenset({"school", "warnings", "cases"})
"""What goes without saying where it is empty."""


def _lines(record: Mapping[str, Any]) -> list[str]:
    lines = []
    for key, value in record.items():
        if key in QUIET and not value:
            continue
        label = LABELS.get(key, key)
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            lines += [f"{label}：", *("  " + line for line in _table(value))]
        else:
            lines.append(f"{label}：{_word(value)}")
    return lines


def _table(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    keys = [key for key in rows[0] if key != "school" or any(row.get(key) for row in rows)]
    cells = [
        [LABELS.get(key, key) for key in keys],
        *([_cell(key, row) for key in keys] for row in rows),
    ]
    widths = [max(width(row[column]) for row in cells) for column in range(len(keys))]
    return [
        "  ".join(pad(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells
    ]


def _word(value: Any) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return "；".join(f"{LABELS.get(key, key)} {_pair(one)}" for key, one in value.items()) or "—"
    if isinstance(value, list | tuple):
        return "、".join(_word(one) for one in value) or "—"
    return STATES.get(str(value), str(value))


def _cell(key: str, row: Mapping[str, Any]) -> str:
    """A cell of a table; a write to a record is told in that record's own words."""
    value: Any = row.get(key)
    record = RECORDS.get(str(row.get("table")))
    if record and key == "table":
        return record.about.word
    if record and key == "changes":
        return _word({every_label(record).get(column, column): pair for column, pair in value.items()})
    return _word(value)


def _pair(value: Any) -> str:
    """A change of a cell, [old, new], with an arrow between; anything else as it is."""
    if isinstance(value, list) and len(value) == 2:
        return f"{_word(value[0])} → {_word(value[1])}"
    return _word(value)


def width(text: str) -> int:
    """Columns `text` takes on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def pad(text: str, columns: int) -> str:
    """`text` filled up with blanks to `columns`."""
    return text + " " * (columns - width(text))
