"""The only place that builds the program: a store, a day, an operator, and the way use cases run over them."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, TypeVar

from app.domain.changes import Done
from app.domain.instance import Instance
from app.errors import UserError
from app.reference.rule_sets import load_rule_set
from app.service.cases.settling import settle
from app.service.office.desk import RULES, Desk
from app.service.office.instances import last_numbers, numbers_to_pass_over
from app.service.office.keeping import backup_rows, made_backup
from app.service.office.units import SetUp, UnitEntry, refuse_nameless, refuse_wrong_code, set_up_unit
from app.service.papers.delivery import Renderer
from app.settings import DataFolder
from app.store import backup
from app.store.store import Store
from app.store.transaction import Transaction

P = ParamSpec("P")
T = TypeVar("T")


class Program:
    """An open data folder and the use cases on it. Close it, or use it as a context manager."""

    def __init__(self, store: Store, today: date, operator: str, renderer: Renderer | None = None) -> None:
        self.store = store
        self.today = today
        self.operator = operator
        self.renderer = renderer

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences a person should see at the start; numbers that are about to be passed over among them."""
        return self.store.notices + self.read(numbers_to_pass_over)

    def read(self, use_case: Callable[Concatenate[Desk, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of a use case that writes nothing."""
        return self.store.read(lambda tx: use_case(self._desk(tx), *args, **kwargs))

    def write(
        self, use_case: Callable[Concatenate[Desk, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Done[T]:
        """The answer of a use case and what it changed, in one transaction: all of it, or nothing."""
        return self.store.write(lambda tx: self._settled(tx, use_case, *args, **kwargs))

    def submit_read(
        self, use_case: Callable[Concatenate[Desk, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """`read` without waiting: the window asks and goes on."""
        return self.store.submit_read(lambda tx: use_case(self._desk(tx), *args, **kwargs))

    def submit_write(
        self, use_case: Callable[Concatenate[Desk, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[Done[T]]:
        """`write` without waiting."""
        return self.store.submit_write(lambda tx: self._settled(tx, use_case, *args, **kwargs))

    def _settled(
        self,
        tx: Transaction,
        use_case: Callable[Concatenate[Desk, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a use case and open the cases its facts ask for, in one transaction."""
        value = use_case(self._desk(tx), *args, **kwargs)
        settle(self._desk(tx), tx.changes())
        return value

    def _desk(self, tx: Transaction) -> Desk:
        return Desk(tx, self.today, self.operator, self.store.folder)

    def backups(self) -> list[dict[str, Any]]:
        """The backups of this folder, newest first; reads the files through, so it takes a moment."""
        return backup_rows(backup.list_backups(self.store.folder))

    def make_backup(self) -> dict[str, Any]:
        """Make a complete backup by hand."""
        return made_backup(backup.make(self.store, self.today, complete=True))

    def back_up_day(self) -> None:
        """The daily backup of `today`, unless there is one; a window left open overnight needs it anew."""
        backup.daily(self.store, self.today)

    def instance(self) -> Instance:
        """Which instance of the unit's data this is, and whether it issues numbers."""
        return self.store.instance()

    def name_working_copy(self, last: Sequence[str] = ()) -> Instance:
        """Let this folder issue the unit's numbers from now on, and no other.

        `last`: the last numbers of the paper register as they are printed, or 无; needed where nobody here knows them.
        Raises LastNumberNeeded without them, UserError for a text that is no number or is too low.
        """
        typed = self.read(last_numbers, last)
        return self.store.name_working_copy(typed.numbers, none_issued=typed.none_issued)

    def change_password(self, old: str, new: str) -> None:
        """A new password. Raises UserError if `old` is wrong."""
        self.store.change_password(old, new)

    def new_recovery_code(self) -> str:
        """A new recovery code; the old one no longer opens the folder."""
        return self.store.new_recovery_code()

    def remembered_on_this_pc(self) -> tuple[bool, str]:
        """Whether this PC keeps the key, and a sentence where it has no place to keep one."""
        return self.store.remembered()

    def remember_on_this_pc(self, wanted: bool) -> str:
        """Keep the key in this PC's credential store, or take it out; '' when done, else a sentence why not."""
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


def create_program(
    root: Path,
    password: str,
    operator: str,
    today: date,
    unit: UnitEntry,
    renderer: Renderer | None = None,
    *,
    portable: bool = False,
) -> tuple[Program, str, SetUp]:
    """Set up a data folder for `unit`; `portable` for one that lives on a stick.

    Returns the open program, the recovery code to print, and what was set up. Nothing is made if the rule set is
    unknown, the name is empty, the 学校标识码 is none or the folder is not empty.
    """
    folder = DataFolder(root)
    load_rule_set(unit.rules, RULES, None)
    refuse_nameless(unit.name)
    refuse_wrong_code(unit.code)
    created = Store.create(folder, password, operator, portable=portable)
    program = Program(created.store, today, operator, renderer)
    try:
        return program, created.recovery_code, program.write(set_up_unit, unit).value
    except BaseException:
        program.close()
        raise


def open_program(
    root: Path, password: str, today: date, *, operator: str = "", renderer: Renderer | None = None
) -> Program:
    """Open a data folder. The daily backup is the caller's: `Program.back_up_day`, once the answer is shown."""
    store = Store.open(DataFolder(root), password, operator, today)
    return Program(store, today, store.operator, renderer)


def open_remembered(
    root: Path, today: date, *, operator: str = "", renderer: Renderer | None = None
) -> Program | None:
    """Open with the key this PC's credential store keeps; None where it keeps none."""
    try:
        store = Store.open_remembered(DataFolder(root), operator, today)
    except UserError:
        return None
    return Program(store, today, store.operator, renderer)


def restore_backup(
    root: Path, file: Path, password: str, operator: str, today: date, *, other_unit: bool = False
) -> dict[str, Any]:
    """Make a backup the data of `root`; what lay there is kept aside. Returns {origin, safety_copy}.

    Raises OtherUnit, naming both, where `root` holds another unit's data and `other_unit` does not say that it may go.
    """
    restored = backup.restore(DataFolder(root), file, password, operator, today, other_unit=other_unit)
    safety = restored.safety_copy
    return {"origin": restored.origin, "safety_copy": str(safety) if safety else None}


def recover_password(root: Path, code: str, new: str, operator: str, today: date) -> str:
    """Set a new password with the printed recovery code; returns the code that replaces it."""
    with Store.open_by_recovery_code(DataFolder(root), code, operator, today) as store:
        store.set_password(new)
        return store.new_recovery_code()
