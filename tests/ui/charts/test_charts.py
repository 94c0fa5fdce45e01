"""The pictures of 概况: said in words, exact under the mouse, saved as PNG."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.service.screens.charts import Charts, ClassWeeks, WeekCell
from tests.ui.conftest import Office
from ui.charts.board import ChartBoard
from ui.charts.stages import StageChart
from ui.charts.weeks import WeekChart
from ui.theme import colour, dress

MONDAYS = (date(2026, 11, 9), date(2026, 11, 16))
CLASSES = (
    ClassWeeks("一年级1班", (WeekCell(0, gap=False), WeekCell(None, gap=True)), 0, 2),
    ClassWeeks("二年级1班", (WeekCell(1.5, gap=False), WeekCell(3, gap=False)), 4.5, 0),
    ClassWeeks("三年级1班", (WeekCell(None, gap=False), WeekCell(0, gap=True)), 0, 0),
)


@pytest.fixture
def weeks(qtbot: QtBot, qapp: QApplication) -> WeekChart:
    dress(qapp, 100)
    made = WeekChart()
    qtbot.addWidget(made)
    made.show_weeks(MONDAYS, CLASSES)
    made.resize(made.wanted())
    return made


def cells(weeks: WeekChart) -> set[str]:
    """What the mouse meets anywhere on the picture."""
    size = weeks.size()
    points = [QPoint(x, y) for x in range(0, size.width(), 6) for y in range(0, size.height(), 6)]
    return {weeks.cell_words(point) for point in points}


def test_the_picture_of_the_weeks_is_said_in_words(weeks: WeekChart) -> None:
    assert weeks.accessibleDescription() == (
        "一年级1班：旷课0人天，请假2人天（第2周没有点名记录）。"
        "二年级1班：旷课4.5人天，请假0人天（第1周旷课1.5人天；第2周旷课3人天）。"
        "三年级1班：旷课0人天，请假0人天（第2周没有旷课，有上课日没点名）。"
    )


def test_the_mouse_meets_every_number_and_no_other(weeks: WeekChart) -> None:
    assert cells(weeks) == {
        "",
        "一年级1班 第1周（11月9日—11月15日）：没有旷课",
        "一年级1班 第2周（11月16日—11月22日）：没有点名记录",
        "二年级1班 第1周（11月9日—11月15日）：旷课1.5人天",
        "二年级1班 第2周（11月16日—11月22日）：旷课3人天",
        "三年级1班 第1周（11月9日—11月15日）：没有上课",
        "三年级1班 第2周（11月16日—11月22日）：没有旷课，有上课日没点名",
    }


def test_a_class_never_called_has_no_sums_and_is_said_so(weeks: WeekChart) -> None:
    weeks.show_weeks(MONDAYS, (ClassWeeks("六年级1班", (WeekCell(None, gap=True),) * 2, None, None),))
    assert weeks.accessibleDescription() == "六年级1班：没有点名记录。"
    weeks.image("某校")  # drawn without a number


def accent_pixels(image: QImage) -> int:
    wanted = colour("accent").rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(0, image.height(), 2))


def test_a_bar_is_as_high_as_its_number_on_one_scale(weeks: WeekChart) -> None:
    whole = accent_pixels(weeks.image("某校"))
    weeks.show_weeks(MONDAYS, CLASSES[:1])
    assert accent_pixels(weeks.image("某校")) == 0
    assert whole > 100


def test_a_bar_does_not_hide_that_a_day_of_its_week_is_missing(weeks: WeekChart) -> None:
    def bars(*, gap: bool) -> int:
        weeks.show_weeks(MONDAYS, (ClassWeeks("一年级1班", (WeekCell(3, gap=gap),) * 2, 6, 0),))
        return accent_pixels(weeks.image("某校"))

    assert bars(gap=True) < bars(gap=False)


def test_more_classes_need_more_room(weeks: WeekChart) -> None:
    before = weeks.wanted()
    weeks.show_weeks(MONDAYS * 11, CLASSES * 8)
    assert weeks.wanted().height() > before.height() * 5
    assert weeks.wanted().width() > before.width()


def test_the_stages_are_said_in_words_and_drawn(qtbot: QtBot, qapp: QApplication) -> None:
    dress(qapp, 100)
    chart = StageChart()
    qtbot.addWidget(chart)
    chart.show_stages([("缺勤预警", 1), ("核实中", 0), ("学校劝返", 2)])
    assert chart.accessibleDescription() == "在办个案共3件：缺勤预警1件，学校劝返2件。"
    assert accent_pixels(chart.image("某校")) > 100
    chart.show_stages([("缺勤预警", 0)])
    assert chart.accessibleDescription() == "在办个案共0件。"
    assert accent_pixels(chart.image("某校")) == 0


@pytest.fixture
def board(office: Office) -> ChartBoard:
    made = ChartBoard(office.context)
    office.qtbot.addWidget(made)
    made.resize(1200, 600)
    made.show()
    made.refresh()
    office.settle()
    return made


def test_the_board_reads_the_schools_numbers(board: ChartBoard) -> None:
    assert "五年级1班：旷课5人天" in board.weeks.words
    assert "在办个案共4件" in board.stages.words
    assert board.weeks.isVisible()


def test_a_picture_is_saved_with_whose_and_of_which_day(
    office: Office, board: ChartBoard, tmp_path: Path
) -> None:
    with office.qtbot.waitSignal(office.context.bus.said) as heard:
        board.save(board.weeks, tmp_path / "旷课.png")
    saved = QImage(str(tmp_path / "旷课.png"))
    assert saved.width() > 2 * board.weeks.wanted().width()
    assert "旷课.png" in heard.args[0]
    assert board.caption() == "柳河镇石桥小学　截至2026年11月20日"
    assert office.context.preferences.folder == str(tmp_path)


def test_a_folder_that_cannot_be_written_is_said_with_the_remedy(
    office: Office, board: ChartBoard, tmp_path: Path
) -> None:
    with office.qtbot.waitSignal(office.context.bus.refused) as heard:
        board.save(board.stages, tmp_path / "没有的文件夹" / "图.png")
    assert heard.args[0] == "图片没有存成：图.png写不进去。请换一个文件夹再存。"


def test_nothing_to_draw_says_what_to_do(office: Office, board: ChartBoard) -> None:
    board._show(Charts("", (), (), ()))
    assert not board.weeks.isVisible()
    assert not board.stages.isVisible()


def test_narrow_pictures_stand_one_under_the_other(office: Office, board: ChartBoard) -> None:
    assert board.weeks.mapTo(board, QPoint()).x() < board.stages.mapTo(board, QPoint()).x()
    board.resize(500, 600)
    office.qtbot.waitUntil(
        lambda: board.stages.mapTo(board, QPoint()).y() > board.weeks.mapTo(board, QPoint()).y() + 100
    )
