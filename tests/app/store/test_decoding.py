"""What another office sends is read exactly as this program writes it, or not at all."""

import json
from typing import Any

import pytest

from app.domain.records import ClassGroup, Guardian, NationalDay, Student
from app.store import Store
from app.store.decoding import BadEntry, decoded, encoded
from tests.app.store.conftest import TODAY, add_school, add_student
from tests.app.store.offices import held, sent

ORIGIN = "00112233445566aa"
OTHER = "ffeeddccbbaa9988"
GOOD: dict[str, Any] = {
    "origin": ORIGIN, "seq": 7, "hlc": f"1772411400000.00000.{ORIGIN}", "tbl": "student", "row": "k1",
    "cells": {"name": ["林小满", "林小曼"], "birth": [None, "2015-05-01"]},
    "seen": {"name": {OTHER: 3}}, "pick": {"name": ["林小满", "林小曼"]},
    "operator": "王老师", "written_at": "2026-03-02T08:30:00+08:00",
}  # fmt: skip


def test_an_entry_is_read_with_what_it_had_seen_and_picked() -> None:
    (entry,) = decoded([GOOD])
    assert (entry.table, entry.row, entry.seq) == ("student", "k1", 7)
    assert entry.cells == {"name": ("林小满", "林小曼"), "birth": (None, "2015-05-01")}
    assert (entry.seen, entry.pick) == ({"name": {OTHER: 3}}, {"name": ("林小满", "林小曼")})
    assert entry.written_at.isoformat() == "2026-03-02T08:30:00+08:00"


def test_what_this_program_writes_comes_out_of_json_as_it_went_in(store: Store) -> None:
    group = store.write(add_school).value
    child = store.write(lambda tx: add_student(tx, 'a"b\\c\n「d」')).value
    school = store.read(lambda tx: tx.get(ClassGroup, group)).school_id
    store.write(lambda tx: tx.change(Student, child, unit_id=school, birth=TODAY))
    store.write(lambda tx: tx.add(Guardian(id="g", student_id=child, name="陈")))
    store.write(lambda tx: tx.add(NationalDay(id="n", unit_id=school, day=TODAY, workday=False, name="元宵")))
    store.write(lambda tx: tx.withdraw(Student, child, TODAY, "重复"))
    store.write(lambda tx: tx.change(Student, child, withdrawn_on=None))
    entries = held(store)
    assert len(entries) == 8
    assert sent(entries) == entries


def test_seen_and_pick_are_left_out_where_there_is_nothing() -> None:
    (entry,) = decoded([{key: value for key, value in GOOD.items() if key not in ("seen", "pick")}])
    assert not {"seen", "pick"} & encoded(entry).keys()


def _cells(table: str, **cells: object) -> dict[str, Any]:
    return {
        "tbl": table,
        "cells": {name: [None, value] for name, value in cells.items()},
        "seen": {},
        "pick": {},
    }


WRONG: dict[str, dict[str, Any]] = {
    "unknown table": {"tbl": "journal"},
    "a table of SQLite": {"tbl": "sqlite_master"},
    "unknown column": _cells("student", grade="五年级"),
    "a column that is SQL": _cells("student", **{"name = '' --": "x"}),
    "number for a text": _cells("student", name=5),
    "nothing for a text": _cells("student", name=None),
    "list for a text": _cells("student", name=["x"]),
    "text for a number": _cells("class_group", number="2"),
    "fraction for a number": _cells("class_group", number=2.5),
    "yes for a number": _cells("class_group", number=True),
    "a number too large": _cells("class_group", number=2**63),
    "a yes that is 2": _cells("national_day", workday=2),
    "no date": _cells("roll", day="2026-02-30"),
    "a date in another form": _cells("roll", day="20260302"),
    "nothing for a date that must be": _cells("roll", day=None),
    "a list that is none": _cells("case_file", evidence="{}"),
    "a list of numbers": _cells("issued_document", blanks="[1]"),
    "a map that is none": _cells("issued_document", data="[]"),
    "half a character": _cells("student", name="\ud800"),
    "an id that is not the row": _cells("student", id="k2"),
    "no cells": {"cells": {}, "seen": {}, "pick": {}},
    "a cell with one side": {"cells": {"name": ["x"]}, "seen": {}, "pick": {}},
    "an old value of a wrong type": {"cells": {"name": [5, "x"]}, "seen": {}, "pick": {}},
    "number 0": {"seq": 0},
    "a yes for a number of an entry": {"seq": True},
    "a number in text": {"seq": "7"},
    "no instance": {"origin": "x'; DROP TABLE journal"},
    "a stamp that is none": {"hlc": "gestern"},
    "a stamp of another": {"hlc": f"1772411400000.00000.{OTHER}"},
    "a short stamp": {"hlc": f"1.0.{ORIGIN}"},
    "empty row": {"row": ""},
    "a row as long as a book": {"row": "x" * 101},
    "no operator": {"operator": None},
    "a time without zone": {"written_at": "2026-03-02T08:30:00"},
    "no time": {"written_at": "heute"},
    "seen of a column not written": {"seen": {"phone": {OTHER: 1}}},
    "seen of its own instance": {"seen": {"name": {ORIGIN: 1}}},
    "seen with number 0": {"seen": {"name": {OTHER: 0}}},
    "seen as a list": {"seen": [OTHER]},
    "pick of one value": {"pick": {"name": ["林小满"]}},
    "pick of one value twice": {"pick": {"name": ["林小满", "林小满"]}},
    "pick of a wrong type": {"pick": {"name": ["林小满", 5]}},
    "a word more": {"note": "x"},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_whatever_this_program_would_not_write_is_refused_with_its_number(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadEntry, match="第2条") as refused:
        decoded([GOOD, GOOD | wrong])
    assert refused.value.number == 2
    assert refused.value.why


@pytest.mark.parametrize("missing", ["origin", "seq", "hlc", "tbl", "row", "cells", "operator", "written_at"])
def test_a_missing_word_is_refused(missing: str) -> None:
    with pytest.raises(BadEntry):
        decoded([{key: value for key, value in GOOD.items() if key != missing}])


@pytest.mark.parametrize("value", [None, 5, "entry", [GOOD]])
def test_what_is_no_entry_at_all_is_refused(value: object) -> None:
    with pytest.raises(BadEntry):
        decoded([value])


def test_a_list_nested_without_end_is_refused_and_not_a_crash() -> None:
    deep = "[" * 100_000 + "]" * 100_000
    with pytest.raises(BadEntry):
        decoded([GOOD | _cells("case_file", evidence=deep)])


def test_a_list_of_dates_keeps_its_form() -> None:
    evidence = json.dumps(["2026-03-02", "2026-03-03"])
    (entry,) = decoded([GOOD | _cells("case_file", evidence=evidence)])
    assert entry.new() == {"evidence": (TODAY, TODAY.replace(day=3))}
