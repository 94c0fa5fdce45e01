"""A batch that broke off, a folder without room, and a paper of an earlier day than the newest in the list."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.errors import EnvironmentProblem, ReasonNeeded
from app.service import delivery
from app.service.delivery import batch_to, issue_to
from app.service.papers.drafts import BatchRow
from app.service.papers.issuing import issue_paper
from app.service.papers.listing import list_papers
from app.service.program import Program
from tests.helpers import township
from tests.helpers.township import GIVEN, ORDER, VISITED


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Program]:
    with township.township(tmp_path) as program:
        yield program


def cases(office: Program) -> list[str]:
    return [township.case_of(office, name) for name in VISITED]


def test_the_same_batch_again_issues_only_what_is_missing(office: Program, tmp_path: Path) -> None:
    left = iter([False, False, True])
    first = batch_to(office, ORDER, cases(office), tmp_path, typed=GIVEN, cancelled=lambda: next(left))
    assert len(first) == 2
    told: list[BatchRow] = []
    again = batch_to(office, ORDER, cases(office), tmp_path, typed=GIVEN, already=told.extend)
    assert [row.done for row in told] == [one.paper.number for one in first]
    assert [one.paper.number for one in again] == ["限复〔2026〕3号", "限复〔2026〕4号"]
    assert len(office.read(list_papers)) == 4


def test_a_record_form_of_a_batch_is_not_doubled_either_and_is_with_a_reason(
    office: Program, tmp_path: Path
) -> None:
    blanks = ("旷课原因", "家庭详细住址", "年级", "班号", "就读学校", "学校名称", "就读班级")
    batch_to(office, "家访表", cases(office), tmp_path, blanks=blanks)
    assert batch_to(office, "家访表", cases(office), tmp_path, blanks=blanks) == []
    assert len(batch_to(office, "家访表", cases(office), tmp_path, blanks=blanks, force="再去一次")) == 4


def test_other_words_are_another_paper(office: Program, tmp_path: Path) -> None:
    blanks = ("旷课原因", "家庭详细住址", "年级", "班号", "就读学校", "学校名称", "就读班级")
    batch_to(office, "家访表", cases(office)[:1], tmp_path, blanks=blanks)
    other = batch_to(
        office, "家访表", cases(office)[:1], tmp_path, blanks=blanks, typed={"家长姓名": "另一位"}
    )
    assert len(other) == 1


def test_no_number_is_used_where_the_paper_finds_no_room(
    office: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_path: Path, content: bytes) -> None:
        if len(content) > 10_000:
            raise EnvironmentProblem("磁盘满了。")

    monkeypatch.setattr(delivery, "write_file", no_room)
    with pytest.raises(EnvironmentProblem, match="不能在"):
        issue_to(office, ORDER, cases(office)[0], tmp_path, typed=GIVEN)
    assert office.read(list_papers) == []


def earlier(office: Program) -> Program:
    return Program(office.store, office.today - timedelta(days=1), office.operator)


def test_a_day_before_the_newest_paper_needs_a_reason(office: Program) -> None:
    first, second, *_ = cases(office)
    office.write(issue_paper, ORDER, first, GIVEN)
    with pytest.raises(ReasonNeeded, match=r"限复〔2026〕1号（2026年9月21日）.*2026年9月20日"):
        earlier(office).write(issue_paper, ORDER, second, GIVEN)
    paper = earlier(office).write(issue_paper, ORDER, second, GIVEN, (), "补登").value
    assert (paper.record.number, paper.record.forced_reason) == ("限复〔2026〕2号", "补登")


def test_the_day_counts_across_the_kinds_of_one_list(office: Program) -> None:
    first, second, *_ = cases(office)
    office.write(issue_paper, ORDER, first, GIVEN)
    blanks = ("旷课原因", "家庭详细住址", "年级", "班号", "就读学校")
    with pytest.raises(ReasonNeeded, match="反而在前"):
        earlier(office).write(issue_paper, "五次动员记录表", second, {}, blanks)


def test_a_later_day_needs_none(office: Program) -> None:
    first, second, *_ = cases(office)
    office.write(issue_paper, ORDER, first, GIVEN)
    tomorrow = Program(office.store, date(2026, 9, 22), office.operator)
    assert tomorrow.write(issue_paper, ORDER, second, GIVEN).value.record.forced_reason == ""
