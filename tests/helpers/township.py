"""A township with children to be ordered back to school: some visited five times, some three times, two schools."""

from datetime import date
from pathlib import Path

from app.bootstrap import create_program
from app.domain.records import CaseFile, Student
from app.service.cases.contacts import Visit, add_contact
from app.service.cases.opening import open_case
from app.service.children.students import NewStudent, add_student
from app.service.office.desk import RULE_SET, Desk
from app.service.office.units import UnitEntry
from app.service.program import Program, Renderer

TODAY = date(2026, 9, 21)
UNIT = UnitEntry(level="township", name="湖美乡", county="大田县", rules="datian")
ORDER = "限期复学通知书"
NAMES = ("吴梓涵", "阿卜杜热合曼·买买提艾力", "欧阳小满", "何知秋", "𠮷田真", "林一帆")
VISITED, EARLY = NAMES[:4], NAMES[4:]  # five visits, three visits
SCHOOLS = ("湖美中学", "桃源中学")
VISITS = (8, 10, 14, 16, 18)  # of September
GIVEN = {
    "家庭详细住址": "湖美乡上丰村12号",
    "年级": "七",
    "学校联系人": "林老师",
    "学校联系电话": "0598-7000000",
    "机关联系电话": "0598-7111111",
    "写明复议": "否",
}
COMMON = ("学校联系人", "学校联系电话", "机关联系电话", "写明复议")
OWN = ("家庭详细住址", "年级")


COUNTY = UnitEntry(level="county", name="大田县", rules="datian")
FIVE = """# A county that makes five visits a condition of the order; no shipped document does.
id = "five-visits"
name = "大田县（2026）"
source = "大田县规定"
in_force_from = 2023-09-28
extends = "datian"

[[rule]]
key = "动员次数"
event = "乡镇动员"
start = "报告"
op = ">="
number = 5
unit = "次"
acts = ["动员次数"]
effect = "方可制发限期复学通知书"
"""


def ask_for_five_visits(program: Program) -> None:
    """From now on the office goes by a county that makes five visits a condition of the order."""
    program.write(_take_five)


def _take_five(desk: Desk) -> None:
    desk.folder.rules.mkdir(parents=True, exist_ok=True)
    (desk.folder.rules / "five-visits.toml").write_text(FIVE, encoding="utf-8")
    desk.tx.set_setting(RULE_SET, "five-visits")


def township(folder: Path, renderer: Renderer | None = None, unit: UnitEntry = UNIT) -> Program:
    """The office, opened; its password is `demo`. Every second child is of the second school, numbered anew there.
    With `unit=COUNTY` the same children as a county has them."""
    program, _, _ = create_program(folder / "data", "demo", "林干事", TODAY, unit, renderer)
    ask_for_five_visits(program)
    for place, name in enumerate(NAMES):
        program.write(_child, name, SCHOOLS[place % 2], VISITS if name in VISITED else VISITS[:3])
    return program


def case_of(program: Program, name: str) -> str:
    """The id of a child's case."""
    return str(program.read(_case_id, name))


def rename(program: Program, old: str, new: str) -> None:
    """Call a child by another name, as another child is called too."""
    case = case_of(program, old)
    program.write(lambda desk: desk.tx.change(Student, desk.tx.get(CaseFile, case).student_id, name=new))


def _child(desk: Desk, name: str, school: str, visits: tuple[int, ...]) -> None:
    entry = NewStudent(
        name=name,
        gender="男",
        birth=date(2014, 9, 10),
        guardian="家长",
        phone="13900009999",
        village="上丰村",
        school=school,
        class_text="七年级1班",
    )
    child = desk.tx.get(Student, add_student(desk, entry).id)
    open_case(desk, child, "排查发现", date(2026, 9, 7), absent_since=date(2026, 9, 1), note="外出务工未归")
    for day in visits:
        visit = Visit(day=date(2026, 9, day), method="家访", outcome="拒绝", by_whom="林干事", level="乡镇")
        add_contact(desk, _case_id(desk, name), visit)


def _case_id(desk: Desk, name: str) -> str:
    (row,) = desk.tx.rows(
        "SELECT c.id FROM case_file c JOIN student s ON s.id = c.student_id WHERE s.name = ?", [name]
    )
    return str(row["id"])
