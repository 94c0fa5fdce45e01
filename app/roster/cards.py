"""一人一张的信息表: a sheet about one child, each label left of its value, read as a list of one line."""

from app.roster.cells import cell_text
from app.roster.fields import field_of
from app.roster.headers import HEADER_WITHIN
from app.roster.reading import Cell, Sheet, column_letters

LEAST_LABELS, LEAST_ROWS = 5, 3
"""Labels with a value beside them, and rows they stand in, that make a sheet a card."""


def card_as_list(sheet: Sheet) -> Sheet:
    """A card as a header and one line, with the addresses of the values; every other sheet as it is."""
    pairs = [
        pair for place, row in enumerate(sheet.rows[:HEADER_WITHIN]) for pair in _pairs(sheet, place, row)
    ]
    names = [number for number, label, _, _ in pairs if _means(label) == "姓名"]
    rows = {number for number, *_ in pairs}
    if len(names) != 1 or len(pairs) < LEAST_LABELS or len(rows) < LEAST_ROWS:
        return sheet
    labels: list[Cell] = [label for _, label, _, _ in pairs]
    values = [value for _, _, value, _ in pairs]
    addresses = tuple(address for *_, address in pairs)
    return Sheet(sheet.name, [labels, values], names[0] - 1, addresses)


def _pairs(sheet: Sheet, place: int, row: list[Cell]) -> list[tuple[int, str, Cell, str]]:
    """The known labels of a row with the value beside each: row number, label, value, the value's address. A row of a
    list's header has a label beside each label, and so no pair."""
    found = []
    number = sheet.first_row + place
    cells = [
        (at, cell) for at, cell in enumerate(row) if cell_text(cell) and (at == 0 or row[at - 1] != cell)
    ]
    labels = {at for at, cell in cells if isinstance(cell, str) and _means(cell)}
    for at, cell in cells:
        beside = next((other for other, _ in cells if other > at), None)
        if at in labels and beside is not None and beside not in labels:
            address = f"{column_letters(beside)}{number}"
            found.append((number, cell_text(cell), row[beside], address))
    return found


def _means(label: str) -> str:
    found = field_of(label)
    return found[0] if found else ""
