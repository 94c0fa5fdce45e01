"""Reads a filled docx back the way a person does: its text, line breaks and tabs included."""

import io
import re
import zipfile

from docx import Document
from docx.text.paragraph import Paragraph
from lxml import etree


def paragraphs(content: bytes) -> list[str]:
    """The text of every paragraph, in tables too, in document order."""
    body = Document(io.BytesIO(content)).element.body
    return [Paragraph(element, None).text for element in body.iter(f"{{{body.nsmap['w']}}}p")]


def text(content: bytes) -> str:
    """All paragraphs, one a line."""
    return "\n".join(paragraphs(content))


def document_xml(content: bytes) -> str:
    """word/document.xml as it is stored."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml").decode("utf-8")


def with_document_xml(content: bytes, old: str, new: str) -> bytes:
    """A copy of the docx in which `old` is replaced by `new` in word/document.xml."""
    return with_part(content, "word/document.xml", old, new)


def with_part(content: bytes, part_name: str, old: str, new: str) -> bytes:
    """A copy of the docx in which `old` is replaced by `new` in a part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == part_name:
                words = part.decode("utf-8")
                assert old in words
                part = words.replace(old, new).encode("utf-8")
            target.writestr(name, part)
    return buffer.getvalue()


def with_running(content: bytes, where: str, xml: str) -> bytes:
    """A copy of the docx with `xml` (of the vocabulary w:) as its header or footer."""
    document = Document(io.BytesIO(content))
    part = getattr(document.sections[0], where)
    part.is_linked_to_previous = False
    for child in list(part._element):
        part._element.remove(child)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    part._element.extend(etree.fromstring(f'<w:x xmlns:w="{space}">{xml}</w:x>'))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def words(content: bytes) -> str:
    """The text of document.xml without any markup, for what must stand nowhere."""
    return re.sub(r"<[^>]*>", "", document_xml(content))
