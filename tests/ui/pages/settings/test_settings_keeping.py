"""设置: 密码与恢复码 and 备份 over a real school, by keyboard."""

from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox

from app.bootstrap import open_program
from app.errors import EnvironmentProblem
from app.service.office.keeping import password_problem
from tests.helpers import credential_store
from tests.helpers.credential_store import InMemory
from tests.ui.conftest import PASSWORD, Office
from tests.ui.pages.settings import settings_at_hand
from tests.ui.pages.settings.settings_at_hand import alt, enter_twice, part, press
from ui.main_window import MainWindow
from ui.pages.all_pages import make_pages
from ui.pages.settings.backup import BackupPart, copied
from ui.pages.settings.keeping import PasswordPart
from ui.pages.settings.page import SettingsPage
from ui.theme import dress

told, page = settings_at_hand.told, settings_at_hand.page
put_back = credential_store.put_back


@pytest.fixture
def keys(office: Office, page: SettingsPage) -> PasswordPart:
    return part(office, page, "password", PasswordPart)


def test_the_password_is_changed(office: Office, keys: PasswordPart, told: list[str], tmp_path: Path) -> None:
    for old, new, again, answer in (
        (PASSWORD, "1", "1", password_problem("1")),
        (PASSWORD, "new-oak-1", "other", "两遍密码不一样。请重新写一遍。"),
        ("wrong", "new-oak-1", "new-oak-1", "密码不对。请重新输入；忘记密码时可以用恢复码打开。"),
        (PASSWORD, "new-oak-1", "new-oak-1", "密码已换。以前的备份仍用旧密码打开。"),
    ):
        keys.form.set_values({"现在的密码": old, "新密码": new, "再写一遍新密码": again})
        alt(office, keys.change)
        assert told[-1] == answer
    assert set(keys.form.values().values()) == {""}
    office.program.close()
    open_program(tmp_path / "data", "new-oak-1", office.context.today).close()


def test_a_password_is_changed_once_by_enter_pressed_twice(
    office: Office, keys: PasswordPart, told: list[str]
) -> None:
    keys.form.set_values({"现在的密码": PASSWORD, "新密码": "new-oak-1", "再写一遍新密码": "new-oak-1"})
    keys.form.field("再写一遍新密码").setFocus()
    enter_twice(office, keys.form.field("再写一遍新密码"))
    office.settle()
    assert told == ["密码已换。以前的备份仍用旧密码打开。"]


@pytest.mark.parametrize("wanted", [True, False])
def test_a_new_recovery_code_is_asked_about_and_shown_once(
    office: Office, keys: PasswordPart, monkeypatch: pytest.MonkeyPatch, wanted: bool
) -> None:
    answer = QMessageBox.StandardButton.Yes if wanted else QMessageBox.StandardButton.No
    monkeypatch.setattr(QMessageBox, "question", lambda *_args: answer)
    alt(office, keys.new_code)
    assert bool(keys.code.text()) is wanted
    assert keys.code.isVisible() is wanted
    keys.refresh()
    office.settle()
    assert bool(keys.code.text()) is wanted
    keys.hide()
    keys.show()
    assert keys.code.text() == ""


@pytest.mark.parametrize("scale", [100, 125, 150])
@pytest.mark.parametrize("size", [(1366, 768), (1280, 720)])
def test_a_new_recovery_code_is_seen_whole_at_every_size(
    office: Office, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, scale: int, size: tuple[int, int]
) -> None:
    monkeypatch.setattr(QMessageBox, "question", lambda *_args: QMessageBox.StandardButton.Yes)
    dress(qapp, scale)
    window = MainWindow(office.context, make_pages(office.context), lambda _page: None)
    office.qtbot.addWidget(window, before_close_func=lambda _window: office.settle())
    window.resize(*size)
    window.show()
    window.go("settings", {"part": "password"})
    office.settle()
    page = window.page
    assert isinstance(page, SettingsPage)
    found = part(office, page, "password", PasswordPart)
    found.new_code.click()
    office.settle()
    qapp.processEvents()
    for one in (found.code.code, found.code.print):
        office.qtbot.waitUntil(lambda one=one: one.visibleRegion().boundingRect() == one.rect())
        assert one.height() >= one.sizeHint().height()
    dress(qapp, 100)


def test_where_there_is_no_credential_store_a_sentence_says_so(keys: PasswordPart) -> None:
    assert not keys.remember.isEnabled()
    assert keys.why_not.isVisible()


def test_this_pc_may_remember_the_password_and_forget_it(
    office: Office, keys: PasswordPart, told: list[str]
) -> None:
    store = InMemory()
    keyring.set_keyring(store)
    keys.refresh()
    office.settle()
    assert keys.remember.isEnabled()
    assert not keys.why_not.isVisible()
    for kept, words in ((1, "本机会记住密码。"), (0, "本机不再记住密码。")):
        keys.remember.setFocus()
        office.qtbot.keyClick(keys.remember, Qt.Key.Key_Space)
        assert office.context.tasks.changing == 1  # the window is not closed over a key being written
        office.settle()
        assert (len(store.kept), told[-1]) == (kept, words)
        keys.refresh()
        office.settle()
        assert keys.remember.isChecked() is bool(kept)


@pytest.fixture
def backups(office: Office, page: SettingsPage) -> BackupPart:
    return part(office, page, "backup", BackupPart)


def test_a_backup_is_made_by_one_key_and_listed(office: Office, backups: BackupPart, told: list[str]) -> None:
    before = backups.model.rowCount()
    alt(office, backups.make)
    office.settle()
    assert backups.model.rowCount() == before + 1
    assert told[-1].startswith("备份已做好并检查过")


def test_a_backup_is_copied_to_a_stick_and_read_back(
    office: Office, backups: BackupPart, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "U盘" / "copy.gxbak"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    backups._save_copy()
    office.settle()
    assert told[-1].startswith(f"文件夹“{target.parent}”不在了")
    target.parent.mkdir()
    backups._save_copy()
    office.settle()
    assert told[-1] == "已写完并核对，可以拔出U盘。"
    assert target.read_bytes() == backups.model.rows[0].file.read_bytes()


def test_a_copy_from_a_file_that_is_gone_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="没有拷成：找不到"):
        copied(tmp_path / "gone", tmp_path / "copy")


def test_going_back_shows_what_would_be_lost_and_asks_for_the_password(
    office: Office, backups: BackupPart, told: list[str]
) -> None:
    asked: list[tuple[Path | None, str]] = []
    office.context.restart = lambda file, password: asked.append((file, password))
    backups._ask()
    office.settle()
    office.settle()
    assert backups.panel.isVisible()
    press(office, backups.panel, "恢复")
    assert told[-1] == "请写上做备份时的密码。"
    assert backups.form is not None
    office.qtbot.keyClicks(backups.form.field("做备份时的密码"), PASSWORD)
    press(office, backups.panel, "恢复")
    assert asked == [(backups.model.rows[0].file, PASSWORD)]
    assert not backups.panel.isVisible()


def test_a_backup_from_a_stick_is_looked_into_before_going_back(
    office: Office, backups: BackupPart, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = office.program.make_backup()
    stick = file.rename(tmp_path / "stick.gxbak")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(stick), ""))
    for _ in range(2):
        alt(office, backups.stick)
        office.settle()
        words = [one.text() for one in backups.panel.findChildren(QLabel)]
        assert "这份备份做好以后没有记过新的东西。" in words
        assert any(one.startswith("选用的规则、单位的联系人这些设置，也回到") for one in words)
    backups.panel.dismiss()
    stick.write_bytes(b"damaged")
    alt(office, backups.stick)
    assert told[-1].startswith("这份备份已损坏")
    assert not backups.panel.isVisible()


def test_where_a_backup_came_from_is_listed(office: Office, backups: BackupPart) -> None:
    alt(office, backups.make)
    office.settle()
    assert {row.kind for row in backups.model.rows} == {"每日", "手工"}


def test_a_second_click_does_not_make_a_second_backup(office: Office, backups: BackupPart) -> None:
    before = backups.model.rowCount()
    heard: list[bool] = []
    office.context.bus.backed_up.connect(lambda: heard.append(True))
    for _ in range(2):
        backups.make.click()
    office.settle()
    office.settle()
    assert (backups.model.rowCount(), heard) == (before + 1, [True])
    assert backups.make.isEnabled()
