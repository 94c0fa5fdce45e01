"""Reads a filled docx back the way a person does: its text, line breaks and tabs included."""

import io
import re
import zipfile

from docx import Document
from docx.text.paragraph import Paragraph


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
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                words = part.decode("utf-8")
                assert old in words
                part = words.replace(old, new).encode("utf-8")
            target.writestr(name, part)
    return buffer.getvalue()


def words(content: bytes) -> str:
    """The text of document.xml without any markup, for what must stand nowhere."""
    return re.sub(r"<[^>]*>", "", document_xml(content))
