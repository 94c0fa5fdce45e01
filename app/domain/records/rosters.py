"""Roster files that came in, and the children that are not in the new one."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from app.domain.records.record import INNER, STORY, About, Record


@dataclass(frozen=True, kw_only=True)
class ImportRun(Record):
    """A roster file that a unit accepted: what it was, and the journal positions it covers, so it can be undone."""

    about: ClassVar = About("名册导入", owner="unit_id")

    unit_id: Annotated[str, "单位", INNER]
    file_name: Annotated[str, "文件名", STORY]
    file_sha256: Annotated[str, "文件校验", INNER]
    imported_on: Annotated[date, "导入日期"]
    first_seq: Annotated[int, "起始序号", INNER]
    last_seq: Annotated[int, "结束序号", INNER]
    undone_on: Annotated[date | None, "撤销日期"] = None


@dataclass(frozen=True, kw_only=True)
class RosterLead(Record):
    """A child who is on record and is not in the new roster: a lead to follow, never a deletion."""

    about: ClassVar = About("名册中消失", owner="student_id")

    run_id: Annotated[str, "导入批次", INNER]
    student_id: Annotated[str, "学生", INNER]
    found_on: Annotated[date, "发现日期"]
    settled_on: Annotated[date | None, "办结日期"] = None
    settlement: Annotated[str, "办结情况"] = ""
