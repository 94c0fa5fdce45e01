"""学生: every child in one table that filters as one types, one child beside it, and the way in for rosters."""

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.service.program import READ_ONLY
from app.service.screens.students_rows import TABLES
from ui.context import Context
from ui.models.rows import Row, RowsModel
from ui.pages.page import Page
from ui.pages.students.detail import StudentDetail
from ui.pages.students.fill import FillColumn
from ui.pages.students.filter import FilterBar
from ui.pages.students.forms import StudentForms
from ui.pages.students.move_forms import MoveForms
from ui.pages.students.reading import Reading
from ui.pages.students.same_forms import SameForms
from ui.widgets.detour import Detour
from ui.widgets.parts import button, label, row, table
from ui.widgets.put_right import PutRightForms
from ui.widgets.student_columns import (
    MARGIN,
    NAME_BLANK,
    ChildrenWanted,
    columns_of,
    hidden_headings,
    name_width,
    next_column,
)
from ui.widgets.tables_out import TablesOut

LEAST, MOST = 50, 68  # percent of the page that one child beside the table takes


class StudentsPage(Page):
    """The table of children with filters, one child's tabs, the forms, and the import wizard in its place."""

    key = "students"
    heading = "学生"
    help_page = "students"
    tables = TABLES

    def __init__(self, context: Context, wizard: Detour) -> None:
        super().__init__(context)
        self.model = RowsModel(columns_of(context.level), self)
        self.view = table(self.model, "学生名单")
        self.filters = FilterBar(asks_school=context.level != "学校")
        self.count = label("正在读取…", "quiet")
        self.add_button = button("新增学生(&N)", self.add, hint="登记一名不在名册里的孩子（表格中按N）")
        self.forms = StudentForms(self, context)
        self.fill = FillColumn(self.forms, self.model)
        self.fill_button = button("填一栏(&U)", self.fill.open, hint="给列出的学生填同一个村、对象类别等")
        self.import_button = button("导入名册(&I)", self.open_wizard, hint="从Excel名册导入（表格中按I）")
        self.detail = StudentDetail(context)
        self.moves = MoveForms(self.forms)
        self.same = SameForms(self.forms, context, self.detail)
        self.panel = self.forms.panel
        self.right = PutRightForms(context, self.panel, self.forms.free)
        self.wizard = wizard
        self.reading = Reading(context, self)
        self._wished = ""
        self._asks = ""  # what the wished child is opened for, see `StudentDetail.ask`
        self._kept = ""  # the child just corrected: in the table until the filter changes
        self._longest = 0.0  # characters of the longest name there is
        self._place = ""  # the child under the cursor while the rows are laid anew
        self._lay_out()
        self._listen()
        self._forbid()
        self.out = TablesOut(context, self, lambda: self.filters.asked(self.model.rows))

    # -- what the shell asks --

    def refresh(self) -> None:
        """Read the children that were changed since, or all of them."""
        self.reading.start()

    def open_target(self, target: dict[str, Any]) -> None:
        """{"student": id} opens a child, with "ask" in what form (see `StudentDetail.ask`); {"import": True} the
        wizard; {"graduate": class id, "class": its name} the confirmation that a class graduated."""
        if target.get("import"):
            self.open_wizard()
        elif class_id := target.get("graduate"):
            self.moves.graduate(str(class_id), str(target["class"]))
        elif student := target.get("student"):
            self._wished, self._asks = str(student), str(target.get("ask", ""))
            if self.reading.loaded:
                self._open_wished()

    def commands(self) -> list[tuple[str, str]]:
        """Keys of this page."""
        return [
            ("Enter", "打开学生"),
            ("E", "修改"),
            ("L", "离校或到校"),
            ("N", "新增学生"),
            ("I", "导入名册"),
            ("/", "筛选"),
            ("S", "换一列排序"),
            ("Esc", "关闭"),
            ("Ctrl+E Ctrl+P", "存为Excel、打印"),
        ]

    # -- what a person does --

    def add(self) -> None:
        """Open the form for a child that came by no roster."""
        self.forms.add(self.filters.classes)

    def open_wizard(self) -> None:
        """Show the import wizard in place of the table."""
        if self.import_button.isEnabled():
            self.stack.setCurrentWidget(self.wizard)
            self.wizard.start()

    def close_wizard(self) -> None:
        """Back to the table."""
        self.stack.setCurrentIndex(0)
        self.view.setFocus()

    def open_current(self, *, focus: bool = True) -> None:
        """Show the child under the cursor beside the table."""
        if one := self.model.row(self.view.currentIndex()):
            self._show_detail(one, now=True)
            if focus:
                self.detail.tabs.tabBar().setFocus()

    def close_detail(self) -> None:
        """Give the whole width back to the table."""
        self.detail.hide()
        self._arrange_columns(self.splitter.width())
        self.view.setFocus()

    # -- inside --

    def _lay_out(self) -> None:
        browse = QWidget()
        column = QVBoxLayout(browse)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        ways = (self.fill_button, self.add_button, self.import_button)
        column.addLayout(row(label("学生", "title"), self.count, None, *ways))
        column.addWidget(self.filters)
        self.empty = self._empty_state()
        column.addWidget(self.empty, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.view)
        self.splitter.addWidget(self.detail)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(8)
        self.view.horizontalHeader().setSortIndicatorClearable(True)
        self.detail.hide()
        column.addWidget(self.splitter, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(browse)
        self.stack.addWidget(self.wizard)
        self.body.addWidget(self.stack)
        self.set_home(self.view)

    def _empty_state(self) -> QWidget:
        self.empty_words = label("", "empty", wrap=True)
        self.empty_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty_button = button("导入名册", self.open_wizard, "primary")
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.addStretch(1)
        layout.addWidget(self.empty_words)
        layout.addLayout(row(None, self.empty_button, None))
        layout.addStretch(2)
        box.hide()
        return box

    def _listen(self) -> None:
        self.filters.changed.connect(self._filter)
        self.filters.down.connect(self._into_table)
        self.view.clicked.connect(lambda _index: self.open_current(focus=False))
        self.view.selectionModel().currentChanged.connect(self._walked)
        self.view.installEventFilter(self)
        self.view.horizontalHeader().sortIndicatorChanged.connect(lambda _column, _order: self._say_count())
        self.model.modelAboutToBeReset.connect(self._leave_place)
        self.model.modelReset.connect(self._find_place)
        self.detail.closed.connect(self.close_detail)
        self.detail.edit.connect(self.forms.edit)
        self.detail.leave_school.connect(self.moves.leave_school)
        self.detail.join.connect(self.moves.join)
        self.detail.here.connect(self.moves.still_here)
        self.detail.take_back.connect(self.moves.take_back)
        self.detail.mark.connect(self.moves.mark)
        self.detail.right.connect(lambda kind, one, gone: self.right.ask(kind, one, withdraw=gone))
        self.right.shown.connect(lambda: self.forms.note(self.detail.student))
        self.right.saved.connect(lambda _done: self.detail.reload())
        self.forms.added.connect(self._wish)
        self.forms.corrected.connect(self._keep)
        self.reading.read.connect(self._show_rows)
        self.wizard.closed.connect(self.close_wizard)

    def _forbid(self) -> None:
        if self.context.read_only:
            mine = (self.add_button, self.fill_button, self.import_button, self.empty_button)
            beside = (self.detail.edit_button, self.detail.leaving_button, self.detail.join_button)
            for one in (*mine, *beside):
                one.setEnabled(False)
                one.setToolTip(READ_ONLY)

    def _heard(self, changes: Changes, initiator: object) -> None:
        """Note what to read before the page reads it, now or when it is next shown."""
        self.reading.note(changes)
        super()._heard(changes, initiator)

    def _show_rows(self, rows: list[Row], ids: frozenset[str] | None) -> None:
        self.filters.offer(rows)
        self.model.set_rows(rows)
        name = max((row.name for row in rows), key=len, default="")
        self._longest = self.view.fontMetrics().horizontalAdvance(name) / self._em() + NAME_BLANK
        self._arrange_columns(self.view.width())
        self._say_count()
        if self._wished and (self.reading.loaded or self.model.position("id", self._wished) >= 0):
            self._open_wished()
        elif self._beside and (ids is None or self.detail.student in ids):
            self.detail.reload()

    def _wish(self, student_id: str) -> None:
        """Open a child as soon as the table has it."""
        self._wished = student_id

    def _keep(self, student_id: str) -> None:
        """Show a child although what was corrected no longer fits the filter: it may have to be undone."""
        self._kept = student_id
        self._show_wanted(self.filters.wanted())

    def _filter(self, wanted: ChildrenWanted) -> None:
        self._kept = ""
        self._show_wanted(wanted)

    def _show_wanted(self, wanted: ChildrenWanted) -> None:
        test, kept = wanted.test(), self._kept
        self.model.show(test and (lambda row: row.id == kept or test(row)))
        self._say_count()

    def _leave_place(self) -> None:
        one = self.model.row(self.view.currentIndex())
        self._place = str(one.id) if one else self._place

    def _find_place(self) -> None:
        """Put the cursor back on the same child, whatever order the rows are in now."""
        if self.model.rows:
            place = self.model.position("id", self._place)
            self.view.setCurrentIndex(self.model.index(max(place, 0), 0))

    def _say_count(self) -> None:
        shown, every = len(self.model.rows), self.filters.total
        columns, column = self.model.columns, self.view.horizontalHeader().sortIndicatorSection()
        words = self.filters.count_words(shown)
        self.count.setText(
            f"{words}，按{columns[column].heading}排列" if 0 <= column < len(columns) else words
        )
        self.empty.setVisible(not shown)
        self.empty_button.setVisible(not every)
        self.filters.setVisible(bool(every))
        if not shown and self.view.hasFocus():
            (self.filters.text if every else self.empty_button).setFocus()
        self.splitter.setVisible(bool(shown))
        self.empty_words.setText(
            "没有符合条件的学生。把筛选放宽一些，或按Esc清空筛选。"
            if every
            else "还没有学生。请导入学籍系统导出的名册，或自己做的Excel名单。"
        )
        self.set_home(self.view if shown else self.filters.text if every else self.empty_button)

    def _open_wished(self) -> None:
        wished, self._wished = self._wished, ""
        if not self._may_show(wished):
            return
        place = self.model.position("id", wished)
        if place < 0:
            self.filters.clear()
            place = self.model.position("id", wished)
        if place >= 0:
            self.close_wizard()
            self.view.setCurrentIndex(self.model.index(place, 0))
            self.open_current(focus=False)
            self.detail.ask(self._asks)
        else:
            self.context.bus.refused.emit("名单里没有这名学生，可能已经撤回。请在列表中查找。")

    def _may_show(self, student_id: str) -> bool:
        """Whether no form of another child is open any more; asks where something was typed in it."""
        if self.forms.about in {"", student_id}:
            return True
        if self.panel.held or not self.panel.may_leave():
            return False
        self.panel.dismiss()
        return True

    @property
    def _beside(self) -> bool:
        """Whether a child is shown beside the table, also while both are out of sight because no row fits."""
        return not self.detail.isHidden()

    def _show_detail(self, one: Row, *, now: bool) -> None:
        if not self._beside:
            self.detail.show()
            width = self.splitter.width()
            wanted = min(max(self.detail.width_wanted(), width * LEAST // 100), width * MOST // 100)
            self.splitter.setSizes([width - wanted, wanted])
            self._arrange_columns(width - wanted)
            self.view.scrollTo(self.view.currentIndex())
        self.detail.show_student(one, now=now)

    def _arrange_columns(self, room: int) -> None:
        """Leave out columns so that the state of a child is always in sight; `room` px are left for the table."""
        columns, characters = self.model.columns, room / self._em()
        hidden = hidden_headings(columns, characters, beside=self._beside, longest=self._longest)
        for place, one in enumerate(columns):
            self.view.setColumnHidden(place, one.heading in hidden)
        width = name_width(columns, characters, hidden, self._longest)
        self.view.setColumnWidth(0, round((width + MARGIN) * self._em()))

    def _em(self) -> int:
        """The width of one Chinese character of the table, px."""
        return self.view.fontMetrics().horizontalAdvance("永")

    def _walked(self, now: QModelIndex, _before: QModelIndex) -> None:
        one = self.model.row(now)
        if one is None or not self._beside or one.id == self.detail.student:
            return
        if self.forms.about not in {"", one.id}:
            if not self._may_show(one.id):
                # Only when Qt is done with the key or click that led here, or it would move the cursor once more.
                QTimer.singleShot(0, self, self._back_to_form)
                return
            self.view.setFocus()
        self.detail.show_student(one)

    def _back_to_form(self) -> None:
        self.view.setCurrentIndex(self.model.index(self.model.position("id", self.forms.about), 0))

    def _into_table(self) -> None:
        if self.model.rows:
            self.view.setFocus()
            self.view.selectRow(max(self.view.currentIndex().row(), 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """Keys of the table, and its columns by the room there is."""
        if watched is self.view and isinstance(event, QResizeEvent):
            self._arrange_columns(event.size().width())
        if watched is self.view and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        actions = {
            Qt.Key.Key_Return: self.open_current,
            Qt.Key.Key_Enter: self.open_current,
            Qt.Key.Key_E: self._edit_current,
            Qt.Key.Key_L: self._move_current,
            Qt.Key.Key_N: self.add_button.click,
            Qt.Key.Key_I: self.import_button.click,
            Qt.Key.Key_Slash: self.filters.text.setFocus,
            Qt.Key.Key_S: self._sort_next,
            Qt.Key.Key_Escape: self._escape,
        }
        action = actions.get(Qt.Key(event.key()))
        if action is None:
            return False
        action()
        return True

    def _edit_current(self) -> None:
        if not self._beside:
            self.open_current(focus=False)
        self.detail.ask_edit()

    def _move_current(self) -> None:
        if not self._beside:
            self.open_current(focus=False)
        self.detail.ask_move()

    def _sort_next(self) -> None:
        """Sort by the next column in sight; after the last one the classes have their order again."""
        header = self.view.horizontalHeader()
        shown = [place for place in range(len(self.model.columns)) if not self.view.isColumnHidden(place)]
        header.setSortIndicator(
            next_column(shown, header.sortIndicatorSection()), Qt.SortOrder.AscendingOrder
        )

    def _escape(self) -> None:
        if self._beside:
            self.close_detail()
        else:
            self.filters.clear()
