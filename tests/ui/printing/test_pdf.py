"""The PDF: the same bytes every time, words that can be searched, dates that are ours."""

import hashlib
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPainter, QPdfWriter

from app.errors import EnvironmentProblem
from tests.helpers.wordml import docx, paragraph
from tests.ui.printing import samples
from ui.printing.pages import lay_out
from ui.printing.pdf import to_pdf
from ui.printing.printer import open_printer, print_pages, printer_names

WHEN = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
ROOT = Path(__file__).parents[3]
_PROGRAM = """
import hashlib
from datetime import UTC, datetime
from tests.ui.printing import samples
from ui.printing.pages import lay_out
from ui.printing.pdf import to_pdf
pdf = to_pdf(lay_out(samples.letter()), "通知书（一）", datetime(2026, 11, 22, 8, 30, tzinfo=UTC))
print(hashlib.sha256(pdf).hexdigest())
"""


def _in_another_process(**environment: str) -> str:
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        capture_output=True, text=True, check=True, cwd=ROOT, env=surroundings,
    )  # fmt: skip
    return done.stdout.strip()


def test_the_same_pages_make_the_same_bytes_in_any_process_and_time_zone() -> None:
    here = hashlib.sha256(to_pdf(lay_out(samples.letter()), "通知书（一）", WHEN)).hexdigest()
    assert here == _in_another_process(TZ="Asia/Shanghai", PYTHONHASHSEED="1")
    assert here == _in_another_process(TZ="America/New_York", PYTHONHASHSEED="2")


def test_the_pdf_says_its_title_and_the_given_time_and_its_offsets_still_fit() -> None:
    pdf = to_pdf(lay_out(docx(paragraph("甲"))), "报告单（1）", WHEN)
    said = pdfium.PdfDocument(pdf).get_metadata_dict()
    assert said["Title"] == "报告单（1）"
    assert said["CreationDate"] == said["ModDate"] == "D:20261122083000"
    table = pdf.rindex(b"xref\n0 ")
    assert int(pdf[pdf.rindex(b"startxref") :].split()[1]) == table
    for number, entry in enumerate(pdf[table:].split(b"\n")[3:], start=1):
        if not entry.endswith(b" n "):
            break
        assert pdf[int(entry[:10]) :].startswith(b"%d 0 obj" % number)


def test_characters_that_share_a_glyph_with_a_radical_come_back_as_they_were_typed() -> None:
    text = "一生人文日月见长马门风页龙龟"
    pdf = to_pdf(lay_out(docx(paragraph(text))), "甲", WHEN)
    assert pdfium.PdfDocument(pdf)[0].get_textpage().get_text_range().strip() == text


@pytest.mark.parametrize("text", ["𠮷田真和吉田", "学生𡋾", "𠮷𠀋", "甲𠮷乙𠀋丙𠮷"])
def test_rare_characters_beyond_the_first_plane_can_be_copied_and_the_offsets_still_fit(text: str) -> None:
    pdf = to_pdf(lay_out(docx(paragraph(text))), "甲", WHEN)
    assert pdfium.PdfDocument(pdf)[0].get_textpage().get_text_range().strip() == text
    table = pdf.rindex(b"xref\n0 ")
    for number, entry in enumerate(pdf[table:].split(b"\n")[3:], start=1):
        if not entry.endswith(b" n "):
            break
        assert pdf[int(entry[:10]) :].startswith(b"%d 0 obj" % number)


def test_a_rare_character_is_told_from_the_fonts_that_do_not_draw_it() -> None:
    both = docx(paragraph("粗细𠀋甲", run="<w:b/>") + paragraph("细甲乙丙丁戊𠮷己庚"))
    words = pdfium.PdfDocument(to_pdf(lay_out(both), "甲", WHEN))[0].get_textpage().get_text_range()
    assert words.split() == ["粗细𠀋甲", "细甲乙丙丁戊𠮷己庚"]


def test_stretched_letters_stand_in_the_pdf_where_they_stand_on_the_page() -> None:
    pages = lay_out(docx(paragraph("一二三", '<w:jc w:val="distribute"/>')))
    words = pdfium.PdfDocument(to_pdf(pages, "甲", WHEN))[0].get_textpage()
    text = [words.get_text_range(index, 1) for index in range(words.count_chars())]
    left, right = (words.get_charbox(text.index(char), loose=True) for char in "一三")
    assert left[0] == pytest.approx(72, abs=1)
    assert right[2] == pytest.approx(72 + 9026 / 20, abs=1)


def test_chosen_pages_can_be_printed_alone_on_any_paged_device() -> None:
    pages = lay_out(samples.register())
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    print_pages(pages, QPdfWriter(buffer), [1])
    document = pdfium.PdfDocument(bytes(buffer.data().data()))
    assert len(document) == 1
    assert document[0].get_size() == pytest.approx((595, 842), abs=1)


@pytest.mark.qt_log_ignore("can only be painted by one painter at a time")
def test_a_device_that_takes_no_job_is_reported_with_a_sentence() -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    busy = QPdfWriter(buffer)
    painter = QPainter(busy)
    with pytest.raises(EnvironmentProblem, match="打印机"):
        print_pages(lay_out(docx(paragraph("甲"))), busy)
    painter.end()


def test_a_printer_that_is_not_there_is_named() -> None:
    assert "没有的打印机" not in printer_names()
    with pytest.raises(EnvironmentProblem, match="没有的打印机"):
        open_printer("没有的打印机")
