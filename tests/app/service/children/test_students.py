"""What a person types of a child is cleaned and checked as a roster is."""

from datetime import date
from typing import Any

import pytest

from app.errors import UserError
from app.service.children.correcting import set_student
from app.service.children.students import NewStudent, add_student, find_student
from app.service.program import Program
from app.service.screens.students import save_student, student_whole

ID_NO = "35042520150312003X"  # male, 2015-03-12


@pytest.fixture
def child(program: Program) -> str:
    return str(program.write(add_student, NewStudent(name="林一帆", class_text="五年级1班")).value.id)


def save(program: Program, child: str, **values: str) -> dict[str, Any]:
    return program.write(save_student, child, values).value


def facts(program: Program, child: str) -> dict[str, str]:
    return dict(program.read(student_whole, child).facts)


@pytest.mark.parametrize(
    ("word", "typed", "said"),
    [
        ("出生日期", "2030-01-01", "今天之后"),
        ("出生日期", "2015-03", "补上日"),
        ("出生日期", "去年", "没有写年份"),
        ("出生日期", "2015-13-01", "不存在"),
        ("学籍号", "乱写", "19 位"),
        ("身份证件号", "123", "18 位"),
        ("性别", "未知数", "男或女"),
        ("姓名", " ", "空的"),
    ],
)
def test_what_cannot_be_is_refused_in_a_correction(
    program: Program, child: str, word: str, typed: str, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        save(program, child, **{word: typed})


@pytest.mark.parametrize(
    ("word", "typed", "said"),
    [
        ("出生日期", "1990-01-01", "36岁"),
        ("出生日期", "2020-09-01", "2027年秋季才应入学"),
        ("出生日期", "2010-01-01", "已满16周岁"),
        ("联系电话", "abc打不通", "位数不对"),
        ("监护人电话", "12", "监护人电话"),
        ("姓名", "林1帆", "数字"),
    ],
)
def test_what_is_only_unlikely_is_kept_with_a_warning(
    program: Program, child: str, word: str, typed: str, said: str
) -> None:
    (warning,) = save(program, child, **{word: typed}).warnings
    assert said in warning


def test_a_number_that_contradicts_birth_or_sex_is_warned_about_in_a_correction(
    program: Program, child: str
) -> None:
    save(program, child, 出生日期="2014-01-01", 性别="女")
    warnings = save(program, child, 身份证件号=ID_NO).warnings
    assert any("出生日期" in one for one in warnings)
    assert any("性别" in one for one in warnings)


def test_a_passport_is_no_18_digit_number(program: Program, child: str) -> None:
    assert save(program, child, 身份证件类型="护照", 身份证件号="E12345678").warnings == ()


@pytest.mark.parametrize(("word", "number"), [("身份证件号", ID_NO), ("学籍号", f"G{ID_NO}")])
def test_a_number_another_child_has_is_refused_with_that_childs_class(
    program: Program, child: str, word: str, number: str
) -> None:
    save(program, child, **{word: number})
    other = program.write(add_student, NewStudent(name="何知秋")).value.id
    with pytest.raises(UserError, match="林一帆（五年级1班）"):
        save(program, other, **{word: number})


def test_the_same_number_again_is_no_repetition(program: Program, child: str) -> None:
    save(program, child, 身份证件号=ID_NO)
    assert save(program, child, 身份证件号=ID_NO).changed == ()


def test_none_takes_a_number_away(program: Program, child: str) -> None:
    save(program, child, 身份证件号=ID_NO, 学籍号=f"G{ID_NO}")
    save(program, child, 身份证件号="无", 学籍号="无")
    assert facts(program, child)["身份证件号"] == ""
    assert facts(program, child)["学籍号"] == ""


def test_words_are_written_as_a_roster_writes_them(program: Program, child: str) -> None:
    save(program, child, 姓名="林 一帆", 联系电话="139 0000 1111", 对象类别="孤儿 低保户", 民族="汉")
    now = facts(program, child)
    assert (now["姓名"], now["联系电话"], now["对象类别"]) == ("林一帆", "13900001111", "孤儿、低保")
    assert now["民族"] == "汉族"


def test_a_new_child_is_checked_the_same_way(program: Program) -> None:
    done = program.write(
        add_student,
        NewStudent(name="双 击", gender="女", birth=date(2015, 3, 1), id_no=ID_NO, phone="abc"),
    ).value
    assert facts(program, done.id)["姓名"] == "双击"
    assert len(done.warnings) == 3
    with pytest.raises(UserError, match="今天之后"):
        program.write(add_student, NewStudent(name="小满", birth=date(2030, 1, 1)))


def test_a_new_child_too_young_for_school_is_asked_about(program: Program) -> None:
    done = program.write(add_student, NewStudent(name="小满", birth=date(2020, 9, 1))).value
    assert done.warnings == (
        "按出生日期2020-09-01，2027年秋季才应入学（到8月31日满6周岁），请核对是否已经入学"
        "（本县文件未规定，采用通用）",
    )


def test_a_namesake_is_named_by_class_and_never_by_an_identifier(program: Program, child: str) -> None:
    done = program.write(add_student, NewStudent(name="林一帆")).value
    assert done.warnings == ("已有同名的林一帆（五年级1班），请核对是否重复",)
    assert child not in str(done.warnings)


def test_a_correction_may_name_a_new_class_in_the_window_and_not_on_the_command_line(
    program: Program, child: str
) -> None:
    def by_hand(desk: Any) -> Any:
        return set_student(desk, find_student(desk, "林一帆").id, {"班级": "六年级3班"})

    with pytest.raises(UserError, match="没有班级"):
        program.write(by_hand)
    save(program, child, 班级="六年级3班")
    assert facts(program, child)["班级"] == "六年级3班"
    save(program, child, 班级="")
    assert facts(program, child)["班级"] == ""
