"""The stories beside each rule set: what its document asks for on which day, told as data in the files beside this."""

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from app.domain.ladder.acts import ON_A_CHILD
from app.domain.rules import Act, Rule, RuleSet
from app.reference.rule_sets import load_rule_sets
from app.settings import RESOURCES
from tests.helpers.office_story import tasks_of
from tests.helpers.stories import Story, problems, read_stories

STORIES = read_stories(Path(__file__).parent)
SETS = load_rule_sets(RESOURCES / "rules", None)
CHILD_ACTS: frozenset[Act] = frozenset({*ON_A_CHILD, "请假审批", "复学期限", "处罚", "动员次数", "观察"})
"""Acts a rule asks for about one child that the program reckons from its days, its leave and what is on its case."""

WAITING: frozenset[Act] = frozenset({"送教", "退出认定", "安置期限"})
"""Acts about one child that wait for the forms of placement: nothing reckons them from the days of a child yet."""
BY_AGE: frozenset[Act] = frozenset({"入学年龄", "超龄"})
"""Acts asked about by the age of a child, in 学生, and by no day of absence."""
OF_AN_OFFICE: frozenset[Act] = frozenset({"定期报送", "目标", "核查", "专项活动"})


def test_every_act_is_about_a_child_or_an_office() -> None:
    kinds = (CHILD_ACTS, WAITING, BY_AGE, OF_AN_OFFICE)
    assert sorted(act for kind in kinds for act in kind) == sorted(get_args(Act))


def speaks_of_a_child(rule: Rule) -> bool:
    return not CHILD_ACTS.isdisjoint(rule.acts)


@pytest.mark.parametrize("story", STORIES, ids=lambda one: one.id)
def test_the_rules_say_what_the_document_says(story: Story) -> None:
    wrong = [sentence for then in story.then for sentence in problems(story, then)]
    assert not wrong, "\n".join(["", f"依据：{story.why}", *wrong])


@pytest.mark.parametrize(
    "story",
    [one for one in STORIES if any({"task", "no_task"} & set(then) for then in one.then)],
    ids=lambda one: one.id,
)
def test_the_list_today_says_what_the_document_says(story: Story, tmp_path: Path) -> None:
    for then in story.then:
        if "task" not in then and "no_task" not in then:
            continue
        shown = tasks_of(story, then["on"], tmp_path / f"{then['on']}")
        lines = "\n".join(shown) or "（没有）"
        wanted, unwanted = then.get("task", ""), then.get("no_task", "没有这样的事项")
        assert any(wanted in one for one in shown), f"{story}，{then['on']}：今日里没有“{wanted}”：\n{lines}"
        assert not any(unwanted in one for one in shown), (
            f"{story}，{then['on']}：今日里有“{unwanted}”：\n{lines}"
        )


def inherited_stories(rules: RuleSet) -> list[Story]:
    """The stories of the general set about rows that `rules` took from it, told of `rules`."""
    taken = {one.key for one in rules.rules if one.inherited_from == SETS["general"].name}
    own_order = any(
        not step.inherited_from for step in rules.ladder.steps
    )  # its letters come in an order of its own
    letter_first = bool(rules.doing("通知返校"))  # its report waits for the letter
    return [
        replace(story, rule_set=rules.id)
        for story in STORIES
        if story.rule_set == "general"
        and story.rules
        and taken.issuperset(story.rules)
        and not (own_order and "开个案" in story.rules and any("next" in then for then in story.then))
        and not (letter_first and "开个案" in story.rules and any("acts" in then for then in story.then))
    ]


@pytest.mark.parametrize(
    "story", [story for rules in SETS.values() for story in inherited_stories(rules)], ids=lambda one: one.id
)
def test_where_a_document_is_silent_the_general_rule_holds(story: Story) -> None:
    wrong = [sentence for then in story.then for sentence in problems(story, then)]
    assert not wrong, "\n".join(["", f"依据：{story.why}", *wrong])


@pytest.mark.parametrize("rules", SETS.values(), ids=lambda one: one.id)
def test_a_story_is_told_of_every_rule_that_speaks_of_a_child(rules: RuleSet) -> None:
    own = [story for story in STORIES if story.rule_set == rules.id]
    named = {key for story in (*own, *inherited_stories(rules)) for key in story.rules}
    assert own, f"{rules.id}还没有故事"
    assert {one.key for one in rules.rules if speaks_of_a_child(one)} - named == set()
    assert named - {one.key for one in rules.rules} == set()


def test_every_file_of_stories_is_of_a_rule_set() -> None:
    assert {story.rule_set for story in STORIES} - set(SETS) == set()


def test_no_two_stories_of_a_rule_set_have_one_name() -> None:
    names = [str(story) for story in STORIES]
    assert [name for name in names if names.count(name) > 1] == []
