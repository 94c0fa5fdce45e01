"""A w:p into a `model.Paragraph`: runs with their resolved type, alignment, indents, spacing, tabs and borders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ui.printing.model import Border, Borders, CharStyle, Paragraph, ParagraphStyle, Run, TabStop
from ui.printing.properties import Props, Styles, W, bag, local, merge, number, on, value
from ui.printing.read_text import TextReader

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_LINE_STYLES = {
    "nil": "none", "none": "none", "double": "double", "triple": "double", "dotted": "dotted",
    "dashed": "dashed", "dashSmallGap": "dashed", "dotDash": "dashed", "dotDotDash": "dashed",
}  # fmt: skip
_ALIGN = {
    "start": "left", "end": "right", "center": "center", "right": "right", "both": "both", "distribute": "distribute",
}  # fmt: skip
_LEADERS = {"dot": ".", "middleDot": "·", "underscore": "_", "heavy": "_", "hyphen": "-"}
_INLINE_WRAPPERS = {"hyperlink", "ins", "smartTag", "sdt", "sdtContent", "moveTo"}


class ParagraphReader:
    """Reads paragraphs of one document with its styles, and the `fonts` of its theme by name, at hand."""

    def __init__(self, styles: Styles, fonts: Mapping[str, str] | None = None) -> None:
        self.styles = styles
        self.fonts = fonts or {}

    def read(self, element: Any, outer: Props | None = None) -> Paragraph:
        """A w:p as a Paragraph; `outer` are the paragraph properties of the table's style."""
        direct = element.find(f"{W}pPr")
        own = bag(direct)
        style_id = value(own, "pStyle") or self.styles.default("paragraph")
        props = merge([self.styles.paragraph_defaults, outer or {}, self.styles.props(style_id, "pPr"), own])
        base = merge([self.styles.run_defaults, self.styles.props(style_id, "rPr")])
        mark = self._char_style(merge([base, bag(direct.find(f"{W}rPr") if direct is not None else None)]))
        runs = tuple(self._runs(element, base, TextReader()))
        size = runs[0].style.size if runs else mark.size
        return Paragraph(runs, _paragraph_style(props, style_id, size), mark)

    def _runs(self, parent: Any, base: Props, reader: TextReader) -> Iterator[Run]:
        for child in parent:
            name = local(child.tag) if isinstance(child.tag, str) else ""
            if name == "r":
                own = bag(child.find(f"{W}rPr"))
                text = reader.text(child)
                if text and not on(own, "vanish"):
                    style = self.styles.props(value(own, "rStyle"), "rPr")
                    yield Run(text, self._char_style(merge([base, style, own])))
            elif name == "fldSimple":
                yield from self._runs(child, base, TextReader(child.get(f"{W}instr", "")))
            elif name in _INLINE_WRAPPERS:
                yield from self._runs(child, base, reader)

    def _char_style(self, props: Props) -> CharStyle:
        colour = value(props, "color", default="auto")
        return CharStyle(
            latin=self._font(props, "ascii") or self._font(props, "hAnsi") or "Times New Roman",
            east_asia=self._font(props, "eastAsia") or "宋体",
            size=round(number(value(props, "sz"), 20.0)),
            bold=on(props, "b"),
            italic=on(props, "i"),
            underline=value(props, "u", default="none") != "none",
            strike=on(props, "strike"),
            colour="#000000" if colour == "auto" else f"#{colour}",
            spacing=number(value(props, "spacing")),
        )

    def _font(self, props: Props, script: str) -> str:
        themed = self.fonts.get(value(props, "rFonts", f"{script}Theme"), "")
        return themed or value(props, "rFonts", script)


def theme_fonts(root: Any | None) -> dict[str, str]:
    """The fonts that runs name by their place in the theme: majorHAnsi, minorEastAsia and so on."""
    found: dict[str, str] = {}
    for place in ("major", "minor"):
        fonts = root.find(f".//{_A}{place}Font") if root is not None else None
        if fonts is None:
            continue
        east = [fonts.find(f"{_A}ea"), fonts.find(f"{_A}font[@script='Hans']")]
        named = [font.get("typeface", "") for font in (fonts.find(f"{_A}latin"), *east) if font is not None]
        found[f"{place}HAnsi"] = found[f"{place}Ascii"] = named[0] if named else ""
        found[f"{place}EastAsia"] = next(filter(None, named[1:]), "")
    return found


def _paragraph_style(props: Props, name: str, size: int) -> ParagraphStyle:
    rule = value(props, "spacing", "lineRule", "auto")
    line = number(value(props, "spacing", "line"), 240.0)
    return ParagraphStyle(
        align=_ALIGN.get(value(props, "jc"), "left"),
        left=_indent(props, ("left", "start"), size),
        right=_indent(props, ("right", "end"), size),
        first=_indent(props, ("firstLine",), size) - _indent(props, ("hanging",), size),
        before=_spacing(props, "before"),
        after=_spacing(props, "after"),
        line=line / 240.0 if rule == "auto" else line,
        line_rule=rule,
        snap_to_grid=on(props, "snapToGrid", True),
        keep_next=on(props, "keepNext"),
        keep_lines=on(props, "keepLines"),
        page_break_before=on(props, "pageBreakBefore"),
        widow_control=on(props, "widowControl", True),
        contextual=on(props, "contextualSpacing"),
        auto_space=on(props, "autoSpaceDE", True),
        overflow_punctuation=on(props, "overflowPunct", True),
        name=name,
        borders=read_borders(props, "pBdr"),
        tabs=_tabs(props),
    )


def _indent(props: Props, names: tuple[str, ...], size: int) -> float:
    """An indent in twips; one counted in characters (hundredths) wins, a character being as wide as its type."""
    for name in names:
        chars = number(value(props, "ind", f"{name}Chars"))
        if chars:
            return chars / 100 * size * 10
    return next((number(value(props, "ind", name)) for name in names if value(props, "ind", name)), 0.0)


def _spacing(props: Props, name: str) -> float:
    """Space before or after; `beforeLines` is hundredths of a line of 12 pt."""
    lines = number(value(props, "spacing", f"{name}Lines"))
    if on({"auto": {"val": value(props, "spacing", f"{name}Autospacing", "0")}}, "auto"):
        return 280.0  # Word's automatic spacing: 14 pt
    return lines / 100 * 240 if lines else number(value(props, "spacing", name))


def _tabs(props: Props) -> tuple[TabStop, ...]:
    stops = (
        entry for name, entry in props.items() if name.startswith("tabs/") and entry.get("val") != "clear"
    )
    return tuple(
        sorted(
            (
                TabStop(
                    number(stop.get("pos")),
                    _ALIGN.get(stop.get("val", "left"), "left"),
                    _LEADERS.get(stop.get("leader", ""), ""),
                )
                for stop in stops
            ),
            key=lambda stop: stop.position,
        )
    )


def read_borders(props: Props, group: str) -> Borders:
    """The edges written under `pBdr`, `tblBorders` or `tcBorders`; None where nothing is said."""

    def edge(*names: str) -> Border | None:
        found = next((props[f"{group}/{name}"] for name in names if f"{group}/{name}" in props), None)
        return read_border(found) if found is not None else None

    inside_h = edge("between") if group == "pBdr" else edge("insideH")
    return Borders(
        edge("top"), edge("left", "start"), edge("bottom"), edge("right", "end"), inside_h, edge("insideV")
    )


def read_border(values: dict[str, str]) -> Border:
    """One border element: `w:sz` is eighths of a point, `w:space` points (ECMA-376 17.18.2)."""
    style = _LINE_STYLES.get(values.get("val", "single"), "single")
    if style == "none":
        return Border()
    width = max(number(values.get("sz"), 4.0), 2.0) * 20 / 8
    colour = values.get("color", "auto")
    return Border(
        style, width, "#000000" if colour == "auto" else f"#{colour}", number(values.get("space")) * 20
    )
