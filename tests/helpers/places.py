"""Every place of the window a person can come to on the demo school: pages, panels, steps, tabs.

The pictures are taken of them, and the checks of words, names and keys walk through them.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar, cast

from app.domain.records import CaseFile
from app.service.cases.numbers import find_case
from app.service.delivery import issue_to
from app.service.program import Program
from app.service.screens.today import TaskRow
from tests.helpers.papers import case_id
from tests.helpers.sheets import workbook
from ui.main_window import MainWindow
from ui.pages.cases.page import CasesPage
from ui.pages.page import Page
from ui.pages.papers.page import PapersPage
from ui.pages.roll.page import RollPage
from ui.pages.roster.wizard import RosterWizard
from ui.pages.settings.calendar import CalendarPart
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.rules import RulesPart
from ui.pages.settings.staff import StaffPart
from ui.pages.settings.trial import TrialPanel
from ui.pages.students.page import StudentsPage
from ui.pages.today.page import TodayPage
from ui.widgets.side_panel import SidePanel

P = TypeVar("P", bound=Page)
Steps = Iterator[None]
"""What is done to come to a place; after every step the window is given time to answer."""
Reach = Callable[[MainWindow, Path], Steps]

BACK, REPORTED, READY = "2026-001", "2026-003", "2026-005"  # cases of the demo school
ISSUED = (("报告单", REPORTED), ("学校情况记录表", REPORTED), ("家访表", READY))
DAY = date(2026, 11, 19)  # 一年级1班 was not called on it
LETTER = "返校通知书"
ROSTER = (
    ("石桥小学五年级名册", "", "", "", ""),
    ("姓名", "班级", "出生日期", "身份证件号", "爱好"),
    ("欧阳小满", "五年级2班", "2015-03-12", "", "画画"),
    ("阿卜杜热合曼·买买提艾力", "五年级2班", "2015年3月1日", "", "足球"),
    ("周晓航", "五年级2班", "2015-02-30", "", ""),
    ("李一诺", "五年级2班", "2015-03-01", "350425201503010018", ""),
)
STUDENT_TABS = ("facts", "guardians", "days", "cases", "papers", "files", "history", "stays")
WIZARD_TABS = ("new", "problems", "mapping")  # what this roster has to show
SETTINGS = ("unit", "staff", "calendar", "rules", "password", "backup", "look")


def issue_some(program: Program, folder: Path) -> None:
    """A few papers for the 文书登记 of the demo school; the program must have a renderer."""
    for kind, no in ISSUED:
        issue_to(program, kind, case_id(program, no), folder / "papers")


def close_panels(window: MainWindow) -> None:
    """Close what slid in, without asking."""
    for panel in window.findChildren(SidePanel):
        if panel.isVisible():
            panel.dismiss()


def page_of(window: MainWindow, kind: type[P]) -> P:
    """The page of that kind, gone to, with nothing open on it."""
    close_panels(window)
    window.go(kind.key)
    found = window.page
    assert isinstance(found, kind)
    return found


def _today(tab: int) -> Reach:
    def reach(window: MainWindow, _folder: Path) -> Steps:
        page_of(window, TodayPage).tabs.setCurrentIndex(tab)
        yield

    return reach


def _roll(panel: str = "") -> Reach:
    def reach(window: MainWindow, _folder: Path) -> Steps:
        page = page_of(window, RollPage)
        page.open_target({"class": "一年级1班"})
        yield
        if panel:
            getattr(page.foot, panel).click()
        yield

    return reach


def _unsettled_roll(window: MainWindow, _folder: Path) -> Steps:
    page = page_of(window, RollPage)
    page.open_target({"class": "一年级1班", "date": DAY})
    yield


def _holiday(window: MainWindow, _folder: Path) -> Steps:
    page = page_of(window, RollPage)
    page.open_target({"class": "一年级1班", "date": date(2026, 10, 1)})
    yield


def _students(window: MainWindow, _folder: Path) -> Steps:
    page = page_of(window, StudentsPage)
    page.close_wizard()
    page.close_detail()
    page.filters.clear()
    yield


def _nobody(window: MainWindow, folder: Path) -> Steps:
    yield from _students(window, folder)
    page_of(window, StudentsPage).filters.text.setText("没有这个人")
    yield


def _student(tab: int) -> Reach:
    def reach(window: MainWindow, folder: Path) -> Steps:
        yield from _students(window, folder)
        page = page_of(window, StudentsPage)
        page.filters.text.setText("周文静")
        page.open_current()
        yield
        page.detail.tabs.setCurrentIndex(tab)
        yield

    return reach


def _edit(window: MainWindow, folder: Path) -> Steps:
    yield from _student(0)(window, folder)
    page_of(window, StudentsPage).detail.ask_edit()
    yield


def _leave(window: MainWindow, folder: Path) -> Steps:
    yield from _student(0)(window, folder)
    page_of(window, StudentsPage).detail.ask_move()
    yield


def _add(window: MainWindow, folder: Path) -> Steps:
    yield from _students(window, folder)
    page_of(window, StudentsPage).add()
    yield


def _wizard(window: MainWindow, folder: Path) -> Steps:
    yield from _students(window, folder)
    page_of(window, StudentsPage).open_wizard()
    yield


def _preview(tab: int) -> Reach:
    def reach(window: MainWindow, folder: Path) -> Steps:
        yield from _wizard(window, folder)
        wizard = cast(RosterWizard, page_of(window, StudentsPage).wizard)
        wizard.read_file(workbook(folder / "五年级名册.xlsx", ROSTER))
        yield
        wizard.preview_step.tabs.setCurrentIndex(tab)
        yield

    return reach


def _cases(window: MainWindow, _folder: Path) -> Steps:
    page_of(window, CasesPage).show_list()
    yield


def _case(*, form: str = "") -> Reach:
    def reach(window: MainWindow, _folder: Path) -> Steps:
        page = page_of(window, CasesPage)
        case = next(one for one in page.list.model.rows if one.no == REPORTED)
        page.show_case(case.id, form)
        yield

    return reach


def _end(what: str) -> Reach:
    """One of the forms by which a case goes on and ends, on the case of a child that is back."""

    def reach(window: MainWindow, _folder: Path) -> Steps:
        close_panels(window)
        page = page_of(window, CasesPage)
        case = next(
            one for one in page.list.model.rows if one.no == (REPORTED if what in {"force", "why"} else BACK)
        )
        page.show_case(case.id)
        yield
        if what == "why":
            page.show_why()
        else:
            page.ask_end(what)
        yield

    return reach


def _call(window: MainWindow, folder: Path) -> Steps:
    yield from _today(0)(window, folder)
    rows = page_of(window, TodayPage).list.tasks.rows
    task = next(one for one in rows if isinstance(one, TaskRow) and one.target.get("contact"))
    page_of(window, CasesPage).open_target(task.target)
    yield


def _opening(window: MainWindow, folder: Path) -> Steps:
    yield from _cases(window, folder)
    page_of(window, CasesPage).ask_opening()
    yield


def _papers(window: MainWindow, _folder: Path) -> Steps:
    page_of(window, PapersPage).form.left.emit()
    yield


def _choice(window: MainWindow, folder: Path) -> Steps:
    yield from _papers(window, folder)
    page_of(window, PapersPage).choose()
    yield


def _paper(kind: str) -> Reach:
    def reach(window: MainWindow, folder: Path) -> Steps:
        yield from _papers(window, folder)
        page = page_of(window, PapersPage)

        def found(case: CaseFile) -> None:
            page.open_target({"kind": kind, "case": case.id})

        page.context.tasks.read(page, find_case, READY, then=found)
        yield
        yield

    return reach


def _batch(window: MainWindow, folder: Path) -> Steps:
    yield from _choice(window, folder)
    choice = page_of(window, PapersPage).choice
    choice.kind.setCurrentIndex(choice.kind.findData(LETTER))
    yield
    choice.all.click()
    choice.next.click()
    yield


def _paper_panel(what: str) -> Reach:
    def reach(window: MainWindow, folder: Path) -> Steps:
        yield from _papers(window, folder)
        page = page_of(window, PapersPage)
        yield
        {"print": page.paper.print, "void": page.paper.ask_void, "templates": page.show_templates}[what]()
        yield

    return reach


def _settings(part: str) -> Reach:
    def reach(window: MainWindow, _folder: Path) -> Steps:
        page_of(window, SettingsPage).open_target({"part": part})
        yield

    return reach


def _calendar_panel(which: str) -> Reach:
    def reach(window: MainWindow, folder: Path) -> Steps:
        yield from _settings("calendar")(window, folder)
        part = page_of(window, SettingsPage).parts["calendar"]
        assert isinstance(part, CalendarPart)
        {"term": part._term_form, "holidays": part._holiday_form}[which]()
        yield

    return reach


def _trial(window: MainWindow, folder: Path) -> Steps:
    yield from _settings("rules")(window, folder)
    part = page_of(window, SettingsPage).parts["rules"]
    assert isinstance(part, RulesPart)
    part.ask_trial()
    yield
    panel = part.panel.findChild(TrialPanel)
    assert isinstance(panel, TrialPanel)
    panel.form.set_values({"缺勤从": "2026-09-17", "缺勤到": "2026-11-20"})
    part._try(panel, str(part.choice.currentData()))
    yield


def _staff_panel(window: MainWindow, folder: Path) -> Steps:
    yield from _settings("staff")(window, folder)
    part = page_of(window, SettingsPage).parts["staff"]
    assert isinstance(part, StaffPart)
    part.add.click()
    yield


def _calendar_days(window: MainWindow, folder: Path) -> Steps:
    yield from _settings("calendar")(window, folder)
    part = page_of(window, SettingsPage).parts["calendar"]
    assert isinstance(part, CalendarPart)
    part._ask("off")
    yield


def _search(window: MainWindow, folder: Path) -> Steps:
    yield from _today(0)(window, folder)
    window.head.search.take_focus()
    window.head.search.setText("zwj")
    yield


PLACES: dict[str, Reach] = {
    "today": _today(0),
    "today_board": _today(1),
    "roll": _roll(),
    "roll_unsettled": _unsettled_roll,
    "roll_holiday": _holiday,
    "roll_leave": _roll("leave"),
    "roll_backfill": _roll("backfill"),
    "roll_history": _roll("history"),
    "students": _students,
    "students_nobody": _nobody,
    **{f"students_{name}": _student(place) for place, name in enumerate(STUDENT_TABS)},
    "students_edit": _edit,
    "students_leave": _leave,
    "students_add": _add,
    "students_import": _wizard,
    **{f"students_import_{name}": _preview(place) for place, name in enumerate(WIZARD_TABS)},
    "cases": _cases,
    "cases_one": _case(),
    "cases_visit": _case(form="visit"),
    **{f"cases_{what}": _end(what) for what in ("told", "observe", "close", "force", "why")},
    "cases_call": _call,
    "cases_opening": _opening,
    "papers": _papers,
    "papers_choice": _choice,
    "papers_issue": _paper("报告单"),
    "papers_lacking": _paper(LETTER),
    "papers_batch": _batch,
    "papers_print": _paper_panel("print"),
    "papers_void": _paper_panel("void"),
    "papers_templates": _paper_panel("templates"),
    **{f"settings_{part}": _settings(part) for part in SETTINGS},
    "settings_staff_form": _staff_panel,
    "settings_trial": _trial,
    "settings_days": _calendar_days,
    "settings_term": _calendar_panel("term"),
    "settings_holidays": _calendar_panel("holidays"),
    "search": _search,  # last: what is typed there stays
}
"""How to come to each place, by its name in the pictures."""
