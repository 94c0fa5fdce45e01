"""设置: 人员: who works here, since when, and who answers for which class, village or child."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from app.errors import UserError
from app.service.children.staff import (
    COLUMNS,
    Colleague,
    ColleagueSaved,
    Departure,
    StaffEntry,
    list_staff,
    note_departure,
    save_staff,
)
from ui.context import Context
from ui.models.rows import Column, RowsModel
from ui.pages.settings.part import SettingsPart
from ui.widgets.form import Form
from ui.widgets.parts import button, label, row, table
from ui.widgets.side_panel import SidePanel

POSTS = (
    "校长",
    "副校长",
    "教导主任",
    "德育主任",
    "班主任",
    "科任教师",
    "教办主任",
    "分管领导",
    "承办人",
    "驻村干部",
)
HINTS = {
    "班主任": "哪个班，例如五年级2班",
    "包村": "哪个村，例如上湾村",
    "包学生": "学生姓名",
}


def _charges(one: Colleague) -> str:
    return "；".join(f"{kind}：{what}" for kind, what in one.charges.items() if what)


def _time(one: Colleague) -> str:
    return f"{one.first_day} 至 {one.last_day}" if one.last_day else f"{one.first_day} 起"


STAFF_COLUMNS = (
    Column("姓名", lambda one: str(one.name), width=7),
    Column("职务", lambda one: str(one.post), width=8),
    Column("电话", lambda one: str(one.phone), width=9),
    Column("任职", _time, width=13, tint=lambda one: "" if one.current else "quiet"),
    Column("负责", _charges, width=0),
)


class StaffPart(SettingsPart):
    """The colleagues; Enter or a double click opens one."""

    heading = "人员"
    explanation = "本单位的人：谁是哪个班的班主任，谁包哪个村、哪个学生。离任的写上日期，以前的记录还在。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.model = RowsModel(STAFF_COLUMNS, self)
        self.list = table(self.model, "人员")
        self.list.activated.connect(lambda _index: self._edit())
        self.panel = SidePanel(self)
        self.form: Form | None = None
        self.add = button("添加人员(&M)…", lambda: self._open(None), "primary")
        self.edit = button("修改(&E)…", self._edit)
        self.departure = button("离任(&K)…", self._ask_last_day)
        self.everybody = QCheckBox("也看离任的(&J)")
        self.everybody.toggled.connect(lambda _on: self.refresh())
        self.empty = label("还没有人员。按右下角的按钮添加。", "today", wrap=True)
        self.empty.hide()
        self.body.addWidget(self.empty)
        self.body.addWidget(self.list, 1)
        self.body.addLayout(row(self.edit, self.departure, self.everybody, None, self.add))

    def refresh(self) -> None:
        """Read who is here."""
        self.context.tasks.read(self, list_staff, everybody=self.everybody.isChecked(), then=self._fill)

    def is_dirty(self) -> bool:
        """Whether something was typed into the open panel."""
        return self.panel.unsaved

    def _fill(self, rows: Sequence[Colleague]) -> None:
        before = self.model.row(self.list.currentIndex())
        self.model.set_rows(rows)
        self.empty.setVisible(not rows)
        self.edit.setEnabled(bool(rows))
        self.departure.setEnabled(bool(rows))
        if rows:
            self.list.selectRow(max(self.model.position("id", before.id if before else ""), 0))

    def _chosen(self) -> Colleague | None:
        chosen: Colleague | None = self.model.row(self.list.currentIndex())
        if chosen is None:
            self.context.bus.refused.emit("请先在表里选一个人。")
        return chosen

    def _edit(self) -> None:
        if chosen := self._chosen():
            self._open(chosen)

    def _open(self, known: Colleague | None) -> None:
        """The form of a colleague, empty for a new one."""
        form = Form(self.context.today)
        save = lambda: self._save(form, known)  # noqa: E731 — for Enter and for the button
        form.add_line("姓名", text=known.name if known else "")
        post = form.add_suggested("职务", POSTS, hint="选一个，或自己写")
        post.setCurrentText(known.post if known else "")
        form.add_line("电话", text=known.phone if known else "")
        form.add_day("到任日期", known.first_day if known else self.context.today)
        form.add_words("下面没有的不填；有几个，中间用“、”隔开。去掉的，责任到昨天为止。")
        for kind in COLUMNS:
            form.add_line(kind, hint=HINTS[kind], text=known.charges[kind] if known else "")
        form.mark_clean()
        form.on_enter(save)
        title = f"修改：{known.name}" if known else "添加人员"
        self._present(title, form, "保存", save)

    def _present(self, title: str, form: Form, word: str, act: Callable[[], object]) -> None:
        if self.panel.present(title, form, [button(word, act, "primary")], form.is_dirty):
            self.form = form

    def _save(self, form: Form, known: Colleague | None) -> None:
        if entry := self.understood(lambda: _entry(form)):
            who = known.id if known else ""
            self.panel.save(self.context.tasks, self, save_staff, who, entry, then=self._kept)

    def _ask_last_day(self) -> None:
        if chosen := self._chosen():
            form = Form(self.context.today)
            form.add_words(f"{chosen.name}　{chosen.post}", "strong")
            form.add_day("最后一天", self.context.today)
            form.add_words("所包的班、村、学生到这一天为止，请另外安排人。写错了按Ctrl+Z撤销。")
            form.mark_clean()
            form.on_enter(lambda: self._note_departure(form, chosen))
            self._present("离任", form, "记离任", lambda: self._note_departure(form, chosen))

    def _note_departure(self, form: Form, chosen: Colleague) -> None:
        def told(done: Departure) -> None:
            self._saved(f"{done.name}已记离任，到{done.last_day}为止。")

        if day := self.understood(lambda: _last_day(form)):
            self.panel.save(self.context.tasks, self, note_departure, chosen.id, day, then=told)

    def _kept(self, done: ColleagueSaved) -> None:
        self._saved(f"{done.name}已保存。")
        if done.warnings:
            self.context.bus.refused.emit(f"{done.name}已保存。但是{'；'.join(done.warnings)}。")

    def _saved(self, sentence: str) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.context.bus.said.emit(sentence)
        self.refresh()


def _entry(form: Form) -> StaffEntry:
    """What was typed of a colleague. Raises UserError where the first day is no day."""
    values = form.values()
    return StaffEntry(
        name=values["姓名"],
        post=values["职务"],
        phone=values["电话"],
        from_on=form.day("到任日期"),
        charges={kind: values[kind] for kind in COLUMNS},
    )


def _last_day(form: Form) -> date:
    """The last day that was typed. Raises UserError where it is missing or no day."""
    day = form.day("最后一天")
    if day is None:
        raise UserError("请写在这里的最后一天。")
    return day
