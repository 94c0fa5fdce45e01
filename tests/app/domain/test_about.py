"""What the records say of themselves: a word for each, a path to a unit, and what never leaves the township."""

import re

import pytest

from app.domain.about import (
    RECORDS,
    REFERENCES,
    TELLING,
    belonging_to,
    every_label,
    fields_up,
    label,
    labels,
    missed_word,
    owner_path,
    path_to,
    with_trait,
)
from app.domain.records import (
    JOURNALED,
    Absence,
    CaseFile,
    Choice,
    Closure,
    Contact,
    Guardian,
    IssuedDocument,
    Leave,
    Record,
    Roll,
    RuleText,
    SpecialGroup,
    Student,
    Unit,
)
from app.domain.records.record import MASKED, Down

CHINESE = re.compile(r"[\u4e00-\u9fff（）]+")
every_record = pytest.mark.parametrize("record", JOURNALED, ids=lambda one: one.__name__)


@every_record
def test_every_record_and_every_field_has_a_chinese_word(record: type[Record]) -> None:
    for word in (record.about.word, *every_label(record).values()):
        assert CHINESE.fullmatch(word), word


@every_record
def test_no_two_fields_of_a_form_have_one_word(record: type[Record]) -> None:
    words = list(labels(record).values())
    assert len(words) == len(set(words))


@every_record
def test_every_record_reaches_its_unit(record: type[Record]) -> None:
    """But a unit itself, a text of rules, which goes with its cases, and what goes where its owner goes."""
    names = every_label(record)
    if record.about.kind:
        assert {record.about.owner, record.about.kind} <= names.keys()
    elif record is RuleText:
        assert "rule_text_id" in every_label(CaseFile)
    elif record is not Unit:
        steps = owner_path(record)
        assert all(field in every_label(one) for one, field in steps)
        assert REFERENCES[steps[-1][1]] is Unit


def test_paths_lead_over_the_case_and_the_child_to_the_unit() -> None:
    assert owner_path(Closure) == ((Closure, "case_id"), (CaseFile, "student_id"), (Student, "unit_id"))
    assert path_to(Student, Closure) == ((Closure, "case_id"), (CaseFile, "student_id"))
    assert path_to(Student, Student) == ()
    assert path_to(Student, Roll) == ()


@every_record
def test_every_field_that_holds_an_id_says_of_what(record: type[Record]) -> None:
    varying = {"owner_id", "first_id", "second_id"} if record.about.kind else set()
    held = {name for name in every_label(record) if name.endswith("_id")}
    assert held - varying <= REFERENCES.keys()


def test_what_hangs_on_a_child_is_found_by_its_owner() -> None:
    hanging = {one.__name__ for one in belonging_to(Student)}
    assert hanging == {
        "Absence", "AttendanceStatement", "CaseFile", "Closure", "Contact", "Correction", "Enrolment", "ForcedStep",
        "Guardian", "IssuedDocument", "Leave", "Mark", "Observation", "RosterLead", "SpecialGroup", "Told",
    }  # fmt: skip


def test_rolls_and_disability_never_leave_the_township_upwards() -> None:
    assert (fields_up(Roll, to_county=True), fields_up(Absence, to_county=True)) == ((), ())
    assert "disability" not in fields_up(Student, to_county=True)
    assert "disability" in fields_up(Student, to_county=False)
    assert set(fields_up(Student, to_county=True)) == set(every_label(Student)) - {"disability"}
    assert set(fields_up(Leave, to_county=True)) == set(every_label(Leave))


def test_calendars_go_to_all_below_and_the_names_of_units_to_all() -> None:
    below = {name for name, one in RECORDS.items() if one.about.down is Down.BELOW}
    assert below == {"term", "calendar_day", "national_day"}
    assert [name for name, one in RECORDS.items() if one.about.down is Down.ALL] == ["unit"]


def test_an_office_that_lost_a_child_gets_only_where_it_went() -> None:
    assert Student.about.former == ("id", "unit_id", "withdrawn_on")
    assert all(not one.about.former for one in JOURNALED if one is not Student)


def test_each_record_is_told_in_its_turn_and_missed_under_a_word_but_a_text_of_rules() -> None:
    assert sorted(map(str, TELLING)) == sorted(map(str, JOURNALED))
    assert [one for one in JOURNALED if not missed_word(one)] == [RuleText]
    assert {missed_word(one) for one in (Student, Guardian, SpecialGroup)} == {"学生信息"}


def test_numbers_of_a_child_are_masked() -> None:
    assert with_trait(Student, MASKED) == ("id_no", "edu_no")


def test_words_are_those_of_the_forms() -> None:
    """The county's forms: 劝返方式, 劝返时间 and 劝返效果 of 附件4, 户籍地址 and 残疾类型 of the 学籍 columns."""
    assert [label(Contact, one) for one in ("method", "happened_on", "effect")] == [
        "劝返方式",
        "劝返时间",
        "劝返效果",
    ]
    assert [label(Student, one) for one in ("registered_address", "disability")] == ["户籍地址", "残疾类型"]
    assert label(IssuedDocument, "withdrawn_on") == "作废日期"
    assert label(Guardian, "withdrawn_on") == "撤回日期"
    assert "student_id" not in labels(Guardian)


def test_a_choice_goes_where_the_facts_go_between_which_it_chooses() -> None:
    assert (Choice.about.kind, owner_path(Choice)) == ("kind", ())
