"""Paper that went out, and files that belong to a record."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar

from app.domain.records.record import INNER, STORY, About, Record


@dataclass(frozen=True, kw_only=True)
class IssuedDocument(Record):
    """Paper that went out: its number, the frozen data, the template and the hash of the file.

    Withdrawn means 作废; the number stays used. `data` maps placeholder to the printed value. `forced_reason` is why
    it was issued although the ladder said that it was too early. `evidence` and `case_opened_on` are what the
    case stood on that day: after paper went out they stay, and what the rolls say differently is said.
    """

    about: ClassVar = About("文书", owner="student_id")

    kind: Annotated[str, "名称"]
    unit_id: Annotated[str, "单位", INNER]
    year: Annotated[int, "年份", INNER]
    seq: Annotated[int, "序号", INNER]
    number: Annotated[str, "文号"]
    case_id: Annotated[str, "个案", INNER]
    student_id: Annotated[str, "学生", INNER]
    issued_on: Annotated[date, "出具日期"]
    template_sha256: Annotated[str, "模板校验", INNER]
    sha256: Annotated[str, "文件校验", INNER]
    data: Annotated[dict[str, str], "数据", INNER] = field(default_factory=dict)
    blanks: Annotated[tuple[str, ...], "有意留空", INNER] = ()
    forced_reason: Annotated[str, "提前出具理由"] = ""
    evidence: Annotated[tuple[date, ...], "依据的缺勤日", INNER] = ()
    case_opened_on: Annotated[date | None, "立案日期", INNER] = None
    withdrawn_on: Annotated[date | None, "作废日期"] = None
    withdrawn_reason: Annotated[str, "作废理由"] = ""


@dataclass(frozen=True, kw_only=True)
class Attachment(Record):
    """A file kept sealed in `attachments/`, named by the SHA-256 of its plain content."""

    about: ClassVar = About("附件", owner="owner_id", kind="owner")

    owner: Annotated[str, "所属", INNER]  # table of the fact it belongs to
    owner_id: Annotated[str, "所属记录", INNER]
    role: Annotated[str, "用途"]  # 照片, 文书, 版式, 模板
    file_name: Annotated[str, "文件名", STORY]
    sha256: Annotated[str, "文件校验", INNER]
    size: Annotated[int, "大小", INNER]
