"""The forms to correct a child and to enter one by hand, by the words of the paper forms."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QComboBox, QSizePolicy

from app.domain.membership import FROM_ELSEWHERE, JOINING, NEW_PUPIL
from app.errors import UserError
from app.service.children.students import HERE_ALREADY, HOW, NO_SCHOOL, NewStudent
from app.service.screens.students import ChildWhole
from ui.widgets.form import Form, needed_day
from ui.widgets.keys import on_keys
from ui.widgets.parts import label

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


NEW_CLASS = "班级可以选，也可以写新的，如五年级2班。"
HOW_WORDS = {
    FROM_ELSEWHERE: "从到校日期这天起在册，以前各天的点名不变。",
    NEW_PUPIL: "从到校日期这天起在册，以前各天的点名不变。",
    HERE_ALREADY: "算作9月1日起就在这个班，名册漏写的才选这一项；那以后已经点过的名，都把该生算作在校。",
    NO_SCHOOL: "不算在任何学校；以后来上学，打开这名学生按“转入、复学”登记。",
}


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
    """A child that came by no roster: who it is, and how and since when it belongs to a class."""

    def __init__(self, today: date, classes: Sequence[str], *, asks_school: bool) -> None:
        super().__init__(today)
        self._asks_school = asks_school
        self.add_line("姓名")
        self.add_line("身份证件号", hint="填了身份证号，性别和出生日期可以不填")
        self.add_choice("性别", GENDERS)
        self.add_birth("出生日期")
        kind = self.add_choice("怎样来", HOW)
        if asks_school:
            self.add_line("就读学校")
        _writable(self.add_choice("班级", ("", *classes)))
        self.add_day("到校日期", today)
        self.add_line("原学校", hint="转来以前在哪里上学")
        self._meaning = label("", "quiet", wrap=True)
        self.add_across(self._meaning)
        self.add_words(NEW_CLASS)
        self.add_line("监护人姓名")
        self.add_line("联系电话")
        self.add_line("村")
        kind.currentTextChanged.connect(self._fit)
        self._fit(kind.currentText())
        self.mark_clean()

    def entry(self) -> NewStudent:
        """What was typed. Raises UserError if a date is none, or a school or class is missing."""
        values = self.values()
        kind = values["怎样来"]
        goes = kind != NO_SCHOOL
        comes = kind in JOINING
        if goes and not values["班级"] and not self._asks_school:
            raise UserError(f"没有填班级。请选班级；孩子没有上学的，“怎样来”请选“{NO_SCHOOL}”。")
        return NewStudent(
            name=values["姓名"],
            gender=values["性别"],
            birth=self.day("出生日期"),
            id_no=values["身份证件号"],
            class_text=values["班级"] if goes else "",
            from_on=needed_day(self, "到校日期") if comes else None,
            kind=kind,
            other_school=values["原学校"] if kind == FROM_ELSEWHERE else "",
            school=values.get("就读学校", "") if goes else "",
            guardian=values["监护人姓名"],
            phone=values["联系电话"],
            village=values["村"],
        )

    def _fit(self, kind: str) -> None:
        if self._asks_school:
            self.show_field("就读学校", kind != NO_SCHOOL)
        self.show_field("班级", kind != NO_SCHOOL)
        self.show_field("到校日期", kind in JOINING)
        self.show_field("原学校", kind == FROM_ELSEWHERE)
        self._meaning.setText(HOW_WORDS[kind])


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
