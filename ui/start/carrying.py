"""Carries one start through to its window: first steps or password, the demo beside them, going back to a backup."""

from datetime import date
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QTemporaryDir, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.service.program import Program
from app.service.screens.overview import who_we_are
from ui.bus import Bus
from ui.context import Context
from ui.help.help_window import Help
from ui.main_window import MainWindow
from ui.pages.all_pages import make_pages
from ui.preferences import Preferences
from ui.start.day_watch import Clock, DayWatch
from ui.start.first_place import show_placed
from ui.start.gate import Gate
from ui.start.opener import Opener
from ui.start.restoring import KEPT, restore_asking
from ui.start.unlock import RESTORED, UnlockDialog
from ui.start.wizard import FirstRun
from ui.tasks import Tasks
from ui.theme import dress


class Start:
    """One start over one data folder. `dialog` and `wizard` are the dialogs shown, if any.

    With a `clock` the windows go on to the next day with it; without one they stay on the gate's day.
    """

    def __init__(self, gate: Gate, preferences: Preferences, clock: Clock | None = None) -> None:
        self.gate = gate
        self.preferences = preferences
        self.opener = Opener()
        self.windows: list[MainWindow] = []
        self.dialog: UnlockDialog | None = None
        self.wizard: FirstRun | None = None
        self._help = Help()
        self._programs: dict[MainWindow, Program] = {}
        self.day_watch = DayWatch(self, clock) if clock else None

    def begin(self) -> None:
        """The password if the folder was set up, else the first steps."""
        if not self.gate.has_data():
            self._first_run()
            return
        remembered = partial(self.gate.remembered, self.preferences.operator)
        self.opener.run(remembered, self._remembered, lambda sentence: self.unlock().tell(sentence))

    def _remembered(self, program: Program | None) -> None:
        if program is None:
            self.unlock()
        else:
            self.show(program)

    def unlock(self) -> UnlockDialog:
        """Ask for the password."""
        self.dialog = UnlockDialog(self.gate, self.opener, self.preferences.operator)
        self.dialog.opened.connect(self._unlocked)
        self.dialog.show()
        return self.dialog

    def _unlocked(self, program: Program) -> None:
        self.preferences.operator = program.operator
        self.show(program)

    def _first_run(self) -> None:
        self.wizard = FirstRun(self.gate, self.opener, self.preferences.first_run)
        self.wizard.opened.connect(self._set_up)
        self.wizard.demo_wanted.connect(self.show_demo)
        self.wizard.restored.connect(lambda: self.unlock().tell(RESTORED, "done"))
        self.wizard.help_wanted.connect(lambda: self._help("start"))
        self.wizard.left.connect(self._keep_typed)
        self.wizard.finished.connect(self._close_help)
        self.wizard.show()

    def _keep_typed(self, typed: dict[str, str]) -> None:
        self.preferences.first_run = typed

    def _set_up(self, program: Program, import_roster: bool) -> None:
        self.preferences.operator = program.operator
        window = self.show(program)
        if import_roster:
            window.go("students", {"import": True})

    def show_demo(self) -> None:
        """The demo school beside the first steps, to look at only; one that is open comes to the front."""
        shown = [window for window in self.windows if window.context.demo]
        if shown:
            to_front(shown[0])
        elif self.wizard is not None:
            self.wizard.show_demo_building(True)
            self.opener.run(self.gate.demo, self._demo_built, self._no_demo)

    def _demo_built(self, program: Program) -> None:
        self._no_demo("")
        program.read_only = True
        self.show(program, demo=True)

    def _no_demo(self, sentence: str) -> None:
        if self.wizard is not None:
            self.wizard.show_demo_building(False)
            self.wizard.problem.setText(sentence)

    def show(self, program: Program, *, demo: bool = False, again: bool = False) -> MainWindow:
        """The window over an open program. Opened `again` on a new day or in another type it says nothing twice."""
        preferences = self._throw_away_preferences() if demo else self.preferences
        context = context_of(program, self.gate, preferences, demo=demo)
        window = MainWindow(context, make_pages(context), self._help)
        window.left.connect(partial(self._left, window))
        context.redress = partial(self._redress, window)
        if not demo:
            context.restart = partial(self._restart, window)
        self._programs[window] = program
        self.windows.append(window)
        show_placed(window, preferences.geometry)
        for sentence in () if again else program.notices:
            context.bus.refused.emit(sentence)
        if not (demo or again):
            self._back_up_once_shown(window)
        return window

    def _back_up_once_shown(self, window: MainWindow) -> None:
        """The day's backup, when the first page has been read and shows it: nobody waits for it."""
        back_up = partial(self._back_up_day, window)
        window.context.tasks.idle.connect(back_up, Qt.ConnectionType.SingleShotConnection)

    def _back_up_day(self, window: MainWindow) -> None:
        if window in self._programs and not window.closing:
            context = window.context
            back_up = self._programs[window].back_up_day
            context.tasks.keep(window, back_up, then=lambda _nothing: context.bus.backed_up.emit())

    @cached_property
    def _throw_away(self) -> QTemporaryDir:
        """A folder that goes with the start; made for the first demo, since most starts show none."""
        return QTemporaryDir()

    def _throw_away_preferences(self) -> Preferences:
        """For the demo: where somebody looked around is not where the work goes on."""
        made = Preferences(QSettings(self._throw_away.filePath("demo.ini"), QSettings.Format.IniFormat))
        made.scale = self.preferences.scale
        return made

    def reopen(self, window: MainWindow, day: date) -> MainWindow | None:
        """Close the window and open another over the same data on `day`; None where a person wants to stay.

        With no window left for a moment Qt would end the program.
        """
        opened = self._exchange(window, day)
        if opened is not None:
            self._back_up_day(opened)
        return opened

    def _redress(self, window: MainWindow, percent: int) -> None:
        """Open the window again at another type size: what is laid out anew fits, whatever was measured before.

        Not while the click that asked for it is still being dealt with, nor in the middle of something being written.
        """
        tasks = window.context.tasks

        def again() -> None:
            if window not in self._programs:
                return  # it was closed meanwhile
            if tasks.changing:
                tasks.written.connect(again, Qt.ConnectionType.SingleShotConnection)
            elif opened := self._exchange(window, window.context.today, percent):
                opened.go("settings", {"part": "look"})
                opened.banner.tell(f"字号已改为{percent}%。")

        QTimer.singleShot(0, window, again)

    def _exchange(self, window: MainWindow, day: date, percent: int = 0) -> MainWindow | None:
        """Another window over the same data in place of this one, at `percent` of type size where that is given.

        None where a person wants to stay.
        """
        program, context = self._programs.pop(window), window.context
        QApplication.setQuitOnLastWindowClosed(False)
        try:
            if not window.close():
                self._programs[window] = program
                return None
            program.today = day
            if percent:
                self._dress(percent)
            return self.show(program, demo=context.demo, again=True)
        finally:
            QApplication.setQuitOnLastWindowClosed(True)

    def _dress(self, percent: int) -> None:
        self.preferences.scale = percent
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # the start has made it
        dress(application, percent)

    def _restart(self, window: MainWindow, backup: Path | None, password: str) -> None:
        """Close the window and its data and ask for the password, having put a backup in their place if one is given.

        The dialog comes first: with no window left Qt would end the program.
        """
        dialog = self.unlock()
        go_on = partial(self._go_back, dialog, backup, password)
        if window.close():
            go_on()
        elif window.closing:
            window.left.connect(go_on)
        else:
            dialog.close()

    def _go_back(self, dialog: UnlockDialog, backup: Path | None, password: str) -> None:
        if backup is not None:
            restore_asking(
                dialog,
                self.gate,
                self.opener,
                backup,
                password,
                lambda _nothing: dialog.tell(RESTORED, "done"),
                lambda sentence: dialog.tell(sentence if sentence == KEPT else f"{KEPT}恢复时：{sentence}"),
            )

    def _left(self, window: MainWindow) -> None:
        """Let go of a closed window's data; the manual goes with the last window."""
        if program := self._programs.pop(window, None):
            program.close()
        if window in self.windows:
            self.windows.remove(window)
            window.deleteLater()
        self._close_help()

    def _close_help(self) -> None:
        """The manual alone does not keep the program running."""
        if not self.windows:
            self._help.close()

    def front(self) -> QWidget | None:
        """What a person sees first: the newest window, else the dialog of the start."""
        shown: list[QWidget] = [*(one for one in (self.wizard, self.dialog) if one), *self.windows]
        return next((one for one in shown[::-1] if one.isVisible()), None)

    def raise_window(self) -> None:
        """Bring what is shown to the front."""
        if front := self.front():
            to_front(front)

    def end(self) -> None:
        """Let go of everything that was opened."""
        if self.day_watch:
            self.day_watch.stop()
        self.opener.close()
        for program in self._programs.values():
            program.close()
        self.gate.close()


def to_front(widget: QWidget) -> None:
    """Bring a window to the front, out of the task bar if it was put there."""
    widget.setWindowState(widget.windowState() & ~Qt.WindowState.WindowMinimized)
    widget.raise_()
    widget.activateWindow()


def context_of(
    program: Program,
    gate: Gate,
    preferences: Preferences,
    *,
    demo: bool = False,
) -> Context:
    """The window's surroundings over an open program."""
    who = program.read(who_we_are)
    bus = Bus()
    return Context(
        tasks=Tasks(program, bus),
        bus=bus,
        today=program.today,
        operator=program.operator,
        unit=who.unit,
        level=who.level,
        preferences=preferences,
        keeper=program,
        folder=gate.folder,
        read_only=program.read_only,
        demo=demo,
    )
