"""The words of a w:r: text, tabs, breaks, symbols, and the page numbers that stand for the fields PAGE and NUMPAGES."""

from __future__ import annotations

from typing import Any

from ui.printing.model import LINE_BREAK, PAGE_BREAK, PAGE_COUNT, PAGE_NUMBER, TAB
from ui.printing.properties import W, local

# Boxes and ticks that Word inserts as symbols of the Wingdings fonts (low byte of w:char), as Unicode.
SYMBOLS = {0xA8: "□", 0x6F: "□", 0x71: "□", 0xFE: "☑", 0x52: "☑", 0xFD: "☒", 0xFC: "✓", 0xFB: "✗", 0x6C: "●"}
_CHARACTERS = {"tab": TAB, "cr": LINE_BREAK, "noBreakHyphen": "\u2011", "softHyphen": ""}
_NUMBERS = {"PAGE": PAGE_NUMBER, "NUMPAGES": PAGE_COUNT}


class TextReader:
    """Reads the runs of one paragraph, or of one w:fldSimple with its `instruction`, one after the other.

    The kept result of a page number is left out for the number of the page. It takes the look of the result's first
    run. Any other field is its kept result.
    """

    def __init__(self, instruction: str = "") -> None:
        self._instruction = instruction
        self._in_code = False
        self._number = _number(instruction)
        self._in_result = bool(self._number)

    def text(self, run: Any) -> str:
        """The words of the paragraph's next w:r."""
        parts: list[str] = []
        for child in run:
            name = local(child.tag) if isinstance(child.tag, str) else ""
            if name == "fldChar":
                parts.append(self._mark(child.get(f"{W}fldCharType", "")))
            elif name == "instrText":
                self._instruction += child.text or ""
            elif name != "rPr" and not self._in_code:
                parts.append(self._result() if self._in_result else _word(child, name))
        return "".join(parts)

    def _mark(self, kind: str) -> str:
        if kind == "begin":
            self._instruction, self._in_code = "", True
            return ""
        if self._in_code:
            self._number, self._in_code = _number(self._instruction), False
        self._in_result = bool(self._number) and kind == "separate"
        return self._result() if kind == "end" else ""

    def _result(self) -> str:
        """The number once, then nothing more of the kept result."""
        number, self._number = self._number, ""
        return number


def _number(instruction: str) -> str:
    return _NUMBERS.get(instruction.split(maxsplit=1)[0].upper(), "") if instruction.strip() else ""


def _word(element: Any, name: str) -> str:
    if name == "t":
        return (element.text or "").replace("\n", " ").replace("\r", "")
    if name == "br":
        return PAGE_BREAK if element.get(f"{W}type") == "page" else LINE_BREAK
    if name == "sym":
        return SYMBOLS.get(int(element.get(f"{W}char", "0"), 16) & 0xFF, "□")
    return _CHARACTERS.get(name, "")
