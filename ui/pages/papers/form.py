"""Filling in one paper with its page beside it: what is missing is asked in the order of the form, then 出具."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.errors import Refusal
from app.service.papers.drafts import Draft, Given, draft, draft_docx
from app.service.papers.issuing import Paper, issue_paper
from ui.context import Context
from ui.pages.papers.fields import PaperFields, reason_line
from ui.printing.pages import PageSet, lay_out
from ui.widgets.keys import GO, on_keys
from ui.widgets.parts import button, label, row, say, scrolled
from ui.widgets.side_panel import may_discard

PAUSE = 250  # ms after the last key before the page is made anew, so that an input method is not disturbed
READY = "各项都有了。看过右边的页面，没有错就出具。"
ONCE = "出具后编号，内容不能再改，只能作废重出。"
REUSED = "照上一份填了：{names}。请核对；要改的，勾“显示全部各项”。"
ISSUE, ANOTHER = "出具  Ctrl+Enter", "再出一份  Ctrl+Enter"


class PaperForm(QWidget):
    """The fields of one draft; `owner` is the page in whose name it is issued.

    Signals:
        laid_out(pages): the draft's pages (a `PageSet`) as far as it is filled in.
        not_laid_out(): there is no page to show; the form says why.
        issued(paper, here): it was issued (a `Paper`); `here` is false where its form was left meanwhile.
        left(): it was left without issuing.
    """

    laid_out = Signal(object)
    not_laid_out = Signal()
    issued = Signal(object, bool)
    left = Signal()

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__()
        self._context = context
        self._owner = owner
        self._kind = self._case = ""
        self._asked = self._begun = 0  # the newest question to the record, and the draft it is about
        self._issuing = False
        self._back = button("‹ 返回 Esc", self.leave, "link")
        self.fields = PaperFields(before=self._back)
        self.title = label("", "subtitle", wrap=True)
        self.note = label("", "quiet", wrap=True)
        self.reason = reason_line()
        self._answer: Draft | None = None
        self.everything = QCheckBox("显示全部各项(&L)")
        self.issue_button = button(ISSUE, self.issue, "primary", hint=ONCE)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._ask)
        self._lay_out()
        self._listen()

    def start(self, kind: str, case_id: str) -> None:
        """Begin a new draft of `kind` on the case, or the child, of that id."""
        self._kind, self._case = kind, case_id
        self._begun += 1
        self._issuing = False
        self._forget()
        self._say("正在读取…", "quiet")
        self.title.setText(kind)
        self._ask()

    def issue(self) -> None:
        """Issue what stands in the fields now. What is still missing is said instead."""
        if not self._issuing:
            self._issuing = True
            self._ask()

    def leave(self) -> None:
        """Close, asking first if something was typed."""
        if self.may_leave():
            self.stop()
            self.left.emit()

    def may_leave(self) -> bool:
        """Whether nothing typed is lost, or a person gives it up."""
        return not (self.fields.is_dirty() or self.reason.text()) or may_discard(self)

    def stop(self) -> None:
        """Forget the draft; answers under way are dropped."""
        self._pause.stop()
        self._asked += 1
        self._begun += 1
        self._forget()

    def _forget(self) -> None:
        self._answer = None
        self.fields.start([])
        self.reason.clear()
        self.reason.hide()
        self.issue_button.setEnabled(False)
        self.issue_button.setText(ISSUE)

    def _ask(self) -> None:
        self._pause.stop()
        self._asked += 1
        given: Given = (self.fields.typed, self.fields.blanks)
        self._context.tasks.read(
            self,
            draft,
            self._kind,
            self._case,
            *given,
            then=partial(self._answered, self._asked, given),
            failed=partial(self._failed, self._asked),
        )

    def _answered(self, asked: int, given: Given, answer: Draft) -> None:
        if asked != self._asked:
            return  # typed on since; the next answer is on its way
        if self._answer is None:
            self._begin(answer)
        else:
            self.fields.take(answer.fields)
        self._judge(answer)
        if self._issuing:
            self._issue_now(answer, given)
        self._context.tasks.compute(
            self,
            lambda: lay_out(draft_docx(answer)),
            then=partial(self._show, asked),
            failed=partial(self._failed, asked),
        )

    def _begin(self, answer: Draft) -> None:
        self.title.setText(
            "  ".join((answer.title, answer.student, *([f"个案 {answer.no}"] if answer.no else [])))
        )
        self.fields.start(answer.fields)
        self.everything.setChecked(False)
        self.reason.setVisible(bool(answer.why_not))
        self.issue_button.setText(ANOTHER if answer.existing else ISSUE)
        self.issue_button.setEnabled(self._may_issue(answer))
        if self.fields.focus_first():
            return
        start = self.reason if answer.why_not else self.issue_button
        (start if start.isEnabled() else self._back).setFocus()

    def _may_issue(self, answer: Draft) -> bool:
        wanting = bool(answer.why_not) and not self.reason.text().strip()
        return not (answer.lacking or answer.refusal or wanting or self._context.read_only)

    def _judge(self, answer: Draft) -> None:
        self._answer = answer
        self.issue_button.setEnabled(self._may_issue(answer))
        if answer.refusal:
            self._say(answer.refusal, "overdue")
            return
        parts = []
        if answer.existing:
            parts.append(f"这个个案已有{answer.existing}，再出就是第二份；写错了的，先作废旧的。")
        if answer.why_not:
            parts.append(f"现在还不能出：{answer.why_not}。确有必要出具的，写明理由。")
        if answer.reused:
            parts.append(REUSED.format(names="、".join(answer.reused)))
        if lacking := answer.lacking:
            words = f"还缺{len(lacking)}项：{'、'.join(lacking)}。填好，或勾“有意留空”。"
            parts.append(f"{answer.note}{words}")
        self._say("".join(parts) or f"{READY}{ONCE}", "today" if parts else "quiet")

    def _issue_now(self, answer: Draft, given: Given) -> None:
        if not self._may_issue(answer):
            self._issuing = False
            if answer.why_not and not answer.lacking and not answer.refusal:
                self.reason.setFocus()
            return
        self.issue_button.setEnabled(False)
        self._context.tasks.write(
            self._owner,
            issue_paper,
            self._kind,
            self._case,
            *given,
            self.reason.text(),
            then=partial(self._issued, self._begun),
            failed=partial(self._not_issued, self._begun),
        )

    def _issued(self, begun: int, paper: Paper) -> None:
        here = begun == self._begun  # if not, another draft may stand here by now
        if here:
            self.stop()
            self._issuing = False
        self.issued.emit(paper, here)

    def _not_issued(self, begun: int, problem: BaseException) -> None:
        if begun == self._begun:
            self._issuing = False
            self.issue_button.setEnabled(True)
        self._context.tasks.show_problem(problem)

    def _show(self, asked: int, pages: PageSet) -> None:
        if asked == self._asked:
            self.laid_out.emit(pages)

    def _failed(self, asked: int, problem: BaseException) -> None:
        if asked != self._asked:
            return
        self._issuing = False
        self.issue_button.setEnabled(False)
        self.not_laid_out.emit()
        if self._answer is None:
            self._back.setFocus()  # there is no field to go to
        if isinstance(problem, Refusal):
            self._say(problem.sentence, "overdue")
        else:
            self._context.tasks.show_problem(problem)

    def _reason_typed(self) -> None:
        if self._answer is not None and not self._issuing:
            self.issue_button.setEnabled(self._may_issue(self._answer))

    def _say(self, words: str, role: str) -> None:
        say(self.note, words, role)

    def _lay_out(self) -> None:
        scroll = scrolled(self.fields)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        layout.addLayout(row(label("填写文书", "quiet"), None, self._back))
        layout.addWidget(self.title)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.note)
        layout.addWidget(self.reason)
        layout.addLayout(row(self.everything, None, self.issue_button))

    def _listen(self) -> None:
        self.fields.edited.connect(self._pause.start)
        self.everything.toggled.connect(self.fields.show_all)
        self.reason.textChanged.connect(self._reason_typed)
        on_keys(self, self.issue, *GO)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
