"""今日, the reading after a write, the next roll, a roll beside bare rows, the list of cases, a keystroke, an import:
how long each takes as the office grows.

Every figure is ours ÷ the fewest statements that fetch (or write) the same rows, in the same run on the same data.
Readings and the import are given in processor time, whatever else the machine does; saving in time of the clock,
because it waits for the disk.

python -m tests.bench.bench_office 1k 12k-term 12k-year county
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from python_calamine import load_workbook

from app.domain.records import ClassGroup, Enrolment
from app.service.cases.reading import list_cases
from app.service.children.roster_reading import Reading
from app.service.children.rosters import import_roster
from app.service.office.desk import Desk
from app.service.program import Program
from app.service.rolls.roll_call import AbsenceEntry, take_roll
from app.service.screens.agenda import today_list
from app.service.screens.searching import search
from app.service.screens.window import window_reading
from app.store.engine import Database
from app.store.transaction import Transaction
from tests.bench.bench_roster import same_cells, write_bare, write_file
from tests.bench.offices import SIZES, Size, build, school_name

SMALLEST, LARGEST = "1k", "county"
BEGUN = 0.02  # seconds after which a reading is surely under way


@dataclass(frozen=True)
class Figure:
    """What was measured, ours and the least that does the same, in seconds."""

    what: str
    ours: float
    raw: float

    def line(self, size: str) -> str:
        """The figure as it is printed."""
        ours, raw = f"{self.ours * 1000:.1f} ms", f"{self.raw * 1000:.1f} ms"
        return f"{size:9} {self.what}：{ours} ÷ {raw} = {self.ours / self.raw:.1f}×"


@dataclass(frozen=True)
class OneRoll:
    """A class by its name and id, and one child of it that is missing."""

    name: str
    class_id: str
    entries: list[AbsenceEntry]


def best(
    work: Callable[[], object],
    times: int = 3,
    clock: Callable[[], float] = time.process_time,
    before: Callable[[], object] = lambda: None,
) -> float:
    """The least of some runs, in seconds; `before` each of them is not counted."""
    found = []
    for _ in range(times):
        before()
        began = clock()
        work()
        found.append(clock() - began)
    return min(found)


def measure(size: Size) -> Iterator[Figure]:
    """Every figure of one size."""
    with tempfile.TemporaryDirectory() as folder, build(Path(folder), size) as program:
        yield from _readings(program, size)
        yield from _savings(program, size)
        yield _import(program, size, Path(folder) / "roster.xlsx")


def _readings(program: Program, size: Size) -> Iterator[Figure]:
    def raw(job: Callable[[Database], object]) -> float:
        return best(lambda: program.store.on_worker(lambda db, _key: job(db)))

    today = raw(lambda db: _raw_today(db, size))
    yield Figure("今日", best(lambda: program.read(today_list)), today)
    saved = best(lambda: program.read(window_reading), before=lambda: program.store.write(_touch))
    yield Figure("一次保存之后的读取", saved, today)
    yield Figure("个案列表", best(lambda: program.read(list_cases)), raw(_raw_cases))
    yield Figure("查找时按一个键", best(lambda: program.read(search, "wj")), raw(_raw_names))


def _touch(tx: Transaction) -> None:
    """The least that can be saved: what was read before is read from the disk again."""
    tx.set_setting("bench", tx.new_id())


def _raw_today(db: Database, size: Size) -> int:
    """The rows 今日 rests on: pupils, rolls of a month, absences of ninety days with their rolls, cases and calls;
    above the schools nobody calls a roll, and nobody's classes are looked at."""
    day = size.today.isoformat()
    of_classes = (
        ("SELECT student_id, class_id FROM enrolment WHERE withdrawn_on IS NULL AND from_on <= ?", [day]),
        (
            "SELECT class_id, day, session FROM roll WHERE withdrawn_on IS NULL AND day >= date(?, '-30 day')",
            [day],
        ),
    )
    statements: tuple[tuple[str, list[str]], ...] = (
        *(of_classes if size.is_school else ()),
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


def _raw_names(db: Database) -> int:
    sql = "SELECT id, name, id_no, edu_no, phone FROM student WHERE withdrawn_on IS NULL"
    return len([tuple(row) for row in db.conn.execute(sql)])


def _savings(program: Program, size: Size) -> Iterator[Figure]:
    first, second = program.read(_two_classes)

    def save(roll: OneRoll) -> None:
        program.write(take_roll, roll.name, size.today, roll.entries)

    alone = best(lambda: save(first), clock=time.perf_counter)
    yield Figure("保存点名÷不留痕的同样几行", alone, _raw_roll(program, first.class_id, size.today))
    after = [_after_a_save(program, lambda: save(first), lambda: save(second)) for _ in range(3)]
    yield Figure("读取时保存下一个班÷单独保存", min(after), alone)


def _two_classes(desk: Desk) -> list[OneRoll]:
    found = []
    for group in desk.tx.find(ClassGroup)[:2]:
        (first, *_) = desk.tx.find(Enrolment, class_id=group.id)
        grade = desk.today.year - group.entry_year + (desk.today.month >= 9)
        name = f"{'一二三四五六'[grade - 1]}年级{group.number}班"
        found.append(OneRoll(name, group.id, [AbsenceEntry(first.student_id, "旷课")]))
    return found


def _raw_roll(program: Program, class_id: str, day: date) -> float:
    """A roll and an absence written and committed into tables of the same columns without the journal."""

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


def _after_a_save(program: Program, save_one: Callable[[], None], save_next: Callable[[], None]) -> float:
    """How long the second roll takes while the reading after the first is under way."""
    save_one()
    reading = program.submit_read(window_reading)
    time.sleep(BEGUN)
    began = time.perf_counter()
    save_next()
    took = time.perf_counter() - began
    reading.result()
    return took


def _import(program: Program, size: Size, roster: Path) -> Figure:
    """A roster of 60 columns beside reading the same file bare and writing the same rows without a journal."""
    write_file(roster, size.roster)
    began = time.process_time()
    load_workbook(roster).get_sheet_by_index(0).to_python(skip_empty_area=False)
    read = time.process_time() - began
    reading = Reading(school="" if size.is_school else school_name(0))
    began = time.process_time()
    done = program.write(import_roster, roster, reading)
    ours = time.process_time() - began
    cells = program.read(same_cells, done.changes.rows)
    began = time.process_time()
    program.store.write(lambda tx: write_bare(program._desk(tx), cells))
    return Figure(f"导入{size.roster}×60", ours, read + time.process_time() - began)


def growth(smallest: dict[str, Figure], largest: dict[str, Figure], children: float) -> Iterator[str]:
    """How much longer each row takes in the largest office, beside how many times the children it has."""
    for what, figure in smallest.items():
        if what in largest:
            yield f"{SMALLEST}→{LARGEST} {what}：学生{children:.0f}倍，用时{largest[what].ours / figure.ours:.0f}倍"


def main(names: list[str]) -> None:
    """Print the figures of each size named, or of all; with the smallest and the largest also how they grow."""
    found: dict[str, dict[str, Figure]] = {}
    for name in names or list(SIZES):
        found[name] = {}
        for figure in measure(SIZES[name]):
            found[name][figure.what] = figure
            sys.stdout.write(figure.line(name) + "\n")
            sys.stdout.flush()
    if {SMALLEST, LARGEST} <= found.keys():
        times = SIZES[LARGEST].children / SIZES[SMALLEST].children
        sys.stdout.writelines(line + "\n" for line in growth(found[SMALLEST], found[LARGEST], times))


if __name__ == "__main__":
    main(sys.argv[1:])
