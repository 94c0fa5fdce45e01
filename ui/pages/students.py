"""学生: every child in one table that filters as one types, one child beside it, and the way in for rosters."""

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.service.students import add_student
from app.service.students_view import save_student, student_rows
from ui.context import Context
from ui.models.rows import Row, RowsModel
from ui.pages.page import Page
from ui.pages.roster_wizard import RosterWizard
from ui.pages.students_columns import COLUMNS, WIDE, Wanted
from ui.pages.students_detail import StudentDetail
from ui.pages.students_edit import AddForm, EditForm, save_by_key
from ui.pages.students_filter import FilterBar
from ui.widgets.form import Form
from ui.widgets.parts import button, label, row, table
from ui.widgets.side_panel import SidePanel

LEAST, MOST = 55, 68  # percent of the page that one child beside the table takes
ROOMY = 27  # characters the table needs to show name, class and state
READ_ONLY = "演示数据只能看，不能改"


class StudentsPage(Page):
    """The table of children with filters, one child's tabs, the forms, and the import wizard in its place."""

    key = "students"
    heading = "学生"
    help_page = "students"
    tables = frozenset(
        {
            "student",
            "guardian",
            "special_group",
            "class_group",
            "roster_lead",
            "leave",
            "roll",
            "absence",
            "calendar_day",
            "case_file",
            "contact",
            "issued_document",
            "attachment",
            "import_run",
        }
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.model = RowsModel(COLUMNS, self)
        self.view = table(self.model, "学生名单")
        self.filters = FilterBar()
        self.count = label("正在读取…", "quiet")
        self.add_button = button("新增学生(&N)", self.add, hint="登记一名不在名册里的孩子（表格中按N）")
        self.import_button = button("导入名册(&I)", self.open_wizard, hint="从Excel名册导入（表格中按I）")
        self.detail = StudentDetail(context)
        self.panel = SidePanel(self)
        self.wizard = RosterWizard(context)
        self._wished = ""
        self._loaded = False
        self._lay_out()
        self._listen()
        self._forbid()

    # -- what the shell asks --

    def refresh(self) -> None:
        """Read all children anew."""
        self.context.tasks.read(self, student_rows, then=self._show_rows)

    def open_target(self, target: dict[str, Any]) -> None:
        """{"student": id} opens a child, {"import": True} the wizard."""
        if target.get("import"):
            self.open_wizard()
        elif student := target.get("student"):
            self._wished = str(student)
            if self._loaded:
                self._open_wished()

    def commands(self) -> list[tuple[str, str]]:
        """Keys of this page."""
        return [
            ("Enter", "打开学生"),
            ("E", "修改"),
            ("N", "新增学生"),
            ("I", "导入名册"),
            ("/", "筛选"),
            ("Esc", "关闭"),
        ]

    # -- what a person does --

    def add(self) -> None:
        """Open the form for a child that came by no roster."""
        classes = self.filters.classes
        form = AddForm(self.context.today, classes, asks_school=self.context.level != "学校")
        self._present("新增学生", form, lambda: self._save_new(form))

    def edit(self, whole: dict[str, Any]) -> None:
        """Open the form to correct a child."""
        form = EditForm(self.context.today, whole)
        self._present(f"修改 {whole['name']}", form, lambda: self._save_changed(form, whole))

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
            self._show_detail(str(one["id"]), now=True)
            if focus:
                self.detail.tabs.tabBar().setFocus()

    def close_detail(self) -> None:
        """Give the whole width back to the table."""
        self.detail.hide()
        self._arrange_columns(0)
        self.view.setFocus()

    # -- inside --

    def _lay_out(self) -> None:
        browse = QWidget()
        column = QVBoxLayout(browse)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row(label("学生", "title"), self.count, None, self.add_button, self.import_button))
        column.addWidget(self.filters)
        self.empty = self._empty_state()
        column.addWidget(self.empty, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.view)
        self.splitter.addWidget(self.detail)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(8)
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
        self.detail.closed.connect(self.close_detail)
        self.detail.edit.connect(self.edit)
        self.wizard.closed.connect(self.close_wizard)
        self.wizard.imported.connect(self.refresh)

    def _forbid(self) -> None:
        if self.context.read_only:
            for one in (self.add_button, self.import_button, self.empty_button, self.detail.edit_button):
                one.setEnabled(False)
                one.setToolTip(READ_ONLY)

    def _show_rows(self, rows: list[Row]) -> None:
        self._loaded = True
        self.filters.offer(rows)
        self._keeping_place(lambda: self.model.set_rows(rows))
        self._say_count()
        if self._wished:
            self._open_wished()
        elif self.detail.isVisible():
            self.detail.reload()

    def _filter(self, wanted: Wanted) -> None:
        self._keeping_place(lambda: self.model.show(wanted.test()))
        self._say_count()

    def _keeping_place(self, change: Any) -> None:
        """Do `change`, which resets the model, and put the cursor back on the same child."""
        before = self.model.row(self.view.currentIndex())
        change()
        place = self.model.position("id", before["id"]) if before else -1
        if self.model.rows:
            self.view.setCurrentIndex(self.model.index(max(place, 0), 0))

    def _say_count(self) -> None:
        shown, every = len(self.model.rows), self.filters.total
        self.count.setText(f"共{every}名" if shown == every else f"共{every}名，符合的{shown}名")
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
        place = self.model.position("id", self._wished)
        if place < 0:
            self.filters.clear()
            place = self.model.position("id", self._wished)
        if place >= 0:
            self.close_wizard()
            self.view.setCurrentIndex(self.model.index(place, 0))
            self.open_current(focus=False)
        else:
            self.context.bus.refused.emit("名单里没有这名学生，可能已经撤回。请在列表中查找。")
        self._wished = ""

    def _show_detail(self, student_id: str, *, now: bool) -> None:
        if not self.detail.isVisible():
            self.detail.show()
            width = self.splitter.width()
            wanted = min(max(self.detail.width_wanted(), width * LEAST // 100), width * MOST // 100)
            self.splitter.setSizes([width - wanted, wanted])
            self._arrange_columns(width - wanted)
            self.view.scrollTo(self.view.currentIndex())
        self.detail.show_student(student_id, now=now)

    def _arrange_columns(self, room: int) -> None:
        """Leave out what one child beside the table says anyway; `room` px are left for it, 0 for all of the page."""
        tight = room < self.fontMetrics().horizontalAdvance("永") * ROOMY
        hidden = {*WIDE, "班级"} if tight else set(WIDE)
        for place, one in enumerate(COLUMNS):
            self.view.setColumnHidden(place, bool(room) and one.heading in hidden)

    def _walked(self, now: QModelIndex, _before: QModelIndex) -> None:
        one = self.model.row(now)
        if one and self.detail.isVisible() and one["id"] != self.detail.student:
            self.detail.show_student(str(one["id"]))

    def _into_table(self) -> None:
        if self.model.rows:
            self.view.setFocus()
            self.view.selectRow(max(self.view.currentIndex().row(), 0))

    def _present(self, title: str, form: Form, save: Any) -> None:
        save_by_key(form, save)
        keep: QPushButton = button("保存 Ctrl+S", save, "primary")
        self.panel.present(title, form, [button("取消 Esc", self.panel.leave), keep], form.is_dirty)

    def _save_new(self, form: AddForm) -> None:
        try:
            entry = form.entry()
        except UserError as problem:
            self.context.tasks.show_problem(problem)
            return
        self.context.tasks.write(self, add_student, entry, then=lambda done: self._added(entry.name, done))

    def _added(self, name: str, done: dict[str, Any]) -> None:
        self.panel.dismiss()
        self._wished = done["id"]
        self.refresh()
        warnings = "；".join(done["warnings"])
        if warnings:
            self.context.bus.refused.emit(f"已登记{name}，但{warnings}。")
        else:
            self.context.bus.said.emit(f"已登记{name}。")

    def _save_changed(self, form: EditForm, whole: dict[str, Any]) -> None:
        try:
            values = form.changed()
        except UserError as problem:
            self.context.tasks.show_problem(problem)
            return
        if not values:
            self.panel.dismiss()
            return
        self.context.tasks.write(
            self, save_student, whole["id"], values, then=lambda done: self._changed(whole["name"], done)
        )

    def _changed(self, name: str, done: dict[str, Any]) -> None:
        self.panel.dismiss()
        self.refresh()
        words = "、".join(done["changed"]) or "没有变化"
        self.context.bus.said.emit(f"已更正{name}：{words}。按Ctrl+Z可以撤销。")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """Keys of the table."""
        if watched is self.view and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        actions = {
            Qt.Key.Key_Return: self.open_current,
            Qt.Key.Key_Enter: self.open_current,
            Qt.Key.Key_E: self._edit_current,
            Qt.Key.Key_N: self.add_button.click,
            Qt.Key.Key_I: self.import_button.click,
            Qt.Key.Key_Slash: self.filters.text.setFocus,
            Qt.Key.Key_Escape: self._escape,
        }
        action = actions.get(Qt.Key(event.key()))
        if action is None:
            return False
        action()
        return True

    def _edit_current(self) -> None:
        if self.detail.isVisible():
            self.detail.ask_edit()
        else:
            self.open_current(focus=False)

    def _escape(self) -> None:
        if self.detail.isVisible():
            self.close_detail()
        else:
            self.filters.clear()
