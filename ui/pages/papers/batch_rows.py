"""The rows of a batch: what each of them lacks, which are issued next, and what there is to say of them all."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.service.papers.drafts import BatchDraft, BatchRow
from ui.models.rows import Column

NAMED = 3  # children named in a sentence
READY = "都齐了。出具后编号，内容不能再改，只能作废重出。"

Verdict = tuple[str, str]
"""A sentence and its role."""


@dataclass
class BatchLine:
    """A line of the table: what the record says of a case, and the number of its paper once it is issued."""

    case: BatchRow
    number: str = ""

    @property
    def id(self) -> str:
        """The id of the case."""
        return self.case.subject_id

    @property
    def who(self) -> str:
        """The child, so that no other of the batch is called the same."""
        return self.case.who

    @property
    def is_ready(self) -> bool:
        """Whether it can be issued: not yet issued, and nothing is missing."""
        return not self.number and not self.case.missing

    @property
    def is_early(self) -> bool:
        """Whether it needs a reason, because it is too early for it."""
        return not self.number and bool(self.case.why_not)


def _state(one: BatchLine) -> str:
    if one.number:
        return f"✓ {one.number}"
    case = one.case
    parts = [f"已有{case.existing}"] if case.existing else []
    parts += [f"还不能出：{case.why_not}"] if case.why_not else []
    parts += [f"还缺{'、'.join(case.missing)}"] if case.missing else []
    reused = f"照上一份填了{'、'.join(case.reused)}" if case.reused else ""
    if parts:
        return f"● {'；'.join([*parts, *([reused] if reused else [])])}"
    return f"○ 可以出具（{reused}）" if reused else "○ 可以出具"


def _tint(one: BatchLine) -> str:
    if one.number:
        return "done"
    return "today" if one.case.missing or one.case.why_not or one.case.existing else ""


def _class(one: BatchLine) -> str:
    return one.case.class_name


def _no(one: BatchLine) -> str:
    return one.case.no


def _who(one: BatchLine) -> str:
    return one.who


COLUMNS = (
    Column("学生", _who, width=14),
    Column("个案", _no, width=5),
    Column("班级", _class, width=6),
    Column("情况", _state, width=0, tint=_tint),
)
ROOM = {1: 38, 2: 54}
"""Characters the table must have for the number and the class: what a row lacks comes before them."""
NUMBER, PLAIN, WITH_UNIT = 1, (5, 38), (11, 46)
"""The column of the number; its characters, and those the table must have for it, alone and with the school."""


def usual(rows: Sequence[BatchLine]) -> list[BatchLine]:
    """The lines that are ticked at first: a second paper or one before its time is ticked by a person only."""
    return [one for one in rows if not one.case.existing and not one.case.why_not]


def ready(ticked: Sequence[BatchLine]) -> list[BatchLine]:
    """The lines that can be issued."""
    return [one for one in ticked if one.is_ready]


def early(ticked: Sequence[BatchLine]) -> list[BatchLine]:
    """The ticked lines that need a reason, because it is too early for them."""
    return [one for one in ticked if one.is_early]


def verdict(
    answer: BatchDraft,
    rows: Sequence[BatchLine],
    ticked: Sequence[BatchLine],
    reason: str,
    now: BatchLine | None,
) -> Verdict:
    """What is still to be done before the batch is issued; why it is too early for the line `now`, in full."""
    if answer.refusal:
        return answer.refusal, "overdue"
    common = [one.name for one in answer.fields if one.missing]
    lacking = [one for one in ticked if one.case.missing and not one.number]
    hasty = early(ticked) if not reason else []
    parts = list(dict.fromkeys(one.case.note for one in rows if one.case.note))
    if common:
        return "".join([*parts, f"先填上面的{len(common)}项，或勾“有意留空”。"]), "today"
    if lacking:
        parts.append(f"{len(lacking)}份还缺内容，这次不出；选中它按回车，就在这里补。")
    if hasty:
        parts.append(f"勾上的{_names(hasty)}还不到出具的时候，要写明理由。")
    role = "today" if parts else "quiet"
    if not parts and ready(ticked):
        parts.append(READY)
    parts.append(_left_out(rows, ticked))
    if now and now.is_early:
        parts.append(f"{now.who}：{now.case.why_not}。")
    return "".join(parts), role


def _left_out(rows: Sequence[BatchLine], ticked: Sequence[BatchLine]) -> str:
    usual_ones = {one.id for one in (*usual(rows), *ticked)}
    held = [one for one in rows if one.id not in usual_ones and not one.number]
    early_ones = [one for one in held if one.case.why_not]
    twice = [one for one in held if not one.case.why_not]
    words = [f"{_names(early_ones)}还不能出"] if early_ones else []
    words += [f"{_names(twice)}已有一份"] if twice else []
    return f"没有勾上、这次不出的：{'；'.join(words)}。确实要出，就用空格勾上。" if words else ""


def _names(rows: Sequence[BatchLine]) -> str:
    named = "、".join(one.who for one in rows[:NAMED])
    return named if len(rows) <= NAMED else f"{named}等{len(rows)}人"


def ask_folder(parent: QWidget, start: str) -> Path | None:
    """Where to write the files; None if the person thought better of it."""
    chosen = QFileDialog.getExistingDirectory(parent, "文书存到哪个文件夹", start)
    return Path(chosen) if chosen else None
