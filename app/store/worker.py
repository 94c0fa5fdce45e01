"""A connection belongs to its thread: a worker is that thread, and runs one piece of work after another."""

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Concatenate, ParamSpec, TypeVar

from app.store.engine import Database

P = ParamSpec("P")
T = TypeVar("T")

_USUAL_TURN = sys.getswitchinterval()
_SHORT_TURN = 0.0005


@contextmanager
def short_turns() -> Iterator[None]:
    """Who saves in here is let in by a reading at work after half a millisecond.

    Python runs one thread at a time, and a write asks for its turn anew after every statement of SQL.
    """
    sys.setswitchinterval(_SHORT_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(_USUAL_TURN)


class Worker:
    """One thread and the one connection it opens, uses and closes. Stop it, or the thread stays."""

    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._thread = self._pool.submit(threading.current_thread).result()
        self._db: Database | None = None

    @property
    def is_here(self) -> bool:
        """Whether the caller is this worker's own work; waiting for the worker there would wait for ever."""
        return threading.current_thread() is self._thread  # a number goes to the next thread once it ended

    def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of work that needs no connection, or opens one, waited for."""
        return self._pool.submit(work, *args, **kwargs).result()

    def take(self, db: Database) -> None:
        """Use this connection, opened on this worker, from now on."""
        self._db = db

    def submit(
        self, job: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Start `job` on the connection, behind what was asked before."""
        assert self._db is not None  # asked for before the store was open
        return self._pool.submit(job, self._db, *args, **kwargs)

    def stop(self, last: Callable[[Database], None] = Database.close) -> None:
        """Finish what was asked, then `last`, which closes the connection, and end the thread."""
        try:
            if self._db is not None:
                self._pool.submit(last, self._db).result()
        finally:
            self._pool.shutdown()
