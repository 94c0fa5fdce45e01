"""A file speaks of its own schools only (issue section 2), and of a child who changed class (cases/13)."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.records import Student
from app.domain.school_year import ClassName
from app.roster.diff import RosterDiff, diff_roster
from app.roster.matching import KnownChild
from app.roster.model import Problem, RosterRow

TODAY = date(2026, 10, 20)
FIVE_ONE, FIVE_TWO, FIVE_THREE, SIX_ONE = (
    ClassName("小学", 2022, 1),
    ClassName("小学", 2022, 2),
    ClassName("小学", 2022, 3),
    ClassName("小学", 2021, 1),
)
ID_A, ID_B = "350425201503010017", "35042520150301005X"
BIRTH = date(2015, 3, 1)


def row(
    name: str = "张三", school: str = "乙", group: ClassName = FIVE_ONE, number: int = 3, **values: object
) -> RosterRow:
    return RosterRow(
        sheet="名单", row=number, cell=f"A{number}", name=name, class_name=group, school_name=school, **values
    )


def known(
    key: str, name: str = "张三", school: str = "甲", group: ClassName | None = FIVE_ONE, **values: object
) -> KnownChild:
    left = str(values.pop("left", ""))
    left_on = date(2026, 9, 30) if left else None
    return KnownChild(
        Student(id=key, name=name, **values),
        None if left else group,
        school_id=school,
        school=f"{school}小学" if school else "",
        left=left,
        left_on=left_on,
    )


def diff(
    rows: Sequence[RosterRow], *existing: KnownChild, partial: bool = False, refused: str = ""
) -> RosterDiff:
    problems = [Problem("名单", 9, "A9", "认不出来", refused)] if refused else []
    return diff_roster(
        rows, existing, TODAY, problems, partial=partial, school_of=lambda one: one.school_name
    )


def names(result: RosterDiff) -> tuple[list[str], list[str], list[str]]:
    """Who is new, who vanished (by id), and who may be the same (by id)."""
    return (
        [one.name for one in result.new],
        [one.student.id for one in result.vanished],
        [one.known.student.id for one in result.perhaps_same],
    )


def test_a_roster_of_one_school_makes_nobody_of_another_vanish() -> None:
    there = (known("a"), known("b", "李四"), known("c", "王五", school="乙"))
    assert names(diff([row("赵六")], *there)) == (["赵六"], ["c"], [])


def test_a_file_of_two_schools_misses_each_ones_children_in_its_own_classes() -> None:
    rows = [row("赵六", "甲", FIVE_ONE), row("钱七", "乙", FIVE_TWO, number=4)]
    there = (known("a"), known("b", group=FIVE_TWO), known("c", school="乙", group=FIVE_TWO))
    assert names(diff(rows, *there))[1] == ["a", "c"]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"birth": BIRTH}, "姓名、出生日期相同"),
        ({"id_no": ID_A}, "身份证件号相同"),
        ({"edu_no": "G" + ID_A}, "学籍号相同"),
        ({"id_no": ID_A, "edu_no": "G" + ID_A, "birth": BIRTH}, "身份证件号、学籍号相同"),
    ],
)
def test_who_is_alike_in_another_school_is_asked_about_and_never_merged(
    values: dict[str, object], reason: str
) -> None:
    result = diff([row(**values)], known("a", **values))
    assert names(result) == (["张三"], [], ["a"])
    assert (result.unchanged, result.changed, result.rejected) == ([], [], [])
    assert result.perhaps_same[0].reason == reason


def test_a_namesake_in_another_school_is_no_question_without_anything_else_in_common() -> None:
    assert names(diff([row()], known("a"))) == (["张三"], [], [])
    other = known("a", birth=BIRTH, id_no=ID_A)
    assert names(diff([row(birth=BIRTH, id_no=ID_B)], other)) == (["张三"], [], [])


def test_a_child_of_the_own_school_is_found_though_another_school_has_one_alike() -> None:
    both = (known("a", birth=BIRTH), known("b", school="乙", birth=BIRTH))
    result = diff([row(birth=BIRTH)], *both)
    assert [one.student.id for one in result.unchanged] == ["b"]
    assert names(result) == ([], [], [])


def test_a_number_that_makes_a_known_child_alike_to_another_is_asked_about() -> None:
    both = (known("a", id_no=ID_A), known("b", school="乙", birth=BIRTH))
    result = diff([row(birth=BIRTH, id_no=ID_A)], *both)
    assert [one.student_id for one in result.changed] == ["b"]
    assert [(one.student_id, one.known.student.id) for one in result.perhaps_same] == [("b", "a")]


@pytest.mark.parametrize("left", ["转出", "毕业"])
def test_a_child_that_left_its_school_for_good_has_come_by_its_number(left: str) -> None:
    (change,) = diff([row(id_no=ID_A)], known("a", id_no=ID_A, left=left)).changed
    assert change.student_id == "a"
    assert change.fields["学校"] == ("甲小学", "乙")


@pytest.mark.parametrize("left", ["休学", "死亡"])
def test_a_child_that_is_on_leave_elsewhere_or_dead_is_only_asked_about(left: str) -> None:
    assert names(diff([row(id_no=ID_A)], known("a", id_no=ID_A, left=left))) == (["张三"], [], ["a"])


@pytest.mark.parametrize(("left", "word"), [("休学", "复学"), ("转出", "转入")])
def test_who_left_the_school_is_not_put_on_its_roll_again_by_a_line_of_a_roster(left: str, word: str) -> None:
    result = diff([row(id_no=ID_A)], known("a", school="乙", id_no=ID_A, left=left))
    (problem,) = result.rejected
    assert f"2026年9月30日{left}" in problem.reason and word in problem.reason
    assert (result.new, result.changed, result.vanished) == ([], [], [])


def test_a_pupil_who_graduated_from_the_primary_stage_begins_the_next_in_the_same_school() -> None:
    seven = ClassName("初中", 2026, 1)
    (change,) = diff([row(group=seven, id_no=ID_A)], known("a", school="乙", id_no=ID_A, left="毕业")).changed
    assert change.student_id == "a"


def test_a_child_that_changed_class_is_the_same_where_the_roster_has_names_only() -> None:
    there = (
        known("zhou", "谢小舟", "乙"),
        known("lou", "谢小楼", "乙"),
        known("tai", "谢小台", "乙", FIVE_TWO),
    )
    rows = [
        row("谢小舟", group=FIVE_TWO),
        row("谢小楼", group=FIVE_ONE, number=4),
        row("谢小台", group=FIVE_TWO, number=5),
    ]
    result = diff(rows, *there)
    (change,) = result.changed
    assert (change.student_id, change.fields) == ("zhou", {"班级": ("五年级1班", "五年级2班")})
    assert names(result) == ([], [], [])
    assert "五年级1班" in result.warnings[0].reason and result.warnings[0].cell == "A3"


def test_of_two_namesakes_the_one_whose_class_still_lists_it_did_not_change_class() -> None:
    there = (known("one", school="乙"), known("three", school="乙", group=FIVE_THREE))
    rows = [row(group=FIVE_TWO), row(group=FIVE_THREE, number=4)]
    result = diff(rows, *there)
    assert [one.student_id for one in result.changed] == ["one"]
    assert [one.student.id for one in result.unchanged] == ["three"]


def test_two_namesakes_and_one_row_in_a_third_class_are_not_guessed_between() -> None:
    there = (known("one", school="乙"), known("three", school="乙", group=FIVE_THREE))
    result = diff([row(group=FIVE_TWO), row("李四", group=FIVE_ONE, number=4)], *there)
    (problem,) = result.rejected
    assert problem.row == 3 and "身份证件号" in problem.reason
    assert result.changed == [] and [one.name for one in result.new] == ["李四"]
    assert result.vanished == []


def test_a_namesake_whose_own_row_was_refused_did_not_change_class() -> None:
    result = diff([row(group=FIVE_TWO), row("李四")], known("one", school="乙"), refused="张三")
    assert len(result.rejected) == 1 and result.changed == []


def test_a_file_that_is_silent_on_the_old_class_asks_instead_of_moving_a_namesake() -> None:
    there = known("one", school="乙")
    assert names(diff([row(group=FIVE_TWO)], there)) == (["张三"], [], ["one"])
    both = [row(group=FIVE_TWO), row("李四")]
    assert names(diff(both, there, partial=True)) == (["张三", "李四"], [], ["one"])


@pytest.mark.parametrize(
    ("old", "values"),
    [
        ({"group": SIX_ONE}, {}),
        ({"birth": BIRTH}, {"birth": date(2015, 4, 1)}),
        ({"id_no": ID_A}, {"id_no": ID_B}),
    ],
)
def test_another_grade_birth_or_number_is_another_child_who_is_new_while_the_first_is_missed(
    old: dict[str, object], values: dict[str, object]
) -> None:
    rows = [row(group=FIVE_TWO, **values), row("李四"), row("王五", group=SIX_ONE)]
    result = diff(rows, known("one", school="乙", **old))
    assert names(result)[:2] == (["张三", "李四", "王五"], ["one"])


SCHOOLS = st.sampled_from(["甲", "乙"])
CHILDREN = st.lists(
    st.tuples(
        SCHOOLS,
        st.sampled_from(["张三", "李四"]),
        st.sampled_from([FIVE_ONE, FIVE_TWO]),
        st.sampled_from([None, BIRTH]),
        st.sampled_from(["", ID_A, ID_B]),
    ),
    max_size=6,
)


@given(CHILDREN, CHILDREN)
def test_whatever_a_school_sends_its_neighbours_children_stay_as_they_are(
    there: list[tuple[str, str, ClassName, date | None, str]],
    sent: list[tuple[str, str, ClassName, date | None, str]],
) -> None:
    on_record = [
        known(f"s{n}", name, school, group, birth=birth, id_no=number)
        for n, (school, name, group, birth, number) in enumerate(there)
    ]
    rows = [
        row(name, "乙", group, birth=birth, id_no=number, number=n)
        for n, (_, name, group, birth, number) in enumerate(sent, 2)
    ]
    result = diff(rows, *on_record)
    others = {one.student.id for one in on_record if one.school_id == "甲"}
    touched = {one.student.id for one in (*result.unchanged, *result.vanished)}
    assert not others & (touched | {one.student_id for one in result.changed})
    told = len(result.new) + len(result.changed) + len(result.unchanged) + len(result.rejected)
    assert told == len(rows)
