"""设置: 备份: what is kept, making one by hand, and going back to one, having seen what would be lost."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QLineEdit

from app.errors import EnvironmentProblem, os_words
from app.service.office.keeping import backup_at
from app.service.office.saved_files import save_file
from app.service.program import READ_ONLY
from app.service.screens.settings import written_since
from ui.context import Context
from ui.models.rows import Column, RowsModel
from ui.pages.settings.part import SettingsPart
from ui.pages.settings.working_copy import WorkingCopy
from ui.widgets.form import Form
from ui.widgets.parts import button, label, row, table
from ui.widgets.side_panel import SidePanel

MEGABYTE = 1_048_576

BACKUP_COLUMNS = (
    Column("日期", lambda row: str(row["made_on"] or "看不出"), width=8),
    Column("来历", lambda row: str(row["kind"]), width=6),
    Column("内容", lambda row: "完整（含照片和文书）" if row["complete"] else "数据", width=11),
    Column("大小", lambda row: f"{row['size'] / MEGABYTE:.1f} MB", sort=lambda row: row["size"], width=6),
    Column(
        "状态",
        lambda row: "✓ 完好" if row["ok"] else "✗ 已损坏",
        tint=lambda row: "done" if row["ok"] else "overdue",
        width=6,
    ),
    Column("文件", lambda row: Path(row["file"]).name, width=0),
)


class BackupPart(SettingsPart):
    """The backups there are, and what can be done with them."""

    heading = "备份"
    explanation = (
        "每天第一次打开时自动备份，最多留8份，越近的越密。它挡不住电脑坏掉："
        "每月请做一份完整备份，拷到U盘锁好。"
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.model = RowsModel(BACKUP_COLUMNS, self)
        self.list = table(self.model, "备份")
        self.panel = SidePanel(self)
        self.form: Form | None = None
        self.make = button("现在做一份完整备份(&M)", self._make, "primary")
        self.empty = label("还没有备份。按右下角的按钮就做一份，不到一分钟。", "today", wrap=True)
        self.empty.hide()
        self.body.addWidget(self.empty)
        self.copy = WorkingCopy(context, self.panel)
        self.body.addWidget(self.copy)
        self.body.addWidget(self.list, 1)
        copy = button("拷到U盘(&U)…", self._save_copy)
        back = button("恢复到这一份(&H)…", self._ask)
        self.stick = button("从U盘的文件恢复(&K)…", self._choose_file)
        self.body.addLayout(row(copy, back, self.stick, None))
        self.body.addLayout(row(None, self.make))

    def refresh(self) -> None:
        """Read the files through, and whether this folder issues the unit's numbers."""
        self.copy.refresh()
        self.context.tasks.compute(self, self.context.keeper.backups, then=self._fill)

    def _fill(self, rows: list[dict[str, Any]]) -> None:
        self.model.set_rows(rows)
        self.empty.setVisible(not rows)
        if rows and not self.list.currentIndex().isValid():
            self.list.selectRow(0)

    def _make(self) -> None:
        def told(made: dict[str, Any]) -> None:
            self.make.setEnabled(True)
            self.context.bus.said.emit(f"备份已做好并检查过：{Path(made['file']).name}")
            self.context.bus.backed_up.emit()
            self.refresh()

        def stopped(problem: BaseException) -> None:
            self.make.setEnabled(True)
            self.context.tasks.show_problem(problem)

        self.make.setEnabled(False)  # a second click would make a second one
        self.context.tasks.keep(self, self.context.keeper.make_backup, then=told, failed=stopped)

    def _chosen(self) -> dict[str, Any] | None:
        chosen = self.model.row(self.list.currentIndex())
        if chosen is None:
            self.context.bus.refused.emit("请先在表里选一份备份。")
        return chosen

    def _save_copy(self) -> None:
        if not (chosen := self._chosen()):
            return
        source = Path(chosen["file"])
        target, _ = QFileDialog.getSaveFileName(self, "拷到U盘", source.name, "归学备份 (*.gxbak)")
        if target:
            self.context.tasks.keep(
                self, lambda: copied(source, Path(target)), then=self.context.bus.said.emit
            )

    def _ask(self) -> None:
        """Show what would be lost before anything is done."""
        if chosen := self._chosen():
            self._look_into(Path(chosen["file"]))

    def _choose_file(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, "从U盘的文件恢复", "", "归学备份 (*.gxbak)")
        if file:
            self._look_into(Path(file))

    def _look_into(self, file: Path) -> None:
        self.context.tasks.compute(self, lambda: backup_at(file), then=self._compare)

    def _compare(self, found: dict[str, Any]) -> None:
        if not found["ok"]:
            self.context.bus.refused.emit("这份备份已损坏，不能用来恢复。请选另一份。")
            return
        self.context.tasks.read(
            self,
            written_since,
            found["made_on"],
            found["entries"],
            then=lambda lost: self._present(lost, found),
        )

    def _present(self, lost: list[tuple[str, int]], found: dict[str, Any]) -> None:
        file = Path(found["file"])
        form = Form(self.context.today)
        form.add_words(f"备份：{found['made_on']}　{found['kind']}　{file.name}", "strong")
        form.add_words(lost_words(lost, found), "overdue" if lost else "quiet")
        form.add_words(
            "选用的规则、单位的联系人这些设置，也回到做备份时的样子。现在的数据会先另存一份在备份里，"
            "反悔了还能再恢复回来。恢复时归学会关掉再打开，要输一次密码。",
            "quiet",
        )
        form.add_line("做备份时的密码").setEchoMode(QLineEdit.EchoMode.Password)
        form.on_enter(lambda: self._restore(file))
        go = button("恢复，并重新打开", lambda: self._restore(file), "")
        if self.panel.present("恢复到这一份", form, [go], form.is_dirty):
            self.form = form

    def _restore(self, file: Path) -> None:
        password = self.form.values()["做备份时的密码"] if self.form else ""
        if self.context.read_only:
            self.context.bus.refused.emit(READ_ONLY)
        elif not password:
            self.context.bus.refused.emit("请写上做备份时的密码。")
        else:
            self.panel.dismiss()
            self.context.restart(file, password)


def lost_words(lost: list[tuple[str, int]], found: dict[str, Any]) -> str:
    """What going back to the backup `found` would cost, as `written_since` counted it."""
    words = "、".join(f"{word}{count}条" for word, count in lost)
    if found["entries"] is not None:
        if not words:
            return "这份备份做好以后没有记过新的东西。"
        return f"这份备份做好以后记下的：{words}。恢复以后，这些就看不到了。"
    return (
        f"{found['made_on']}以来记下的：{words or '没有新的记录'}。这份备份只留了日期，所以从那天早上算起，"
        "当天备份以前记的还在。恢复以后，备份之后记的就看不到了。"
    )


def copied(source: Path, target: Path) -> str:
    """Copy a backup and read the copy back; returns the sentence that says it is safe to take out the stick.

    Raises EnvironmentProblem when either file cannot be read or written, or the stick gave back something else.
    """
    try:
        content = source.read_bytes()
        save_file(target, content)
        whole = target.read_bytes() == content
    except OSError as problem:
        raise EnvironmentProblem(f"没有拷成：{os_words(problem)}。请检查U盘和这份备份后再试。") from problem
    if not whole:
        raise EnvironmentProblem("写到U盘后读回来不一样。请换一个U盘再试。")
    return "已写完并核对，可以拔出U盘。"
