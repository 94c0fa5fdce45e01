"""A roll being taken, as a model: entries, halves, tallies, and what is lost when it is read anew."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from app.service.screens.roll_pupils import Notes, PupilRow
from ui.models.roll_sheet import KINDS, STATE_COLUMN, STRIP_COLUMN, RollModel, Tally, note_of, state_words


def pupil(place: int, **more: Any) -> PupilRow:
    plain = PupilRow(
        place=place,
        id=f"s{place}",
        name=f"学生{place}",
        strip=(),
        leave="",
        leave_kind="",
        kind="",
        part="全天",
        case_id="",
        notes=Notes("", "第1天", "共0.5天"),
    )
    return replace(plain, **more)


@pytest.fixture
def model() -> RollModel:
    made = RollModel()
    made.load(
        [
            pupil(1),
            pupil(2),
            pupil(3, leave="请假中：病假至11月23日", leave_kind="病假"),
            pupil(4, kind="事假"),
        ]
    )
    return made


def test_the_model_keeps_the_rules_of_qt(model: RollModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)


def test_leave_and_whole_days_count_as_away_half_days_as_half(model: RollModel) -> None:
    assert (model.tally().expected, model.tally().present, model.tally().missed) == (4, 2, "缺2人")
    model.enter_half(0, "旷课")
    assert (model.tally().expected, model.tally().present, model.tally().missed) == (4, 1.5, "缺2人、半天1人")
    model.enter(0, "旷课")
    assert (model.tally().expected, model.tally().present, model.tally().missed) == (4, 1, "缺3人")


def test_half_a_day_is_the_morning_first_and_the_afternoon_when_asked_again(model: RollModel) -> None:
    model.enter_half(0, "病假")
    assert state_words(model.rows[0]) == "● 病假 上午"
    model.enter_half(0, "病假")
    assert state_words(model.rows[0]) == "● 病假 下午"
    model.enter_half(0, "旷课")
    assert state_words(model.rows[0]) == "■ 旷课 上午"
    assert note_of(model.rows[0]) == "共0.5天"


def test_a_child_on_leave_cannot_be_entered(model: RollModel) -> None:
    assert not model.enter(2, "旷课")
    assert state_words(model.rows[2]) == "● 病假"
    assert not model.dirty


def test_taking_an_entry_back_leaves_nothing_unsaved(model: RollModel) -> None:
    model.enter(0, "旷课")
    assert model.dirty
    model.enter(0, "")
    assert not model.dirty


def test_reading_anew_keeps_entries_that_are_not_saved(model: RollModel) -> None:
    model.enter(0, "旷课")
    model.enter(3, "")
    model.reload([pupil(1), pupil(2, kind="旷课"), pupil(3), pupil(4, kind="事假")])
    assert model.entries() == [("s1", "旷课", "全天")]
    assert model.dirty


def test_reading_anew_takes_the_standing_roll_where_nothing_was_changed(model: RollModel) -> None:
    model.reload([pupil(1), pupil(2, kind="旷课"), pupil(3), pupil(4)])
    assert model.entries() == [("s2", "旷课", "全天")]
    assert not model.dirty


def test_colour_is_never_the_only_word(model: RollModel) -> None:
    model.enter(0, "旷课")
    spoken = model.data(model.index(0, STATE_COLUMN), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "当天 学生1 ■ 旷课 第1天"
    assert model.data(model.index(0, STRIP_COLUMN), Qt.ItemDataRole.DisplayRole) == "还没有点过名"


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["", *KINDS]), st.booleans()), max_size=20))
def test_present_and_away_always_add_up(steps: list[tuple[int, str, bool]]) -> None:
    model = RollModel()
    model.load([pupil(1), pupil(2), pupil(3, leave="请假中", leave_kind="事假"), pupil(4)])
    for place, kind, half in steps:
        if half and kind:
            model.enter_half(place, kind)
        else:
            model.enter(place, kind)
    tally = model.tally()
    missed = sum(1 if part == "全天" else 0.5 for _, _, part in model.entries())
    assert (tally.expected, tally.present) == (4, 3 - missed)


def test_a_child_nobody_knows_the_whereabouts_of_is_neither_expected_nor_present(model: RollModel) -> None:
    """Until it is entered: then it is expected, and away."""
    model.load([pupil(1), pupil(2, sought="11月17日的名册里没有该生，请在学生页回答去向")])
    assert model.tally() == Tally(1)
    assert state_words(model.rows[1]) == "◇ 核实去向"
    assert note_of(model.rows[1]).startswith("11月17日的名册里没有该生")
    assert model.entries() == []
    model.enter(1, "旷课")
    assert model.tally() == Tally(2, 1)
    assert state_words(model.rows[1]) == "■ 旷课"
