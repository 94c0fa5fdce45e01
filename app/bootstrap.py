"""The only place that builds the program: a store, a day, an operator, and the way use cases run over them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, TypeVar

from app.domain.changes import Done
from app.reference.rule_sets import load_rule_set
from app.service.delivery import Renderer
from app.service.desk import RULES, Desk
from app.service.units import set_up_unit
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
        """Sentences a person should see at the start."""
        return self.store.notices

    def read(self, use_case: Callable[Concatenate[Desk, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of a use case that writes nothing."""
        return self.store.read(lambda tx: use_case(self._desk(tx), *args, **kwargs))

    def write(
        self, use_case: Callable[Concatenate[Desk, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Done[T]:
        """The answer of a use case and what it changed, in one transaction: all of it, or nothing."""
        return self.store.write(lambda tx: use_case(self._desk(tx), *args, **kwargs))

    def _desk(self, tx: Transaction) -> Desk:
        return Desk(tx, self.today, self.operator, self.store.folder)

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
    unit: dict[str, Any],
    renderer: Renderer | None = None,
) -> tuple[Program, str, dict[str, Any]]:
    """Set up a data folder for `unit` (the arguments of `set_up_unit`).

    Returns the open program, the recovery code to print, and what was set up. Nothing is made if the rule set is
    unknown or the folder is not empty.
    """
    folder = DataFolder(root)
    load_rule_set(unit["rules"], RULES, None)
    created = Store.create(folder, password, operator)
    program = Program(created.store, today, operator, renderer)
    return program, created.recovery_code, program.write(set_up_unit, **unit).value


def open_program(
    root: Path, password: str, today: date, *, operator: str = "", renderer: Renderer | None = None
) -> Program:
    """Open a data folder; the first opening of a day makes the daily backup."""
    store = Store.open(DataFolder(root), password, operator, today)
    try:
        backup.daily(store, today)
        return Program(store, today, store.operator, renderer)
    except BaseException:
        store.close()
        raise


def restore_backup(root: Path, file: Path, password: str, operator: str, today: date) -> dict[str, Any]:
    """Make a backup the data of `root`; what lay there is kept aside. Returns {origin, safety_copy}."""
    restored = backup.restore(DataFolder(root), file, password, operator, today)
    safety = restored.safety_copy
    return {"origin": restored.origin, "safety_copy": str(safety) if safety else None}


def recover_password(root: Path, code: str, new: str, operator: str, today: date) -> str:
    """Set a new password with the printed recovery code; returns the code that replaces it."""
    with Store.open_by_recovery_code(DataFolder(root), code, operator, today) as store:
        store.set_password(new)
        return store.new_recovery_code()
