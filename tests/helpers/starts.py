"""A start of the program in tests: whether it is at work, and its end."""

from ui.start.carrying import Start


def working(start: Start) -> bool:
    """Whether a step or a task is under way."""
    return start.opener.working or any(window.context.tasks.running for window in start.windows)


def end(start: Start) -> None:
    """Close what it shows, its work being done, whatever is typed in it."""
    for window in list(start.windows):
        window.may_leave = lambda: True  # type: ignore[method-assign]  # a person would answer here
        window.close()
    for dialog in (start.dialog, start.wizard):
        if dialog is not None:
            dialog.close()
            dialog.deleteLater()
    start.end()
