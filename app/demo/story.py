"""What happened at the invented school in the autumn of 2026, played through the real use cases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from app.bootstrap import create_program
from app.demo.school import COUNTY, SCHOOL, TODAY, TOWNSHIP, write_roster
from app.service.cases.contacts import Visit, add_contact
from app.service.cases.ends import observe
from app.service.cases.reading import list_cases
from app.service.children.rosters import import_roster
from app.service.children.students import find_student, list_students
from app.service.delivery import issue_to
from app.service.office.calendars import set_term
from app.service.office.setup_tasks import note_recovery_code
from app.service.office.units import UnitEntry
from app.service.program import Program, Renderer
from app.service.rolls.leaves import add_leave
from app.service.rolls.register import classes_with_pupils
from app.service.rolls.roll_call import AbsenceEntry, take_roll
from app.service.screens.agenda import today_list

OPERATOR = "陈老师"
FIRST_DAY = date(2026, 9, 1)
Say = Callable[[str], None]


@dataclass(frozen=True)
class Truant:
    """A child of the story: class, place in it, and the days missed without leave."""

    class_name: str
    place: int
    days: tuple[date, ...]


def _november(*days: int) -> tuple[date, ...]:
    return tuple(date(2026, 11, day) for day in days)


REPORTED = Truant("五年级1班", 2, _november(16, 17, 18, 19, 20))
VISITED = Truant("六年级1班", 5, _november(17, 18, 19, 20))
NEW = Truant("三年级1班", 7, _november(18, 19, 20))
BACK = Truant("四年级1班", 3, _november(3, 4, 5, 6))
EXCUSED = Truant("二年级1班", 1, _november(10, 11, 12))
WARNED = Truant("六年级1班", 9, _november(19, 20))
TRUANTS = (REPORTED, VISITED, NEW, BACK, EXCUSED, WARNED)
UNCALLED = ("一年级1班", date(2026, 11, 19))


def run_demo(out: Path, today: date, renderer: Renderer | None, say: Say) -> None:
    """Build the school in a throw-away folder and run the main job on it; papers and roster go to `out`.

    The story has its own day (`school.TODAY`), so `today` only stands in the closing line.
    """
    out.mkdir(parents=True, exist_ok=True)
    roster = out / "石桥小学名册.xlsx"
    write_roster(roster)
    with TemporaryDirectory(prefix="guixue-demo-", ignore_cleanup_errors=True) as folder:
        program = build_demo(Path(folder) / "data", roster, renderer, say)
        with program:
            _show(program, say)
            _papers(program, out, say)
    say(f"演示日期是{TODAY.isoformat()}，学生和事情都是编的（运行于{today.isoformat()}）。文书在：{out}")


def build_demo(folder: Path, roster: Path, renderer: Renderer | None, say: Say) -> Program:
    """The demo school in `folder`, open on its day: roster in, a term called, cases in several stages."""
    unit = UnitEntry(
        level="school",
        name=SCHOOL,
        code="2135042501",
        county=COUNTY,
        township=TOWNSHIP,
        rules="mengjin",
    )
    program, _, _ = create_program(
        folder, "demo", OPERATOR, TODAY, unit, renderer, portable=True
    )  # portable: it leaves nothing in the user's profile
    program.write(note_recovery_code)
    program.write(set_term, FIRST_DAY, date(2027, 1, 22))
    done = program.write(import_roster, roster).value
    say(f"导入名册：新增{done.added}名学生，{len(done.rejected)}行有问题")
    rolls = _call_the_term(program)
    say(f"点名：{rolls}次，缺勤达到规则时自动立案")
    _visits(program)
    return program


def _call_the_term(program: Program) -> int:
    """Every class on every 上课日 so far, each as of its own day, with a few sick days; one class forgot one day."""
    random = Random(11)
    days = program.read(lambda desk: desk.calendar.school_days(FIRST_DAY, TODAY))
    classes = [name for _, name, _ in program.read(classes_with_pupils)]
    pupils = {name: [row.name for row in program.read(list_students, class_text=name)] for name in classes}
    count = 0
    for day in days:
        program.today = day
        for name in classes:
            if (name, day) != UNCALLED:
                program.write(take_roll, name, day, _absences(random, name, pupils[name], day))
                count += 1
    program.today = TODAY
    return count


def _absences(random: Random, class_name: str, pupils: list[str], day: date) -> list[AbsenceEntry]:
    truants = [one for one in TRUANTS if one.class_name == class_name]
    entries = [AbsenceEntry(pupils[one.place], "旷课") for one in truants if day in one.days]
    places = {one.place for one in truants}
    if random.random() < 0.2:
        place = random.randrange(len(pupils))
        if place not in places:
            entries.append(AbsenceEntry(pupils[place], random.choice(("病假", "事假"))))
    return entries


def _visits(program: Program) -> None:
    cases = {row.student: row.id for row in program.read(list_cases, everything=True)}

    def visit(one: Truant, day: date, method: str, outcome: str, **more: Any) -> None:
        promise = more.pop("promise", None)
        case_id = cases[_name_of(program, one)]
        record = Visit(
            day=day, method=method, outcome=outcome, by_whom=OPERATOR, promise=promise, details=more
        )
        program.write(add_contact, case_id, record)

    told = {
        "family": "父母在外地打工，由爷爷奶奶照看",
        "guardian_attitude": "爷爷愿意配合，说劝不动孩子",
        "student_attitude": "数学跟不上，不想来",
        "measures": "商定由班主任和同桌每天放学后补课半小时，路费由学校解决",
        "found_cause": "学习困难",
        "living_place": "柳河镇石桥村爷爷家",
        "companions": "爷爷奶奶",
    }
    visit(REPORTED, date(2026, 11, 18), "电话", "无人接听", text="打了三次，没有人接")
    visit(REPORTED, date(2026, 11, 19), "家访", "拒绝", **told)
    visit(VISITED, date(2026, 11, 20), "家访", "同意返校", promise=date(2026, 11, 23), **told)
    visit(BACK, date(2026, 11, 6), "家访", "同意返校", promise=date(2026, 11, 9), **told)
    program.write(observe, cases[_name_of(program, BACK)], date(2026, 11, 16), in_school=True)
    excused = _name_of(program, EXCUSED)
    program.write(
        lambda desk: add_leave(
            desk,
            find_student(desk, excused),
            date(2026, 11, 10),
            date(2026, 11, 12),
            "病假",
            "班主任",
            proof="镇卫生院病历，返校后补交",
        )
    )


def _name_of(program: Program, one: Truant) -> str:
    return program.read(list_students, class_text=one.class_name)[one.place].name


def _show(program: Program, say: Say) -> None:
    say("")
    say("今天（11月20日）要办的事：")
    for task in program.read(today_list):
        say(f"  {task.student} {task.what}——{task.why}")
    say("")
    say("个案：")
    for row in program.read(list_cases, everything=True):
        say(f"  {row.no} {row.student} {row.class_name} {row.stage} 下一步：{row.next_action or '无'}")
    say("")


def _papers(program: Program, out: Path, say: Say) -> None:
    cases = {row.student: row.id for row in program.read(list_cases, everything=True)}
    typed = {"学校联系电话": "13900001234", "限期": "7日"}
    for kind, one in (
        ("报告单", REPORTED),
        ("学校情况记录表", REPORTED),
        ("返校通知书", REPORTED),
        ("家访表", NEW),
    ):
        case_id = cases[_name_of(program, one)]
        used = typed if kind == "返校通知书" else {}
        paper = issue_to(program, kind, case_id, out, typed=used, pdf=program.renderer is not None)
        say(f"文书：{paper.number} {paper.docx}")
