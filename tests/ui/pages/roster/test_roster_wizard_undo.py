"""名册导入: an earlier import taken back, asked about only where that can be done."""

from pathlib import Path

from PySide6.QtCore import Qt

from app.service.children.roster_reading import Reading
from app.service.children.rosters import import_roster
from tests.ui.conftest import Office
from tests.ui.pages.roster import roster_at_hand
from tests.ui.pages.roster.roster_at_hand import count, roster
from tests.ui.pages.students.students_at_hand import EVERYONE
from ui.pages.students.page import StudentsPage

at_table, page = roster_at_hand.at_table, roster_at_hand.page


def test_nobody_is_asked_about_an_earlier_import_that_cannot_be_taken_back(
    page: StudentsPage, office: Office
) -> None:
    step = page.wizard.file_step
    assert len(step.runs.model.rows) == 1
    with office.qtbot.waitSignal(office.context.bus.refused) as refused:
        step.take_back.click()
    assert "不能整批撤销" in refused.args[0]
    assert not step.question.isVisible()
    assert count(office) == EVERYONE


def import_one(page: StudentsPage, office: Office, folder: Path) -> None:
    """One child more, and the imports before the person again, the newest chosen."""
    office.program.write(import_roster, roster(folder / "新来的.xlsx"), Reading(partial=True))
    page.wizard.start()
    office.settle()
    page.wizard.file_step.runs.view.selectRow(0)


def test_an_earlier_import_is_taken_back_only_by_the_button_that_says_so(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    import_one(page, office, tmp_path)
    page.activateWindow()
    step = page.wizard.file_step
    for _ in range(2):
        step.take_back.click()
        office.settle()
        assert "新增的1名" in step._sure.text()
        assert step.keep_it.hasFocus()
        office.qtbot.keyClick(step.keep_it, Qt.Key.Key_Return)
        assert not step.question.isVisible()
    assert count(office) == EVERYONE + 1
    step.take_back.click()
    office.settle()
    step.do_it.click()
    office.settle()
    assert count(office) == EVERYONE


def test_taking_an_import_back_can_be_thought_better_of(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    import_one(page, office, tmp_path)
    step = page.wizard.file_step
    step.take_back.click()
    office.settle()
    assert step.question.isVisible()
    office.qtbot.keyClick(page.wizard, Qt.Key.Key_Escape)
    assert not step.question.isVisible()
    assert page.wizard.isVisible()
    assert count(office) == EVERYONE + 1
