"""A program that dies at any moment leaves the old or the new, whole."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.records import Guardian, Student
from app.errors import EnvironmentProblem, UserError
from app.settings import DataFolder
from app.store import Store, backup
from tests.app.store.conftest import TODAY, StandingClock, add_student, names

_WRITER = """
import sys
from datetime import date
from pathlib import Path
from app.domain.records import Guardian, Student
from app.settings import DataFolder
from app.store import Store

def child(tx):
    student = tx.new_id()
    tx.add(Student(id=student, name="童"))
    tx.add(Guardian(id=tx.new_id(), student_id=student, name="家长"))
    return student

store = Store.open(DataFolder(Path(sys.argv[1])), "密码甲", "", date(2026, 3, 2))
while True:
    print(store.write(child).value, flush=True)
"""


def test_every_acknowledged_write_outlives_a_kill(folder: DataFolder, clock: StandingClock) -> None:
    Store.create(folder, "密码甲", "王老师", clock).store.close()
    acknowledged: list[str] = []
    for kill in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(folder.root)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).resolve().parents[3],
        )
        assert writer.stdout is not None
        with writer.stdout as lines:
            acknowledged += [lines.readline().decode().strip() for _ in range(15 + 7 * kill)]
            with pytest.raises(EnvironmentProblem, match="正被另一个归学"):
                Store.open(folder, "密码甲", "", TODAY, clock)
            writer.kill()
            acknowledged += [line.decode().strip() for line in lines if line.endswith(b"\n")]
        assert writer.wait() == -signal.SIGKILL
    with Store.open(folder, "密码甲", "", TODAY, clock) as store:
        students = {student.id for student in store.read(lambda tx: tx.find(Student))}
        guarded = {guardian.student_id for guardian in store.read(lambda tx: tx.find(Guardian))}
        assert set(acknowledged) <= students
        assert guarded == students
        assert store.read(lambda tx: tx.position()) == 2 * len(students)
        assert len(store.read(lambda tx: tx.entries(1, 10**9))) == 2 * len(students)


_TOUCHES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "open", "sqlite3.connect"}


_HUNG = 20  # seconds


def _dies_at(step: int, work: Callable[[], object]) -> bool:
    """Run `work` in a child that is gone, without any clearing up, before its `step`-th touch of the disk.

    Gives whether it died; False means `work` came to its end first.
    """
    child = os.fork()
    if child == 0:
        # A forked child with threads may now and then hang in the C library; it is then killed, which is a death, too.
        signal.alarm(_HUNG)
        left = [step]

        def count(event: str, _args: object) -> None:
            if event in _TOUCHES:
                left[0] -= 1
                if left[0] == 0:
                    os._exit(9)

        code = 1
        try:
            sys.addaudithook(count)
            work()
            code = 0
        finally:
            os._exit(code)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, 9, -signal.SIGALRM)
    return status != 0


def test_a_restore_killed_at_any_touch_of_the_disk_leaves_old_or_new(
    tmp_path: Path, clock: StandingClock
) -> None:
    other = DataFolder(tmp_path / "other")
    with Store.create(other, "密码乙", "李老师", clock).store as store:
        digest = store.write(lambda tx: [add_student(tx, "新"), tx.files.put(b"photo")][1]).value
        file = backup.make(store, TODAY, complete=True)
    outcomes, died, step = set(), True, 0
    while died:
        step += 1
        folder = DataFolder(tmp_path / str(step))
        with Store.create(folder, "密码甲", "王老师", clock).store as store:
            store.write(lambda tx: add_student(tx, "旧"))
        died = _dies_at(
            step,
            lambda at=folder: backup.restore(at, file, "密码乙", "李老师", TODAY, clock, other_unit=True),
        )
        outcomes.add(_state_after(folder, digest, clock))
        assert not (folder.root / "restore.part").exists()
        assert not (folder.root / "restore.ready").exists()
    assert outcomes == {"旧", "新"}
    assert step > 20


def _state_after(folder: DataFolder, digest: str, clock: StandingClock) -> str:
    """The one child in the folder, opened with the password that goes with it."""
    try:
        store = Store.open(folder, "密码甲", "", TODAY, clock)
    except UserError:
        store = Store.open(folder, "密码乙", "", TODAY, clock)
        assert store.read(lambda tx: tx.files.get(digest)) == b"photo"
    with store:
        store.write(lambda tx: tx.set_setting("still", "writable"))
        (name,) = names(store)
    return name


def test_a_set_up_killed_at_any_touch_of_the_disk_can_be_done_again(
    tmp_path: Path, clock: StandingClock
) -> None:
    died, step = True, 0
    while died:
        step += 1
        folder = DataFolder(tmp_path / str(step))
        died = _dies_at(step, lambda at=folder: Store.create(at, "密码甲", "王老师", clock).store.close())
        if not folder.database.exists():
            with pytest.raises(UserError, match="没有归学的数据"):
                Store.open(folder, "密码甲", "", TODAY, clock)
            Store.create(folder, "密码甲", "王老师", clock).store.close()
        with Store.open(folder, "密码甲", "", TODAY, clock) as store:
            assert names(store) == []
    assert step > 5


def test_a_set_up_killed_again_and_again_on_its_own_traces_still_comes_to_its_end(
    folder: DataFolder, clock: StandingClock
) -> None:
    def set_up() -> None:
        Store.create(folder, "密码甲", "王老师", clock)

    step = 1
    while not folder.database.exists() and _dies_at(step, set_up):
        step += 1
    with Store.open(folder, "密码甲", "", TODAY, clock) as store:
        assert names(store) == []
