"""docxtpl kept in one place: the sandbox, one rendering, and a file that is the same to the byte every time."""

import io
import re
import zipfile
from collections.abc import Mapping, MutableMapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from app.documents.finish import finished

NO_CLOCK = datetime(2000, 1, 1, tzinfo=UTC)  # stands in every file, so that a reprint is the same file
# XML 1.0, production Char: what cannot stand in a document at all.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_PROPERTIES = "/metadata/core-properties"
_FINISHED_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_LOOK_PARTS = re.compile(r"word/(document|header\d*|footer\d*|styles|settings)\.xml")

KEPT = 32  # texts of template parts: seven papers, the county's own, their headers and properties


class _Sandbox(SandboxedEnvironment):
    """Compiles a text once: forty papers of a batch are one template."""

    def from_string(
        self,
        source: str | nodes.Template,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's name
        template_class: type[Template] | None = None,
    ) -> Template:
        if globals is None and template_class is None and isinstance(source, str):
            return _compiled(source)
        return super().from_string(source, globals, template_class)


@cache
def environment() -> SandboxedEnvironment:
    """The Jinja sandbox of all templates: escapes every value, refuses names that are not given."""
    return _Sandbox(autoescape=True, undefined=StrictUndefined)


@lru_cache(maxsize=KEPT)
def _compiled(source: str) -> Template:
    return SandboxedEnvironment.from_string(environment(), source)


@lru_cache(maxsize=KEPT)
def _patched(source: str) -> str:
    """The XML of a part as Jinja gets to see it; docxtpl works it out of the text alone, with slow patterns."""
    patched: str = DocxTemplate(io.BytesIO()).patch_xml(source)
    return patched


def clean(value: str) -> str:
    """`value` without what XML cannot hold (control characters, half surrogates); line ends become \\n."""
    return _NOT_IN_XML.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def as_text(value: str) -> Markup:
    """`value` as XML that means exactly this text.

    Braces are written as character references because docxtpl rewrites `{_{` and the like in the finished XML.
    Newlines and tabs stay: docxtpl turns them into line breaks and tab marks.
    """
    return Markup(escape(clean(value), {"{": "&#123;", "}": "&#125;"}))


def open_template(content: bytes) -> DocxTemplate:
    """A docxtpl template over `content`, opened; whatever python-docx raises for a damaged file comes through."""
    template = DocxTemplate(io.BytesIO(content))
    template.patch_xml = _patched
    template.init_docx()
    _without_misnamed_properties(template.get_docx().part.package)
    return template


def _without_misnamed_properties(package: OpcPackage) -> None:
    """LibreOffice names the kind of the properties wrongly: python-docx would write a second docProps/core.xml."""
    for key, link in list(package.rels.items()):
        if link.reltype.endswith(_PROPERTIES) and link.reltype != RELATIONSHIP_TYPE.CORE_PROPERTIES:
            del package.rels[key]


def render(content: bytes, context: Mapping[str, object], title: str) -> bytes:
    """`content` filled with `context`: the docx, deterministic to the byte. `title` goes into its properties."""
    template = open_template(content)
    document: Document = template.get_docx()
    properties = document.core_properties
    properties.title = title
    for name in ("author", "category", "comments", "identifier", "keywords", "last_modified_by", "subject"):
        setattr(properties, name, "")
    properties.created = properties.modified = NO_CLOCK
    properties.revision = 1
    template.render(dict(context), environment())
    buffer = io.BytesIO()
    template.save(buffer)
    return _finished(buffer.getvalue())


def text_parts(content: bytes) -> list[str]:
    """The XML of every part of the docx that carries text: body, headers, footers, notes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if _TEXT_PARTS.fullmatch(name)]
        return [archive.read(name).decode("utf-8") for name in sorted(names)]


def parsed_parts(content: bytes) -> dict[str, Any]:
    """The roots of the XML of the text parts, the styles and the settings, by the name of the part."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if _LOOK_PARTS.fullmatch(name)]
        return {name: etree.fromstring(archive.read(name), _parser()) for name in sorted(names)}


def _parser() -> Any:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _finished(content: bytes) -> bytes:
    """The parts, their text finished, in a fixed order with a fixed date, stored: no compressor can change a byte."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as target,
    ):
        for name in sorted(source.namelist(), key=lambda part: (part != "[Content_Types].xml", part)):
            entry = zipfile.ZipInfo(name, date_time=NO_CLOCK.timetuple()[:6])
            entry.create_system = 3  # the same on Windows and Linux
            content = source.read(name)
            target.writestr(entry, finished(content) if _FINISHED_PARTS.fullmatch(name) else content)
    return buffer.getvalue()
