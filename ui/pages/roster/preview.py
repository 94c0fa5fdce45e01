"""The second step of the import: what the file would change, row by row, and the button that writes it."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QTabWidget, QVBoxLayout, QWidget

from app.domain.identity import mask_id
from ui.models.rows import Column, Row
from ui.pages.roster.mapping import UNREAD, MappingTab
from ui.widgets.listing import Listing
from ui.widgets.parts import button, card, label, row, strip

MASKED = {"身份证件号", "学籍号"}

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
        self.partial = QCheckBox("这是部分名单，不核对消失(&P)")
        self.partial.setToolTip(
            "文件里只有一部分学生（如改好的问题行、一个班的补充名单）时勾上，不在里面的学生不算消失"
        )
        self.partial.toggled.connect(lambda _on: self._lay())
        self._shown: Mapping[str, Any] = {}
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("导入预览")
        self.save_button = button("把问题行存为Excel(&S)…", self.save.emit)
        self.accept_button = button("导入(&I)", self.accepted.emit, "primary")
        self._promise = label("还没有写入。导入以后可以整批撤销。", "quiet", wrap=True)
        self._first = label(
            "栏目的对应改过了，还没有重新预览。请先点“按选择重新预览”，再导入。", "today", wrap=True
        )
        self._first.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._file)
        layout.addWidget(self.counts)
        layout.addWidget(self.partial)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(row(self._promise, self._first, None, self.save_button, self.accept_button))
        self.mapping_tab.again.connect(self.again)
        self.mapping_tab.changed.connect(self._offer)

    def mapping(self) -> dict[str, str]:
        """Our field → header where a person has to say it."""
        return self.mapping_tab.mapping()

    def ignored(self) -> list[str]:
        """Headers that are not to be read, whatever they seem to mean."""
        return self.mapping_tab.ignored()

    def is_partial(self) -> bool:
        """Whether the file says nothing of the children who are not in it."""
        return self.partial.isChecked()

    def take_focus(self) -> None:
        """The next thing to do gets the keyboard."""
        (self.accept_button if self.accept_button.isEnabled() else self.tabs.tabBar()).setFocus()

    def show_preview(self, file_name: str, shown: Mapping[str, Any]) -> None:
        """Show the answer of `preview_file`."""
        self._file.setText(file_name)
        self._shown = shown
        self.counts.setVisible(shown["recognised"])
        self.save_button.setVisible(shown["recognised"] and bool(shown["rejected"]))
        self.partial.setVisible(shown["recognised"] and bool(shown["vanished"]))
        self.mapping_tab.show_mapping(shown, "" if shown["recognised"] else UNREAD)
        with QSignalBlocker(self.partial):
            self.partial.setChecked(shown["recognised"] and shown["partial"])
        if shown["recognised"]:
            self._lay()
        else:
            self.tabs.clear()
            self.tabs.addTab(self.mapping_tab, "栏目对应")
            self._offer()

    def _lay(self) -> None:
        """Counts, tabs and the words of the button, by whether the file is the whole roster."""
        shown = self._shown
        vanished = [] if self.is_partial() else shown["vanished"]
        counts = (shown["added"], shown["changed"], shown["unchanged"], len(vanished), len(shown["rejected"]))
        for number, count in zip(self.numbers.values(), counts, strict=True):
            number.setText(str(count))
        self._fill(
            (self.new, "新增", shown["new"]),
            (self.changed, "变化", _field_rows(shown["changes"])),
            (self.vanished, "消失", vanished),
            (self.problems, "问题行", shown["rejected"]),
            (self.warnings, "提醒", shown["warnings"]),
        )
        unread = len(shown["unused_headers"])
        self.tabs.addTab(self.mapping_tab, f"栏目对应（{unread}栏没有读）" if unread else "栏目对应")
        self._offer()

    def _offer(self) -> None:
        """The button that writes what is shown, unless the columns mean something else by now."""
        shown = self._shown
        unread = shown["recognised"] and self.mapping_tab.unread
        self._promise.setVisible(not unread)
        self._first.setVisible(unread)
        if not shown["recognised"]:
            words = ""
        else:
            vanished = 0 if self.is_partial() else len(shown["vanished"])
            words = _accept_words(shown["added"], shown["changed"], vanished)
        self.accept_button.setEnabled(bool(words) and not unread)
        self.accept_button.setText(words or ("没有要改动的" if shown["recognised"] else "先指明栏目"))

    def _fill(self, *parts: tuple[Listing, str, list[Row]]) -> None:
        """The tabs that have something to show, the first of them open."""
        self.tabs.clear()
        for listing, word, rows in parts:
            listing.set_rows(rows)
            if rows:
                self.tabs.addTab(listing, f"{word} {len(rows)}")


def _accept_words(added: int, changed: int, vanished: int) -> str:
    """What importing would do, on the button; empty where it would do nothing."""
    parts = [f"新增{added}名"] if added else []
    parts += [f"更正{changed}名"] if changed else []
    parts += [f"{vanished}名列为消失"] if vanished else []
    return f"导入：{'，'.join(parts)}(&I)" if parts else ""


def _field_rows(changes: Sequence[Mapping[str, Any]]) -> list[Row]:
    """One row for every field that changes; numbers stay masked."""
    return [
        {"name": one["name"], "field": field, "old": _shown(field, old), "new": _shown(field, new)}
        for one in changes
        for field, (old, new) in one["fields"].items()
    ]


def _shown(field: str, text: str) -> str:
    return mask_id(text) if field in MASKED else text
