"""Facts by which a case goes on or ends: what was told, observed, closed, and which step was forced."""

from dataclasses import dataclass
from datetime import date

from app.domain.record import Record


@dataclass(frozen=True, kw_only=True)
class Told(Record):
    """据告知: what another office told this one of a case, before a record of its own shows it.

    `kind` is one of vocabulary `TOLD`: that the child is back, that a notice was made out or served, what was decided.
    `level` is the office it happened at, `told_by` who said so.
    """

    case_id: str
    kind: str
    happened_on: date
    entered_on: date
    told_by: str
    level: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Observation(Record):
    """A look, after the return, whether the child is still in school."""

    case_id: str
    observed_on: date
    entered_on: date
    in_school: bool
    by_whom: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Closure(Record):
    """销号: why and when a case was closed, by whom. Withdrawn means that it was taken up again, with the reason."""

    case_id: str
    reason: str
    closed_on: date
    entered_on: date
    by_whom: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ForcedStep(Record):
    """A step of the ladder taken with a reason: it was not allowed yet, or its fact lies outside the record."""

    case_id: str
    step: str
    forced_on: date
    entered_on: date
    reason: str
    by_whom: str
