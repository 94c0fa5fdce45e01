"""Which font stands for which, on PCs that have few of them."""

import pytest
from lxml import etree

from app.errors import EnvironmentProblem
from tests.helpers.wordml import NAMESPACE, paragraph
from ui.printing import fonts
from ui.printing.model import CharStyle
from ui.printing.properties import Styles
from ui.printing.read_paragraph import ParagraphReader, theme_fonts

OFFICE = ["SimSun", "SimHei", "FangSong", "KaiTi", "Times New Roman"]
OPEN = ["Noto Serif CJK SC", "Noto Sans CJK SC", "DejaVu Sans"]


@pytest.mark.parametrize(
    ("wanted", "installed", "family", "bold"),
    [
        ("方正小标宋简体", ["方正小标宋简体", *OFFICE], "方正小标宋简体", False),
        ("方正小标宋简体", OFFICE, "SimSun", True),
        ("仿宋_GB2312", OFFICE, "FangSong", False),
        ("仿宋_GB2312", OPEN, "Noto Serif CJK SC", False),
        ("黑体", OFFICE, "SimHei", False),
        ("黑体", OPEN, "Noto Sans CJK SC", False),
        ("宋体", OPEN, "Noto Serif CJK SC", False),
        ("楷体", OFFICE, "KaiTi", False),
        ("某县自造字体", OPEN, "Noto Serif CJK SC", False),
        ("宋体", ["WenQuanYi Bitmap Song"], "WenQuanYi Bitmap Song", False),
    ],
)
def test_a_missing_font_falls_back_in_the_order_of_the_forms(
    wanted: str, installed: list[str], family: str, bold: bool
) -> None:
    assert fonts.choose(wanted, True, installed, installed) == fonts.Face(family, bold)


def test_latin_letters_without_times_are_set_in_an_open_twin_or_the_chinese_font() -> None:
    assert (
        fonts.choose("Times New Roman", False, ["Liberation Serif", *OPEN], OPEN).family == "Liberation Serif"
    )
    assert fonts.choose("Times New Roman", False, OPEN, OPEN).family == "Noto Serif CJK SC"


def test_a_pc_without_any_chinese_font_is_told_what_to_install() -> None:
    with pytest.raises(EnvironmentProblem, match="fonts-noto-cjk"):
        fonts.choose("宋体", True, ["DejaVu Sans"], [])


@pytest.mark.parametrize("size", [18, 21, 28, 32, 44])
def test_a_chinese_character_is_as_wide_as_its_type(size: int) -> None:
    assert fonts.advance(CharStyle(size=size), True, "学") == pytest.approx(size * 10, rel=0.005)


@pytest.mark.parametrize("char", ["𠮷", "𬴂", "㐂"])
def test_a_rare_character_is_found_in_some_font_and_keeps_its_width(char: str) -> None:
    assert fonts.advance(CharStyle(size=21), True, char) == pytest.approx(210, rel=0.05)


def test_a_run_may_name_its_font_by_its_place_in_the_theme() -> None:
    theme = etree.fromstring(
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:fontScheme><a:minorFont>'
        '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:font script="Hans" typeface="仿宋"/></a:minorFont>'
        "</a:fontScheme></a:theme>"
    )
    look = '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:ascii="Arial"/>'
    element = etree.fromstring(paragraph("字", run=look).replace("<w:p>", f"<w:p {NAMESPACE}>"))
    (run,) = ParagraphReader(Styles(None), theme_fonts(theme)).read(element).runs
    assert (run.style.latin, run.style.east_asia) == ("Calibri", "仿宋")
