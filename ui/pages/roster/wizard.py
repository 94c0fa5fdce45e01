"""名册导入: choose a file, see what it would change, import it as one run, take it back as one. Nothing is written
before the preview was accepted."""

from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from app.service.children.roster_answers import LookAlike, RosterAnswer, RowSaid, UndoneImport
from app.service.children.roster_writing import Progress
from app.service.children.rosters import undo_import, undoable_run
from app.service.exports import form_to
from app.service.screens.roster import (
    FilePreview,
    import_accepted,
    import_runs,
    preview_file,
    preview_said,
    save_problems,
    stop_file,
)
from ui.context import Context
from ui.pages.roster.file import FILES, FileStep
from ui.pages.roster.preview import PreviewStep
from ui.widgets.detour import Detour
from ui.widgets.empty_form import ask_form_file
from ui.widgets.parts import button, card, label, row, strip

STEPS = ("① 选文件", "② 看预览", "③ 完成")


class RosterWizard(Detour):
    """The steps in their order."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._path = Path()
        self._preview: FilePreview | None = None
        # What the preview was read with, not what was chosen since; without ignored headers nothing was chosen.
        self._mapping: dict[str, str] = {}
        self._ignored: list[str] | None = None
        self._reading = 0
        self._again = False
        self._stopped = Event()
        self._run = ""
        self._said: dict[tuple[str, str, int], RowSaid] = {}
        self.file_step = FileStep()
        self.preview_step = PreviewStep()
        self._lay_out()
        self.file_step.chosen.connect(self.read_file)
        self.file_step.asked.connect(self.choose_file)
        self.file_step.form_asked.connect(self.save_form)
        self.file_step.weighed.connect(self._weigh_undo)
        self.file_step.undo.connect(self.undo)
        self.preview_step.again.connect(self._read_again)
        self.preview_step.alike.said.connect(self._take_word)
        self.preview_step.save.connect(self.save_problems)
        self.preview_step.accepted.connect(self.accept)

    def start(self) -> None:
        """Begin at the choice of a file."""
        self._go(0, self.file_step)
        self.file_step.pick.setFocus()
        self._context.tasks.read(self, import_runs, then=self.file_step.show_runs)

    def choose_file(self) -> None:
        """Ask for a roster file."""
        name, _ = QFileDialog.getOpenFileName(self, "选择名册", self._context.preferences.folder, FILES)
        if name:
            self.read_file(Path(name))

    def read_file(self, path: Path) -> None:
        """Read a file and show what it would change."""
        self._path = path
        self._context.preferences.folder = str(path.parent)
        self.preview_step.forget()
        self._read({}, None, "", again=False)

    def accept(self) -> None:
        """Write what the preview showed; until it is written it can be taken back as if it had never begun."""
        if self._preview is None or self._preview.file is None:
            return
        self._wait(f"正在写入“{self._path.name}”…")
        self._context.tasks.write(
            self,
            import_accepted,
            self._preview.file,
            partial=self.preview_step.is_partial(),
            progress=self._progress(),
            then=self._done,
            failed=self._back_to_preview,
        )

    def undo(self, run: str) -> None:
        """Take one import back; until that is written it can be stopped as if it had never begun."""
        self._wait("正在撤销…")
        self._context.tasks.write(
            self, undo_import, run, progress=self._progress(), then=self._undone, failed=self._failed
        )

    def save_form(self) -> None:
        """Save an empty roster form to fill in."""
        target = ask_form_file(self, self._context.preferences.folder)
        if target is None:
            return
        self._context.preferences.folder = str(target.parent)
        self._context.tasks.work(
            self,
            lambda runner: form_to(runner.program, target),
            then=lambda done: self._context.bus.said.emit(
                f"空白花名册已存为{done.file.name}。填好以后，在这里选这个文件导入。"
            ),
        )

    def save_problems(self) -> None:
        """Save the refused rows with their reasons as a workbook."""
        start = str(self._path.with_name(f"{self._path.stem}_问题行.xlsx"))
        name, _ = QFileDialog.getSaveFileName(self, "把问题行存为Excel", start, "Excel 工作簿 (*.xlsx)")
        if name:
            self.write_problems(Path(name))

    def write_problems(self, target: Path) -> None:
        """Write the refused rows to `target`."""
        told = self._preview.answer if self._preview else None
        rejected = told.rejected if told else ()
        work = partial(save_problems, self._path, rejected, target, self._mapping, self._ignored)
        self._context.tasks.keep(
            self,
            work,
            then=lambda done: self._context.bus.said.emit(f"问题行已存为{done.name}，改好后可以直接导入。"),
        )

    def cancel(self) -> None:
        """Stop what is under way, or go back one step; nothing stays written."""
        here = self.stack.currentWidget()
        if here is self._busy and self._writing:
            if not self._stop.isEnabled():
                return
            self._stopped.set()
            self._stop.setEnabled(False)
            self._busy_words.setText("正在取消…")
            return
        self._reading += 1
        if here is self._busy:
            stop_file()
        if here is self._busy and self._again:
            self._go(1, self.preview_step)
        elif here in {self._busy, self.preview_step}:
            self.start()
        elif not self.file_step.spare():
            self.closed.emit()

    # -- inside --

    def _lay_out(self) -> None:
        self._steps = [label(words, "quiet") for words in STEPS]
        self._title = label("导入名册", "title")
        self._writing = False
        self._back = button("返回 Esc", self.cancel, "link")
        self._busy, self._busy_words = QWidget(), label("", "subtitle", wrap=True)
        self._bar = QProgressBar()
        self._stop = button("取消 Esc", self.cancel)
        self._busy.setLayout(_centred(self._busy_words, self._bar, self._stop))
        self._end, self._end_words = QWidget(), label("", "subtitle", wrap=True)
        self._end_more = label("", "", wrap=True)
        self._to_table = button("回到学生", self.closed.emit, "primary")
        self._take_back = button("撤销这次导入(&Z)", lambda: self.undo(self._run))
        self._save = button("把问题行存为Excel(&S)…", self.save_problems)
        buttons = strip(self._take_back, self._save, None, self._to_table)
        self._end.setLayout(_centred(card(self._end_words, self._end_more, buttons)))
        self.stack = QStackedWidget()
        for step in (self.file_step, self._busy, self.preview_step, self._end):
            self.stack.addWidget(step)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row(self._title, *self._steps, None, self._back, spacing=16))
        layout.addWidget(self.stack, 1)

    def _go(self, place: int, step: QWidget) -> None:
        for number, words in enumerate(self._steps):
            words.setEnabled(number == place)
            font = words.font()
            font.setBold(number == place)
            words.setFont(font)
        self._back.setVisible(step in {self.file_step, self.preview_step})
        self.stack.setCurrentWidget(step)

    def _wait(self, words: str, *, writing: bool = True) -> None:
        self._writing = writing
        self._busy_words.setText(words)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._stop.setEnabled(True)
        self._go(1, self._busy)
        self._busy.setFocus()  # not the button: a second press of what began it would stop it

    def _progress(self) -> Progress:
        """For a write that begins now: nobody has stopped it yet."""
        self._stopped.clear()
        tell = self._context.tasks.teller(self, self._show_progress)
        return Progress(lambda done, total: tell(done, total, ""), self._stopped.is_set)

    def _show_progress(self, done: int, total: int, _name: str) -> None:
        if self._stopped.is_set():
            return
        if done >= total:  # what is left cannot be counted, and is not to be cut off
            self._bar.setRange(0, 0)
            self._bar.setTextVisible(False)
            self._stop.setEnabled(False)
            return
        self._bar.setFormat(f"{done}/{total}")
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.setTextVisible(True)

    def _read(self, mapping: dict[str, str], ignored: list[str] | None, school: str, *, again: bool) -> None:
        self._reading += 1
        self._said = {}
        self._again = again
        asked = self._reading
        self._wait(f"正在读“{self._path.name}”，和现有学生比对…", writing=False)

        def read(shown: FilePreview) -> None:
            if asked == self._reading:
                self._mapping, self._ignored = mapping, ignored
                self._show(shown)

        def failed(problem: BaseException) -> None:
            if asked == self._reading:
                (self._back_to_preview if again else self._failed)(problem)

        more = {"kind": self.preview_step.kind(), "classes": self.preview_step.classes_tab.said()}
        self._context.tasks.read(
            self, preview_file, self._path, mapping, ignored, school, **more, then=read, failed=failed
        )

    def _weigh_undo(self, run: str) -> None:
        """Nobody is asked about what would be refused afterwards."""
        self._context.tasks.read(self, undoable_run, run, then=lambda _found: self.file_step.ask_undo(run))

    def _take_word(self, pair: LookAlike, same: bool | None) -> None:
        """A word about a pair takes effect at once; None takes it back."""
        key = (pair.id, pair.sheet, pair.row)
        self._said.pop(key, None)
        if same is not None:
            self._said[key] = pair.told(same=same)
        asked = self._reading

        def said(shown: FilePreview) -> None:
            if asked == self._reading:
                self._preview = shown
                self.preview_step.show_said(shown)

        words = tuple(self._said.values())
        self._context.tasks.read(self, preview_said, self._preview, words, then=said)

    def _read_again(self) -> None:
        step = self.preview_step
        mapping, ignored = step.mapping(), step.ignored()
        chose_nothing = not step.mapping_tab.unread and not self._mapping and self._ignored is None
        self._read(mapping, None if chose_nothing else ignored, step.school(), again=True)

    def _show(self, shown: FilePreview) -> None:
        self._preview = shown
        self.preview_step.show_preview(self._path.name, shown)
        self._go(1, self.preview_step)
        self.preview_step.take_focus()

    def _back_to_preview(self, problem: BaseException) -> None:
        """What was chosen stays, to be corrected."""
        self._context.tasks.show_problem(problem)
        self._go(1, self.preview_step)
        self.preview_step.take_focus()

    def _failed(self, problem: BaseException) -> None:
        self._context.tasks.show_problem(problem)
        self.start()

    def _done(self, done: RosterAnswer) -> None:
        self._run = done.run or ""
        self._end_words.setText(f"已导入“{self._path.name}”。")
        rejected = len(done.rejected)
        counts = (("新增", done.added), ("更正", done.changed), ("没有变化", done.unchanged))
        lines = ["，".join(f"{word}{count}名" for word, count in counts if count) + "。"]
        if done.vanished:
            lines.append(f"名册里没有了的{len(done.vanished)}名，已列入今日，请核实去向；他们的资料都还在。")
        written = {(one.sheet, one.row) for one in done.new} | {(one.sheet, one.row) for one in done.same}
        open_pairs = [one for one in done.alike if one.said is None and (one.sheet, one.row) in written]
        if open_pairs:
            names = "、".join(dict.fromkeys(one.old.name for one in open_pairs))
            lines.append(f"可能和已登记的学生是同一人：{names}。已按两名学生登记，请核实。")
        if done.new_schools:
            lines.append(f"新登记的学校：{'、'.join(done.new_schools)}。")
        if rejected:
            lines.append(f"有{rejected}行有问题，没有导入。改好以后可以再导入一次。")
        self._end_more.setText("\n".join(lines))
        self._take_back.setVisible(True)
        self._save.setVisible(bool(rejected))
        self._finish()

    def _undone(self, done: UndoneImport) -> None:
        self._end_words.setText("已撤销这次导入。")
        kept = len(done.kept)
        self._end_more.setText(
            f"有{kept}处在导入以后又改过，保留了后来的内容。" if kept else "学生资料回到了导入以前的样子。"
        )
        self._take_back.setVisible(False)
        self._save.setVisible(False)
        self._finish()

    def _finish(self) -> None:
        self._go(2, self._end)
        self._to_table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Esc goes back where going back is possible."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.stack.currentWidget() is self._end:
            self.closed.emit()
        else:
            self.cancel()


def _centred(*widgets: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout()
    layout.setContentsMargins(80, 0, 80, 0)
    layout.setSpacing(16)
    layout.addStretch(1)
    for one in widgets:
        layout.addWidget(one)
    layout.addStretch(2)
    return layout
