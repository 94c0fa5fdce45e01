"""The ladder as rows of a rule file: inherited, changed by a county without Python, and refused by line."""

import pytest

from app.domain.ladder.predicates import NEEDS, WHEN
from app.domain.rules import RuleSet, parse_rule_set
from app.errors import UserError
from tests.helpers.facts import rules

HEAD = """id = "shixian"
name = "试县（2026）"
source = "试县文件"
in_force_from = 2026-09-01
"""
SHIPPED = (
    "general", "datian", "mengjin", "hubei", "xiayi", "yunnan-2022", "xianyou-2019", "guangdong-2009", "national-2024",
    "plan-01", "plan-04", "plan-18", "plan-21", "plan-23", "plan-24", "plan-25",
)  # fmt: skip


def county(more: str) -> RuleSet:
    """A county's file over the general rules."""
    return parse_rule_set(HEAD + more, rules("general"))


def refused(more: str) -> str:
    with pytest.raises(UserError) as caught:
        county(more)
    return caught.value.sentence


@pytest.mark.parametrize("name", SHIPPED)
def test_every_stage_is_reached_and_every_open_one_has_a_way_on_and_out(name: str) -> None:
    ladder = rules(name).ladder
    ended = {stage.name for stage in ladder.stages if not stage.open}
    for stage in ladder.stages:
        ahead = ladder.leaving(stage.name)
        if stage.open:
            assert [step for step in ahead if step.action], stage.name
            assert ended & {step.target for step in ahead}, stage.name
            assert stage.begins or stage.name in {step.target for step in ladder.steps}, stage.name
        else:
            assert ahead == ()


def test_the_vocabulary_is_closed_and_small_and_each_word_has_a_sentence() -> None:
    assert len(WHEN.keys() | NEEDS.keys()) <= 15
    assert all(word.sentence and word.source for word in WHEN.values())
    assert all(NEEDS.values())


def test_the_stages_stand_in_the_order_of_the_design() -> None:
    names = [stage.name for stage in rules("general").ladder.stages]
    assert names == [
        "缺勤预警", "核实中", "学校劝返", "疑似辍学(已报告)", "乡镇动员", "限期复学(已送达)", "逾期未复学", "依法处理",
        "辍学在册", "已复学(观察期)", "已销号",
    ]  # fmt: skip


def test_a_county_adds_a_step_and_a_stage_of_its_own() -> None:
    own = county(
        '[[stage]]\nname = "已发返校通知书"\nafter = "学校劝返"\n'
        '[[step]]\nkey = "发返校通知书"\nfrom = ["学校劝返"]\nto = "已发返校通知书"\nwhen = "已发返校通知书"\n'
        'document = "返校通知书"\naction = "发辍学生返校通知书"\nopens = "文书"\nafter = "学校劝返"\n'
        '[[step]]\nkey = "报告"\nfrom = ["已发返校通知书"]\nto = "疑似辍学(已报告)"\nwhen = "已报告"\n'
        'needs = ["达到报告条件"]\nrule = "报告"\ndocument = "报告单"\naction = "报告{受理}"\n'
    ).ladder
    names = [stage.name for stage in own.stages]
    assert names[names.index("学校劝返") + 1] == "已发返校通知书"
    keys = [step.key for step in own.steps]
    assert keys[keys.index("学校劝返") + 1] == "发返校通知书"
    report = own.step("报告")
    assert report is not None and (report.sources, report.inherited_from) == (("已发返校通知书",), "")
    closing = own.step("其他销号")
    assert closing is not None and "已发返校通知书" in closing.sources


def test_a_county_leaves_a_step_out() -> None:
    own = county('without_steps = ["再次报告"]\n').ladder
    assert own.step("再次报告") is None
    assert own.step("报告") is not None


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ('without_steps = ["没有的步骤"]\n', "没有的步骤"),
        (
            '[[step]]\nkey = "甲"\nfrom = ["学校劝返"]\nto = "天上"\nwhen = "已报告"\n',
            "第6行：步骤“甲”写的阶段“天上”没有定义",
        ),
        (
            '[[step]]\nkey = "甲"\nfrom = ["学校劝返"]\nto = "乡镇动员"\nwhen = "下雨"\n',
            "when是“下雨”，只能是：联系过家长",
        ),
        (
            '[[step]]\nkey = "甲"\nfrom = ["学校劝返"]\nto = "乡镇动员"\nwhen = "已报告"\nneeds = ["高兴"]\n',
            "needs里“高兴”不认识",
        ),
        (
            '[[step]]\nkey = "甲"\nfrom = ["学校劝返"]\nto = "乡镇动员"\nwhen = "已报告"\nrule = "没有"\n',
            "rule是“没有”",
        ),
        (
            '[[step]]\nkey = "甲"\nfrom = ["学校劝返"]\nto = "乡镇动员"\nwhen = "已报告"\nby = "省"\n',
            "by是“省”",
        ),
        ('[[step]]\nkey = "甲"\nfrom = ["学校劝返"]\nto = "乡镇动员"\n', "缺少一项（when）"),
        ('[[step]]\nkey = "甲"\nfrom = ["学校劝返"]\nwhen = "已报告"\n', "缺少一项（to）"),
        (
            '[[step]]\nkey = "甲"\nfrom = ["学校劝返"]\nto = "乡镇动员"\nwhen = "已报告"\nnumber = 3\n',
            "不认识的项“number”",
        ),
        ('[[stage]]\nname = "孤岛"\n', "第6行：阶段“孤岛”没有一步能走到"),
        ('[[stage]]\nname = "第三个开头"\nbegins = "考勤"\n', 'begins = "考勤"'),
        (
            '[[stage]]\nname = "死路"\n[[step]]\nkey = "进"\nfrom = ["学校劝返"]\nto = "死路"\nwhen = "已报告"\n',
            "阶段“死路”没有下一步做什么",
        ),
        (
            '[[step]]\nkey = "回来"\nfrom = ["已销号"]\nto = "学校劝返"\nwhen = "已报告"\n',
            "阶段“已销号”已经结束",
        ),
    ],
)
def test_a_ladder_that_cannot_be_walked_is_refused_with_its_row_and_line(more: str, words: str) -> None:
    assert words in refused(more)


def test_an_open_stage_without_a_way_out_is_refused() -> None:
    assert "没有出口" in refused('without_steps = ["其他销号", "销号"]\n')
