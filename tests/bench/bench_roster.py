"""A roster of 12,000 children read, imported and taken back, beside the bare writing of the same records. Run by hand,
not a test.

python -m tests.bench.bench_roster
"""

import csv
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.bootstrap import Program, create_program
from app.demo.school import TODAY
from app.domain.records import Guardian, SpecialGroup, Student
from app.roster.roster_file import read_roster
from app.service.children.rosters import import_roster, undo_import
from app.service.office.desk import Desk
from tests.helpers.cli import HEADER
from tests.helpers.crowd import PUPILS, UNIT, roster_row


def seconds(work: Callable[[], object]) -> float:
    """How long `work` keeps the processor, whatever else the machine does."""
    start = time.process_time()
    work()
    return time.process_time() - start


def write_again(desk: Desk) -> None:
    """The same children, guardians and groups once more, without a file, a comparison or a check."""
    tx, ids = desk.tx, {}
    students = []
    for one in tx.find(Student):
        ids[one.id] = tx.new_id()
        students.append(replace(one, id=ids[one.id]))
    tx.add_all(students)
    for kind in (Guardian, SpecialGroup):
        tx.add_all([replace(one, id=tx.new_id(), student_id=ids[one.student_id]) for one in tx.find(kind)])


def measure(program: Program, roster: Path) -> None:
    """Print what each step takes, and its ratio to the bare writing."""
    runs: list[str] = []
    read = seconds(lambda: read_roster(roster, TODAY))
    imported = seconds(lambda: runs.append(program.write(import_roster, roster).value["run"]))
    undone = seconds(lambda: program.write(undo_import, runs[0]))
    program.write(import_roster, roster)
    bare = seconds(lambda: program.write(write_again))
    sys.stdout.write(
        f"{PUPILS} children: bare writing {bare:.2f} s of processor\n"
        f"read {read:.2f} s, ratio {read / bare:.2f}\n"
        f"import {imported:.2f} s, ratio {imported / bare:.2f}\n"
        f"undo {undone:.2f} s, ratio {undone / bare:.2f}\n"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        roster = folder / "roster.csv"
        with roster.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            writer.writerows(roster_row(n) for n in range(PUPILS))
        program, _, _ = create_program(folder / "data", "bench", "陈老师", TODAY, UNIT)
        with program:
            measure(program, roster)


if __name__ == "__main__":
    main()
