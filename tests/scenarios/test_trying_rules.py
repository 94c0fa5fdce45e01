"""`rules try` and `rules steps`: what a rule set would do, asked before there is any data."""

from pathlib import Path

import pytest

from tests.helpers.cli import Cli


@pytest.fixture
def nowhere(tmp_path: Path) -> Cli:
    return Cli(tmp_path / "没有建立")


def test_a_trial_works_before_init_and_makes_no_folder(nowhere: Cli) -> None:
    rows = nowhere("rules", "try", "plan-23", "--absent-from", "2026-09-17", "--absent-to", "2026-09-28")
    assert {tuple(row) for row in rows} == {("date", "rule", "act", "to", "why")}
    found = {(row["date"], row["act"], row["to"]) for row in rows}
    assert ("2026-09-28", "疑似辍学", "") in found
    assert ("2026-09-28", "报告", "乡镇") in found
    assert not nowhere.data.exists()


def test_leave_closures_presence_and_contacts_are_taken_from_the_line(nowhere: Cli) -> None:
    line = ("rules", "try", "mengjin", "--absent-from", "2026-09-17", "--absent-to", "2026-09-28")
    more = ("--leave", "2026-09-18", "--closed", "2026-09-20..2026-09-21", "--contact", "2026-09-17=无人接听")
    opened = [row["date"] for row in nowhere(*line, *more) if row["act"] == "开个案"]
    assert opened == ["2026-09-23"]
    assert not [row for row in nowhere(*line, *more, "--present", "2026-09-23") if row["act"] == "开个案"]


def test_nothing_to_do_is_an_empty_list(nowhere: Cli) -> None:
    line = ("rules", "try", "plan-21", "--absent-from", "2026-07-18", "--absent-to", "2026-07-19")
    assert nowhere(*line) == []
    assert nowhere.text(*line).strip() == "（没有）"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--absent-to", "2026-09-16"), "早于开始日期2026-09-17"),
        (("--leave", "2026-09-21..2026-09-18"), "结束日期"),
        (("--contact", "2026-09-21=睡着了"), "联系结果"),
        (("--absent-to", "2036-09-16"), "800天"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(nowhere: Cli, more: tuple[str, ...], words: str) -> None:
    assert words in nowhere.refused("rules", "try", "mengjin", "--absent-from", "2026-09-17", *more)


@pytest.mark.parametrize(
    "more", [("--leave", "九月"), ("--contact", "2026-09-21"), ("--contact", "周一=拒绝")]
)
def test_a_value_written_wrongly_is_wrong_usage(nowhere: Cli, more: tuple[str, ...]) -> None:
    nowhere.misused("rules", "try", "mengjin", "--absent-from", "2026-09-17", *more)


def test_an_unknown_rule_set_names_near_ones(nowhere: Cli) -> None:
    assert "mengjin" in nowhere.refused("rules", "try", "mengjn", "--absent-from", "2026-09-17")
    assert "mengjin" in nowhere.refused("rules", "steps", "mengjn")


def test_the_steps_of_every_rule_set_name_rules_it_has(nowhere: Cli) -> None:
    for listed in nowhere("rules", "list"):
        steps = nowhere("rules", "steps", listed["id"])
        assert {"from", "to", "needs", "rule", "document", "by"} <= set(steps[0])
    report = next(row for row in nowhere("rules", "steps", "datian") if row["key"] == "报告")
    assert (report["rule"], report["to"], report["document"]) == ("报告", "疑似辍学(已报告)", "报告单")
    opening = next(row for row in nowhere("rules", "steps", "mengjin") if row["key"] == "报告")
    assert opening["rule"] == "开个案"


def test_people_read_headings_of_steps_and_trials(nowhere: Cli) -> None:
    assert "由谁做" in nowhere.text("rules", "steps", "mengjin").splitlines()[0]
    head = nowhere.text("rules", "try", "mengjin", "--absent-from", "2026-09-17").splitlines()[0]
    assert head.split() == ["日期", "规则", "该做的事", "报告对象", "原因"]
