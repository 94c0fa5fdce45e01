"""Papers as records: numbers, blanks, voids, reprints to the byte, a county's own template, and batches."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from docx import Document

from app.bootstrap import open_program
from app.errors import UserError
from app.service.delivery import batch_to
from app.service.program import Pages, Program
from app.settings import TEMPLATES_DOCX
from tests.helpers.cli import NAMES, PASSWORD, Cli, is_one_sentence, paper_words, simple_pages
from tests.helpers.papers import case_id

DAYS = ("2026-09-17", "2026-09-18", "2026-09-20")
AGAIN = ("--force", "原件遗失，再报一次")


@pytest.fixture
def cli(school: Cli) -> Cli:
    """Three children of one class with a case each; today is 21 September."""
    for day in DAYS:
        school.on(day).roll(day, *(f"{name}=旷课" for name in NAMES[:3]))
    return Cli(school.data, "2026-09-21", simple_pages)


def issue(cli: Cli, kind: str, out: Path, *more: str, case: str = "2026-001") -> dict[str, object]:
    paper: dict[str, object] = cli("doc", "issue", kind, "--case", case, "--out", str(out), *more)
    return paper


def test_a_second_report_needs_a_reason_and_so_does_one_for_a_child_that_is_back(
    cli: Cli, tmp_path: Path
) -> None:
    ask = ("doc", "issue", "报告单", "--case", "2026-001", "--out", str(tmp_path))
    first = issue(cli, "报告单", tmp_path)["number"]
    assert f"本案已出具过{first}" in cli.refused(*ask)
    assert issue(cli, "报告单", tmp_path, *AGAIN)["number"] == "疑辍报〔2026〕2号"
    assert issue(cli, "家访表", tmp_path)["number"] == "家访〔2026〕1号"
    assert issue(cli, "家访表", tmp_path)["number"] == "家访〔2026〕2号"  # one a visit
    later = cli.on("2026-09-22")
    later.roll("2026-09-22")
    assert "已于2026年9月22日返校" in later.refused(*ask)


def test_a_letter_is_called_as_the_county_calls_it_and_a_form_has_its_own_annex(
    cli: Cli, tmp_path: Path
) -> None:
    """孟津 has no annexes and no word of its own for the letter, which says whether a report was made."""
    cli.contact("2026-001", "2026-09-20", "拒绝")
    typed = ("--set", "学校联系电话=0379-6000000")
    letter = paper_words(str(issue(cli, "返校通知书", tmp_path, *typed)["docx"]))
    assert "劝返通知书" in letter and "辍学生" not in letter and "将按照" in letter
    report = paper_words(str(issue(cli, "报告单", tmp_path)["docx"]))
    assert "附件" not in report
    again = paper_words(str(issue(cli, "返校通知书", tmp_path, *typed)["docx"]))
    assert "学校已经按照" in again


def test_what_is_missing_is_named_typed_or_left_blank_on_purpose(cli: Cli, tmp_path: Path) -> None:
    cli("student", "set", "陈小满", "所在村=")
    out = tmp_path / "出"
    assert cli("doc", "missing", "报告单", "--case", "2026-001") == ["村"]
    assert "村" in cli.refused("doc", "issue", "报告单", "--case", "2026-001", "--out", str(out))
    assert not list(out.glob("*.docx"))
    assert "上湾村" in paper_words(issue(cli, "报告单", out, "--set", "村=上湾村")["docx"])
    assert "＿＿" in paper_words(issue(cli, "报告单", out, "--blank", "村", *AGAIN)["docx"])


def test_numbers_run_on_per_kind_and_year_without_gaps(cli: Cli, tmp_path: Path) -> None:
    numbers = [issue(cli, "报告单", tmp_path, *more)["number"] for more in ((), AGAIN)]
    cli.refused("doc", "issue", "返校通知书", "--case", "2026-001", "--out", str(tmp_path))
    numbers += [issue(cli, "家访表", tmp_path)["number"], issue(cli, "报告单", tmp_path, *AGAIN)["number"]]
    numbers += [issue(cli.on("2027-01-04"), "报告单", tmp_path, *AGAIN)["number"]]
    assert numbers == [
        "疑辍报〔2026〕1号",
        "疑辍报〔2026〕2号",
        "家访〔2026〕1号",
        "疑辍报〔2026〕3号",
        "疑辍报〔2027〕1号",
    ]
    assert [row["number"] for row in cli.on("2027-01-04")("doc", "list")] == sorted(map(str, numbers))
    assert [row["number"] for row in cli("doc", "list")] == sorted(map(str, numbers[:4]))  # not there yet


def test_a_voided_number_stays_used(cli: Cli, tmp_path: Path) -> None:
    number = str(issue(cli, "报告单", tmp_path)["number"])
    assert cli.case("2026-001")["stage"] == "疑似辍学(已报告)"
    cli("doc", "void", "疑辍报[2026]1号", "--reason", "姓名写错")
    assert cli.case("2026-001")["stage"] == "缺勤预警"
    (row,) = cli("doc", "list")
    assert (row["number"], row["voided"], row["reason"]) == (number, True, "姓名写错")
    assert "作废" in cli.refused("doc", "reprint", number, "--out", str(tmp_path))
    assert "作废" in cli.refused("doc", "void", number, "--reason", "再来")
    assert issue(cli, "报告单", tmp_path)["number"] == "疑辍报〔2026〕2号"
    entries = [entry["text"] for entry in cli.case("2026-001")["timeline"] if entry["what"] == "报告单"]
    assert "作废：姓名写错" in entries[0]
    assert "作废" not in entries[1]


def test_a_reprint_is_the_same_to_the_byte_whatever_has_changed(cli: Cli, tmp_path: Path) -> None:
    paper = issue(cli, "报告单", tmp_path / "一", "--pdf")
    cli("student", "set", "陈小满", "姓名=陈大满", "联系电话=13900008888")
    (cli.data / "templates").mkdir()
    (cli.data / "templates" / "报告单.docx").write_bytes((TEMPLATES_DOCX / "家访表.docx").read_bytes())
    again = cli.on("2027-03-01")(
        "doc", "reprint", str(paper["number"]), "--out", str(tmp_path / "二"), "--pdf"
    )
    for kind in ("docx", "pdf"):
        first, second = Path(str(paper[kind])), Path(again[kind])
        assert first.read_bytes() == second.read_bytes()
    assert sha256(Path(again["docx"]).read_bytes()).hexdigest() == paper["sha256"] == again["sha256"]


def test_pages_asked_for_only_at_the_reprint_stay_the_same(cli: Cli, tmp_path: Path) -> None:
    number = str(issue(cli, "报告单", tmp_path)["number"])
    made = [
        cli.on(day)("doc", "reprint", number, "--out", str(tmp_path / day), "--pdf")
        for day in ("2026-09-22", "2026-09-23")
    ]
    first, second = (Path(one["pdf"]).read_bytes() for one in made)
    assert first == second


def test_a_countys_own_template_is_used_from_the_next_paper_on(cli: Cli, tmp_path: Path) -> None:
    own = Document(str(TEMPLATES_DOCX / "报告单.docx"))
    own.add_paragraph("本县监制 {{ 身份证件号 }}")
    (cli.data / "templates").mkdir()
    before = paper_words(issue(cli, "报告单", tmp_path / "前")["docx"])
    own.save(str(cli.data / "templates" / "报告单.docx"))
    after = paper_words(issue(cli, "报告单", tmp_path / "后", *AGAIN)["docx"])
    assert "本县监制" not in before
    assert "本县监制 350425201503010017" in after


@pytest.mark.parametrize("placeholder", ["{{ 不知何物 }}", "{{ 学生姓名.__class__ }}", "{% for x in y %}"])
def test_a_broken_template_is_refused_by_name(cli: Cli, tmp_path: Path, placeholder: str) -> None:
    own = Document(str(TEMPLATES_DOCX / "报告单.docx"))
    own.add_paragraph(placeholder)
    (cli.data / "templates").mkdir()
    own.save(str(cli.data / "templates" / "报告单.docx"))
    assert "报告单" in cli.refused("doc", "issue", "报告单", "--case", "2026-001", "--out", str(tmp_path))
    assert cli("doc", "list") == []


def test_a_template_that_is_no_docx_is_refused(cli: Cli, tmp_path: Path) -> None:
    (cli.data / "templates").mkdir()
    (cli.data / "templates" / "报告单.docx").write_bytes(b"not a docx")
    assert "报告单" in cli.refused("doc", "issue", "报告单", "--case", "2026-001", "--out", str(tmp_path))


@pytest.mark.parametrize(
    ("more", "word"),
    [
        (("--set", "学生名字=甲"), "学生姓名"),
        (("--set", "文号=疑辍报〔2026〕9号"), "文号"),
        (("--blank", "什么"), "什么"),
        (("--set", "报告对象=省政府"), "报告对象"),
    ],
)
def test_names_and_values_no_paper_has_are_refused(
    cli: Cli, tmp_path: Path, more: tuple[str, ...], word: str
) -> None:
    assert word in cli.refused("doc", "issue", "报告单", "--case", "2026-001", "--out", str(tmp_path), *more)


def batch(out: Path, *more: str) -> tuple[str, ...]:
    return ("doc", "batch", "报告单", "--cases", "2026-001,2026-002，2026-003", "--out", str(out), *more)


def test_a_batch_gives_every_case_its_paper(cli: Cli, tmp_path: Path) -> None:
    ran = cli.raw(*batch(tmp_path, "--pdf"))
    assert ran.code == 0
    assert [line.split(" ")[0] for line in ran.err.splitlines()] == ["0/3", "1/3", "2/3", "3/3"]
    assert len(list(tmp_path.glob("*.docx"))) == len(list(tmp_path.glob("*.pdf"))) == 3
    assert [row["number"] for row in cli("doc", "list")] == [f"疑辍报〔2026〕{n}号" for n in (1, 2, 3)]


def test_a_batch_is_refused_whole_when_one_lacks_something(cli: Cli, tmp_path: Path) -> None:
    cli("student", "set", "林一帆", "所在村=")
    sentence = cli.refused(*batch(tmp_path / "出"))
    assert "村" in sentence
    assert "一份也没有出" in sentence
    assert cli("doc", "list") == []


@pytest.mark.parametrize("cases", ["2026-001,2026-009", ",", "", "2026-001,无此号"])
def test_a_batch_with_a_case_nobody_knows_issues_nothing(cli: Cli, tmp_path: Path, cases: str) -> None:
    cli.refused("doc", "batch", "报告单", "--cases", cases, "--out", str(tmp_path / "出"))
    assert cli("doc", "list") == []


def test_a_case_named_twice_in_a_batch_gets_one_paper(cli: Cli, tmp_path: Path) -> None:
    made = cli("doc", "batch", "报告单", "--cases", "2026-001, 2026-001 ,2026-001", "--out", str(tmp_path))
    assert len(made) == 1


@pytest.fixture
def program(cli: Cli) -> Iterator[Program]:
    def pages(docx: bytes, title: str, issued_on: date) -> Pages:
        return Pages(1, docx[:8])

    with open_program(cli.data, PASSWORD, date(2026, 9, 21), renderer=pages) as opened:
        yield opened


def test_a_cancelled_batch_keeps_what_was_issued_and_stops(program: Program, tmp_path: Path) -> None:
    cases = [case_id(program, f"2026-00{place}") for place in (1, 2, 3)]
    seen: list[tuple[int, int, str]] = []
    made = batch_to(
        program,
        "报告单",
        cases,
        tmp_path,
        progress=lambda *step: seen.append(step),
        cancelled=lambda: len(seen) == 2,
    )
    assert [one.no for one in made] == ["2026-001", "2026-002"]
    assert seen == [(0, 3, cases[0]), (1, 3, cases[1]), (2, 3, "")]
    assert len(list(tmp_path.glob("*.docx"))) == 2


def test_a_batch_says_all_gaps_at_once(program: Program, tmp_path: Path) -> None:
    cases = [case_id(program, no) for no in ("2026-001", "2026-003")]
    with pytest.raises(UserError, match="有2份还不能出"):
        batch_to(program, "返校通知书", cases, tmp_path)


@pytest.mark.parametrize("place", ["文件", "文件/下面"])
def test_no_number_is_taken_when_the_folder_cannot_be_written(cli: Cli, tmp_path: Path, place: str) -> None:
    (tmp_path / "文件").write_bytes(b"")
    sentence = cli.refused("doc", "issue", "报告单", "--case", "2026-001", "--out", str(tmp_path / place))
    assert "文件夹" in sentence
    assert cli("doc", "list") == []


def test_pages_need_the_layout(cli: Cli, tmp_path: Path) -> None:
    bare = Cli(cli.data, cli.today)
    assert "PDF" in bare.refused(
        "doc", "issue", "报告单", "--case", "2026-001", "--out", str(tmp_path), "--pdf"
    )


def test_a_name_no_file_system_takes_still_gives_a_file(cli: Cli, tmp_path: Path) -> None:
    cli("student", "set", "陈小满", "姓名=陈/小:满")
    paper = issue(cli, "报告单", tmp_path)
    assert Path(str(paper["docx"])).is_file()
    assert Path(str(paper["docx"])).parent == tmp_path


def test_a_paper_whose_file_could_not_be_written_is_kept_and_printed_again(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "疑似辍学学生报告单_陈小满_疑辍报〔2026〕1号.docx").mkdir()
    ran = cli.raw("doc", "issue", "报告单", "--case", "2026-001", "--out", str(tmp_path))
    assert (ran.code, ran.out) == (1, "")
    assert "疑辍报〔2026〕1号" in is_one_sentence(ran.err)
    again = cli("doc", "reprint", "疑辍报〔2026〕1号", "--out", str(tmp_path / "别处"))
    assert Path(again["docx"]).is_file()


def test_two_children_of_one_long_name_get_two_files(cli: Cli, tmp_path: Path) -> None:
    long = "阿卜杜热合曼" * 12
    for name in ("陈小满", "林一帆"):
        cli("student", "set", name, f"姓名={long}{name}")
    for case in ("2026-001", "2026-002"):
        issue(cli, "家访表", tmp_path, case=case)
    assert len(list(tmp_path.glob("*.docx"))) == 2


def test_leave_after_the_report_asks_for_a_correction_and_keeps_the_case(cli: Cli, tmp_path: Path) -> None:
    issue(cli, "报告单", tmp_path)
    fixed = ("--from", DAYS[0], "--to", DAYS[2], "--kind", "病假", "--approver", "班主任")
    cli("leave", "add", "--student", "陈小满", *fixed)
    case = next(case for case in cli.cases() if case["student"] == "陈小满")
    assert "告知收到报告单的单位" in case["next_action"]
    assert case["stage"] == "疑似辍学(已报告)"
