"""The form that fills one column for all children listed."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox

from app.service.children.filling import CATEGORIES, COLUMNS, Filled, fill_column
from app.service.office.desk import Desk
from ui.models.rows import RowsModel
from ui.pages.students.forms import StudentForms
from ui.widgets.form import Form

REPLACE = "原来填了别的，也改成这个"
ADDED = "对象类别是加上去，孩子原来有的类别不动。别的栏目，原来填了的不动。"


class FillForm(Form):
    """Which column, and what."""

    def __init__(self, forms: StudentForms, count: int) -> None:
        super().__init__(forms.today)
        self.add_words(f"给现在列出的{count}名学生填同一个内容。要少几名，先筛选再填。{ADDED}")
        self.column = self.add_choice("栏目", COLUMNS, chosen=CATEGORIES)
        self.text = self.add_line("填什么", hint="例如：脱贫户；几类之间用顿号")
        self.replace = QCheckBox(REPLACE)
        self.add_across(self.replace)
        self.column.currentTextChanged.connect(self._offer)
        self._offer(self.column.currentText())
        self.mark_clean()

    def _offer(self, column: str) -> None:
        self.replace.setEnabled(column != CATEGORIES)


class FillColumn(QObject):
    """Opens the form over the rows of `model`, and saves it once."""

    def __init__(self, forms: StudentForms, model: RowsModel) -> None:
        super().__init__(forms)
        self._forms = forms
        self._model = model
        self.form: FillForm | None = None

    def open(self) -> None:
        """Open the form for the children listed now; a filter that changes meanwhile changes nothing of it."""
        ids = [str(one.id) for one in self._model.rows]
        self.form = form = FillForm(self._forms, len(ids))
        self._forms.present("填一栏", form, self._saver(form, ids), about="")

    def _saver(self, form: FillForm, ids: list[str]) -> Callable[[], None]:
        def save() -> None:
            values = form.values()
            field = values["栏目"]
            replace = form.replace.isEnabled() and form.replace.isChecked()
            self._forms.save(
                _fill, ids, field, values["填什么"], replace, then=lambda done: self._told(field, done)
            )

        return save

    def _told(self, field: str, done: Filled) -> None:
        kept = f"，{done.kept}名原来填了别的，没有动" if done.kept else ""
        same = f"，{done.same}名原来就是" if done.same else ""
        self._forms.tell(f"{field}已给{done.changed}名学生填上{same}{kept}", ())


def _fill(desk: Desk, ids: list[str], field: str, text: str, replace: bool) -> Filled:
    return fill_column(desk, ids, field, text, replace=replace)
