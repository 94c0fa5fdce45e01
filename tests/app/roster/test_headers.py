"""Header recognition: aliases, two lines, titles, mappings by hand."""

import pytest

from app.errors import UserError
from app.roster.fields import ALIASES, field_of, known_field
from app.roster.headers import ByHand, find_header, hand_mapping
from app.roster.reading import Cell, Sheet


def sheet(*lines: str) -> Sheet:
    return Sheet("名单", [list[Cell](line.split(",")) for line in lines])


def fields(*lines: str, by_hand: dict[str, str] | None = None) -> dict[str, int]:
    header = find_header(sheet(*lines), hand_mapping(by_hand or {}))
    return {name: column.index for name, column in header.columns.items()} if header else {}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("姓名", "姓名"),
        ("* 姓　名 ：", "姓名"),
        ("学生姓名", "姓名"),
        ("身份证号", "身份证件号"),
        ("证件号码", "身份证件号"),
        ("身份证件\n号码", "身份证件号"),
        ("全国学籍号", "学籍号"),
        ("个人标识码", "学籍号"),
        ("班级名称", "班级"),
        ("所在年级（班）", "班级"),
        ("出生日期（yyyymmdd）", "出生日期"),
        ("成员1姓名", "监护人1姓名"),
        ("成员2联系电话", "监护人2联系电话"),
        ("家庭成员1关系", "监护人1关系"),
        ("成员或监护人１姓名", "监护人1姓名"),
        ("第二监护人电话", "监护人2联系电话"),
        ("监护人姓名", "监护人1姓名"),
        ("家长电话", "监护人1联系电话"),
        ("与学生关系", "监护人1关系"),
        ("父亲姓名", "父亲姓名"),
        ("母亲手机号", "母亲联系电话"),
        ("爷爷", "祖父姓名"),
        ("是否建档立卡贫困户", "脱贫户"),
        ("是否进城务工人员随迁子女", "是否随迁子女"),
    ],
)
def test_a_header_means_its_field(header: str, field: str) -> None:
    found = field_of(header)
    assert found is not None and found[0] == field


@pytest.mark.parametrize(
    "header",
    [
        "",
        "学籍辅号",
        "班内学号",
        "学号",
        "成员1身份证件号",
        "成员1民族",
        "父母外出务工情况",
        "姓名及电话",
        "班主任姓名",
        "曾用名",
    ],
)
def test_a_header_that_is_not_ours_is_left_alone(header: str) -> None:
    assert field_of(header) is None


def test_no_alias_means_two_fields() -> None:
    for name, aliases in ALIASES.items():
        for alias in aliases:
            assert field_of(alias) == (name, aliases.index(alias))


def test_title_rows_above_the_header_are_passed_over() -> None:
    found = find_header(sheet("某校名单,,", ",,", "姓名,班级,性别", "张三,五年级2班,男"), ByHand())
    assert found is not None
    assert (found.top, found.below) == (2, 3)


def test_two_lines_are_read_together_also_where_the_merge_was_lost() -> None:
    found = fields("姓名,班级,成员1,,,备注", ",,姓名,关系,电话,", "张三,五年级2班,张父,父亲,139,")
    assert found == {
        "姓名": 0,
        "班级": 1,
        "监护人1姓名": 2,
        "监护人1关系": 3,
        "监护人1联系电话": 4,
        "备注": 5,
    }


def test_a_column_under_a_family_heading_is_never_the_childs() -> None:
    found = fields("姓名,班级,监护人,监护人", "姓名,班级,姓名,身份证件号")
    assert found == {"姓名": 0, "班级": 1, "监护人1姓名": 2}


def test_a_heading_over_the_childs_own_columns_changes_nothing() -> None:
    assert fields("学生基本信息,学生基本信息,,家长信息", "姓名,班级,性别,姓名") == {
        "姓名": 0,
        "班级": 1,
        "性别": 2,
        "监护人1姓名": 3,
    }


def test_the_first_child_is_not_taken_for_a_second_header_line() -> None:
    found = find_header(sheet("姓名,班级,与谁同住", "张三,五年级2班,父亲", "李四,五年级2班,母亲"), ByHand())
    assert found is not None
    assert found.below == 1


def test_the_better_of_several_address_columns_is_used() -> None:
    assert fields("姓名,班级,通信地址,家庭地址,现住址")["现住址"] == 4
    assert fields("姓名,班级,通信地址,家庭地址")["现住址"] == 3


def test_a_mapping_by_hand_comes_before_every_alias() -> None:
    found = fields("学号,学生,姓名,所属班", by_hand={"姓名": "学 生", "班级": "所属班"})
    assert found == {"姓名": 1, "班级": 3}


def test_any_name_of_our_field_will_do_in_a_mapping() -> None:
    assert known_field("身份证号") == "身份证件号"
    with pytest.raises(UserError, match="没有“星座”这个栏目"):
        known_field("星座")


def test_a_sheet_without_a_name_column_has_no_header() -> None:
    assert find_header(sheet("班级,性别", "五年级2班,男"), ByHand()) is None
    assert find_header(sheet("填表说明", "姓名"), ByHand()) is None
