"""Colours, type and spacing of the window, in one place. Contrast of every pair is tested (≥ 4.5:1)."""

from collections.abc import Iterator, Mapping
from string import Template

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from app.settings import RESOURCES

COLOURS = {
    "ground": "#F5F7FA",
    "surface": "#FFFFFF",
    "line": "#D5DBE3",
    "scroll": "#AEB8C2",
    "ink": "#1F2933",
    "quiet": "#5B6770",
    "accent": "#1D5FBF",
    "accent_deep": "#174C99",
    "chosen": "#E3EDFA",
    "overdue": "#B42318",
    "overdue_ground": "#FDECEA",
    "today": "#9C5208",  # a shade deeper than #B25E09, which can be read on white only
    "today_ground": "#FDF3E3",
    "week": "#475467",
    "done": "#1C7549",  # a shade deeper than #1E7B4F, which cannot be read on a chosen row
    "done_ground": "#E8F5EE",
    "unknown": "#5B6770",
}
STYLE = RESOURCES / "style"
FAMILIES = ["Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei"]
BASE = 14  # px at 100 %
INDICATOR = 14  # px of the sign of a tick or radio button at 100 %, as the style sheet has it
SCALES = (100, 110, 125, 150)  # %
STATE_SIGNS = {"overdue": "■ 逾期", "today": "● 今天", "week": "○ 本周", "waiting": "◇ 等对方"}
STATE_COLOURS = {"overdue": "overdue", "today": "today", "week": "week", "waiting": "quiet"}


def px(size: int, scale: int) -> int:
    """`size` px at `scale` percent."""
    return round(size * scale / 100)


def colour(name: str) -> QColor:
    """A colour of the theme by its name."""
    return QColor(COLOURS[name])


def dress(application: QApplication, scale: int) -> None:
    """Give the application its type and style at `scale` percent; the same on every system.

    Dressing again in the same size does nothing: Qt would polish every widget anew, and a second style of the same
    kind leaves the first one's widgets without theirs.
    """
    sheet = style_sheet(scale)
    if application.styleSheet() == sheet:
        return
    if not application.styleSheet():
        application.setStyle(QStyleFactory.create("Fusion"))
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(px(BASE, scale))
    application.setFont(font)
    palette = QPalette()
    for role, name in (
        (QPalette.ColorRole.Window, "ground"),
        (QPalette.ColorRole.Base, "surface"),
        (QPalette.ColorRole.Text, "ink"),
        (QPalette.ColorRole.WindowText, "ink"),
        (QPalette.ColorRole.ButtonText, "ink"),
        (QPalette.ColorRole.PlaceholderText, "quiet"),
        (QPalette.ColorRole.Highlight, "chosen"),
        (QPalette.ColorRole.HighlightedText, "ink"),
        (QPalette.ColorRole.Link, "accent"),
    ):
        palette.setColor(role, colour(name))
    application.setPalette(palette)
    application.setStyleSheet(sheet)


def style_sheet(scale: int) -> str:
    """The style sheet with colours, sizes (`$px14`) and the folder of its pictures (`$style`) filled in."""
    text = (STYLE / "guixue.qss").read_text(encoding="utf-8")
    return Template(text).substitute(_Words(scale))


class _Words(Mapping[str, str]):
    """What stands behind the names in the style sheet."""

    def __init__(self, scale: int) -> None:
        self._scale = scale
        radius = (
            px(INDICATOR, scale) + 2
        ) // 2  # with its border; a larger one is left out by Qt, and the sign square
        self._fixed = COLOURS | {"style": STYLE.as_posix(), "round": f"{radius}px"}

    def __getitem__(self, name: str) -> str:
        if name.startswith("px"):
            return f"{px(int(name[2:]), self._scale)}px"
        return self._fixed[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fixed)

    def __len__(self) -> int:
        return len(self._fixed)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.1, relative luminance), from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(name: str) -> float:
    shade = QColor(name)
    return 0.2126 * _linear(shade.redF()) + 0.7152 * _linear(shade.greenF()) + 0.0722 * _linear(shade.blueF())


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.03928 else float(((channel + 0.055) / 1.055) ** 2.4)
