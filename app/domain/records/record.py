"""What every stored fact has."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Record:
    """What every stored fact has: its id, and whether it was withdrawn."""

    id: str
    withdrawn_on: date | None = None
    withdrawn_reason: str = ""
