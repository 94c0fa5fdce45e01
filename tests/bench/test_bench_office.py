"""The bench of an office runs and prints every figure; how large the figures are is no test."""

from datetime import date

import pytest

from tests.bench.bench_office import Figure, growth, measure
from tests.bench.offices import Size

FIRST, TODAY = date(2026, 11, 2), date(2026, 11, 20)


@pytest.mark.parametrize(
    "size", [Size(80, FIRST, TODAY, roster=30), Size(240, FIRST, TODAY, schools=2, roster=30)]
)
def test_every_figure_of_a_small_school_and_a_small_county_is_printed(size: Size) -> None:
    figures = list(measure(size))
    assert [one.what for one in figures] == [
        "今日",
        "一次保存之后的读取",
        "个案列表",
        "查找时按一个键",
        "保存点名÷不留痕的同样几行",
        "读取时保存下一个班÷单独保存",
        "导入30×60",
    ]
    assert all(one.line("small").endswith("×") for one in figures)


def test_growth_is_told_beside_the_children() -> None:
    small, large = {"今日": Figure("今日", 0.02, 0.01)}, {"今日": Figure("今日", 1.0, 0.5)}
    assert list(growth(small, large, 120)) == ["1k→county 今日：学生120倍，用时50倍"]
