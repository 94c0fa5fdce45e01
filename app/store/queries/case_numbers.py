"""Cases by their numbers, which repeat from school to school."""

from collections.abc import Collection
from itertools import chain

from app.domain.records import CaseFile
from app.store.transaction import Transaction


def cases_called(
    tx: Transaction, ids: Collection[str], numbers: Collection[tuple[int, int]]
) -> list[CaseFile]:
    """The cases that have one of `ids`, or one of `numbers` (year, place in the year) in whatever school; one question
    however many are asked for."""
    by_id = f"id IN ({', '.join('?' * len(ids))})"
    by_number = f"(year, seq) IN (VALUES {', '.join(['(?, ?)'] * len(numbers))})" if numbers else "0"
    return tx.find(CaseFile, f"{by_id} OR {by_number}", [*ids, *chain.from_iterable(numbers)])


def schools_with_cases(tx: Transaction) -> frozenset[str]:
    """The ids of the schools that have numbered a case."""
    return frozenset(row["unit_id"] for row in tx.rows("SELECT DISTINCT unit_id FROM case_file"))
