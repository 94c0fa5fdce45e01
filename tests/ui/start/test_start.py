"""From a password to the window, the demo beside the first steps, and back to a backup, by keyboard."""

import shutil
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox

from app.demo.school import TODAY
from app.domain.todo import Task
from app.errors import UserError
from app.service.children.students import list_students
from app.service.office.setup_tasks import setup_tasks
from tests.helpers.unit_lines import unit_lines
from tests.ui.conftest import PASSWORD
from tests.ui.start.conftest import STEP, Beginning
from ui.__main__ import BootstrapGate
from ui.pages.settings.unit import LookPart
from ui.pages.students.page import StudentsPage
from ui.start.application import refuse_without_screen, tell_crash
from ui.start.recover import RecoverDialog, RestoreDialog
from ui.start.unlock import RESTORED
from ui.widgets.side_panel import SidePanel

# The screen of the tests is no real one: it takes no hints of a window's size and raises nothing.


def test_the_demo_opens_beside_the_first_steps_and_refuses_to_write(fresh: Beginning) -> None:
    wizard = fresh.begin().wizard
    fresh.alt(wizard.demo)
    assert wizard.isVisible()
    window = fresh.window
    assert (window.context.read_only, window.windowTitle()) == (True, "归学 — 柳河镇石桥小学（演示，只能看）")
    assert window.banner.text.startswith("这是演示")
    window.close()
    assert fresh.start.windows == []
    assert not fresh.gate.has_data()


def test_the_demo_shows_its_own_day_and_leaves_the_preferences_alone(fresh: Beginning) -> None:
    fresh.gate.today = date(2027, 3, 10)
    fresh.alt(fresh.begin().wizard.demo)
    window = fresh.window
    assert window.context.today == TODAY
    assert window.head.operator.menu() is None
    window.go("papers")
    window.close()
    assert fresh.start.preferences.page == "today"
    assert fresh.start.preferences.geometry.isEmpty()


def test_the_demo_is_built_once_and_says_so(fresh: Beginning) -> None:
    wizard = fresh.begin().wizard
    wizard.demo.click()
    assert (wizard.demo.isEnabled(), wizard.demo.text()) == (False, "正在准备演示…")
    wizard.demo.click()
    fresh.settle()
    assert (wizard.demo.isEnabled(), wizard.demo.text()) == (True, "先看看演示(&D)")
    first = fresh.window
    first.showMinimized()
    wizard.demo.click()
    fresh.settle()
    assert fresh.start.windows == [first]
    assert not first.isMinimized()


def test_a_pc_that_remembers_the_key_opens_for_who_worked_here_last(
    known: Beginning, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = known.gate.open

    def remembered(operator: str = "") -> object:
        asked.append(operator)
        return real(PASSWORD, operator)

    monkeypatch.setattr(known.gate, "remembered", remembered)  # no credential store in a test
    known.start.preferences.keep_operator(known.gate.folder, "李老师")
    known.begin()
    assert asked == ["李老师"]
    assert known.window.head.operator.accessibleName() == "操作人：李老师"


def test_a_wrong_password_is_one_sentence_and_the_right_one_opens(known: Beginning) -> None:
    dialog = known.begin().dialog
    known.type(dialog.password, "wrong")
    known.enter(dialog)
    assert dialog.problem.text().startswith("密码不对")
    assert dialog.password.selectedText()
    known.qtbot.keyClicks(dialog.password, PASSWORD)
    known.enter(dialog)
    assert not dialog.isVisible()
    assert known.window.head.operator.accessibleName() == "操作人：陈老师"
    assert known.window.context.read_only is False


def test_another_person_is_named_at_the_password_and_remembered(known: Beginning) -> None:
    dialog = known.begin().dialog
    known.type(dialog.password, PASSWORD)
    known.type(dialog.operator, "李老师")
    known.enter(dialog)
    assert known.window.head.operator.accessibleName() == "操作人：李老师"
    known.window.context.restart(None, "")
    known.settle()
    assert known.dialog.operator.text() == "李老师"
    assert known.start.windows == []


def test_a_second_program_on_the_folder_is_told_at_the_password(known: Beginning, tmp_path: Path) -> None:
    other = BootstrapGate(tmp_path / "data", TODAY, "", None).open(PASSWORD)
    dialog = known.begin().dialog
    known.unlock(PASSWORD)
    other.close()
    assert dialog.isVisible()
    assert "正被另一个归学窗口" in dialog.problem.text()


def test_a_lost_password_is_replaced_by_the_recovery_code(known: Beginning, tmp_path: Path) -> None:
    program = BootstrapGate(tmp_path / "data", TODAY, "", None).open(PASSWORD)
    code = program.new_recovery_code()
    program.close()
    unlock = known.begin().dialog
    known.alt(unlock.lost)
    dialog = next(one for one in unlock.findChildren(QDialog) if isinstance(one, RecoverDialog))
    known.type(dialog.form.field("恢复码"), code.lower().replace("-", ""))
    known.type(dialog.form.field("新密码"), "new-one-1")
    known.enter(dialog)
    assert dialog.answer.text().startswith("两遍密码不一样")
    known.type(dialog.form.field("再写一遍"), "new-one-1")
    known.enter(dialog)
    assert dialog.answer.text().startswith("✓ 密码已重设")
    assert dialog.answer.property("role") == "done", "what went well is no alarm"
    assert dialog.code.text() not in {"", code}
    dialog.close()
    box = next(one for one in dialog.findChildren(QMessageBox) if one.isVisible())
    known.enter(box)
    assert dialog.isVisible(), "a stray Enter leaves the code where it is"
    known.enter(dialog)
    assert dialog.isVisible()
    dialog.reject()
    box = next(one for one in dialog.findChildren(QMessageBox) if one.isVisible())
    next(one for one in box.buttons() if one.text() == "先不抄，关掉").click()
    assert not dialog.isVisible()
    known.type(unlock.password, "new-one-1")
    known.enter(unlock)
    assert known.window.isVisible()
    assert "恢复码还没有打印或抄下" in [one.what for one in asked_at_set_up(known)]


def asked_at_set_up(known: Beginning) -> list[Task]:
    """What 今日 asks because the first steps, or a new code, left it open."""
    program = known.start._programs[known.window]
    return program.read(lambda desk: list(setup_tasks(desk)))


def test_a_new_code_that_was_copied_is_not_asked_for_again(known: Beginning, tmp_path: Path) -> None:
    program = BootstrapGate(tmp_path / "data", TODAY, "", None).open(PASSWORD)
    code = program.new_recovery_code()
    program.close()
    unlock = known.begin().dialog
    known.alt(unlock.lost)
    dialog = next(one for one in unlock.findChildren(QDialog) if isinstance(one, RecoverDialog))
    dialog.form.set_values({"恢复码": code, "新密码": "new-one-1", "再写一遍": "new-one-1"})
    known.enter(dialog)
    dialog.code.copied.click()
    known.settle()
    dialog.close()
    assert not dialog.isVisible()
    known.unlock("new-one-1")
    assert "恢复码还没有打印或抄下" not in [one.what for one in asked_at_set_up(known)]


def test_a_new_pc_begins_with_a_backup(fresh: Beginning, demo_folder: Path) -> None:
    backup = next((demo_folder / "backups").glob("*.gxbak"), None) or _backup_of(demo_folder, fresh)
    wizard = fresh.begin().wizard
    fresh.alt(wizard.restore)
    dialog = next(one for one in wizard.findChildren(QDialog) if isinstance(one, RestoreDialog))
    fresh.enter(dialog)
    assert dialog.answer.text() == "请选备份文件，并写上做备份时的密码。"
    fresh.type(dialog.file, str(backup))
    fresh.type(dialog.form.field("做备份时的密码"), "wrong")
    fresh.enter(dialog)
    assert dialog.answer.text().startswith("密码不对")
    dialog.form.set_values({"做备份时的密码": PASSWORD})
    fresh.enter(dialog)
    assert fresh.dialog.problem.text() == RESTORED
    fresh.unlock(PASSWORD)
    assert len(fresh.start._programs[fresh.window].read(list_students)) > 100


def _backup_of(folder: Path, fresh: Beginning) -> Path:
    copy = fresh.gate.folder.parent / "copy"
    shutil.copytree(folder, copy)
    with BootstrapGate(copy, TODAY, "", None).open(PASSWORD) as program:
        return program.make_backup()


def test_going_back_to_a_backup_from_the_window_starts_anew_with_its_data(known: Beginning) -> None:
    known.begin().unlock(PASSWORD)
    window = known.window
    program = known.start._programs[window]
    file = program.make_backup()
    program.write(lambda desk: desk.tx.set_setting("paper.学校联系人", "后来写的"))
    window.context.restart(file, PASSWORD)
    known.settle()
    assert known.dialog.problem.text() == RESTORED
    known.unlock(PASSWORD)
    found = unit_lines(known.start._programs[known.window])
    assert found["学校联系人"] == ""


def test_a_refused_backup_leaves_the_data_and_says_why(known: Beginning, tmp_path: Path) -> None:
    known.begin().unlock(PASSWORD)
    damaged = tmp_path / "broken.gxbak"
    damaged.write_bytes(b"no backup")
    known.window.context.restart(damaged, PASSWORD)
    known.settle()
    assert "已损坏" in known.dialog.problem.text()
    known.unlock(PASSWORD)
    assert known.window.isVisible()


def test_a_second_start_brings_what_is_shown_to_the_front(known: Beginning) -> None:
    assert known.start.front() is None
    known.begin()
    assert known.start.front() is known.dialog
    known.dialog.showMinimized()
    known.start.raise_window()
    assert not known.dialog.isMinimized()


def test_a_bug_of_the_window_itself_is_whole_on_the_error_stream_and_without_values_in_the_dialog(
    known: Beginning, capsys: pytest.CaptureFixture[str]
) -> None:
    known.begin()
    try:
        raise ValueError("张小明")
    except ValueError as problem:
        tell_crash(known.start, problem, problem.__traceback__)
    assert "张小明" in capsys.readouterr().err
    shown = [one for one in known.dialog.findChildren(QDialog) if one.windowTitle() == "程序出错"]
    assert len(shown) == 1
    shown[0].close()


def test_without_a_screen_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    with pytest.raises(UserError, match="没有屏幕"):
        refuse_without_screen("linux", None)
    for platform, display in (("linux", ":0"), ("win32", None), ("darwin", None)):
        refuse_without_screen(platform, display)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    refuse_without_screen("linux", None)


def test_a_window_that_finishes_its_work_first_still_goes_back_to_the_backup(
    known: Beginning, monkeypatch: pytest.MonkeyPatch
) -> None:
    known.begin().unlock(PASSWORD)
    window = known.window
    file = known.start._programs[window].make_backup()
    go_on = Event()
    window.context.tasks.keep(window, go_on.wait, then=lambda _value: None)
    monkeypatch.setattr(window, "_leave_anyway", lambda: True)
    window.context.restart(file, PASSWORD)
    assert window.isVisible()
    go_on.set()
    known.qtbot.waitUntil(lambda: known.dialog.problem.text() == RESTORED, timeout=STEP)


def test_a_new_type_size_waits_for_what_is_being_written(known: Beginning) -> None:
    known.begin().unlock(PASSWORD)
    before, go_on = known.window, Event()
    before.context.tasks.keep(before, lambda: go_on.wait(10), then=lambda _value: None)
    before.context.redress(125)
    known.qtbot.wait(1)
    assert known.window is before
    with known.qtbot.waitSignal(before.left):
        go_on.set()
    known.settle()
    assert known.window is not before
    assert known.window.isVisible()


def test_a_new_type_size_lays_the_whole_window_out_anew_over_the_same_data(known: Beginning) -> None:
    known.begin().unlock(PASSWORD)
    before = known.window
    program = known.start._programs[before]
    before.go("students")
    known.settle()
    page = before.page
    assert isinstance(page, StudentsPage)
    rows = page.view.verticalHeader().defaultSectionSize()
    before.go("settings", {"part": "look"})
    look = before.page.findChild(LookPart)
    assert look is not None
    with known.qtbot.waitSignal(before.left):
        look.group.button(150).click()
    known.settle()
    after = known.window
    assert after is not before
    assert known.start._programs == {after: program}
    assert (after.page.key, known.start.preferences.scale) == ("settings", 150)
    after.go("students")
    known.settle()
    grown = after.page
    assert isinstance(grown, StudentsPage)
    assert grown.view.verticalHeader().defaultSectionSize() > rows * 1.4


def test_who_keeps_what_is_typed_keeps_the_type_size_too(known: Beginning) -> None:
    known.begin().unlock(PASSWORD)
    window = known.window
    panel, field = SidePanel(window.pages["cases"]), QLineEdit("typed")
    panel.present("记一次家访", field, [], lambda: True)

    def stay() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(one for one in box.buttons() if one.text() == "继续填写").click()

    QTimer.singleShot(0, window, lambda: QTimer.singleShot(0, window, stay))
    window.context.redress(150)
    known.qtbot.waitUntil(lambda: window.page.key == "cases")
    assert (known.window, known.start.preferences.scale) == (window, 100)
    assert QApplication.font().pixelSize() == 14
    panel.dismiss()


def test_a_backup_that_was_refused_says_that_nothing_was_restored(known: Beginning) -> None:
    known.begin().unlock(PASSWORD)
    file = known.start._programs[known.window].make_backup()
    known.window.context.restart(file, "wrong-one")
    known.settle()
    assert known.dialog.problem.text().startswith("没有恢复，现在的数据没有动。恢复时：密码不对")
