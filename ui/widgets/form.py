"""Forms: labelled fields in the order of the paper form, that know whether something was typed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from app.domain.dates import parse_birth
from app.errors import UserError
from ui.widgets.day_edit import DayEdit
from ui.widgets.parts import label

Field = QLineEdit | QPlainTextEdit | QComboBox


class Form(QWidget):
    """Labelled fields by name. `values` reads them, `set_values` fills them, `is_dirty` says if a person typed."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._fields: dict[str, Field] = {}
        self._clean: dict[str, str] = {}
        self.held = False  # whether what was typed is being saved
        self._held_at: QWidget | None = None
        self._layout = QFormLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)

    def add_line(self, name: str, *, hint: str = "", text: str = "") -> QLineEdit:
        """A one-line field."""
        field = QLineEdit(text)
        field.setPlaceholderText(hint)
        self._add(name, field)
        return field

    def add_day(self, name: str, day: date | None = None) -> DayEdit:
        """A date field."""
        return self._add_day(name, DayEdit(self._today), day)

    def add_birth(self, name: str) -> DayEdit:
        """A field for a day of birth: with its year, and not after today."""
        field = DayEdit(self._today, parse=parse_birth)
        field.setPlaceholderText("如2015-03-01")
        return self._add_day(name, field, None)

    def _add_day(self, name: str, field: DayEdit, day: date | None) -> DayEdit:
        field.set_day(day)
        self._add(name, field)
        return field

    def add_text(self, name: str, *, hint: str = "", text: str = "", lines: int = 3) -> QPlainTextEdit:
        """A field of several lines; Tab leaves it."""
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setPlaceholderText(hint)
        field.setPlainText(text)
        field.setFixedHeight(field.fontMetrics().lineSpacing() * lines + 16)
        self._add(name, field)
        return field

    def add_choice(self, name: str, choices: Sequence[str], *, chosen: str = "") -> QComboBox:
        """One of a closed list."""
        field = _Choice()
        field.addItems(list(choices))
        field.setCurrentText(chosen or choices[0])
        self._add(name, field)
        return field

    def add_suggested(self, name: str, suggestions: Sequence[str], *, hint: str = "") -> QComboBox:
        """A one-line field with common answers to choose from; anything else may be typed."""
        field = _Choice()
        field.setEditable(True)
        field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        field.addItems(list(suggestions))
        field.setCurrentIndex(-1)
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        field.setMinimumContentsLength(8)  # in a narrow panel a long suggestion must not push it wider
        if line := field.lineEdit():
            line.setPlaceholderText(hint)
            line.setAccessibleName(name)
        self._add(name, field)
        return field

    def on_enter(self, action: Callable[[], object]) -> None:
        """Do `action` when Enter is pressed in a field of one line, typed or chosen."""
        for field in self._fields.values():
            if isinstance(field, _Choice):
                field.entered.connect(action)
            elif isinstance(field, QLineEdit):
                field.returnPressed.connect(action)

    def add_words(self, text: str, role: str = "quiet") -> None:
        """A line of explanation across the form."""
        self._layout.addRow(label(text, role, wrap=True))

    def add_widget(self, name: str, widget: QWidget) -> None:
        """Any widget with a label, not read by `values`."""
        self._layout.addRow(name, widget)

    def add_across(self, widget: QWidget) -> None:
        """A widget across the form without a label, such as a sentence that shows what is wrong above it."""
        self._layout.addRow(widget)

    def show_field(self, name: str, shown: bool) -> None:
        """Show or hide a field with its label."""
        self._layout.setRowVisible(self._fields[name], shown)

    def field(self, name: str) -> Field:
        """The field called `name`."""
        return self._fields[name]

    def values(self) -> dict[str, str]:
        """What stands in the fields, by name, without blanks around it."""
        return {name: _text(field).strip() for name, field in self._fields.items()}

    def day(self, name: str) -> date | None:
        """The day in a date field. Raises UserError if what was typed is no day."""
        field = self._fields[name]
        assert isinstance(field, DayEdit)
        return field.day()

    def set_values(self, values: dict[str, str]) -> None:
        """Fill fields by name; they then count as clean."""
        for name, text in values.items():
            _fill(self._fields[name], text)
        self.mark_clean()

    def type_values(self, values: Mapping[str, str]) -> None:
        """Fill fields by name as if a person had typed: they wait to be saved."""
        for name, text in values.items():
            if name in self._fields:
                _fill(self._fields[name], text)

    def hold(self, held: bool) -> None:
        """While what was typed is being saved nothing can be typed. Afterwards the keyboard is where it was."""
        here = self.focusWidget() if held else self._held_at
        self._held_at = here if held else None
        self.held = held
        self.setEnabled(not held)
        if here is not None and not held:
            here.setFocus()

    def mark_clean(self) -> None:
        """Take what stands in the fields as the starting point."""
        self._clean = self.values()

    def is_dirty(self) -> bool:
        """Whether anything differs from the starting point."""
        return self.values() != self._clean

    def _add(self, name: str, field: Field) -> None:
        caption = label(name)
        caption.setBuddy(field)
        field.setAccessibleName(name)
        self._fields[name] = field
        self._layout.addRow(caption, field)
        self._clean[name] = _text(field).strip()


def needed_day(form: Form, name: str) -> date:
    """The day in a date field. Raises UserError where it is empty or no day."""
    day = form.day(name)
    if day is None:
        raise UserError(f"没有填{name}。请填写日期，例如今天。")
    return day


class _Choice(QComboBox):
    """A drop-down, typed into or not, from which Enter saves the form as from any other field.

    Signals:
        entered(): Enter was pressed while the list was closed.
    """

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Everything but Enter as ever; a key always comes here first, also for the line of one that is typed into."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


def _text(field: Field) -> str:
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    return field.currentText() if isinstance(field, QComboBox) else field.text()


def _fill(field: Field, text: str) -> None:
    if isinstance(field, QPlainTextEdit):
        field.setPlainText(text)
    elif isinstance(field, QComboBox):
        field.setCurrentText(text)
    else:
        field.setText(text)
