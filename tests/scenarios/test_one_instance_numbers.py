"""One instance of a unit issues numbers: after a restore, a copy or a lost high-water mark no number is given a second
time."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.cli import Cli, cheap_keys, open_store


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cli]:
    """河口小学 with three cases, 2026-001 to 2026-003, and a profile of its own."""
    monkeypatch.setenv("GUIXUE_PROFILE", str(tmp_path / "profile"))
    with cheap_keys():
        yield _set_up(tmp_path / "data", "河口小学")


def _set_up(folder: Path, name: str, *options: str) -> Cli:
    cli = Cli(folder)
    cli("init", "--level", "school", "--name", name, "--rules", "mengjin", "--operator", "陈老师", *options)
    for number in range(12):
        cli("student", "add", "--name", f"童{number}", "--guardian", "家长")
    for number in range(3):
        assert _open_case(cli, number) == f"2026-{number + 1:03d}"
    return cli


def _open_case(cli: Cli, child: int) -> str:
    no: str = cli("case", "open", "--student", f"童{child}", "--trigger", "排查发现", "--date", cli.today)[
        "no"
    ]
    return no


def _lose_profile(folder: Path) -> None:
    shutil.rmtree(folder.parent / "profile")


def test_the_first_instance_issues_numbers(office: Cli) -> None:
    shown = office("instance")
    assert set(shown) == {"id", "began", "from", "issues_numbers"}
    assert (shown["began"], shown["from"], shown["issues_numbers"]) == ("first", "", True)


def test_after_a_restore_numbers_go_on_after_a_named_gap(office: Cli) -> None:
    first = office("instance")["id"]
    file = office("backup", "make")["file"]
    assert [_open_case(office, child) for child in (3, 4)] == ["2026-004", "2026-005"]
    restored = office("backup", "restore", file)
    assert office("instance") == {
        "id": restored["origin"],
        "began": "restored",
        "from": first,
        "issues_numbers": True,
    }
    told = office.raw("student", "list").err
    assert "2026-004、005号在恢复备份前已用，留空" in told
    assert _open_case(office, 5) == "2026-006"
    assert office.raw("student", "list").err == ""  # it is passed: nothing more to say at every start


def test_papers_too_go_on_after_a_restore(office: Cli, tmp_path: Path) -> None:
    def issue(child: int) -> str:
        case = ("--case", f"2026-{child:03d}")
        blanks = [part for name in office("doc", "missing", "家访表", *case) for part in ("--blank", name)]
        number: str = office("doc", "issue", "家访表", *case, "--out", str(tmp_path / "out"), *blanks)[
            "number"
        ]
        return number

    file = office("backup", "make")["file"]
    assert issue(1) == "家访〔2026〕1号"
    office("backup", "restore", file)
    assert issue(1) == "家访〔2026〕2号"


def test_an_older_folder_put_back_by_hand_is_a_restore_too(office: Cli, tmp_path: Path) -> None:
    shutil.copytree(office.data, tmp_path / "kept")
    assert _open_case(office, 3) == "2026-004"
    shutil.rmtree(office.data)
    shutil.copytree(tmp_path / "kept", office.data)
    assert (office("instance")["began"], office("instance")["issues_numbers"]) == ("restored", True)
    assert _open_case(office, 4) == "2026-005"


def test_a_copied_folder_issues_none_until_it_is_named_and_then_the_other_does_not(
    office: Cli, tmp_path: Path
) -> None:
    first = office("instance")["id"]
    shutil.copytree(office.data, tmp_path / "copy")
    copy = Cli(tmp_path / "copy")
    shown = copy("instance")
    assert (shown["began"], shown["from"], shown["issues_numbers"]) == ("copied", first, False)
    assert copy("instance") == shown  # looked at twice it is still the same copy
    assert "复制" in copy.raw("student", "list").err
    assert "working-copy" in copy.refused(
        "case", "open", "--student", "童5", "--trigger", "排查发现", "--date", copy.today
    )
    assert _open_case(office, 3) == "2026-004"  # the office itself goes on
    assert copy("instance", "working-copy")["issues_numbers"] is True
    assert _open_case(copy, 4) == "2026-005"
    assert office("instance")["issues_numbers"] is False


def test_a_folder_moved_or_renamed_keeps_its_right(office: Cli, tmp_path: Path) -> None:
    before = office("instance")
    office.data.rename(tmp_path / "renamed")
    assert Cli(tmp_path / "renamed")("instance") == before
    shutil.copytree(tmp_path / "renamed", tmp_path / "moved")
    shutil.rmtree(tmp_path / "renamed")  # as moving to another disk does it
    assert Cli(tmp_path / "moved")("instance") == before


def test_without_its_mark_a_folder_asks_for_the_last_number(office: Cli, tmp_path: Path) -> None:
    _lose_profile(office.data)
    assert office("instance")["issues_numbers"] is False
    assert "--last" in office.refused("instance", "working-copy")
    assert "比写的2号大" in office.refused("instance", "working-copy", "--last", "2026-002")
    assert "登记簿" in office.refused("instance", "working-copy", "--last", "三号")
    office("instance", "working-copy", "--last", "2026-007", "--last", "疑辍报〔2026〕2号")
    assert _open_case(office, 3) == "2026-008"


def test_an_empty_paper_list_is_said_to_be_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIXUE_PROFILE", str(tmp_path / "profile"))
    cli = Cli(tmp_path / "data")
    with cheap_keys():
        cli("init", "--level", "school", "--name", "河口小学", "--rules", "mengjin", "--operator", "陈老师")
        cli("student", "list")
        _lose_profile(cli.data)
        assert cli("instance", "working-copy", "--last", "无")["issues_numbers"] is True


def test_a_backup_on_a_new_pc_asks_for_the_last_number(
    office: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = office("backup", "make")["file"]
    monkeypatch.setenv("GUIXUE_PROFILE", str(tmp_path / "profile of the new PC"))
    fresh = Cli(tmp_path / "new")
    fresh("backup", "restore", file)
    assert (fresh("instance")["began"], fresh("instance")["issues_numbers"]) == ("restored", False)
    assert "--last" in fresh.refused("instance", "working-copy")
    fresh("instance", "working-copy", "--last", "2026-005")
    assert _open_case(fresh, 5) == "2026-006"


def test_a_backup_restored_into_another_folder_leaves_the_right_where_it_is(
    office: Cli, tmp_path: Path
) -> None:
    other = Cli(tmp_path / "beside")
    other("backup", "restore", office("backup", "make")["file"])
    assert other("instance")["issues_numbers"] is False
    assert office("instance")["issues_numbers"] is True


def test_a_portable_folder_carries_its_mark_and_a_copy_of_it_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIXUE_PROFILE", str(tmp_path / "profile"))
    with cheap_keys():
        stick = _set_up(tmp_path / "stick", "河口小学", "--portable")
        assert not (tmp_path / "profile").exists()
        file = stick("backup", "make")["file"]
        assert _open_case(stick, 3) == "2026-004"
        stick("backup", "restore", file)
        assert _open_case(stick, 4) == "2026-005"
        shutil.copytree(stick.data, tmp_path / "copy")
        copy = Cli(tmp_path / "copy")
        assert copy("instance")["issues_numbers"] is False
        assert "--last" in copy.refused(
            "instance", "working-copy"
        )  # the high-water mark was copied with it and proves nothing
        assert stick("instance")["issues_numbers"] is True


def test_another_units_backup_is_asked_about_with_both_names(office: Cli, tmp_path: Path) -> None:
    file = _set_up(tmp_path / "other", "上游小学")("backup", "make")["file"]
    sentence = office.refused("backup", "restore", file)
    assert "上游小学" in sentence
    assert "河口小学" in sentence
    assert "--other-unit" in sentence
    assert len(office("case", "list", "--all")) == 3
    office("backup", "restore", file, "--other-unit")
    assert (
        office("instance")["issues_numbers"] is False
    )  # 上游小学's own folder still is the one that numbers


def test_data_of_an_earlier_release_take_their_mark_from_the_database(office: Cli, tmp_path: Path) -> None:
    with open_store(office) as store:
        store.on_worker(lambda db, _key: db.conn.execute("DELETE FROM local_setting WHERE key = 'marked'"))
    _lose_profile(office.data)
    assert office("instance")["issues_numbers"] is True
    assert _open_case(office, 3) == "2026-004"
