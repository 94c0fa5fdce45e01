"""What a leaving or a coming would touch of what is recorded already, said before it is saved."""

from collections.abc import Callable
from typing import Any, Protocol

from app.service.cases.effects import effects_of
from app.service.office.desk import Desk


class Counted(Protocol):
    """The answer of a use case that says which saved rolls count a child otherwise now."""

    @property
    def rolls(self) -> tuple[str, ...]:
        """A sentence each."""


def touched_by(desk: Desk, move: Callable[..., Counted], *said: Any) -> tuple[str, ...]:
    """The saved rolls that would count the child otherwise after `move`, and the cases and papers it would touch.

    Nothing is kept. Raises what `move` raises.
    """
    rolls: list[str] = []
    effects = effects_of(desk, lambda tried: rolls.extend(move(tried, *said).rolls))
    return (*rolls, *effects.sentences)
