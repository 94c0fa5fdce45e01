"""The rows of a batch: what each of them lacks, which are issued next, and what there is to say of them all."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.service.papers.drafts import BatchDraft
from ui.models.rows import Column, Row

NAMED = 3  # children named in a sentence
READY = "都齐了。出具后编号，内容不能再改，只能作废重出。"

Said = tuple[str, str]
"""A sentence and its role."""


def _state(one: Row) -> str:
    if one["number"]:
        return f"✓ {one['number']}"
    parts = [f"已有{one['existing']}"] if one["existing"] else []
    parts += [f"还不能出：{one['why_not']}"] if one["why_not"] else []
    parts += [f"还缺{'、'.join(one['missing'])}"] if one["missing"] else []
    reused = f"照上一份填了{'、'.join(one['reused'])}" if one["reused"] else ""
    if parts:
        return f"● {'；'.join([*parts, *([reused] if reused else [])])}"
    return f"○ 可以出具（{reused}）" if reused else "○ 可以出具"


def _tint(one: Row) -> str:
    if one["number"]:
        return "done"
    return "today" if one["missing"] or one["why_not"] or one["existing"] else ""


COLUMNS = (
    Column("学生", lambda one: one["who"], width=14),
    Column("个案", lambda one: one["no"], width=5),
    Column("班级", lambda one: one["class"], width=6),
    Column("情况", _state, width=0, tint=_tint),
)
ROOM = {1: 38, 2: 54}
"""Characters the table must have for the number and the class: what a row lacks comes before them."""


def usual(rows: Sequence[Row]) -> list[Row]:
    """The rows that are ticked at first: a second paper or one before its time is ticked by a person only."""
    return [one for one in rows if not one["existing"] and not one["why_not"]]


def ready(ticked: Sequence[Row]) -> list[Row]:
    """The rows that can be issued."""
    return [one for one in ticked if not one["number"] and not one["missing"]]


def early(ticked: Sequence[Row]) -> list[Row]:
    """The ticked rows that need a reason, because it is too early for them."""
    return [one for one in ticked if not one["number"] and one["why_not"]]


def verdict(
    answer: BatchDraft, rows: Sequence[Row], ticked: Sequence[Row], reason: str, now: Row | None
) -> Said:
    """What is still to be done before the batch is issued; why it is too early for the row `now`, in full."""
    if answer.refusal:
        return answer.refusal, "overdue"
    common = [one.name for one in answer.fields if one.missing]
    lacking = [one for one in ticked if one["missing"] and not one["number"]]
    hasty = early(ticked) if not reason else []
    parts = list(dict.fromkeys(one["note"] for one in rows if one["note"]))
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
    if now and now["why_not"] and not now["number"]:
        parts.append(f"{now['who']}：{now['why_not']}。")
    return "".join(parts), role


def _left_out(rows: Sequence[Row], ticked: Sequence[Row]) -> str:
    usual_ones = {one["id"] for one in (*usual(rows), *ticked)}
    held = [one for one in rows if one["id"] not in usual_ones and not one["number"]]
    early_ones = [one for one in held if one["why_not"]]
    twice = [one for one in held if not one["why_not"]]
    words = [f"{_names(early_ones)}还不能出"] if early_ones else []
    words += [f"{_names(twice)}已有一份"] if twice else []
    return f"没有勾上、这次不出的：{'；'.join(words)}。确实要出，就用空格勾上。" if words else ""


def _names(rows: Sequence[Row]) -> str:
    named = "、".join(one["who"] for one in rows[:NAMED])
    return named if len(rows) <= NAMED else f"{named}等{len(rows)}人"


def ask_folder(parent: QWidget, start: str) -> Path | None:
    """Where to write the files; None if the person thought better of it."""
    chosen = QFileDialog.getExistingDirectory(parent, "文书存到哪个文件夹", start)
    return Path(chosen) if chosen else None
