"""What an import would change (issue section 3): matched, never guessed, nothing erased, nobody deleted."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.domain.records import Guardian, Student
from app.domain.school_year import ClassName
from app.roster.diff import RosterDiff, diff_roster, merged_student
from app.roster.duplicates import RowsSeen
from app.roster.matching import KnownChild
from app.roster.model import GuardianEntry, Problem, RosterRow
from app.roster.roster_file import read_roster

DATA = Path(__file__).parents[2] / "data" / "rosters"
TODAY = date(2026, 11, 22)
FIVE_ONE, FIVE_TWO, SIX_ONE = (
    ClassName("小学", 2022, 1),
    ClassName("小学", 2022, 2),
    ClassName("小学", 2021, 1),
)
ID_A, ID_B = "350425201503010017", "35042520150301005X"
BIRTH = date(2015, 3, 1)


def row(name: str = "张三", class_name: ClassName = FIVE_TWO, number: int = 3, **values: object) -> RosterRow:
    return RosterRow(sheet="名单", row=number, cell=f"A{number}", name=name, class_name=class_name, **values)


def known(
    key: str, name: str = "张三", class_name: ClassName | None = FIVE_TWO, **values: object
) -> KnownChild:
    guardians = values.pop("guardians", ())
    groups = values.pop("groups", ())
    return KnownChild(Student(id=key, name=name, **values), class_name, guardians, groups)


def imported(rows: Sequence[RosterRow]) -> list[KnownChild]:
    """The children on record after `rows` were imported where nobody was."""
    on_record = []
    for place, one in enumerate(rows):
        key = f"s{place}"
        guardians = tuple(
            Guardian(
                id=f"{key}g{rank}",
                student_id=key,
                rank=rank,
                name=g.name,
                relation=g.relation,
                phone=g.phone,
                address=g.address,
                workplace=g.workplace,
            )
            for rank, g in enumerate(one.guardians, start=1)
        )
        on_record.append(
            KnownChild(merged_student(Student(id=key, name=""), one), one.class_name, guardians, one.groups)
        )
    return on_record


def diff(rows: Sequence[RosterRow], *existing: KnownChild, refused: Sequence[Problem] = ()) -> RosterDiff:
    return diff_roster(rows, existing, TODAY, refused)


def summary(result: RosterDiff) -> tuple[int, int, int, int, int]:
    return (
        len(result.new),
        len(result.changed),
        len(result.unchanged),
        len(result.vanished),
        len(result.rejected),
    )


def test_importing_the_same_file_again_changes_nothing() -> None:
    for name in ("学籍模板.xlsx", "查询导出.xls", "分班名册.xlsx", "坏行.xlsx"):
        rows = read_roster(DATA / name, TODAY).rows
        assert summary(diff(rows)) == (len(rows), 0, 0, 0, 0)
        assert summary(diff(rows, *imported(rows))) == (0, 0, len(rows), 0, 0)


@given(
    st.lists(
        st.builds(
            row,
            name=st.sampled_from(["张三", "李四"]),
            class_name=st.sampled_from([FIVE_ONE, FIVE_TWO]),
            birth=st.sampled_from([None, BIRTH, date(2015, 4, 1)]),
            id_no=st.sampled_from(["", "", ID_A, ID_B, "350425201504010025"]),
            edu_no=st.sampled_from(["", "", "G" + ID_A, "G" + ID_B, "L350425201503011234"]),
            phone=st.sampled_from(["", "13900001234"]),
            guardians=st.sampled_from([(), (GuardianEntry(name="张父", relation="父亲"),)]),
            groups=st.sampled_from([(), ("低保",)]),
        ),
        max_size=6,
    )
)
def test_whatever_was_imported_is_unchanged_the_second_time(drawn: list[RosterRow]) -> None:
    seen, rows = RowsSeen(), []
    for one in drawn:
        if seen.twin(one) is None:
            seen.add(one)
            rows.append(one)
    assert summary(diff(rows, *imported(rows))) == (0, 0, len(rows), 0, 0)


def test_a_child_is_found_by_id_number_whatever_else_changed() -> None:
    result = diff([row("张三", SIX_ONE, id_no=ID_A, phone="1")], known("a", id_no=ID_A))
    (change,) = result.changed
    assert change.student_id == "a"
    assert change.fields == {
        "联系电话": ("", "1"),
        "班级": ("五年级2班", "六年级1班"),
    }
    assert change.student.phone == "1"


def test_another_name_on_a_known_number_is_asked_about_and_changes_nothing() -> None:
    result = diff([row("张叁", SIX_ONE, id_no=ID_A, phone="1")], known("a", id_no=ID_A))
    assert summary(result) == (0, 0, 1, 0, 0)
    (warning,) = result.warnings
    assert warning.reason.startswith("改名？“张叁”的号码在系统中是“张三”的")


def test_a_corrected_id_number_is_a_change_of_the_child_with_that_school_number() -> None:
    result = diff([row(id_no=ID_B, edu_no="G" + ID_A)], known("a", id_no=ID_A, edu_no="G" + ID_A))
    assert result.changed[0].fields == {"身份证件号": (ID_A, ID_B)}


def test_a_child_without_numbers_is_found_by_name_and_birth_then_by_name_and_class() -> None:
    by_birth = diff([row(class_name=SIX_ONE, birth=BIRTH, id_no=ID_A)], known("a", birth=BIRTH))
    assert by_birth.changed[0].fields == {"身份证件号": ("", ID_A), "班级": ("五年级2班", "六年级1班")}
    by_class = diff([row(birth=BIRTH)], known("a"))
    assert by_class.changed[0].fields == {"出生日期": ("", "2015-03-01")}


def test_an_empty_cell_never_erases_a_known_value() -> None:
    full = known(
        "a",
        birth=BIRTH,
        id_no=ID_A,
        phone="139",
        address="某村",
        groups=("低保",),
        guardians=(Guardian(id="g", student_id="a", name="张父", phone="138"),),
    )
    result = diff([row(id_no=ID_A, guardians=(GuardianEntry(name="张父"),))], full)
    assert summary(result) == (0, 0, 1, 0, 0)


def test_two_namesakes_are_not_guessed_between() -> None:
    twins = (known("a", birth=BIRTH), known("b", birth=BIRTH, class_name=FIVE_TWO))
    (problem,) = diff([row(birth=BIRTH)], *twins).rejected
    assert "分不清" in problem.reason and problem.cell == "A3"
    apart = (known("a", birth=BIRTH, class_name=FIVE_ONE), known("b", birth=BIRTH))
    assert diff([row(birth=BIRTH)], *apart).unchanged == [apart[1]]


def test_a_namesake_with_another_number_is_refused_on_the_same_birth_and_new_on_another() -> None:
    (problem,) = diff([row(birth=BIRTH, id_no=ID_B)], known("a", birth=BIRTH, id_no=ID_A)).rejected
    assert "更正号码" in problem.reason
    result = diff(
        [row(birth=date(2015, 4, 1), id_no="350425201504010025")], known("a", birth=BIRTH, id_no=ID_A)
    )
    assert len(result.new) == 1


def test_a_namesake_in_the_class_with_another_birth_and_no_number_is_refused() -> None:
    (problem,) = diff([row(birth=date(2015, 4, 1))], known("a", birth=BIRTH)).rejected
    assert "出生日期不同" in problem.reason


def test_a_provisional_school_number_may_become_a_formal_one() -> None:
    result = diff(
        [row(birth=BIRTH, edu_no="G" + ID_A)], known("a", birth=BIRTH, edu_no="L350425201503011234")
    )
    assert result.changed[0].fields["学籍号"] == ("L350425201503011234", "G" + ID_A)


def test_numbers_that_point_at_two_children_are_refused() -> None:
    both = (known("a", id_no=ID_A), known("b", "李四", edu_no="G" + ID_B))
    (problem,) = diff([row(id_no=ID_A, edu_no="G" + ID_B)], *both).rejected
    assert "几个学生" in problem.reason


def test_two_rows_for_one_child_keep_the_one_with_the_number() -> None:
    rows = [row(birth=BIRTH, id_no=ID_A), row(birth=BIRTH, class_name=FIVE_ONE, number=4)]
    result = diff(rows, known("a", birth=BIRTH, id_no=ID_A))
    assert summary(result) == (0, 0, 1, 0, 1)
    assert result.rejected[0].row == 4
    assert (
        summary(diff([row(birth=BIRTH), row(birth=BIRTH, class_name=FIVE_ONE)], known("a", birth=BIRTH)))[4]
        == 2
    )


def test_children_missing_from_a_file_of_one_class_are_looked_for_in_that_class_only() -> None:
    on_record = (known("a"), known("b", "李四"), known("c", "王五", FIVE_ONE), known("d", "赵六", SIX_ONE))
    assert [k.student.id for k in diff([row()], *on_record).vanished] == ["b"]


def test_a_file_of_several_classes_speaks_for_their_whole_grades() -> None:
    on_record = (
        known("a"),
        known("c", "王五", ClassName("小学", 2022, 3)),
        known("d", "赵六", ClassName("小学", 2020, 1)),
    )
    result = diff([row(), row("钱七", SIX_ONE)], *on_record, known("e", "孙八", None))
    assert [k.student.id for k in result.vanished] == ["c"]


def test_a_child_whose_row_was_refused_has_not_vanished() -> None:
    refused = Problem("名单", 9, "D9", "校验位不对", "李四")
    result = diff([row()], known("a"), known("b", "李四"), known("c", "王五"), refused=[refused])
    assert [k.student.id for k in result.vanished] == ["c"]


def test_a_guardian_is_found_by_name_or_by_relation_and_a_new_one_is_added() -> None:
    father = Guardian(id="g1", student_id="a", name="张父", relation="父亲", phone="138", rank=1)
    entries = (
        GuardianEntry(name="张富", relation="父亲", phone="139"),
        GuardianEntry(name="王母", relation="母亲"),
    )
    (change,) = diff([row(guardians=entries)], known("a", guardians=(father,))).changed
    assert change.fields == {
        "监护人1姓名": ("张父", "张富"),
        "监护人1联系电话": ("138", "139"),
        "监护人2姓名": ("", "王母"),
        "监护人2关系": ("", "母亲"),
    }
    assert [(update.id, update.rank) for update in change.guardians] == [("g1", 1), ("", 2)]


def test_a_special_group_begins_by_the_file_and_ends_only_if_the_file_says_no() -> None:
    on_record = known("a", groups=("低保", "孤儿"))
    (change,) = diff([row(groups=("脱贫户",), not_groups=("孤儿", "特困供养"))], on_record).changed
    assert change.fields == {"对象类别": ("低保、孤儿", "低保、脱贫户")}
    assert (change.add_groups, change.end_groups) == (("脱贫户",), ("孤儿",))
