"""Journal entries as JSON, for the way to another office and back; what comes in is read strictly or not at all."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from app.errors import UserError
from app.store.journal import JournalEntry
from app.store.rows import Cell, Table, journaled_tables

T = TypeVar("T")

_ORIGIN = re.compile(r"[0-9a-f]{16}")
_TICK = re.compile(r"[0-9]{13}\.[0-9]{5}")
_LARGEST = 2**63 - 1  # what SQLite keeps as a whole number
_LONGEST_ID = 100
_NEEDED = frozenset({"origin", "seq", "hlc", "tbl", "row", "cells", "operator", "written_at"})
_OPTIONAL = frozenset({"seen", "pick"})


class BadEntry(UserError):
    """An entry from another office that this program cannot take: `why` says what is wrong, in English for the log."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(
            f"送来的第{number}条记录读不懂，这一份一条也没有采用。请对方用最新版本的归学重新导出一份。"
        )
        self.number = number
        self.why = why


class _WrongError(Exception):
    """What is wrong with the entry at hand."""


def encoded(entry: JournalEntry) -> dict[str, object]:
    """The entry as plain JSON values; `seen` and `pick` are left out when empty."""
    columns = journaled_tables()[entry.table].columns  # without those that later schemas dropped
    plain: dict[str, object] = {
        "origin": entry.origin,
        "seq": entry.seq,
        "hlc": entry.hlc,
        "tbl": entry.table,
        "row": entry.row,
        "cells": {column: list(pair) for column, pair in entry.cells.items() if column in columns},
        "operator": entry.operator,
        "written_at": entry.written_at.isoformat(timespec="seconds"),
    }
    if entry.seen:
        plain["seen"] = entry.seen
    if entry.pick:
        plain["pick"] = {column: list(values) for column, values in entry.pick.items()}
    return plain


def decoded(values: Iterable[object]) -> list[JournalEntry]:
    """The entries of parsed JSON. Raises BadEntry for the first that is not exactly as this program writes them."""
    entries: list[JournalEntry] = []
    for number, value in enumerate(values, start=1):
        try:
            entries.append(_entry(value))
        except _WrongError as wrong:
            raise BadEntry(number, str(wrong)) from wrong
    return entries


def _entry(value: object) -> JournalEntry:
    given = _object(value, "entry")
    _require(given.keys() >= _NEEDED and given.keys() <= _NEEDED | _OPTIONAL, f"keys {sorted(given)}")
    table = _table(given["tbl"])
    origin, row = _origin(given["origin"]), _text(given["row"], "row")
    _require(0 < len(row) <= _LONGEST_ID, "length of row")
    cells = {name: _pair(table, name, pair) for name, pair in _object(given["cells"], "cells").items()}
    _require(bool(cells), "no cells")
    _require("id" not in cells or cells["id"] == (None, row), "id is not the row")
    return JournalEntry(
        origin,
        _number(given["seq"], "seq"),
        _stamp(given["hlc"], origin),
        table.name,
        row,
        cells,
        _text(given["operator"], "operator"),
        _moment(given["written_at"]),
        _by_column(given.get("seen", {}), cells, lambda _name, seen: _seen(seen, origin)),
        _by_column(given.get("pick", {}), cells, lambda name, values: _pick(table, name, values)),
    )


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise _WrongError(what)


def _object(value: object, what: str) -> Mapping[str, Any]:
    _require(isinstance(value, dict), f"{what} is no object")
    assert isinstance(value, dict)  # for the type checker
    return value


def _text(value: object, what: str) -> str:
    if not isinstance(value, str) or "\0" in value or not _is_unicode(value):
        raise _WrongError(f"{what} is no text")
    return value


def _is_unicode(text: str) -> bool:
    """JSON can spell half a character, which no database keeps."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _number(value: object, what: str) -> int:
    if type(value) is not int or not 1 <= value <= _LARGEST:
        raise _WrongError(f"{what} is no number from 1 on")
    return value


def _origin(value: object) -> str:
    origin = _text(value, "origin")
    _require(_ORIGIN.fullmatch(origin) is not None, "origin is no instance")
    return origin


def _stamp(value: object, origin: str) -> str:
    stamp = _text(value, "hlc")
    tick, _dot, writer = stamp.rpartition(".")
    _require(_TICK.fullmatch(tick) is not None and writer == origin, f"hlc {stamp}")
    return stamp


def _moment(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(value, "written_at"))
    except ValueError as error:
        raise _WrongError("written_at is no time") from error
    _require(moment.tzinfo is not None, "written_at has no zone")
    return moment


def _table(value: object) -> Table[Any]:
    table = journaled_tables().get(_text(value, "tbl"))
    if table is None:
        raise _WrongError(f"unknown table {value}")
    return table


def _pair(table: Table[Any], column: str, pair: object) -> tuple[Cell, Cell]:
    _require(column in table.columns, f"unknown column {column} of {table.name}")
    if not isinstance(pair, list) or len(pair) != 2:
        raise _WrongError(f"{column} is not [old, new]")
    old, new = pair
    return (None if old is None else _cell(table, column, old), _cell(table, column, new))


def _cell(table: Table[Any], column: str, value: object) -> Cell:
    if not table.holds(column, value):
        raise _WrongError(f"{table.name}.{column} cannot hold {type(value).__name__}")
    if isinstance(value, str):
        return _text(value, column)
    assert value is None or isinstance(value, int)  # as `holds` found
    _require(value is None or -_LARGEST <= value <= _LARGEST, f"{column} is too large")
    return value


def _by_column(value: object, cells: Mapping[str, object], read: Callable[[str, object], T]) -> dict[str, T]:
    given = _object(value, "seen or pick")
    _require(given.keys() <= cells.keys(), "seen or pick of a column that was not written")
    return {name: read(name, one) for name, one in given.items()}


def _seen(value: object, origin: str) -> dict[str, int]:
    seen = {_origin(name): _number(seq, "seen") for name, seq in _object(value, "seen").items()}
    _require(bool(seen) and origin not in seen, "seen names none, or its own instance")
    return seen


def _pick(table: Table[Any], column: str, values: object) -> tuple[Cell, ...]:
    if not isinstance(values, list):
        raise _WrongError("pick is no list")
    picked: Sequence[Cell] = [_cell(table, column, value) for value in values]
    _require(len(set(picked)) == len(picked) > 1, "pick names no two values")
    return tuple(picked)
