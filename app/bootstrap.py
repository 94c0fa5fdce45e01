"""The only place that builds the program: sets a data folder up, opens it, and brings back what was lost."""

from datetime import date
from pathlib import Path

from app.errors import UserError
from app.reference.rule_sets import load_rule_set
from app.service.office.desk import RULES
from app.service.office.setup_tasks import note_recovery_code, recovery_code_renewed
from app.service.office.units import SetUp, UnitEntry, refuse_nameless, refuse_wrong_code, set_up_unit
from app.service.program import Program, Renderer
from app.settings import DataFolder
from app.store import backup
from app.store.restoring import Restored
from app.store.store import Store


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
) -> Restored:
    """Make a backup the data of `root`; what lay there is kept aside.

    Raises OtherUnit, naming both, where `root` holds another unit's data and `other_unit` does not say that it may go.
    """
    return backup.restore(DataFolder(root), file, password, operator, today, other_unit=other_unit)


def recover_password(
    root: Path, code: str, new: str, operator: str, today: date, *, noted: bool = False
) -> str:
    """Set a new password with the printed recovery code; returns the code that replaces it.

    Unless it is `noted`, 今日 asks for that code until somebody says that it is on paper.
    """
    with Store.open_by_recovery_code(DataFolder(root), code, operator, today) as store:
        store.set_password(new)
        code = store.new_recovery_code()
        Program(store, today, operator).write(note_recovery_code if noted else recovery_code_renewed)
        return code
