"""Papers as they stood on the day asked, by the command line; no reason, no number, no page where none is asked for."""

from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import open_program
from app.errors import ReasonNeeded
from app.service.delivery import batch_to, issue_to
from app.service.papers import drafts, issuing
from app.service.papers.drafts import batch_draft, draft
from app.service.program import Pages
from tests.helpers.cli import NAMES, PASSWORD, SCHOOL, Cli, simple_pages
from tests.helpers.papers import case_id
from tests.scenarios.conftest import Office

DAYS = ("2026-09-17", "2026-09-18", "2026-09-20")
NO = "2026-001"
NUMBER = "疑辍报〔2026〕1号"
BLANKS = ("性别", "出生年月", "家长姓名", "联系电话", "家庭详细住址", "旷课日期", "旷课原因")


@pytest.fixture
def cli(school: Cli) -> Cli:
    """Two children with a case each; a report slip of the first one on the 21st, voided on the 25th."""
    for day in DAYS:
        school.on(day).roll(day, *(f"{name}=旷课" for name in NAMES[:2]))
    return Cli(school.data, "2026-09-21", simple_pages)


@pytest.fixture
def voided(cli: Cli, tmp_path: Path) -> Cli:
    cli("doc", "issue", "报告单", "--case", NO, "--out", str(tmp_path))
    cli.on("2026-09-25")("doc", "void", NUMBER, "--reason", "姓名写错")
    return cli


def listed(cli: Cli, day: str) -> list[tuple[str, bool, str]]:
    return [(row["number"], row["voided"], row["reason"]) for row in cli.on(day)("doc", "list")]


def test_a_paper_is_listed_from_its_day_on_and_valid_until_the_day_it_was_voided(voided: Cli) -> None:
    assert listed(voided, "2026-09-20") == []
    assert listed(voided, "2026-09-21") == [(NUMBER, False, "")]
    assert listed(voided, "2026-09-24") == [(NUMBER, False, "")]
    assert listed(voided, "2026-09-25") == [(NUMBER, True, "姓名写错")]


def test_a_case_is_reported_on_the_days_its_paper_was_valid(voided: Cli) -> None:
    stages = {day: voided.on(day).case(NO)["stage"] for day in ("2026-09-20", "2026-09-21", "2026-09-24")}
    assert stages == {
        "2026-09-20": "缺勤预警",
        "2026-09-21": "疑似辍学(已报告)",
        "2026-09-24": "疑似辍学(已报告)",
    }
    assert voided.on("2026-09-25").case(NO)["stage"] == "缺勤预警"
    assert voided.on("2026-09-24").case(NO)["documents"][0]["voided"] is False
    assert voided.on("2026-09-20").case(NO)["documents"] == []


def test_a_paper_can_be_printed_again_as_of_a_day_it_was_valid_and_not_before(
    voided: Cli, tmp_path: Path
) -> None:
    again = ("doc", "reprint", NUMBER, "--out", str(tmp_path / "再"))
    assert voided.on("2026-09-24")(*again)["number"] == NUMBER
    assert "没有文号" in voided.on("2026-09-20").refused(*again)
    assert "已作废" in voided.on("2026-09-25").refused(*again)


def test_a_paper_voided_later_is_not_voided_a_second_time(voided: Cli) -> None:
    assert "已经作废" in voided.on("2026-09-23").refused("doc", "void", NUMBER, "--reason", "又错")


def test_a_number_used_later_is_not_used_again_on_an_earlier_day(voided: Cli, tmp_path: Path) -> None:
    early = ("doc", "issue", "报告单", "--case", NO, "--out", str(tmp_path / "早"))
    assert "反而在前" in voided.on("2026-09-20").refused(*early)
    made = voided.on("2026-09-20")(*early, "--force", "补登")
    assert made["number"] == "疑辍报〔2026〕2号"


def test_pages_are_laid_out_only_where_a_pdf_is_asked_for(cli: Cli, tmp_path: Path) -> None:
    laid_out: list[str] = []

    def pages(docx: bytes, title: str, issued_on: date) -> Pages:
        laid_out.append(title)
        return simple_pages(docx, title, issued_on)

    counted = Cli(cli.data, cli.today, pages)
    made = counted("doc", "issue", "报告单", "--case", NO, "--out", str(tmp_path))
    counted("doc", "batch", "家访表", "--cases", NO, "--out", str(tmp_path))
    counted("doc", "reprint", NUMBER, "--out", str(tmp_path))
    assert (laid_out, made["pdf"], made["pages"]) == ([], None, None)
    assert counted("doc", "reprint", NUMBER, "--out", str(tmp_path), "--pdf")["pages"] == 1
    assert len(laid_out) == 1


def test_what_stops_a_paper_stops_it_alone_in_a_batch_and_in_the_window(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also a paper no step of the ladder offers, as for a case whose evidence fell away."""
    for room in (issuing, drafts):
        monkeypatch.setattr(room, "why_to_ask", lambda desk, subject, kind, typed: "立案依据已不成立")
    with open_program(cli.data, PASSWORD, date(2026, 9, 21)) as program:
        case = case_id(program, NO)
        with pytest.raises(ReasonNeeded, match="立案依据已不成立"):
            issue_to(program, "家访表", case, tmp_path)
        with pytest.raises(ReasonNeeded, match="立案依据已不成立"):
            batch_to(program, "家访表", [case], tmp_path)
        assert program.read(draft, "家访表", case).why_not == "立案依据已不成立"
        assert [row.why_not for row in program.read(batch_draft, "家访表", [case]).rows] == [
            "立案依据已不成立"
        ]
    assert cli("doc", "list") == []


def test_a_paper_is_named_by_its_school_and_number_too(voided: Cli, tmp_path: Path) -> None:
    reprint = ("doc", "reprint", f"{SCHOOL} 疑辍报[2026]1号", "--out", str(tmp_path / "再"))
    assert voided.on("2026-09-24")(*reprint)["number"] == NUMBER


def test_a_township_names_cases_by_school_and_number_one_by_one_and_in_a_batch(
    office: Office, tmp_path: Path
) -> None:
    town = office("datian", "township").on("2026-09-21")
    for name, school in (("何知秋", "桃源小学"), ("林一帆", "湖美中学")):
        town("student", "add", "--name", name, "--school", school, "--class", "五年级1班")
        town("case", "open", "--student", name, "--trigger", "开学未报到", "--date", "2026-09-07")
    blanks = [part for name in BLANKS for part in ("--blank", name)]
    out = ("--out", str(tmp_path), *blanks)
    refused = town.refused("doc", "batch", "家访表", "--cases", "桃源小学 2026-001,2026-001", *out)
    assert "桃源小学 2026-001" in refused and "湖美中学 2026-001" in refused
    cases = ["桃源小学 2026-001", "湖美中学 2026-001"]
    made = town("doc", "batch", "家访表", "--cases", "，".join(cases), *out)
    assert [one["no"] for one in made] == cases
    assert [(row["case"], row["student"]) for row in town("doc", "list")] == [
        (cases[0], "何知秋"),
        (cases[1], "林一帆"),
    ]
