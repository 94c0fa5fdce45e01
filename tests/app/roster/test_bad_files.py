"""Files that broke readers: each is read or refused by a sentence (cases/README, bad/)."""

from pathlib import Path

import pytest

from app.errors import UserError
from app.roster.workbook import MOST_COLUMNS, MOST_ROWS, read_workbook

BAD = Path(__file__).parents[2] / "data" / "bad"
TABLES = sorted(one.name for one in BAD.iterdir() if one.suffix in {".xls", ".xlsx"})


def test_the_corpus_is_there() -> None:
    assert len(TABLES) == 10


@pytest.mark.parametrize("name", TABLES)
def test_a_file_that_broke_a_reader_is_refused_by_a_sentence(name: str) -> None:
    with pytest.raises(UserError, match=f"“{name}”".replace("+", r"\+")) as refused:
        read_workbook(BAD / name)
    assert refused.value.sentence.endswith("。")


def test_a_list_of_too_many_rows_is_refused_with_the_bound(tmp_path: Path) -> None:
    path = tmp_path / "长.csv"
    path.write_text("姓名\n" + "王小花\n" * MOST_ROWS, encoding="utf-8")
    with pytest.raises(UserError, match="超过200000行"):
        read_workbook(path)


def test_a_list_of_too_many_columns_is_refused_with_the_bound(tmp_path: Path) -> None:
    path = tmp_path / "宽.csv"
    path.write_text(",".join(["姓名"] * (MOST_COLUMNS + 1)), encoding="utf-8")
    with pytest.raises(UserError, match="超过1000列"):
        read_workbook(path)


def test_an_endless_table_of_a_web_page_is_read_in_time(tmp_path: Path) -> None:
    path = tmp_path / "网页.xls"
    path.write_text("<table><tr><td>姓名" + "<td" * 200_000, encoding="utf-8")
    assert read_workbook(path)[0].rows[0][0].__class__ is str
