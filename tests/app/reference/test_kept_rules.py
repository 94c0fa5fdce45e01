"""Rule files are read once and again only when they change; a holiday table is built once for the same days."""

import os
from datetime import date
from pathlib import Path

import pytest

from app.domain.records import NationalDay
from app.reference import file_stamps, rule_sets
from app.reference.file_stamps import stamp_of
from app.reference.national_days import national_table
from app.reference.rule_sets import load_rule_set

LAST_YEAR = 1_760_000_000  # seconds: long enough ago that a stamp is trusted
ONE_RULE = """id = "{id}"
name = "{name}"
source = "试县文件"
in_force_from = 2026-01-01
{extends}
[[rule]]
key = "{key}"
event = "连续无故缺勤"
start = "首日缺勤"
op = ">="
number = {number}
unit = "上课日"
acts = ["{act}"]
effect = "建立个案"
"""


def put(
    folder: Path, rule_set: str, number: int, *, name: str = "甲县", extends: str = "", at: int = 0
) -> Path:
    file = folder / f"{rule_set}.toml"
    base = f'extends = "{extends}"' if extends else ""
    key, act = ("预警", "联系家长") if extends else ("开个案", "开个案")
    text = ONE_RULE.format(id=rule_set, name=name, number=number, extends=base, key=key, act=act)
    file.write_text(text, encoding="utf-8")
    os.utime(file, (LAST_YEAR + at, LAST_YEAR + at))
    return file


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the rule files that were read and parsed, one after another."""
    seen: list[str] = []

    def counted(path: Path) -> object:
        seen.append(path.stem)
        return file_read(path)

    file_read = rule_sets.read_rule_file
    monkeypatch.setattr(rule_sets, "read_rule_file", counted)
    return seen


def test_a_file_that_did_not_change_is_read_once(tmp_path: Path, reads: list[str]) -> None:
    put(tmp_path, "one", 3)
    assert [load_rule_set("one", tmp_path, None).rules[0].number for _ in range(3)] == [3, 3, 3]
    assert reads == ["one"]


def test_a_changed_number_is_seen_though_the_file_is_as_long_as_before(
    tmp_path: Path, reads: list[str]
) -> None:
    put(tmp_path, "one", 3)
    assert load_rule_set("one", tmp_path, None).rules[0].number == 3
    put(tmp_path, "one", 5, at=60)
    assert load_rule_set("one", tmp_path, None).rules[0].number == 5
    assert reads == ["one", "one"]


def test_a_longer_name_is_seen_though_the_clock_did_not_move(tmp_path: Path) -> None:
    put(tmp_path, "one", 3)
    assert load_rule_set("one", tmp_path, None).name == "甲县"
    put(tmp_path, "one", 3, name="甲县（2026修订）")
    assert load_rule_set("one", tmp_path, None).name == "甲县（2026修订）"


def test_a_change_of_the_base_reaches_the_set_that_inherits_from_it(tmp_path: Path, reads: list[str]) -> None:
    put(tmp_path, "base", 3)
    put(tmp_path, "one", 1, extends="base")
    assert [rule.number for rule in load_rule_set("one", tmp_path, None).rules] == [1, 3]
    put(tmp_path, "base", 7, at=60)
    assert [rule.number for rule in load_rule_set("one", tmp_path, None).rules] == [1, 7]
    assert reads == ["one", "base", "one", "base"]


def test_a_countys_own_copy_of_the_base_takes_its_place_at_once(tmp_path: Path) -> None:
    shipped, county = tmp_path / "shipped", tmp_path / "county"
    shipped.mkdir()
    county.mkdir()
    put(shipped, "base", 3)
    put(shipped, "one", 1, extends="base")
    assert [rule.number for rule in load_rule_set("one", shipped, county).rules] == [1, 3]
    put(county, "base", 9)
    assert [rule.number for rule in load_rule_set("one", shipped, county).rules] == [1, 9]
    (county / "base.toml").unlink()
    assert [rule.number for rule in load_rule_set("one", shipped, county).rules] == [1, 3]


def test_nothing_is_kept_of_a_file_that_was_written_this_moment(
    tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "one", 3)
    monkeypatch.setattr(file_stamps.time, "time_ns", lambda: (LAST_YEAR + 1) * 1_000_000_000)
    assert stamp_of(tmp_path / "one.toml") is None
    load_rule_set("one", tmp_path, None)
    load_rule_set("one", tmp_path, None)
    assert reads == ["one", "one"]


def test_a_file_that_is_not_there_has_no_stamp(tmp_path: Path) -> None:
    assert stamp_of(tmp_path / "gone.toml") is None


def test_the_table_of_the_same_typed_days_is_built_once_and_another_for_other_days() -> None:
    def new_year(*, workday: bool) -> NationalDay:
        return NationalDay(id="n", unit_id="u", day=date(2027, 1, 1), workday=workday, name="元旦")

    table = national_table([new_year(workday=False)])
    assert national_table([new_year(workday=False)]) is table
    assert national_table([new_year(workday=True)])(date(2027, 1, 1)).workday
    assert not table(date(2027, 1, 1)).workday
