"""What a filled docx gets on its way out, so that every program sets its lines alike.

Chinese and digits stand without a gap, said in each paragraph: an office suite that saves a template loses it from the
style. A cell left open is empty: it has lines of its own. A centred name of an organ that is longer than its line goes
on before 人民政府 and the like, never inside.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RULE = "＿"
ORGAN_WORDS = ("人民政府", "办事处", "教育局", "教育和体育局", "委员会")
# The properties of a paragraph that stand behind w:autoSpaceDN (ECMA-376 part 1, 17.3.1.26).
_BEHIND = frozenset(
    f"{W}{name}"
    for name in (
        "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
        "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId",
        "cnfStyle", "rPr", "sectPr", "pPrChange",
    )
)  # fmt: skip
_WIDE_FROM = "\u2e80"


def finished(xml: bytes) -> bytes:
    """The XML of a filled text part, finished."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    for cell in root.iter(f"{W}tc"):
        _without_rules(cell)
    for paragraph in root.iter(f"{W}p"):
        _without_gaps(paragraph)
        if _centred(paragraph):
            _part_organ(paragraph, _room(paragraph, root))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _without_rules(cell: Any) -> None:
    """A cell that holds nothing but a rule to write on holds nothing."""
    texts = list(cell.iter(f"{W}t"))
    if set("".join(one.text or "" for one in texts).strip()) == {RULE}:
        for one in texts:
            one.text = ""


def _without_gaps(paragraph: Any) -> None:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = paragraph.makeelement(f"{W}pPr")
        paragraph.insert(0, properties)
    for name in ("autoSpaceDE", "autoSpaceDN"):
        for old in properties.findall(f"{W}{name}"):
            properties.remove(old)
        place = next((at for at, one in enumerate(properties) if one.tag in _BEHIND), len(properties))
        properties.insert(place, properties.makeelement(f"{W}{name}", {f"{W}val": "0"}))


def _centred(paragraph: Any) -> bool:
    align = paragraph.find(f"{W}pPr/{W}jc")
    return align is not None and align.get(f"{W}val") == "center"


def _room(paragraph: Any, root: Any) -> float:
    """The width of a line in twips: that of the cell, or of the column of the section the paragraph stands in."""
    room = _cell_room(paragraph) or _column_room(paragraph, root)
    indent = paragraph.find(f"{W}pPr/{W}ind")
    if indent is not None:
        room -= sum(_number(indent, name) for name in ("left", "start", "right", "end", "firstLine"))
    return room


def _cell_room(paragraph: Any) -> float:
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    if cell is None:
        return 0.0
    table = next(cell.iterancestors(f"{W}tbl"))
    margins = table.find(f"{W}tblPr/{W}tblCellMar")
    width = _number(cell.find(f"{W}tcPr/{W}tcW"), "w")
    if margins is None:
        return width - 216
    return width - sum(
        _number(side, "w") for side in margins if side.tag.endswith(("left", "right", "start", "end"))
    )


def _column_room(paragraph: Any, root: Any) -> float:
    sections = list(root.iter(f"{W}sectPr"))
    before = paragraph.xpath("count(preceding::w:sectPr)", namespaces={"w": W[1:-1]})
    if int(before) >= len(sections):
        return 0.0
    section = sections[int(before)]
    page, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    return _number(page, "w") - sum(_number(margins, side) for side in ("left", "right", "gutter"))


def _number(element: Any | None, name: str) -> float:
    try:
        return float(element.get(f"{W}{name}", "0")) if element is not None else 0.0
    except ValueError:
        return 0.0


@dataclass(frozen=True)
class _Letter:
    """A letter of a paragraph, the w:t it stands in, its place there, its width in twips."""

    text: Any
    place: int
    char: str
    width: float


def _part_organ(paragraph: Any, room: float) -> None:
    """Break lines that are too long before the last word of an organ that still lets the first part fit."""
    letters = list(_letters(paragraph))
    if room <= 0 or sum(one.width for one in letters) <= room:
        return
    words = "".join(one.char for one in letters)
    starts = {at for word in ORGAN_WORDS for at in range(1, len(words)) if words.startswith(word, at)}
    begin, breaks = 0, list[int]()
    while sum(one.width for one in letters[begin:]) > room:
        fitting = [at for at in starts if at > begin and sum(one.width for one in letters[begin:at]) <= room]
        if not fitting:
            break
        begin = max(fitting)
        breaks.append(begin)
    for at in reversed(breaks):
        _break_before(letters[at])


def _letters(paragraph: Any) -> Iterator[_Letter]:
    for text in paragraph.iter(f"{W}t"):
        size = text.getparent().find(f"{W}rPr/{W}sz")
        height = (_number(size, "val") or 21) * 10
        for place, char in enumerate(text.text or ""):
            yield _Letter(text, place, char, height if char >= _WIDE_FROM else height / 2)


def _break_before(letter: _Letter) -> None:
    """Part the w:t before a letter and put a w:br between."""
    text = letter.text
    rest = text.makeelement(text.tag, dict(text.attrib))
    text.text, rest.text = text.text[: letter.place], text.text[letter.place :]
    text.addnext(rest)
    text.addnext(text.makeelement(f"{W}br"))
