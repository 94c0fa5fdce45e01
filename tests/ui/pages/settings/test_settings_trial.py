"""设置 → 规则 → 试算: what the rules ask for on which day, by keyboard, with nothing recorded."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.modeltest import ModelTester

from tests.ui.conftest import Office
from tests.ui.pages.settings import settings_at_hand
from tests.ui.pages.settings.settings_at_hand import alt, part
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.rules import RulesPart
from ui.pages.settings.trial import TrialPanel
from ui.widgets.day_rows import was_words

told, page = settings_at_hand.told, settings_at_hand.page


def opened(office: Office, page: SettingsPage, rule_set: str) -> TrialPanel:
    """试算 of a set that was chosen in the list."""
    rules = part(office, page, "rules", RulesPart)
    rules.choice.setCurrentIndex(rules.choice.findData(rule_set))
    alt(office, rules.try_out)
    found = rules.panel.findChild(TrialPanel)
    assert isinstance(found, TrialPanel)
    return found


def fill(panel: TrialPanel, **values: str) -> None:
    for name, text in values.items():
        field = panel.form.field(name)
        assert isinstance(field, QLineEdit)
        field.setText(text)


def rows(panel: TrialPanel) -> list[tuple[str, str, str]]:
    return [(f"{day.day:%m-%d}", one.act, one.to) for day in panel.days.model.rows for one in day.asked]


def days(panel: TrialPanel) -> list[tuple[str, str, bool]]:
    """The strip: each day, what it was in words, and whether something is to be done from it on."""
    return [(f"{one.day:%m-%d}", was_words(one), bool(one.asked)) for one in panel.days.model.rows]


def test_plan_24_is_tried_by_keyboard(office: Office, page: SettingsPage, qtmodeltester: ModelTester) -> None:
    """方案24: absent from 17 September: the fifth 工作日 is the 22nd, 超过五个 the 23rd."""
    panel = opened(office, page, "plan-24")
    fill(panel, 缺勤从="2026-09-17", 缺勤到="2026-09-23")
    office.qtbot.keyClick(panel.form.field("缺勤到"), Qt.Key.Key_Return)
    office.settle()
    assert ("09-22", "更新学籍", "学籍管理人员") in rows(panel)
    assert ("09-23", "开个案", "") in rows(panel)
    qtmodeltester.check(panel.days.model)


def test_leave_and_days_off_are_taken_out(office: Office, page: SettingsPage) -> None:
    """孟津 达三天: leave on the 18th and a closure on the 20th leave 17, 21 and 22 September."""
    panel = opened(office, page, "mengjin")
    fill(panel, 缺勤从="2026-09-17", 缺勤到="2026-09-22", 请假="0918", 停课="0920")
    office.qtbot.keyClick(panel.form.field("缺勤到"), Qt.Key.Key_Return)
    office.settle()
    assert ("09-22", "开个案", "") in rows(panel)
    assert not [one for one in rows(panel) if one[1] == "开个案" and one[0] < "09-22"]


def test_every_day_of_the_absence_is_said_and_those_with_work_are_marked(
    office: Office, page: SettingsPage
) -> None:
    """孟津 达三天. 2026: 19 September is a Saturday off, Sunday the 20th a school day instead of one in October."""
    panel = opened(office, page, "mengjin")
    fill(panel, 缺勤从="2026-09-17", 缺勤到="2026-09-21", 请假="0918", 停课="0921")
    office.qtbot.keyClick(panel.form.field("缺勤到"), Qt.Key.Key_Return)
    office.settle()
    assert days(panel) == [
        ("09-17", "旷课", True),  # 联系家长
        ("09-18", "请假", False),
        ("09-19", "周末", False),
        ("09-20", "旷课", False),
        ("09-21", "停课", False),
        ("09-22", "在校", False),
    ]
    assert panel.days.view.hasFocus()
    assert panel.days.model.index(0, 2).data() == "▲ 联系家长"


def test_the_days_that_ask_for_something_stand_above_the_strip(office: Office, page: SettingsPage) -> None:
    """大田: more than three 上课日 from 17 September on open the case on Monday the 21st, below the first rows."""
    panel = opened(office, page, "datian")
    fill(panel, 缺勤从="2026-09-17", 缺勤到="2026-09-30")
    office.qtbot.keyClick(panel.form.field("缺勤到"), Qt.Key.Key_Return)
    office.settle()
    asked = [one for one in panel.days.model.rows if one.asked]
    (summary,) = [one.text() for one in panel.days.findChildren(QLabel) if "天要办事" in one.text()]
    _first, *lines = summary.split("\n")
    assert len(lines) == len(asked) > 1
    assert lines[0].startswith("▲ 9月17日 周四")
    assert any(one.startswith("▲ 9月21日 周一") and "开个案" in one for one in lines)
    assert panel.days.model.index(3, 0).data() == "9月20日 周日（上课）"


def test_what_is_no_day_is_said_and_nothing_is_recorded(
    office: Office, page: SettingsPage, told: list[str]
) -> None:
    panel = opened(office, page, "mengjin")
    before = office.program.read(lambda desk: desk.tx.position())
    fill(panel, 请假="昨儿")
    office.qtbot.keyClick(panel.form.field("请假"), Qt.Key.Key_Return)
    office.settle()
    assert told and "昨儿" in told[-1]
    fill(panel, 请假="", 联系日期="2026-11-20")
    office.qtbot.keyClick(panel.form.field("联系日期"), Qt.Key.Key_Return)
    office.settle()
    assert told[-1] == "联系日期和联系结果要一起填。"
    assert office.program.read(lambda desk: desk.tx.position()) == before


def test_an_absence_that_asks_for_nothing_says_so(office: Office, page: SettingsPage) -> None:
    panel = opened(office, page, "xianyou-2019")
    fill(panel, 缺勤从="2026-11-21", 缺勤到="2026-11-22")  # a weekend
    office.qtbot.keyClick(panel.form.field("缺勤到"), Qt.Key.Key_Return)
    office.settle()
    assert rows(panel) == []
    said = [one.text() for one in panel.findChildren(QLabel)]
    assert "按这样的缺勤，没有到该办的事。" in said
    assert days(panel) == [("11-21", "周末", False), ("11-22", "周末", False), ("11-23", "在校", False)]
