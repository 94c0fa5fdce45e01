"""个案 in a county: whose visit it was, and which visits count."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.cases import Desktop, open_desktop
from tests.helpers.township import COUNTY, EARLY, case_of
from tests.ui.pages.township_at_hand import opened_office
from ui.pages.cases.visit import WHICH_COUNT


@pytest.fixture
def county(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Desktop]:
    for office in opened_office(COUNTY, "县", tmp_path, qtbot, qapp):
        yield open_desktop(office)


def township_visits(desktop: Desktop, no: str) -> list[str]:
    return [one.level for one in desktop.contacts(no)]


def test_a_county_says_whose_visit_it_was_and_the_townships_counts(county: Desktop) -> None:
    no = case_of(county.office.program, EARLY[0])
    assert "乡镇第4次上门动员" in county.open(no).row.next_action
    county.page.ask_visit()
    form = county.visit_form()
    assert form.level is not None and (form.level.value, form.level.hasFocus()) == ("乡镇", True)
    assert WHICH_COUNT in county.labels(form)
    assert [one.text() for one in form.level.findChildren(QPushButton)] == [
        "1 学校",
        "2 乡镇",
        "3 村",
        "4 县",
    ]
    assert (form.form.values()["动员人员"], form.is_dirty()) == ("", False)
    county.fill(form, "动员人员", "林镇长")
    form.outcome.choose("拒绝")
    form.save()
    county.office.settle()
    assert township_visits(county, no)[-1] == "乡镇"
    assert "（计入乡镇动员次数）" in county.said[-1]
    assert "乡镇第5次上门动员" in county.open(no).row.next_action


def test_a_countys_own_visit_is_kept_and_said_not_to_count(county: Desktop) -> None:
    no = case_of(county.office.program, EARLY[0])
    county.open(no, visit=True)
    form = county.visit_form()
    assert form.level is not None
    form.level.choose("县")
    assert form.is_dirty()
    county.fill(form, "动员人员", "林干事")
    form.outcome.choose("拒绝")
    form.save()
    county.office.settle()
    assert township_visits(county, no)[-1] == "县"
    assert "（不计入乡镇动员次数）" in county.said[-1]
    assert "乡镇第4次上门动员" in county.open(no).row.next_action
