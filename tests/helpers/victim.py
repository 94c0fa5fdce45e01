"""A program to be killed: writes by the command line, tells each fact once it was acknowledged, may kill itself.

Called with the data folder, the day, the number of the file event before which it dies (0: never) and a first number.
A file event is what a power cut may fall before or behind: a flush, a rename, a removal, a file opened for writing.
"""

import json
import os
import signal
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any, Final

from app.cli.main import run

EVENTS: Final = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "shutil.move"})
PHONE: Final = "13987654321"
EMPTY: Final = ("--blank", "保存期限", "--blank", "家长姓名")


class Fate:
    """Counts file events and kills this process before one of them."""

    def __init__(self, last: int) -> None:
        self._left = last
        self._flush = os.fsync
        if last:
            vars(os)["fsync"] = self.fsync
            sys.addaudithook(self.seen)

    def seen(self, event: str, given: tuple[Any, ...]) -> None:
        """Python tells of every file it opens, renames or removes."""
        writes = event == "open" and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR)
        if event in EVENTS or writes:
            self.strike()

    def fsync(self, descriptor: Any) -> None:
        """A flush; Python tells nobody of these."""
        self.strike()
        self._flush(descriptor)

    def strike(self) -> None:
        """One event less to live."""
        self._left -= 1
        if self._left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Write until killed: a child, its case, its paper, now and then a backup."""
    data, day, last, first = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    Fate(last)
    out = str(Path(data).parent / "out")
    for number in count(first):
        name = f"童{chr(0x4E00 + number // 400)}{chr(0x4E00 + number % 400)}"
        child = _done(data, day, "student", "add", "--name", name, "--gender", "女", "--kind", "没有上学")
        _tell("student", name, child)
        opened = ("case", "open", "--student", name, "--trigger", "排查发现", "--date", day)
        case = _done(data, day, *opened)
        _tell("case", case and case["no"], case)
        paper = ("个人信息处理告知书", "--student", name, "--out", out)
        issued = _done(data, day, "doc", "issue", *paper, "--set", f"告知联系电话={PHONE}", *EMPTY)
        _tell("paper", issued and issued["number"], issued)
        if number % 5 == 4:
            _done(data, day, "backup", "make")


def _done(data: str, day: str, *arguments: str) -> Any:
    """The answer of a command; None where it was refused."""
    answer = StringIO()
    with redirect_stdout(answer), redirect_stderr(sys.__stderr__ or StringIO()):
        code = run(["--data", data, "--today", day, "--json", *arguments])
    return json.loads(answer.getvalue()) if code == 0 else None


def _tell(kind: str, what: object, done: object) -> None:
    if done is not None:
        print(f"{kind} {what}", flush=True)


if __name__ == "__main__":
    main()
