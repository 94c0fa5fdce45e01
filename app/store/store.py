"""The store: one encrypted database, one thread that writes it and one that reads it, one process at a time."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import TypeVar

from filelock import FileLock

from app.domain.cells import NO_LEVELS, Levels
from app.domain.changes import Done
from app.domain.instance import Instance
from app.errors import EnvironmentProblem, UserError
from app.settings import DataFolder
from app.store import credentials, instances, opening, recovery_code
from app.store.clock import Clock, system_clock
from app.store.engine import Database
from app.store.high_water import Series
from app.store.keys import KeySlots, new_key, new_slots
from app.store.looking import Looking, unwritable
from app.store.numbers import Numbering
from app.store.pen import Pen
from app.store.problems import database_in_words, disk_in_words
from app.store.restoring import finish_restore, is_cut_off
from app.store.safe_files import write_file
from app.store.sealed_files import SealedFiles
from app.store.transaction import Transaction, TrialElsewhere
from app.store.worker import Worker, short_turns

T = TypeVar("T")

_PORTABLE = "归学的便携数据文件夹。请不要删除本文件。\r\n".encode()


@dataclass(frozen=True)
class Created:
    """A new, open store and the recovery code to print; the code is kept nowhere."""

    store: "Store"
    recovery_code: str


class Store:
    """The open data folder. Writes run one after another on a thread of their own, reads on another: no write waits
    for a read. A read sees all that was answered as written before it was asked for, and nothing half done.

    Made by `create`, `open`, `open_by_recovery_code` or `open_remembered`. `notices` are sentences to show
    at the start; `origin` is this instance's id; `levels` says how high the office of each instance stands, which
    decides what is shown of a cell in conflict. Close it, or use it as a context manager.
    """

    def __init__(
        self,
        folder: DataFolder,
        key: bytes,
        operator: str,
        today: date,
        clock: Clock,
        lock: FileLock | None,
        why_frozen: str = "",
    ) -> None:
        self.folder = folder
        self.unwritable = why_frozen
        self._key = key
        self._lock = lock
        self._closed = False
        self._looking = Looking(folder, key) if why_frozen else None
        self._writer, self._reader = Worker("guixue-writes"), Worker("guixue-reads")
        try:
            if self._looking is not None:
                opened = self._writer.run(self._looking.opened, operator, clock, why_frozen)
                self._writer.take(opened.db)
                self._reader.take(self._reader.run(self._looking.connection))
            else:
                opened = self._writer.run(opening.open_database, folder, key, operator, today, clock)
                self._writer.take(opened.db)
                self._reader.take(self._reader.run(opening.open_for_reading, folder, key))
        except BaseException:
            self._reader.stop()
            self._writer.stop()
            self._let_go()
            raise
        self.origin = opened.origin
        self.operator = opened.operator
        self.notices = opened.notices
        self._numbering = Numbering(opened.high_water, opened.origin)
        self._pen = Pen(opened.origin, opened.operator, clock, opened.newest)
        self._files = SealedFiles(folder.attachments, opened.files_key)
        self.levels: Levels = NO_LEVELS
        self._writer.run(self._pen.hand_to, opened.db)

    # Opening and closing

    @classmethod
    def create(
        cls,
        folder: DataFolder,
        password: str,
        operator: str,
        clock: Clock = system_clock,
        *,
        portable: bool = False,
    ) -> Created:
        """Set up an empty folder (made if it is not there). Killed half way, it can simply be called again.

        A `portable` one goes from PC to PC on a stick and carries its high-water mark beside the database.
        Raises UserError when anything lies in the folder or password or operator is empty.
        """
        if not operator.strip():
            raise UserError("操作人姓名不能为空。请写明是谁在使用。")
        opening.refuse_if_used(folder)
        key, code = new_key(), recovery_code.new_code()
        slots = new_slots().with_password(password, key).with_recovery_code(code, key)
        with disk_in_words():
            folder.root.mkdir(parents=True, exist_ok=True)
        lock = opening.hold(folder)
        try:
            opening.refuse_if_used(folder)
            if portable:
                write_file(folder.portable_sign, _PORTABLE)
            opening.create_database(folder, key, slots, operator.strip(), clock)
            return Created(cls(folder, key, operator.strip(), clock().date(), clock, lock), code)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(
        cls, folder: DataFolder, password: str, operator: str, today: date, clock: Clock = system_clock
    ) -> "Store":
        """Open with the password; an empty `operator` means the one named at set-up.

        Raises UserError: wrong password, no data there, data of a newer program. EnvironmentProblem: in use
        by another process, files missing or damaged, disk full or read-only.
        """
        return cls._open(folder, lambda slots: slots.by_password(password), operator, today, clock)

    @classmethod
    def open_by_recovery_code(
        cls, folder: DataFolder, code: str, operator: str, today: date, clock: Clock = system_clock
    ) -> "Store":
        """Open with the printed code; follow with `set_password`. Raises as `open` does."""
        return cls._open(folder, lambda slots: slots.by_recovery_code(code), operator, today, clock)

    @classmethod
    def open_remembered(
        cls, folder: DataFolder, operator: str, today: date, clock: Clock = system_clock
    ) -> "Store":
        """Open with the key this PC's credential store keeps. Raises UserError when it keeps none."""

        def remembered(slots: KeySlots) -> bytes:
            recalled = credentials.recall(slots.vault)
            if recalled.key is None:
                raise UserError(recalled.sentence or "本机没有记住密码。请输入密码。")
            return recalled.key

        return cls._open(folder, remembered, operator, today, clock)

    @classmethod
    def _open(
        cls,
        folder: DataFolder,
        unlock: Callable[[KeySlots], bytes],
        operator: str,
        today: date,
        clock: Clock,
    ) -> "Store":
        if not (opening.holds_data(folder) or is_cut_off(folder)):
            raise UserError("这个文件夹里没有归学的数据。请检查路径，或先在空文件夹里建立数据。")
        if why := unwritable(folder):
            key = unlock(KeySlots.load(folder.keyslots))
            return cls(folder, key, operator.strip(), today, clock, None, why)
        lock = opening.hold(folder)
        try:
            finish_restore(folder)
            key = unlock(KeySlots.load(folder.keyslots))
            opening.clear_leftovers(folder)
            return cls(folder, key, operator.strip(), today, clock, lock)
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Finish what is running, close the database, let go of the folder. A second call does nothing."""
        if self._closed:
            return
        self._closed = True
        try:
            self._reader.stop()  # the writer is the last: it empties the log into the database
        finally:
            try:
                self._writer.stop(self._end)
            finally:
                self._let_go()

    def _let_go(self) -> None:
        if self._lock is not None:
            self._lock.release()
        if self._looking is not None:
            self._looking.close()

    def _end(self, db: Database) -> None:
        """Write down how far the journal went, then close; a high-water mark that cannot be written costs no data."""
        try:
            if not self.unwritable:
                with suppress(EnvironmentProblem):
                    instances.keep_position(db, self._numbering.file, self.origin)
        finally:
            db.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Work

    def read(self, work: Callable[[Transaction], T]) -> T:
        """The answer of `work` on one consistent view. Its exceptions come out as they are."""
        return self.submit_read(work).result()

    def write(self, work: Callable[[Transaction], T]) -> Done[T]:
        """Run `work` as one transaction: committed and on the disk when this returns, with what it changed.

        Any exception of `work` rolls everything back and comes out as it is. Raises EnvironmentProblem when
        the disk refuses.
        """
        return self.submit_write(work).result()

    def submit_read(self, work: Callable[[Transaction], T]) -> Future[T]:
        """`read` without waiting for it."""
        self._refuse_own_work()
        return self._reader.submit(self._read_beside, work)

    def submit_write(self, work: Callable[[Transaction], T]) -> Future[Done[T]]:
        """`write` without waiting for it."""
        self._refuse_own_work()
        if self.unwritable:
            raise EnvironmentProblem(self.unwritable)
        return self._writer.submit(self._write, work)

    def on_worker(self, job: Callable[[Database, bytes], T]) -> T:
        """Run `job(database, key)` on the thread that writes, outside a transaction; for this package only."""
        self._refuse_own_work()
        return self._writer.submit(job, self._key).result()

    def _refuse_own_work(self) -> None:
        if self._writer.is_here or self._reader.is_here:
            raise RuntimeError("already inside the store's work; use the transaction at hand")
        if self._closed:
            raise EnvironmentProblem("数据已经关上，这一步没有做。请重新打开程序再试。")

    def _read_beside(self, db: Database, work: Callable[[Transaction], T]) -> T:
        """`work` on the connection that only reads; a trial is made where writes are, behind those asked before."""
        try:
            return self._read(db, work)
        except TrialElsewhere:
            return self._writer.submit(self._read, work, tries=True).result()

    def _read(self, db: Database, work: Callable[[Transaction], T], *, tries: bool = False) -> T:
        with database_in_words():
            db.conn.execute("BEGIN")
            try:
                transaction = Transaction(
                    db, self._pen, self._files, self._numbering, self.levels, writable=False, tries=tries
                )
                return work(transaction)
            finally:
                db.rollback()

    def _write(self, db: Database, work: Callable[[Transaction], T]) -> Done[T]:
        with database_in_words(), short_turns():
            db.conn.execute("BEGIN IMMEDIATE")
            try:
                self._pen.take_up()
                self._numbering.take_up()
                transaction = Transaction(
                    db, self._pen, self._files, self._numbering, self.levels, writable=True
                )
                value = work(transaction)
                changes = transaction.changes()
                numbered = self._numbering.hold()
                db.conn.execute("COMMIT")
            except BaseException:
                # SQLite has rolled back by itself after some disk errors; then this does nothing.
                db.rollback()
                raise
            if numbered:
                with suppress(
                    EnvironmentProblem
                ):  # the numbers are held already, this is the journal's position
                    instances.keep_position(db, self._numbering.file, self.origin)
            return Done(value, changes)

    # Numbers

    def instance(self) -> Instance:
        """Which instance of the unit's data this folder is, and whether it issues numbers."""
        return self.on_worker(lambda db, _key: instances.describe(db, self._numbering.file))

    def name_working_copy(self, last: Mapping[Series, int], *, none_issued: bool = False) -> Instance:
        """Let this folder issue the unit's numbers from now on, and no other; returns what it is then.

        Where nobody here knows how far the numbers went, `last` holds the last ones of the 文书登记簿, or
        `none_issued` says that it is empty. Raises LastNumberNeeded, UserError, EnvironmentProblem.
        """
        self.on_worker(
            lambda db, _key: instances.name_working_copy(
                db, self.folder, self._numbering.file, last, none_issued=none_issued
            )
        )
        return self.instance()

    # Keys

    def change_password(self, old: str, new: str) -> None:
        """Take `new` instead of `old`. Raises UserError when `old` is wrong or `new` is empty.

        Backups made before still open with the old password.
        """
        KeySlots.load(self.folder.keyslots).by_password(old)
        self.set_password(new)

    def set_password(self, new: str) -> None:
        """Take a new password without the old one; after opening by recovery code. Raises UserError if empty."""
        KeySlots.load(self.folder.keyslots).with_password(new, self._key).save(self.folder.keyslots)

    def new_recovery_code(self) -> str:
        """A new recovery code to print; the old one no longer opens this folder."""
        code = recovery_code.new_code()
        KeySlots.load(self.folder.keyslots).with_recovery_code(code, self._key).save(self.folder.keyslots)
        return code

    def remembered(self) -> tuple[bool, str]:
        """Whether this PC's credential store keeps the key; a sentence where it cannot keep one."""
        recalled = credentials.recall(KeySlots.load(self.folder.keyslots).vault)
        return recalled.key is not None, recalled.sentence

    def remember(self) -> str:
        """Let this PC's credential store open the folder; '' when it will, else one sentence why not."""
        return credentials.remember(KeySlots.load(self.folder.keyslots).vault, self._key)

    def forget(self) -> str:
        """Take the key out of the credential store; '' when done, else one sentence."""
        return credentials.forget(KeySlots.load(self.folder.keyslots).vault)
