"""A short run of `packaging/dev fuzz`: no damaged file breaks a reader; what once did stays in tests/data/bad."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import Refusal
from app.reference.national_days import parse_holiday_table
from tests.helpers import ROOT
from tests.helpers.fuzz import fuzz, tried
from tests.helpers.readers import readers

KEPT = sorted((ROOT / "tests" / "data" / "bad" / "fuzz").glob("*/*.bin"))


def test_no_damaged_file_breaks_a_reader() -> None:
    refused, finds = fuzz(100, 20261127)
    assert [(one.reader, one.seed, one.how) for one in finds] == []
    assert refused > 20


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_broke_a_reader_does_so_no_more(kept: Path, tmp_path: Path) -> None:
    assert tried(readers(tmp_path)[kept.parent.name], kept.read_bytes()) in {"", "read"}


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet="0123456789０²年月日至共天放假上班（）()，。、元旦-~ \n", max_size=60))
def test_any_holiday_notice_is_read_or_refused(text: str) -> None:
    try:
        parse_holiday_table(text, 2027)
    except Refusal as refused:
        assert refused.sentence.endswith("。")
