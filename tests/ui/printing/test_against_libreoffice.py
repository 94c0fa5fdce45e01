"""Our pages beside LibreOffice's of the same papers: as many pages, the same words, every ruled line at its place."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw
from PySide6.QtWidgets import QApplication

from tests.helpers.libreoffice import comparable, convert
from tests.ui.printing import samples
from ui.printing import fonts
from ui.printing.pages import PageSet, lay_out
from ui.printing.pdf import to_pdf

MM = 25.4 / 72
TOLERANCE = 1.5  # mm, as the issue asks
LEAST = 7.0  # mm; shorter strokes are dashes and glyphs
# The labels beside rows over several pages: LibreOffice sets some of them at the top, we all as in a whole row.
LABELS = set("学生信息动员情况记录劝返工作家访家长态度第一二三四五次月日林守正0123456789")
CREATED = datetime(2026, 11, 22, 8)  # noqa: DTZ001 - a wall clock printed into a PDF


@dataclass(frozen=True)
class Pair:
    """One paper twice."""

    ours: PageSet
    our_pdf: bytes
    other_pdf: bytes


@pytest.fixture(scope="session")
def pairs(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pair]:
    papers = {name: comparable(paper, _family) for name, paper in samples.papers().items()}
    others = convert(papers, tmp_path_factory.mktemp("libreoffice"))
    result = {}
    for name, paper in papers.items():
        pages = lay_out(paper)
        result[name] = Pair(pages, to_pdf(pages, name, CREATED), others[name])
    return result


def _family(name: str, east_asian: bool) -> str:
    return fonts.face(name, east_asian).family


@pytest.mark.parametrize("name", samples.NAMES)
def test_a_paper_has_as_many_pages_as_in_libreoffice(name: str, pairs: dict[str, Pair]) -> None:
    pair = pairs[name]
    assert pair.ours.page_count == _count(pair.our_pdf) == _count(pair.other_pdf)


@pytest.mark.parametrize("name", samples.NAMES)
def test_every_word_of_a_paper_is_printed_and_none_more(name: str, pairs: dict[str, Pair]) -> None:
    assert _characters(pairs[name].our_pdf) == _characters(pairs[name].other_pdf)


@pytest.mark.parametrize("name", samples.NAMES)
def test_ruled_lines_lie_where_libreoffice_draws_them(name: str, pairs: dict[str, Pair]) -> None:
    pair = pairs[name]
    for page in range(pair.ours.page_count):
        ours, others = _strokes(pair.our_pdf, page), _strokes(pair.other_pdf, page)
        assert not list(_stray(ours, others)), f"page {page + 1}: drawn by us, not by LibreOffice"
        assert not list(_stray(others, ours)), f"page {page + 1}: drawn by LibreOffice, not by us"


@pytest.mark.parametrize("name", samples.NAMES)
def test_every_letter_stands_where_libreoffice_sets_it(name: str, pairs: dict[str, Pair]) -> None:
    """So lines end alike, and headers, footers and the words of cells stand at the same height."""
    pair = pairs[name]
    for page in range(pair.ours.page_count):
        ours, others = _letters(pair.our_pdf, page), _letters(pair.other_pdf, page)
        lost = "".join(_lost(ours, others))
        assert not set(lost) - (LABELS if name.endswith("-long") else set()), f"page {page + 1}: {lost}"


def test_the_papers_of_the_program_were_all_compared(pairs: dict[str, Pair]) -> None:
    templates = list((Path(__file__).parents[3] / "templates_docx").glob("*.docx"))
    assert templates
    assert {path.stem for path in templates} <= pairs.keys()


def _count(pdf: bytes) -> int:
    return len(pdfium.PdfDocument(pdf))


def _characters(pdf: bytes) -> Counter[str]:
    """Every character of the document but white space and the marks a reader adds at line ends."""
    text = "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf))
    plain = unicodedata.normalize("NFKC", text)
    return Counter(
        char
        for char in plain
        if not char.isspace() and unicodedata.category(char)[0] != "C" and char != "\ufffe"
    )


Letter = tuple[str, float, float]
"""A character with the mm of its middle."""


def _letters(pdf: bytes, number: int) -> list[Letter]:
    page = pdfium.PdfDocument(pdf)[number].get_textpage()
    found = []
    for index in range(page.count_chars()):
        char = unicodedata.normalize("NFKC", page.get_text_range(index, 1))
        x1, y1, x2, y2 = page.get_charbox(index)
        if len(char) == 1 and char.isalnum():
            found.append((char, (x1 + x2) / 2 * MM, (y1 + y2) / 2 * MM))
    return found


def _lost(letters: list[Letter], others: list[Letter]) -> Iterator[str]:
    """The characters that the others do not have at that place."""
    for char, x, y in letters:
        if not any(
            char == other and abs(x - there) <= TOLERANCE * 2 and abs(y - at) <= TOLERANCE
            for other, there, at in others
        ):
            yield char


@dataclass(frozen=True)
class Stroke:
    """A straight line in mm: `at` across its direction, from `start` to `end` along it."""

    upright: bool
    at: float
    start: float
    end: float


def _strokes(pdf: bytes, number: int) -> list[Stroke]:
    """The straight lines a PDF page draws, dashes joined."""
    page = pdfium.PdfDocument(pdf)[number]
    found = []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        x1, y1, x2, y2 = (side * MM for side in item.get_bounds())
        upright = y2 - y1 > x2 - x1
        at, start, end = ((x1 + x2) / 2, y1, y2) if upright else ((y1 + y2) / 2, x1, x2)
        found.append(Stroke(upright, at, start, end))
    return [stroke for stroke in _joined(found) if stroke.end - stroke.start >= LEAST]


def _joined(strokes: list[Stroke]) -> list[Stroke]:
    result: list[Stroke] = []
    for stroke in sorted(strokes, key=lambda one: (one.upright, round(one.at, 1), one.start)):
        last = result[-1] if result else None
        if (
            last
            and last.upright == stroke.upright
            and abs(last.at - stroke.at) < 0.2
            and stroke.start - last.end < TOLERANCE
        ):
            result[-1] = Stroke(last.upright, last.at, last.start, max(last.end, stroke.end))
        else:
            result.append(stroke)
    return result


def _stray(strokes: list[Stroke], others: list[Stroke]) -> Iterator[Stroke]:
    """Strokes with a point that has no stroke of the others within the tolerance."""
    for stroke in strokes:
        place = stroke.start + TOLERANCE
        while place < stroke.end - TOLERANCE:
            if not any(_near(other, stroke, place) for other in others):
                yield stroke
                break
            place += 1.0


def _near(other: Stroke, stroke: Stroke, place: float) -> bool:
    return (
        other.upright == stroke.upright
        and abs(other.at - stroke.at) <= TOLERANCE
        and other.start - TOLERANCE <= place <= other.end + TOLERANCE
    )
