"""An import that is stopped while it is being written: nothing of it stays, and how far it is can be seen."""

from pathlib import Path

import pytest

from app.service.children.roster_reading import MAPPING, Reading
from app.service.children.roster_writing import AT_ONCE, ImportCancelledError, Progress
from app.service.children.rosters import import_roster
from app.service.program import Program
from app.service.screens.roster import import_runs
from app.service.screens.students_rows import student_rows
from tests.helpers.sheets import workbook

COUNT = 2 * AT_ONCE + 1
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何", "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋"


def listed(path: Path, address: str) -> Path:
    names = [f"{one}{other}" for one in SURNAMES for other in GIVEN][:COUNT]
    lines = [(name, "五年级1班", f"{address}{place}号") for place, name in enumerate(names)]
    return workbook(path, (("姓名", "班级", "家庭地址"), *lines))


def test_stopped_half_way_through_new_children_nothing_stays(program: Program, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    progress = Progress(lambda done, total: seen.append((done, total)), lambda: len(seen) > 1)
    reading = Reading({"现住址": "家庭地址"})
    with pytest.raises(ImportCancelledError, match="什么都没有写入"):
        program.write(import_roster, listed(tmp_path / "名册.xlsx", "石桥村"), reading, progress=progress)
    assert seen == [(0, COUNT), (AT_ONCE, COUNT)]
    assert not program.read(student_rows)
    assert not program.read(import_runs)
    assert not program.read(lambda desk: desk.tx.setting(MAPPING))


def test_stopped_among_changed_children_every_one_is_as_before(program: Program, tmp_path: Path) -> None:
    program.write(import_roster, listed(tmp_path / "名册.xlsx", "石桥村"))
    before = program.read(lambda desk: desk.tx.position())
    seen: list[int] = []
    progress = Progress(lambda done, _total: seen.append(done), lambda: len(seen) > 1)
    with pytest.raises(ImportCancelledError):
        program.write(import_roster, listed(tmp_path / "下月.xlsx", "湖美村"), progress=progress)
    assert seen == [0, AT_ONCE]
    assert program.read(lambda desk: desk.tx.position()) == before
    addresses = program.read(
        lambda desk: desk.tx.rows("SELECT DISTINCT substr(address, 1, 3) AS village FROM student")
    )
    assert addresses == [{"village": "石桥村"}]
