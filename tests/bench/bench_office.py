"""今日, the reading after a write, the next roll, a roll beside bare rows, and the list of cases, as the office grows.

Every figure is ours ÷ the fewest statements that fetch (or write) the same rows, in the same run on the same data.

python -m tests.bench.bench_office 1k 12k-term 12k-year
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from app.bootstrap import create_program
from app.demo.school import GIVEN, SURNAMES
from app.domain.calendar import days_between
from app.domain.changes import Changes
from app.domain.records import Absence, ClassGroup, Enrolment, Roll, Student
from app.service.cases.opening import keep_due_case
from app.service.cases.reading import list_cases
from app.service.cases.settling import due_among, touched_children
from app.service.office.desk import Desk
from app.service.office.units import UnitEntry
from app.service.program import Program
from app.service.rolls.roll_call import Marked, take_roll
from app.service.screens.agenda import today_list
from app.service.screens.window import window_reading
from app.store.engine import Database
from app.store.transaction import Transaction

CLASS_SIZE = 40


@dataclass(frozen=True)
class Size:
    """How many children, called from `first` on until `today`."""

    children: int
    first: date
    today: date


SIZES = {
    "1k": Size(1_000, date(2026, 9, 1), date(2026, 11, 20)),
    "12k-term": Size(12_000, date(2026, 9, 1), date(2026, 11, 20)),
    "12k-year": Size(12_000, date(2025, 9, 1), date(2026, 6, 26)),
}


def populate(desk: Desk, size: Size) -> None:
    """Classes, children and their rolls; one child in two hundred is missing on a day, one in a thousand for five."""
    random, new, year = Random(1), desk.tx.new_id, size.first.year
    groups = [
        ClassGroup(id=new(), school_id=desk.unit.id, stage="小学", entry_year=year - n % 5, number=n // 5 + 1)
        for n in range(size.children // CLASS_SIZE)
    ]
    children = [
        Student(id=new(), name=random.choice(SURNAMES) + random.choice(GIVEN), unit_id=desk.unit.id)
        for _ in range(size.children)
    ]
    desk.tx.add_all([*groups, *children, *_enrolments(desk, groups, children, size)])
    days = [
        day for day in days_between(size.first, size.today) if desk.calendar.weight(day) and day < size.today
    ]
    for day in days:
        desk.tx.add_all(_day(desk, groups, children, day, random))


def _enrolments(
    desk: Desk, groups: list[ClassGroup], children: list[Student], size: Size
) -> Iterator[Enrolment]:
    for place, child in enumerate(children):
        group = groups[place % len(groups)].id
        yield Enrolment(
            id=desk.tx.new_id(),
            student_id=child.id,
            school_id=desk.unit.id,
            class_id=group,
            from_on=size.first,
            entered_on=size.first,
        )


def _day(
    desk: Desk, groups: list[ClassGroup], children: list[Student], day: date, random: Random
) -> list[Roll | Absence]:
    rolls = [
        Roll(
            id=desk.tx.new_id(),
            class_id=group.id,
            day=day,
            session="全天",
            by_whom="王老师",
            expected=CLASS_SIZE,
            present=CLASS_SIZE,
            entered_on=day,
        )
        for group in groups
    ]
    missing = {random.randrange(len(children)) for _ in range(len(children) // 200)}
    missing |= {place for place in range(0, len(children), 1000) if day.day % 10 < 5}
    marks = [
        Absence(
            id=desk.tx.new_id(),
            roll_id=rolls[place % len(groups)].id,
            student_id=children[place].id,
            day=day,
            kind="旷课",
        )
        for place in sorted(missing)
    ]
    return [*rolls, *marks]


def _open_cases(desk: Desk) -> None:
    everybody = Changes({"term": frozenset({"all"})})
    for child, standing in due_among(desk, touched_children(desk, everybody)):
        keep_due_case(desk, child, standing)


def best(work: Callable[[], object], times: int = 3) -> float:
    """The least of some runs, in seconds."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return min(found)


def _raw_today(db: Database, size: Size) -> int:
    """The rows 今日 rests on: pupils, rolls of a month, marks of ninety days with their rolls, cases and calls."""
    day = size.today.isoformat()
    statements = (
        ("SELECT student_id, class_id FROM enrolment WHERE withdrawn_on IS NULL AND from_on <= ?", [day]),
        (
            "SELECT class_id, day, session FROM roll WHERE withdrawn_on IS NULL AND day >= date(?, '-30 day')",
            [day],
        ),
        (
            "SELECT absence.*, roll.session FROM absence JOIN roll ON roll.id = roll_id"
            " WHERE absence.withdrawn_on IS NULL AND absence.day >= date(?, '-90 day')",
            [day],
        ),
        ("SELECT * FROM case_file JOIN student ON student.id = student_id", []),
        ("SELECT * FROM contact", []),
        ("SELECT * FROM leave WHERE to_on >= ?", [day]),
    )
    return sum(len([tuple(row) for row in db.conn.execute(sql, params)]) for sql, params in statements)


def _raw_cases(db: Database) -> int:
    sql = (
        "SELECT case_file.*, student.name, absence.day, roll.session FROM case_file"
        " JOIN student ON student.id = case_file.student_id"
        " LEFT JOIN absence ON absence.student_id = student.id LEFT JOIN roll ON roll.id = absence.roll_id"
    )
    return len([tuple(row) for row in db.conn.execute(sql)])


def _raw_roll(program: Program, class_id: str, day: date) -> float:
    """A roll and a mark written and committed into tables of the same columns without the journal."""

    def job(db: Database, _key: bytes) -> float:
        for table in ("roll", "absence"):
            db.conn.execute(f"CREATE TABLE IF NOT EXISTS bench_{table} AS SELECT * FROM {table} WHERE 0")
        began = time.perf_counter()
        db.conn.execute("BEGIN IMMEDIATE")
        db.conn.execute("INSERT INTO bench_roll SELECT * FROM roll WHERE class_id = ? LIMIT 1", (class_id,))
        db.conn.execute(
            "INSERT INTO bench_absence SELECT * FROM absence WHERE day < ? LIMIT 1", (day.isoformat(),)
        )
        db.conn.execute("COMMIT")
        return time.perf_counter() - began

    return min(program.store.on_worker(job) for _ in range(3))


def measure(name: str, size: Size) -> list[str]:
    """A line a figure for one size."""
    with tempfile.TemporaryDirectory() as folder:
        unit = UnitEntry(level="school", name="石桥小学", rules="mengjin")
        program = create_program(
            Path(folder) / "data", "bench-2026", "陈老师", size.today, unit, portable=True
        )[0]
        with program:
            program.store.write(lambda tx: populate(_desk(program, tx), size))
            program.store.write(lambda tx: _open_cases(_desk(program, tx)))
            return list(_figures(name, size, program))


def _desk(program: Program, tx: Transaction) -> Desk:
    return program._desk(tx)


def _figures(name: str, size: Size, program: Program) -> Iterator[str]:
    raw = best(lambda: program.store.on_worker(lambda db, _key: _raw_today(db, size)))
    yield _line(name, "今日", best(lambda: program.read(today_list)), raw)
    yield _line(name, "一次保存之后的读取", best(lambda: program.read(window_reading)), raw)
    raw_cases = best(lambda: program.store.on_worker(lambda db, _key: _raw_cases(db)))
    yield _line(name, "个案列表", best(lambda: program.read(list_cases)), raw_cases)
    rolls = program.read(_two_rolls)
    alone = best(lambda: program.write(take_roll, rolls[0][0], size.today, rolls[0][1]), 3)
    yield _line(name, "保存点名÷不留痕的同样几行", alone, _raw_roll(program, rolls[0][2], size.today))
    yield _line(name, "下一个班的点名÷单独一个班", _next_roll(program, rolls, size.today), alone)


def _two_rolls(desk: Desk) -> list[tuple[str, list[Marked], str]]:
    found = []
    for group in desk.tx.find(ClassGroup)[:2]:
        (first, *_) = desk.tx.find(Enrolment, class_id=group.id)
        grade = desk.today.year - group.entry_year + (desk.today.month >= 9)
        name = f"{'一二三四五六'[grade - 1]}年级{group.number}班"
        found.append((name, [Marked(first.student_id, "旷课")], group.id))
    return found


def _next_roll(program: Program, rolls: list[tuple[str, list[Marked], str]], day: date) -> float:
    """A second roll saved right after the first, while the reading after the first stands in the queue."""
    program.write(take_roll, rolls[0][0], day, rolls[0][1])
    reading = program.submit_read(window_reading)
    began = time.perf_counter()
    program.write(take_roll, rolls[1][0], day, rolls[1][1])
    took = time.perf_counter() - began
    reading.result()
    return took


def _line(size: str, what: str, ours: float, raw: float) -> str:
    return f"{size:9} {what}：{ours * 1000:.1f} ms ÷ {raw * 1000:.1f} ms = {ours / raw:.1f}×"


def main(names: list[str]) -> None:
    """Print the figures of each size named, or of all."""
    for name in names or list(SIZES):
        for line in measure(name, SIZES[name]):
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
