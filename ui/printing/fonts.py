"""Which font really draws a run: the document's names, what they fall back to, and measures of type.

Measures are twips: a font is asked for at ten times its half-points in pixels, so a pixel is a twip. A PC without the
fonts of the forms lays out the same page: CJK glyphs are one em wide in all of them, and exact or at-least spacing
does not ask the font at all.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGuiApplication

from app.errors import EnvironmentProblem
from ui.printing.breaking import letters
from ui.printing.model import CharStyle

_SONG = ("宋体", "SimSun", "NSimSun", "STSong", "Noto Serif CJK SC", "Source Han Serif SC", "思源宋体",
         "AR PL UMing CN", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei")  # fmt: skip
_FANG = ("仿宋_GB2312", "仿宋", "FangSong", "FangSong_GB2312", "STFangsong", "华文仿宋")
_HEI = ("黑体", "SimHei", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC", "思源黑体", "Microsoft YaHei",
        "WenQuanYi Zen Hei", "WenQuanYi Micro Hei")  # fmt: skip
_KAI = ("楷体_GB2312", "楷体", "KaiTi", "KaiTi_GB2312", "STKaiti", "AR PL UKai CN")
_TITLE = ("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05")
_LATIN = {"Times New Roman": ("Times New Roman", "Liberation Serif", "Tinos"),
          "Arial": ("Arial", "Liberation Sans", "Arimo"), "Calibri": ("Calibri", "Carlito")}  # fmt: skip
_NO_FONT = "这台电脑没有中文字体，无法排版打印，请安装字体包 fonts-noto-cjk 或“宋体”“仿宋”“黑体”后再试。"
# Word gives CJK type at least 1.3 em a line; 宋体's own table says 1.0. Open fonts say 1.44, which LibreOffice follows.
_LEAST_CJK_LINE = 1.3

_application: QGuiApplication | None = None


def ensure_application() -> QGuiApplication:
    """The running Qt application, or a new one without a screen of its own if there is none (command line)."""
    global _application  # noqa: PLW0603 - Qt allows one application a process and deletes it with its last reference
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    headless = sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    platform = ["-platform", "offscreen"] if headless and "QT_QPA_PLATFORM" not in os.environ else []
    _application = QGuiApplication(["guixue", *platform])
    return _application


@dataclass(frozen=True)
class Face:
    """A family this PC has; `bold` when it stands in, thickened, for a heavier one."""

    family: str
    bold: bool = False


@lru_cache(maxsize=256)
def face(name: str, east_asian: bool) -> Face:
    """The face that stands for the family `name`. Raises EnvironmentProblem if the PC has no CJK font."""
    return choose(name, east_asian, QFontDatabase.families(), _any_chinese())


def choose(name: str, east_asian: bool, installed: Sequence[str], chinese: Sequence[str]) -> Face:
    """As `face`, for a PC that has the families `installed`, of which `chinese` can write Chinese."""
    if name in _TITLE and not set(_TITLE) & set(installed):
        return Face(choose("宋体", east_asian, installed, chinese).family, bold=True)
    own = next((kin for kin in (_TITLE, _FANG, _HEI, _KAI) if name in kin), ())
    latin = () if east_asian else _LATIN.get(name, ())
    for candidate in (name, *latin, *own, *_SONG, *chinese):
        if candidate in installed:
            return Face(candidate)
    raise EnvironmentProblem(_NO_FONT)


@lru_cache(maxsize=1)
def _any_chinese() -> tuple[str, ...]:
    return tuple(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))


@lru_cache(maxsize=1024)
def font(style: CharStyle, east_asian: bool) -> QFont:
    """The font of a run's CJK (`east_asian`) or other characters, a pixel being a twip; not to be changed."""
    chosen = face(style.east_asia if east_asian else style.latin, east_asian)
    made = QFont(chosen.family)
    made.setPixelSize(max(1, style.size * 10))
    made.setBold(style.bold or chosen.bold)
    made.setItalic(style.italic)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@lru_cache(maxsize=1024)
def _metrics(style: CharStyle, east_asian: bool) -> QFontMetricsF:
    return QFontMetricsF(font(style, east_asian))


@lru_cache(maxsize=1 << 16)
def advance(style: CharStyle, east_asian: bool, text: str) -> float:
    """The width of `text` in twips, the spacing after each letter counted."""
    width = float(_metrics(style, east_asian).horizontalAdvance(text))
    return width + style.spacing * len(letters(text)) if style.spacing else width


@lru_cache(maxsize=1024)
def ascent_descent(style: CharStyle, east_asian: bool) -> tuple[float, float]:
    """Height above and below the baseline in twips, the font's own line gap counted above."""
    metrics = _metrics(style, east_asian)
    above, below = metrics.ascent() + max(0.0, metrics.leading()), metrics.descent()
    least = _LEAST_CJK_LINE * style.size * 10
    if east_asian and above + below < least:
        return above * least / (above + below), below * least / (above + below)
    return above, below
