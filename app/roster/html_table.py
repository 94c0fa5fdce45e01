"""The .xls that is really a web page: its tables as rows of text.

Many school systems export an HTML table under the name .xls and every spreadsheet program opens it.
"""

from html.parser import HTMLParser

MAX_SPAN = 200  # a roster has fewer columns; a larger span is a broken or hostile file


def html_tables(text: str) -> list[list[list[str]]]:
    """The tables in `text` as rows of cell texts; a colspan repeats its text, a rowspan repeats it downward."""
    reader = _Tables()
    reader.feed(text)
    reader.close()
    return [table for table in reader.tables if table]


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._below: dict[int, tuple[int, str]] = {}  # column → rows still to fill, text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
            self._below = {}
        elif tag == "tr" and self.tables:
            self._end_cell()
            self.tables[-1].append([])
        elif tag in {"td", "th"} and self.tables and self.tables[-1]:
            self._end_cell()
            self._fill_from_above()
            self._cell = []
            wanted = dict(attrs)
            self._span = (_span(wanted.get("colspan")), _span(wanted.get("rowspan")))
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self._end_cell()
        if tag == "tr" and self.tables and self.tables[-1]:
            self._fill_from_above()

    def close(self) -> None:
        super().close()
        self._end_cell()

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        text = "".join(self._cell).strip()
        row = self.tables[-1][-1]
        for _ in range(self._span[0]):
            if self._span[1] > 1:
                self._below[len(row)] = (self._span[1] - 1, text)
            row.append(text)
        self._cell = None

    def _fill_from_above(self) -> None:
        row = self.tables[-1][-1]
        while len(row) in self._below:
            left, text = self._below.pop(len(row))
            if left > 1:
                self._below[len(row)] = (left - 1, text)
            row.append(text)


def _span(value: str | None) -> int:
    return min(max(int(value), 1), MAX_SPAN) if value and value.isdecimal() else 1
