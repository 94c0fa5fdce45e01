"""The bench of an office runs and prints every figure; how large the figures are is no test."""

from datetime import date

from tests.bench.bench_office import Size, measure


def test_every_figure_of_a_small_office_is_printed() -> None:
    lines = measure("small", Size(80, date(2026, 11, 2), date(2026, 11, 20)))
    assert [line.split("：")[0].split()[1] for line in lines] == [
        "今日",
        "一次保存之后的读取",
        "个案列表",
        "保存点名÷不留痕的同样几行",
        "下一个班的点名÷单独一个班",
    ]
    assert all(line.endswith("×") for line in lines)
