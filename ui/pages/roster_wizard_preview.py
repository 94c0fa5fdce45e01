"""The second step of the import: what the file would change, row by row, and which column means what."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QTabWidget, QVBoxLayout, QWidget

from app.domain.identity import mask_id
from app.service.roster_view import FIELDS
from ui.models.rows import Column, Row
from ui.pages.students_facts import strip
from ui.pages.students_listing import Listing
from ui.widgets.parts import button, card, label, row, scrolled

MASKED = {"身份证件号", "学籍号"}
NOT_READ = "不导入"
UNREAD = "没有认出这份名册的表头。请指明姓名和班级（年级）各在哪一栏，再按“按选择重新预览”。"

NEW = (
    Column("姓名", lambda one: str(one["name"]), width=9),
    Column("班级", lambda one: str(one["class"]), width=8),
    Column("性别", lambda one: str(one["gender"]), width=4),
    Column("出生日期", lambda one: str(one["birth"] or ""), width=7),
    Column("在文件中的位置", lambda one: f"{one['sheet']} 第{one['row']}行", width=0),
)
CHANGED = (
    Column("姓名", lambda one: str(one["name"]), width=9),
    Column("项目", lambda one: str(one["field"]), width=8),
    Column("原来", lambda one: one["old"] or "（空）", width=14),
    Column("改为", lambda one: one["new"] or "（空）", width=0, bold=lambda _one: True),
)
VANISHED = (
    Column("姓名", lambda one: str(one["name"]), width=9),
    Column("班级", lambda one: str(one["class"]), width=8),
    Column("怎么办", lambda _one: "资料不会删除；导入后列入今日，请核实去向", width=0),
)
PROBLEMS = (
    Column("工作表", lambda one: str(one["sheet"]), width=8),
    Column("单元格", lambda one: str(one["cell"]), lambda one: (one["sheet"], one["row"]), width=5),
    Column("原因和办法", lambda one: str(one["reason"]), width=0),
)


def problem_words(one: Row) -> str:
    """A fault in full."""
    return f"{one['sheet']} {one['cell']}：{one['reason']}。"


class MappingTab(QWidget):
    """Which header was read as what; each header not recognised can be given a meaning.

    Signals:
        again(): the person wants the file read with what was chosen.
    """

    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._why = label("", "today", wrap=True)
        self._known = label("", wrap=True)
        self.choosers: dict[str, QComboBox] = {}
        self._kept: dict[str, str] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._unknown = label(
            "没有认出的栏目：是我们的哪一项？不需要的就留着“不导入”。", "subtitle", wrap=True
        )
        self.button = button("按选择重新预览(&R)", self.again.emit)
        self.button.setEnabled(False)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(12)
        for one in (self._why, self._known, self._unknown):
            layout.addWidget(one)
        layout.addLayout(self._grid)
        layout.addLayout(row(self.button, None))
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(body))

    def forget(self) -> None:
        """Begin with a new file."""
        self._kept = {}

    def show_mapping(self, known: Mapping[str, str], unknown: Sequence[str], why: str) -> None:
        """`known` is our field → header; `unknown` the headers nobody used; `why` a sentence, or an empty text."""
        self._why.setText(why)
        self._why.setVisible(bool(why))
        pairs = [field if field == header else f"{field} ← {header}" for field, header in known.items()]
        self._known.setText(f"认出了{len(pairs)}栏：{'，'.join(pairs)}。" if pairs else "")
        self._known.setVisible(bool(pairs))
        self._unknown.setVisible(bool(unknown))
        self._build(unknown)

    def mapping(self) -> dict[str, str]:
        """Our field → header, as chosen by hand for this file so far."""
        chosen = {
            box.currentText(): header for header, box in self.choosers.items() if box.currentIndex() > 0
        }
        return self._kept | chosen

    def keep(self) -> None:
        """The file is read with what was chosen: it stays chosen."""
        self._kept = self.mapping()

    def _build(self, unknown: Sequence[str]) -> None:
        while item := self._grid.takeAt(0):
            if old := item.widget():
                old.deleteLater()
        self.choosers = {}
        for place, header in enumerate(unknown):
            box = QComboBox()
            box.addItems([NOT_READ, *FIELDS])
            box.setAccessibleName(f"“{header}”是哪一项")
            box.setMaxVisibleItems(16)
            box.currentIndexChanged.connect(self._look)
            self.choosers[header] = box
            words = label(header)
            words.setBuddy(box)
            line, side = divmod(place, 2)
            self._grid.addWidget(words, line, side * 2)
            self._grid.addWidget(box, line, side * 2 + 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        self.button.setVisible(bool(unknown))
        self._look()

    def _look(self) -> None:
        self.button.setEnabled(any(box.currentIndex() > 0 for box in self.choosers.values()))


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
        self.problems = Listing("问题行", PROBLEMS, "没有问题行。", problem_words)
        self.warnings = Listing("提醒", PROBLEMS, "没有要提醒的。", problem_words)
        self.mapping_tab = MappingTab()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("导入预览")
        self.save_button = button("把问题行存为Excel(&S)…", self.save.emit)
        self.accept_button = button("导入(&I)", self.accepted.emit, "primary")
        self._promise = label("还没有写入。导入以后可以整批撤销。", "quiet", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._file)
        layout.addWidget(self.counts)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(row(self._promise, None, self.save_button, self.accept_button))
        self.mapping_tab.again.connect(self._again)

    def forget(self) -> None:
        """Begin with a new file."""
        self.mapping_tab.forget()

    def mapping(self) -> dict[str, str]:
        """Our field → header as chosen by hand; empty where nothing was."""
        return self.mapping_tab.mapping()

    def take_focus(self) -> None:
        """The next thing to do gets the keyboard."""
        (self.accept_button if self.accept_button.isEnabled() else self.tabs.tabBar()).setFocus()

    def show_preview(self, file_name: str, shown: Mapping[str, Any]) -> None:
        """Show the answer of `preview_file`."""
        self._file.setText(file_name)
        self.counts.setVisible(shown["recognised"])
        self.save_button.setVisible(shown["recognised"] and bool(shown["rejected"]))
        if not shown["recognised"]:
            self._show_unread(shown)
            return
        self.mapping_tab.show_mapping(shown["mapping"], shown["unused_headers"], "")
        changes = _field_rows(shown["changes"])
        counts = (
            shown["added"],
            shown["changed"],
            shown["unchanged"],
            len(shown["vanished"]),
            len(shown["rejected"]),
        )
        for number, count in zip(self.numbers.values(), counts, strict=True):
            number.setText(str(count))
        self._fill(
            (self.new, "新增", shown["new"]),
            (self.changed, "变化", changes),
            (self.vanished, "消失", shown["vanished"]),
            (self.problems, "问题行", shown["rejected"]),
            (self.warnings, "提醒", shown["warnings"]),
        )
        words = (
            f"栏目对应（{len(shown['unused_headers'])}栏没有读）" if shown["unused_headers"] else "栏目对应"
        )
        self.tabs.addTab(self.mapping_tab, words)
        touched = shown["added"] + shown["changed"] + len(shown["vanished"])
        self.accept_button.setEnabled(touched > 0)
        self.accept_button.setText(_accept_words(shown) if touched else "没有要改动的")

    def _fill(self, *parts: tuple[Listing, str, list[Row]]) -> None:
        """The tabs that have something to show, the first of them open."""
        self.tabs.clear()
        for listing, word, rows in parts:
            listing.set_rows(rows)
            if rows:
                self.tabs.addTab(listing, f"{word} {len(rows)}")

    def _show_unread(self, shown: Mapping[str, Any]) -> None:
        self.tabs.clear()
        self.mapping_tab.show_mapping({}, shown["headers"], UNREAD)
        self.tabs.addTab(self.mapping_tab, "栏目对应")
        self.accept_button.setEnabled(False)
        self.accept_button.setText("先指明栏目")

    def _again(self) -> None:
        self.mapping_tab.keep()
        self.again.emit()


def _accept_words(shown: Mapping[str, Any]) -> str:
    parts = [f"新增{shown['added']}名"] if shown["added"] else []
    parts += [f"更正{shown['changed']}名"] if shown["changed"] else []
    return f"导入：{'，'.join(parts)}(&I)" if parts else "导入(&I)"


def _field_rows(changes: Sequence[Mapping[str, Any]]) -> list[Row]:
    """One row for every field that changes; numbers stay masked."""
    return [
        {"name": one["name"], "field": field, "old": _shown(field, old), "new": _shown(field, new)}
        for one in changes
        for field, (old, new) in one["fields"].items()
    ]


def _shown(field: str, text: str) -> str:
    return mask_id(text) if field in MASKED else text
