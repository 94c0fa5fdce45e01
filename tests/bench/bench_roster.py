"""A roster in the layout of the 学籍 template (60 columns) imported, beside reading the same file bare and writing the
same records bare. Run by hand, not a test.

python -m tests.bench.bench_roster [children …]

Bare reading is the reader's library alone; bare writing is `INSERT` alone, of cells made before, without a journal.
Both run in the same process as ours; every time is processor time.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from python_calamine import load_workbook

from app.bootstrap import create_program
from app.demo.school import TODAY
from app.domain.changes import Done
from app.domain.records import Enrolment, Guardian, Record, SpecialGroup, Student
from app.roster.roster_file import read_roster
from app.service.children.rosters import import_roster, undo_import
from app.service.office.desk import Desk
from app.service.program import Program
from app.store.rows import Table, table_of
from tests.helpers.crowd import UNIT, roster_row

SIZES = (1_000, 10_000)
CHILD = (
    "学校标识码", "姓名", "性别", "出生日期", "出生地", "籍贯", "民族", "国籍/地区", "身份证件类型", "港澳台侨外",
    "健康状况", "政治面貌", "身份证件号", "户口性质", "户口所在地", "班级", "入学年月", "入学方式", "就读方式",
    "现住址", "通信地址", "家庭地址", "联系电话", "邮政编码", "是否独生子女", "是否受过学前教育", "是否留守儿童",
    "是否需要申请资助", "是否享受一补", "是否孤儿", "是否烈士或优抚子女", "上下学距离（公里）", "学籍辅号", "残疾类型",
    "随班就读", "是否进城务工人员随迁子女",
)  # fmt: skip
MEMBER = (
    "姓名", "关系", "关系说明", "现住址", "户口所在地", "联系电话", "是否监护人", "身份证件类型", "身份证件号", "民族",
    "工作单位", "职务",
)  # fmt: skip
HEADER = (*CHILD, *(f"成员{n}{part}" for n in (1, 2) for part in MEMBER))


def line_of(n: int) -> tuple[str, ...]:
    """Child number `n` as a line under `HEADER`."""
    name, gender, born, id_no, group, address, _village, parent, phone = roster_row(n)
    child = (
        "2135000123", name, gender, born.replace("-", ""), "大田县", "福建", "汉族", "中国", "居民身份证", "否",
        "健康", "群众", id_no, "农业", "福建省三明市大田县湖美乡", group, "202209", "就近入学", "走读", address,
        address, address, phone, "366100", "否", "是", "非留守儿童", "否",
        "否", "否", "否", "2.5", "", "无残疾", "否", "否",
    )  # fmt: skip
    family = ((parent, "父亲"), (f"{parent}妻", "母亲"))
    members = (
        (who, kin, "", address, "大田县", phone, "是", "居民身份证", "", "汉族", "在家务农", "")
        for who, kin in family
    )
    return child + tuple(cell for member in members for cell in member)


def write_file(path: Path, children: int) -> None:
    """The roster as a workbook."""
    book = Workbook(write_only=True)
    page = book.create_sheet("学生基本信息")
    page.append(HEADER)
    for n in range(children):
        page.append(line_of(n))
    book.save(path)


def seconds(work: Callable[[], object]) -> float:
    """How long `work` keeps the processor, whatever else the machine does."""
    start = time.process_time()
    work()
    return time.process_time() - start


def same_cells(desk: Desk, written: Mapping[str, frozenset[str]]) -> list[tuple[str, list[list[Any]]]]:
    """What the import wrote once more under new ids, as SQL and cells: ready for nothing but to be written."""
    tx = desk.tx
    ids = {student_id: tx.new_id() for student_id in written["student"]}
    found: list[tuple[str, list[list[Any]]]] = []
    kinds: tuple[type[Record], ...] = (Student, Enrolment, Guardian, SpecialGroup)
    for kind in kinds:
        table: Table[Any] = table_of(kind)
        records: list[Any] = tx.find(kind, id=written.get(table.name, frozenset()))
        twins = [
            replace(one, id=ids[one.id])
            if kind is Student
            else replace(one, id=tx.new_id(), student_id=ids[one.student_id])
            for one in records
            if kind is Student or one.student_id in ids
        ]
        found.append((table.insert, [table.cells(one) for one in twins]))
    return found


def write_bare(desk: Desk, work: list[tuple[str, list[list[Any]]]]) -> None:
    """The same rows without file, comparison, check, record or journal."""
    with desk.tx.replaying():
        write_journaled(desk, work)


def write_journaled(desk: Desk, work: list[tuple[str, list[list[Any]]]]) -> None:
    """The same rows with the journal's triggers, which no write can do without."""
    for sql, rows in work:
        desk.tx._db.conn.executemany(sql, rows)


def measure(program: Program, roster: Path, children: int) -> None:
    """Print what each step takes, and its ratio to bare reading and writing."""
    done: list[Done[Any]] = []
    raw_read = seconds(lambda: load_workbook(roster).get_sheet_by_index(0).to_python(skip_empty_area=False))
    read = seconds(lambda: read_roster(roster, TODAY))
    imported = seconds(lambda: done.append(program.write(import_roster, roster)))
    cells = program.read(same_cells, done[0].changes.rows)
    raw_write = seconds(lambda: program.write(write_bare, cells))
    cells = program.read(same_cells, done[0].changes.rows)
    journaled = seconds(lambda: program.write(write_journaled, cells))
    undone = seconds(lambda: program.write(undo_import, done[0].value.run))
    raw = raw_read + raw_write
    sys.stdout.write(
        f"{children} children × {len(HEADER)} columns: bare reading {raw_read:.2f} s, bare writing {raw_write:.2f} s\n"
        f"  read {read:.2f} s, ratio to bare reading {read / raw_read:.1f}\n"
        f"  import {imported:.2f} s, ratio to both {imported / raw:.1f},"
        f" with the journal written bare ({journaled:.2f} s) {imported / (raw_read + journaled):.1f}\n"
        f"  undo {undone:.2f} s, ratio to both {undone / raw:.1f}\n"
    )


def main(sizes: tuple[int, ...]) -> None:
    for children in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_file(folder / "roster.xlsx", children)
            program, _, _ = create_program(folder / "data", "bench", "陈老师", TODAY, UNIT)
            with program:
                measure(program, folder / "roster.xlsx", children)


if __name__ == "__main__":
    main(tuple(int(text) for text in sys.argv[1:]) or SIZES)
