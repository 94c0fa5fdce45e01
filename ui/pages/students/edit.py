"""The forms to correct a child and to enter one by hand, by the words of the paper forms."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QComboBox, QSizePolicy

from app.service.children.students import NewStudent
from app.service.screens.students import ChildWhole
from ui.widgets.form import Form
from ui.widgets.keys import on_keys

LINES = {
    "身份证件类型": "如居民身份证",
    "身份证件号": "",
    "学籍号": "",
    "民族": "",
    "村": "",
    "现住址": "",
    "户籍地址": "",
    "联系电话": "",
    "监护人姓名": "",
    "监护人关系": "如父亲、祖母",
    "监护人电话": "",
    "务工地": "监护人外出务工的地方",
    "就读方式": "如走读、住校",
    "对象类别": "几类之间用顿号，如低保、孤儿",
    "是否留守儿童": "",
    "是否随迁子女": "",
    "残疾类型": "",
    "备注": "",
}
GENDERS = ("", "男", "女")


NEW_CLASS = "班级可以选，也可以写新的，如五年级2班；没有上学的孩子班级空着。"


class EditForm(Form):
    """What is known of a child, ready to be corrected. Masked numbers stay as they are when left empty, and 无 takes
    them away."""

    def __init__(self, today: date, whole: ChildWhole) -> None:
        super().__init__(today)
        known: Mapping[str, str] = whole.form
        self.add_line("姓名")
        self.add_choice("性别", GENDERS, chosen=known["性别"])
        self.add_birth("出生日期")
        _writable(self.add_choice("班级", ("", *whole.classes), chosen=known["班级"]))
        for word, hint in LINES.items():
            masked = whole.secret.get(word, "")
            self.add_line(word, hint=f"{masked}（空着不改，填无清空）" if masked else hint)
        self.add_words(NEW_CLASS)
        self.set_values(dict(known))
        self._known = self.values()

    def changed(self) -> dict[str, str]:
        """Only what was corrected, by the words of the form. Raises UserError if the date is none."""
        day = self.day("出生日期")
        now = self.values() | {"出生日期": day.isoformat() if day else ""}
        return {word: text for word, text in now.items() if text != self._known[word]}


class AddForm(Form):
    """A child that came by no roster."""

    def __init__(self, today: date, classes: Sequence[str], *, asks_school: bool) -> None:
        super().__init__(today)
        if asks_school:
            self.add_line("就读学校", hint="没有就读学校就空着")
        self.add_line("姓名")
        self.add_line("身份证件号", hint="填了身份证号，性别和出生日期可以不填")
        self.add_choice("性别", GENDERS)
        self.add_birth("出生日期")
        _writable(self.add_choice("班级", ("", *classes)))
        self.add_line("监护人姓名")
        self.add_line("联系电话")
        self.add_line("村")
        self.add_words(NEW_CLASS)
        self.mark_clean()

    def entry(self) -> NewStudent:
        """What was typed. Raises UserError if the date is none."""
        values = self.values()
        return NewStudent(
            name=values["姓名"],
            gender=values["性别"],
            birth=self.day("出生日期"),
            id_no=values["身份证件号"],
            class_text=values["班级"],
            school=values.get("就读学校", ""),
            guardian=values["监护人姓名"],
            phone=values["联系电话"],
            village=values["村"],
        )


def save_by_key(form: Form, save: Callable[[], object]) -> None:
    """Ctrl+S anywhere in `form`, and Enter in a one-line field, save it."""
    on_keys(form, save, "Ctrl+S")
    form.on_enter(save)


def _writable(group: QComboBox) -> None:
    """Let a class be typed that is not in the list."""
    chosen = group.currentText()
    group.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    group.setEditable(True)
    group.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    group.setCurrentText(chosen)
