"""What the page 个案 is told: urgency, the child and its family, the timeline, what may be done and what not."""

from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from app.demo.school import TODAY
from app.domain.records import CaseFile, Contact, Guardian, SpecialGroup, Student, Unit
from app.errors import UserError
from app.service.cases.contacts import (
    DateProblems,
    Visit,
    add_contact,
    add_contact_to_child,
    visit_dates,
)
from app.service.cases.numbers import find_case
from app.service.cases.photos import read_photo
from app.service.children.students import NewStudent, add_student
from app.service.office.desk import UNIT, Desk
from app.service.papers.issuing import issue_paper, void_paper
from app.service.program import Program
from app.service.screens.case import CasePage, case_page, open_by_hand
from app.service.screens.case_entries import photos_of
from app.service.screens.case_rows import case_rows, find_children

REPORT = {"村": "东岭村", "报告对象": "乡镇人民政府", "乡镇人民政府": "柳河镇人民政府"}


@pytest.fixture
def program(demo_school: Program) -> Program:
    return demo_school


def page(program: Program, no: str) -> CasePage:
    return program.read(case_page, case_id(program, no))


def case_id(program: Program, no: str) -> str:
    return program.read(find_case, no).id


def test_the_most_urgent_case_stands_first_and_the_ended_one_last(program: Program) -> None:
    rows = program.read(case_rows)
    assert [row.state for row in rows] == ["overdue", "overdue", "today", None, None]
    assert [row.open for row in rows] == [True, True, True, True, False]


def test_a_surname_read_in_two_ways_is_found_by_both_initials(program: Program) -> None:
    names = {row.student: row.initials for row in program.read(case_rows)}
    assert next(found for name, found in names.items() if name.startswith("曾"))[0][0] == "c"
    assert next(found for name, found in names.items() if name.startswith("曾"))[1][0] == "z"


def test_a_township_sees_the_school_beside_the_class(program: Program) -> None:
    def to_township(desk: Desk) -> None:
        school = desk.unit
        desk.tx.set_setting(UNIT, school.parent_id)

    program.write(to_township)
    row = program.read(case_rows)[0]
    assert (row.school, row.class_name) == ("柳河镇石桥小学", "三年级1班")


def test_a_school_is_listed_without_the_county_every_name_begins_with(program: Program) -> None:
    def to_township(desk: Desk) -> None:
        desk.tx.change(Unit, desk.unit.id, name="青石县石桥小学")
        desk.tx.set_setting(UNIT, desk.unit.parent_id)

    program.write(to_township)
    assert {row.school for row in program.read(case_rows)} == {"石桥小学"}
    assert page(program, "2026-003").school == "青石县石桥小学"


def test_a_report_due_is_a_paper_to_fill_and_a_child_back_is_observed(program: Program) -> None:
    assert (page(program, "2026-003").doing, page(program, "2026-003").document) == ("paper", "报告单")
    assert page(program, "2026-001").doing == "observe"
    promised = page(program, "2026-004")  # a promise hides no report that is due: both are said
    assert (promised.doing, "承诺2026年11月23日返校" in promised.why) == ("paper", True)


def test_a_case_without_a_visit_asks_for_the_visit_first(program: Program) -> None:
    child = program.write(add_student, NewStudent(name="林小舟", village="石桥村")).value.id
    no = program.write(open_by_hand, child, "群众反映", TODAY, note="邻居说没有上学").value.no
    found = page(program, no)
    assert found.doing == "visit"
    assert found.entries[0].kind == "opening"


def test_the_child_has_its_guardian_its_groups_and_its_days(program: Program) -> None:
    found = page(program, "2026-003")
    assert found.run == "11月16、17、18、19、20日"
    assert found.child.guardians[0].phone.startswith("139")
    assert found.child.village == "东岭村"


def test_children_with_the_same_telephone_are_shown_as_one_family(program: Program) -> None:
    child = page(program, "2026-003").child
    phone = child.guardians[0].phone
    program.write(add_student, NewStudent(name="周小妹", guardian="周平", phone=phone))
    assert [one.name for one in page(program, "2026-003").child.siblings] == ["周小妹"]


@pytest.mark.parametrize(("village", "shown"), [("东岭村", True), ("石桥村", False), ("", False)])
def test_a_guardian_of_the_same_name_is_the_same_only_in_the_same_village(
    program: Program, village: str, shown: bool
) -> None:
    child = page(program, "2026-003").child
    name = child.guardians[0].name
    program.write(add_student, NewStudent(name="周小妹", guardian=name, phone="13900009999", village=village))
    names = [one.name for one in page(program, "2026-003").child.siblings]
    assert ("周小妹" in names) is shown


def test_children_of_one_house_or_one_telephone_of_their_own_are_one_family_neighbours_are_not(
    program: Program,
) -> None:
    child = page(program, "2026-003").child.id

    def set_up(desk: Desk) -> None:
        desk.tx.change(Student, child, address="青石县柳河镇东岭村12号", phone="0597-1234567")
        for name, more in (
            ("周小妹", {"address": "青石县柳河镇东岭村12号"}),
            ("周小弟", {"phone": "0597-1234567"}),
            ("林邻居", {"address": "青石县柳河镇东岭村6组"}),
        ):
            made = add_student(desk, NewStudent(name=name)).id
            desk.tx.change(Student, made, **more)

    program.write(set_up)
    names = {one.name for one in page(program, "2026-003").child.siblings}
    assert names == {"周小妹", "周小弟"}
    program.write(lambda desk: desk.tx.change(Student, child, address="青石县柳河镇东岭村6组", phone="无"))
    assert page(program, "2026-003").child.siblings == ()


def test_a_child_that_is_looked_for_comes_with_its_school(program: Program) -> None:
    assert {one.school for one in program.read(find_children, "zwj")} == {"柳河镇石桥小学"}


def test_a_family_without_a_telephone_is_no_sibling_of_every_other_such_family(program: Program) -> None:
    def forget(desk: Desk) -> None:
        for guardian in desk.tx.find(Guardian):
            desk.tx.change(Guardian, guardian.id, phone="", name="")

    program.write(forget)
    assert page(program, "2026-003").child.siblings == ()


def test_a_left_behind_child_says_so_once_among_its_groups(program: Program) -> None:
    def mark(desk: Desk) -> None:
        student = desk.tx.get(CaseFile, page_id).student_id
        desk.tx.change(Student, student, left_behind="是")
        desk.tx.add(SpecialGroup(id=desk.tx.new_id(), student_id=student, kind="低保"))

    page_id = case_id(program, "2026-003")
    program.write(mark)
    assert page(program, "2026-003").child.groups == ("低保", "留守儿童")


def test_the_timeline_is_newest_first_and_says_what_does_not_count(program: Program) -> None:
    entries = page(program, "2026-003").entries
    assert [one.on for one in entries] == sorted((one.on for one in entries), reverse=True)
    nobody = next(one for one in entries if one.outcome == "无人接听")
    assert "不计入动员次数" in nobody.notes
    assert (nobody.on, nobody.entered_on) == (date(2026, 11, 18), TODAY)


def test_a_visit_is_shown_in_the_words_and_the_order_of_the_form(program: Program) -> None:
    entry = next(one for one in page(program, "2026-003").entries if one.outcome == "拒绝")
    assert [name for name, _ in entry.details][:4] == [
        "家庭情况",
        "家长态度",
        "学生态度",
        "劝返工作方法及措施",
    ]
    assert entry.what == "家访"


def test_a_visit_of_another_level_names_the_level(program: Program) -> None:
    visit = Visit(day=TODAY, method="其他", outcome="见到家长", by_whom="李干事", level="乡镇")
    program.write(add_contact, case_id(program, "2026-003"), visit)
    assert page(program, "2026-003").entries[0].what == "乡镇其他方式"


def test_a_call_before_the_case_that_it_does_not_belong_to_says_so_in_the_timeline(program: Program) -> None:
    child = page(program, "2026-001").child.id  # back in school since 9 November
    visit = Visit(day=TODAY, method="电话", outcome="打通", by_whom="陈老师")
    assert program.write(add_contact_to_child, child, visit).value.case_no == ""
    entry = next(one for one in page(program, "2026-001").entries if one.on == TODAY)
    assert (entry.what, entry.notes) == ("电话", ("当时没有在办的个案",))


def test_a_forced_visit_keeps_its_reason_in_the_timeline(program: Program) -> None:
    visit = Visit(
        day=date(2026, 11, 2), method="电话", outcome="打通", by_whom="陈老师", force="转学前联系过"
    )
    program.write(add_contact, case_id(program, "2026-003"), visit)
    assert "强制录入，理由：转学前联系过" in page(program, "2026-003").entries[-1].notes


def test_a_paper_is_in_the_timeline_with_its_number_and_a_voided_one_with_its_reason(
    program: Program,
) -> None:
    paper = program.write(issue_paper, "报告单", case_id(program, "2026-003"), REPORT).value
    entry = next(one for one in page(program, "2026-003").entries if one.kind == "paper")
    assert (entry.number, entry.outcome) == (paper.record.number, "已出具")
    program.write(void_paper, paper.record.id, "填错了对象")
    entry = next(one for one in page(program, "2026-003").entries if one.kind == "voided")
    assert entry.notes == ("2026年11月20日陈老师作废，理由：填错了对象",)


def test_what_the_township_issues_is_no_paper_of_the_school_and_what_is_early_says_why(
    program: Program,
) -> None:
    kinds = [one.kind for one in page(program, "2026-003").papers]
    assert "报告单" in kinds and "限期复学通知书" not in kinds
    child = program.write(add_student, NewStudent(name="林小舟")).value.id
    no = program.write(open_by_hand, child, "排查发现", TODAY).value.no
    why = {one.kind: one.why for one in page(program, no).papers}
    assert why["报告单"].startswith("还没有达到")
    assert why["家访表"] == ""


def test_dates_out_of_order_are_told_from_dates_that_cannot_be(program: Program) -> None:
    early = program.read(visit_dates, case_id(program, "2026-003"), date(2026, 11, 2), None)
    assert early.day == "" and "早于开始缺勤日期2026年11月16日" in early.disorder
    late = program.read(visit_dates, case_id(program, "2026-003"), date(2026, 11, 21), None)
    assert "在今天" in late.day
    promise = program.read(visit_dates, case_id(program, "2026-003"), TODAY, date(2026, 11, 19))
    assert promise.promise.startswith("承诺返校日")
    assert program.read(visit_dates, case_id(program, "2026-003"), TODAY, None) == DateProblems("", "", "")


def test_photos_of_a_visit_come_back_with_their_number_on_the_card(program: Program, tmp_path: Path) -> None:
    photo = tmp_path / "门前.png"
    Image.new("RGB", (40, 30), "green").save(photo)
    visit = Visit(day=TODAY, method="家访", outcome="见到家长", by_whom="陈老师", photos=(read_photo(photo),))
    contact = program.write(add_contact, case_id(program, "2026-003"), visit).value.id
    assert "照片1张" in page(program, "2026-003").entries[0].notes
    ((name, content),) = program.read(photos_of, contact)
    assert name == "门前.jpg" and content.startswith(b"\xff\xd8")


def test_children_are_found_by_initials_and_nobody_by_an_empty_text(program: Program) -> None:
    assert program.read(find_children, " ") == []
    assert "周文静" in [one.name for one in program.read(find_children, "zwj")]


def test_a_child_with_an_open_case_gets_no_second_one(program: Program) -> None:
    child = page(program, "2026-003").child.id
    with pytest.raises(UserError, match="已有未结个案2026-003"):
        program.write(open_by_hand, child, "其他", TODAY)


def test_a_school_cannot_be_asked_to_send_the_notice_of_the_township(program: Program) -> None:
    def five_visits(desk: Desk) -> None:
        case = desk.tx.get(CaseFile, found_id)
        for day in range(16, 21):
            desk.tx.add(
                Contact(
                    id=desk.tx.new_id(),
                    student_id=case.student_id,
                    case_id=case.id,
                    happened_on=date(2026, 11, day),
                    entered_on=TODAY,
                    level="乡镇",
                    method="家访",
                    outcome="拒绝",
                    by_whom="李干事",
                )
            )

    found_id = case_id(program, "2026-003")
    program.write(five_visits)
    found = page(program, "2026-003")
    assert (found.document, found.waiting, found.doing) == (
        "报告单",
        False,
        "paper",
    )  # what is owed stays owed
    program.write(issue_paper, "报告单", found_id, REPORT)
    found = page(program, "2026-003")
    assert (found.document, found.waiting, found.doing) == ("限期复学通知书", True, "")


def test_the_township_is_asked_to_visit_and_then_to_send_the_notice(program: Program) -> None:
    def to_township(desk: Desk) -> None:
        desk.tx.set_setting(UNIT, desk.unit.parent_id)
        assert desk.tx.get(Unit, desk.unit.parent_id).level == "乡镇"

    program.write(to_township)
    assert page(program, "2026-003").doing == "visit"
