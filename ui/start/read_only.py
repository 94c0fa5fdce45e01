"""The demo beside the first steps: everything can be looked at, nothing is written."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

from app.domain.changes import Done
from app.domain.instance import Instance
from app.errors import UserError
from ui.context import READ_ONLY
from ui.start.gate import OpenProgram


class ReadOnly:
    """An open program whose writes are refused with a sentence."""

    def __init__(self, program: OpenProgram) -> None:
        self._program = program
        self.renderer = program.renderer
        self.operator = program.operator
        self.today = program.today
        self.notices = (READ_ONLY,)

    def read(self, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """The answer of a reading use case."""
        return self._program.read(use_case, *args, **kwargs)

    def submit_read(self, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Future[Any]:
        """Start a reading use case."""
        return self._program.submit_read(use_case, *args, **kwargs)

    def write(self, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Done[Any]:
        """Refused."""
        raise UserError(READ_ONLY)

    def submit_write(self, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Future[Done[Any]]:
        """Refused, by the future."""
        refused: Future[Done[Any]] = Future()
        refused.set_exception(UserError(READ_ONLY))
        return refused

    def backups(self) -> list[dict[str, Any]]:
        """The backups of the demo."""
        return self._program.backups()

    def make_backup(self) -> dict[str, Any]:
        """Refused."""
        raise UserError(READ_ONLY)

    def back_up_day(self) -> None:
        """Refused."""
        raise UserError(READ_ONLY)

    def instance(self) -> Instance:
        """The demo's."""
        return self._program.instance()

    def name_working_copy(self, last: Sequence[str] = ()) -> Instance:
        """Refused."""
        raise UserError(READ_ONLY)

    def change_password(self, old: str, new: str) -> None:
        """Refused."""
        raise UserError(READ_ONLY)

    def new_recovery_code(self) -> str:
        """Refused."""
        raise UserError(READ_ONLY)

    def remembered_on_this_pc(self) -> tuple[bool, str]:
        """Not for a demo."""
        return False, READ_ONLY

    def remember_on_this_pc(self, wanted: bool) -> str:
        """Refused."""
        raise UserError(READ_ONLY)

    def close(self) -> None:
        """Let go of the demo's folder."""
        self._program.close()
