"""The rule sets to choose from: under four headings, found by a part of the name or its pinyin initials."""

import pytest
from pytestqt.qtbot import QtBot

from ui.widgets.rule_chooser import NONE_FOUND, RuleChooser

SETS = [
    ("大田县（2023）", "datian"),
    ("通用（未定县规则时）", "general"),
    ("湖北省（2023）", "hubei"),
    ("孟津县（2020）（在用）", "mengjin"),
    ("国家常态化报告机制（2024）", "national-2024"),
    ("方案3（溪湖式）", "plan-03"),
    ("青石县规则", "own-1"),
]


@pytest.fixture
def chooser(qtbot: QtBot) -> RuleChooser:
    made = RuleChooser()
    qtbot.addWidget(made)
    qtbot.addWidget(made.search)
    made.offer(SETS)
    made.choose("general")
    return made


def lines(chooser: RuleChooser) -> list[str]:
    return [chooser.itemText(place) for place in range(chooser.count())]


def test_the_nearest_office_comes_first_and_samples_last(chooser: RuleChooser) -> None:
    assert lines(chooser) == [
        "—— 县 ——",
        "大田县（2023）",
        "孟津县（2020）（在用）",
        "青石县规则",
        "—— 省 ——",
        "湖北省（2023）",
        "—— 国家 ——",
        "通用（未定县规则时）",
        "国家常态化报告机制（2024）",
        "—— 方案范例 ——",
        "方案3（溪湖式）",
    ]
    assert not chooser.model().index(0, 0).flags()


@pytest.mark.parametrize(
    ("typed", "found"),
    [("mjx", "mengjin"), ("溪湖", "plan-03"), ("hubei", "hubei"), ("2024", "national-2024")],
)
def test_a_part_of_the_name_or_its_initials_finds_it(
    chooser: RuleChooser, qtbot: QtBot, typed: str, found: str
) -> None:
    told: list[int] = []
    chooser.currentIndexChanged.connect(told.append)
    chooser.search.textEdited.emit(typed)
    assert chooser.currentData() == found
    assert told and all(place >= 0 for place in told)
    assert chooser.count() == 2


def test_nothing_found_says_so_and_all_come_back(chooser: RuleChooser) -> None:
    chooser.search.setText("xxxx")
    chooser.search.textEdited.emit("xxxx")
    assert lines(chooser) == [NONE_FOUND]
    assert chooser.currentData() is None
    assert chooser.choose("datian")
    assert chooser.currentData() == "datian"
    assert chooser.count() == len(SETS) + 4
