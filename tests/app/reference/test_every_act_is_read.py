"""No rule row lies unread: each act of each row has a reader in the program, or waits by name for the ledgers."""

import re
from typing import get_args

import pytest

from app.domain.rules import Act, Counted, Rule
from app.reference.rule_sets import load_rule_sets
from app.settings import RESOURCES
from tests.helpers import ROOT

ROWS = [rule for one in load_rule_sets(RESOURCES / "rules", None).values() for rule in one.rules]
READERS: dict[Act, str] = {
    "联系家长": "app/service/screens/agenda.py",
    "更新学籍": "app/service/screens/agenda.py",
    "开个案": "app/domain/episodes.py",
    "疑似辍学": "app/service/screens/case_asks.py",
    "通知返校": "app/domain/ladder/acts.py",
    "报告": "app/domain/ladder/readiness.py",
    "辍学": "app/domain/ladder/acts.py",
    "请假审批": "app/domain/leaves.py",
    "复学期限": "app/domain/ladder/facts.py",
    "动员次数": "app/domain/ladder/readiness.py",
    "观察": "app/domain/ladder/readiness.py",
    "入学年龄": "app/domain/school_age.py",
    "超龄": "app/domain/school_age.py",
}
WAITING: dict[Act, str] = {
    "定期报送": "the duties of the ledgers",
    "核查": "the duties of the ledgers",
    "专项活动": "the duties of the ledgers",
    "目标": "the rates of the ledgers",
    "送教": "the records of home lessons",
    "安置期限": "the placements: 延缓入学, 休学, 复学",
    "退出认定": "the recognition by the county",
    "处罚": "the decision of the township",
}
COUNTED = {*get_args(Counted), "出现辍学学生", "限期复学通知书送达后未复学", "疑似辍学标注后未复学"}
BY_DAYS: frozenset[Act] = frozenset({"联系家长", "更新学籍", "开个案", "疑似辍学", "报告", "辍学"})
"""Acts whose readers count the days of one child, and so see only rows of the events they count."""


def test_every_act_of_every_row_is_read_or_waits_by_name() -> None:
    used = {act for row in ROWS for act in row.acts}
    assert used == set(READERS) | set(WAITING) == set(get_args(Act))
    assert not set(READERS) & set(WAITING)


@pytest.mark.parametrize(("act", "module"), READERS.items())
def test_a_reader_looks_for_its_act(act: Act, module: str) -> None:
    assert re.search(rf"""["']{act}["']""", (ROOT / module).read_text("utf-8"))


@pytest.mark.parametrize("act", WAITING)
def test_an_act_that_is_read_waits_no_more(act: Act) -> None:
    asked = re.compile(rf"""doing\(["']{act}["']\)|["']{act}["'] in \S*acts""")
    readers = [path for path in (ROOT / "app").rglob("*.py") if asked.search(path.read_text("utf-8"))]
    assert readers == []


@pytest.mark.parametrize(
    "row", [row for row in ROWS if BY_DAYS & set(row.acts)], ids=lambda row: f"{row.key}：{row.event}"
)
def test_a_row_with_an_act_about_a_child_is_of_an_event_the_program_counts(row: Rule) -> None:
    assert row.event in COUNTED
