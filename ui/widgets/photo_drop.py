"""Photos of a visit: dropped, pasted or chosen as files; thumbnails are made beside the window's thread."""

import shutil
import tempfile
import weakref
from collections.abc import Iterable
from functools import partial
from itertools import count
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QImage,
    QImageReader,
    QKeyEvent,
    QKeySequence,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame, QListWidget, QListWidgetItem, QWidget

from ui.context import Context
from ui.widgets.parts import button, column, label, row

THUMB = QSize(96, 72)  # px
KINDS = "照片 (*.jpg *.jpeg *.png *.bmp *.webp *.JPG *.JPEG *.PNG)"


def thumbnail(path: Path, size: QSize = THUMB) -> QImage:
    """The picture in `path`, upright and no larger than `size`; a null image if it is none."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    whole = reader.size()
    if whole.isValid():
        reader.setScaledSize(whole.scaled(size * 2, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return image
    return image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


def clipboard_data() -> QMimeData:
    """What lies in the clipboard; an empty clipboard gives empty data (Qt gives none at all)."""
    data: QMimeData | None = QApplication.clipboard().mimeData()
    return data or QMimeData()


class PhotoDrop(QFrame):
    """Keeps the files of photos to be saved, in the order they came. Delete takes the chosen one out.

    Signals:
        changed(): a photo came or went.
    """

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._scratch: Path | None = None
        self._numbers = count(1)
        self._paths: list[Path] = []
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        self.setAccessibleName("照片")
        self.list = QListWidget()
        self.list.setAccessibleName("已加的照片，按 Delete 去掉")
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setIconSize(THUMB)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setSpacing(4)
        self.list.setFixedHeight(THUMB.height() + self.fontMetrics().height() + 32)
        self.list.setAcceptDrops(False)
        self.list.hide()
        self._problem = label("", "overdue", wrap=True)
        self._problem.hide()
        choose = button("选照片(&O)…", self.choose, hint="从文件夹里选照片（Alt+O）")
        paste = button("粘贴(&T)", self.paste, hint="把微信、截图里复制的照片贴进来（Ctrl+V）")
        words = label("把照片拖到这里，或复制后按 Ctrl+V", "quiet", wrap=True)
        layout = column(words, margin=8)
        layout.addLayout(row(choose, paste, None))
        layout.addWidget(self.list)
        layout.addWidget(self._problem)
        self.setLayout(layout)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files of the photos."""
        return tuple(self._paths)

    @property
    def problem(self) -> str:
        """What was wrong with the last file, empty if nothing."""
        return self._problem.text()

    def choose(self) -> None:
        """Ask for files."""
        names, _ = QFileDialog.getOpenFileNames(self, "选照片", "", KINDS)
        self.add(Path(name) for name in names)

    def paste(self) -> bool:
        """Take what lies in the clipboard, a picture or files; whether there was any."""
        return self.take(clipboard_data())

    def take(self, data: QMimeData) -> bool:
        """Take pictures or picture files out of dropped or pasted data; whether there were any."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files:
            self.add(files)
            return True
        image = data.imageData() if data.hasImage() else None
        if not isinstance(image, QImage) or image.isNull():
            return False
        path = self._folder() / f"粘贴{next(self._numbers)}.png"
        self._context.tasks.compute(
            self, partial(image.save, str(path)), then=lambda _saved: self.add([path])
        )
        return True

    def add(self, paths: Iterable[Path]) -> None:
        """Add photos by their files; what is no picture is refused with a sentence."""
        self.say("")
        for path in paths:
            if path not in self._paths:
                self._context.tasks.compute(self, partial(thumbnail, path), then=partial(self._show, path))

    def remove(self, place: int) -> None:
        """Take the `place`-th photo out; its file is left alone."""
        if 0 <= place < len(self._paths):
            del self._paths[place]
            self.list.takeItem(place)
            self.list.setVisible(bool(self._paths))
            self.changed.emit()

    def _show(self, path: Path, image: QImage) -> None:
        if image.isNull():
            self.say(f"“{path.name}”不是能打开的照片。请选 jpg 或 png 照片。")
            return
        if path in self._paths:
            return
        self._paths.append(path)
        item = QListWidgetItem(QIcon(QPixmap.fromImage(image)), path.stem[:8])
        item.setToolTip(path.name)
        self.list.addItem(item)
        self.list.show()
        self.changed.emit()

    def say(self, sentence: str) -> None:
        """Show what is wrong with a photo; an empty sentence takes it away."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _folder(self) -> Path:
        """Where pasted pictures wait to be saved; emptied with the widget, at the latest when the program ends."""
        if self._scratch is None:
            self._scratch = Path(tempfile.mkdtemp(prefix="guixue-"))
            weakref.finalize(self, shutil.rmtree, self._scratch, ignore_errors=True)
        return self._scratch

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 — Qt's name
        """Pictures and files may be dropped."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 — Qt's name
        """Take what was dropped."""
        if self.take(event.mimeData()):
            event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Paste, or take the chosen photo out."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete and self.list.hasFocus():
            self.remove(self.list.currentRow())
        else:
            super().keyPressEvent(event)
