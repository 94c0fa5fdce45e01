"""A township with two schools that have a class, a child and a number of the same name each: all are told apart."""

import pytest

from tests.helpers.cli import Cli
from tests.scenarios.conftest import Office

KLASS = "五年级1班"
SCHOOLS = ("桃源小学", "河口小学")


@pytest.fixture
def town(office: Office) -> Cli:
    return office("datian", "township").on("2026-10-12")


@pytest.fixture
def children(town: Cli) -> dict[str, str]:
    """School → the id of its 张明."""
    return {
        school: str(town("student", "add", "--name", "张明", "--class", KLASS, "--school", school)["id"])
        for school in SCHOOLS
    }


def joined(town: Cli, child: str, *where: str) -> str:
    town("student", "leave", child, "--kind", "转出", "--date", "2026-10-05")
    answer = town("student", "join", child, "--kind", "转入", "--date", "2026-10-08", *where)
    assert answer["class"] == KLASS
    rows = town("class", "list")
    return "、".join(f"{row['school']}{row['pupils']}" for row in rows)


@pytest.mark.parametrize("where", [("--class", f"河口小学 {KLASS}"), ("--class", f"河口小学{KLASS}")])
def test_a_child_changes_to_the_class_of_a_school_by_its_name(
    town: Cli, children: dict[str, str], where: tuple[str, ...]
) -> None:
    assert joined(town, children["桃源小学"], *where) == "河口小学2"


def test_a_child_changes_to_a_class_of_the_school_that_is_said(town: Cli, children: dict[str, str]) -> None:
    assert joined(town, children["桃源小学"], "--at-school", "河口小学", "--class", KLASS) == "河口小学2"


def test_a_class_of_two_schools_is_asked_for_in_words_that_can_be_typed(
    town: Cli, children: dict[str, str]
) -> None:
    child = children["桃源小学"]
    town("student", "leave", child, "--kind", "转出", "--date", "2026-10-05")
    said = town.refused("student", "join", child, "--kind", "转入", "--date", "2026-10-08", "--class", KLASS)
    assert f"桃源小学 {KLASS}、河口小学 {KLASS}" in said
    said = town.refused(
        "student", "join", child, "--kind", "转入", "--date", "2026-10-08", "--class", "河口小学 二年级1班"
    )
    assert f"河口小学 {KLASS}" in said


def test_every_command_that_takes_a_class_takes_the_school_before_it(
    town: Cli, children: dict[str, str]
) -> None:
    meant = f"河口小学 {KLASS}"
    (child,) = town("student", "list", "--class", meant)
    assert child["id"] == children["河口小学"]
    town("staff", "add", "--name", "周老师", "--class", meant)
    assert f"河口小学{KLASS}" in str([one for one in town("staff", "list") if one["name"] == "周老师"])
    town("student", "add", "--name", "李小禾", "--class", "六年级1班", "--school", "河口小学")
    town("student", "add", "--name", "李小苗", "--class", "六年级1班", "--school", "桃源小学")
    summer = town.on("2027-09-01")
    assert summer("class", "graduate", "河口小学 六年级1班", "--date", "2027-09-01")["pupils"] == 1
    assert summer("class", "graduate", "桃源小学 2027届六年级1班", "--date", "2027-09-01")["pupils"] == 1


def test_a_class_is_corrected_within_the_school_of_the_child(town: Cli, children: dict[str, str]) -> None:
    for school in SCHOOLS:
        town("student", "add", "--name", "李小禾", "--class", "五年级2班", "--school", school)
    child = children["河口小学"]
    assert town("student", "set", child, "班级=五年级2班")["changed"] == {"班级": [KLASS, "五年级2班"]}
    assert "没有班级" in town.refused("student", "set", child, f"班级=桃源小学 {KLASS}")


def test_every_list_and_answer_names_the_school_beside_a_number_and_a_class(
    town: Cli, children: dict[str, str]
) -> None:
    found = ("--trigger", "排查发现", "--date", "2026-10-09")
    answers = {school: town("case", "open", "--student", child, *found) for school, child in children.items()}
    assert {one["no"] for one in answers.values()} == {"2026-001"}
    assert {school: one["school"] for school, one in answers.items()} == {one: one for one in SCHOOLS}
    both = sorted(SCHOOLS)
    assert sorted(one["school"] for one in town.cases()) == both
    assert sorted(one["school"] for one in town("student", "list")) == both
    assert sorted(one["school"] for one in town("today") if one["case"]) == both
    for command in (("case", "list"), ("today",), ("student", "list")):
        lines = [line for line in town.text(*command).splitlines() if "张明" in line]
        assert {school for school in SCHOOLS for line in lines if school in line} == set(SCHOOLS)
    said = ("--date", "2026-10-10", "--method", "家访", "--outcome", "见到家长", "--by", "刘主任")
    visit = town("contact", "add", "--case", "河口小学 2026-001", *said)
    assert (visit["no"], visit["school"]) == ("2026-001", "河口小学")
    told = town("return", "add", "--case", "河口小学 2026-001", "--date", "2026-10-11", "--told-by", "家长")
    assert (told["no"], told["school"]) == ("2026-001", "河口小学")
    assert town.case("桃源小学 2026-001")["school"] == "桃源小学"


def test_namesakes_of_one_class_name_are_told_apart_by_their_schools(
    town: Cli, children: dict[str, str]
) -> None:
    said = town.refused("streak", "--student", "张明")
    for school, child in children.items():
        assert f"{school} {KLASS} 张明 {child}" in said
    again = town("student", "add", "--name", "张明", "--class", "六年级1班", "--school", "桃源小学")
    assert any(f"河口小学 {KLASS}" in one for one in again["warnings"])


def test_in_a_school_its_own_name_goes_without_saying(school: Cli) -> None:
    assert {one["school"] for one in school("student", "list")} == {""}
    assert "学校" not in school.text("student", "list").splitlines()[0]
