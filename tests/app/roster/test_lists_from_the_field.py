"""Small lists from the field with the values a person reads in them (tests/data/cases)."""

from dataclasses import astuple
from datetime import date
from pathlib import Path

import pytest

from app.domain.school_year import ClassName, class_name
from app.roster.model import GuardianEntry, RosterFile, RosterRow
from app.roster.roster_file import read_roster
from tests.helpers.sheets import workbook

CASES = Path(__file__).parents[2] / "data" / "cases"
TODAY = date(2026, 10, 20)


def read(case: str, name: str = "名单.xlsx") -> RosterFile:
    return read_roster(next(CASES.glob(f"{case}-*")) / name, TODAY, own_school="道义小学")


def child(roster: RosterFile, name: str) -> RosterRow:
    return next(one for one in roster.rows if one.name == name)


def kin(row: RosterRow) -> list[tuple[str, str, str]]:
    return [(one.relation, one.name, one.phone) for one in row.guardians]


def test_case_23_the_second_row_of_a_child_names_the_mother() -> None:
    roster = read("23")
    assert roster.rejected == [] and len(roster.rows) == 2
    assert kin(child(roster, "龚小溪")) == [
        ("父亲", "龚大江", "13800000801"),
        ("母亲", "卢秀梅", "13800000802"),
    ]
    assert kin(child(roster, "龚小河")) == [
        ("父亲", "龚大海", "13800000803"),
        ("母亲", "许翠", "13800000804"),
    ]


def test_case_23_in_a_csv_the_merge_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(
        "姓名,班级,家庭成员姓名,与学生关系,联系电话\n龚小溪,五年级1班,龚大江,父亲,13800000801\n,,卢秀梅,母亲,13800000802",
        encoding="utf-8",
    )
    (row,) = read_roster(path, TODAY).rows
    assert kin(row) == [("父亲", "龚大江", "13800000801"), ("母亲", "卢秀梅", "13800000802")]


def test_case_23_two_people_in_one_cell_are_two_guardians() -> None:
    roster = read("23", "名单2.xlsx")
    assert kin(child(roster, "龚小泉")) == [("", "龚大山", "13800000805"), ("", "卢秀兰", "")]
    assert kin(child(roster, "龚小池")) == [("父亲", "龚大石", ""), ("母亲", "许兰", "")]


def test_case_02_guardians_named_in_brackets() -> None:
    (row,) = read("02").rows
    assert kin(row) == [("父亲", "梁大海", "13800000001"), ("母亲", "何秀英", "13900000002")]
    assert row.address == "甲省乙市丙县新村二号"


def test_case_04_a_phone_among_the_guardians_columns_is_the_guardians() -> None:
    row = child(read("04"), "马小舟")
    assert row.guardians == (GuardianEntry(name="马大水", relation="父亲", phone="13800000011"),)
    assert row.phone == ""
    (grouped,) = read("04", "分组表头.xlsx").rows
    assert kin(grouped) == [("父亲", "马大桥", "13800000971")]


def test_case_05_a_district_and_the_detail_behind_it_are_one_address() -> None:
    (row,) = read("05").rows
    assert row.registered_address == "福建省三明市大田县石桥镇河口村5号"
    assert row.address == "福建省三明市大田县均溪镇学府路9号"


def test_two_columns_of_one_field_that_differ_are_said(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("姓名,班级,联系电话,手机号码\n张三,五年级1班,13800000001,13900000002", encoding="utf-8")
    roster = read_roster(path, TODAY)
    assert roster.rows[0].phone == "13800000001"
    (warning,) = roster.warnings
    assert "“联系电话”“手机号码”" in warning.reason and warning.cell == "C1"


def test_case_08_a_card_is_one_child() -> None:
    roster = read("08", "信息表.xlsx")
    assert (roster.rejected, roster.warnings) == ([], [])
    (row,) = roster.rows
    assert (row.name, row.gender, row.birth, row.id_no) == (
        "汪小渔",
        "男",
        date(2015, 3, 1),
        "350425201503010615",
    )
    assert (row.nation, row.address, row.phone) == ("汉族", "石桥村", "13800000061")
    assert row.class_name == ClassName("小学", 2022, 1) and row.row == 3


def test_a_fault_on_a_card_names_the_cell_of_the_value(tmp_path: Path) -> None:
    lines = [
        ["姓名", "汪小渔", "性别", "男"],
        ["班级", "五年级1班"],
        ["身份证号", "350425201503010616"],
        ["住址", "石桥村"],
    ]
    (problem,) = read_roster(workbook(tmp_path / "表.xlsx", lines), TODAY).rejected
    assert (problem.row, problem.cell, problem.name) == (1, "B3", "汪小渔")


def test_a_label_is_never_a_child(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("姓名,班级\n性别★,五年级1班\n出生日期,五年级1班\n汪小渔,五年级1班", encoding="utf-8")
    roster = read_roster(path, TODAY)
    assert [one.name for one in roster.rows] == ["汪小渔"]
    assert all("栏目的名称，不是姓名" in one.reason for one in roster.rejected)


def classes(roster: RosterFile) -> dict[str, str]:
    return {one.name: class_name(*astuple(one.class_name), TODAY) for one in roster.rows}


ONE_CLASS_A_GRADE = {"项小一": "一年级1班", "项小二": "一年级1班", "项小三": "二年级1班"}


def test_case_09_a_grade_without_a_number_is_class_1_and_said_once() -> None:
    roster = read("09")
    assert classes(roster) == ONE_CLASS_A_GRADE and roster.rejected == []
    said = [one.reason for one in roster.warnings if "班号" in one.reason]
    assert said == ["没有写班号的（一年级、二年级）都按每个年级一个班读作1班，如有几个班请写上班号"]


def test_case_09_grades_in_the_class_column_and_a_class_of_two_grades() -> None:
    roster = read("09", "名单班级列.xlsx")
    assert classes(roster) == ONE_CLASS_A_GRADE
    (problem,) = roster.rejected
    assert problem.name == "项小四" and "一二年级复式班" in problem.reason
    assert roster.unknown_classes == ["一二年级复式班"]
    told = read_roster(
        CASES / "09-one-class-a-grade" / "名单班级列.xlsx", TODAY, classes={"一二年级复式班": "二年级1班"}
    )
    assert classes(told)["项小四"] == "二年级1班" and told.unknown_classes == []


def test_case_09_the_class_stands_in_the_name_of_the_sheet_alone() -> None:
    assert classes(read("09", "分表.xlsx")) == {"项小一": "一年级1班", "项小三": "二年级1班"}


@pytest.mark.parametrize("text", ["三年级", "三", "3", "三班", "三年级班"])
def test_one_class_a_grade_however_it_is_written(tmp_path: Path, text: str) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(f"姓名,班级\n张三,{text}\n李四,五年级", encoding="utf-8")
    assert classes(read_roster(path, TODAY)) == {"张三": "三年级1班", "李四": "五年级1班"}


def test_a_grade_of_several_classes_needs_the_number(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("姓名,班级\n张三,三年级\n李四,三年级2班", encoding="utf-8")
    roster = read_roster(path, TODAY)
    assert [one.name for one in roster.rows] == ["李四"]
    assert "请写上是几班" in roster.rejected[0].reason


def test_case_18_school_and_notes_around_a_class_are_left_out() -> None:
    roster = read("18")
    found = classes(roster)
    assert {found[name] for name in ("班黄号", "班宇号", "班寅号")} == {"五年级1班"}
    why = {one.name: one.reason for one in roster.rejected}
    assert "看不出是小学还是初中" in why["班丁号"]
    assert "Excel 变成了日期 2026-03-01" in why["班日期"]
    assert "认不出来" in why["班地号"] and "特教班" in roster.unknown_classes


def test_case_26_hidden_and_struck_rows_are_questions() -> None:
    roster = read("26")
    assert [one.name for one in roster.rows] == ["贺小一", "贺小三"]
    why = {one.name: one.reason for one in roster.rejected}
    assert set(why) == {"贺小二", "贺小四"}
    assert "隐藏" in why["贺小二"] and "已转走" in why["贺小二"] and "还在本校吗" in why["贺小二"]
    assert "划掉" in why["贺小四"] and "转出" in why["贺小四"]


def test_a_remark_about_coming_or_about_the_family_is_no_question(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(
        "姓名,班级,备注\n张三,五年级1班,2026年9月转入\n李四,五年级1班,休学后复学", encoding="utf-8"
    )
    assert [one.name for one in read_roster(path, TODAY).rows] == ["张三", "李四"]


def test_case_03_a_state_says_who_is_not_here_any_more() -> None:
    roster = read("03")
    (row,) = roster.rows
    assert (row.name, row.edu_no) == ("韩一一", "G35042520150301021X")
    why = {one.name: one.reason for one in roster.rejected}
    assert {name: reason.split("，")[0] for name, reason in why.items()} == {
        "韩二二": "“韩二二”的状态是“转出”",
        "韩三三": "“韩三三”的状态是“休学”",
        "韩四四": "“韩四四”的状态是“已注销”",
    }
    assert all("请在学生里办理离校" in reason for reason in why.values())


def test_case_29_an_unreadable_birth_beside_a_valid_id_refuses_nobody() -> None:
    roster = read("29")
    assert (len(roster.rows), roster.rejected) == (12, [])
    assert {one.birth for one in roster.rows} == {date(2015, 3, 1)}
    (warning,) = [one for one in roster.warnings if "出生日期" in one.reason]
    assert "11行" in warning.reason and warning.cell == "D1"


def test_case_06_a_temporary_number_is_no_fault() -> None:
    roster = read("06")
    row = child(roster, "高无证")
    assert (roster.rejected, row.id_no, row.birth) == ([], "", date(2015, 4, 1))
    assert "临时号" in roster.warnings[0].reason


def test_case_19_codes_before_words_are_left_out() -> None:
    roster = read("19")
    one, two, three = (child(roster, name) for name in ("邓小一", "邓小二", "邓小三"))
    assert (one.boarding, one.left_behind, one.disability, one.migrant) == ("走读", "非留守", "无残疾", "否")
    assert (two.boarding, two.left_behind, two.disability, two.migrant) == (
        "住校",
        "单亲留守",
        "肢体残疾",
        "是",
    )
    assert (two.id_kind, two.nation, three.id_kind, three.nation) == ("户口簿", "珞巴族", "其他", "其他")


def test_an_unknown_answer_never_counts_as_yes(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(
        "姓名,班级,是否低保,是否脱贫户,是否孤儿,监测对象,是否住校\n张三,五年级1班,待定,1-是,核实中,突发严重困难户,不住校",
        encoding="utf-8",
    )
    roster = read_roster(path, TODAY)
    assert set(roster.rows[0].groups) == {"脱贫户", "突发严重困难户"}
    assert roster.rows[0].boarding == "走读"
    assert [one.cell for one in roster.warnings] == ["E2", "C2"]


def test_case_10_marks_nobody_sees_are_left_out_everywhere() -> None:
    roster = read("10")
    assert (roster.rejected, roster.warnings) == ([], [])
    assert [one.name for one in roster.rows] == ["鲁小七", "鲁小八", "鲁小九", "鲁小十", "鲁十一"]
    assert child(roster, "鲁小八").id_no == "350425201503010826"
    assert child(roster, "鲁小九").phone == "13800000083"
    assert child(roster, "鲁小十").class_name == ClassName("小学", 2022, 1)


def test_case_11_a_private_character_is_mapped_where_it_is_known_else_warned(tmp_path: Path) -> None:
    assert [one.name for one in read("11").rows] == ["冯䶮", "冯𬱖", "冯頔", "冯䶮", "冯㑳"]
    path = tmp_path / "名单.csv"
    path.write_text("姓名,班级\n冯\ue001,五年级1班", encoding="utf-8")
    assert "缺字" in read_roster(path, TODAY).warnings[0].reason


def test_case_12_every_dot_of_a_name_is_one_and_what_only_looks_like_it_is_said() -> None:
    roster = read("12")
    names = {one.row: one.name for one in roster.rows}
    doubtful = {8, 12, 13, 14}  # 丶 ` - —
    dotted = set(range(2, 17)) - doubtful
    assert {names[row] for row in dotted} == {"阿迪力·买买提"}
    assert {one.row for one in roster.warnings} == doubtful
    assert all("间隔号" in one.reason for one in roster.warnings)


def test_case_17_a_note_behind_a_name_is_no_part_of_it() -> None:
    roster = read("17")
    assert [one.name for one in roster.rows] == ["宋玉"] * 5 and roster.rejected == []
    assert [one.row for one in roster.warnings] == [2, 3, 6]
    assert [one.name_note for one in roster.rows] == ["大", "小", "", "", "A"]


@pytest.mark.parametrize(
    ("name", "row", "cell"),
    [("gbk杂字节.csv", 2, "B2"), ("utf8含零字节.csv", 4, "A4"), ("utf8断字.csv", 6, "A6")],
)
def test_case_25_bytes_that_are_no_characters_are_named_by_line(name: str, row: int, cell: str) -> None:
    roster = read("25", name)
    assert len(roster.rows) >= 3
    (problem,) = roster.rejected
    assert (problem.row, problem.cell) == (row, cell)
    assert f"第 {row} 行有读不出的字节" in problem.reason and roster.unknown_classes == []


def test_two_lists_side_by_side_do_not_mix_their_children(tmp_path: Path) -> None:
    rows = [
        ("姓名", "身份证号", "班级", "姓名", "身份证号", "班级"),
        ("丙一", "", "五年级1班", "丙二", "350425201503010519", "五年级2班"),
    ]
    roster = read_roster(workbook(tmp_path / "名单.xlsx", rows), TODAY)
    (row,) = roster.rows
    assert (row.name, row.id_no) == ("丙一", "")
    assert any("左右两栏" in one.reason for one in roster.warnings)


def test_a_sum_in_the_column_of_numbers_is_no_child(tmp_path: Path) -> None:
    rows = [("班级", "姓名", "身份证号"), ("五年级1班", "甲一", "350425201503010519"), ("小计", "", "1人")]
    roster = read_roster(workbook(tmp_path / "名单.xlsx", rows), TODAY)
    assert (len(roster.rows), roster.rejected, roster.unknown_classes) == (1, [], [])


@pytest.mark.parametrize("title", ["道义小学五（1）班花名册", "道义小学五（１）班花名册", "五(一)班学生名单"])
def test_a_title_may_name_the_class_in_the_short_form(tmp_path: Path, title: str) -> None:
    rows = [(title,), ("姓名", "性别"), ("甲一", "男")]
    (row,) = read_roster(workbook(tmp_path / "名单.xlsx", rows), TODAY).rows
    assert (
        class_name(row.class_name.stage, row.class_name.entry_year, row.class_name.number, TODAY)
        == "五年级1班"
    )
