"""What was typed into a long form and not saved, kept on this PC in the encrypted database until it is.

It is a setting of this PC: not journaled, never sent, no fact of a child.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.service.office.desk import Desk

KEY = "unfinished"


@dataclass(frozen=True)
class Unfinished:
    """What stood in the fields of a form, by their words, and the day it was typed."""

    typed_on: date
    values: Mapping[str, str]


def keep_unfinished(desk: Desk, form: str, values: Mapping[str, str]) -> None:
    """Keep what stands in a form; `form` names it with what it is about."""
    kept = {"on": desk.today.isoformat(), "values": dict(values)}
    desk.tx.set_setting(f"{KEY} {form}", json.dumps(kept, ensure_ascii=False))


def drop_unfinished(desk: Desk, form: str) -> None:
    """It was saved, or given up."""
    if desk.tx.setting(f"{KEY} {form}"):
        desk.tx.set_setting(f"{KEY} {form}", "")


def unfinished(desk: Desk, form: str) -> Unfinished | None:
    """What was typed into a form the last time and not saved."""
    kept = desk.tx.setting(f"{KEY} {form}")
    if not kept:
        return None
    read = json.loads(kept)
    return Unfinished(date.fromisoformat(read["on"]), read["values"])
