"""Carries one start through to its window: first steps or password, the demo beside them, going back to a backup."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.service.case_opening import sweep
from app.service.overview import who_we_are
from ui.bus import Bus
from ui.context import Context
from ui.help.help_window import Help
from ui.main_window import MainWindow
from ui.pages.all_pages import make_pages
from ui.preferences import Preferences
from ui.start.gate import Gate, OpenProgram
from ui.start.opener import Opener
from ui.start.read_only import ReadOnly
from ui.start.unlock import RESTORED, UnlockDialog
from ui.start.wizard import FirstRun
from ui.tasks import Tasks


class Start:
    """One start over one data folder. `dialog` and `wizard` are the dialogs shown, if any."""

    def __init__(self, gate: Gate, preferences: Preferences) -> None:
        self.gate = gate
        self.preferences = preferences
        self.opener = Opener()
        self.windows: list[MainWindow] = []
        self.dialog: UnlockDialog | None = None
        self.wizard: FirstRun | None = None
        self._help = Help()
        self._programs: dict[MainWindow, OpenProgram] = {}

    def begin(self) -> None:
        """The password if the folder was set up, else the first steps."""
        if not self.gate.has_data():
            self._first_run()
            return
        self.opener.run(self.gate.remembered, self._remembered, lambda sentence: self.unlock().tell(sentence))

    def _remembered(self, program: OpenProgram | None) -> None:
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

    def _unlocked(self, program: OpenProgram) -> None:
        self.preferences.operator = program.operator
        self.show(program)

    def _first_run(self) -> None:
        self.wizard = FirstRun(self.gate, self.opener)
        self.wizard.opened.connect(self._set_up)
        self.wizard.demo_wanted.connect(self.show_demo)
        self.wizard.restored.connect(lambda: self.unlock().tell(RESTORED))
        self.wizard.show()

    def _set_up(self, program: OpenProgram, import_roster: bool) -> None:
        window = self.show(program)
        if import_roster:
            window.go("students", {"import": True})

    def show_demo(self) -> None:
        """The demo school beside the first steps, to look at only."""
        self.opener.run(
            self.gate.demo, lambda program: self.show(ReadOnly(program), read_only=True), self._say
        )

    def show(self, program: OpenProgram, *, read_only: bool = False) -> MainWindow:
        """The window over an open program."""
        context = context_of(program, self.gate, self.preferences, read_only=read_only)
        window = MainWindow(context, make_pages(context), self._help)
        window.left.connect(partial(self._left, window))
        if not read_only:
            context.restart = partial(self._restart, window)
        self._programs[window] = program
        self.windows.append(window)
        window.show()
        if not read_only:  # what became due without a roll; the window asked for it, so Ctrl+Z leaves it
            context.tasks.write(window, sweep)
        for sentence in program.notices:
            context.bus.refused.emit(sentence)
        return window

    def _restart(self, window: MainWindow, backup: Path | None, password: str) -> None:
        """Close the window and its data and ask for the password, having put a backup in their place if one is given.

        The dialog comes first: with no window left Qt would end the program.
        """
        dialog = self.unlock()
        if not window.close():
            dialog.close()
            return
        if backup is not None:
            restore = partial(self.gate.restore, backup, password)
            self.opener.run(restore, lambda _nothing: dialog.tell(RESTORED), dialog.tell)

    def _left(self, window: MainWindow) -> None:
        """Let go of a closed window's data; the manual goes with the last window."""
        if window in self._programs:
            self._programs.pop(window).close()
            self.windows.remove(window)
            window.deleteLater()
        if not self.windows:
            self._help.close()

    def front(self) -> QWidget | None:
        """What a person sees first: the newest window, else the dialog of the start."""
        shown: list[QWidget] = [*(one for one in (self.wizard, self.dialog) if one), *self.windows]
        return next((one for one in shown[::-1] if one.isVisible()), None)

    def raise_window(self) -> None:
        """Bring what is shown to the front."""
        if front := self.front():
            front.setWindowState(front.windowState() & ~Qt.WindowState.WindowMinimized)
            front.raise_()
            front.activateWindow()

    def end(self) -> None:
        """Let go of everything that was opened."""
        self.opener.close()
        for program in self._programs.values():
            program.close()
        self.gate.close()

    def _say(self, sentence: str) -> None:
        if self.wizard is not None:
            self.wizard.problem.setText(sentence)


def context_of(
    program: OpenProgram, gate: Gate, preferences: Preferences, *, read_only: bool = False
) -> Context:
    """The window's surroundings over an open program."""
    facts = program.read(who_we_are)
    bus = Bus()
    return Context(
        tasks=Tasks(program, bus),
        bus=bus,
        today=gate.today,
        operator=program.operator,
        unit=facts["unit"],
        level=facts["level"],
        preferences=preferences,
        keeper=program,
        folder=gate.folder,
        read_only=read_only,
    )
