"""Two offices with a folder each that hand each other what their journals hold, through JSON as a stick would."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from app.settings import DataFolder
from app.store import JournalEntry, Store
from app.store.decoding import decoded, encoded
from app.store.journal import select_entries
from app.store.receiving import Received
from tests.app.store.conftest import StandingClock


@contextmanager
def office(folder: Path, operator: str, ahead: timedelta = timedelta()) -> Iterator[Store]:
    """A new office whose clock stands, `ahead` of that of the others."""
    clock = StandingClock(StandingClock().now + ahead)
    with Store.create(DataFolder(folder), "密码", operator, clock).store as store:
        yield store


def held(store: Store) -> list[JournalEntry]:
    """Every entry the office holds, whoever wrote it."""
    return store.on_worker(lambda db, _key: select_entries(db, "1", ()))


def sent(entries: Iterable[JournalEntry]) -> list[JournalEntry]:
    """The entries as they come out of a bundle."""
    return decoded(json.loads(json.dumps([encoded(entry) for entry in entries])))


def hand(giver: Store, taker: Store) -> Received:
    """Everything the giver holds, taken in by the other."""
    return take(taker, held(giver))


def take(store: Store, entries: Iterable[JournalEntry]) -> Received:
    """The entries, taken in through JSON."""
    return store.write(lambda tx: tx.receive(sent(entries))).value


def exchange(one: Store, other: Store) -> None:
    """Both hold the same afterwards."""
    hand(one, other)
    hand(other, one)
