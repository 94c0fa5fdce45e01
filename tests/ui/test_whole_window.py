"""Every place of the window at every size an office has: no cut words, a name and a way by Tab to every control."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

import pytest
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QWidget

from tests.helpers import look
from tests.helpers.places import PLACES, issue_some
from tests.ui.conftest import Office, flaws_of_pages
from ui.__main__ import render_pages
from ui.main_window import MainWindow
from ui.pages.all_pages import make_pages
from ui.pages.papers import batch as paper_batch
from ui.pages.papers import form as paper_form
from ui.pages.papers import page as papers
from ui.pages.papers import printing as paper_print
from ui.theme import dress
from ui.widgets.crash_dialog import CrashDialog

SIZES = ((100, 1366, 768), (125, 1280, 720), (150, 1366, 768))  # percent of type, px


@pytest.fixture
def fronts(qapp: QApplication) -> Iterator[set[str]]:
    """The windows that had the keyboard. A widget shown before it has a parent flashes up as one and takes it away."""
    seen: set[str] = set()

    def note(window: QWindow | None) -> None:
        if window is not None:
            seen.add(window.objectName().removesuffix("Window"))

    qapp.focusWindowChanged.connect(note)
    yield seen
    qapp.focusWindowChanged.disconnect(note)


def shown(office: Office, scale: int, width: int, height: int, folder: Path) -> MainWindow:
    office.program.renderer = render_pages
    issue_some(office.program, folder)
    dress(office.application, scale)
    made = MainWindow(office.context, make_pages(office.context), lambda _page: None)
    office.show(made, width, height)
    return made


def found_in(
    office: Office, window: MainWindow, folder: Path, checks: Iterable[Callable[[QWidget], list[str]]]
) -> list[str]:
    """What the checks find in every place, each with the name of the place."""
    found: list[str] = []
    for name, reach in PLACES.items():
        for _ in reach(window, folder):
            office.settle()
            office.application.processEvents()  # what was shown anew is laid out
        assert not [one for one in office.application.topLevelWidgets() if isinstance(one, CrashDialog)], name
        found += [f"{name}：{sentence}" for check in checks for sentence in check(window)]
    return found


@pytest.mark.parametrize(("scale", "width", "height"), SIZES)
def test_no_words_are_cut_and_the_window_fits_the_screen(
    office: Office, tmp_path: Path, scale: int, width: int, height: int
) -> None:
    window = shown(office, scale, width, height, tmp_path)
    assert found_in(office, window, tmp_path, (look.cut_words,)) == []
    assert (window.width(), window.height()) == (width, height)


def test_every_control_has_a_name_a_key_of_its_own_and_a_way_by_tab(
    office: Office, tmp_path: Path, fronts: set[str]
) -> None:
    window = shown(office, *SIZES[0], tmp_path)
    checks = (look.nameless, look.doubled_mnemonics, look.unreached, look.unseen_focus)
    assert found_in(office, window, tmp_path, checks) == []
    assert fronts == {"MainWindowClass"}


@pytest.mark.parametrize(("scale", "width", "height"), SIZES)
def test_a_school_that_has_nothing_yet_is_shown_whole(
    new_school: Office, scale: int, width: int, height: int
) -> None:
    dress(new_school.application, scale)
    window = MainWindow(new_school.context, make_pages(new_school.context), lambda _page: None)
    new_school.show(window, width, height)
    assert flaws_of_pages(new_school, window) == []


def test_no_place_waits_for_data_or_for_pages_on_the_windows_thread(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is slow on an old PC is slow beside the window: it answers within a tenth of a second whatever it reads."""
    window = shown(office, *SIZES[0], tmp_path)
    for owner, name in (
        (office.program, "read"),
        (office.program, "write"),
        *((module, "lay_out") for module in (papers, paper_form, paper_batch, paper_print)),
    ):
        monkeypatch.setattr(owner, name, beside_the_window(getattr(owner, name)))
    assert found_in(office, window, tmp_path, ()) == []


def beside_the_window(work: Callable[..., Any]) -> Callable[..., Any]:
    """`work`, refused on the thread that draws."""

    def guarded(*args: Any, **kwargs: Any) -> Any:
        assert current_thread() is not main_thread(), f"{work} holds the window up"
        return work(*args, **kwargs)

    return guarded
