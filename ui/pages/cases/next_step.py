"""The right side of a case: the one next action, what else may be recorded, and what may not yet, with the reason."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QVBoxLayout, QWidget

from app.service.cases.reading import Refused
from app.service.program import READ_ONLY
from app.service.screens.case import CasePage, PaperChoice
from app.service.screens.case_asks import Ask
from ui.context import Context
from ui.pages.cases.ends import TITLES, offered
from ui.theme import STATE_COLOURS
from ui.widgets.case_words import deadline_words
from ui.widgets.parts import button, card, clear, column, label

ENDS = {"told": "记乡镇说的事", "observe": "记观察", "close": "办理销号"}
"""What the next action asks to record → the words of its button."""
ASKED = {
    "mark": "登记标注",
    "unmark": "取消标注",
    "pass_on": "记已告知",
    "differs": "核对文书",
    "age": "核对年龄",
}
"""The form by which something asked for beside the next action is settled → the words of its button."""
VISIT_WORDS = "记录家访／电话(&V)"
VISIT_HINT = "家访、电话、动员都记在这里（Alt+V，时间线上按 V）"


class NextSide(QWidget):
    """Signals:
    visit_wanted(): the visit form is wanted.
    paper_wanted(kind): a paper of that kind is wanted.
    leave_wanted(): leave is to be entered later.
    roll_wanted(): the class's roll is to be seen.
    end_wanted(what): one of the forms by which a case goes on and ends is wanted (see `ends.TITLES`).
    ask_wanted(ask): the form that settles something asked for beside the next action is wanted (an `Ask`).
    why_wanted(): the days on which the rules asked for something are to be seen.
    """

    visit_wanted = Signal()
    paper_wanted = Signal(str)
    leave_wanted = Signal()
    roll_wanted = Signal()
    end_wanted = Signal(str)
    ask_wanted = Signal(object)
    why_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._today = context.today
        self._may_write = not context.read_only
        self._calls_roll = context.level == "学校"
        self.primary: QPushButton | None = None
        self.papers = QMenu(self)
        self.ends = QMenu(self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(12)

    def show_case(self, case: CasePage) -> None:
        """Show what is next on `case`."""
        clear(self._layout)
        self._layout.addWidget(self._next_card(case))
        if case.asks:
            self._layout.addWidget(self._asks_card(case.asks))
        self._layout.addWidget(self._other_card(case))
        if case.not_yet:
            self._layout.addWidget(_not_yet_card(case.not_yet))
        self._layout.addStretch(1)

    def _why(self) -> QPushButton:
        """Which rule was reached on which day."""
        return button("为什么(&W)", self.why_wanted.emit, "link", hint="哪天到了哪条规则（Alt+W）")

    def _next_card(self, case: CasePage) -> QFrame:
        self.primary = self._primary(case)
        words = case.row.next_action or "这个个案没有要办的事了。"
        when = deadline_words(case.state, case.row.due_on, self._today)
        parts: list[QWidget] = [label("下一步", "quiet"), label(words, "subtitle", wrap=True)]
        if when:
            parts.append(label(when, _tone(case, self._today), wrap=True))
        if case.why:
            parts.append(label(case.why, wrap=True))
        if case.difference:
            parts.append(label(case.difference, "quiet", wrap=True))
        if self.primary:
            parts.append(self.primary)
        if case.doing == "observe" and case.no_look_yet:
            parts.append(label(case.no_look_yet, "quiet", wrap=True))
        parts.append(self._why())
        return card(*parts, role="next")

    def _primary(self, case: CasePage) -> QPushButton | None:
        made: QPushButton | None = None
        if case.doing == "visit":
            made = button(VISIT_WORDS, self.visit_wanted.emit, "primary", hint=VISIT_HINT)
        elif case.doing == "paper":
            ask = partial(self.paper_wanted.emit, case.document)
            made = button(f"填{case.document}(&P)", ask, "primary", hint="Alt+P")
        elif case.doing == "roll":
            made = button("看点名(&R)", self.roll_wanted.emit, "primary", hint="核对是否已到校（Alt+R）")
        elif case.doing in ENDS:
            ask = partial(self.end_wanted.emit, case.doing)
            made = button(f"{ENDS[case.doing]}(&P)", ask, "primary", hint="Alt+P")
            if case.doing == "observe" and case.no_look_yet:
                made.setEnabled(False)
        if made and case.doing != "roll":
            self._guard(made)
        return made

    def _asks_card(self, asks: Sequence[Ask]) -> QFrame:
        parts: list[QWidget] = [label("还要办", "quiet")]
        for one in asks:
            go = button(ASKED[one.form], partial(self.ask_wanted.emit, one), hint=one.what)
            self._guard(go)
            parts += [label(one.what, wrap=True), label(one.reason, "quiet", wrap=True), go]
        return card(*parts)

    def _other_card(self, case: CasePage) -> QFrame:
        parts: list[QWidget] = [label("还可以", "quiet")]
        if case.closed:
            again = button(
                "恢复个案(&G)…", partial(self.end_wanted.emit, "reopen"), hint="写明理由，回到销号前（Alt+G）"
            )
            self._guard(again)
            return card(*parts, again)
        if case.doing != "visit":
            visit = button(VISIT_WORDS, self.visit_wanted.emit, hint=VISIT_HINT)
            self._guard(visit)
            parts.append(visit)
        papers = button("开文书(&D)", lambda: None, hint="选一种文书来填（Alt+D）")
        self._fill_menu(case.papers)
        papers.setMenu(self.papers)
        more = [papers]
        if what := offered(case):
            goes_on = button("记进展、销号(&G)", lambda: None, hint="乡镇、家长说的事，观察、销号（Alt+G）")
            self._fill_ends(what, {"observe": case.no_look_yet})
            goes_on.setMenu(self.ends)
            more.append(goes_on)
        if self._calls_roll:
            more.append(button("补请假(&L)", self.leave_wanted.emit, hint="到点名页补办请假（Alt+L）"))
        for one in more:
            self._guard(one)
        return card(*parts, *more)

    def _fill_menu(self, papers: Sequence[PaperChoice]) -> None:
        self.papers.clear()
        self.papers.setAccessibleName("开文书")
        for place, one in enumerate(papers, 1):
            early = f"（还早：{one.why}；提前出要写理由）" if one.why else ""
            action = self.papers.addAction(f"&{place} {one.title}{early}")
            action.triggered.connect(partial(_ask, self, one.kind))

    def _fill_ends(self, what: Sequence[str], why_not: Mapping[str, str]) -> None:
        self.ends.clear()
        self.ends.setAccessibleName("记进展、销号")
        for place, one in enumerate(what, 1):
            why = why_not.get(one, "")
            action = self.ends.addAction(f"&{place} {TITLES[one]}" + (f"（{why}）" if why else "…"))
            action.setEnabled(not why)
            action.triggered.connect(partial(_ask_end, self, one))

    def _guard(self, made: QPushButton) -> None:
        if not self._may_write:
            made.setEnabled(False)
            made.setToolTip(READ_ONLY)


def _ask(side: NextSide, kind: str, _checked: bool = False) -> None:
    side.paper_wanted.emit(kind)


def _ask_end(side: NextSide, what: str, _checked: bool = False) -> None:
    side.end_wanted.emit(what)


def _tone(case: CasePage, today: date) -> str:
    if case.row.due_on and case.row.due_on < today:
        return "overdue"
    return STATE_COLOURS.get(case.state or "", "quiet") if case.row.due_on else "quiet"


def _not_yet_card(refused: Sequence[Refused]) -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "card")
    layout = column(label("现在还不能", "quiet"), margin=12, spacing=2)
    for one in refused:
        layout.addSpacing(4)
        layout.addWidget(label(f"○ {one.action}", "grey", wrap=True))
        layout.addWidget(label(one.why, "quiet", wrap=True))
    frame.setLayout(layout)
    return frame
