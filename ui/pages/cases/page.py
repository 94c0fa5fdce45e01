"""个案: the list of cases, and one case whole with what is to be done on it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from app.domain.ladder.strip import StripDay
from app.domain.vocabulary import ANSWERS
from app.service.cases.contacts import ContactKept, Visit, add_contact, add_contact_to_child
from app.service.cases.opening import OpenedCase
from app.service.screens.case import CasePage, case_page, open_by_hand
from app.service.screens.case_asks import Ask
from app.service.screens.case_days import case_days
from app.service.screens.case_entries import Card
from app.service.screens.contact import ChildToRing, call_dates, child_to_ring
from app.service.screens.tables import CASES, RowsAsked
from app.service.screens.window import WindowReading
from ui.context import Context
from ui.pages.cases.detail import CaseDetail
from ui.pages.cases.ends import EndForms
from ui.pages.cases.entry import EntryView
from ui.pages.cases.opening import Opening, OpeningForm
from ui.pages.cases.visit import VisitForm
from ui.pages.page import Page
from ui.widgets.case_list import CaseList
from ui.widgets.case_words import stage_text
from ui.widgets.day_rows import DayRows
from ui.widgets.keys import GO, on_keys
from ui.widgets.parts import button
from ui.widgets.put_right import PutRightForms
from ui.widgets.side_panel import SidePanel
from ui.widgets.tables_out import TablesOut
from ui.widgets.timeline import heading_of

SavedForm = VisitForm | OpeningForm
VISIT = "visit"
"""What a case is opened for: its visit form."""


class CasesPage(Page):
    """The list; Enter opens a case in its place, Esc gives the list back. Forms slide in on the right."""

    key = "cases"
    heading = "个案"
    help_page = "case"
    tables = frozenset(
        {
            "absence",
            "attachment",
            "calendar_day",
            "case_file",
            "closure",
            "contact",
            "enrolment",
            "forced_step",
            "guardian",
            "issued_document",
            "leave",
            "mark",
            "national_day",
            "observation",
            "roll",
            "special_group",
            "student",
            "term",
            "told",
        }
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.list = CaseList(context)
        self.detail = CaseDetail(context)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.detail)
        self.body.addWidget(self.stack)
        self.panel = SidePanel(self)
        self.ends = EndForms(context, self.panel, self._free_panel)
        self.right = PutRightForms(context, self.panel, self._free_panel)
        self._wanted = ""
        self.set_home(self.list)
        self._listen()
        self.out = TablesOut(context, self, lambda: (CASES, RowsAsked(ids=self.list.ids)))

    def refresh(self) -> None:
        """Show the list the window has read (one that is not true any more comes by `Bus.seen`), and read the case that
        is open anew."""
        self._read_open_case()
        if reading := self.context.reader.newest:
            self._show_list_of(reading)
        else:
            self.context.reader.want()

    def open_target(self, target: dict[str, Any]) -> None:
        """{"case": id, "visit": True to open the visit form, "end": one of `ends.TITLES` to open that form}, or
        {"student": id, "contact": True} to record a call for a child without a case."""
        if target.get("case"):
            form = VISIT if target.get("visit") else str(target.get("end", ""))
            self.show_case(str(target["case"]), form)
        elif target.get("contact"):
            self.ask_call(str(target["student"]))

    def show_case(self, case_id: str, form: str = "") -> None:
        """Open the case of that id, and on request a form: `VISIT`, or one of `ends.TITLES`."""
        if not self._free_panel():
            return
        self._wanted = case_id
        self._read_case(case_id, form)

    def show_list(self) -> None:
        """Back to the list, the case just left chosen."""
        if not self._free_panel():
            return
        self._wanted = ""
        self.list.choose(self.detail.case_id)
        self._turn_to(self.list)

    def commands(self) -> list[tuple[str, str]]:
        """Keys of this page."""
        return [
            ("Enter", "打开个案或看一条记录的全部内容"),
            ("Esc", "回到列表"),
            ("Alt+↑ Alt+↓", "上一件、下一件"),
            ("E Delete", "更正、撤回选中的一条记录"),
            ("Alt+V", "记录家访、电话"),
            ("Alt+P", "填下一步的文书"),
            ("Alt+D", "开别的文书"),
            ("Alt+G", "记乡镇、家长说的事，观察、销号"),
            ("Alt+W", "哪天到了哪条规则"),
            ("Alt+L", "补请假"),
            ("Alt+N", "手动立案"),
            ("Ctrl+Enter", "保存"),
            ("Ctrl+E Ctrl+P", "存为Excel、打印"),
        ]

    def ask_visit(self) -> None:
        """Open the visit form on the case shown."""
        case = self.detail.case
        if case is None or self.context.read_only or not self._free_panel():
            return
        form = VisitForm(self.context, case.row.id, level=self._usual_level(case))
        form.saved.connect(partial(self._save_visit, form, case.row.id))
        self._present_visit(f"记录家访／电话　{case.row.student}", form)

    def ask_end(self, what: str) -> None:
        """Open one of the forms by which the case shown goes on and ends."""
        if self.detail.case is not None:
            self.ends.ask(what, self.detail.case)

    def _settle(self, ask: Ask) -> None:
        """Open the form that settles what is asked for beside the next action."""
        if ask.kind in ANSWERS:
            self.ask_end(ask.kind)
        elif self.detail.case is not None:
            wish = f"mark {ask.kind}" if ask.form == "mark" else "mark"
            self.context.bus.go.emit("students", {"student": self.detail.case.row.student_id, "ask": wish})

    def show_why(self) -> None:
        """Show day by day which rule of the case shown was reached when."""
        if self.detail.case is not None and self._free_panel():
            case_id = self.detail.case_id
            self.context.tasks.read(self, case_days, case_id, then=partial(self._show_days, case_id))

    def ask_call(self, student_id: str) -> None:
        """Open the form of a call for a child over the list; who may only read is shown the child instead."""
        if self.context.read_only:
            self.context.bus.go.emit("students", {"student": student_id})
            return
        self.show_list()
        if self.panel.isHidden():
            self.context.tasks.read(self, child_to_ring, student_id, then=self._ask_call)

    def ask_opening(self) -> None:
        """Open the form for a case by hand."""
        if self.context.read_only or not self._free_panel():
            return
        form = OpeningForm(self.context)
        form.saved.connect(partial(self._save_opening, form))
        self.panel.present("手动立案", form, [_save_button(form)], form.is_dirty)

    def _ask_call(self, child: ChildToRing) -> None:
        if child.case_id:  # opened since the list of today was read
            self.show_case(child.case_id, VISIT)
        elif self._free_panel():
            form = VisitForm(self.context, child.id, call_dates, child.phones)
            form.saved.connect(partial(self._save_call, form, child.id))
            self._present_visit(f"记录联系　{child.name}", form)

    def _show_days(self, asked: str, days: Sequence[StripDay]) -> None:
        case = self.detail.case
        if case is not None and case.row.id == asked and self._free_panel():
            shown = DayRows("哪天到了哪条规则", "规则还没有要求办什么。")
            shown.show_days(days)
            self.panel.present(f"为什么　{case.row.student}", shown, [])

    def _present_visit(self, title: str, form: VisitForm) -> None:
        self.panel.present(title, form, [_save_button(form)], form.is_dirty)
        self.panel.closed.connect(form.unfinished.finish)
        form.begin()

    def _listen(self) -> None:
        self.context.bus.seen.connect(self._seen)
        self.list.opened.connect(self.show_case)
        self.list.new_wanted.connect(self.ask_opening)
        self.detail.left.connect(self.show_list)
        self.detail.walked.connect(self._walk)
        self.detail.timeline.opened.connect(self._show_entry)
        side = self.detail.next
        side.visit_wanted.connect(self.ask_visit)
        side.paper_wanted.connect(self._go_to_papers)
        side.leave_wanted.connect(self._go_to_roll)
        side.roll_wanted.connect(self._go_to_roll)
        side.end_wanted.connect(self.ask_end)
        side.ask_wanted.connect(self._settle)
        side.why_wanted.connect(self.show_why)
        self.ends.saved.connect(lambda _case_id: self._read_open_case())
        self.right.saved.connect(lambda _done: self._read_open_case())
        timeline = self.detail.timeline
        on_keys(timeline, lambda: self._put_right(timeline.current()), "E", alone=True)
        on_keys(
            timeline, lambda: self._put_right(timeline.current(), withdraw=True), "X", "Delete", alone=True
        )

    def _read_case(self, case_id: str, form: str = "") -> None:
        self.context.tasks.read(
            self,
            case_page,
            case_id,
            then=partial(self._show_page, case_id, form),
            failed=partial(self._no_case, case_id),
        )

    def _read_open_case(self) -> None:
        if self._wanted:
            self._read_case(self._wanted)

    def _seen(self, reading: WindowReading) -> None:
        if self.isVisible():
            self._show_list_of(reading)
        else:
            self.look_again()

    def _show_list_of(self, reading: WindowReading) -> None:
        self.list.set_rows(reading.cases)
        self.detail.show_place(self.list.place_words(self.detail.case_id))

    def _show_page(self, asked: str, form: str, case: CasePage) -> None:
        if self._wanted != asked:
            return  # another case was asked for meanwhile, or the list
        self.detail.show_case(case, self.list.place_words(case.row.id))
        self._turn_to(self.detail)
        if form == VISIT:
            self.ask_visit()
        elif form:
            self.ask_end(form)

    def _no_case(self, asked: str, problem: BaseException) -> None:
        if self._wanted == asked:
            self.show_list()
        self.context.tasks.show_problem(problem)

    def _turn_to(self, side: CaseList | CaseDetail) -> None:
        if self.stack.currentWidget() is side:
            return
        self.stack.setCurrentWidget(side)
        self.set_home(side)
        if self.isVisible() and self.panel.isHidden():
            side.setFocus()

    def _free_panel(self) -> bool:
        """Close the panel, asking if something was typed in it; whether it is closed now."""
        if not self.panel.isHidden():
            self.panel.leave()
        return self.panel.isHidden()

    def _walk(self, step: int) -> None:
        if case_id := self.list.neighbour(self._wanted, step):
            self.show_case(case_id)

    def _show_entry(self, entry: Card) -> None:
        if entry.number:
            self.context.bus.go.emit("papers", {"number": entry.number})
            return
        if not self._free_panel():
            return
        offered = [] if self.context.read_only or not entry.table else self._right_buttons(entry)
        self.panel.present(heading_of(entry), EntryView(self.context, entry), offered)

    def _right_buttons(self, entry: Card) -> list[QWidget]:
        return [
            _with_keys(button("更正(&E)…", lambda: self._put_right(entry)), "E"),
            _with_keys(button("撤回(&X)…", lambda: self._put_right(entry, withdraw=True)), "X", "Delete"),
        ]

    def _put_right(self, entry: Card | None, *, withdraw: bool = False) -> None:
        """更正 or 撤回 of what a card tells, where a person may."""
        if entry and entry.table:
            self.right.ask(entry.table, entry.row, withdraw=withdraw)

    def _go_to_papers(self, kind: str) -> None:
        self.context.bus.go.emit("papers", {"kind": kind, "case": self.detail.case_id})

    def _go_to_roll(self) -> None:
        if self.detail.case is None:
            return
        row = self.detail.case.row
        if row.class_name:
            day = row.evidence[-1] if row.evidence else self.context.today
            self.context.bus.go.emit("roll", {"class": row.class_name, "date": day})
        else:
            self.context.bus.go.emit("students", {"student": row.student_id})

    def _save(
        self,
        form: SavedForm,
        then: Callable[[Any], None],
        use_case: Callable[..., Any],
        *args: Any,
    ) -> None:
        self.panel.save(self.context.tasks, self, use_case, *args, then=then, refused=form.refuse)

    def _save_visit(self, form: VisitForm, case_id: str, visit: Visit) -> None:
        self._save(form, partial(self._visit_saved, visit), add_contact, case_id, visit)

    def _usual_level(self, case: CasePage) -> str:
        """Whose visits a county records, at first the township's: those are asked for. '' where nobody asks."""
        if self.context.level != "县":
            return ""
        return "县" if case.school == self.context.unit else "乡镇"

    def _visit_saved(self, visit: Visit, done: ContactKept) -> None:
        count = _count_words(visit, done)
        self.context.bus.said.emit(
            f"已记下{visit.method}：{visit.outcome}（{count}），现在是{stage_text(done.stage)}。"
        )
        self._read_open_case()

    def _save_call(self, form: VisitForm, student_id: str, visit: Visit) -> None:
        self._save(form, partial(self._call_saved, visit), add_contact_to_child, student_id, visit)

    def _call_saved(self, visit: Visit, done: ContactKept) -> None:
        left = "" if done.counts else "没有联系上，“今日”里还留着这件事。"
        self.context.bus.said.emit(f"已记下{done.student}的{visit.method}：{visit.outcome}。{left}")
        self.context.bus.go.emit("today", {})  # which asked for it

    def _save_opening(self, form: OpeningForm, student_id: str, typed: Opening) -> None:
        open_it = partial(open_by_hand, absent_since=typed.absent_since, note=typed.note)
        self._save(form, self._opening_saved, open_it, student_id, typed.trigger, typed.day)

    def _opening_saved(self, done: OpenedCase) -> None:
        self.context.bus.said.emit(f"已立案，编号{done.no}。")
        self.show_case(done.id)


def _count_words(visit: Visit, done: ContactKept) -> str:
    """Whether it counts; a county is told of the township's visits, which alone its next step asks for."""
    if visit.level:
        return f"{'计入' if done.counts and visit.level == '乡镇' else '不计入'}乡镇动员次数"
    return f"已计入{done.counted_visits}次" if done.counts else "不计入次数"


def _with_keys(made: QPushButton, *keys: str) -> QPushButton:
    """The button, pressed by these keys too while it is in sight."""
    for key in keys:
        QShortcut(QKeySequence(key), made).activated.connect(made.click)
    return made


def _save_button(form: SavedForm) -> QPushButton:
    """Saves by key wherever the cursor stands while the panel is open."""
    made = button("保存 Ctrl+Enter", form.save, "primary")
    for keys in GO:
        QShortcut(QKeySequence(keys), made).activated.connect(form.save)
    return made
