"""The list of classes beside a roll keeps its width however often it is read."""

from pytestqt.qtbot import QtBot

from app.service.screens.roll import DayClass
from ui.widgets.roll_classes import ClassList


def test_the_list_of_classes_does_not_grow_with_every_reading(qtbot: QtBot) -> None:
    classes = ClassList()
    qtbot.addWidget(classes)
    classes.resize(300, 400)
    classes.show()
    qtbot.waitExposed(classes)
    rows = [DayClass(str(one), f"五年级{one}班", "已点名", done=True) for one in range(1, 25)]
    widths = []
    for _ in range(5):
        classes.show_classes(rows, "1")
        qtbot.wait(1)
        widths.append(classes.width())
    assert len(set(widths)) == 1
