"""The smallest .docx around a piece of WordprocessingML, for tests of one rule each."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACE = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{_OFFICE}"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_WORD}.settings+xml"/>'
)
_ROOT = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_PARTS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/styles" '
    f'Target="styles.xml"/><Relationship Id="rId2" Type="{_OFFICE}/settings" Target="settings.xml"/>'
)
_STYLES = (
    f'<w:styles {NAMESPACE}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" '
    'w:eastAsia="宋体"/><w:sz w:val="{size}"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>{more}</w:styles>'
)
_SETTINGS = (
    f'<w:settings {NAMESPACE}><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="{mode}"/></w:compat></w:settings>'
)
EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def section(width: int = 11906, height: int = 16838, margin: int = 1440, more: str = "") -> str:
    """A w:sectPr with equal margins (twips); `more` goes inside, for a docGrid or a type."""
    return (
        f'<w:sectPr>{more if "w:type" in more else ""}<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="{margin}" '
        f'w:right="{margin}" w:bottom="{margin}" w:left="{margin}"/>{"" if "w:type" in more else more}</w:sectPr>'
    )


def running(where: str, name: str, which: str = "default") -> str:
    """A reference for a w:sectPr: `where` is header or footer, `name` that of the part given to `docx`."""
    return f'<w:{where}Reference w:type="{which}" r:id="{name}"/>'


def number_field(code: str) -> str:
    """The runs of a w:fldChar field with a kept result that no page has."""
    marks = {one: f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "separate", "end")}
    words = f"<w:r><w:instrText> {code} </w:instrText></w:r>"
    return f"{marks['begin']}{words}{marks['separate']}<w:r><w:t>99</w:t></w:r>{marks['end']}"


def docx(
    body: str,
    ending: str = "",
    size: int = 21,
    mode: int = 15,
    styles: str = "",
    around: Mapping[str, str] | None = None,
) -> bytes:
    """A .docx with this body; type of `size` half-points, 宋体; `ending` is the last w:sectPr (A4, 1 inch margins).

    `around`: paragraphs of headers and footers by the name of their part, which begins with header or footer.
    """
    types, links, more = _TYPES, _PARTS, {}
    for name, paragraphs in (around or {}).items():
        kind, root = name[:6], {"header": "hdr", "footer": "ftr"}[name[:6]]
        types += f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        links += f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>'
        more[f"word/{name}.xml"] = f"<w:{root} {NAMESPACE}>{paragraphs}</w:{root}>"
    parts = {
        "[Content_Types].xml": f"{types}</Types>",
        "_rels/.rels": _ROOT,
        "word/_rels/document.xml.rels": f"{links}</Relationships>",
        **more,
        "word/styles.xml": _STYLES.format(size=size, more=styles),
        "word/settings.xml": _SETTINGS.format(mode=mode),
        "word/document.xml": f"<w:document {NAMESPACE}><w:body>{body}{ending or section()}</w:body></w:document>",
    }
    result = BytesIO()
    with zipfile.ZipFile(result, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return result.getvalue()


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """A w:p with one run; `properties` go into its pPr, `run` into the run's rPr."""
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def cell(content: str, width: int, properties: str = "") -> str:
    """A w:tc around a text (or ready paragraphs); `properties` follow the width in its tcPr."""
    inner = content if content.startswith("<w:p>") else paragraph(content)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{inner}</w:tc>'


def row(cells: Sequence[str], properties: str = "") -> str:
    """A w:tr of ready cells."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(
    rows: Sequence[str], columns: Sequence[int], properties: str = "", border: str = "single", size: int = 4
) -> str:
    """A w:tbl of ready rows with one border all over (`size` in eighths of a point)."""
    borders = "".join(
        f'<w:{edge} w:val="{border}" w:sz="{size}" w:space="0" w:color="000000"/>' for edge in EDGES
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (
        f"<w:tbl><w:tblPr>{properties}<w:tblBorders>{borders}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def simple_table(
    texts: Sequence[Sequence[str]], columns: Sequence[int], height: str = "", header: bool = False
) -> str:
    """A table of texts; `height` is a w:trHeight for every row, `header` repeats the first row on every page."""
    rows = [
        row(
            [cell(text, width) for text, width in zip(line, columns, strict=True)],
            height + ("<w:tblHeader/>" if header and number == 0 else ""),
        )
        for number, line in enumerate(texts)
    ]
    return table(rows, columns)
