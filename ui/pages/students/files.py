"""The tab 附件 of one child: photos of visits and kept papers; a photo is shown, any file can be saved elsewhere."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from app.service.office.saved_files import save_file
from app.service.screens.students import AttachmentLine, attachment_content
from ui.context import Context
from ui.models.rows import Column
from ui.widgets.listing import Listing
from ui.widgets.parts import button, label, row

PHOTO_HEIGHT = 220  # px

FILES = (
    Column("文件", lambda one: str(one.file_name), width=0),
    Column("是什么", lambda one: f"{one.role}：{one.of}", width=12),
    Column("日期", lambda one: str(one.on), width=6),
    Column("大小", lambda one: size_words(one.size), lambda one: one.size, width=5),
)


def size_words(size: int) -> str:
    """Bytes as people read them: 340 KB."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(round(size / 1024), 1)} KB"


class FilesTab(QWidget):
    """The files of one child."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._student = ""
        self.listing = Listing("附件", FILES, "没有附件。家访时拍的照片、出具的文书会在这里。")
        self._photo = QLabel()
        self._photo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._photo.setVisible(False)
        self.look = button("查看照片(&V)", self.show_photo)
        self.save = button("另存为(&S)…", self.save_as, hint="把这个文件存到别处；会记下是谁取出的")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.listing, 1)
        layout.addWidget(self._photo)
        layout.addLayout(row(label("取出附件会留下记录。", "quiet"), None, self.look, self.save))
        self.listing.chosen.connect(self._choose)
        self.listing.opened.connect(lambda one: self.show_photo() if one.role == "照片" else self.save_as())

    def show_files(self, student_id: str, rows: Sequence[AttachmentLine]) -> None:
        """Show the files of a child."""
        self._student = student_id
        self.listing.set_rows(rows)

    def show_photo(self) -> None:
        """Show the chosen photo below the list."""
        if one := self.listing.current():
            asked = one.id
            self._take_out(asked, lambda content: self._draw(asked, content))

    def save_as(self) -> None:
        """Save the chosen file where the person says."""
        one = self.listing.current()
        if one is None:
            return
        start = str(Path(self._context.preferences.folder) / one.file_name)
        name, _ = QFileDialog.getSaveFileName(self, "另存为", start)
        if name:
            self._take_out(one.id, lambda content: self._write(Path(name), content))

    def _take_out(self, attachment_id: str, then: Any) -> None:
        self._context.tasks.write(self, attachment_content, attachment_id, self._student, then=then)

    def _draw(self, asked: str, content: bytes) -> None:
        one = self.listing.current()
        if one is None or one.id != asked:
            return  # another file or another child was chosen meanwhile
        picture = QPixmap()
        picture.loadFromData(content)
        self._photo.setPixmap(
            picture.scaled(
                self.width() - 24,
                PHOTO_HEIGHT,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        self._photo.setVisible(True)

    def _write(self, target: Path, content: bytes) -> None:
        self._context.preferences.folder = str(target.parent)
        done = f"已存为{target.name}。"
        self._context.tasks.keep(
            self,
            partial(save_file, target, content),
            then=lambda _saved: self._context.bus.said.emit(done),
        )

    def _choose(self, one: AttachmentLine | None) -> None:
        self._photo.setVisible(False)
        self.look.setEnabled(one is not None and one.role == "照片")
        self.save.setEnabled(one is not None)
