"""Paper that went out, and files that belong to a record."""

from dataclasses import dataclass, field
from datetime import date

from app.domain.records.record import Record


@dataclass(frozen=True, kw_only=True)
class IssuedDocument(Record):
    """Paper that went out: its number, the frozen data, the template and the hash of the file.

    Withdrawn means 作废; the number stays used. `data` maps placeholder to the printed value. `forced_reason` is why
    it was issued although the ladder said that it was too early. `evidence` and `case_opened_on` are what the
    case stood on that day: after paper went out they stay, and what the rolls say differently is said.
    """

    kind: str
    unit_id: str
    year: int
    seq: int
    number: str
    case_id: str
    student_id: str
    issued_on: date
    template_sha256: str
    sha256: str
    data: dict[str, str] = field(default_factory=dict)
    blanks: tuple[str, ...] = ()
    forced_reason: str = ""
    evidence: tuple[date, ...] = ()
    case_opened_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Attachment(Record):
    """A file kept sealed in `attachments/`, named by the SHA-256 of its plain content."""

    owner: str  # table of the fact it belongs to
    owner_id: str
    role: str  # 照片, 文书, 版式, 模板
    file_name: str
    sha256: str
    size: int
