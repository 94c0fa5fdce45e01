"""Rows for the window's tests."""

from typing import Any


def task_row(title: str, state: str, *, why: str = "因为", key: str = "") -> dict[str, Any]:
    """A row of `today_view`."""
    due = {"overdue": "逾期2天", "today": "今天", "week": "明天", "waiting": "等对方"}[state]
    return {
        "key": key or f"key {title}",
        "state": state,
        "due": due,
        "title": title,
        "why": why,
        "button": "填报告单",
        "page": "papers",
        "target": {"kind": "报告单", "case": title},
    }
