"""Stages and dates of cases as words with a shape and a colour."""

from datetime import date

from app.domain.dates import near_day_words
from app.domain.todo import State
from app.service.office.stages import stage_look
from ui.theme import STATE_COLOURS, STATE_SIGNS


def stage_text(stage: str) -> str:
    """A stage as Chinese writes it, with wide brackets: 已撤销（补假）."""
    return stage.replace("(", "（").replace(")", "）")


def stage_words(stage: str) -> str:
    """A stage with its shape; one that is annulled says why: × 已撤销（补假）."""
    return f"{stage_look(stage).sign} {stage_text(stage)}"


def stage_colour(stage: str) -> str:
    """The colour's name of a stage."""
    return stage_look(stage).colour


def due_words(state: State | None, due: date | None, today: date) -> str:
    """When the next action is due, in a few words: ■ 逾期 11月18日. A dash if nothing has a day."""
    if state == "waiting":
        return f"◇ 等到{near_day_words(due, today)}" if due else STATE_SIGNS[state]
    if due is None:
        return "—"
    if state == "today":
        return STATE_SIGNS[state]
    words = STATE_SIGNS.get(state or "", "○")
    return f"{words if state == 'overdue' else words[0]} {near_day_words(due, today)}"


def due_colour(state: State | None, due: date | None) -> str:
    """The colour's name of that; empty for the ink of the rest."""
    return STATE_COLOURS.get(state or "", "") if due or state == "waiting" else "quiet"


def deadline_words(state: State | None, due: date | None, today: date) -> str:
    """The deadline as a line of its own: ■ 已逾期2天，应在11月18日前办. Days are 自然日. Empty without one."""
    if due is None:
        return "◇ 等对方" if state == "waiting" else ""
    day = near_day_words(due, today)
    left = (due - today).days
    if left < 0:
        return f"■ 已逾期{-left}天，应在{day}前办"
    if state == "waiting":
        return f"◇ 等到{day}"
    return f"● 今天到期（{day}）" if left == 0 else f"○ {day}到期，还有{left}天"


def spaced_phone(number: str) -> str:
    """A mobile number as it is dialled: 139 0000 5592."""
    plain = number.strip()
    return f"{plain[:3]} {plain[3:7]} {plain[7:]}" if plain.isdigit() and len(plain) == 11 else plain
