"""Property bags of WordprocessingML and their inheritance: defaults → style chain → direct formatting.

A bag maps a property's local name to its attributes; a nested property (a border inside `pBdr`, a tab inside `tabs`)
is keyed by the path "pBdr/bottom". Merging is attribute by attribute, as ECMA-376 part 1, 17.7.2 describes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Props = dict[str, dict[str, str]]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NESTED = {"pBdr", "tabs", "tblBorders", "tcBorders", "tblCellMar", "tcMar"}
_FIRST_LINE = {"firstLine", "firstLineChars", "hanging", "hangingChars"}
_OFF = {"0", "false", "off"}


def local(tag: str) -> str:
    """The name of a tag or attribute without its namespace."""
    return tag.rpartition("}")[2]


def attributes(element: Any) -> dict[str, str]:
    """The attributes of an element by local name."""
    return {local(name): value for name, value in element.attrib.items()}


def bag(element: Any | None) -> Props:
    """The properties written directly in an rPr, pPr, tblPr, trPr, tcPr or sectPr; an empty bag for None."""
    found: Props = {}
    for child in element if element is not None else ():
        if not isinstance(child.tag, str):  # comments and processing instructions
            continue
        name = local(child.tag)
        found[name] = attributes(child)
        if name in _NESTED:
            for part in child:
                values = attributes(part)
                suffix = values.get("pos", "") if name == "tabs" else local(part.tag)
                found[f"{name}/{suffix}"] = values
    return found


def unwrap(parent: Any) -> Iterator[Any]:
    """The child elements of a body, row or cell, content controls opened."""
    for child in parent:
        if not isinstance(child.tag, str):
            continue
        if local(child.tag) in ("sdt", "sdtContent", "ins"):
            yield from unwrap(child)
        else:
            yield child


def merge(bags: Iterable[Props]) -> Props:
    """Later bags win, attribute by attribute; a new first-line indent replaces every kind of older one."""
    result: Props = {}
    for props in bags:
        for name, values in props.items():
            old = result.get(name, {})
            if name == "ind" and _FIRST_LINE & values.keys():
                old = {key: value for key, value in old.items() if key not in _FIRST_LINE}
            if name == "rFonts":
                old = {key: value for key, value in old.items() if key.removesuffix("Theme") not in values}
            result[name] = {**old, **values}
    return result


def value(props: Props, name: str, attribute: str = "val", default: str = "") -> str:
    """One attribute of one property, or `default`."""
    return props.get(name, {}).get(attribute, default)


def on(props: Props, name: str, default: bool = False) -> bool:
    """Whether a toggle property is switched on (`<w:b/>` is on, `<w:b w:val="0"/>` is off)."""
    if name not in props:
        return default
    return props[name].get("val", "1") not in _OFF


def number(text: str | None, default: float = 0.0) -> float:
    """A measure in twips; anything that is not a number (auto, a percentage) gives `default`."""
    try:
        return float(text) if text else default
    except ValueError:
        return default


class Styles:
    """The named styles of a document and its defaults, merged on demand."""

    def __init__(self, root: Any | None) -> None:
        self._styles: dict[str, Any] = {}
        self._defaults: dict[str, str] = {}
        self._cache: dict[tuple[str, str], Props] = {}
        self.run_defaults: Props = {}
        self.paragraph_defaults: Props = {}
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        self.run_defaults = bag(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        self.paragraph_defaults = bag(root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"))
        for style in root.iterfind(f"{W}style"):
            values = attributes(style)
            self._styles[values.get("styleId", "")] = style
            if values.get("default", "0") not in _OFF:
                self._defaults[values.get("type", "")] = values.get("styleId", "")

    def default(self, kind: str) -> str:
        """The id of the default style of a kind (paragraph, character, table), '' if there is none."""
        return self._defaults.get(kind, "")

    def props(self, style_id: str, part: str) -> Props:
        """The merged bag (`part` is pPr, rPr or tblPr) of a style and all it is based on."""
        key = (style_id, part)
        if key not in self._cache:
            self._cache[key] = merge(bag(style.find(W + part)) for style in self._chain(style_id))
        return self._cache[key]

    def _chain(self, style_id: str) -> list[Any]:
        """The style and its ancestors, oldest first; a loop in a damaged file ends it."""
        chain: list[Any] = []
        while style_id in self._styles and self._styles[style_id] not in chain:
            chain.insert(0, self._styles[style_id])
            based_on = self._styles[style_id].find(f"{W}basedOn")
            style_id = attributes(based_on).get("val", "") if based_on is not None else ""
        return chain
