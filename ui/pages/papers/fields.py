"""The fields of a paper in the order of its form: what is missing asked first, each with 有意留空."""

from collections.abc import Callable, Collection, Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.service.papers.drafts import DraftField
from ui.widgets.parts import clear, label, row, say

STORY_LINES = 3
TICKS_A_ROW = 3
NOTHING_CHOSEN = "（请选）"
REASON = "提前出具的理由"


def reason_line() -> QLineEdit:
    """Where the reason for a paper before its time is written."""
    line = QLineEdit()
    line.setAccessibleName(REASON)
    line.setPlaceholderText(f"{REASON}，和文书存在一起")
    return line


class Ticks(QWidget):
    """Boxes to tick; the answer is the ticked words joined by 、.

    Signals:
        edited(): a person ticked or unticked.
    """

    edited = Signal()

    def __init__(self, options: Sequence[str], name: str) -> None:
        super().__init__()
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        self._boxes = [QCheckBox(option) for option in options]
        for place, box in enumerate(self._boxes):
            box.setAccessibleName(f"{name}：{box.text()}")
            box.clicked.connect(lambda _checked: self.edited.emit())
            layout.addWidget(box, *divmod(place, TICKS_A_ROW))
        layout.setColumnStretch(TICKS_A_ROW, 1)
        self.setFocusProxy(self._boxes[0])

    @property
    def boxes(self) -> Sequence[QCheckBox]:
        """The boxes, in their order."""
        return self._boxes

    def text(self) -> str:
        """The ticked words."""
        return "、".join(box.text() for box in self._boxes if box.isChecked())

    def set_text(self, text: str) -> None:
        """Tick the words in `text`."""
        for box in self._boxes:
            box.setChecked(box.text() in text.split("、"))


Editor = QLineEdit | QPlainTextEdit | QComboBox | Ticks


class PaperField(QWidget):
    """One field: its name, whether it is still missing, the place to write, and 有意留空.

    Signals:
        edited(): a person changed the text or the check.
    """

    edited = Signal()

    def __init__(self, field: DraftField) -> None:
        super().__init__()
        self.name = field.name
        self.typed = False
        self.editor = _editor(field)
        self._state = label("")
        self.blank = QCheckBox("有意留空")
        self.blank.setAccessibleName(f"{field.name} 有意留空")
        self.blank.setToolTip("这一项就空着印出来，留给人用笔填")
        caption = label(field.name)
        caption.setBuddy(self.editor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(row(caption, self._state, None, self.blank))
        layout.addWidget(self.editor)
        self.blank.setVisible(not field.optional and not field.flag)
        _on_edit(self.editor, self._was_typed)
        self.blank.clicked.connect(self._blanked)
        self.take(field)

    def take(self, field: DraftField) -> None:
        """Show what the draft says of this field; what a person typed stays as it is."""
        if not self.typed and _text(self.editor) != field.value:
            _fill(self.editor, field.value)
        words, role = _state_words(field)
        say(self._state, words, role)
        self.editor.setAccessibleName(field.name)
        self.editor.setAccessibleDescription(f"{field.hint} {words}".strip())

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops in this field, in order."""
        boxes = self.editor.boxes if isinstance(self.editor, Ticks) else [self.editor]
        return [*boxes, self.blank]

    @property
    def text(self) -> str:
        """What is written."""
        return _text(self.editor).strip()

    def write(self, text: str) -> None:
        """Write `text` as a person would."""
        _fill(self.editor, text)
        self._was_typed()

    def restore(self, *, typed: bool, blank: bool) -> None:
        """What stands here was typed, or left blank, by a person before."""
        self.typed = typed
        self.blank.setChecked(blank)
        self.editor.setEnabled(not blank)

    def _was_typed(self) -> None:
        self.typed = True
        self.edited.emit()

    def _blanked(self) -> None:
        self.editor.setEnabled(not self.blank.isChecked())
        self.edited.emit()


class PaperFields(QWidget):
    """All fields of a draft. Those that were missing once stay in sight; `show_all` shows the others too.

    Tab comes to them after the widget `before`: without that, what is made later would be reached last in the window.

    Signals:
        edited(): a person changed something.
    """

    edited = Signal()

    def __init__(self, before: QWidget) -> None:
        super().__init__()
        self._before = self._last = before
        self.fields: dict[str, PaperField] = {}
        self._asked: set[str] = set()
        self._applies: dict[str, bool] = {}
        self._everything = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 8, 0)
        self._layout.setSpacing(12)

    def start(self, fields: Iterable[DraftField]) -> None:
        """Forget what was typed and build the fields of a new draft."""
        clear(self._layout)
        self.fields, self._asked = {}, set()
        self._last = self._before
        for one in fields:
            self._add(one)
        self._layout.addStretch(1)
        self.take(fields)

    def take(self, fields: Iterable[DraftField]) -> None:
        """Show the next answer for the same paper. Fields that came up only now are added at the end."""
        for one in fields:
            if one.name not in self.fields:
                self._add(one)
            self.fields[one.name].take(one)
            self._applies[one.name] = one.applies
            if one.missing:
                self._asked.add(one.name)
        self._arrange()

    def restore(self, typed: Collection[str], blanks: Collection[str]) -> None:
        """These fields were typed, or left blank, when this draft was open before."""
        for name in {*typed, *blanks} & set(self.fields):
            self.fields[name].restore(typed=name in typed, blank=name in blanks)
            self._asked.add(name)
        self._arrange()

    def show_all(self, everything: bool) -> None:
        """Show every field, or only those the record lacked."""
        self._everything = everything
        self._arrange()

    @property
    def typed(self) -> dict[str, str]:
        """What a person wrote, by field; not what is left blank on purpose."""
        return {
            name: one.text
            for name, one in self.fields.items()
            if one.typed and self._applies[name] and not one.blank.isChecked()
        }

    @property
    def blanks(self) -> list[str]:
        """The fields left blank on purpose."""
        return [name for name, one in self.fields.items() if one.blank.isChecked()]

    def is_dirty(self) -> bool:
        """Whether a person typed or checked anything."""
        return bool(self.typed or self.blanks)

    def focus_first(self) -> bool:
        """Go to the first field in sight; False if there is none."""
        for one in self.fields.values():
            if not one.isHidden() and one.editor.isEnabled():
                one.editor.setFocus()
                return True
        return False

    def _add(self, field: DraftField) -> None:
        made = PaperField(field)
        made.edited.connect(self.edited)
        self.fields[field.name] = made
        self._layout.addWidget(made)
        for stop in made.stops:
            self.setTabOrder(self._last, stop)
            self._last = stop

    def _arrange(self) -> None:
        for name, one in self.fields.items():
            one.setVisible(self._applies[name] and (self._everything or name in self._asked))


def _editor(field: DraftField) -> Editor:
    if field.options:
        return Ticks(field.options, field.name)
    if field.flag:
        choice = QComboBox()
        choice.addItems([NOTHING_CHOSEN, "是", "否"])
        return choice
    if field.story:
        text = QPlainTextEdit()
        text.setTabChangesFocus(True)
        text.setPlaceholderText(field.hint)
        text.setFixedHeight(text.fontMetrics().lineSpacing() * STORY_LINES + 20)
        return text
    line = QLineEdit()
    line.setMaxLength(field.longest)
    line.setPlaceholderText(field.hint)
    return line


def _on_edit(editor: Editor, told: Callable[[], None]) -> None:
    """Tell of a person's edits, not of the program's own."""
    if isinstance(editor, Ticks):
        editor.edited.connect(told)
    elif isinstance(editor, QComboBox):
        editor.activated.connect(lambda _place: told())
    elif isinstance(editor, QPlainTextEdit):
        editor.textChanged.connect(told)
    else:
        editor.textEdited.connect(lambda _text: told())


def _text(editor: Editor) -> str:
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    if isinstance(editor, QComboBox):
        return "" if editor.currentText() == NOTHING_CHOSEN else editor.currentText()
    return editor.text()


def _fill(editor: Editor, text: str) -> None:
    before = editor.blockSignals(True)
    if isinstance(editor, QPlainTextEdit):
        editor.setPlainText(text)
    elif isinstance(editor, QComboBox):
        editor.setCurrentText(text or NOTHING_CHOSEN)
    elif isinstance(editor, Ticks):
        editor.set_text(text)
    else:
        editor.setText(text)
    editor.blockSignals(before)


def _state_words(field: DraftField) -> tuple[str, str]:
    """The word beside a field's name, and its role."""
    if field.blank:
        return "○ 留空", "quiet"
    if field.missing:
        return "● 还缺", "today"
    if field.value:
        return "✓", "done"
    return "可不填", "quiet"
