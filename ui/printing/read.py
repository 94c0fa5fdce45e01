"""A filled .docx into the values of `model`: sections and the settings; the rest is in the `read_…` files.

lxml alone, one pass, no python-docx objects: a cell costs microseconds instead of the milliseconds of `table.cell()`.
What a docx may hold and this reader leaves out, the check of templates refuses (`app.documents.allowed`).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from app.errors import UserError
from ui.printing.model import Block, Document, PageSetup, Section, Settings
from ui.printing.properties import Props, Styles, W, bag, local, number, on, unwrap, value
from ui.printing.read_paragraph import ParagraphReader, theme_fonts
from ui.printing.read_running import RunningReader
from ui.printing.read_table import read_table

_DAMAGED = "这个文件不是完整的 Word 文档（.docx），请用 WPS 或 Word 打开检查后另存为 .docx 再试。"


def read_docx(docx: bytes) -> Document:
    """The document in `docx` as values. Raises UserError if the bytes are not a readable .docx."""
    try:
        with zipfile.ZipFile(BytesIO(docx)) as parts:
            names = set(parts.namelist())
            body = _parse(parts.read("word/document.xml")).find(f"{W}body")
            fonts = theme_fonts(_part(parts, names, "word/theme/theme1.xml"))
            paragraphs = ParagraphReader(Styles(_part(parts, names, "word/styles.xml")), fonts)
            settings = _settings(_part(parts, names, "word/settings.xml"))
            links = _part(parts, names, "word/_rels/document.xml.rels")
            running = RunningReader(links, lambda name: _part(parts, names, name), paragraphs)
            if body is None:
                raise UserError(_DAMAGED)
            sections = tuple(_sections(body, paragraphs, settings.compatibility, running))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, NotImplementedError, RuntimeError) as error:
        raise UserError(_DAMAGED) from error
    return Document(sections, settings)


def _parse(xml: bytes) -> Any:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _part(parts: zipfile.ZipFile, names: set[str], name: str) -> Any | None:
    return _parse(parts.read(name)) if name in names else None


def _settings(root: Any | None) -> Settings:
    if root is None:
        return Settings()
    props = bag(root)
    compat = root.find(f"{W}compat")
    flags = bag(compat)
    mode = 12
    for entry in compat.iterfind(f"{W}compatSetting") if compat is not None else ():
        if entry.get(f"{W}name") == "compatibilityMode":
            mode = int(number(entry.get(f"{W}val"), 12))
    return Settings(
        default_tab=number(value(props, "defaultTabStop"), 720.0) or 720.0,
        sum_spacing=on(flags, "doNotUseHTMLParagraphAutoSpacing"),
        grid_in_tables=on(flags, "adjustLineHeightInTable"),
        compatibility=mode,
    )


def _sections(
    body: Any, paragraphs: ParagraphReader, compatibility: int, running: RunningReader
) -> Iterator[Section]:
    """Sections in order: a w:sectPr inside a paragraph ends one, the body's own ends the last."""
    blocks: list[Block] = []
    for element in unwrap(body):
        name = local(element.tag)
        if name == "p":
            blocks.append(paragraphs.read(element))
        elif name == "tbl":
            blocks.append(read_table(element, paragraphs, compatibility))
        ending = element.find(f"{W}pPr/{W}sectPr") if name == "p" else element if name == "sectPr" else None
        if ending is not None:
            yield _section(ending, tuple(blocks), running)
            blocks = []
    if blocks:
        yield Section(PageSetup(), tuple(blocks))


def _section(element: Any, blocks: tuple[Block, ...], running: RunningReader) -> Section:
    props = bag(element)
    usual, first = running.read(element)
    start = value(props, "pgNumType", "start")
    return Section(
        _setup(props),
        blocks,
        continuous=value(props, "type") == "continuous",
        running=usual,
        first=first if on(props, "titlePg") else None,
        number=int(number(start)) if start else None,
    )


def _setup(props: Props) -> PageSetup:
    typed = value(props, "docGrid", "type") in ("lines", "linesAndChars", "snapToChars")
    default = PageSetup()

    def margin(name: str, fallback: float) -> float:
        return abs(number(value(props, "pgMar", name), fallback))

    return PageSetup(
        width=number(value(props, "pgSz", "w"), default.width),
        height=number(value(props, "pgSz", "h"), default.height),
        top=margin("top", default.top),
        bottom=margin("bottom", default.bottom),
        left=margin("left", default.left) + margin("gutter", 0.0),
        right=margin("right", default.right),
        grid=number(value(props, "docGrid", "linePitch")) if typed else 0.0,
        header=margin("header", default.header),
        footer=margin("footer", default.footer),
    )
