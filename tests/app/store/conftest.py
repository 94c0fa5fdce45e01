"""A store in a throw-away folder, with a clock that stands still and argon2id at its cheapest."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from nacl import pwhash

from app.domain.records import ClassGroup, Student, Unit
from app.settings import DataFolder
from app.store import Store, Transaction, keys

TODAY = date(2026, 3, 2)

SHIPPED_COST = (keys.OPSLIMIT, keys.MEMLIMIT)


@dataclass
class StandingClock:
    """A clock the test moves by hand."""

    now: datetime = datetime(2026, 3, 2, 8, 30, tzinfo=timezone(timedelta(hours=8)))

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(autouse=True)
def _cheap_key_derivation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "OPSLIMIT", pwhash.argon2id.OPSLIMIT_MIN)
    monkeypatch.setattr(keys, "MEMLIMIT", pwhash.argon2id.MEMLIMIT_MIN)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "数据")


@pytest.fixture
def store(folder: DataFolder, clock: StandingClock) -> Iterator[Store]:
    with Store.create(folder, "密码甲", "王老师", clock).store as made:
        yield made


def add_school(tx: Transaction) -> str:
    """A school with one class; gives the class id."""
    school, group = tx.new_id(), tx.new_id()
    tx.add(Unit(id=school, level="学校", name="和平学校"))
    tx.add(ClassGroup(id=group, school_id=school, stage="小学", entry_year=2021, number=2))
    return group


def add_student(tx: Transaction, name: str) -> str:
    """A child without a class; gives its id."""
    student = tx.new_id()
    tx.add(Student(id=student, name=name))
    return student


def names(store: Store) -> list[str]:
    """Every child in the store, by id."""
    return [student.name for student in store.read(lambda tx: tx.find(Student))]
