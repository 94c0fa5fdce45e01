"""Papers as they stood on a day, and cases by number, asked in one question."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.records import IssuedDocument
from app.store.queries.papers import as_on

ISSUED = date(2026, 9, 21)
PAPER = IssuedDocument(
    id="1",
    kind="报告单",
    unit_id="u",
    year=2026,
    seq=1,
    number="疑辍报〔2026〕1号",
    case_id="c",
    student_id="s",
    issued_on=ISSUED,
    template_sha256="",
    sha256="",
)


@pytest.mark.parametrize(
    ("day", "reason"),
    [(date(2026, 9, 24), ""), (date(2026, 9, 25), "写错"), (date(2026, 9, 26), "写错")],
)
def test_a_paper_voided_on_the_25th_is_valid_on_the_24th(day: date, reason: str) -> None:
    voided = replace(PAPER, withdrawn_on=date(2026, 9, 25), withdrawn_reason="写错")
    seen = as_on(voided, day)
    assert seen.withdrawn_reason == reason
    assert (seen.withdrawn_on is None) == (not reason)


@given(voided=st.none() | st.dates(min_value=ISSUED), day=st.dates(min_value=ISSUED))
def test_a_later_day_never_makes_a_voided_paper_valid_again(voided: date | None, day: date) -> None:
    paper = replace(PAPER, withdrawn_on=voided, withdrawn_reason="写错" if voided else "")
    later = as_on(paper, date.max)
    assert later == paper
    if as_on(paper, day).withdrawn_on:
        assert as_on(paper, day) == paper
