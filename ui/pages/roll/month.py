"""Beside the roll: what an attendance sheet from Excel would record, before it is recorded."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.dates import month_day
from app.service.rolls.month_import import MonthAnswer
from ui.context import Context
from ui.models.rows import Column
from ui.widgets.listing import Listing
from ui.widgets.parts import column, label

FILES = "考勤表 (*.xlsx *.xls *.et *.csv);;所有文件 (*)"
DAYS = (
    Column("日期", lambda one: month_day(one.day), lambda one: one.day, width=6),
    Column("班级", lambda one: str(one.class_name), width=6),
    Column("缺课", lambda one: "、".join(one.absences) or "全到", width=0),
    Column("原来", lambda one: "没有点名" if one.was is None else "、".join(one.was) or "全到", width=8),
)
PROBLEMS = (
    Column("单元格", lambda one: str(one.cell), width=4),
    Column("学生", lambda one: str(one.name), width=5),
    Column("原因和办法", lambda one: str(one.reason), width=0),
)


def ask_sheet(parent: QWidget, context: Context) -> Path | None:
    """The attendance sheet a person chooses; None if they thought better of it."""
    name, _ = QFileDialog.getOpenFileName(parent, "选择考勤表", context.preferences.folder, FILES)
    return Path(name) if name else None


class MonthPanel(QWidget):
    """The days that are new or change, and what could not be read."""

    def __init__(self, found: MonthAnswer) -> None:
        super().__init__()
        self.days = Listing("要记下的日子", DAYS, "没有要记下的日子。", lambda one: "、".join(one.absences))
        self.problems = Listing("没有记的", PROBLEMS, "没有问题。", lambda one: str(one.reason))
        layout = column(label(summary(found), wrap=True))
        layout.addWidget(self.days, 2)
        problems = (*found.rejected, *found.warnings)
        self.heading = label(
            f"请核对 {len(problems)}处（在Excel里改好，可以再读入一次）", "overdue", wrap=True
        )
        if problems:
            layout.addWidget(self.heading)
            layout.addWidget(self.problems, 2)
        self.setLayout(layout)
        self.days.set_rows(found.days)
        self.problems.set_rows(problems)


def summary(found: MonthAnswer) -> str:
    """How many days are new, change, stay as they are, or were not filled in."""
    parts = [f"新记{found.added}天"] if found.added else []
    parts += [f"更改{found.changed}天"] if found.changed else []
    parts += [f"已经记过、没有变化的{found.unchanged}天"] if found.unchanged else []
    words = f"{'、'.join(found.classes)}{found.month}：{'，'.join(parts) or '没有要记下的'}。"
    if found.not_called:
        days = "、".join(month_day(day) for day in found.not_called)
        words += f"{days}整列没有填，不算点过名；当天点过名、全到的，请整列填√。"
    return words
