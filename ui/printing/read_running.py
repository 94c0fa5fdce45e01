"""Headers and footers of the sections of a docx: the usual ones, and those of a section's first page (w:titlePg)."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import Any

from ui.printing.model import Paragraph, Running
from ui.printing.properties import W, local, unwrap
from ui.printing.read_paragraph import ParagraphReader

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class RunningReader:
    """Reads the headers and footers section by section; a section that names none keeps those of the one before.

    `links` is the part word/_rels/document.xml.rels, `part` gives the XML of a part by its name, None if it is missing.
    """

    def __init__(
        self, links: Any | None, part: Callable[[str], Any | None], paragraphs: ParagraphReader
    ) -> None:
        targets = links if links is not None else ()
        self._names = {link.get("Id", ""): link.get("Target", "") for link in targets}
        self._part = part
        self._paragraphs = paragraphs
        self._kept: dict[tuple[str, str], tuple[Paragraph, ...]] = {}

    def read(self, section: Any) -> tuple[Running, Running]:
        """What stands on the usual pages of a w:sectPr, and what on its first page if that has its own."""
        for kind in ("header", "footer"):
            for reference in section.iterfind(f"{W}{kind}Reference"):
                words = self._read(self._names.get(reference.get(f"{_R}id", ""), ""))
                self._kept[kind, reference.get(f"{W}type", "default")] = words
        return self._running("default"), self._running("first")

    def _running(self, which: str) -> Running:
        return Running(self._kept.get(("header", which), ()), self._kept.get(("footer", which), ()))

    def _read(self, target: str) -> tuple[Paragraph, ...]:
        root = self._part(posixpath.normpath(posixpath.join("/word", target)).lstrip("/")) if target else None
        if root is None:
            return ()
        return tuple(self._paragraphs.read(child) for child in unwrap(root) if local(child.tag) == "p")
