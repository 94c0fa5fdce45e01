"""What a paper says of the record: who signs, which boxes, where the child is."""

from datetime import date

import pytest

from app.domain.records import Contact
from app.service.papers.case_values import missing_words, whereabouts
from app.service.papers.child_values import form_groups, government_of


@pytest.mark.parametrize(
    ("name", "organ"),
    [
        ("湖美乡", "湖美乡人民政府"),
        ("湖美乡人民政府", "湖美乡人民政府"),
        ("凤山街道", "凤山街道办事处"),
        ("凤山街道办事处", "凤山街道办事处"),
        ("高新区管委会", "高新区管委会"),
    ],
)
def test_who_signs_for_a_township(name: str, organ: str) -> None:
    assert government_of(name) == organ


@pytest.mark.parametrize(
    ("kinds", "boxes"),
    [
        ([], ["一般"]),
        (["留守"], ["一般"]),
        (["低保", "脱贫户"], ["建档立卡", "低保"]),
        (["残疾（肢体）"], ["残疾"]),
        (["事实无人抚养"], ["事实无人抚养儿童"]),
    ],
)
def test_the_boxes_of_the_form(kinds: list[str], boxes: list[str]) -> None:
    assert form_groups(kinds) == boxes


def contact(**cells: str) -> Contact:
    day = date(2026, 9, 17)
    fixed = {"level": "学校", "method": "家访", "outcome": "拒绝", "by_whom": "甲"}
    return Contact(id="1", student_id="1", case_id="1", happened_on=day, entered_on=day, **fixed, **cells)


def test_the_newest_known_whereabouts_stand_on_the_form() -> None:
    earlier = contact(work_place="泉州", companions="表姐")
    assert whereabouts([earlier, contact()]) == "务工地：泉州；同行：表姐"
    assert whereabouts([earlier, contact(living_place="家中")]) == "居住地：家中"
    assert whereabouts([]) == ""


@pytest.mark.parametrize(
    ("trigger", "grade", "words"),
    [
        ("开学未报到", "一", "未入学"),
        ("开学未报到", "七", "未入学"),
        ("开学未报到", "", "未入学"),
        ("开学未报到", "五", "未到校就读"),
        ("排查发现", "一", "未到校就读"),
    ],
)
def test_a_child_of_a_later_grade_is_away_and_not_unenrolled(trigger: str, grade: str, words: str) -> None:
    assert missing_words(trigger, grade)["未到校情形"] == words
