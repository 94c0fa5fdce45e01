"""The table at the end of a PDF that says where its objects begin, for those who change what stands before it."""

from __future__ import annotations

import re

_XREF_ENTRY = re.compile(rb"(\d{10})( \d{5} n )")
_START = re.compile(rb"startxref\n\d+")


def table_of_offsets(pdf: bytes) -> int:
    """Where the table begins."""
    return pdf.rindex(b"xref\n0 ")


def with_body(pdf: bytes, body: bytes, place: int) -> bytes:
    """The PDF with `body` for all before its table, in which what stood beyond `place` is moved by the difference."""
    table = table_of_offsets(pdf)
    shift = len(body) - table

    def moved(match: re.Match[bytes]) -> bytes:
        offset = int(match[1])
        return b"%010d" % (offset + shift if offset > place else offset) + match[2]

    return body + _START.sub(b"startxref\n%d" % len(body), _XREF_ENTRY.sub(moved, pdf[table:]))
