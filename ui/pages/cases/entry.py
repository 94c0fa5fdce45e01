"""One entry of the timeline whole, with its photos."""

from datetime import date
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from app.domain.dates import day_words
from app.service.screens.case_entries import Card, photos_of
from ui.context import Context
from ui.widgets.parts import label
from ui.widgets.timeline import late_words, who_word

SHOWN = QSize(420, 420)  # px a photo is shown in at most


class EntryView(QWidget):
    """Shows an entry of a case; photos are opened beside the window's thread."""

    def __init__(self, context: Context, entry: Card) -> None:
        super().__init__()
        self._context = context
        facts = QFormLayout()
        facts.setSpacing(8)
        facts.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, text in _facts(entry, context.today):
            shown = label(text, wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            facts.addRow(label(name, "quiet"), shown)
            facts.setAlignment(shown, Qt.AlignmentFlag.AlignTop)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(12, 12, 12, 12)
        self._layout.addLayout(facts)
        self._photos = QVBoxLayout()
        self._layout.addLayout(self._photos)
        self._layout.addStretch(1)
        if entry.kind == "contact":
            context.tasks.read(self, photos_of, entry.key, then=self._open_photos)

    def _open_photos(self, photos: list[tuple[str, bytes]]) -> None:
        for name, content in photos:
            self._context.tasks.compute(self, partial(_picture, content), then=partial(self._show, name))

    def _show(self, name: str, image: QImage) -> None:
        shown = label("")
        shown.setPixmap(QPixmap.fromImage(image))
        shown.setAccessibleName(f"照片 {name}")
        self._photos.addWidget(shown)


def _picture(content: bytes) -> QImage:
    """A JPEG as a picture that fits the panel."""
    ratio, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return QImage.fromData(content).scaled(SHOWN, ratio, smooth)


def _facts(entry: Card, today: date) -> list[tuple[str, str]]:
    rows = [("日期", day_words(entry.on))]
    if late := late_words(entry, today):
        rows.append(("录入", late))
    if entry.who:
        rows.append((who_word(entry, "劝返人员"), entry.who))
    if entry.outcome:
        rows.append(("结果", entry.outcome))
    rows += entry.details or (("内容", entry.text),)
    return rows + [("附注", note) for note in entry.notes]
