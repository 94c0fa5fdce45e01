"""A table as a docx: its words, its paper, its header on every page."""

from datetime import date
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn

from app.domain.office_table import OfficeTable, TableColumn
from app.reports.pages import docx_of


def table(title: str, *, upright: bool = False) -> OfficeTable:
    return OfficeTable(
        title=title,
        unit="湖美乡中心小学",
        day=date(2026, 9, 21),
        columns=(TableColumn("姓名", 5), TableColumn("1\n二", 2, centred=True)),
        rows=(("陈<小>满&", 1.5), ("林一帆\x00", "√")),
        notes=("共2行。",),
        upright=upright,
    )


def test_the_words_are_those_of_the_table() -> None:
    document = Document(BytesIO(docx_of([table("名单")])))
    assert [one.text for one in document.paragraphs] == [
        "名单",
        "单位：湖美乡中心小学　　2026年9月21日",
        "共2行。",
    ]
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells == [["姓名", "1\n二"], ["陈<小>满&", "1.5"], ["林一帆", "√"]]


def test_the_header_stands_on_every_page_and_no_row_is_split() -> None:
    rows = Document(BytesIO(docx_of([table("名单")]))).tables[0].rows
    again = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows]
    assert again == [True, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_every_table_begins_on_its_own_page_of_a4() -> None:
    sections = Document(BytesIO(docx_of([table("横"), table("竖", upright=True)]))).sections
    sizes = [(round(one.page_width.mm), round(one.page_height.mm)) for one in sections]
    assert sizes == [(297, 210), (210, 297)]
