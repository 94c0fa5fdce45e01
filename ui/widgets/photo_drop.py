"""Photos of a visit: dropped, pasted or chosen as files; read and made small beside the window's thread.

They wait in memory until the visit is saved: nothing unsealed is left on the disk, and a file that goes away meanwhile
(a stick pulled out) takes nothing with it.
"""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import count
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QMimeData, QObject, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QIcon, QImage, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame, QListWidget, QListWidgetItem, QWidget

from app.errors import Refusal
from app.service.cases.photos import Photo, photo_of, read_photo
from ui.context import Context
from ui.widgets.parts import button, column, label, row

THUMB = QSize(96, 72)  # px
KINDS = "照片 (*.jpg *.jpeg *.png *.bmp *.webp *.JPG *.JPEG *.PNG)"
DRAGS = {QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop}
Read = tuple[Photo, QImage]
"""A photo and its thumbnail."""


def thumbnail(photo: Photo) -> QImage:
    """The photo no larger than `THUMB`."""
    ratio, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return QImage.fromData(photo.content).scaled(THUMB, ratio, smooth)


def clipboard_data() -> QMimeData:
    """What lies in the clipboard; an empty clipboard gives empty data (Qt gives none at all)."""
    data: QMimeData | None = QApplication.clipboard().mimeData()
    return data or QMimeData()


def has_photos(data: QMimeData) -> bool:
    """Whether files or a picture are dropped or pasted. Cells of a table come as both: they are text."""
    return any(url.isLocalFile() for url in data.urls()) or (data.hasImage() and not data.hasText())


class PhotoDrop(QFrame):
    """Keeps the photos to be saved, in the order they came. Delete takes the chosen one out.

    Signals:
        changed(): a photo came or went.
        read(): all photos that were added are read.
    """

    changed = Signal()
    read = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._numbers = count(1)
        self._photos: list[Photo] = []
        self._reading = 0
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
        words = label("把照片拖到表上，或复制后按 Ctrl+V", "quiet", wrap=True)
        layout = column(words, margin=8)
        layout.addLayout(row(choose, paste, None))
        layout.addWidget(self.list)
        layout.addWidget(self._problem)
        self.setLayout(layout)
        self.serve(self)

    @property
    def photos(self) -> tuple[Photo, ...]:
        """The photos that were read."""
        return tuple(self._photos)

    @property
    def reading(self) -> bool:
        """Whether photos are still being read."""
        return self._reading > 0

    @property
    def problem(self) -> str:
        """What was wrong with the photos added last, empty if nothing."""
        return self._problem.text()

    def serve(self, form: QWidget) -> None:
        """Take the photos that are dropped or pasted anywhere on `form`, as it is now; text stays with its fields."""
        form.setAcceptDrops(True)
        for one in (form, *form.findChildren(QWidget)):
            one.installEventFilter(self)

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
        self.say("")
        self._read(partial(_pasted, image, f"粘贴{next(self._numbers)}"))
        return True

    def add(self, paths: Iterable[Path]) -> None:
        """Add photos by their files; what cannot be kept is refused at once, with a sentence."""
        self.say("")
        for path in paths:
            self._read(partial(read_photo, path))

    def remove(self, place: int) -> None:
        """Take the `place`-th photo out; its file is left alone."""
        if 0 <= place < len(self._photos):
            del self._photos[place]
            self.list.takeItem(place)
            self.list.setVisible(bool(self._photos))
            self.changed.emit()

    def say(self, sentence: str) -> None:
        """Show what is wrong with a photo; an empty sentence takes it away."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _read(self, work: Callable[[], Photo]) -> None:
        self._reading += 1
        self._context.tasks.compute(
            self, partial(_with_thumbnail, work), then=self._show, failed=self._refuse
        )

    def _show(self, found: Read) -> None:
        photo, image = found
        if photo not in self._photos:
            self._photos.append(photo)
            item = QListWidgetItem(QIcon(QPixmap.fromImage(image)), Path(photo.name).stem[:8])
            item.setToolTip(photo.name)
            self.list.addItem(item)
            self.list.show()
            self.changed.emit()
            if self._is_out_of_sight():
                self._context.bus.said.emit(f"已加照片，现在共{len(self._photos)}张。")
        self._one_read()

    def _refuse(self, problem: BaseException) -> None:
        if isinstance(problem, Refusal):
            self.say("\n".join(part for part in (self.problem, problem.sentence) if part))
            if self._is_out_of_sight():
                self._context.bus.refused.emit(self.problem)
        else:
            self._context.tasks.show_problem(problem)
        self._one_read()

    def _is_out_of_sight(self) -> bool:
        """Whether the form is scrolled elsewhere: what was dropped on another field is then told in the window."""
        return self.isVisible() and self.visibleRegion().isEmpty()

    def _one_read(self) -> None:
        self._reading -= 1
        if not self._reading:
            self.read.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """Photos dropped or pasted come here wherever the mouse or the cursor is."""
        if event.type() in DRAGS and isinstance(event, QDropEvent) and has_photos(event.mimeData()):
            event.acceptProposedAction()
            return event.type() != QEvent.Type.Drop or self.take(event.mimeData())
        if _pastes(event) and has_photos(data := clipboard_data()):
            return self.take(data)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Take the chosen photo out."""
        if event.key() == Qt.Key.Key_Delete and self.list.hasFocus():
            self.remove(self.list.currentRow())
        else:
            super().keyPressEvent(event)


def _pastes(event: QEvent) -> bool:
    return (
        event.type() == QEvent.Type.KeyPress
        and isinstance(event, QKeyEvent)
        and event.matches(QKeySequence.StandardKey.Paste)
    )


def _pasted(image: QImage, name: str) -> Photo:
    buffer = QBuffer()
    image.save(buffer, "BMP")  # type: ignore[call-overload]  # PySide6's stubs want the format as bytes
    return photo_of(name, bytes(buffer.data().data()))


def _with_thumbnail(work: Callable[[], Photo]) -> Read:
    photo = work()
    return photo, thumbnail(photo)
