"""Slow steps of the start, and one window a folder."""

import threading
from pathlib import Path

import pytest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from app.errors import UserError
from ui.start.opener import Opener
from ui.start.single import SingleWindow


@pytest.fixture
def opener(qtbot: QtBot) -> Opener:
    return Opener()


def test_a_step_runs_elsewhere_and_answers_here(opener: Opener, qtbot: QtBot) -> None:
    came: list[tuple[int, int]] = []
    opener.run(threading.get_ident, lambda there: came.append((there, threading.get_ident())), came.append)
    assert opener.working
    qtbot.waitUntil(lambda: not opener.working)
    there, here = came[0]
    assert there != here == threading.get_ident()
    opener.close()


def test_a_refusal_comes_as_its_sentence(opener: Opener, qtbot: QtBot) -> None:
    def step() -> None:
        raise UserError("密码不对。请重新输入。")

    told: list[str] = []
    opener.run(step, told.append, lambda sentence: told.append(f"refused {sentence}"))
    qtbot.waitUntil(lambda: not opener.working)
    assert told == ["refused 密码不对。请重新输入。"]
    opener.close()


def test_a_bug_is_raised_whole(opener: Opener, qtbot: QtBot) -> None:
    with capture_exceptions() as raised:
        opener.run(lambda: 1 / 0, print, print)
        qtbot.waitUntil(lambda: not opener.working)
    assert [kind for kind, _problem, _trace in raised] == [ZeroDivisionError]
    opener.close()


def test_two_steps_keep_their_own_answers(opener: Opener, qtbot: QtBot) -> None:
    first: list[int] = []
    second: list[int] = []
    busy: list[bool] = []
    opener.busy.connect(busy.append)
    opener.run(lambda: 1, first.append, print)
    opener.run(lambda: 2, second.append, print)
    qtbot.waitUntil(lambda: not opener.working)
    assert (first, second, busy) == ([1], [2], [True, True, False])
    opener.close()


def test_a_second_start_calls_the_first_and_goes(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleWindow(tmp_path), SingleWindow(tmp_path)
    assert first.is_first()
    with qtbot.waitSignal(first.called):
        assert not second.is_first()


def test_another_folder_is_another_window(qtbot: QtBot, tmp_path: Path) -> None:
    one, other = SingleWindow(tmp_path / "一"), SingleWindow(tmp_path / "二")
    assert one.is_first()
    assert other.is_first()


def test_a_window_that_is_gone_leaves_its_place(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleWindow(tmp_path)
    assert first.is_first()
    first._server.close()
    assert SingleWindow(tmp_path).is_first()
