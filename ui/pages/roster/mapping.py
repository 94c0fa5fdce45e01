"""Which column of a roster means what: every header with a chooser, set to what was recognised."""

from collections import Counter
from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from app.service.screens.roster import FIELDS, FilePreview
from ui.widgets.parts import button, column, label, row, scrolled

NOT_READ = "不导入"
UNREAD = "没有认出这份名册的表头。请指明姓名和班级各在哪一栏，再按“按选择重新预览”。"
NEEDED = ("姓名", "班级")


class MappingTab(QWidget):
    """A chooser a header; what is chosen takes effect when the file is read again.

    Signals:
        again(): the person wants the file read with what was chosen.
        changed(): something was chosen, or another file is shown; `unread` may say otherwise now.
    """

    again = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._why = label("", "today", wrap=True)
        self._hint = label(
            "表里的每一栏是我们的哪一项？认错了可以改，不需要的选“不导入”。", "subtitle", wrap=True
        )
        self.problem = label("", "today", wrap=True)
        self.choosers: dict[str, QComboBox] = {}
        self._automatic: dict[str, str] = {}
        self._meanings: dict[str, str] = {}
        self._class_known = False
        self._as_read: dict[str, str] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        self.button = button("按选择重新预览(&R)", self.again.emit)
        layout = column(self._why, self._hint, spacing=12, margin=12)
        layout.addLayout(self._grid)
        beside = row(self.button, self.problem)
        beside.setStretch(1, 1)
        layout.addLayout(beside)
        layout.addStretch(1)
        body = QWidget()
        body.setLayout(layout)
        self.setLayout(column(scrolled(body)))

    def show_mapping(self, shown: FilePreview, why: str) -> None:
        """Show the answer of `preview_file`; `why` is a sentence above it, or an empty text."""
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self._automatic = dict(shown.automatic or {})
        self._meanings = dict(shown.meanings)
        self._class_known = shown.class_known
        read = {header: field for field, header in (shown.mapping or {}).items()}
        self._build({header: read.get(header, "") for header in shown.headers})
        self._as_read = self.chosen() if shown.recognised else {}
        self._look()

    def chosen(self) -> dict[str, str]:
        """Header → our field, of those that are to be read."""
        return {header: box.currentText() for header, box in self.choosers.items() if box.currentIndex() > 0}

    @property
    def unread(self) -> bool:
        """Whether the file was not read as is chosen now."""
        return self.chosen() != self._as_read

    def mapping(self) -> dict[str, str]:
        """Our field → header where that is not what the reader finds by itself."""
        pairs = self.chosen().items()
        return {field: header for header, field in pairs if self._automatic.get(field) != header}

    def ignored(self) -> list[str]:
        """The headers the reader would use by itself and is not to."""
        chosen = self.chosen()
        wanted = set(chosen.values())
        return [
            header
            for header, field in self._meanings.items()
            if header in self.choosers and header not in chosen and field not in wanted
        ]

    def _build(self, headers: Mapping[str, str]) -> None:
        while item := self._grid.takeAt(0):
            if old := item.widget():
                old.deleteLater()
        self.choosers = {}
        for place, (header, field) in enumerate(headers.items()):
            box = QComboBox()
            box.addItems([NOT_READ, *dict.fromkeys((*FIELDS, *filter(None, [field])))])
            box.setCurrentText(field or NOT_READ)
            box.setAccessibleName(f"“{header}”是哪一项")
            box.setMaxVisibleItems(16)
            box.currentIndexChanged.connect(self._look)
            self.choosers[header] = box
            words = label(header, wrap=True)
            words.setBuddy(box)
            line, side = divmod(place, 2)
            self._grid.addWidget(words, line, side * 2)
            self._grid.addWidget(box, line, side * 2 + 1)

    def _look(self) -> None:
        problem = self._problem(self.chosen())
        self.problem.setText(problem if self.unread or not self._as_read else "")
        self.button.setEnabled(self.unread and not problem)
        self.changed.emit()

    def _problem(self, chosen: Mapping[str, str]) -> str:
        """Why the file cannot be read so; empty where it can."""
        fields = chosen.values()
        for field, count in Counter(fields).items():
            if count > 1:
                columns = "”“".join(header for header, one in chosen.items() if one == field)
                return f"“{columns}”都选成了“{field}”。一项只能对应一栏，请改其中的一栏。"
        lacking = [one for one in NEEDED if one not in fields and not (one == "班级" and self._class_known)]
        return f"还要指明“{'”和“'.join(lacking)}”在哪一栏。" if lacking else ""
