"""一生一案: cards of any length, said aloud whole, opened by Enter; two hundred are no trouble."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from app.service.screens.case_entries import Card
from ui.widgets.timeline import BODY_LINES, SIGNS, Timeline, broken, late_words, sign_of, spoken

TODAY = date(2026, 11, 20)


def entry(number: int = 0, **more: Any) -> Card:
    day = date(2026, 11, 20) - timedelta(days=number)
    plain = Card(
        key=f"k{number}",
        kind="contact",
        on=day,
        entered_on=day,
        what="家访",
        outcome="见到家长",
        text="家长态度：愿意配合",
        who="陈老师",
    )
    return replace(plain, **more)


@pytest.fixture
def timeline(qtbot: QtBot) -> Timeline:
    made = Timeline(TODAY)
    qtbot.addWidget(made)
    made.resize(480, 400)
    made.show()
    return made


def test_enter_opens_the_entry_that_is_marked(timeline: Timeline, qtbot: QtBot) -> None:
    timeline.show_entries([entry(0), entry(1, outcome="拒绝")])
    qtbot.keyClick(timeline, Qt.Key.Key_Down)
    with qtbot.waitSignal(timeline.opened) as opened:
        qtbot.keyClick(timeline, Qt.Key.Key_Return)
    assert opened.args is not None and opened.args[0].outcome == "拒绝"


@pytest.mark.parametrize(
    ("shown", "sign"),
    [
        (entry(outcome="无人接听"), ("○", "quiet")),
        (entry(outcome="停机或空号"), ("○", "quiet")),
        (entry(kind="look", what="观察", outcome="", text="在校"), ("√", "done")),
        (entry(kind="look", what="观察", outcome="", text="不在校；座位空着"), ("●", "overdue")),
        (entry(kind="closing", what="销号", outcome="", text="已复学"), ("√", "done")),
        (entry(kind="closing", what="恢复", outcome="", text="理由：材料不实"), ("▲", "today")),
    ],
)
def test_the_shape_tells_good_news_from_work(shown: Card, sign: tuple[str, str]) -> None:
    assert sign_of(shown) == sign


def test_the_list_keeps_qts_rules_for_models(timeline: Timeline) -> None:
    tester = QAbstractItemModelTester(timeline.model(), QAbstractItemModelTester.FailureReportingMode.Warning)
    timeline.show_entries([entry(one) for one in range(5)])
    timeline.show_entries([])
    assert tester.model() is timeline.model()


def test_what_colour_and_shape_say_is_said_aloud(timeline: Timeline) -> None:
    timeline.show_entries([entry(2, entered_on=date(2026, 11, 20), notes=("不计入动员次数",))])
    words = timeline.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    for part in ("2026年11月18日", "家访", "见到家长", "记录人陈老师", "11月20日补录，晚2天", "不计入"):
        assert part in words


@pytest.mark.parametrize(
    ("kind", "word"), [("told", "告知人李干事"), ("look", "经办人李干事"), ("closing", "经办人李干事")]
)
def test_who_told_or_closed_is_no_recorder_of_a_visit(kind: str, word: str) -> None:
    said = spoken(entry(kind=kind, outcome="", who="李干事"), TODAY)
    assert word in said and "记录人" not in said


def test_what_was_entered_on_its_day_says_nothing_of_lateness() -> None:
    assert late_words(entry(), TODAY) == ""
    assert "补录" not in spoken(entry(), TODAY)


def test_a_day_of_another_school_year_names_its_year(timeline: Timeline) -> None:
    assert late_words(entry(entered_on=date(2027, 1, 5)), TODAY) == "1月5日补录，晚46天"
    assert late_words(entry(2, entered_on=TODAY), date(2027, 9, 1)) == "2026年11月20日补录，晚2天"
    images = []
    for day in (TODAY, date(2025, 11, 20)):
        timeline.show_entries([entry(on=day, entered_on=day)])
        images.append(timeline.viewport().grab().toImage())
    assert images[0] != images[1]


def test_every_kind_and_outcome_has_its_own_shape() -> None:
    assert sign_of(entry(outcome="无人在家"))[0] == "○"
    assert sign_of(entry(outcome="拒绝")) == ("●", "overdue")
    for kind in SIGNS:
        assert sign_of(entry(kind=kind, outcome="")) == SIGNS[kind]


def test_a_card_without_words_is_one_line_high(timeline: Timeline) -> None:
    timeline.show_entries([entry(0, text=""), entry(1, text="愿意配合" * 100)])
    low, high = (timeline.sizeHintForIndex(timeline.model().index(row, 0)).height() for row in (0, 1))
    line = QFontMetrics(timeline.font()).height()
    assert high - low >= BODY_LINES * line


def test_cards_are_laid_out_again_when_the_list_gets_narrower(timeline: Timeline, qtbot: QtBot) -> None:
    timeline.show_entries([entry(0, text="愿意配合" * 12), entry(1)])
    timeline.resize(900, 400)
    below = timeline.model().index(1, 0)
    qtbot.waitUntil(lambda: timeline.visualRect(below).width() > 800)
    first = timeline.visualRect(below).top()
    timeline.resize(260, 400)
    qtbot.waitUntil(lambda: timeline.visualRect(below).top() > first)


def test_every_kind_of_card_can_be_painted_chosen_or_not(timeline: Timeline) -> None:
    rows = [entry(place, kind=kind, who="欧阳" * 20) for place, kind in enumerate(SIGNS)]
    timeline.show_entries(rows)
    image = QImage(480, 200, QImage.Format.Format_RGB32)
    option: Any = QStyleOptionViewItem()
    option.font = QFont(timeline.font())
    option.rect = QRect(0, 0, 480, 200)
    option.state = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus
    for row in range(len(rows)):
        image.fill(Qt.GlobalColor.white)
        blank = QImage(image)
        painter = QPainter(image)
        timeline.itemDelegate().paint(painter, option, timeline.model().index(row, 0))
        painter.end()
        assert image != blank


@given(text=st.text(max_size=400), width=st.integers(20, 600), most=st.integers(1, 4))
def test_words_never_take_more_lines_or_more_room_than_given(
    qapp: object, text: str, width: int, most: int
) -> None:
    font = QFont()
    font.setPixelSize(14)
    lines = broken(text, font, width, most)
    assert len(lines) <= most
    if not text.strip():
        assert lines == []


def test_short_words_are_kept_whole(qapp: object) -> None:
    font = QFont()
    font.setPixelSize(14)
    assert broken("愿意 配合", font, 400, 3) == ["愿意 配合"]
    assert broken("愿意配合" * 50, font, 100, 2)[-1].endswith("…")


def test_two_hundred_entries_are_all_there(timeline: Timeline, qtbot: QtBot) -> None:
    timeline.show_entries([entry(one, text="愿意配合" * 30) for one in range(200)])
    qtbot.keyClick(timeline, Qt.Key.Key_End)
    assert timeline.currentIndex().row() == 199
    assert timeline.viewport().rect().intersects(timeline.visualRect(timeline.currentIndex()))
