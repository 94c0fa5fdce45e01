"""Pages as a PDF, the same bytes for the same pages: the clock, the time zone and random numbers are taken out."""

from __future__ import annotations

import re
import uuid
from datetime import datetime
from xml.sax.saxutils import escape

from PySide6.QtCore import QBuffer, QByteArray, QHashSeed, QIODevice, QUuid
from PySide6.QtGui import QPdfWriter

from ui.printing import fonts
from ui.printing.pages import PageSet
from ui.printing.pdf_offsets import table_of_offsets, with_body
from ui.printing.pdf_text import with_typed_characters
from ui.printing.pdf_wide import with_wide_characters
from ui.printing.printer import print_pages

_RESOLUTION = 1440  # a dot is a twip
_CREATOR = "归学"
_NAMESPACE = uuid.UUID("8f0d7c4e-3c1b-5a37-9f53-6f0a7f0e2b11")
# What Qt would otherwise write holds the clock and a random number.
_XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt>'
    '<rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>'
    '<?xpacket end="w"?>'
)
_DATE = re.compile(rb"(/(?:CreationDate|ModDate) \()D:[^)]*(\))")


def to_pdf(pages: PageSet, title: str, created: datetime) -> bytes:
    """All pages as a PDF with embedded fonts; of `created` the wall clock is kept, its time zone is not.

    Raises EnvironmentProblem if Qt cannot write it.
    """
    fonts.ensure_application()
    QHashSeed.setDeterministicGlobalSeed()  # Qt lists a page's fonts in the order of a randomised hash table
    try:
        written = with_typed_characters(_write(pages, title, created), pages)
        return with_dates(with_wide_characters(written, pages), created)
    finally:
        QHashSeed.resetRandomGlobalSeed()


def _write(pages: PageSet, title: str, created: datetime) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    writer.setTitle(title)
    writer.setCreator(_CREATOR)
    writer.setDocumentId(QUuid(str(_identity(pages, title, created))))
    writer.setDocumentXmpMetadata(QByteArray(_XMP.format(title=escape(title)).encode()))
    print_pages(pages, writer)
    return bytes(buffer.data().data())


def _identity(pages: PageSet, title: str, created: datetime) -> uuid.UUID:
    words = (text for page in range(pages.page_count) for text in pages.texts(page))
    return uuid.uuid5(_NAMESPACE, "\n".join([title, f"{created:%Y%m%d%H%M%S}", *words]))


def with_dates(pdf: bytes, created: datetime) -> bytes:
    """The PDF with `created` for its dates, and its table of offsets moved by what that takes or gives.

    Qt writes both dates into the first object, before everything the table points to but that object itself.
    """
    dates = rb"\g<1>" + f"D:{created:%Y%m%d%H%M%S}".encode() + rb"\g<2>"
    body = _DATE.sub(dates, pdf[: table_of_offsets(pdf)])
    return with_body(pdf, body, pdf.index(b"/CreationDate"))
