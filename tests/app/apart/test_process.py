"""A reading process that breaks, loops or swells costs one sentence, and the next file is read as ever."""

import threading

import pytest

from app.apart import process
from app.apart.process import Broken, Cancelled, read_apart
from app.errors import EnvironmentProblem, UserError

JOBS = "tests.helpers.apart_jobs"


def ask(job: str, *arguments: object) -> object:
    return read_apart(f"{JOBS}:{job}", *arguments, name="名单.xls")


def test_an_answer_comes_back() -> None:
    assert ask("twice", 21) == 42


def test_a_library_that_prints_does_not_break_the_answers() -> None:
    assert ask("print_much") == "done"
    assert ask("twice", 1) == 2


@pytest.mark.parametrize(("environment", "kind"), [(False, UserError), (True, EnvironmentProblem)])
def test_a_refusal_comes_back_as_its_sentence(environment: bool, kind: type[Exception]) -> None:
    with pytest.raises(kind, match="这个文件不行。"):
        ask("refuse", environment)


def test_a_bug_is_reported_whole() -> None:
    with pytest.raises(RuntimeError, match="stumble"):
        ask("stumble")


@pytest.mark.parametrize(("job", "words"), [("die", "已损坏"), ("swell", "内存"), ("sink", "内存")])
def test_a_reader_that_breaks_costs_one_sentence_and_the_next_file_is_read(job: str, words: str) -> None:
    with pytest.raises(Broken, match=f"“名单.xls”.*{words}"):
        ask(job)
    assert ask("twice", 3) == 6


def test_a_reader_that_never_comes_back_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SECONDS", 1)
    with pytest.raises(Broken, match="秒还没有读完"):
        ask("sleep")
    assert ask("twice", 4) == 8


def test_a_person_stops_a_reading() -> None:
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    with pytest.raises(Cancelled, match="已停止"):
        read_apart(f"{JOBS}:sleep", name="名单.xls", cancelled=stop.is_set)
    assert ask("twice", 5) == 10


def test_two_threads_get_each_its_own_answer() -> None:
    found: dict[int, object] = {}
    threads = [
        threading.Thread(target=lambda one=one: found.__setitem__(one, ask("twice", one))) for one in range(8)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == {one: 2 * one for one in range(8)}


def test_another_thread_stops_what_is_being_read() -> None:
    threading.Timer(0.3, process.stop_reading).start()
    with pytest.raises(Cancelled, match="已停止"):
        ask("sleep")
    assert ask("twice", 6) == 12
