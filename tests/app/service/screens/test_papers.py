"""What the page 文书 is told: the list of papers, drafts that leave no trace, batches, templates, saved files."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.records import IssuedDocument, Student, Unit
from app.errors import EnvironmentProblem, ReasonNeeded, UserError
from app.service.delivery import save_paper
from app.service.office.desk import UNIT, Desk
from app.service.papers.drafts import (
    DRAFT_NUMBER,
    Draft,
    DraftField,
    batch_draft,
    draft,
    draft_docx,
    merged,
)
from app.service.papers.issuing import issue_paper, void_paper
from app.service.papers.listing import list_papers
from app.service.program import Pages, Program
from app.service.screens.papers import (
    cases_to_choose,
    copy_template,
    file_name,
    kinds_here,
    paper_list,
    paper_source,
    stray_templates,
    template_folder,
    template_list,
)
from tests.app.documents.reading import text as text_of
from tests.helpers import township

LETTER, RECORD = "返校通知书", "学校情况记录表"
PHONE = {"学校联系电话": "13900001234"}


@pytest.fixture
def program(demo_school: Program) -> Program:
    demo_school.renderer = two_pages
    return demo_school


def two_pages(docx: bytes, title: str, day: object) -> Pages:
    return Pages(2, f"pages of {title} {len(docx)}".encode())


def visited(program: Program) -> str:
    return next(row.id for row in program.read(cases_to_choose) if row.class_name == "五年级1班")


def unvisited(program: Program) -> str:
    return next(row.id for row in program.read(cases_to_choose) if row.class_name == "三年级1班")


def named(one: Draft, name: str) -> DraftField:
    return next(field for field in one.fields if field.name == name)


def test_a_draft_asks_for_what_the_record_lacks_in_the_order_of_the_form(program: Program) -> None:
    one = program.read(draft, RECORD, unvisited(program))
    assert one.lacking == ["去向", "劝返工作教师", "劝返方式", "劝返时间"]
    assert one.title == "学校疑似辍学学生情况记录表"
    assert [field.name for field in one.fields][:2] == ["附件标签", "学校名称"]


def test_neither_the_number_nor_the_law_is_asked_for(program: Program) -> None:
    names = [field.name for field in program.read(draft, LETTER, visited(program)).fields]
    assert not {"文号", "义务依据", "报告依据"} & set(names)
    assert "限期" in names


def test_what_is_missing_stands_on_the_draft_in_words(program: Program) -> None:
    words = text_of(draft_docx(program.read(draft, LETTER, visited(program))))
    assert "【请填：学校联系电话】" in words
    assert DRAFT_NUMBER in words


def test_a_box_that_is_not_ticked_yet_does_not_stop_the_draft(program: Program) -> None:
    words = text_of(draft_docx(program.read(draft, RECORD, unvisited(program))))
    assert "【请填：去向】" in words
    assert "【请填：劝返方式】" not in words


def test_typed_values_and_blanks_on_purpose_fill_the_draft(program: Program) -> None:
    no = visited(program)
    one = program.read(draft, LETTER, no, PHONE)
    assert not one.lacking
    assert "13900001234" in text_of(draft_docx(one))
    blank = program.read(draft, LETTER, no, {}, ["学校联系电话"])
    assert not blank.lacking
    assert named(blank, "学校联系电话").blank
    assert "请填" not in text_of(draft_docx(blank))


def test_a_value_that_is_rubbed_out_is_missing(program: Program) -> None:
    assert program.read(draft, LETTER, visited(program), PHONE | {"学生姓名": ""}).lacking == ["学生姓名"]


def test_a_shorter_term_moves_its_last_day(program: Program) -> None:
    one = program.read(draft, LETTER, visited(program), PHONE | {"限期": "3日"})
    assert named(one, "限期届满日").value == "2026年11月23日"


def test_a_deadline_the_calendar_cannot_tell_is_asked_for_with_the_reason(program: Program) -> None:
    far = PHONE | {"限期": "60个工作日"}
    one = program.read(draft, LETTER, visited(program), far)
    assert one.lacking == ["限期届满日"]
    assert "2027" in one.note
    assert not program.read(draft, LETTER, visited(program), far | {"限期届满日": "2027年2月20日"}).lacking


def test_a_draft_takes_no_number_and_stores_nothing(program: Program) -> None:
    before = program.read(lambda desk: desk.tx.position())
    draft_docx(program.read(draft, LETTER, visited(program), PHONE))
    assert program.read(lambda desk: desk.tx.find(IssuedDocument)) == []
    assert program.read(lambda desk: desk.tx.position()) == before


def test_what_is_too_long_for_the_form_is_said(program: Program) -> None:
    one = program.read(draft, LETTER, visited(program), {"学校联系电话": "1" * 300})
    with pytest.raises(UserError, match="最多200个"):
        draft_docx(one)


@pytest.mark.parametrize("typed", [{"文号": "1号"}, {"义务依据": "自编"}, {"没有这项": "x"}])
def test_what_a_person_may_not_type_is_refused(program: Program, typed: dict[str, str]) -> None:
    with pytest.raises(UserError):
        program.read(draft, LETTER, visited(program), typed)


def test_an_order_before_its_time_needs_a_reason_as_a_visit_out_of_order_does(tmp_path: Path) -> None:
    with township.township(tmp_path) as office:
        early = township.case_of(office, township.EARLY[0])
        with pytest.raises(ReasonNeeded, match="还差2次"):
            office.write(issue_paper, township.ORDER, early, township.GIVEN)
        paper = office.write(issue_paper, township.ORDER, early, township.GIVEN, (), "家长书面拒绝").value
        assert paper.record.forced_reason == "家长书面拒绝"


def test_a_school_is_told_in_one_sentence_that_it_issues_no_order_and_what_to_do(program: Program) -> None:
    case = visited(program)
    seen = program.read(draft, township.ORDER, case).refusal
    with pytest.raises(UserError) as refused:
        program.write(issue_paper, township.ORDER, case)
    assert refused.value.sentence == seen
    assert seen.endswith("请先填报告单报乡镇，由乡镇制发。")


def test_a_school_may_look_at_the_order_but_is_told_that_it_cannot_issue_it(program: Program) -> None:
    assert "学校不能出具" in program.read(draft, "限期复学通知书", visited(program)).refusal
    assert program.read(draft, LETTER, visited(program)).refusal == ""


def test_what_hangs_on_an_answer_applies_only_with_it(program: Program) -> None:
    no = visited(program)
    without = named(program.read(draft, "限期复学通知书", no, {"写明复议": "否"}), "复议机关")
    with_it = named(program.read(draft, "限期复学通知书", no, {"写明复议": "是"}), "复议机关")
    assert (without.applies, with_it.applies) == (False, True)


def test_the_offices_own_kinds_come_first_and_the_order_says_why_not(program: Program) -> None:
    kinds = program.read(kinds_here)
    assert [one.kind for one in kinds][:2] == ["报告单", RECORD]
    assert [one.kind for one in kinds if one.why] == ["限期复学通知书"]


def test_a_batch_names_the_gaps_of_each_child_before_anything_is_issued(program: Program) -> None:
    one = program.read(batch_draft, LETTER, [visited(program), unvisited(program)])
    assert [row.missing for row in one.rows] == [("学校联系电话",), ("联系日期", "学校联系电话")]
    assert [field.name for field in one.fields] == ["学校联系电话"]


def test_only_what_belongs_to_the_office_may_be_typed_for_a_whole_batch(program: Program) -> None:
    one = program.read(batch_draft, LETTER, [unvisited(program)], PHONE)
    assert [row.missing for row in one.rows] == [("联系日期",)]
    assert [field.name for field in one.fields] == ["学校联系电话"]


def test_the_list_is_newest_first_and_can_be_searched(program: Program) -> None:
    no = visited(program)
    first = program.write(issue_paper, "报告单", no).value.record
    second = program.write(issue_paper, LETTER, no, PHONE).value.record
    program.write(void_paper, first.id, "写错")
    rows = program.read(paper_list)
    assert {row.number: row.voided for row in rows} == {second.number: False, first.number: True}
    name = program.read(lambda desk: desk.tx.get(Student, first.student_id).name)
    assert all(name in row.find and row.year == 2026 for row in rows)
    assert "zwj" in rows[0].find


def test_the_tenth_number_comes_after_the_second(program: Program) -> None:
    for _ in range(10):
        program.write(issue_paper, "家访表", visited(program))
    ordered = sorted(program.read(paper_list), key=lambda row: row.order)
    assert [row.number for row in ordered] == [f"家访〔2026〕{seq}号" for seq in range(1, 11)]


def test_an_issued_paper_is_shown_as_it_was_also_when_voided(program: Program) -> None:
    paper = program.write(issue_paper, "报告单", visited(program)).value
    assert program.read(paper_source, paper.record.id).docx == paper.docx
    program.write(void_paper, paper.record.id, "写错")
    source = program.read(paper_source, paper.record.id)
    assert (source.docx, source.voided) == (paper.docx, "已作废：写错")


def test_a_paper_is_saved_the_same_to_the_byte_each_time(program: Program, tmp_path: Path) -> None:
    paper = program.write(issue_paper, "报告单", visited(program)).value
    paper_id = paper.record.id
    assert save_paper(program, paper_id, tmp_path / "甲.docx").read_bytes() == paper.docx
    first = save_paper(program, paper_id, tmp_path / "甲.pdf").read_bytes()
    program.renderer = lambda docx, title, day: Pages(1, b"a newer layout")
    assert save_paper(program, paper_id, tmp_path / "乙.pdf").read_bytes() == first


def test_a_file_that_cannot_be_replaced_is_told_as_a_file_not_as_a_database(
    program: Program, tmp_path: Path
) -> None:
    paper_id = program.write(issue_paper, "报告单", visited(program)).value.record.id
    (tmp_path / "甲.pdf").mkdir()  # stands for a file another program holds open
    with pytest.raises(EnvironmentProblem, match="正被别的程序打开") as refused:
        save_paper(program, paper_id, tmp_path / "甲.pdf")
    assert "数据" not in refused.value.sentence
    with pytest.raises(EnvironmentProblem, match="不在了"):
        save_paper(program, paper_id, tmp_path / "拔掉的U盘" / "甲.pdf")


def test_a_case_with_a_valid_paper_of_the_kind_says_its_number_until_it_is_voided(program: Program) -> None:
    no = visited(program)
    paper = program.write(issue_paper, LETTER, no, PHONE).value.record
    assert program.read(draft, LETTER, no).existing == paper.number
    assert [row.existing for row in program.read(batch_draft, LETTER, [no]).rows] == [paper.number]
    program.write(void_paper, paper.id, "写错")
    assert program.read(draft, LETTER, no).existing == ""


def test_what_is_given_for_one_child_goes_before_what_is_given_for_all(program: Program) -> None:
    nos = [visited(program), unvisited(program)]
    own = {nos[1]: ({"联系日期": "11月18日"}, ["学校联系电话"])}
    one = program.read(batch_draft, LETTER, nos, PHONE, (), own)
    assert [row.missing for row in one.rows] == [(), ()]
    assert merged((PHONE, ["联系日期"]), own[nos[1]]) == ({"联系日期": "11月18日"}, ["学校联系电话"])


def test_a_file_in_the_template_folder_that_no_paper_uses_is_named(program: Program) -> None:
    assert program.read(stray_templates) == []
    folder = program.read(template_folder)
    for name in ("返校 通知书.docx", "报告单.doc", "报告单.docx", "~$报告单.docx"):
        (folder / name).write_bytes(b"")
    assert program.read(stray_templates) == ["报告单.doc", "返校 通知书.docx"]


def test_a_voided_paper_is_not_saved(program: Program, tmp_path: Path) -> None:
    paper_id = program.write(issue_paper, "报告单", visited(program)).value.record.id
    program.write(void_paper, paper_id, "写错")
    with pytest.raises(UserError, match="已作废"):
        save_paper(program, paper_id, tmp_path / "甲.docx")
    assert not (tmp_path / "甲.docx").exists()


def test_without_layout_a_pdf_is_refused_and_a_docx_saved(program: Program, tmp_path: Path) -> None:
    program.renderer = None
    paper_id = program.write(issue_paper, "报告单", visited(program)).value.record.id
    with pytest.raises(EnvironmentProblem, match="Word"):
        save_paper(program, paper_id, tmp_path / "甲.pdf")
    assert save_paper(program, paper_id, tmp_path / "甲.docx").exists()


def test_a_file_is_named_so_that_every_disk_takes_it(program: Program) -> None:
    program.write(issue_paper, LETTER, visited(program), PHONE)
    row = replace(program.read(paper_list)[0], student="周/静\n")
    assert file_name(row, ".pdf") == "返校通知书_周_静__返校〔2026〕1号.pdf"


def test_a_countys_broken_template_is_listed_with_what_is_wrong(program: Program) -> None:
    assert all(not one.own and not one.problem for one in program.read(template_list))
    (program.read(template_folder) / "报告单.docx").write_bytes(b"no docx")
    mine = next(one for one in program.read(template_list) if one.kind == "报告单")
    assert mine.own
    assert "WPS" in mine.problem


def test_a_shipped_template_is_copied_once_and_never_over_the_countys_own(program: Program) -> None:
    file = program.read(copy_template, "报告单")
    assert next(one for one in program.read(template_list) if one.kind == "报告单").own
    file.write_bytes(b"mine")
    with pytest.raises(UserError, match="已经有"):
        program.read(copy_template, "报告单")
    assert file.read_bytes() == b"mine"


def test_a_folder_that_cannot_be_made_is_said(program: Program) -> None:
    program.store.folder.templates.write_bytes(b"a file in its place")
    with pytest.raises(EnvironmentProblem, match="建不了文件夹"):
        program.read(template_folder)


def test_a_township_may_issue_the_order(program: Program) -> None:
    def grow(desk: Desk) -> None:
        desk.tx.change(Unit, desk.tx.setting(UNIT) or "", level="乡镇")

    program.write(grow)
    assert {one.kind: one.why for one in program.read(kinds_here)}["限期复学通知书"] == ""


@pytest.mark.parametrize("unit", [township.UNIT, township.COUNTY])
def test_what_a_school_signs_is_refused_above_it_and_listed_last(
    tmp_path: Path, unit: dict[str, str]
) -> None:
    with township.township(tmp_path, unit=unit) as office:
        kinds = office.read(kinds_here)
        assert [one.kind for one in kinds[-3:]] == ["报告单", "返校通知书", "异地就读证明"]
        assert [one.kind for one in kinds if one.why] == ["报告单", "返校通知书", "异地就读证明"]
        assert all("不能出具" in one.why and "请让学校出具" in one.why for one in kinds[-3:])
        case = township.case_of(office, township.VISITED[0])
        with pytest.raises(UserError, match="由学校出具"):
            office.write(issue_paper, "报告单", case, {}, (), "")
        assert office.read(draft, "报告单", case).refusal == kinds[-3].why
        assert office.read(list_papers) == []


def test_a_county_signs_by_the_name_in_the_settings_and_is_asked_for_it_otherwise(tmp_path: Path) -> None:
    with township.township(tmp_path, unit=township.COUNTY) as office:
        case = township.case_of(office, township.VISITED[0])
        assert "发文机关" in office.read(draft, township.ORDER, case).lacking
        office.write(lambda desk: desk.tx.set_setting("paper.教育行政部门", "大田县教育局"))
        one = office.read(draft, township.ORDER, case)
        assert named(one, "发文机关").value == "大田县教育局"
        assert "发文机关" not in one.lacking


def test_a_school_names_the_office_it_reports_to_by_the_name_in_the_settings(program: Program) -> None:
    program.write(lambda desk: desk.tx.set_setting("paper.教育行政部门", "孟津县教育体育局"))
    assert named(program.read(draft, LETTER, visited(program)), "报告机关").value.endswith("孟津县教育体育局")


def test_what_was_typed_of_the_child_is_not_asked_again_after_voiding(program: Program) -> None:
    no = unvisited(program)
    given = {"去向": "随父母外出", "劝返工作教师": "周老师", "劝返方式": "电话", "劝返时间": "11月20日"}
    paper = program.write(issue_paper, RECORD, no, given).value.record
    program.write(void_paper, paper.id, "写错")
    again = program.read(draft, RECORD, no)
    assert again.lacking == []
    assert again.reused == tuple(given)
    assert named(again, "去向").value == "随父母外出"
    typed = program.read(draft, RECORD, no, {"去向": "去向不明"})
    assert named(typed, "去向").value == "去向不明" and "去向" not in typed.reused
    assert program.read(draft, RECORD, no, {"去向": ""}).lacking == ["去向"]


def test_what_belongs_to_one_paper_is_not_taken_from_the_one_before(program: Program) -> None:
    no = visited(program)
    given = PHONE | {"限期届满日": "2026年12月31日", "落款日期": "2026年11月1日"}
    paper = program.write(issue_paper, LETTER, no, given, (), "补登").value.record
    program.write(void_paper, paper.id, "写错")
    again = program.read(draft, LETTER, no)
    assert again.reused == ()
    assert named(again, "限期届满日").value != given["限期届满日"]
    assert named(again, "落款日期").value != given["落款日期"]


def test_children_of_one_name_are_told_apart_by_their_schools_in_a_batch(tmp_path: Path) -> None:
    with township.township(tmp_path) as office:
        cases = [township.case_of(office, one) for one in township.NAMES]
        for name in township.NAMES[:2]:
            township.rename(office, name, "张伟")
        rows = office.read(batch_draft, township.ORDER, cases).rows
        assert [one.who for one in rows[:3]] == ["张伟（湖美中学）", "张伟（桃源中学）", "欧阳小满"]


def test_children_of_one_name_and_school_are_told_apart_by_their_class_or_number(tmp_path: Path) -> None:
    with township.township(tmp_path) as office:
        names = township.NAMES[::2]
        cases = [township.case_of(office, one) for one in names]
        for name in names[:2]:
            township.rename(office, name, "张伟")
        rows = office.read(batch_draft, township.ORDER, cases).rows
        assert [one.who for one in rows[:2]] == ["张伟（2026-001）", "张伟（2026-002）"]
