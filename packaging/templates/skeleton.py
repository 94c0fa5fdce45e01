"""The bare package every template grows from: one style, no theme, no clock, and the same bytes every time."""

import io
import zipfile

from docx import Document
from docx.document import Document as DocumentObject

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# What a PC without the official faces shows instead: Word and WPS read altName.
FONTS = {
    "方正小标宋简体": "宋体",
    "仿宋_GB2312": "仿宋",
    "黑体": "SimHei",
    "宋体": "SimSun",
}

CONTENT_TYPES = (
    HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{WORD}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{WORD}.settings+xml"/>'
    f'<Override PartName="/word/fontTable.xml" ContentType="{WORD}.fontTable+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
PACKAGE_RELATIONS = (
    HEAD + f'<Relationships xmlns="{RELATIONS}">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{RELATIONS}/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
DOCUMENT_RELATIONS = (
    HEAD + f'<Relationships xmlns="{RELATIONS}">'
    f'<Relationship Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/settings" Target="settings.xml"/>'
    f'<Relationship Id="rId3" Type="{OFFICE}/fontTable" Target="fontTable.xml"/>'
    "</Relationships>"
)
CORE = (
    HEAD + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    '<dcterms:created xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:modified>'
    "</cp:coreProperties>"
)
DOCUMENT = HEAD + f'<w:document xmlns:w="{MAIN}"><w:body><w:sectPr/></w:body></w:document>'
# No automatic gap between Chinese and digits and no widow rule: the lines fall alike in every program.
STYLES = (
    HEAD + f'<w:styles xmlns:w="{MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体" w:cs="宋体"/>'
    '<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr>'
    '<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
    "</w:pPr></w:style></w:styles>"
)
SETTINGS = (
    HEAD + f'<w:settings xmlns:w="{MAIN}"><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat></w:settings>'
)


def font_table() -> str:
    """The font table: each face of the forms with the name it may be replaced by."""
    faces = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in FONTS.items()
    )
    return HEAD + f'<w:fonts xmlns:w="{MAIN}">{faces}</w:fonts>'


def new_document() -> DocumentObject:
    """An empty document with nothing in it but the Normal style; its section has no size yet."""
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": PACKAGE_RELATIONS,
        "docProps/core.xml": CORE,
        "word/_rels/document.xml.rels": DOCUMENT_RELATIONS,
        "word/document.xml": DOCUMENT,
        "word/fontTable.xml": font_table(),
        "word/settings.xml": SETTINGS,
        "word/styles.xml": STYLES,
    }
    return Document(io.BytesIO(zip_parts({name: text.encode() for name, text in parts.items()})))


def saved(document: DocumentObject) -> bytes:
    """The docx file of `document`, the same bytes whenever and wherever it is made."""
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return zip_parts({name: archive.read(name) for name in archive.namelist()})


def zip_parts(parts: dict[str, bytes]) -> bytes:
    """A stored zip of `parts` with a fixed date; content types first, as Word expects."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(parts, key=lambda part: (part != "[Content_Types].xml", part)):
            entry = zipfile.ZipInfo(name, date_time=(2000, 1, 1, 0, 0, 0))
            entry.create_system = 3
            archive.writestr(entry, parts[name])
    return buffer.getvalue()
