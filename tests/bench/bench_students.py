"""The page of 12,000 children: opening and filtering beside a bare table of the same strings, the next child's facts
after a save beside reading every child anew, and the longest moment the window's thread was held. Run by hand, not a
test.

QT_QPA_PLATFORM=offscreen python -m tests.bench.bench_students
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

from PySide6.QtCore import QSettings, QSortFilterProxyModel, Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView

from app.bootstrap import create_program
from app.demo.school import GIVEN, SURNAMES, VILLAGES
from app.domain.identity import check_digit
from app.domain.records import Absence, ClassGroup, Guardian, Roll, Student
from app.service.office.desk import Desk
from app.service.office.units import UnitEntry
from app.service.program import Program
from app.service.screens.students import save_student, student_whole
from app.service.screens.students_rows import student_rows
from ui.bus import Bus
from ui.context import Context
from ui.pages.roster.wizard import RosterWizard
from ui.pages.students.page import StudentsPage
from ui.preferences import Preferences
from ui.tasks import Tasks
from ui.theme import dress
from ui.widgets.student_columns import COLUMNS

CHILDREN, CLASS_SIZE = 12_000, 50
TODAY = date(2026, 11, 20)
TYPED = ("w", "wj", "wjg", "", "王", "王建", "", "2016", "201603", "")


def fill(desk: Desk) -> None:
    """Classes, children, guardians, a called day, and one child in a hundred missing it."""
    random, new = Random(1), desk.tx.new_id
    groups = [
        ClassGroup(id=new(), school_id=desk.unit.id, stage="小学", entry_year=2021 + n % 6, number=n // 6 + 1)
        for n in range(CHILDREN // CLASS_SIZE)
    ]
    rolls = [_roll(new(), group.id) for group in groups]
    children: list[Student] = []
    rest: list[Guardian | Absence] = []
    for number in range(CHILDREN):
        place = number % len(groups)
        child = _child(random, new(), groups[place])
        children.append(child)
        rest.append(Guardian(id=new(), student_id=child.id, name=f"{child.name[0]}强", phone=child.phone))
        if number % 100 == 0:
            rest.append(
                Absence(id=new(), roll_id=rolls[place].id, student_id=child.id, day=TODAY, kind="旷课")
            )
    desk.tx.add_all([*groups, *rolls, *children])
    desk.tx.add_all(sorted(rest, key=lambda one: type(one).__name__))


def _roll(roll_id: str, class_id: str) -> Roll:
    return Roll(
        id=roll_id,
        class_id=class_id,
        day=TODAY,
        session="全天",
        by_whom="陈老师",
        expected=CLASS_SIZE,
        present=CLASS_SIZE,
        entered_on=TODAY,
    )


def _child(random: Random, child_id: str, group: ClassGroup) -> Student:
    birth = date(group.entry_year - 6, random.randrange(1, 13), random.randrange(1, 29))
    body = f"350425{birth:%Y%m%d}{random.randrange(100, 1000)}"
    return Student(
        id=child_id,
        name=random.choice(SURNAMES) + random.choice(GIVEN),
        class_id=group.id,
        gender=random.choice("男女"),
        birth=birth,
        id_no=body + check_digit(body),
        village=random.choice(VILLAGES),
        phone=f"139{random.randrange(10**8):08d}",
    )


class Heartbeat:
    """Beats as often as the window's thread lets it; remembers the longest gap, in ms."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setInterval(2)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def reset(self) -> None:
        """Begin anew."""
        self.longest, self._last = 0.0, time.perf_counter()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000)
        self._last = now


def until(done: Callable[[], bool]) -> float:
    """Let the window live until `done`; seconds it took."""
    start = time.perf_counter()
    while not done():
        QApplication.processEvents()
    QApplication.processEvents()
    return time.perf_counter() - start


def bare_table(strings: list[list[str]]) -> tuple[float, float]:
    """Seconds to open a plain QTableView of the same strings, and for all filterings by its proxy."""
    start = time.perf_counter()
    model = QStandardItemModel()
    for line in strings:
        model.appendRow([QStandardItem(text) for text in line])
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(model)
    proxy.setFilterKeyColumn(-1)
    view = QTableView()
    view.setModel(proxy)
    view.resize(1250, 660)
    view.show()
    QApplication.processEvents()
    opened = time.perf_counter() - start
    start = time.perf_counter()
    for text in TYPED:
        proxy.setFilterFixedString(text)
        QApplication.processEvents()
    return opened, time.perf_counter() - start


def page_of(program: Program, folder: Path) -> StudentsPage:
    """The page over a program."""
    bus = Bus()
    preferences = Preferences(QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat))
    context = Context(
        Tasks(program, bus), bus, TODAY, "陈老师", "石桥小学", "学校", preferences, program, folder
    )
    return StudentsPage(context, RosterWizard(context))


def measure(program: Program, folder: Path) -> None:
    """Open, filter, sort and refresh; print the times."""
    heart = Heartbeat()
    page = page_of(program, folder)
    page.resize(1250, 660)
    page.show()
    until(lambda: page.context.tasks.running == 0)
    heart.reset()
    page.refresh()
    read = until(lambda: page.context.tasks.running == 0)
    reading_gap = heart.longest
    rows = page.model.rows
    start = time.perf_counter()
    page.model.set_rows(rows)
    QApplication.processEvents()
    opened = time.perf_counter() - start
    heart.reset()
    each = []
    for text in TYPED:
        start = time.perf_counter()
        page.filters.text.setText(text)
        QApplication.processEvents()
        each.append(time.perf_counter() - start)
    filter_gap = heart.longest
    heart.reset()
    for place in range(len(COLUMNS)):
        page.view.sortByColumn(place, Qt.SortOrder.DescendingOrder)
        QApplication.processEvents()
    bar = page.view.verticalScrollBar()
    for place in range(0, bar.maximum(), bar.maximum() // 200):
        bar.setValue(place)
        QApplication.processEvents()
    sort_gap = heart.longest
    bare_open, bare_filter = bare_table([[one.words(row) for one in COLUMNS] for row in rows])
    sys.stdout.write(
        f"{len(rows)} children: read in the worker {read:.2f} s (longest gap {reading_gap:.0f} ms)\n"
        f"show {opened * 1000:.0f} ms, bare table {bare_open * 1000:.0f} ms, ratio {opened / bare_open:.2f}\n"
        f"filter {1000 * sum(each) / len(each):.0f} ms a key (worst {1000 * max(each):.0f}), bare table "
        f"{1000 * bare_filter / len(TYPED):.0f} ms, ratio {sum(each) / bare_filter:.2f}; "
        f"longest gap {filter_gap:.0f} ms\nsort and scroll: longest gap {sort_gap:.0f} ms\n"
    )
    after_a_save(program, page)
    page.context.tasks.close()


def after_a_save(program: Program, page: StudentsPage) -> None:
    """Save one child and open the next; print how long that took beside reading the whole table and the next child."""
    tasks, rows = page.context.tasks, page.model.rows
    page.view.selectRow(0)
    page.open_current(focus=False)
    until(lambda: tasks.running == 0)
    tasks.read(page, student_rows, then=lambda _rows: None)
    tasks.read(page, student_whole, rows[1].id, then=lambda _whole: None)
    whole = until(lambda: tasks.running == 0)
    done = program.write(save_student, rows[0].id, {"村": "新建村"})
    start = time.perf_counter()
    page.context.bus.changed.emit(done.changes, None)
    page.detail.show_student(rows[1], now=True)
    until(page.detail.facts.isVisible)
    took = time.perf_counter() - start
    sys.stdout.write(
        f"next child after a save {took * 1000:.0f} ms, everybody and the next child {whole * 1000:.0f} ms, "
        f"ratio {took / whole:.2f}\n"
    )


def main() -> None:
    application = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(application, QApplication)
    dress(application, 100)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        unit = UnitEntry(level="school", name="石桥小学", rules="mengjin")
        program, _, _ = create_program(folder / "data", "bench", "陈老师", TODAY, unit)
        with program:
            program.write(fill)
            measure(program, folder)


if __name__ == "__main__":
    main()
