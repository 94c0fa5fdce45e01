"""The program over an open data folder: a store, a day, an operator, and the way use cases run over them."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, TypeVar

from app.domain.changes import Done
from app.domain.instance import Instance
from app.domain.typed_text import refuse_odd_cells, refuse_odd_text
from app.errors import UserError
from app.service.cases.settling import settle
from app.service.office.desk import Desk
from app.service.office.instances import last_numbers, numbers_to_pass_over
from app.service.office.keeping import Backup, kept_backups
from app.store import backup
from app.store.store import Store
from app.store.transaction import Transaction

P = ParamSpec("P")
T = TypeVar("T")
Note = Callable[[Done[Any]], None]
"""Told what a write changed."""
READ_ONLY = "这是演示，只能看，不能改。请关掉演示，建立自己的数据后再记录。"
"""What is said where somebody wants to write and nothing may be written."""


@dataclass(frozen=True)
class Pages:
    """A laid-out document: how many pages, and the same pages as PDF."""

    count: int
    pdf: bytes


Renderer = Callable[[bytes, str, date], Pages]
"""Lays out a filled docx under a title, dated by its issue day; given by the window's side, which owns Qt."""


class Program:
    """An open data folder and the use cases on it. Close it, or use it as a context manager."""

    def __init__(
        self,
        store: Store,
        today: date,
        operator: str,
        renderer: Renderer | None = None,
        *,
        read_only: bool = False,
        note: Note | None = None,
    ) -> None:
        self.store = store
        self.today = today
        self.operator = operator
        self.renderer = renderer
        self.read_only = read_only
        self._note = note

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences a person should see at the start; numbers that are about to be passed over among them."""
        if self.read_only:
            return (READ_ONLY,)
        return self.store.notices + self.read(numbers_to_pass_over)

    def read(self, use_case: Callable[Concatenate[Desk, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of a use case that writes nothing."""
        return self.store.read(lambda tx: use_case(self._desk(tx), *args, **kwargs))

    def write(
        self, use_case: Callable[Concatenate[Desk, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Done[T]:
        """The answer of a use case and what it changed, in one transaction: all of it, or nothing."""
        self._refuse_reader()
        done = self.store.write(lambda tx: self._settled(tx, use_case, *args, **kwargs))
        if self._note is not None:
            self._note(done)
        return done

    def submit_read(
        self, use_case: Callable[Concatenate[Desk, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """`read` without waiting: the window asks and goes on."""
        return self.store.submit_read(lambda tx: use_case(self._desk(tx), *args, **kwargs))

    def submit_write(
        self, use_case: Callable[Concatenate[Desk, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[Done[T]]:
        """`write` without waiting; refused by the future where nothing may be written."""
        if self.read_only:
            refused: Future[Done[T]] = Future()
            refused.set_exception(UserError(READ_ONLY))
            return refused
        return self.store.submit_write(lambda tx: self._settled(tx, use_case, *args, **kwargs))

    def noting(self, note: Note) -> "Program":
        """The same program, telling `note` what each `write` changed (none that is submitted): for a job of many."""
        return Program(
            self.store, self.today, self.operator, self.renderer, read_only=self.read_only, note=note
        )

    def _refuse_reader(self) -> None:
        if self.read_only:
            raise UserError(READ_ONLY)

    def _settled(
        self,
        tx: Transaction,
        use_case: Callable[Concatenate[Desk, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a use case and open the cases its facts ask for, in one transaction."""
        refuse_odd_text("操作人姓名", self.operator)
        value = use_case(self._desk(tx), *args, **kwargs)
        changes = tx.changes()
        for entry in tx.entries(*changes.span) if changes.span else ():
            refuse_odd_cells(entry.table, {column: new for column, (_, new) in entry.cells.items()})
        settle(self._desk(tx), changes)
        return value

    def _desk(self, tx: Transaction) -> Desk:
        return Desk(tx, self.today, self.operator, self.store.folder)

    def backups(self) -> list[Backup]:
        """The backups of this folder, newest first; reads the files through, so it takes a moment."""
        return kept_backups(self.store.folder)

    def make_backup(self) -> Path:
        """Make a complete backup by hand; returns its file."""
        self._refuse_reader()
        return backup.make(self.store, self.today, complete=True)

    def back_up_day(self) -> None:
        """The daily backup of `today`, unless there is one; a window left open overnight needs it anew."""
        self._refuse_reader()
        if not self.store.unwritable:
            backup.daily(self.store, self.today)

    def instance(self) -> Instance:
        """Which instance of the unit's data this is, and whether it issues numbers."""
        return self.store.instance()

    def name_working_copy(self, last: Sequence[str] = ()) -> Instance:
        """Let this folder issue the unit's numbers from now on, and no other.

        `last`: the last numbers of the 文书登记簿 as they are printed, or 无; needed where nobody here knows them.
        Raises LastNumberNeeded without them, UserError for a text that is no number or is too low.
        """
        self._refuse_reader()
        typed = self.read(last_numbers, last)
        return self.store.name_working_copy(typed.numbers, none_issued=typed.none_issued)

    def change_password(self, old: str, new: str) -> None:
        """A new password. Raises UserError if `old` is wrong."""
        self._refuse_reader()
        self.store.change_password(old, new)

    def new_recovery_code(self) -> str:
        """A new recovery code; the old one no longer opens the folder."""
        self._refuse_reader()
        return self.store.new_recovery_code()

    def remembered_on_this_pc(self) -> tuple[bool, str]:
        """Whether this PC keeps the key, and a sentence where it has no place to keep one."""
        return (False, READ_ONLY) if self.read_only else self.store.remembered()

    def remember_on_this_pc(self, wanted: bool) -> str:
        """Keep the key in this PC's credential store, or take it out; '' when done, else a sentence why not."""
        self._refuse_reader()
        return self.store.remember() if wanted else self.store.forget()

    def close(self) -> None:
        """Finish what is running and let go of the folder."""
        self.store.close()

    def __enter__(self) -> "Program":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
