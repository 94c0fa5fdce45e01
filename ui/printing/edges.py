"""The ruled lines of a table: which of two neighbouring cells' borders is drawn, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ui.printing.boxes import Rule
from ui.printing.model import Border, Cell, Row, Table


@dataclass(frozen=True, slots=True)
class Slice:
    """The part of row number `row` that stands between two heights of a page."""

    row: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Claim:
    """A border someone asks for; one written in the cell outranks one inherited from the table."""

    border: Border
    explicit: bool


def column_edges(table: Table) -> tuple[float, ...]:
    """The x positions of the grid's vertical edges, from 0, in twips."""
    edges = [0.0]
    for width in table.columns:
        edges.append(edges[-1] + width)
    return tuple(edges)


def cell_at(row: Row, column: int) -> Cell | None:
    """The cell of the row that covers a grid column."""
    return next((cell for cell in row.cells if cell.column <= column < cell.column + cell.span), None)


def top_width(table: Table, index: int) -> float:
    """Height that the border above a row takes from it, in twips."""
    return _widest(table, index, "top")


def bottom_width(table: Table) -> float:
    """Height that the border below the last row takes under it, in twips."""
    return _widest(table, len(table.rows) - 1, "bottom") if table.rows else 0.0


def side_width(table: Table, index: int, cell: Cell, side: str) -> float:
    """Width in twips of the border on one side of a cell; half of it lies inside."""
    claim = _claim(table, index, cell, side)
    return claim.border.width if claim else 0.0


def _widest(table: Table, index: int, side: str) -> float:
    return max((side_width(table, index, cell, side) for cell in table.rows[index].cells), default=0.0)


def rules_of(table: Table, edges: tuple[float, ...], left: float, slices: list[Slice]) -> list[Rule]:
    """The ruled lines of the slices of one page, collinear neighbours joined; `left` is the table's x."""
    rules = [*_verticals(table, edges, slices), *_horizontals(table, edges, slices)]
    return [replace(rule, x1=rule.x1 + left, x2=rule.x2 + left) for rule in _joined(rules)]


def _claim(table: Table, index: int, cell: Cell, side: str) -> _Claim | None:
    own: Border | None = getattr(cell.borders, side)
    if own is not None:
        return _Claim(own, True)
    row = table.rows[index]
    outer = {
        "top": index == 0,
        "bottom": index == len(table.rows) - 1,
        "left": cell is row.cells[0],
        "right": cell is row.cells[-1],
    }[side]
    inside = table.borders.inside_h if side in ("top", "bottom") else table.borders.inside_v
    inherited: Border | None = getattr(table.borders, side) if outer else inside
    return _Claim(inherited, False) if inherited is not None else None


def _stronger(one: _Claim | None, other: _Claim | None) -> Border | None:
    claims = [claim for claim in (one, other) if claim is not None]
    if not claims:
        return None
    best = max(claims, key=lambda claim: (claim.explicit, claim.border.visible, claim.border.width))
    return best.border if best.border.visible else None


def _verticals(table: Table, edges: tuple[float, ...], slices: list[Slice]) -> Iterator[Rule]:
    for part in slices:
        cells = table.rows[part.row].cells
        for left, right in zip((None, *cells), (*cells, None), strict=True):
            x = edges[right.column] if right else edges[left.column + left.span] if left else 0.0
            border = _stronger(
                _claim(table, part.row, left, "right") if left else None,
                _claim(table, part.row, right, "left") if right else None,
            )
            if border:
                yield Rule(x, part.top, x, part.bottom, border)


def _horizontals(table: Table, edges: tuple[float, ...], slices: list[Slice]) -> Iterator[Rule]:
    for above, below in zip([None, *slices], [*slices, None], strict=True):
        y = below.top if below else above.bottom if above else 0.0
        for column in range(len(table.columns)):
            upper = cell_at(table.rows[above.row], column) if above else None
            lower = cell_at(table.rows[below.row], column) if below else None
            if above and below and upper and lower and _merged(above.row, below.row, lower):
                continue
            border = _stronger(
                _claim(table, above.row, upper, "bottom") if above and upper else None,
                _claim(table, below.row, lower, "top") if below and lower else None,
            )
            if border:
                yield Rule(edges[column], y, edges[column + 1], y, border)


def _merged(above: int, below: int, lower: Cell) -> bool:
    return below == above + 1 and lower.merge == "continue"


def _joined(rules: list[Rule]) -> Iterator[Rule]:
    """Rules that touch end to end in one direction and look alike become one."""
    upright = sorted((rule for rule in rules if rule.x1 == rule.x2), key=lambda rule: (rule.x1, rule.y1))
    level = sorted((rule for rule in rules if rule.x1 != rule.x2), key=lambda rule: (rule.y1, rule.x1))
    for ordered in (upright, level):
        pending: Rule | None = None
        for rule in ordered:
            if pending and (pending.x2, pending.y2, pending.border) == (rule.x1, rule.y1, rule.border):
                pending = replace(pending, x2=rule.x2, y2=rule.y2)
                continue
            if pending:
                yield pending
            pending = rule
        if pending:
            yield pending
