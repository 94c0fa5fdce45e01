"""What kind of list a file is: a chooser set to what its title says."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.service.screens.roster import KINDS
from ui.widgets.parts import label

WORDS = dict(
    zip(
        KINDS,
        (
            "全校名册：不在里面的学生算消失",
            "部分名单：只有一部分学生",
            "专项名单（如留守、低保）：只改里面的学生，记上对象类别",
            "单人信息表：只有一名学生",
        ),
        strict=True,
    )
)


class KindChooser(QWidget):
    """The kinds of lists.

    Signals:
        chosen(kind): the person says that the file is of another kind.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QComboBox()
        self.box.setAccessibleName("这是什么名单")
        for kind, words in WORDS.items():
            self.box.addItem(words, kind)
        question = label("这是什么名单(&K)？")
        question.setBuddy(self.box)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(question)
        layout.addWidget(self.box)
        layout.addStretch(1)
        self.box.activated.connect(lambda _place: self.chosen.emit(self.kind()))

    def kind(self) -> str:
        """The kind that is chosen."""
        return str(self.box.currentData())

    def show_kind(self, kind: str) -> None:
        """Show what the file was read as."""
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(max(self.box.findData(kind), 0))
