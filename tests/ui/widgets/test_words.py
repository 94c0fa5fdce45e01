"""Small things that speak: the banner, the crash dialog, long names, the recovery code on paper."""

import platform
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.service.office.rule_sets import RulesShown, RuleWords
from ui.help.manual import version
from ui.theme import COLOURS
from ui.widgets.banner import Banner
from ui.widgets.crash_dialog import CrashDialog, about_program, show_crash
from ui.widgets.elided import ElidedLabel
from ui.widgets.recovery_paper import RecoveryCode, save_recovery_page
from ui.widgets.rule_words import in_html

CODE = "4QKV-TVPA-8BJ5-N10D-1G4B-TVRK-Y5B7"


def button(owner: QWidget, words: str) -> QPushButton:
    return next(one for one in owner.findChildren(QPushButton) if one.text().startswith(words))


def test_a_refusal_stays_until_it_is_read(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    assert banner.isHidden()
    banner.refuse("密码不对。请重新输入。")
    assert (banner.text, banner.property("role"), banner.accessibleName()) == (
        "密码不对。请重新输入。",
        "refused",
        "密码不对。请重新输入。",
    )
    assert not banner._timer.isActive()
    qtbot.mouseClick(button(banner, "知道了"), Qt.MouseButton.LeftButton)
    assert banner.isHidden()


def test_good_news_goes_by_itself_but_not_over_a_refusal(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.tell("已保存。")
    assert banner._timer.isActive()
    banner.refuse("磁盘满了。请腾出空间。")
    assert (banner._timer.isActive(), banner.property("role")) == (False, "refused")


CRASH = "ValueError\nrows.py:33 set_rows"


def test_a_crash_is_copied_with_version_system_and_day_and_says_so(qtbot: QtBot) -> None:
    dialog = CrashDialog(None, about_program("2026-11-20"))
    qtbot.addWidget(dialog)
    dialog.add(CRASH)
    text = dialog.findChild(QPlainTextEdit)
    assert isinstance(text, QPlainTextEdit)
    about, crash = text.toPlainText().split("\n\n")
    assert about == f"归学 {version()}　{platform.system()} {platform.release()}　2026-11-20"
    assert crash == CRASH
    qtbot.mouseClick(button(dialog, "复制(&C)"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == text.toPlainText()
    assert any(one.text().startswith("√ 已复制") for one in dialog.findChildren(QLabel))


def test_five_crashes_are_one_dialog_that_counts_them(qtbot: QtBot) -> None:
    for left in QApplication.topLevelWidgets():  # of another test: a crash joins the dialog that is open
        if isinstance(left, CrashDialog):
            left.accept()
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    for _ in range(4):
        show_crash(window, CRASH)
    show_crash(window, "KeyError\nroll.py:5 save")
    (dialog,) = window.findChildren(CrashDialog)
    assert "到现在共出错5次。" in [one.text() for one in dialog.findChildren(QLabel)]
    assert f"{CRASH}\n（4次）" in dialog.words and dialog.words.endswith("roll.py:5 save")
    with qtbot.waitSignal(dialog.destroyed):
        dialog.accept()
    show_crash(window, CRASH)
    (again,) = window.findChildren(CrashDialog)
    assert "次" not in again.words
    again.accept()


def test_a_long_name_gives_way_and_is_told_on_hover(qtbot: QtBot) -> None:
    name = "某某自治县某某镇某某九年一贯制民族寄宿学校" * 3
    made = ElidedLabel(name)
    qtbot.addWidget(made)
    assert made.minimumSizeHint().width() < made.sizeHint().width() / 4
    made.resize(120, 24)
    made.show()
    assert not made.grab().isNull()
    assert (made.toolTip(), made.text()) == (name, name)


def test_the_recovery_code_is_hidden_until_there_is_one(qtbot: QtBot) -> None:
    made = RecoveryCode(date(2026, 11, 20))
    qtbot.addWidget(made)
    assert made.isHidden()
    made.show_code(CODE, "石桥小学")
    assert (made.text(), made.unit, made.isHidden()) == (CODE, "石桥小学", False)
    qtbot.mouseClick(made.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == CODE
    made.show_code("")
    assert (made.text(), made.isHidden()) == ("", True)


def test_the_recovery_page_says_whose_code_it_is_and_what_it_is_for(qtbot: QtBot, tmp_path: Path) -> None:
    save_recovery_page(tmp_path / "code.pdf", "石桥<小学>", CODE, date(2026, 11, 20))
    document = pypdfium2.PdfDocument(tmp_path / "code.pdf")
    text = unicodedata.normalize("NFKC", document[0].get_textpage().get_text_range())
    assert len(document) == 1
    document.close()
    for words in ("归学 恢复码", "石桥<小学>", "2026年11月20日", "忘了密码"):
        assert words in text


def test_a_recovery_page_that_cannot_be_saved_is_said_in_chinese(qtbot: QtBot, tmp_path: Path) -> None:
    said = save_recovery_page(tmp_path / "U盘" / "code.pdf", "石桥小学", CODE, date(2026, 11, 20))
    assert said.startswith(f"▲ 文件夹“{tmp_path / 'U盘'}”不在了")


def test_the_code_can_be_saved_by_a_file_dialog(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "归学恢复码.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    made = RecoveryCode(date(2026, 11, 20))
    qtbot.addWidget(made)
    made.show_code(CODE, "石桥小学")
    qtbot.mouseClick(made.save, Qt.MouseButton.LeftButton)
    assert target.stat().st_size > 1000
    assert "已存好" in made.told.text()


def test_a_rule_is_read_with_its_source_below_and_nothing_is_taken_for_markup() -> None:
    plain = RuleWords("满1天联系", "连续无故缺勤", "首日缺勤", ">=", 1, "上课日", "联系", "", "", "", "")
    sourced = replace(plain, words="满3天报告", source="三（一）5")
    html = in_html(
        RulesShown(
            id="own",
            name="某县",
            source="某县<方案>",
            in_force=True,
            in_force_from=date(2020, 10, 22),
            in_force_to=None,
            half_day="计半天",
            rules=(sourced, plain),
        )
    )
    assert "某县&lt;方案&gt;" in html
    assert html.index("满3天报告") < html.index("三（一）5") < html.index("满1天联系")
    assert html.count("出自") == 1
    assert COLOURS["quiet"] in html
