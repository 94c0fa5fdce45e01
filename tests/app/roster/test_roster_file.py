"""Whole roster files: every child in, every fault named by its cell (issue section 3)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.domain.identity import check_digit
from app.domain.school_year import ClassName
from app.errors import UserError
from app.roster.model import GuardianEntry, RosterFile, RosterRow
from app.roster.roster_file import read_roster
from tests.data.rosters.make import BROKEN, SCHOOL, children

DATA = Path(__file__).parents[2] / "data" / "rosters"
TODAY = date(2026, 11, 22)
GOOD_ID = "350425201503010017"
Read = Callable[..., RosterFile]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads lines of a csv as a roster."""

    def reader(*lines: str, own_school: str = "", name: str = "名单.csv", **mapping: str) -> RosterFile:
        path = tmp_path / name
        path.write_text("\n".join(lines), encoding="utf-8")
        return read_roster(path, TODAY, mapping=mapping, own_school=own_school)

    return reader


def only(roster: RosterFile) -> RosterRow:
    assert roster.rejected == []
    (row,) = roster.rows
    return row


@pytest.mark.parametrize(
    "name",
    [
        "学籍模板.xlsx",
        "查询导出.xls",
        "名单GBK.csv",
        "名单BOM.csv",
        "名单UTF16.txt",
        "学籍导出文本.xls",
        "网页导出.xls",
        "分班名册.xlsx",
    ],
)
def test_every_child_of_every_sample_is_read_alike(name: str) -> None:
    roster = read_roster(DATA / name, TODAY, own_school=SCHOOL)
    assert roster.rejected == [] and roster.warnings == []
    expected = [
        (c.name, c.gender, c.birth, c.id_no, c.number, 2022 if c.grade == "五年级" else 2021)
        for c in children()
    ]
    found = [
        (r.name, r.gender, r.birth, r.id_no, r.class_name.number, r.class_name.entry_year)
        for r in roster.rows
    ]
    assert found == expected


def test_the_template_gives_family_address_and_special_groups() -> None:
    row = read_roster(DATA / "学籍模板.xlsx", TODAY).rows[0]
    assert (row.nation, row.boarding, row.left_behind, row.migrant) == ("汉族", "住校", "单亲留守", "否")
    assert (row.address, row.registered_address) == ("湖美乡第1号", "福建省三明市大田县湖美乡")
    assert [(g.name, g.relation) for g in row.guardians] == [("陈建国妻", "母亲"), ("陈建国", "父亲")]
    assert read_roster(DATA / "学籍模板.xlsx", TODAY).rows[7].groups == ("孤儿",)


def test_what_was_used_and_what_was_not_is_told() -> None:
    roster = read_roster(DATA / "查询导出.xls", TODAY)
    assert roster.mapping["身份证件号"] == "身份证件号码"
    assert roster.mapping["监护人1联系电话"] == "家长电话"
    assert roster.unused_headers == ["序号"]


def test_every_broken_row_is_refused_with_its_cell_and_reason() -> None:
    roster = read_roster(DATA / "坏行.xlsx", TODAY, own_school=SCHOOL)
    assert [row.name for row in roster.rows] == ["好一", "同名", "好二"]
    assert [problem.cell for problem in roster.rejected] == [cell for _, cell, _ in BROKEN]
    for problem, (what, _, word) in zip(roster.rejected, BROKEN, strict=True):
        assert word in problem.reason, what
        assert problem.sheet == "名单" and problem.cell.endswith(str(problem.row))


def test_a_file_without_a_header_says_what_was_looked_for(read: Read) -> None:
    with pytest.raises(UserError, match="至少要有“姓名”和“班级”") as refused:
        read("电话,地址", "139,某村")
    assert "指定对应关系" in refused.value.sentence
    with pytest.raises(UserError, match="至少要有"):
        read("姓名,性别", "张三,男")


def test_a_mapping_by_hand_reads_a_file_with_words_of_its_own(read: Read) -> None:
    row = only(read("娃娃,所属班,手机", "张三,五年级2班,13900001234", 姓名="娃娃", 班级="所属班"))
    assert (row.name, row.phone) == ("张三", "13900001234")
    with pytest.raises(UserError, match="没有找到表头“孩子”"):
        read("姓名,班级", "张三,五年级2班", 姓名="孩子")


@pytest.mark.parametrize(
    "line",
    [
        "",
        ",,",
        "合计,3人,",
        ",小计,",
        "共2人,,",
        "注：一式两份,,",
        "填表人：陈老师,,审核人：",
        "姓名,班级,性别",
        ",五年级2班,",
        "无,无,无",
    ],
)
def test_lines_that_are_no_child_are_passed_over_silently(read: Read, line: str) -> None:
    roster = read("姓名,班级,性别", "张三,五年级2班,男", line, "李四,五年级2班,女")
    assert [row.name for row in roster.rows] == ["张三", "李四"]
    assert roster.rejected == [] and roster.warnings == []


def test_a_remark_never_makes_a_child_disappear(read: Read) -> None:
    roster = read(
        "姓名,班级,备注",
        "张三,五年级2班,合计",
        "李四,五年级2班,班主任：王老师",
        "王五,五年级2班,注：借读",
        "36人,,合计",
    )
    assert [row.name for row in roster.rows] == ["张三", "李四", "王五"]
    assert roster.rejected == []


def test_a_sentence_in_the_place_of_a_name_is_refused(read: Read) -> None:
    (problem,) = read("姓名,班级", f"{'长' * 51},五年级2班").rejected
    assert "不像姓名" in problem.reason


def test_a_row_with_several_faults_is_one_refusal_that_names_them_all(read: Read) -> None:
    (problem,) = read("姓名,班级,身份证号,出生日期", "张三,红星班,350425201503010018,2015-02-30").rejected
    assert (problem.cell, problem.row, problem.name) == ("B2", 2, "张三")
    assert "C2：" in problem.reason and "D2：" in problem.reason


def test_the_id_number_is_believed_over_birth_and_sex_with_a_warning(read: Read) -> None:
    roster = read("姓名,班级,身份证号,出生日期,性别", f"张三,五年级2班,{GOOD_ID},2015-03-02,女")
    row = only(roster)
    assert (row.birth, row.gender) == (date(2015, 3, 1), "男")
    assert [warning.cell for warning in roster.warnings] == ["D2", "E2"]


def test_birth_and_sex_come_from_the_id_number_if_the_columns_are_empty(read: Read) -> None:
    row = only(read("姓名,班级,身份证号", f"张三,五年级2班,{GOOD_ID}"))
    assert (row.birth, row.gender) == (date(2015, 3, 1), "男")


def test_a_number_with_the_old_code_of_a_renamed_county_is_accepted(read: Read) -> None:
    number = "41032220140101001" + check_digit("41032220140101001")
    assert only(read("姓名,班级,身份证号", f"张三,五年级2班,{number}")).id_no == number


def test_a_masked_id_number_is_left_out_with_a_warning(read: Read) -> None:
    roster = read("姓名,班级,身份证号", "张三,五年级2班,350425********0017")
    assert only(roster).id_no == ""
    assert "隐去" in roster.warnings[0].reason


def test_a_passport_is_not_checked_as_an_id_number(read: Read) -> None:
    row = only(read("姓名,班级,身份证件类型,身份证件号", "张三,五年级2班,护照,E12345678"))
    assert (row.id_kind, row.id_no) == ("护照", "E12345678")


def test_a_school_number_may_differ_from_the_id_and_a_wrong_one_is_left_out(read: Read) -> None:
    header = "姓名,班级,身份证号,学籍号"
    differs = read(header, f"张三,五年级2班,{GOOD_ID},G350425201503010025")
    assert only(differs).edu_no == "G350425201503010025"
    assert "不同" in differs.warnings[0].reason
    wrong = read(header, f"张三,五年级2班,{GOOD_ID},G350425201503010018")
    assert only(wrong).edu_no == ""
    assert "没有采用" in wrong.warnings[0].reason
    assert only(read(header, "张三,五年级2班,,L350425201503011234")).edu_no.startswith("L")


def test_two_children_of_one_name_with_their_own_numbers_are_both_kept(read: Read) -> None:
    header = "姓名,班级,出生日期,身份证号"
    roster = read(header, f"张三,五年级2班,,{GOOD_ID}", "张三,五年级2班,,35042520150301005X")
    assert len(roster.rows) == 2


def test_one_id_number_under_two_names_is_said(read: Read) -> None:
    roster = read("姓名,班级,身份证号", f"张三,五年级2班,{GOOD_ID}", f"李四,五年级2班,{GOOD_ID}")
    first, second = sorted(roster.rejected, key=lambda one: one.row)
    assert roster.rows == []  # nobody knows whose number it is
    assert "第 3 行“李四”相同" in first.reason and first.name == "张三"
    assert "第 2 行“张三”相同" in second.reason and second.cell == "C3"


def test_a_class_column_with_bare_numbers_takes_the_grade_from_the_files_name(read: Read) -> None:
    assert only(read("姓名,班级", "张三,2", name="五年级.csv")).class_name == ClassName("小学", 2022, 2)


def test_grade_and_class_columns_and_stage_are_read_together(read: Read) -> None:
    assert only(read("姓名,学段,年级,班级", "张三,初中,2024级,01班")).class_name == ClassName("初中", 2024, 1)


def test_a_class_that_has_left_is_refused(read: Read) -> None:
    (problem,) = read("姓名,班级", "张三,小学2015级2班").rejected
    assert "已经毕业" in problem.reason


def test_a_five_year_primary_school_reads_its_sixth_grade_as_junior(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("姓名,班级\n张三,六年级1班", encoding="utf-8")
    assert only(read_roster(path, TODAY, primary_years=5)).class_name == ClassName("初中", 2026, 1)


@pytest.mark.parametrize(
    ("own", "named", "kept"),
    [
        ("湖美小学", "湖美小学", True),
        ("湖美小学", "大田县湖美小学", True),
        ("大田县湖美小学", "湖美小学", True),
        ("湖美小学", "新湖美小学", False),
        ("湖美小学", "桃源小学", False),
        ("", "桃源小学", True),
    ],
)
def test_only_a_child_of_this_school_is_taken(read: Read, own: str, named: str, kept: bool) -> None:
    roster = read("姓名,班级,学校", f"张三,五年级2班,{named}", own_school=own)
    assert bool(roster.rows) is kept


def test_family_columns_become_guardians_in_order(read: Read) -> None:
    row = only(
        read(
            "姓名,班级,父亲,父亲电话,母亲姓名,家长姓名,家长关系",
            "张三,五年级2班,张父,139 0000 1234,王母,张父,父子",
        )
    )
    assert row.guardians == (
        GuardianEntry(name="张父", relation="父子", phone="13900001234"),
        GuardianEntry(name="王母", relation="母亲"),
    )


def test_a_parents_number_without_a_name_is_the_childs_contact(read: Read) -> None:
    row = only(read("姓名,班级,家长电话", "张三,五年级2班,13900001234"))
    assert (row.phone, row.guardians) == ("13900001234", ())


def test_special_groups_come_from_their_columns_and_from_free_words(read: Read) -> None:
    row = only(
        read(
            "姓名,班级,低保,是否孤儿,监测对象类别,对象类别",
            "张三,五年级2班,√,否,脱贫不稳定户,建档立卡户、残疾、一般",
        )
    )
    assert row.groups == ("低保", "脱贫不稳定户", "脱贫户", "残疾")
    assert row.not_groups == ("孤儿",)


def test_doubtful_values_are_kept_with_a_warning(read: Read) -> None:
    header = "姓名,班级,出生日期,联系电话,性别"
    roster = read(header, "张?,五年级2班,1915-03-01,12345,未填")
    assert only(roster).phone == "12345"
    assert {warning.cell for warning in roster.warnings} == {"A2", "C2", "D2", "E2"}
    assert read(header, "张三,五年级2班,201503,,").warnings[0].cell == "C2"


def test_signs_in_the_columns_of_the_student_system_become_its_words(read: Read) -> None:
    header = "姓名,班级,是否住校,残疾类型,留守儿童,随迁子女"
    row = only(read(header, "张三,五年级2班,是,否,√,0"))
    assert (row.boarding, row.disability, row.left_behind, row.migrant) == ("住校", "无残疾", "是", "否")
    row = only(read(header.replace("是否住校", "就读方式"), "张三,五年级2班,寄宿生,视力残疾,非留守,"))
    assert (row.boarding, row.disability, row.left_behind, row.migrant) == ("住校", "视力残疾", "非留守", "")
    assert only(read("姓名,班级,就读方式", "张三,五年级2班,走读生")).boarding == "走读"


def test_two_phone_numbers_in_a_cell_are_no_fault(read: Read) -> None:
    assert read("姓名,班级,电话", "张三,五年级2班,13900001234、0598-7223333").warnings == []


def test_a_second_list_beside_the_first_is_warned_about(read: Read) -> None:
    roster = read("姓名,班级,姓名,班级", "张三,五年级2班,李四,五年级2班")
    assert "两列姓名" in roster.warnings[0].reason


def test_a_list_on_another_sheet_without_a_header_is_warned_about(tmp_path: Path) -> None:
    path = tmp_path / "两表.xls"
    path.write_text(
        "<table><tr><td>姓名<td>班级</tr><tr><td>张三<td>五年级2班</tr></table>"
        "<table><tr><td>李四<td>男<td>汉<td>某村</tr></table>",
        encoding="utf-8",
    )
    roster = read_roster(path, TODAY)
    assert [warning.sheet for warning in roster.warnings] == ["表2"]


def test_each_school_of_a_file_is_read_by_its_own_years(read: Read, tmp_path: Path) -> None:
    """甲小学 has five grades, 乙小学 six."""
    path = tmp_path / "名单.csv"
    path.write_text("学校,姓名,班级\n甲小学,张三,六年级1班\n乙小学,李四,六年级1班", encoding="utf-8")
    roster = read_roster(path, TODAY, years_of={"甲小学": 5})
    assert [row.class_name for row in roster.rows] == [ClassName("初中", 2026, 1), ClassName("小学", 2021, 1)]
