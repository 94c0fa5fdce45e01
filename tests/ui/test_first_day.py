"""The first day of a village school, by keyboard alone: from an empty folder to the printed 疑似辍学学生报告单."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.demo.school import TODAY, write_roster
from app.service.cases.reading import list_cases
from app.service.papers.listing import list_papers
from tests.helpers.person import CONTROL, Person
from ui.__main__ import BootstrapGate, render_pages
from ui.pages.cases.page import CasesPage
from ui.pages.papers.page import PapersPage
from ui.pages.roll.page import RollPage
from ui.preferences import Preferences
from ui.start.carrying import Start
from ui.theme import dress

ALT = Qt.KeyboardModifier.AltModifier
ENTER = Qt.Key.Key_Return


@pytest.fixture
def teacher(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Person]:
    dress(qapp, 100)
    gate = BootstrapGate(tmp_path / "data", TODAY, "", render_pages)
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    made = Person(Start(gate, Preferences(settings)), qtbot)
    made.start.begin()
    made.wait()
    yield made
    made.leave()


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the dialogs of the system point to: the roster to open, the PDF to save."""
    roster, pdf = tmp_path / "五年级名册.xlsx", tmp_path / "报告单.pdf"
    write_roster(roster)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(roster), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(pdf), ""))
    return pdf


def set_up(teacher: Person) -> None:
    """The five steps: who we are, whose rules, password, recovery code, term."""
    assert teacher.start.wizard is not None
    wizard = teacher.start.wizard
    teacher.press(Qt.Key.Key_Tab)
    teacher.fill("柳河镇石桥小学", "青石县", "柳河镇", "", "", "青石县教育局", "石小", "王老师")
    teacher.press(ENTER)
    wanted = wizard.rules.findData("mengjin")
    teacher.press_until(lambda: wizard.rules.currentIndex() == wanted, Qt.Key.Key_Up)
    teacher.press(ENTER)
    teacher.fill("old-oak-7", "old-oak-7")
    teacher.press(ENTER)
    assert wizard.code.text()
    teacher.tab_to("我抄好了")
    teacher.press(ENTER)
    teacher.fill("0901", "2027-01-22")
    teacher.press(ENTER)


def call(teacher: Person, page: RollPage, number: str) -> None:
    """Mark the child of that number as 旷课 and save the class."""
    teacher.press(*(getattr(Qt.Key, f"Key_{digit}") for digit in number), Qt.Key.Key_K, ENTER)


def test_from_an_empty_folder_to_the_report_by_keyboard(teacher: Person, files: Path) -> None:
    set_up(teacher)
    window = teacher.window
    assert window.page.key == "students"
    teacher.press(ENTER)  # 选择名册文件
    teacher.press(ENTER)  # 导入
    teacher.press(ENTER)  # 回到学生
    assert "共108名" in window.page.count.text()

    teacher.press(Qt.Key.Key_2, modifier=CONTROL)
    roll = window.page
    assert isinstance(roll, RollPage)
    name = roll.model.rows[6].name
    teacher.press(Qt.Key.Key_Left, Qt.Key.Key_Left)
    for _ in range(3):
        call(teacher, roll, "7")
        teacher.press(Qt.Key.Key_Up, modifier=CONTROL)  # back to the class from the next one
        teacher.press(Qt.Key.Key_Right)
    assert roll.notice.accessibleName() == f"{name}连续旷课达到3个上课日，已立个案2026-001"
    teacher.press(Qt.Key.Key_J)

    cases = window.page
    assert isinstance(cases, CasesPage)
    assert cases.detail.case is not None and cases.detail.case.row.student == name
    teacher.press(Qt.Key.Key_V, modifier=ALT)
    teacher.press_until(lambda: teacher.focus().accessibleName().startswith("结果"), Qt.Key.Key_Tab)
    teacher.press(Qt.Key.Key_4)  # 拒绝
    teacher.press(ENTER, modifier=CONTROL)
    assert "拒绝" in teacher.said[-1]

    teacher.press(Qt.Key.Key_P, modifier=ALT)
    papers = window.page
    assert isinstance(papers, PapersPage)
    teacher.press(ENTER, modifier=CONTROL)
    assert [paper.student for paper in teacher.read(list_papers)] == [name]
    teacher.qtbot.waitUntil(papers.preview.pdf.isVisible)  # the page is drawn a moment after the work is done
    teacher.press(Qt.Key.Key_F, modifier=ALT)  # 存为PDF
    with pypdfium2.PdfDocument(files) as pdf:
        words = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert "疑似辍学学生报告单" in words
    assert words.count(name) == 2  # 存根 and 正联
    assert [case.stage for case in teacher.read(list_cases)] == ["疑似辍学(已报告)"]
    assert (teacher.refused, teacher.crashed) == ([], [])
