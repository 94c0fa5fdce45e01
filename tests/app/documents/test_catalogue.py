import pytest

from app.documents.catalogue import KINDS, check_names, check_typed, kind_named, number_text
from app.errors import UserError


def test_the_kinds_are_those_of_the_command_line():
    assert list(KINDS) == [
        "报告单",
        "学校情况记录表",
        "五次动员记录表",
        "组织入学记录表",
        "限期复学通知书",
        "返校通知书",
        "家访表",
        "个人信息处理告知书",
        "异地就读证明",
    ]


def test_a_number_has_the_mark_of_unit_and_kind_and_the_year_in_square_brackets():
    assert number_text("报告单", "", 2026, 1) == "疑辍报〔2026〕1号"
    assert number_text("限期复学通知书", "湖政", 2026, 12) == "湖政限复〔2026〕12号"


def test_no_two_kinds_share_a_number_prefix():
    marks = [kind.number_mark for kind in KINDS.values()]
    assert len(set(marks)) == len(marks)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_no_field_and_no_placeholder_is_named_twice_and_each_has_a_hint(kind):
    names = [field.name for field in kind.all_fields]
    boxes = [name for field in kind.all_fields for name in field.placeholders]
    assert len(set(names)) == len(names)
    assert len(set(boxes)) == len(boxes)
    assert all(field.hint or field.columns or field.locked for field in kind.all_fields)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_name_and_number_make_every_paper_valid(kind):
    assert {"学生姓名", "文号"} <= kind.essential


def test_only_what_is_filled_in_by_hand_may_stay_empty():
    every = [field for kind in KINDS.values() for field in kind.fields]
    may = {field.name for field in every if field.may_stay_empty and not field.columns}
    visits = {f"第{n}次{what}" for n in "一二三四五" for what in ("日期", "情况", "记录人")}
    assert may - visits == {
        "动员结果",
        "家庭情况",
        "家长态度",
        "学生态度",
        "劝返工作方法及措施",
        "劝返效果",
        "省级法规",
        "附件标签",
        "写明复议",
        "送达时填届满日",
        "已经报告",
        "签发人",
        "承办人",
        "送达日期",
        "送达方式",
        "送达地点",
        "备注",
        "残疾儿童",
        "受送达人身份",
        "限期算法",
        "称呼",
    }


def test_an_unknown_kind_is_answered_with_the_known_ones():
    with pytest.raises(UserError, match=r"没有“报告”这种文书.*报告单"):
        kind_named("报告")


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(UserError, match="学生名字（是不是“学生姓名”？）"):
        check_names("报告单", ["学生姓名", "学生名字"])


def test_law_sentences_and_the_number_cannot_be_typed():
    check_typed("限期复学通知书", {}, ["限期"])
    with pytest.raises(UserError, match="取自法律条文表"):
        check_typed("限期复学通知书", {"职权依据": "x"}, [])
    with pytest.raises(UserError, match="文号由程序"):
        check_typed("报告单", {"文号": "1号"}, [])
