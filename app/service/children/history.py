"""A child's history in the words of the forms: who changed what, from what to what. Identifiers stay out of it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.identity import mask_id
from app.domain.records import CaseFile, Student, Unit
from app.domain.words import number_of
from app.roster.model import STUDENT_FIELDS
from app.service.office.audit import AuditEntry, student_history
from app.service.office.classes import class_names
from app.service.office.desk import Desk
from app.store.queries.same_child import whole_child

TABLE_WORDS = {
    "student": "学生",
    "enrolment": "就读",
    "mark": "学籍标注",
    "guardian": "监护人",
    "special_group": "对象类别",
    "leave": "请假",
    "case_file": "个案",
    "contact": "走访联系",
    "issued_document": "文书",
}
COMMON = {"withdrawn_on": "撤回日期", "withdrawn_reason": "撤回理由"}
COLUMN_WORDS: dict[str, dict[str, str]] = {
    "student": STUDENT_FIELDS,
    "enrolment": {
        "school_id": "学校",
        "class_id": "班级",
        "from_on": "从",
        "to_on": "到",
        "began": "怎样来的",
        "ended": "怎样离开的",
        "proof": "证明材料",
        "other_school": "从哪所学校来",
        "next_school": "转往学校",
        "leaving_proof": "离校证明",
        "back_on": "休学期满",
        "note": "说明",
    },
    "mark": {"kind": "标注", "set_on": "标注日期", "cleared_on": "取消日期"},
    "guardian": {
        "name": "姓名",
        "relation": "关系",
        "phone": "联系电话",
        "address": "现住址",
        "workplace": "工作单位（务工地）",
        "rank": "次序",
    },
    "special_group": {"kind": "类别", "from_on": "起始日期", "to_on": "截止日期"},
    "leave": {
        "from_on": "起始日期",
        "to_on": "截止日期",
        "kind": "种类",
        "approver": "批准人",
        "proof": "证明材料",
        "ended_on": "销假日期",
    },
    "case_file": {
        "trigger": "立案来源",
        "opened_on": "立案日期",
        "absent_since": "开始缺勤日期",
        "evidence": "依据的缺勤日",
        "suspected_cause": "疑似原因",
        "note": "说明",
    },
    "contact": {
        "happened_on": "日期",
        "level": "层级",
        "method": "方式",
        "outcome": "结果",
        "by_whom": "联系人",
        "people": "参加人员",
        "place": "地点",
        "text": "经过",
        "family": "家庭情况",
        "guardian_attitude": "家长态度",
        "student_attitude": "学生态度",
        "measures": "劝返工作方法及措施",
        "effect": "劝返效果",
        "found_cause": "查明原因",
        "study_place": "学习地",
        "work_place": "务工地",
        "living_place": "居住地",
        "companions": "同行人员",
        "promised_on": "承诺返校日",
        "forced_reason": "例外理由",
        "case_id": "个案",
    },
    "issued_document": {
        "kind": "名称",
        "number": "文号",
        "issued_on": "出具日期",
        "forced_reason": "提前出具理由",
    },
}
"""Column → the word of the form. A column that is not here says nothing to a reader and is left out."""

EARLIER_WORDS = {"student": {"class_id": "班级", "school_id": "学校"}}
"""Columns that entries of the first versions name and the tables no longer have."""

VOID_WORDS = {"withdrawn_on": "作废日期", "withdrawn_reason": "作废理由"}


@dataclass(frozen=True)
class HistoryRow:
    """A cell somebody wrote, in words; without a `field` it is the birth of a record, and `new` all that it said."""

    at: datetime
    operator: str
    what: str
    field: str
    old: str
    new: str


def history_rows(desk: Desk, student_id: str) -> list[HistoryRow]:
    """What was written of a child and of all records that are it, newest first."""
    words = _Words(desk)
    children = [desk.tx.get(Student, one) for one in whole_child(desk.tx, student_id)]
    entries = [entry for child in children for entry in student_history(desk, child)]
    entries.sort(key=lambda entry: (entry.at, entry.seq))
    return [row for entry in entries for row in _rows(entry, words)][::-1]


class _Words:
    """Turns a kept cell into what a reader understands; numbers stay masked."""

    def __init__(self, desk: Desk) -> None:
        self._tx = desk.tx
        self._classes = class_names(desk)
        self._units = {one.id: one.name for one in desk.tx.find(Unit, withdrawn=True)}

    def text(self, column: str, value: Any) -> str:
        """One cell in words; empty for nothing."""
        if value is None or value == "":
            return ""
        if column == "class_id":
            return self._classes.get(value, "")
        if column == "school_id":
            return self._units.get(value, "")
        if column in {"id_no", "edu_no"}:
            return mask_id(value)
        if column == "case_id":
            return number_of(self._tx.get(CaseFile, value))
        if column == "evidence":
            return "、".join(json.loads(value))
        return str(value)


def _rows(entry: AuditEntry, words: _Words) -> list[HistoryRow]:
    table = entry.table
    known = (
        COLUMN_WORDS[table]
        | EARLIER_WORDS.get(table, {})
        | (VOID_WORDS if table == "issued_document" else COMMON)
    )
    what = TABLE_WORDS[table]
    at, operator = entry.at, entry.operator
    changes = {column: pair for column, pair in entry.changes.items() if column in known}
    if "id" in entry.changes:
        said = [f"{known[column]} {words.text(column, pair[1])}" for column, pair in changes.items()]
        return [HistoryRow(at, operator, f"登记{what}", "", "", "；".join(said))]
    return [
        HistoryRow(
            at,
            operator,
            f"更正{what}" if column not in COMMON else f"撤回{what}",
            known[column],
            words.text(column, pair[0]),
            words.text(column, pair[1]),
        )
        for column, pair in changes.items()
    ]


def moment_words(row: HistoryRow) -> str:
    """When a row of the history was written: 2026-11-20 10:21."""
    return f"{row.at:%Y-%m-%d %H:%M}"
