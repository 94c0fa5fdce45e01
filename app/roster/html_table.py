"""The .xls that is really a web page: its tables as rows of text.

Many school systems export an HTML table under the name .xls and every spreadsheet program opens it.
"""

from collections.abc import Iterator

from lxml import html

MAX_SPAN = 200  # a roster has fewer columns; a larger span is a broken or hostile file
Table = list[list[str]]


def html_tables(text: str) -> list[Table]:
    """The tables in `text` as rows of cell texts; a colspan repeats its text, a rowspan repeats it downward."""
    page = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    found = [_rows(table) for table in page.iter("table")]
    return [table for table in found if table]


def _rows(table: html.HtmlElement) -> Table:
    rows: Table = []
    below: dict[int, tuple[int, str]] = {}  # column → rows still to fill, text
    for line in _own(table, "tr"):
        row: list[str] = []
        for cell in line.iterchildren("td", "th"):
            _fill_from_above(row, below)
            text, down = _text(cell), _span(cell.get("rowspan"))
            for _ in range(_span(cell.get("colspan"))):
                if down > 1:
                    below[len(row)] = (down - 1, text)
                row.append(text)
        _fill_from_above(row, below)
        rows.append(row)
    return rows


def _own(table: html.HtmlElement, tag: str) -> Iterator[html.HtmlElement]:
    """The elements of `table` that are not of a table inside it."""
    for one in table.iter(tag):
        if next(one.iterancestors("table"), None) is table:
            yield one


def _text(cell: html.HtmlElement) -> str:
    parts: list[str] = []
    for one in cell.iter():
        if one.tag == "br":
            parts.append("\n")
        elif one is not cell and one.tag in {"script", "style"}:
            continue
        elif isinstance(one.tag, str) and one.text:
            parts.append(one.text)
        if one is not cell and one.tail:
            parts.append(one.tail)
    return "".join(parts).strip()


def _fill_from_above(row: list[str], below: dict[int, tuple[int, str]]) -> None:
    while len(row) in below:
        left, text = below.pop(len(row))
        if left > 1:
            below[len(row)] = (left - 1, text)
        row.append(text)


def _span(value: str | None) -> int:
    return min(max(int(value), 1), MAX_SPAN) if value and value.isdecimal() else 1
