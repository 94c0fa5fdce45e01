"""What the journal costs: 12,000 children written and changed with and without it, and how long opening takes.

Run it anywhere: `python tests/bench/bench_journal.py`. It works in a throw-away folder and prints what it saw.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.domain.records import ClassGroup, Student, Unit
from app.settings import DataFolder
from app.store import Store, Transaction, backup

CHILDREN = 12_000
DAY = date(2026, 3, 2)


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _children(tx: Transaction, group: ClassGroup) -> list[Student]:
    return [
        Student(
            id=tx.new_id(), name=f"测试{number}", school_id=group.school_id, class_id=group.id, gender="女",
            birth=date(2014, 1 + number % 12, 1 + number % 28), id_no=f"3504250000{number:08d}",
            nation="汉族", registered_address="某县某镇某村", address="某县某镇某村", phone="0598-0000000",
        )
        for number in range(CHILDREN)
    ]  # fmt: skip


def _write(tx: Transaction, group: ClassGroup, *, journaled: bool) -> None:
    children = _children(tx, group)
    if journaled:
        tx.add_all(children)
        return
    with tx.replaying():
        tx.add_all(children)


def _set_up(folder: DataFolder) -> tuple[Store, ClassGroup]:
    store = Store.create(folder, "bench", "bench").store
    school = Unit(id="school", level="学校", name="和平学校")
    group = ClassGroup(id="class", school_id="school", stage="小学", entry_year=2021, number=2)
    store.write(lambda tx: tx.add_all([school, group]))
    return store, group


def _change(tx: Transaction, ids: list[str], value: str, *, journaled: bool) -> None:
    if not journaled:
        with tx.replaying():
            _change(tx, ids, value, journaled=True)
        return
    for child in ids:
        tx.change(Student, child, phone=value)


def _one_run(folder: DataFolder, *, journaled: bool) -> tuple[float, float]:
    """Seconds to write all children, and to change a cell of each."""
    store, group = _set_up(folder)
    with store:
        added = _seconds(lambda: store.write(lambda tx: _write(tx, group, journaled=journaled)))
        ids = [child.id for child in store.read(lambda tx: tx.find(Student))]
        return added, _seconds(lambda: store.write(lambda tx: _change(tx, ids, "2", journaled=journaled)))


def _best(folders: list[DataFolder], *, journaled: bool) -> tuple[float, float]:
    added, changed = zip(*(_one_run(folder, journaled=journaled) for folder in folders), strict=True)
    return min(added), min(changed)


def main() -> None:
    """Measure and print; the last folder is also opened, searched and backed up."""
    with tempfile.TemporaryDirectory() as place:
        folders = [DataFolder(Path(place) / str(run)) for run in range(6)]
        without, changed_without = _best(folders[:3], journaled=False)
        with_it, changed_with = _best(folders[3:], journaled=True)
        folder = folders[-1]
        opened: list[Store] = []
        opening = _seconds(lambda: opened.append(Store.open(folder, "bench", "", DAY)))
        with opened[0] as store:
            one = store.read(lambda tx: tx.find(Student, "name = ?", ["测试77"]))[0]
            change = _seconds(lambda: store.write(lambda tx: tx.change(Student, one.id, phone="1")))
            everyone = _seconds(lambda: store.read(lambda tx: tx.find(Student)))
            copy = _seconds(lambda: backup.make(store, DAY, complete=False))
        size = folder.database.stat().st_size / 1e6
    print(
        f"{CHILDREN} inserts: {without:.3f} s without the journal, {with_it:.3f} s with it, {with_it / without:.2f} x"
    )
    print(
        f"as many changes: {changed_without:.3f} s and {changed_with:.3f} s, {changed_with / changed_without:.2f} x"
    )
    print(f"open {opening * 1000:.0f} ms (argon2id included), one change {change * 1000:.1f} ms")
    print(f"read all {everyone:.3f} s, backup {copy:.3f} s, database {size:.1f} MB")


if __name__ == "__main__":
    main()
