"""Records come back from their rows as they were, and wrong types never get in."""

from dataclasses import fields
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.records import JOURNALED, Absence, CaseFile, IssuedDocument, NationalDay, Student
from app.store.rows import journaled_tables, table_of

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.dates()), st.one_of(st.none(), st.dates()), _TEXT)
def test_a_case_file_survives_the_way_there_and_back(days: list[date], since: date | None, note: str) -> None:
    case = CaseFile(
        id="c", unit_id="s", student_id="k", year=2026, seq=1, trigger="旷课", opened_on=date(2026, 3, 2),
        entered_on=date(2026, 3, 3), rule_text_id="r", evidence=tuple(days), absent_since=since, note=note,
    )  # fmt: skip
    table = table_of(CaseFile)
    assert table.record(table.cells(case)) == case


@given(st.dictionaries(_TEXT, _TEXT), st.lists(_TEXT))
def test_a_document_survives_the_way_there_and_back(data: dict[str, str], blanks: list[str]) -> None:
    paper = IssuedDocument(
        id="d", kind="报告单", unit_id="u", year=2026, seq=1, number="〔2026〕1号", case_id="", student_id="",
        issued_on=date(2026, 3, 2), template_sha256="", sha256="", data=data, blanks=tuple(blanks),
    )  # fmt: skip
    table = table_of(IssuedDocument)
    assert table.record(table.cells(paper)) == paper


def test_yes_and_no_are_kept_as_numbers_and_read_as_yes_and_no() -> None:
    table = table_of(NationalDay)
    cells = table.cells(NationalDay(id="n", unit_id="u", day=date(2026, 10, 1), workday=False, name="国庆节"))
    assert 0 in cells
    assert table.record(cells).workday is False


@pytest.mark.parametrize(
    ("column", "value"),
    [("name", 5), ("name", None), ("birth", "2015-01-01"), ("birth", datetime(2015, 1, 1, tzinfo=UTC))],
)
def test_a_value_of_a_wrong_type_is_refused(column: str, value: object) -> None:
    with pytest.raises(TypeError):
        table_of(Student).cell(column, value)


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(KeyError):
        table_of(Absence).cell("grade", "五年级")


def test_tables_are_named_after_their_records() -> None:
    assert len(journaled_tables()) == len(JOURNALED)
    assert {"case_file", "class_group", "student", "national_day"} <= journaled_tables().keys()
    assert table_of(Student).columns == tuple(field.name for field in fields(Student))
