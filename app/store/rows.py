"""Records to rows and back, by the types of the dataclass fields. No queries, no laziness, no identity map."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Generic, TypeVar, get_type_hints

from app.domain.records import JOURNALED, Record
from app.domain.records.record import table_name

R = TypeVar("R", bound=Record)

Cell = str | int | None
"""What SQLite keeps of a value: text, whole number or nothing."""


@dataclass(frozen=True)
class _Form:
    """How values of one type are kept: to the cell and back."""

    to_cell: Callable[[Any], Cell]
    from_cell: Callable[[Any], object]


def _exactly(kind: type) -> Callable[[Any], Any]:
    """A check that a value has the type its field says; a wrong one is a bug and must not reach the file."""

    def check(value: object) -> object:
        if type(value) is not kind:
            raise TypeError(f"expected {kind.__name__}, got {value!r}")
        return value

    return check


def _day(value: object) -> str:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError(f"expected date, got {value!r}")
    return value.isoformat()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _texts(values: Iterable[Any]) -> str:
    return _json([_exactly(str)(value) for value in values])


def _text_map(values: Mapping[Any, Any]) -> str:
    return _json({_exactly(str)(key): _exactly(str)(value) for key, value in values.items()})


_FORMS: dict[object, _Form] = {
    str: _Form(_exactly(str), str),
    int: _Form(_exactly(int), int),
    bool: _Form(lambda value: int(_exactly(bool)(value)), bool),
    date: _Form(_day, date.fromisoformat),
    date | None: _Form(
        lambda value: None if value is None else _day(value),
        lambda cell: None if cell is None else date.fromisoformat(cell),
    ),
    tuple[date, ...]: _Form(
        lambda values: _json([_day(value) for value in values]),
        lambda cell: tuple(date.fromisoformat(text) for text in json.loads(cell)),
    ),
    tuple[str, ...]: _Form(_texts, lambda cell: tuple(json.loads(cell))),
    dict[str, str]: _Form(_text_map, json.loads),
}


class Table(Generic[R]):
    """One stored record class: its table name, its columns and the SQL that never varies."""

    def __init__(self, record: type[R]) -> None:
        hints = get_type_hints(record)
        self._record = record
        self._forms = {field.name: _FORMS[hints[field.name]] for field in fields(record)}
        self.name = table_name(record)
        self.columns = tuple(self._forms)
        self._values: Callable[[R], tuple[Any, ...]] = attrgetter(*self.columns)
        self._texts = [place for place, kind in enumerate(self._forms) if hints[kind] is str]
        self._others = [
            (place, form.to_cell)
            for place, form in enumerate(self._forms.values())
            if place not in self._texts
        ]
        self._kept_otherwise = [
            (name, form.from_cell) for name, form in self._forms.items() if form.from_cell not in (str, int)
        ]
        names = ", ".join(self.columns)
        self.insert = f"INSERT INTO {self.name} ({names}) VALUES ({', '.join('?' for _ in self.columns)})"
        self.select = f"SELECT {names} FROM {self.name}"

    def cells(self, record: R) -> list[Cell]:
        """The cells of a record in the order of `columns`. Raises TypeError for a value of a wrong type."""
        cells: list[Any] = list(self._values(record))
        for place, to_cell in self._others:
            cells[place] = to_cell(cells[place])
        for place in self._texts:
            if type(cells[place]) is not str:
                raise TypeError(f"expected str, got {cells[place]!r}")
        return cells

    def cell(self, column: str, value: object) -> Cell:
        """One value as it is kept. Raises KeyError for an unknown column, TypeError for a wrong type."""
        return self._forms[column].to_cell(value)

    def value(self, column: str, cell: Cell) -> object:
        """One kept cell as the value of its field."""
        return self._forms[column].from_cell(cell)

    def holds(self, column: str, cell: object) -> bool:
        """Whether `cell` is exactly how this program keeps a value of that column; for what comes from outside.

        Raises KeyError for an unknown column.
        """
        form = self._forms[column]
        if not (cell is None or type(cell) in (str, int)):
            return False
        try:
            return form.to_cell(form.from_cell(cell)) == cell
        except (TypeError, ValueError, AttributeError, RecursionError):
            return False

    def record(self, row: Iterable[Cell]) -> R:
        """The record of a row that holds `columns` in order.

        Every field is given, and set in one go: a frozen dataclass would set each by a call of its own.
        """
        values: dict[str, Any] = dict(zip(self.columns, row, strict=True))
        for name, from_cell in self._kept_otherwise:
            values[name] = from_cell(values[name])
        made = object.__new__(self._record)
        made.__dict__.update(values)
        return made


_TABLES: dict[type[Record], Table[Any]] = {record: Table(record) for record in JOURNALED}


def table_of(record: type[R]) -> Table[R]:
    """The table of a record class. Raises KeyError for a class that is not stored."""
    return _TABLES[record]


def journaled_tables() -> dict[str, Table[Any]]:
    """Every journaled table by its name."""
    return {table.name: table for table in _TABLES.values()}
