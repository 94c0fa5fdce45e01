"""From an empty folder to the window, step by step and by keyboard."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QFileDialog, QLabel, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from app.demo.school import TODAY
from app.errors import UserError
from app.service.screens.agenda import today_list
from app.service.screens.overview import WhoWeAre, who_we_are
from app.service.screens.settings import rules_in_use, terms
from tests.helpers.unit_lines import unit_lines
from tests.ui.start.conftest import Beginning
from ui.help.help_window import HelpWindow
from ui.start.wizard import CODE, FirstRun
from ui.theme import dress

# The screen of the tests is no real one: it takes no hints of a window's size and raises nothing.


def name_ourselves(fresh: Beginning) -> None:
    wizard = fresh.wizard
    for name, words in (
        ("单位全称", "青石中心小学"),
        ("所在县（市、区）", "青石县"),
        ("所在乡镇", "柳河镇"),
        ("操作人姓名", "王老师"),
    ):
        fresh.type(wizard.unit.field(name), words)
    fresh.enter(wizard)


def set_a_password(fresh: Beginning, first: str = "old-oak-7", second: str = "old-oak-7") -> None:
    for name, words in (("密码", first), ("再写一遍", second)):
        fresh.wizard.password.field(name).clear()
        fresh.type(fresh.wizard.password.field(name), words)
    fresh.enter(fresh.wizard)


def test_the_first_start_leads_by_keyboard_from_nothing_to_the_window(fresh: Beginning) -> None:
    wizard = fresh.begin().wizard
    assert (wizard.step, wizard.title.text()) == (0, "1/5　我们是谁")
    name_ourselves(fresh)
    assert wizard.step == 1
    assert wizard.words.toPlainText().startswith("出处")
    wizard.rules.setCurrentIndex(wizard.rules.findData("mengjin"))
    fresh.enter(wizard)
    set_a_password(fresh)
    assert wizard.step == 3
    assert len(wizard.code.text()) > 20
    fresh.alt(wizard.next)
    assert wizard.term.values() == {"开学": "2026-09-01", "放假": "2027-01-20"}
    said = "".join(one.text() for one in wizard.term.findChildren(QLabel))
    assert "2026年的国家放假和调休已经算好；程序里还没有2027年的放假安排" in said
    fresh.type(wizard.term.field("放假"), "2027-01-22")
    fresh.enter(wizard)
    window = fresh.window
    assert not wizard.isVisible()
    assert window.page.key == "students"
    program = fresh.start._programs[window]
    assert program.read(who_we_are) == WhoWeAre("青石中心小学", "学校")
    assert unit_lines(program)["所在县（市、区）"] == "青石县"
    assert unit_lines(program)["所在乡镇"] == "柳河镇"
    assert program.read(rules_in_use).shown.id == "mengjin"
    assert [one.usual for one in program.read(terms) if one.last > TODAY] == [False]
    assert program.operator == "王老师"


def test_what_is_lacking_is_named_and_the_step_is_not_left(fresh: Beginning) -> None:
    wizard = fresh.begin().wizard
    fresh.enter(wizard)
    assert (wizard.step, wizard.problem.text()) == (
        0,
        "请填单位全称、所在县（市、区）、操作人姓名。",  # a school of the county itself has no township
    )
    name_ourselves(fresh)
    fresh.enter(wizard)
    for first, second, said in (
        ("", "", "密码至少8位"),
        ("one", "one", "密码至少8位"),
        ("old-oak-1", "new-oak-1", "两遍密码不一样"),
    ):
        set_a_password(fresh, first, second)
        assert wizard.step == 2
        assert wizard.problem.text().startswith(said)
    assert not fresh.gate.has_data()


def test_a_step_can_be_gone_back_to_with_what_was_typed(fresh: Beginning) -> None:
    wizard = fresh.begin().wizard
    name_ourselves(fresh)
    fresh.alt(wizard.back)
    assert wizard.step == 0
    assert wizard.unit.values()["单位全称"] == "青石中心小学"


def test_a_county_is_not_asked_for_its_township(fresh: Beginning) -> None:
    wizard = fresh.begin().wizard
    level = wizard.unit.field("我们是")
    assert isinstance(level, QComboBox)
    level.setCurrentText("县")
    asked = [name for name in wizard.unit.values() if wizard.unit.field(name).isVisible()]
    assert asked == ["我们是", "单位全称", "发文代字", "操作人姓名"]


@pytest.mark.parametrize(
    ("level", "asked"),
    [
        ("学校", ["所在县（市、区）", "所在乡镇", "所在中心学校", "学校标识码", "县教育局"]),
        ("中心学校", ["所在县（市、区）", "所在乡镇", "学校标识码", "县教育局"]),
        ("乡镇", ["所在县（市、区）", "县教育局"]),
    ],
)
def test_each_level_is_asked_for_those_above_it(fresh: Beginning, level: str, asked: list[str]) -> None:
    wizard = fresh.begin().wizard
    choice = wizard.unit.field("我们是")
    assert isinstance(choice, QComboBox)
    choice.setCurrentText(level)
    shown = [name for name in wizard.unit.values() if wizard.unit.field(name).isVisible()]
    assert shown == ["我们是", "单位全称", *asked, "发文代字", "操作人姓名"]


def test_a_school_of_the_county_itself_names_no_township_and_may_name_a_central_school(
    fresh: Beginning,
) -> None:
    wizard = fresh.begin().wizard
    for name, words in (
        ("单位全称", "青石县实验小学"),
        ("所在县（市、区）", "青石县"),
        ("所在中心学校", "城关中心学校"),
        ("操作人姓名", "王老师"),
    ):
        fresh.type(wizard.unit.field(name), words)
    fresh.enter(wizard)
    assert wizard.step == 1
    entry = wizard._unit_entry()
    assert (entry.level, entry.county, entry.township, entry.central_school) == (
        "school",
        "青石县",
        "",
        "城关中心学校",
    )


def test_the_term_can_wait(fresh: Beginning) -> None:
    wizard = fresh.begin().wizard
    name_ourselves(fresh)
    fresh.enter(wizard)
    set_a_password(fresh)
    fresh.alt(wizard.next)
    for name in ("开学", "放假"):
        wizard.term.set_values({name: ""})
    fresh.enter(wizard)
    assert wizard.problem.text() == "请填开学和放假的日期；还没定的，点“以后再设”。"
    fresh.type(wizard.term.field("开学"), "1332")
    fresh.enter(wizard)
    assert "请核对" in wizard.problem.text()
    fresh.alt(wizard.skip)
    assert fresh.window.page.key == "today"


def leave_the_code(fresh: Beginning, answer: str) -> None:
    """Close the step of the recovery code and answer the question."""
    fresh.qtbot.keyClick(fresh.wizard, Qt.Key.Key_Escape)
    [box] = [one for one in fresh.wizard.findChildren(QMessageBox) if one.isVisible()]
    next(one for one in box.buttons() if one.text() == answer).click()
    fresh.settle()


def set_up(fresh: Beginning) -> FirstRun:
    wizard = fresh.begin().wizard
    name_ourselves(fresh)
    fresh.enter(wizard)
    set_a_password(fresh)
    return wizard


def test_an_empty_roster_form_can_be_had_before_the_roster_is_asked_for(
    fresh: Beginning, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wizard = set_up(fresh)
    assert not wizard.form.isVisible()
    fresh.alt(wizard.next)
    target = tmp_path / "空白花名册.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    fresh.qtbot.mouseClick(wizard.form, Qt.MouseButton.LeftButton)
    fresh.qtbot.waitUntil(lambda: "空白花名册已存为空白花名册.xlsx" in wizard.problem.text())
    assert load_workbook(target).worksheets


def tasks_of(fresh: Beginning) -> list[str]:
    return [row.what for row in fresh.start._programs[fresh.window].read(today_list)]


def test_the_recovery_code_is_not_passed_by_with_one_enter_too_many(fresh: Beginning) -> None:
    wizard = set_up(fresh)
    assert QApplication.focusWidget() is wizard.code.print
    assert not wizard.next.isDefault()
    assert wizard.step == CODE


def test_closing_the_step_of_the_recovery_code_asks_first_and_today_reminds(fresh: Beginning) -> None:
    wizard = set_up(fresh)
    leave_the_code(fresh, "回去抄下")
    assert (wizard.isVisible(), wizard.step, fresh.start.windows) == (True, CODE, [])
    leave_the_code(fresh, "先不抄，打开窗口")
    assert not wizard.isVisible()
    assert fresh.window.isVisible()
    assert tasks_of(fresh) == ["恢复码还没有打印或抄下", "本学期还没有设"]


def test_a_code_that_was_printed_or_copied_is_not_asked_for_again(fresh: Beginning) -> None:
    wizard = set_up(fresh)
    wizard.code.noted.emit()
    fresh.settle()
    assert wizard.step == CODE
    fresh.qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    fresh.settle()
    assert tasks_of(fresh) == ["本学期还没有设"]


def test_f1_opens_the_manual_at_its_first_page_and_the_manual_goes_with_the_first_steps(
    fresh: Beginning,
) -> None:
    wizard = fresh.begin().wizard
    fresh.qtbot.keyClick(wizard, Qt.Key.Key_F1)
    [manual] = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, HelpWindow) and one.isVisible()
    ]
    assert manual.page == "start"
    wizard.close()
    assert not manual.isVisible()


def test_what_was_typed_is_there_again_at_the_next_start_but_no_password(fresh: Beginning) -> None:
    wizard = fresh.begin().wizard
    name_ourselves(fresh)
    wizard.rules.setCurrentIndex(wizard.rules.findData("mengjin"))
    fresh.enter(wizard)
    fresh.type(wizard.password.field("密码"), "old-oak-7")
    wizard.close()
    again = fresh.begin().wizard
    assert again is not wizard
    assert again.step == 2
    assert again.unit.values()["单位全称"] == "青石中心小学"
    assert again.rules.currentData() == "mengjin"
    assert "old-oak-7" not in Path(fresh.start.preferences._settings.fileName()).read_text(encoding="utf-8")
    set_a_password(fresh)
    assert fresh.start.preferences.first_run == {}


@pytest.mark.parametrize("code", ["12AB", "213504250", "21350425011", "２１３５０４２５０１"])
def test_a_code_of_a_school_that_cannot_be_is_refused_at_once(fresh: Beginning, code: str) -> None:
    wizard = fresh.begin().wizard
    fresh.type(wizard.unit.field("学校标识码"), code)
    name_ourselves(fresh)
    assert wizard.step == 0
    assert wizard.problem.text() == f"学校标识码是10位数字，“{code}”不是。请核对，或先不填。"


def test_rules_that_cannot_be_read_are_a_sentence_and_cannot_be_chosen(
    fresh: Beginning, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = fresh.gate.rule_words

    def rule_words(rule_set: str) -> dict[str, Any]:
        if rule_set == "mengjin":
            raise UserError("规则文件“mengjin.toml”第3行看不懂。请改好。")
        return real(rule_set)

    monkeypatch.setattr(fresh.gate, "rule_words", rule_words)  # a county's file, half edited
    wizard = fresh.begin().wizard
    name_ourselves(fresh)
    wizard.rules.setCurrentIndex(wizard.rules.findData("mengjin"))
    for _ in range(2):
        assert (wizard.step, wizard.problem.text()) == (1, "规则文件“mengjin.toml”第3行看不懂。请改好。")
        assert wizard.words.toPlainText() == ""
        fresh.enter(wizard)
    wizard.rules.setCurrentIndex(wizard.rules.findData("general"))
    fresh.enter(wizard)
    assert wizard.step == 2


def test_without_any_rules_the_first_steps_say_why_and_go_no_further(
    fresh: Beginning, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rule_sets() -> list[dict[str, Any]]:
        raise UserError("规则文件“mengjin.toml”第3行看不懂。请改好。")

    monkeypatch.setattr(fresh.gate, "rule_sets", rule_sets)  # a county's file, half edited
    wizard = fresh.begin().wizard
    name_ourselves(fresh)
    fresh.enter(wizard)
    assert (wizard.step, wizard.problem.text()) == (1, "规则文件“mengjin.toml”第3行看不懂。请改好。")


def test_rules_not_in_force_are_said_beside_the_code(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    dress(qapp, 100)
    early = Beginning(tmp_path / "data", tmp_path / "window.ini", qtbot)
    early.gate.today = date(2019, 3, 1)
    wizard = early.begin().wizard
    wizard.rules.setCurrentIndex(wizard.rules.findData("mengjin"))
    name_ourselves(early)
    early.enter(wizard)
    set_a_password(early)
    assert "今天不在有效期内" in wizard.problem.text()
    early.end()


def test_the_first_steps_cannot_be_closed_while_the_data_are_made(fresh: Beginning) -> None:
    wizard = fresh.begin().wizard
    name_ourselves(fresh)
    fresh.enter(wizard)
    for name in ("密码", "再写一遍"):
        fresh.type(wizard.password.field(name), "old-oak-7")
    fresh.qtbot.keyClick(wizard, Qt.Key.Key_Return)
    wizard.reject()
    assert wizard.isVisible()
    fresh.settle()
    assert wizard.step == 3


def test_the_county_that_was_typed_brings_its_own_rules(fresh: Beginning) -> None:
    """A teacher who only presses 下一步 must not get numbers of ours in the place of her county's."""
    wizard = fresh.begin().wizard
    wizard.unit.set_values({"单位全称": "湖美中心小学", "所在县（市、区）": "大田县", "操作人姓名": "王老师"})
    fresh.enter(wizard)
    fresh.qtbot.waitUntil(lambda: wizard.rules.currentData() == "datian")
    assert wizard.step == 1


def test_the_password_can_be_looked_at_and_its_least_length_is_said_before(fresh: Beginning) -> None:
    wizard = fresh.begin().wizard
    words = [one.text() for one in wizard.password.findChildren(QLabel)]
    assert any("至少8位" in one for one in words)
    (eye,) = wizard.password.findChildren(QCheckBox)
    first = wizard.password.field("密码")
    assert isinstance(first, QLineEdit) and first.echoMode() is QLineEdit.EchoMode.Password
    eye.setChecked(True)
    assert first.echoMode() is QLineEdit.EchoMode.Normal
