"""Which school a roster is of, asked in the wizard; and who may be one child."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import create_program
from app.service.children.roster_answers import SchoolQuestion
from app.service.children.roster_reading import Reading
from app.service.children.rosters import import_roster
from app.service.office.units import UnitEntry
from app.service.screens.roster import FilePreview, preview_file
from tests.app.service.conftest import TODAY
from tests.helpers.sheets import workbook
from tests.ui.conftest import Office
from ui.pages.roster.preview import PreviewStep
from ui.pages.roster.school import SchoolChooser

HEADER = ("姓名", "班级", "出生日期")
CHILD = ("欧阳小满", "五年级2班", "2015-03-12")


@pytest.fixture
def chooser(office: Office) -> Iterator[SchoolChooser]:
    made = SchoolChooser()
    office.qtbot.addWidget(made)
    yield made


def test_nothing_is_asked_where_the_file_says_it(chooser: SchoolChooser) -> None:
    chooser.show_question(None)
    assert chooser.isHidden()
    assert (chooser.school(), chooser.unread) == ("", False)


def test_the_titles_word_is_the_first_guess_and_waits_for_a_yes(chooser: SchoolChooser) -> None:
    chooser.show_question(SchoolQuestion("石桥小学", ("湖美小学",), ""))
    assert chooser.school() == "石桥小学"
    assert [chooser.box.itemText(n) for n in range(chooser.box.count())] == ["湖美小学", "石桥小学"]
    assert chooser.unread and chooser.button.isEnabled()


def test_a_known_school_is_read_at_once_and_can_be_changed(chooser: SchoolChooser) -> None:
    chooser.show_question(SchoolQuestion("湖美小学", ("桃源小学", "湖美小学"), "湖美小学"))
    assert not chooser.unread and not chooser.button.isEnabled()
    assert "按“湖美小学”" in chooser.words.text()
    chooser.box.setCurrentText("桃源小学")
    assert chooser.unread and chooser.button.isEnabled()
    chooser.box.setCurrentText("")
    assert not chooser.button.isEnabled()


def previews(folder: Path) -> tuple[FilePreview, FilePreview]:
    """In a township a file whose school is not known yet, and one with a child that another school has too."""
    unit = UnitEntry(level="township", name="湖美乡", county="大田县", rules="mengjin")
    with create_program(folder / "town", "石桥2026", "陈老师", TODAY, unit)[0] as town:
        file = workbook(folder / "名册.xlsx", (("石桥小学名册",), HEADER, CHILD))
        asked = town.read(preview_file, file)
        town.write(import_roster, file, Reading(school="湖美小学"))
        return asked, town.read(preview_file, file, None, None, "石桥小学")


def test_nothing_can_be_accepted_before_the_school_is_said_and_who_is_alike_has_a_tab(
    office: Office, tmp_path: Path
) -> None:
    asked, answered = previews(tmp_path)
    step = PreviewStep()
    office.qtbot.addWidget(step)
    step.show()
    step.show_preview("名册.xlsx", asked)
    assert not step.accept_button.isEnabled()
    assert step.accept_button.text() == "先指明学校"
    assert not step.counts.isVisible()
    assert step.school() == "石桥小学"
    with office.qtbot.waitSignal(step.again):
        step.school_chooser.button.click()
    step.show_preview("名册.xlsx", answered)
    assert step.accept_button.text() == "导入：新增1名(&I)"
    assert step.accept_button.isEnabled()
    assert "同一人？ 1" in [step.tabs.tabText(n) for n in range(step.tabs.count())]
    (pair,) = step.alike.listing.model.rows
    assert step.alike.cells["班级"] == ("湖美小学 五年级2班", "石桥小学 五年级2班")
    assert step.alike.cells["姓名"][0] == pair.new.name
    step.school_chooser.box.setCurrentText("湖美小学")
    assert not step.accept_button.isEnabled()
    assert "学校改过了" in step._first.text()
