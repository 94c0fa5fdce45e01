"""Use cases run beside the window and answer in its thread; no failure is lost and no value is shown in a crash."""

import threading
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from app.domain.changes import Changes
from app.domain.records import Term
from app.errors import EnvironmentProblem, UserError
from app.service.office.calendars import set_term
from app.service.office.desk import Desk
from app.service.screens.overview import who_we_are
from tests.ui.conftest import Office
from ui.tasks import Recorder, crash_words


class Listener:
    """What the bus said."""

    def __init__(self, office: Office) -> None:
        self.refused: list[str] = []
        self.crashed: list[str] = []
        self.changed: list[tuple[Changes, object]] = []
        bus = office.context.bus
        bus.refused.connect(self.refused.append)
        bus.crashed.connect(self.crashed.append)
        bus.changed.connect(lambda changes, initiator: self.changed.append((changes, initiator)))


@pytest.fixture
def heard(office: Office) -> Listener:
    return Listener(office)


def refuse(_desk: Desk) -> None:
    raise UserError("这个不行。请换一个。")


def disk(_desk: Desk) -> None:
    raise EnvironmentProblem("磁盘满了。请腾出空间。")


def bug(_desk: Desk) -> None:
    name = "张小明"
    raise ValueError(name)


def new_term(desk: Desk) -> Any:
    return set_term(desk, desk.today.replace(month=9, day=2), desk.today)


def test_an_answer_comes_back_in_the_windows_thread(office: Office) -> None:
    came: list[tuple[Any, int]] = []
    office.context.tasks.read(
        QObject(office.context.bus),
        who_we_are,
        then=lambda value: came.append((value.level, threading.get_ident())),
    )
    office.settle()
    assert came == [("学校", threading.get_ident())]


def test_an_owner_that_is_gone_gets_no_answer(office: Office) -> None:
    came: list[Any] = []
    owner = QObject()
    office.context.tasks.read(owner, who_we_are, then=came.append)
    delete(owner)
    office.settle()
    assert came == []


def test_a_write_tells_everyone_what_changed_and_who_asked(office: Office, heard: Listener) -> None:
    owner = QObject()
    order: list[str] = []
    office.context.bus.changed.connect(lambda _changes, _owner: order.append("changed"))
    office.context.tasks.write(owner, new_term, then=lambda _value: order.append("then"))
    office.settle()
    assert [(changes.touches("term"), initiator) for changes, initiator in heard.changed] == [(True, owner)]
    assert order == ["then", "changed"]


@pytest.mark.parametrize(("use_case", "sentence"), [(refuse, "这个不行"), (disk, "磁盘满了")])
def test_a_refusal_nobody_handles_is_shown_as_its_sentence(
    office: Office, heard: Listener, use_case: Any, sentence: str
) -> None:
    office.context.tasks.read(QObject(office.context.bus), use_case, then=lambda _value: None)
    office.settle()
    assert heard.refused[0].startswith(sentence)
    assert heard.crashed == []


def test_a_write_is_answered_before_a_reading_asked_first_which_then_tells_what_was_written(
    office: Office,
) -> None:
    tasks, owner = office.context.tasks, QObject(office.context.bus)
    begun, free, came = threading.Event(), threading.Event(), list[Any]()

    def first_days(desk: Desk) -> set[date]:
        found = {one.first_day for one in desk.tx.find(Term)}
        begun.set()
        assert free.wait(20)
        return found

    second_of_september = office.program.today.replace(month=9, day=2)
    tasks.read(owner, first_days, then=lambda found: came.append(second_of_september in found))
    assert begun.wait(20)
    tasks.write(owner, new_term, then=lambda _value: came.append("written"))
    office.qtbot.waitUntil(lambda: bool(came))
    free.set()
    office.settle()
    assert came == ["written", True]


def test_a_refused_write_changes_and_tells_nothing(office: Office, heard: Listener) -> None:
    office.context.tasks.write(QObject(office.context.bus), refuse)
    office.settle()
    assert (heard.changed, len(heard.refused)) == ([], 1)


def test_a_bug_is_reported_without_the_values_it_handled(office: Office, heard: Listener) -> None:
    office.context.tasks.read(QObject(office.context.bus), bug, then=lambda _value: None)
    office.settle()
    assert "ValueError" in heard.crashed[0]
    assert "test_tasks.py" in heard.crashed[0]
    assert "张小明" not in heard.crashed[0]


def test_a_failure_somebody_handles_is_shown_by_nobody_else(office: Office, heard: Listener) -> None:
    came: list[BaseException] = []
    office.context.tasks.read(QObject(office.context.bus), bug, then=lambda _value: None, failed=came.append)
    office.settle()
    assert isinstance(came[0], ValueError)
    assert heard.crashed == []


def test_work_without_data_runs_beside_the_data_worker(office: Office) -> None:
    came: list[bool] = []
    main = threading.get_ident()
    office.context.tasks.compute(
        QObject(office.context.bus), lambda: threading.get_ident() != main, then=came.append
    )
    office.settle()
    assert came == [True]


def test_a_job_of_many_steps_reports_and_tells_once_at_its_end(office: Office, heard: Listener) -> None:
    seen: list[tuple[int, int, str]] = []
    tasks = office.context.tasks

    owner = QObject()
    tell = tasks.teller(owner, lambda *step: seen.append(step))

    def job(recorder: Recorder) -> str:
        for place in (1, 2):
            recorder.program.write(new_term)
            tell(place, 2, "第几步")
        return "好了"

    came: list[str] = []
    tasks.work(owner, job, then=came.append)
    office.settle()
    assert came == ["好了"]
    assert seen == [(1, 2, "第几步"), (2, 2, "第几步")]
    assert [len(changes.rows["term"]) for changes, _ in heard.changed] == [3]
    first, last = heard.changed[0][0].span or (0, 0)
    assert last > first > 0, "Ctrl+Z reaches the job, not something older"


def test_a_job_stopped_half_way_still_tells_what_it_changed(office: Office, heard: Listener) -> None:
    def job(recorder: Recorder) -> None:
        recorder.program.write(new_term)
        recorder.program.write(refuse)

    office.context.tasks.work(QObject(office.context.bus), job, then=lambda _value: None)
    office.settle()
    assert len(heard.changed) == 1
    assert heard.refused == ["这个不行。请换一个。"]


def test_two_jobs_report_each_to_its_own_listener(office: Office) -> None:
    seen: dict[str, list[int]] = {"一": [], "二": []}
    tasks, owner = office.context.tasks, QObject()
    for name, steps in seen.items():
        tell = tasks.teller(owner, lambda done, _total, _name, steps=steps: steps.append(done))
        tasks.work(owner, lambda _recorder, tell=tell: tell(1, 1, ""), then=lambda _value: None)
        assert name in seen
    office.settle()
    assert seen == {"一": [1], "二": [1]}


def test_a_page_is_laid_out_while_a_job_goes_on(office: Office) -> None:
    go_on = threading.Event()
    came: list[str] = []
    tasks, owner = office.context.tasks, QObject(office.context.bus)
    tasks.work(owner, lambda _recorder: go_on.wait(10), then=lambda _value: came.append("job"))
    tasks.compute(owner, lambda: None, then=lambda _value: (came.append("page"), go_on.set()))
    office.settle()
    assert came == ["page", "job"]


def test_a_job_hears_that_the_window_is_left_and_stops_after_the_step_in_hand(office: Office) -> None:
    steps: list[int] = []
    begun = threading.Event()

    def job(recorder: Recorder) -> None:
        while not recorder.leaving.is_set():
            steps.append(len(steps))
            begun.set()
            recorder.leaving.wait(10)

    tasks = office.context.tasks
    tasks.work(QObject(office.context.bus), job, then=lambda _value: None)
    begun.wait(10)
    with office.qtbot.waitSignal(tasks.written):
        tasks.leave()
    assert (steps, tasks.changing) == ([0], 0)


def test_a_file_being_written_counts_as_a_change_under_way(office: Office) -> None:
    go_on = threading.Event()
    tasks = office.context.tasks
    tasks.keep(QObject(office.context.bus), lambda: go_on.wait(10), then=lambda _value: None)
    assert tasks.changing == 1
    go_on.set()
    office.settle()
    assert tasks.changing == 0


def test_the_words_of_a_bug_name_files_without_the_folder_of_the_person() -> None:
    problem = ValueError()
    trace = compile("raise problem", r"D:\王老师\store.py", "exec")
    try:
        exec(trace, {"problem": problem})
    except ValueError as raised:
        words = crash_words(raised)
    assert "store.py:1" in words
    assert "王老师" not in words


def test_how_much_is_under_way_is_told(office: Office) -> None:
    counts: list[int] = []
    office.context.tasks.busy.connect(counts.append)
    office.context.tasks.read(QObject(office.context.bus), who_we_are, then=lambda _value: None)
    office.settle()
    assert counts == [1, 0]


def test_answers_after_the_close_are_dropped(office: Office) -> None:
    came: list[Any] = []
    office.context.tasks.read(QObject(office.context.bus), who_we_are, then=came.append)
    office.context.tasks.close()
    office.qtbot.wait(1)
    assert came == []


def test_what_a_timer_asks_after_the_close_is_not_asked(office: Office) -> None:
    """A page waits a moment before it reads; by then its window may be closed, and its folder let go."""
    came: list[Any] = []
    office.context.tasks.close()
    office.program.close()
    office.context.tasks.read(QObject(office.context.bus), who_we_are, then=came.append)
    office.qtbot.wait(1)
    assert (came, office.context.tasks.running) == ([], 0)
