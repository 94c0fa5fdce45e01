"""Who signs a paper of a county that is its bureau."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.service.papers.drafts import (
    Draft,
    DraftField,
    draft,
)
from tests.helpers import township

LETTER = "返校通知书"


def named(one: Draft, name: str) -> DraftField:
    return next(field for field in one.fields if field.name == name)


@pytest.mark.parametrize(
    ("county", "place", "review", "bureau", "organ"),
    [
        ("大田县", "大田县", "大田县人民政府", "大田县教育局", ""),
        ("大田县教育局", "", "", "大田县教育局", "大田县教育局"),
    ],
)
def test_a_county_set_up_by_its_bureaus_name_signs_by_it_and_makes_up_no_office_that_is_not_there(
    tmp_path: Path, county: str, place: str, review: str, bureau: str, organ: str
) -> None:
    with township.township(tmp_path, unit=replace(township.COUNTY, name=county)) as office:
        one = office.read(
            draft, township.ORDER, case := township.case_of(office, township.NAMES[0]), {"写明复议": "是"}
        )
        assert bureau in named(office.read(draft, LETTER, case), "报告机关").value
        assert named(office.read(draft, "五次动员记录表", case), "县名").value == place
        said = {name: (named(one, name).value, name in one.lacking) for name in ("复议机关", "发文机关")}
        assert said == {"复议机关": (review, not review), "发文机关": (organ, not organ)}
