"""The process that reads for us: started when it is first needed, kept for the next file, replaced when it dies."""

import atexit
import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, cast

from app.apart.child import send, take
from app.apart.limits import ANSWER, SECONDS
from app.errors import EnvironmentProblem, UserError

HOME: Final = Path(__file__).resolve().parents[2]
LOOK: Final = 0.05  # seconds between two looks at whether to stop waiting
NO_WINDOW: Final = 0x08000000  # Windows: no console flashes up


class Broken(UserError):
    """The reading process died of a file, took too long over it or needed too much memory."""


class Cancelled(UserError):
    """A person stopped the reading."""


def read_apart(target: str, *arguments: Any, name: str, cancelled: Callable[[], bool] = lambda: False) -> Any:
    """What the function `target` (module:function) of this program says of a file, asked in a process of its own.

    `arguments` and the answer are plain values. Raises what it refuses; Broken, naming the file `name`, where the
    process dies, takes longer than `SECONDS` or needs more than `MEMORY`; Cancelled where a person stopped it.
    """
    return _THE_ONE.ask(target, list(arguments), name, cancelled)


def stop_reading() -> None:
    """Stop the file that is being read now, if any; its reader is told so by Cancelled."""
    _THE_ONE.stopped.set()


class _Reader:
    """One reading process for this one; jobs wait for each other."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self.stopped = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, target: str, arguments: list[Any], name: str, cancelled: Callable[[], bool]) -> Any:
        """The answer to one job."""
        with self._turn:
            self.stopped.clear()
            said = self._wait(target, arguments, name, cancelled)
        if "value" in said:
            return said["value"]
        if "refused" in said:
            raise (EnvironmentProblem if said["environment"] else UserError)(said["refused"])
        if "swollen" in said:
            self.stop()
            raise Broken(f"文件“{name}”要用的内存太多，没有读。请只保留要用的表，另存后再试。")
        raise RuntimeError(said["bug"])

    def _wait(
        self, target: str, arguments: list[Any], name: str, cancelled: Callable[[], bool]
    ) -> dict[str, Any]:
        process = self._running()
        got: list[dict[str, Any]] = []
        thread = threading.Thread(
            target=_exchange, args=(process, target, arguments, got), daemon=True, name="reading apart"
        )
        thread.start()
        until = time.monotonic() + SECONDS
        while thread.is_alive():
            thread.join(LOOK)
            if cancelled() or self.stopped.is_set():
                self.stop()
                raise Cancelled(f"已停止，文件“{name}”没有读入。")
            if time.monotonic() > until:
                self.stop()
                raise Broken(f"文件“{name}”{SECONDS}秒还没有读完，已停止。请只保留要用的表，另存后再试。")
        if not got:
            self.stop()
            raise Broken(
                f"文件“{name}”已损坏，读它的时候出了错。请重新导出，或用 WPS、Excel 打开后另存再试。"
            )
        return got[0]

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            paths = [str(HOME), *filter(None, [os.environ.get("PYTHONPATH")])]
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "app.apart.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"},
                creationflags=NO_WINDOW if sys.platform == "win32" else 0,
            )
        return self._process

    def stop(self) -> None:
        """Kill the process; the next job starts another."""
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(OSError):
                process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    cast(Any, stream).close()


def _exchange(
    process: subprocess.Popen[bytes], target: str, arguments: list[Any], got: list[dict[str, Any]]
) -> None:
    """Send a job and take its answer; nothing is got where the process died meanwhile or answers too much."""
    with contextlib.suppress(OSError, EOFError, ValueError):
        send(cast(Any, process.stdin), [target, arguments])
        got.append(take(cast(Any, process.stdout), ANSWER))


_THE_ONE: Final = _Reader()
atexit.register(_THE_ONE.stop)
