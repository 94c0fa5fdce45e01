"""What a write changed, as the window, the audit view and the exchange need to know it."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Changes:
    """The rows a use case wrote: table name → ids; `span` its first and last journal entry of this instance, by
    which it can be taken back. Empty when nothing changed."""

    rows: dict[str, frozenset[str]] = field(default_factory=dict)
    span: tuple[int, int] | None = None

    def touches(self, *tables: str) -> bool:
        """Whether any of `tables` was written."""
        return any(table in self.rows for table in tables)


@dataclass(frozen=True)
class Done(Generic[T]):
    """The answer of a use case and what it changed."""

    value: T
    changes: Changes
