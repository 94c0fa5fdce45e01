"""A county's own rule file, mistyped or gone: the program goes on, says so until it is mended, and loses no case."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import create_program
from app.service.cases.reading import show_case
from app.service.children.students import NewStudent, add_student
from app.service.office.rule_sets import broken_rules, copy_rules, free_id, list_rules
from app.service.office.units import UnitEntry
from app.service.program import Program
from app.service.screens.case import open_by_hand
from app.service.screens.overview import window_facts
from app.service.screens.settings import choose_rules, rules_in_use
from app.service.screens.today import today_view

TODAY = date(2026, 11, 20)
UNIT = UnitEntry(level="school", name="石桥小学", rules="mengjin")


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Program]:
    """A school that uses its own copy of a rule set, in which a case opens at four days and not at three."""
    with create_program(tmp_path / "data", "old-oak", "王老师", TODAY, UNIT)[0] as program:
        program.store.folder.rules.mkdir(exist_ok=True)
        copy_rules(program.store.folder, "datian", "own-1", "青石县（2026）")
        file = own_file(program)
        file.write_text(file.read_text("utf-8").replace("number = 3", "number = 4"), "utf-8")
        program.write(choose_rules, "own-1")
        yield program


def own_file(school: Program) -> Path:
    return school.store.folder.rules / "own-1.toml"


def spoil(school: Program) -> None:
    """A line typed into the file that no program can read."""
    file = own_file(school)
    file.write_text(file.read_text("utf-8") + "改成三天\n", "utf-8")


def test_a_mistyped_rule_file_is_replaced_by_the_general_rules_until_it_is_mended(school: Program) -> None:
    whole = own_file(school).read_text("utf-8")
    spoil(school)
    used = school.read(rules_in_use)
    assert used.shown.id == "general"
    assert "own-1.toml" in used.problem and "改成三天" in used.problem
    assert used.problem.endswith("改好以前，按“通用（未定县规则时）”办。")
    own_file(school).write_text(whole, "utf-8")
    assert (school.read(rules_in_use).shown.id, school.read(rules_in_use).problem) == ("own-1", "")


def test_a_rule_file_that_is_gone_is_said_and_stops_nothing(school: Program) -> None:
    own_file(school).unlink()
    assert "own-1" in school.read(rules_in_use).problem


def test_what_is_wrong_stays_in_the_heads_notice_and_on_the_list_of_today(school: Program) -> None:
    assert school.read(window_facts).notice == ""
    spoil(school)
    assert "own-1.toml" in school.read(window_facts).notice
    titles = {one.title: one.target for one in school.read(today_view).tasks}
    assert titles["改好正在用的规则文件"] == {"part": "rules"}


def test_the_other_sets_are_still_listed_and_the_broken_one_is_named(school: Program) -> None:
    folder = school.store.folder
    spoil(school)
    listed = {one.id for one in list_rules(folder, TODAY)}
    assert "mengjin" in listed and "own-1" not in listed
    assert ["own-1.toml" in one for one in broken_rules(folder)] == [True]


def test_a_new_copy_never_takes_the_name_of_a_broken_file(school: Program) -> None:
    spoil(school)
    assert free_id(school.store.folder) == "own-2"


def test_a_case_keeps_its_rules_when_their_file_is_spoilt_and_they_stand_in_for_it(school: Program) -> None:
    student = school.write(add_student, NewStudent(name="陈小满")).value.id
    case = school.write(open_by_hand, student, "群众反映", TODAY).value.id
    before = school.read(show_case, case)
    spoil(school)
    assert school.read(show_case, case) == before
    used = school.read(rules_in_use)
    assert (used.shown.id, used.shown.name) == ("own-1", "青石县（2026）")
    assert used.problem.endswith("改好以前，按最近一次立案时的规则办。")
    assert any(rule.number == 4 for rule in used.shown.rules)


def test_of_a_file_that_was_changed_and_changed_back_the_rules_of_the_newest_case_stand_in(
    school: Program,
) -> None:
    first = own_file(school).read_text("utf-8")
    second = first.replace("number = 4", "number = 9")
    for name, text in (("陈小满", first), ("林一帆", second), ("吴梓涵", first)):
        own_file(school).write_text(text, "utf-8")
        student = school.write(add_student, NewStudent(name=name)).value.id
        school.write(open_by_hand, student, "群众反映", TODAY)
    spoil(school)
    numbers = {rule.number for rule in school.read(rules_in_use).shown.rules}
    assert 4 in numbers and 9 not in numbers
