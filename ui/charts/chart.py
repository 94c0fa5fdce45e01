"""What the pictures have in common: numbers drawn plainly, said in words, saved as PNG."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import colour

SHARP = 2  # device pixels per px in a saved picture, so that it prints well
MARGIN = 24  # px around a saved picture
INSET = 6  # px between the picture and the frame that shows the keyboard is on it


class Chart(QWidget):
    """A picture of numbers. Subclasses give `wanted` and `draw`, and say all of it in `words`."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.heading = heading
        self.words = ""
        self.setAccessibleName(heading)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def wanted(self) -> QSize:
        """The px the picture needs at least."""
        return QSize(0, 0)

    def draw(self, painter: QPainter, room: QRect) -> None:
        """Draw the picture into `room`."""

    def image(self, caption: str) -> QImage:
        """The picture on white under its heading and `caption` (whose, of which day), ready to be saved."""
        line = self.fontMetrics().lineSpacing()
        wanted, head = self.wanted().expandedTo(self.size()), 3 * line
        size = QSize(wanted.width() + 2 * MARGIN, wanted.height() + head + 2 * MARGIN)
        made = QImage(size * SHARP, QImage.Format.Format_RGB32)
        made.setDevicePixelRatio(SHARP)
        made.fill(colour("surface"))
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colour("ink"))
        painter.setFont(bold(self.font()))
        painter.drawText(
            QRect(MARGIN, MARGIN, wanted.width(), line), Qt.AlignmentFlag.AlignLeft, self.heading
        )
        painter.setPen(colour("quiet"))
        painter.setFont(self.font())
        painter.drawText(
            QRect(MARGIN, MARGIN + line, wanted.width(), line), Qt.AlignmentFlag.AlignLeft, caption
        )
        self.draw(painter, QRect(MARGIN, MARGIN + head, wanted.width(), wanted.height()))
        painter.end()
        return made

    def say(self, words: str) -> None:
        """What the picture shows, for a screen reader."""
        self.words = words
        self.setAccessibleDescription(words)
        self.updateGeometry()
        self.update()

    # -- Qt --

    def sizeHint(self) -> QSize:  # noqa: N802 — Qt's name
        """As large as the numbers need."""
        return self.wanted() + QSize(2 * INSET, 2 * INSET)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 — Qt's name
        """Never smaller than that: a scroll area holds it."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 — Qt's name
        """Draw, with a frame while it has the keyboard."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, self.rect().adjusted(INSET, INSET, -INSET, -INSET))
        if self.hasFocus():
            painter.setPen(colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


def bold(font: QFont) -> QFont:
    """`font`, bold."""
    made = QFont(font)
    made.setBold(True)
    return made


def small(font: QFont) -> QFont:
    """`font`, a little smaller, never below 12 px."""
    made = QFont(font)
    made.setPixelSize(max(round(font.pixelSize() * 0.88), 12))
    return made


def widest(font: QFont, words: list[str]) -> int:
    """Px of the widest of `words`."""
    metrics = QFontMetrics(font)
    return max((metrics.horizontalAdvance(one) for one in words), default=0)


def number(value: float) -> str:
    """3 for 3.0, 1.5 for 1.5."""
    return f"{value:g}"
