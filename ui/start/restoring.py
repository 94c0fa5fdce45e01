"""Going back to a backup beside the window; a backup of another unit is asked about first, with both names."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget

from app.errors import OtherUnit
from ui.start.gate import Gate
from ui.start.opener import Opener, Refused, Then

KEPT = "没有恢复，现在的数据没有动。"


def restore_asking(
    parent: QWidget, gate: Gate, opener: Opener, file: Path, password: str, then: Then, refused: Refused
) -> None:
    """Make `file` the data of the gate's folder; `then` gets None once it is, `refused` the sentence why it is not.

    Another unit's backup is put there only when a person, asked over `parent`, says so.
    """

    def tried() -> str:
        try:
            gate.restore(file, password)
        except OtherUnit as other:
            return other.sentence
        return ""

    def answered(question: str) -> None:
        if not question:
            then(None)
            return
        sure = partial(gate.restore, file, password, other_unit=True)
        _ask(parent, question, lambda: opener.run(sure, then, refused), lambda: refused(KEPT))

    opener.run(tried, answered, refused)


def _ask(parent: QWidget, question: str, yes: Callable[[], object], no: Callable[[], object]) -> None:
    box = QMessageBox(parent)
    box.setWindowTitle("备份是另一个单位的")
    box.setText(question)
    back = box.addButton("不恢复", QMessageBox.ButtonRole.RejectRole)
    go = box.addButton("换成备份里的单位", QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(back)
    box.setEscapeButton(back)
    go.clicked.connect(yes)
    back.clicked.connect(no)
    box.open()
