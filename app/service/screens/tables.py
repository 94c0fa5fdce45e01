"""The lists of the program as tables to be handed in: children, cases, contacts, papers, today, the months of classes.

Numbers and telephones are masked as the lists mask them.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.domain.office_table import NUMBER, OfficeTable, TableColumn, Value, numbered
from app.domain.records import CaseFile, ClassGroup, Contact
from app.domain.todo import State
from app.errors import UserError
from app.service.cases.child_words import ChildWords
from app.service.cases.numbers import case_names
from app.service.office.classes import find_class
from app.service.office.desk import Desk
from app.service.office.grades import name_on
from app.service.papers.listing import PaperEntry, list_papers
from app.service.rolls.month_table import Month, month_of, month_table
from app.service.rolls.register import classes_with_pupils
from app.service.screens.case_rows import CaseLine, case_rows
from app.service.screens.students_rows import ChildRow, student_rows
from app.service.screens.today import TaskRow, today_view
from app.store.queries.children import pupils_on

STUDENTS, CASES, CONTACTS, PAPERS, TODAY, ROLL = "students", "cases", "contacts", "papers", "today", "roll"
BY_CLASS, BY_MONTH = (STUDENTS, CASES, CONTACTS, ROLL), (CONTACTS, PAPERS, ROLL)
STATES: dict[State, str] = {"overdue": "逾期", "today": "今天", "week": "本周", "waiting": "等对方"}
NUMBERS = TableColumn(NUMBER, 2.5, centred=True)
SCHOOL = TableColumn("学校", 8)
Line = TypeVar("Line", ChildRow, CaseLine, PaperEntry)


@dataclass(frozen=True)
class RowsAsked:
    """Which rows are wanted: of a class, of a month; or those of `ids` in that order, as a page shows them, which
    `about` says in words."""

    class_text: str = ""
    month: Month | None = None
    ids: tuple[str, ...] | None = None
    about: str = ""


EVERYTHING = RowsAsked()


def tables_of(desk: Desk, what: str, asked: RowsAsked = EVERYTHING) -> tuple[OfficeTable, ...]:
    """The tables `what` names: one, or for the months of several classes one a class. Raises UserError where it has no
    classes or months, or there is nothing to show."""
    if asked.class_text and what not in BY_CLASS:
        raise UserError("这张表不分班级。请去掉 --class 再试。")
    if asked.month and what not in BY_MONTH:
        raise UserError("这张表是今天的情况，不分月份。请去掉 --month 再试。")
    return MAKERS[what](desk, asked)


def _students(desk: Desk, asked: RowsAsked) -> tuple[OfficeTable, ...]:
    rows = _wanted(student_rows(desk, asked.ids), asked.ids)
    group, about = _class(desk, asked)
    if group:
        members = {one.id for one in pupils_on(desk.tx, group.id, desk.today)}
        rows = [row for row in rows if row.id in members]
    above = desk.unit.level != "学校"
    columns = (
        NUMBERS,
        TableColumn("姓名", 5),
        *((SCHOOL,) if above else ()),
        TableColumn("班级", 6),
        TableColumn("性别", 2.5, centred=True),
        TableColumn("出生日期", 5.5, centred=True),
        TableColumn("村", 5),
        TableColumn("对象类别", 6),
        TableColumn("监护人", 5),
        TableColumn("联系电话", 6.5),
        TableColumn("身份证件号", 10),
        TableColumn("状态", 11),
    )
    return (_table(desk, "学生名单", columns, [_student(row, above) for row in rows], about),)


def _student(row: ChildRow, above: bool) -> tuple[Value, ...]:
    school = (row.school,) if above else ()
    return (
        row.name,
        *school,
        row.class_name,
        row.gender,
        row.birth or "",
        row.village,
        "、".join(row.groups),
        row.guardian,
        row.phone,
        row.id_no,
        row.state,
    )


def _cases(desk: Desk, asked: RowsAsked) -> tuple[OfficeTable, ...]:
    rows = case_rows(desk)
    rows = [row for row in rows if row.open] if asked.ids is None else _wanted(rows, asked.ids)
    group, about = _class(desk, asked)
    if group:
        members = {one.id for one in pupils_on(desk.tx, group.id, desk.today)}
        rows = [row for row in rows if row.student_id in members]
    above = desk.unit.level != "学校"
    columns = (
        NUMBERS,
        TableColumn("编号", 5),
        TableColumn("学生", 5),
        *((SCHOOL,) if above else ()),
        TableColumn("班级", 6),
        TableColumn("立案日期", 5.5, centred=True),
        TableColumn("立案依据", 12),
        TableColumn("连续旷课", 3, centred=True),
        TableColumn("阶段", 7),
        TableColumn("下一步", 12),
        TableColumn("期限", 5.5, centred=True),
    )
    notes = ("连续旷课按上课日计，单位：天。",)
    return (_table(desk, "个案一览表", columns, [_case(row, above) for row in rows], about, notes),)


def _case(row: CaseLine, above: bool) -> tuple[Value, ...]:
    school = (row.school,) if above else ()
    ends = (row.stage, row.next_action, row.due_on or "")
    return (row.no, row.student, *school, row.class_name, row.opened_on, row.rule, row.days or "", *ends)


def _contacts(desk: Desk, asked: RowsAsked) -> tuple[OfficeTable, ...]:
    found = [one for one in desk.tx.find(Contact, order="happened_on, id") if one.happened_on <= desk.today]
    if asked.month:
        found = [one for one in found if month_of(one.happened_on) == asked.month]
    group, about = _class(desk, asked)
    if group:
        members = {one.id for one in pupils_on(desk.tx, group.id, desk.today)}
        found = [one for one in found if one.student_id in members]
    columns = (
        NUMBERS,
        TableColumn("日期", 5.5, centred=True),
        TableColumn("学生", 5),
        *(() if desk.unit.level == "学校" else (SCHOOL,)),
        TableColumn("班级", 6),
        TableColumn("个案", 5),
        TableColumn("方式", 3, centred=True),
        TableColumn("层级", 3, centred=True),
        TableColumn("联系人", 5),
        TableColumn("结果", 5),
        TableColumn("情况记录", 16),
        TableColumn("承诺返校日", 5.5, centred=True),
    )
    of_month = asked.month.words if asked.month else ""
    return (_table(desk, "劝返动员记录表", columns, _contact_rows(desk, found), about + of_month),)


def _contact_rows(desk: Desk, found: Sequence[Contact]) -> list[tuple[Value, ...]]:
    words = ChildWords(desk, {one.student_id for one in found})
    cases = {one.id: one for one in desk.tx.find(CaseFile, id=tuple({one.case_id for one in found}))}
    names, above = case_names(desk), desk.unit.level != "学校"
    return [
        (
            one.happened_on,
            words.name(one.student_id),
            *((words.school(one.student_id),) if above else ()),
            words.class_name(one.student_id),
            names.of(cases[one.case_id]) if one.case_id in cases else "",
            one.method,
            one.level,
            one.by_whom,
            one.outcome,
            one.text,
            one.promised_on or "",
        )
        for one in found
    ]


def _papers(desk: Desk, asked: RowsAsked) -> tuple[OfficeTable, ...]:
    rows = _wanted(list_papers(desk), asked.ids)
    if asked.month:
        rows = [one for one in rows if month_of(one.issued_on) == asked.month]
    columns = (
        NUMBERS,
        TableColumn("文号", 9),
        TableColumn("文书", 9),
        TableColumn("学生", 5),
        TableColumn("个案", 7),
        TableColumn("出具日期", 5.5, centred=True),
        TableColumn("状态", 4, centred=True),
        TableColumn("说明", 14),
    )
    about = asked.month.words if asked.month else asked.about
    return (_table(desk, "文书登记簿", columns, [_paper(one) for one in rows], about),)


def _paper(one: PaperEntry) -> tuple[Value, ...]:
    remarks = (
        f"作废：{one.reason}" if one.voided else "",
        f"提前出具：{one.forced}" if one.forced else "",
    )
    state = "已作废" if one.voided else "有效"
    said = "；".join(filter(None, remarks))
    return (one.called, one.kind, one.student, one.case, one.issued_on, state, said)


def _today(desk: Desk, asked: RowsAsked) -> tuple[OfficeTable, ...]:
    tasks = today_view(desk).tasks
    columns = (
        NUMBERS,
        TableColumn("缓急", 3.5, centred=True),
        TableColumn("期限", 6, centred=True),
        TableColumn("要办的事", 22),
        TableColumn("依据和情况", 24),
        TableColumn("办理情况", 8),
    )
    return (_table(desk, "要办的事", columns, [_task(one) for one in tasks], asked.about),)


def _task(one: TaskRow) -> tuple[Value, ...]:
    return (STATES[one.state], one.due, one.title, one.why, "")


def _months(desk: Desk, asked: RowsAsked) -> tuple[OfficeTable, ...]:
    month = asked.month or month_of(desk.today)
    if month.first > desk.today:
        raise UserError(f"{month.words}还没有到，没有考勤。请写已经过去的月份或本月。")
    if asked.ids is not None:
        groups = [desk.tx.get(ClassGroup, one) for one in asked.ids]
    elif group := _class(desk, asked)[0]:
        groups = [group]
    else:
        day = min(desk.today, month.last)
        groups = [desk.tx.get(ClassGroup, one) for one, _name, _stage in classes_with_pupils(desk, day)]
    if not groups:
        raise UserError(f"{month.words}没有班级可以出考勤表。请先导入名册。")
    return tuple(month_table(desk, one, month) for one in groups)


def _table(
    desk: Desk,
    title: str,
    columns: tuple[TableColumn, ...],
    rows: list[tuple[Value, ...]],
    about: str = "",
    notes: tuple[str, ...] = (),
) -> OfficeTable:
    return OfficeTable(
        title=title,
        unit=desk.unit.name,
        day=desk.today,
        columns=columns,
        rows=numbered(rows),
        about=about,
        notes=(*notes, f"共{len(rows)}行。"),
    )


def _class(desk: Desk, asked: RowsAsked) -> tuple[ClassGroup | None, str]:
    """The class asked for and its name; none, and what else is said of the rows."""
    if not asked.class_text:
        return None, asked.about
    group = find_class(desk, asked.class_text)
    return group, name_on(desk, group, desk.today)


def _wanted(rows: Iterable[Line], ids: Collection[str] | None) -> list[Line]:
    """All rows, or those of `ids` in their order."""
    if ids is None:
        return list(rows)
    known = {row.id: row for row in rows}
    return [known[one] for one in ids if one in known]


Maker = Callable[[Desk, RowsAsked], tuple[OfficeTable, ...]]
MAKERS: dict[str, Maker] = {
    STUDENTS: _students,
    CASES: _cases,
    CONTACTS: _contacts,
    PAPERS: _papers,
    TODAY: _today,
    ROLL: _months,
}
"""What can be written out → how its tables are made."""
WORDS: Sequence[str] = tuple(MAKERS)
