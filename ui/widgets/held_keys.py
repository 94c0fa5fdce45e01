"""What is pressed while the next list is under way: kept in order, and done on that list once it is there."""

from collections.abc import Callable

Action = Callable[[], object]


class HeldKeys:
    """Keeps what was asked for while `busy`. `blocked` says whether something lies over the list that the hand did not
    know of; the rest is then dropped and `dropped` told."""

    def __init__(self, busy: Callable[[], bool], blocked: Callable[[], bool], dropped: Action) -> None:
        self._busy = busy
        self._blocked = blocked
        self._dropped = dropped
        self._held: list[Action] = []
        self.replaying = False  # what is being done was pressed before its list was to be seen

    @property
    def busy(self) -> bool:
        """Whether a press is kept for later."""
        return self._busy()

    def take(self, action: Action) -> None:
        """Do `action` now, or in its turn."""
        if self._busy():
            self._held.append(action)
        else:
            action()

    def in_turn(self, action: Action) -> Callable[[], None]:
        """`action`, to be connected to a key or a button."""
        return lambda: self.take(action)

    def replay(self) -> None:
        """The list is there: do what was kept, until it leads to another list."""
        if self.replaying:
            return
        self.replaying = True
        try:
            while self._held and not self._busy():
                if self._blocked():
                    self.drop()
                    self._dropped()
                    return
                self._held.pop(0)()
        finally:
            self.replaying = False

    def drop(self) -> None:
        """Forget what was kept: its list will not come."""
        self._held.clear()
