"""Giving out numbers: the next one of a series, held in the high-water mark outside before it is committed in the
database.

A power cut between the two leaves a number unused; it is shown as a gap with its reason and is never given again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.errors import UserError
from app.store.engine import Database, scalar
from app.store.high_water import CASES, HighWater, HighWaterFile, Series

_NOT_HERE = (
    "这份数据现在不编号：它是复制来的，或者本机没有它的编号记录。"
    "请先在“设置→备份”里点“这是本单位正在用的数据”（命令行：instance working-copy），再办这件事。"
)
_TAKEN = "另一份数据刚刚用了同样的号，这一步没有保存。请再做一次。"
_BEFORE_RESTORE = "在恢复备份前已用，留空"
_ELSEWHERE = "在另一份数据里已用，留空"
_CUT_OFF = "编号时中断，没有用成，留空"


@dataclass(frozen=True)
class NumberGap:
    """Numbers of a series, both ends included, that no record here has, and why in words.

    `ahead`: no higher number is in use yet; the next one comes after them.
    """

    series: Series
    first: int
    last: int
    why: str
    ahead: bool = False


class Numbering:
    """The numbers of one open database, for its thread. `taken` are those of the transaction under way."""

    def __init__(self, file: HighWaterFile, origin: str) -> None:
        self.file = file
        self.origin = origin
        self._taken: dict[Series, tuple[int, int]] = {}  # the first and the last

    @property
    def issues(self) -> bool:
        """Whether this instance issues the numbers of its unit."""
        return _is_issuer(self.file.read(), self.origin)

    def take_up(self) -> None:
        """A new transaction begins."""
        self._taken = {}

    def next(self, db: Database, series: Series) -> int:
        """The next number of `series`, from 1. Raises UserError where this instance issues none."""
        high_water = self.file.read()
        if high_water is None or not _is_issuer(high_water, self.origin):
            raise UserError(_NOT_HERE)
        first, last = self._taken.get(series, (0, 0))
        number = max(high_water.numbers.get(series, 0), last, _highest(db, series)) + 1
        self._taken[series] = (first or number, number)
        return number

    def hold(self) -> bool:
        """Before the commit: write the numbers taken into the high-water mark; whether there were any.

        Raises UserError when the right went to another folder meanwhile, EnvironmentProblem when the disk refuses.
        """
        if self._taken:
            self.file.change(self._held)
        return bool(self._taken)

    def _held(self, high_water: HighWater | None) -> HighWater:
        if high_water is None or not _is_issuer(high_water, self.origin):
            raise UserError(_NOT_HERE)
        if any(high_water.numbers.get(series, 0) >= first for series, (first, _last) in self._taken.items()):
            raise UserError(_TAKEN)
        return replace(
            high_water, numbers=high_water.raised({one: last for one, (_first, last) in self._taken.items()})
        )

    def gaps(self, db: Database) -> list[NumberGap]:
        """The numbers no record has although a higher one is used, of the series that are issued here."""
        high_water = self.file.read()
        issues = _is_issuer(high_water, self.origin)
        ends = used_numbers(db)
        if high_water is not None and issues:
            ends = dict(high_water.raised(ends))
        return [gap for series in sorted(ends) for gap in self._gaps_of(db, series, ends[series])]

    def _gaps_of(self, db: Database, series: Series, end: int) -> Iterator[NumberGap]:
        before = 0
        for number, row in [*_places(db, series), (end + 1, "")]:
            if number > before + 1:
                why = _why(db, row, self.origin)
                if why:
                    yield NumberGap(series, before + 1, number - 1, why, ahead=not row)
            before = number


def used_numbers(db: Database) -> dict[Series, int]:
    """The highest number of every series in the database."""
    cases = "SELECT ?, unit_id, year, max(seq) FROM case_file GROUP BY unit_id, year"
    papers = "SELECT kind, unit_id, year, max(seq) FROM issued_document GROUP BY kind, unit_id, year"
    rows = [*db.conn.execute(cases, (CASES,)), *db.conn.execute(papers)]
    return {Series(kind, unit, year): last for kind, unit, year, last in rows}


def _is_issuer(high_water: HighWater | None, origin: str) -> bool:
    return high_water is not None and high_water.issuer == origin


def _highest(db: Database, series: Series) -> int:
    table, where, values = _where(series)
    return int(scalar(db, f"SELECT coalesce(max(seq), 0) FROM {table} WHERE {where}", *values))


def _places(db: Database, series: Series) -> list[tuple[int, str]]:
    table, where, values = _where(series)
    rows = db.conn.execute(f"SELECT seq, id FROM {table} WHERE {where} ORDER BY seq", values)
    return [(int(seq), str(row)) for seq, row in rows]


def _where(series: Series) -> tuple[str, str, tuple[object, ...]]:
    if series.kind == CASES:
        return "case_file", "unit_id = ? AND year = ?", (series.unit_id, series.year)
    where = "kind = ? AND unit_id = ? AND year = ?"
    return "issued_document", where, (series.kind, series.unit_id, series.year)


def _why(db: Database, row: str, current: str) -> str:
    """Why the numbers below that of `row` are missing, by the instance that wrote it; '' where it was none of ours."""
    newest = "SELECT origin FROM journal WHERE row = ? ORDER BY hlc LIMIT 1"
    writer = str(scalar(db, newest, row) or "") if row else current
    reason = scalar(db, "SELECT reason FROM instance WHERE origin = ?", writer)
    if reason is None:
        return ""
    if str(reason).startswith("restored"):
        return _BEFORE_RESTORE
    return _ELSEWHERE if str(reason).startswith("copied") else _CUT_OFF


class NumbersOf:
    """The numbers as a use case asks for them within its transaction."""

    def __init__(self, numbering: Numbering, db: Database) -> None:
        self._numbering = numbering
        self._db = db

    @property
    def issued_here(self) -> bool:
        """Whether this folder is the one that issues the unit's numbers; a copied one issues none."""
        return self._numbering.issues

    def next(self, series: Series) -> int:
        """The next number of `series`, from 1; lasting with the transaction, and given to nobody else.

        Taken only inside a write. Raises UserError where this instance issues no numbers.
        """
        return self._numbering.next(self._db, series)

    def gaps(self) -> list[NumberGap]:
        """The numbers that no record has although higher ones are used, with the reason, by series."""
        return self._numbering.gaps(self._db)
