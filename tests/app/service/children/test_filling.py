"""One column filled for many children: who gets it, who keeps what, and that it is one entry."""

import pytest

from app.errors import UserError
from app.service.children.correcting import set_student
from app.service.children.filling import Filled, fill_column
from app.service.children.students import NewStudent, add_student
from app.service.office.undoing import undo_last
from app.service.program import Program
from app.service.screens.students import student_whole


@pytest.fixture
def children(program: Program) -> list[str]:
    names = ("林一帆", "陈小满", "周晓航")
    return [
        str(program.write(add_student, NewStudent(name=one, class_text="五年级1班")).value.id)
        for one in names
    ]


def words(program: Program, children: list[str], field: str) -> list[str]:
    return [dict(program.read(student_whole, one).facts)[field] for one in children]


def test_a_village_is_written_where_none_stands(program: Program, children: list[str]) -> None:
    program.write(set_student, children[0], {"村": "河口村"})
    done = program.write(fill_column, children, "村", " 上丰村 ")
    assert done.value == Filled(changed=2, same=0, kept=1)
    assert words(program, children, "村") == ["河口村", "上丰村", "上丰村"]
    assert program.write(fill_column, children, "村", "上丰村", replace=True).value == Filled(1, 2, 0)
    assert words(program, children, "村") == ["上丰村"] * 3


def test_a_group_is_added_to_those_a_child_has(program: Program, children: list[str]) -> None:
    program.write(set_student, children[0], {"对象类别": "低保"})
    program.write(set_student, children[1], {"对象类别": "脱贫户"})
    done = program.write(fill_column, children, "对象类别", "建档立卡")
    assert done.value == Filled(changed=2, same=1, kept=0)
    assert [set(one.split("、")) for one in words(program, children, "对象类别")] == [
        {"低保", "脱贫户"}, {"脱贫户"}, {"脱贫户"},
    ]  # fmt: skip


def test_all_of_it_is_taken_back_at_once(program: Program, children: list[str]) -> None:
    done = program.write(fill_column, children, "村", "上丰村")
    assert done.changes.span is not None
    program.write(undo_last, *done.changes.span)
    assert words(program, children, "村") == ["", "", ""]


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [("姓名", "张三", "不能一起填"), ("身份证件号", "1", "不能一起填"), ("村", " ", "请写")],
)
def test_what_is_never_alike_is_refused(
    program: Program, children: list[str], field: str, text: str, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        program.write(fill_column, children, field, text)


def test_nobody_listed_is_refused(program: Program) -> None:
    with pytest.raises(UserError, match="没有列出学生"):
        program.write(fill_column, [], "村", "上丰村")
