"""The step that says whose holiday tables and imports are, and names rule texts by what they say."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.domain.records import CaseFile, ImportRun, NationalDay, RosterLead, RuleText
from app.settings import DataFolder
from app.store import Store
from app.store.engine import Database, connect, scalar
from app.store.keys import KeySlots
from tests.app.store.conftest import StandingClock

RELEASED = Path(__file__).parents[2] / "data" / "release_2"
TODAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path, clock: StandingClock) -> Iterator[Store]:
    """The school of the second release, brought up to date."""
    shutil.copytree(RELEASED, tmp_path / "data")
    with Store.open(DataFolder(tmp_path / "data"), "old-oak", "", TODAY, clock) as opened:
        yield opened


def test_holiday_tables_and_imports_belong_to_the_unit_of_the_folder(store: Store) -> None:
    unit = store.read(lambda tx: tx.setting("unit_id"))
    days = store.read(lambda tx: tx.find(NationalDay, order="day"))
    runs = store.read(lambda tx: tx.find(ImportRun, order="imported_on"))
    assert [(one.day.isoformat(), one.workday, one.unit_id) for one in days] == [
        ("2027-01-01", False, unit),
        ("2027-01-02", False, unit),
        ("2027-01-03", False, unit),
        ("2027-01-10", True, unit),
    ]
    assert [(one.file_name, one.unit_id) for one in runs] == [
        ("九月名册.xlsx", unit),
        ("十一月名册.xlsx", unit),
    ]


def test_a_rule_text_is_named_by_its_hash_and_each_case_still_has_its_own(store: Store) -> None:
    texts = {one.id: one for one in store.read(lambda tx: tx.find(RuleText))}
    assert all(hashlib.sha256(one.text.encode()).hexdigest() == one.id for one in texts.values())
    cases = store.read(lambda tx: tx.find(CaseFile, order="seq"))
    assert [texts[one.rule_text_id].rule_set for one in cases] == ["mengjin", "datian"]


def test_what_refers_to_an_import_still_finds_it(store: Store) -> None:
    (lead,) = store.read(lambda tx: tx.find(RosterLead))
    assert store.read(lambda tx: tx.get(ImportRun, lead.run_id)).file_name == "十一月名册.xlsx"


def test_every_row_still_reads_as_its_entries_say(store: Store) -> None:
    def laid(db: Database, _key: bytes) -> list[tuple[str, str, str]]:
        """The cells that differ from the last word of the journal on them."""
        said: dict[tuple[str, str], dict[str, object]] = {}
        for table, row, cells in db.conn.execute("SELECT tbl, row, cells FROM journal ORDER BY position"):
            said.setdefault((table, row), {}).update(
                {column: pair[1] for column, pair in json.loads(cells).items()}
            )
        wrong = []
        for table in ("national_day", "import_run", "rule_text", "case_file"):
            cursor = db.conn.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                held = {
                    name: value for name, value in zip(names, row, strict=True) if not name.endswith("_ref")
                }
                word = said[table, str(held["id"])]
                wrong += [
                    (table, str(held["id"]), name)
                    for name, value in held.items()
                    if (value or None) != (word.get(name) or None) and (value, word.get(name)) != ("[]", None)
                ]
        return wrong

    assert store.on_worker(laid) == []


def test_the_step_writes_no_entry_of_its_own(tmp_path: Path, clock: StandingClock) -> None:
    folder = DataFolder(tmp_path / "data")
    shutil.copytree(RELEASED, folder.root)
    touched = "SELECT count(*) FROM journal WHERE tbl IN ('national_day', 'import_run', 'rule_text')"
    with connect(folder.database, KeySlots.load(folder.keyslots).by_password("old-oak")) as before:
        entries = scalar(before, touched)
    with Store.open(folder, "old-oak", "", TODAY, clock) as after:
        assert after.on_worker(lambda db, _key: scalar(db, touched)) == entries
