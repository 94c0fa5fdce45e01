"""How a command line ends: exit codes, bugs shown whole, the window without a command, values on the line."""

from datetime import date
from pathlib import Path

import click
import pytest

from app.cli import keeping
from app.cli.context import Session
from app.cli.main import run
from app.cli.types import ABSENT, DAY, PAIR
from app.service.rolls.roll_call import AbsenceEntry


def test_without_a_command_the_window_opens(tmp_path: Path) -> None:
    seen: list[Session] = []

    def window(session: Session, demo: bool) -> int:
        assert not demo
        seen.append(session)
        return 0

    assert run(["--data", str(tmp_path), "--today", "2026-09-21"], window=window) == 0
    assert (seen[0].data, seen[0].today, seen[0].day_given) == (tmp_path, date(2026, 9, 21), True)
    assert run(["--data", str(tmp_path)], window=window) == 0
    assert not seen[1].day_given


def test_a_bug_is_shown_whole_and_exits_70(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("bug")

    monkeypatch.setattr(keeping, "kept_backups", broken)
    assert run(["--data", "nowhere", "backup", "list"]) == 70
    shown = capsys.readouterr().err
    assert "ZeroDivisionError: bug" in shown
    assert shown.rstrip().endswith("发给维护的人。")


def test_stopping_at_the_prompt_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object) -> None:
        raise click.Abort

    monkeypatch.setattr(keeping, "kept_backups", stop)
    assert run(["--data", "nowhere", "backup", "list"]) == 1
    assert capsys.readouterr().err == "已取消，什么也没有改。\n"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("陈小满=旷课", AbsenceEntry("陈小满", "旷课", "全天")),
        (" 陈小满 = 病假：上午", AbsenceEntry("陈小满", "病假", "上午")),
        ("陈小满=事假:下午", AbsenceEntry("陈小满", "事假", "下午")),
    ],
)
def test_absences_of_the_roll(text: str, meant: AbsenceEntry) -> None:
    assert ABSENT.convert(text, None, None) == meant


def test_pairs_keep_what_follows_the_first_sign() -> None:
    assert PAIR.convert("备注= a=b", None, None) == ("备注", " a=b")


@pytest.mark.parametrize("text", ["", "=旷课", "陈小满", "陈小满="])
def test_half_marks_are_wrong_usage(text: str) -> None:
    with pytest.raises(click.BadParameter):
        ABSENT.convert(text, None, None)


@pytest.mark.parametrize("text", ["2026-02-30", "今天", "", "2026/09/01"])
def test_what_is_no_day_is_wrong_usage(text: str) -> None:
    with pytest.raises(click.BadParameter, match="2026-09-17"):
        DAY.convert(text, None, None)
