"""Rows for the window's tests."""

from app.domain.todo import State
from app.service.screens.today import TaskRow


def task_row(title: str, state: State, *, why: str = "因为", key: str = "") -> TaskRow:
    """A task of 今日."""
    due = {"overdue": "逾期2天", "today": "今天", "week": "明天", "waiting": "等对方"}[state]
    return TaskRow(
        key=key or f"key {title}",
        state=state,
        due=due,
        title=title,
        why=why,
        button="填报告单",
        page="papers",
        target={"kind": "报告单", "case": title},
    )
