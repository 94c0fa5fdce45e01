"""The second step of the import: what the file would change, row by row, and the button that writes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QTabWidget, QVBoxLayout, QWidget

from app.service.children.roster_answers import (
    ChangedChild,
    NewChild,
    RosterAnswer,
    RosterProblem,
    VanishedChild,
)
from app.service.screens.roster import KINDS, FilePreview
from ui.models.rows import Column, Row
from ui.pages.roster.alike import AlikeTab
from ui.pages.roster.classes import ClassesTab
from ui.pages.roster.kind import KindChooser
from ui.pages.roster.mapping import UNREAD, MappingTab
from ui.pages.roster.school import SchoolChooser
from ui.widgets.listing import Listing
from ui.widgets.parts import button, card, label, row, strip

WHOLE, PART, *_ = KINDS


@dataclass(frozen=True)
class FieldRow:
    """One field of one child that changes."""

    name: str
    field: str
    old: str
    new: str


def place_words(one: NewChild | VanishedChild) -> str:
    """Where a child belongs; the school only where more than one is in sight."""
    return f"{one.school} {one.class_name}".strip()


NEW = (
    Column("姓名", lambda one: str(one.name), width=9),
    Column("班级", place_words, width=12),
    Column("性别", lambda one: str(one.gender), width=4),
    Column("出生日期", lambda one: str(one.birth or ""), width=7),
    Column("从哪天起在校", lambda one: str(one.from_on), width=8),
    Column("在文件中的位置", lambda one: f"{one.sheet} 第{one.row}行", width=0),
)
CHANGED = (
    Column("姓名", lambda one: str(one.name), width=9),
    Column("项目", lambda one: str(one.field), width=8),
    Column("原来", lambda one: one.old or "（空）", width=14),
    Column("改为", lambda one: one.new or "（空）", width=0, bold=lambda _one: True),
)
VANISHED = (
    Column("姓名", lambda one: str(one.name), width=9),
    Column("班级", place_words, width=12),
    Column("怎么办", lambda _one: "资料不会删除；导入后列入今日，请核实去向", width=0),
)
PROBLEMS = (
    Column("工作表", lambda one: str(one.sheet), width=8),
    Column("单元格", lambda one: str(one.cell), lambda one: (one.sheet, one.row), width=5),
    Column("原因和办法", lambda one: str(one.reason), width=0),
)


def problem_words(one: RosterProblem) -> str:
    """A fault in full."""
    return f"{one.sheet} {one.cell}：{one.reason}。"


class PreviewStep(QWidget):
    """Counts, the rows behind them, and the button that writes.

    Signals:
        again(): read the file with the chosen meanings of its columns.
        save(): save the refused rows as a workbook.
        accepted(): write it.
    """

    again = Signal()
    save = Signal()
    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file = label("", "subtitle", wrap=True)
        self.numbers = {word: label("0", "phone") for word in ("新增", "变化", "未变", "消失", "问题行")}
        self.counts = strip(
            *(card(strip(label(word), None, number)) for word, number in self.numbers.items())
        )
        self.new = Listing("新增的学生", NEW, "没有新增的学生。")
        self.changed = Listing("有变化的学生", CHANGED, "没有变化。")
        self.vanished = Listing("名册里没有了的学生", VANISHED, "没有消失的学生。")
        self.alike = AlikeTab()
        self.problems = Listing("问题行", PROBLEMS, "没有问题行。", problem_words)
        self.warnings = Listing("提醒", PROBLEMS, "没有要提醒的。", problem_words)
        self.mapping_tab = MappingTab()
        self.classes_tab = ClassesTab()
        self.classes_tab.again.connect(self.again)
        self.school_chooser = SchoolChooser()
        self.partial = QCheckBox("这是部分名单，不核对消失(&P)")
        self.partial.setToolTip(
            "文件里只有一部分学生（如改好的问题行、一个班的补充名单）时勾上，不在里面的学生不算消失"
        )
        self.partial.toggled.connect(self._look_at_part)
        self.kind_chooser = KindChooser()
        self.kind_chooser.chosen.connect(self._choose_kind)
        self._kind = ""
        self._shown: FilePreview | None = None
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("导入预览")
        self.save_button = button("把问题行存为Excel(&S)…", self.save.emit)
        self.accept_button = button("导入(&I)", self.accepted.emit, "primary")
        self._promise = label("还没有写入。导入以后可以整批撤销。", "quiet", wrap=True)
        self._first = label("", "today", wrap=True)
        self._first.hide()
        self._lay_out()
        self.mapping_tab.again.connect(self.again)
        self.mapping_tab.changed.connect(self._offer)
        self.school_chooser.again.connect(self.again)
        self.school_chooser.changed.connect(self._offer)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._file)
        layout.addWidget(self.school_chooser)
        layout.addWidget(self.counts)
        layout.addLayout(row(self.kind_chooser, self.partial, None))
        layout.addWidget(self.tabs, 1)
        layout.addLayout(row(self._promise, self._first, None, self.save_button, self.accept_button))

    def mapping(self) -> dict[str, str]:
        """Our field → header where a person has to say it."""
        return self.mapping_tab.mapping()

    def ignored(self) -> list[str]:
        """Headers that are not to be read, whatever they seem to mean."""
        return self.mapping_tab.ignored()

    def school(self) -> str:
        """The school the file is said to be of; empty where its columns say it."""
        return self.school_chooser.school()

    def is_partial(self) -> bool:
        """Whether the file says nothing of the children who are not in it."""
        return self.partial.isChecked()

    def kind(self) -> str:
        """The kind of list a person said the file is; empty where nobody did."""
        return self._kind

    def forget(self) -> None:
        """Another file comes: what was said of the last one does not hold for it."""
        self._kind = ""
        self.classes_tab.forget()

    def take_focus(self) -> None:
        """The next thing to do gets the keyboard."""
        asks = self._shown is not None and self._shown.question is not None and self._shown.answer is None
        if asks:
            self.school_chooser.box.setFocus()
        else:
            self._first_asked().setFocus()

    def _first_asked(self) -> QWidget:
        """The pairs that may be one child before the button that writes them."""
        if self.tabs.currentWidget() is self.alike:
            return self.alike.listing.view
        return self.accept_button if self.accept_button.isEnabled() else self.tabs.tabBar()

    def show_preview(self, file_name: str, shown: FilePreview) -> None:
        """Show the answer of `preview_file`."""
        self._file.setText(file_name)
        self._shown = shown
        told = shown.answer
        self.counts.setVisible(told is not None)
        self.save_button.setVisible(told is not None and bool(told.rejected))
        self.partial.setVisible(told is not None and bool(told.vanished))
        self.kind_chooser.setVisible(told is not None)
        self.kind_chooser.show_kind(told.kind if told else "")
        self.mapping_tab.show_mapping(shown, "" if shown.recognised else UNREAD)
        self.school_chooser.show_question(shown.question)
        with QSignalBlocker(self.partial):
            self.partial.setChecked(told is not None and told.partial)
        if told:
            classes = dict.fromkeys(one.class_name for one in told.new)
            self.classes_tab.show_texts(told.unknown_classes, sorted(classes))
            self._lay()
        else:
            self.tabs.clear()
            self.tabs.addTab(self.mapping_tab, "栏目对应")
            self._offer()

    def show_said(self, shown: FilePreview) -> None:
        """Show what the file would do after a word about a pair; the keyboard stays with the pairs."""
        self._shown = shown
        self._lay()
        self.tabs.setCurrentWidget(self.alike)
        self.alike.listing.view.setFocus()

    def _choose_kind(self, kind: str) -> None:
        """A whole roster and a part of it differ in what is said of those who are not in it; other kinds are read
        anew."""
        told = self._shown.answer if self._shown else None
        self._kind = kind
        if told and {told.kind, kind} <= {WHOLE, PART}:
            self.partial.setChecked(kind == PART)
        else:
            self.again.emit()

    def _look_at_part(self, part: bool) -> None:
        self.kind_chooser.show_kind(PART if part else WHOLE)
        self._lay()

    def _lay(self) -> None:
        """Counts, tabs and the words of the button, by whether the file is the whole roster."""
        told = self._shown.answer if self._shown else None
        if told is None:
            return
        vanished = () if self.is_partial() else told.vanished
        counts = (told.added, told.changed, told.unchanged, len(vanished), len(told.rejected))
        for number, count in zip(self.numbers.values(), counts, strict=True):
            number.setText(str(count))
        self._fill(
            told,
            (self.new, "新增", told.new),
            (self.changed, "变化", _field_rows(told.changes)),
            (self.vanished, "消失", vanished),
            (self.problems, "问题行", told.rejected),
            (self.warnings, "提醒", told.warnings),
        )
        self.alike.show_pairs(told.alike)
        if told.alike:
            self.tabs.insertTab(0, self.alike, f"同一人？ {len(told.alike)}")
            self.tabs.setCurrentIndex(0)
        if told.unknown_classes:
            self.tabs.insertTab(0, self.classes_tab, f"班级对应 {len(told.unknown_classes)}")
            self.tabs.setCurrentIndex(0)
        unread = len(told.unused_headers)
        self.tabs.addTab(self.mapping_tab, f"栏目对应（{unread}栏没有读）" if unread else "栏目对应")
        self._offer()

    def _offer(self) -> None:
        """The button that writes what is shown, unless the columns or the school mean something else by now."""
        shown = self._shown
        if shown is None:
            return
        first = self._to_do_first(shown)
        self._promise.setVisible(not first)
        self._first.setVisible(bool(first))
        self._first.setText(first)
        words = _accept_words(shown.answer, partial=self.is_partial()) if shown.answer else ""
        self.accept_button.setEnabled(bool(words) and not first)
        self.accept_button.setText(words or _nothing_to_accept(shown))

    def _to_do_first(self, shown: FilePreview) -> str:
        """What was chosen and not read yet, as a sentence; empty where what is shown can be accepted."""
        if shown.recognised and self.mapping_tab.unread:
            return "栏目的对应改过了，还没有重新预览。请先点“按选择重新预览”，再导入。"
        if shown.answer and self.school_chooser.unread:
            return "学校改过了，还没有重新预览。请先点“按这所学校预览”，再导入。"
        return ""

    def _fill(self, told: RosterAnswer, *parts: tuple[Listing, str, Sequence[Row]]) -> None:
        """The tabs that have something to show, the first of them open; a changed child counts once."""
        self.tabs.clear()
        for listing, word, rows in parts:
            listing.set_rows(rows)
            if rows:
                children = {one.id for one in told.changes} if listing is self.changed else rows
                self.tabs.addTab(listing, f"{word} {len(children)}")


def _accept_words(told: RosterAnswer, *, partial: bool) -> str:
    """What importing would do, on the button; empty where it would do nothing."""
    parts = [f"新增{told.added}名"] if told.added else []
    parts += [f"更正{told.changed}名"] if told.changed else []
    parts += [f"{len(told.vanished)}名列为消失"] if told.vanished and not partial else []
    return f"导入：{'，'.join(parts)}(&I)" if parts else ""


def _nothing_to_accept(shown: FilePreview) -> str:
    if shown.answer:
        return "没有要改动的"
    return "先指明学校" if shown.recognised else "先指明栏目"


def _field_rows(changes: Sequence[ChangedChild]) -> list[FieldRow]:
    """One row for every field that changes; the numbers come masked."""
    return [FieldRow(one.name, each.field, each.old, each.new) for one in changes for each in one.fields]
