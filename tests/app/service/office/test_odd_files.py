"""One bad file never stops the house: it is named on 今日 and everything else works (cases/README, bad/)."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import create_program, open_program
from app.domain.todo import Task
from app.errors import EnvironmentProblem
from app.service.office.desk import Desk
from app.service.office.odd_files import file_tasks
from app.service.program import Program
from app.settings import DataFolder
from tests.helpers import township

BAD = Path(__file__).parents[3] / "data" / "bad" / "backup-man_files_inf-mz-b.gxbak"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made, _, _ = create_program(tmp_path / "data", "demo", "林干事", township.TODAY, township.UNIT)
    made.close()
    return tmp_path / "data"


def opened(folder: Path) -> Program:
    return open_program(folder, "demo", township.TODAY)


def tasks(desk: Desk) -> list[Task]:
    return list(file_tasks(desk))


@pytest.fixture
def names() -> Iterator[list[str]]:
    yield ["backups", "attachments", "rules", "templates"]


def test_a_sound_folder_asks_for_nothing(folder: Path) -> None:
    with opened(folder) as program:
        assert program.read(tasks) == []


def test_a_damaged_backup_is_named_and_the_day_is_backed_up(folder: Path) -> None:
    (folder / "backups").mkdir(exist_ok=True)
    shutil.copy(BAD, folder / "backups")
    (folder / "backups" / "一个文件夹.gxbak").mkdir()
    with opened(folder) as program:
        (task,) = program.read(tasks)
        program.back_up_day()
        whole = [one for one in program.backups() if one.ok]
    assert BAD.name in task.what
    assert "一个文件夹.gxbak" in task.what
    assert len(whole) == 1


def test_a_file_in_the_place_of_a_folder_is_named_and_the_data_open(folder: Path, names: list[str]) -> None:
    for name in names:
        place = folder / name
        shutil.rmtree(place, ignore_errors=True)
        place.write_bytes(b"")
    with opened(folder) as program:
        said = [one.what for one in program.read(tasks)]
        with pytest.raises(EnvironmentProblem, match="本该是文件夹"):
            program.make_backup()
    assert [name for name in names if any(f"“{name}”" in one for one in said)] == names


@pytest.mark.parametrize("text", ["a=[" + "[" * 5000 + "]" * 5000 + "]", "a=" + "9" * 6000])
def test_a_rule_file_without_end_is_named(folder: Path, text: str) -> None:
    (folder / "rules").mkdir(exist_ok=True)
    (folder / "rules" / "odd.toml").write_text(text, encoding="utf-8")
    with opened(folder) as program:
        (task,) = program.read(tasks)
    assert "odd.toml" in task.why


@pytest.mark.parametrize(
    "slots",
    [
        "[" * 100_000,
        '{"vault": "a", "slots": [[[[]]]]}',
        '{"vault": 1e999, "slots": []}',
        "x" * 200_000,
        "{}",
    ],
)
def test_damaged_key_slots_are_one_sentence(folder: Path, slots: str) -> None:
    DataFolder(folder).keyslots.write_text(slots, encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=r"keyslots\.json 已损坏"):
        opened(folder)


@pytest.mark.parametrize(
    ("key", "value"), [("ops", 3.5), ("memory", 2**40), ("ops", -1), ("salt", 5), ("box", "AA")]
)
def test_a_slot_of_a_wrong_type_or_cost_is_refused(folder: Path, key: str, value: object) -> None:
    path = DataFolder(folder).keyslots
    found = json.loads(path.read_bytes())
    found["slots"][0][key] = value
    path.write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=r"keyslots\.json 已损坏"):
        opened(folder)


def test_what_a_kill_left_unfinished_is_gone_at_the_next_start(folder: Path) -> None:
    left = [folder / "rest.json.part"]
    for name in ("backups", "attachments"):
        (folder / name).mkdir(exist_ok=True)
        left.append(folder / name / "rest.part")
    for one in left:
        one.write_bytes(b"half")
    with opened(folder):
        assert not any(one.exists() for one in left)
