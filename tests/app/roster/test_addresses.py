"""An address split into columns (tests/data/cases/06 and lists made for the purpose)."""

from datetime import date
from pathlib import Path

import pytest

from app.roster.fields import field_of
from app.roster.model import RosterFile
from app.roster.roster_file import read_roster
from tests.helpers.sheets import workbook

CASES = Path(__file__).parents[2] / "data" / "cases"
TODAY = date(2026, 10, 20)


def listed(tmp_path: Path, *rows: tuple[str, ...]) -> RosterFile:
    return read_roster(workbook(tmp_path / "名单.xlsx", rows), TODAY)


def test_case_06_province_city_county_and_detail_are_one_address() -> None:
    roster = read_roster(next(CASES.glob("06-*")) / "名单.xlsx", TODAY)
    assert [row.registered_address for row in roster.rows] == ["福建省三明市大田县河口村"] * 2
    assert [row.address for row in roster.rows] == ["河口村"] * 2
    assert not {"户籍所在省", "户籍所在市", "户籍所在区县", "详细地址"} & set(roster.unused_headers)


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("户籍所在省", "户籍地址省"),
        ("户籍所在地省份", "户籍地址省"),
        ("户口所在地市", "户籍地址市"),
        ("户籍所在区县", "户籍地址区县"),
        ("户籍所在县(市、区)", "户籍地址区县"),
        ("户籍地县区", "户籍地址区县"),
        ("户籍所在乡镇", "户籍地址乡镇"),
        ("现居住地省", "现住址省"),
        ("户籍所在地", "户籍地址"),
        ("户籍地址市", "户籍地址市"),
    ],
)
def test_the_words_for_a_part_of_an_address(header: str, meant: str) -> None:
    found = field_of(header)
    assert found is not None and found[0] == meant


def test_a_heading_over_the_parts_and_what_the_detail_says_itself(tmp_path: Path) -> None:
    roster = listed(
        tmp_path,
        ("姓名", "班级", "户籍所在地", "", "", "", "现住址"),
        ("", "", "省", "市", "区县", "详细地址", ""),
        ("孔小山", "五年级1班", "福建省", "三明市", "大田县", "大田县石桥镇河口村5号", "石桥镇"),
        ("孔小水", "五年级1班", "北京市", "北京市", "市辖区", "东城区某街1号", "石桥镇"),
        ("孔小木", "五年级1班", "福建省", "三明市", "大田县", "", "石桥镇"),
    )
    assert [row.registered_address for row in roster.rows] == [
        "福建省三明市大田县石桥镇河口村5号",
        "北京市东城区某街1号",
        "福建省三明市大田县",
    ]
    assert roster.warnings == []


def test_a_detail_of_another_province_is_said(tmp_path: Path) -> None:
    roster = listed(
        tmp_path,
        ("姓名", "班级", "户籍所在省", "户籍所在市", "户籍所在区县", "户籍详细地址"),
        ("孔小山", "五年级1班", "福建省", "三明市", "大田县", "河南省孟津区平乐镇1号"),
    )
    assert roster.rows[0].registered_address == "河南省孟津区平乐镇1号"
    assert "福建省三明市大田县" in roster.warnings[0].reason


def test_a_bare_detail_without_districts_is_where_the_child_lives(tmp_path: Path) -> None:
    (row,) = listed(tmp_path, ("姓名", "班级", "详细地址"), ("孔小山", "五年级1班", "石桥镇河口村5号")).rows
    assert (row.address, row.registered_address) == ("石桥镇河口村5号", "")


def test_lines_with_only_the_district_filled_in_are_no_children(tmp_path: Path) -> None:
    roster = listed(
        tmp_path,
        ("姓名", "班级", "户籍所在省", "户籍所在市"),
        ("孔小山", "五年级1班", "福建省", "三明市"),
        ("", "五年级1班", "福建省", "三明市"),
    )
    assert (len(roster.rows), roster.rejected) == (1, [])
