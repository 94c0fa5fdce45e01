"""Numbers of a series: never given twice, whatever is killed, restored or put back; what is left out is named."""

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.records import IssuedDocument, Unit
from app.errors import EnvironmentProblem, UserError
from app.settings import DataFolder
from app.store import Store, Transaction, backup
from app.store.high_water import HighWater, HighWaterFile, Series
from app.store.numbers import NumberGap
from tests.app.store.conftest import TODAY, StandingClock

UNIT = "unit-of-the-test"
SERIES = Series("报告单", UNIT, 2026)


def _issue(tx: Transaction) -> int:
    if not tx.find(Unit):
        tx.add(Unit(id=UNIT, level="学校", name="河口小学"))
    number = tx.numbers.next(SERIES)
    paper = IssuedDocument(
        id=tx.new_id(),
        kind=SERIES.kind,
        unit_id=UNIT,
        year=SERIES.year,
        seq=number,
        number=f"疑辍报〔2026〕{number}号",
        case_id="",
        student_id="",
        issued_on=date(2026, 3, 2),
        template_sha256="",
        sha256="",
    )
    tx.add(paper)
    return number


def _number(store: Store) -> int:
    return store.write(_issue).value


def _gaps(store: Store) -> list[NumberGap]:
    return store.read(lambda tx: tx.numbers.gaps())


def test_numbers_count_from_one_also_within_one_write(store: Store) -> None:
    assert store.write(lambda tx: [_issue(tx), _issue(tx)]).value == [1, 2]
    assert store.write(lambda tx: [tx.numbers.next(SERIES), tx.numbers.next(SERIES)]).value == [3, 4]
    assert _number(store) == 5
    assert [(gap.first, gap.last) for gap in _gaps(store)] == [(3, 4)]


def test_a_write_that_is_refused_uses_no_number(store: Store) -> None:
    def refused(tx: Transaction) -> None:
        _issue(tx)
        raise UserError("不行。")

    with pytest.raises(UserError, match="不行"):
        store.write(refused)
    assert _number(store) == 1
    assert _gaps(store) == []


def test_a_power_cut_between_high_water_and_commit_leaves_a_named_gap_and_no_repeat(
    folder: DataFolder, clock: StandingClock
) -> None:
    Store.create(folder, "密码甲", "王老师", clock).store.close()

    def issue_and_die(patch: pytest.MonkeyPatch) -> None:
        keep = HighWaterFile.change

        def dies(self: HighWaterFile, change: Callable[[HighWater | None], HighWater]) -> HighWater:
            keep(self, change)
            os._exit(9)

        store = Store.open(folder, "密码甲", "", TODAY, clock)
        patch.setattr(HighWaterFile, "change", dies)
        store.write(_issue)

    child = os.fork()
    if child == 0:
        try:
            issue_and_die(pytest.MonkeyPatch())
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    with Store.open(folder, "密码甲", "", TODAY, clock) as store:
        assert store.read(lambda tx: tx.find(IssuedDocument)) == []
        assert _number(store) == 2
        assert _gaps(store) == [NumberGap(SERIES, 1, 1, "编号时中断，没有用成，留空")]


def test_a_high_water_that_cannot_be_written_gives_no_number(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: HighWaterFile, _change: object) -> None:
        raise EnvironmentProblem("磁盘已满。")

    with monkeypatch.context() as patch:
        patch.setattr(HighWaterFile, "change", full)
        with pytest.raises(EnvironmentProblem):
            _number(store)
    assert _number(store) == 1


def test_the_right_taken_by_another_folder_is_noticed_while_this_one_is_open(
    store: Store, tmp_path: Path, clock: StandingClock
) -> None:
    assert _number(store) == 1
    shutil.copytree(store.folder.root, tmp_path / "copy")
    with Store.open(DataFolder(tmp_path / "copy"), "密码甲", "", TODAY, clock) as copy:
        assert copy.name_working_copy({}).issues_numbers
        with pytest.raises(UserError, match="instance working-copy"):
            _number(store)
        assert not store.read(lambda tx: tx.numbers.issued_here)
        assert _number(copy) == 2


def test_a_high_water_tells_nothing_but_numbers_and_the_units_own_name(store: Store) -> None:
    _number(store)
    file = store._numbering.file
    found = file.read()
    assert found is not None
    assert found.numbers == {SERIES: 1}
    assert found.known[store.origin].position == store.read(lambda tx: tx.position())
    assert store.folder.root not in file.path.parents


_STEPS = st.lists(st.sampled_from(("issue", "issue", "back up", "restore", "put back", "move")), max_size=8)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_STEPS)
def test_whatever_goes_back_in_time_the_next_number_is_the_one_after_the_highest_ever_given(
    clock: StandingClock, steps: list[str]
) -> None:
    with TemporaryDirectory() as holder:
        office = _Office(Path(holder), clock)
        for step in steps:
            office.do(step)
        assert office.given == list(range(1, len(office.given) + 1))


class _Office:
    """A folder that is worked in, with backups and a copy of its files kept on a stick."""

    def __init__(self, holder: Path, clock: StandingClock) -> None:
        self.holder, self.clock = holder, clock
        self.root = holder / "data"
        self.given: list[int] = []
        self.moves = 0
        Store.create(DataFolder(self.root), "密码甲", "王老师", clock).store.close()
        self.backup = self._back_up()
        shutil.copytree(self.root, holder / "stick")

    def do(self, step: str) -> None:
        if step == "issue":
            with self._opened() as store:
                self.given.append(_number(store))
        elif step == "back up":
            self.backup = self._back_up()
        elif step == "restore":
            backup.restore(DataFolder(self.root), self.backup, "密码甲", "王老师", TODAY, self.clock)
        elif step == "put back":
            shutil.rmtree(self.root)
            shutil.copytree(self.holder / "stick", self.root)
        else:
            self.moves += 1
            self.root = self.root.rename(self.holder / f"moved {self.moves}")

    def _opened(self) -> Store:
        return Store.open(DataFolder(self.root), "密码甲", "", TODAY, self.clock)

    def _back_up(self) -> Path:
        with self._opened() as store:
            return Path(shutil.copy(backup.make(store, TODAY, complete=False), self.holder / "kept.gxbak"))
