"""What kind of list a file is, by its titles."""

import pytest

from app.roster.kinds import kind_by_title


@pytest.mark.parametrize(
    ("sheet", "title", "file_name", "kind", "groups"),
    [
        ("留守儿童", "道义小学农村留守儿童花名册", "", "专项", ("留守",)),
        ("Sheet1", "", "2026年秋季建档立卡学生名单", "专项", ("脱贫户",)),
        ("Sheet1", "孤儿、残疾学生花名册", "", "专项", ()),
        ("Sheet1", "道义小学转入学生登记表", "", "部分", ()),
        ("Sheet1", "全校学生花名册（含留守儿童）", "", "全校", ()),
        ("Sheet1", "全校学生花名册", "留守儿童名单", "全校", ()),
        ("五年级1班", "道义小学学生花名册", "名册", "全校", ()),
    ],
)
def test_titles_say_the_kind(
    sheet: str, title: str, file_name: str, kind: str, groups: tuple[str, ...]
) -> None:
    assert kind_by_title([[sheet, title]], file_name)[:2] == (kind, groups)


def test_a_file_with_one_special_sheet_among_classes_is_a_whole_roster() -> None:
    assert kind_by_title([["五年级1班"], ["留守儿童"]], "名册")[0] == "全校"
