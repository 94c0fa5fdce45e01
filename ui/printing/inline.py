"""The runs of a paragraph into lines of measured parts: tokens, greedy filling, tabs, hanging punctuation.

Not QTextLayout: its line breaking (UAX 14) glues Chinese quotation marks to both neighbours and never lets a full
stop hang past the edge, so its lines end elsewhere than in every word processor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ui.printing import fonts
from ui.printing.breaking import HANGING, WIDE_SPACE, clings, letters, may_break, needs_gap, scripts
from ui.printing.model import LINE_BREAK, PAGE_BREAK, TAB, CharStyle, ParagraphStyle, Run, TabStop

# Space between Chinese and Latin letters, as a share of the type's height (LibreOffice: a fifth).
_GAP = 0.2


@dataclass(slots=True)
class Part:
    """Text of one font with its width; `gap` is white space before it, dropped at a line's start."""

    text: str
    style: CharStyle
    east_asian: bool
    width: float
    gap: float = 0.0
    is_tab: bool = False


@dataclass(slots=True)
class Token:
    """Parts that stay together, or one space, tab or break (`kind` is text, space, tab, line or page)."""

    kind: str
    parts: list[Part] = field(default_factory=list)

    @property
    def width(self) -> float:
        """Width in twips including inner gaps."""
        return sum(part.width + part.gap for part in self.parts)

    def hang(self, allowed: bool) -> float:
        """How much of the width may stand past the edge: a wide space always, a full stop or comma if `allowed`."""
        last = self.parts[-1]
        if self.kind != "text" or not (last.text[-1] == WIDE_SPACE or (allowed and last.text[-1] in HANGING)):
            return 0.0
        return fonts.advance(last.style, last.east_asian, last.text[-1])


@dataclass(slots=True)
class RawLine:
    """A filled line: parts in order, `width` used up without trailing spaces, the room it had, why it ended."""

    room: float
    start: float
    parts: list[Part] = field(default_factory=list)
    width: float = 0.0
    end: str = "wrap"
    has_tab: bool = False


def tokens(runs: tuple[Run, ...], auto_space: bool) -> list[Token]:
    """The paragraph cut where lines may end."""
    text = "".join(run.text for run in runs)
    styles = [run.style for run in runs for _ in run.text]
    found: list[Token] = []
    previous = ""
    for char, style, east_asian in zip(text, styles, scripts(text), strict=True):
        kind = {" ": "space", TAB: "tab", LINE_BREAK: "line", PAGE_BREAK: "page"}.get(char, "text")
        joins = bool(found) and found[-1].kind == kind == "text" and not (_may_break(previous, char))
        if not joins:
            found.append(Token(kind))
        _add(found[-1], char, style, east_asian, auto_space and bool(previous) and needs_gap(previous, char))
        previous = char
    for token in found:
        for part in token.parts:
            part.width = (
                fonts.advance(part.style, part.east_asian, part.text)
                if token.kind in ("text", "space")
                else 0.0
            )
    return found


def _may_break(left: str, right: str) -> bool:
    return not clings(right) and may_break(left, right)


def _add(token: Token, char: str, style: CharStyle, east_asian: bool, gap: bool) -> None:
    last = token.parts[-1] if token.parts else None
    if (last and clings(char)) or (
        last and not gap and last.style == style and last.east_asian == east_asian
    ):
        last.text += char
    else:
        token.parts.append(Part(char, style, east_asian, 0.0, _GAP * style.size * 10 if gap else 0.0))


class Filler:
    """Fills lines of one paragraph in a column `width` twips wide; `hanging` lets punctuation stand outside it."""

    def __init__(self, style: ParagraphStyle, width: float, default_tab: float, hanging: bool) -> None:
        self.style = style
        self.right = width - style.right
        self.default_tab = default_tab
        self.hanging = hanging and style.overflow_punctuation
        self.done: list[RawLine] = []
        self.line = RawLine(0.0, 0.0)
        self.x = 0.0

    def fill(self, runs: tuple[Run, ...]) -> list[RawLine]:
        """The lines of the paragraph; the last one ends with "end" (or "page" when a page break closes it)."""
        self._open(self.style.left + self.style.first)
        waiting = list(tokens(runs, self.style.auto_space))
        for index, token in enumerate(waiting):
            if token.kind in ("line", "page"):
                self._break(token, last=index == len(waiting) - 1)
            elif token.kind == "tab":
                self._tab(token, waiting[index + 1 :])
            else:
                self._word(token)
        if (
            self.line.parts
            or not self.done
            or self.done[-1].end != "page"
            or not self._ends_with_page(waiting)
        ):
            self._close("end")
        return self.done

    def _ends_with_page(self, waiting: list[Token]) -> bool:
        return bool(waiting) and waiting[-1].kind == "page"

    def _open(self, start: float) -> None:
        self.line = RawLine(max(self.right - start, 1.0), start)
        self.x = 0.0

    def _close(self, end: str) -> None:
        self.line.end = end
        self.done.append(self.line)
        self._open(self.style.left)

    def _break(self, token: Token, last: bool) -> None:
        if token.kind == "page" and not last and not self.done and not self.line.parts:
            # A break before any text moves the whole paragraph; it leaves no empty line behind.
            self.done.append(RawLine(0.0, 0.0, end="before"))
            return
        if not self.line.parts:
            part = token.parts[0]
            self.line.parts.append(Part("", part.style, part.east_asian, 0.0))
        self._close(token.kind)

    def _word(self, token: Token) -> None:
        hang = token.hang(self.hanging)
        if token.kind == "text" and self.x + token.width - hang > self.line.room + 0.5:
            if self.line.parts:
                self._close("wrap")
            if token.width - hang > self.line.room + 0.5:
                for piece in _letters(token):
                    self._letter(piece)
                return
        self._put(token)

    def _letter(self, token: Token) -> None:
        if self.line.parts and self.x + token.width > self.line.room + 0.5:
            self._close("wrap")
        self._put(token)

    def _put(self, token: Token) -> None:
        if not self.line.parts:
            token.parts[0].gap = 0.0
        self.line.parts += token.parts
        self.x += token.width
        if token.kind == "text":
            over = self.x > self.line.room + 0.5
            self.line.width = self.x - token.hang(self.hanging) if over else self.x

    def _tab(self, token: Token, following: list[Token]) -> None:
        here = self.line.start + self.x
        stop = self._stop(here)
        if stop.kind != "left":
            width = 0.0
            for coming in following:
                if coming.kind in ("tab", "line", "page"):
                    break
                width += coming.width
            target = stop.position - (width if stop.kind == "right" else width / 2)
        else:
            target = stop.position
        part = token.parts[0]
        part.width = max(0.0, target - here)
        part.text, part.is_tab = _leader(stop.leader, part) or " ", True
        self.line.parts.append(part)
        self.x += part.width
        self.line.width, self.line.has_tab = self.x, True

    def _stop(self, here: float) -> TabStop:
        explicit = [stop for stop in self.style.tabs if stop.position > here + 1]
        if self.style.first < 0 and here + 1 < self.style.left:
            explicit.append(TabStop(self.style.left))
        if explicit:
            return min(explicit, key=lambda stop: stop.position)
        return TabStop((here // self.default_tab + 1) * self.default_tab)


def _leader(leader: str, part: Part) -> str:
    """The leader repeated over the tab's width."""
    if not leader:
        return ""
    part.east_asian = False
    return leader * int(part.width / fonts.advance(part.style, False, leader))


def _letters(token: Token) -> Iterator[Token]:
    """A token too long for any line, letter by letter."""
    for part in token.parts:
        for char in letters(part.text):
            width = fonts.advance(part.style, part.east_asian, char)
            yield Token("text", [Part(char, part.style, part.east_asian, width)])
