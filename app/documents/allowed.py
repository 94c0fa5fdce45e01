"""What our pages lay out of a docx, as an allow-list: whatever else changes the look of a template is told by name.

Per element, what may stand in it; per element, which values of its attributes are laid out. What an office suite
writes for itself (marks of spelling, bookmarks, languages) and a property that is switched off change nothing.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.documents.look_names import NAMES, OTHER

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PARAGRAPHS = _words("p sdt")
_IN_PARAGRAPH = _words("pPr r hyperlink smartTag sdt fldSimple")
_BORDERS = _words("top left start bottom right end insideH insideV between bar")
_SIDES = _words("top left start bottom right end")
CHILDREN: Mapping[str, frozenset[str]] = {
    "document": _words("body"),
    "body": _words("p tbl sdt sectPr"),
    "hdr": _PARAGRAPHS,
    "ftr": _PARAGRAPHS,
    "sdt": _words("sdtContent"),
    "sdtContent": _words("p tbl tr tc") | _IN_PARAGRAPH,
    "p": _IN_PARAGRAPH,
    "hyperlink": _IN_PARAGRAPH,
    "smartTag": _IN_PARAGRAPH,
    "fldSimple": _IN_PARAGRAPH,
    "r": _words("rPr t tab br cr sym noBreakHyphen softHyphen fldChar instrText"),
    "pPr": _words(
        "pStyle jc ind spacing snapToGrid keepNext keepLines pageBreakBefore widowControl contextualSpacing"
        " autoSpaceDE autoSpaceDN overflowPunct tabs pBdr rPr sectPr"
    ),
    "tabs": _words("tab"),
    "pBdr": _words("top left start bottom right end between"),
    "rPr": _words("rStyle rFonts b bCs i iCs sz szCs u strike color vanish spacing"),
    "tbl": _words("tblPr tblGrid tr sdt"),
    "tblPr": _words("tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar"),
    "tblPrEx": _words("tblW jc tblInd tblBorders tblLayout tblCellMar"),
    "tblGrid": _words("gridCol"),
    "tblBorders": _words("top left start bottom right end insideH insideV"),
    "tblCellMar": _SIDES,
    "tr": _words("trPr tblPrEx tc sdt"),
    "trPr": _words("cantSplit tblHeader trHeight gridBefore wBefore gridAfter wAfter jc"),
    "tc": _words("tcPr p sdt"),
    "tcPr": _words("tcW gridSpan vMerge tcBorders tcMar vAlign"),
    "tcBorders": _words("top left start bottom right end insideH insideV"),
    "tcMar": _SIDES,
    "sectPr": _words("headerReference footerReference pgSz pgMar type docGrid titlePg pgNumType"),
}
"""Which elements are laid out, by what they stand in."""

HARMLESS = _words(
    "proofErr bookmarkStart bookmarkEnd permStart permEnd lastRenderedPageBreak lang noProof webHidden kern"
    " suppressAutoHyphens suppressLineNumbers adjustRightInd outlineLvl divId cnfStyle sdtPr sdtEndPr smartTagPr"
    " tblLook tblOverlap tblCaption tblDescription tblStyleRowBandSize tblStyleColBandSize noWrap hideMark cs"
    " footnotePr endnotePr paperSrc printerSettings formProt noEndnote specVanish"
)
"""What an office suite writes for itself, or what Chinese type never shows."""
_W14_HARMLESS = _words("ligatures numForm numSpacing stylisticSets cntxtAlts")

OFF = _words("0 false off none nil auto baseline lrTb")
"""Values that switch a property off."""
ON_ONLY = _words("kinsoku wordWrap")
"""Switched on in every paragraph; switched off, lines end elsewhere."""

_LINES = _words("nil none single double dotted dashed dashSmallGap thick")
VALUES: Mapping[tuple[str, str], frozenset[str]] = {
    ("jc", "val"): _words("left start center right end both distribute"),
    ("spacing", "lineRule"): _words("auto exact atLeast"),
    ("tab", "val"): _words("left start center right end clear num"),
    ("tab", "leader"): _words("none dot hyphen underscore middleDot heavy"),
    ("u", "val"): _words("none single"),
    ("br", "type"): _words("page textWrapping"),
    ("trHeight", "hRule"): _words("auto atLeast"),
    ("vAlign", "val"): _words("top center bottom"),
    ("type", "val"): _words("nextPage continuous"),
    ("docGrid", "type"): _words("default lines"),
    ("pgNumType", "fmt"): _words("decimal"),
    ("headerReference", "type"): _words("default first even"),
    ("footerReference", "type"): _words("default first even"),
    **{(edge, "val"): _LINES for edge in _BORDERS},
    **{(edge, "shadow"): OFF for edge in _BORDERS},
    **{(edge, "frame"): OFF for edge in _BORDERS},
}
"""Which values of an attribute are laid out; an attribute that is not named here is, whatever its value."""
SYMBOLS = frozenset({0xA8, 0x6F, 0x71, 0xFE, 0x52, 0xFD, 0xFC, 0xFB, 0x6C})
"""The boxes and ticks among the symbols of Wingdings (low byte of w:char) that our pages draw."""
_NUMBER_FIELD = re.compile(r"\s*(PAGE|NUMPAGES)\s*(\\\*\s*(MERGEFORMAT|Arabic)\s*)*", re.IGNORECASE)


def not_laid_out(parts: Mapping[str, Any]) -> list[str]:
    """The names of what the docx has and our pages would lose; `parts` are the roots of its XML by name of part.

    Looked through are the text, the headers and footers, and the styles that are used.
    """
    texts = [root for name, root in parts.items() if name == "word/document.xml" or root.tag in _RUNNING]
    found: list[str] = []
    if any(root.tag.startswith(_STRICT) for root in texts):
        found.append(NAMES["strict"])
    for root in texts:
        found += _strange(root)
        found += _fields(root, number_allowed=root.tag in _RUNNING)
        found += _tables_outside(root)
    found += _styles(parts.get("word/styles.xml"), texts)
    found += _settings(parts.get("word/settings.xml"))
    return list(dict.fromkeys(found))


_RUNNING = (f"{W}hdr", f"{W}ftr")


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _attribute(element: Any, name: str) -> str:
    return str(element.get(f"{W}{name}", ""))


def _strange(parent: Any) -> Iterator[str]:
    """The names of what stands in `parent`, at any depth, and is not laid out."""
    where = _local(parent)
    for child in parent:
        if not isinstance(child.tag, str):
            continue
        name = _local(child)
        if not child.tag.startswith(W):
            if not (child.tag.startswith(_W14) and name in _W14_HARMLESS):
                yield NAMES.get(name, OTHER["foreign"])
        elif name in CHILDREN.get(where, frozenset()):
            yield from _odd_values(child, name)
            yield from _strange(child)
        elif name not in HARMLESS and not _says_nothing(child, name):
            yield NAMES.get(name, OTHER["element"].format(name))


def _says_nothing(element: Any, name: str) -> bool:
    """Whether a property that is not laid out is switched off, or set to what holds anyway."""
    value = _attribute(element, "val")
    if name in ON_ONLY:
        return value not in OFF
    if name == "shd":
        return value in ("", "clear", "nil") and _attribute(element, "fill").lower() in ("", "auto", "ffffff")
    if name == "cols":
        return _attribute(element, "num") in ("", "0", "1") and len(element) == 0
    if name == "numPr":
        number = element.find(f"{W}numId")
        return number is not None and _attribute(number, "val") == "0"
    if name == "w":
        return value.removesuffix("%") in ("", "100")
    if name == "vAlign":
        return value == "top"
    if name == "background":
        return _attribute(element, "color").lower() in ("ffffff", "auto")
    return value in OFF


def _odd_values(element: Any, name: str) -> Iterator[str]:
    for attribute, value in element.attrib.items():
        known = VALUES.get((name, attribute.rpartition("}")[2]))
        if known is not None and value not in known:
            yield NAMES.get(f"{name}={value}") or NAMES.get(f"{name}=", OTHER["value"].format(name, value))
    if name == "sym" and int(_attribute(element, "char") or "0", 16) & 0xFF not in SYMBOLS:
        yield NAMES["sym="]
    if name == "tblPrEx":
        yield from _exceptions(element)
    if name == "jc" and _local(element.getparent()) == "trPr":
        whole = element.getparent().getparent().getparent().find(f"{W}tblPr/{W}jc")
        if whole is None or _attribute(whole, "val") != _attribute(element, "val"):
            yield NAMES["trPr jc"]


def _exceptions(element: Any) -> Iterator[str]:
    """A row that says the same as its table is none: WPS writes that in every row."""
    table = element.getparent().getparent().find(f"{W}tblPr")
    for child in element:
        same = table.find(child.tag) if table is not None else None
        if same is None or _said(child) != _said(same):
            yield NAMES["tblPrEx"]


def _said(element: Any) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    return dict(element.attrib), {child.tag: dict(child.attrib) for child in element}


def _fields(root: Any, number_allowed: bool) -> Iterator[str]:
    """Fields our pages do not compute: all but the number of the page and of all pages in a header or footer."""
    codes = [_attribute(field, "instr") for field in root.iter(f"{W}fldSimple")]
    for paragraph in root.iter(f"{W}p"):
        for element in paragraph.iter(f"{W}fldChar", f"{W}instrText"):
            if _attribute(element, "fldCharType") == "begin":
                codes.append("")
            elif _local(element) == "instrText" and codes:
                codes[-1] += element.text or ""
    if any(not number_allowed or not _NUMBER_FIELD.fullmatch(code) for code in codes):
        yield NAMES["field"]


def _tables_outside(root: Any) -> Iterator[str]:
    """Tables where only paragraphs are set: in a header or footer, and in a cell."""
    if root.tag in _RUNNING and next(root.iter(f"{W}tbl"), None) is not None:
        yield NAMES["tbl in hdr"]
    if any(next(cell.iter(f"{W}tbl"), None) is not None for cell in root.iter(f"{W}tc")):
        yield NAMES["tbl"]


def _styles(root: Any | None, texts: list[Any]) -> Iterator[str]:
    """What the styles in use, and those they are based on, ask for."""
    if root is None:
        return
    for default in ("rPrDefault", "pPrDefault"):
        for properties in root.iterfind(f"{W}docDefaults/{W}{default}/*"):
            yield from _strange(properties)
    for style in _used(root, texts):
        for properties in style:
            if _local(properties) in ("pPr", "rPr", "tblPr", "trPr", "tcPr"):
                yield from _strange(properties)
        if _attribute(style, "type") == "table" and _formats_more(style):
            yield NAMES["tblStylePr"]


def _formats_more(style: Any) -> bool:
    """A table style that formats its first row, its stripes or its letters: our pages take borders and margins."""
    parts = (style.find(f"{W}{name}") for name in ("tblStylePr", "rPr", "trPr", "tcPr"))
    return any(part is not None and len(part) > 0 for part in parts)


def _used(root: Any, texts: list[Any]) -> list[Any]:
    known = {_attribute(style, "styleId"): style for style in root.iterfind(f"{W}style")}
    waiting = [name for name, style in known.items() if _attribute(style, "default") not in ("", *OFF)]
    for text in texts:
        named = text.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
        waiting += [_attribute(element, "val") for element in named]
    used: dict[str, Any] = {}
    while waiting:
        name = waiting.pop()
        if name in known and name not in used:
            used[name] = known[name]
            base = known[name].find(f"{W}basedOn")
            waiting += [_attribute(base, "val")] if base is not None else []
    return list(used.values())


def _settings(root: Any | None) -> Iterator[str]:
    for name in ("evenAndOddHeaders", "mirrorMargins", "bookFoldPrinting", "gutterAtTop"):
        found = root.find(f"{W}{name}") if root is not None else None
        if found is not None and _attribute(found, "val") not in OFF:
            yield NAMES[name]
