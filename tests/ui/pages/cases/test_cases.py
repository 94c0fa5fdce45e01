"""个案 by keyboard: the list, one case, what is next and what is not allowed, in words."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton

from app.service.cases.contacts import Visit, add_contact
from app.service.papers.issuing import issue_paper
from app.service.program import READ_ONLY
from app.service.screens.case import open_by_hand
from tests.helpers.cases import ALT, FRESH, LATE, PROMISED, Desktop, open_desktop
from tests.helpers.papers import case_id
from ui.pages.cases.child import SiblingLink
from ui.pages.cases.page import CasesPage
from ui.theme import dress
from ui.widgets.case_list import ALL
from ui.widgets.case_words import deadline_words, due_words, spaced_phone

REPORT = {"村": "东岭村", "报告对象": "乡镇人民政府", "乡镇人民政府": "柳河镇人民政府"}


@pytest.fixture
def desktop(office: Any) -> Desktop:
    return open_desktop(office)


# -- the list --


def test_the_open_cases_are_listed_with_the_overdue_one_first(desktop: Desktop) -> None:
    model = desktop.page.list.model
    assert [row.no for row in model.rows] == [LATE, PROMISED, FRESH, "2026-001"]
    words = [model.index(0, place).data() for place in range(model.columnCount())]
    assert (
        words[0] == LATE and words[3] == "◇ 学校劝返" and words[4] == "5天" and words[6] == "■ 逾期 11月18日"
    )


def test_the_lists_model_keeps_qts_rules(desktop: Desktop) -> None:
    model = desktop.page.list.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    desktop.page.list.search.setText("2026-00")
    desktop.page.list.set_rows([])


def test_all_adds_the_ended_cases_by_an_arrow_key(desktop: Desktop) -> None:
    desktop.page.list.scope.setFocus()
    desktop.keys(Qt.Key.Key_Right)
    assert desktop.page.list.scope.value == ALL
    assert "2026-002" in [row.no for row in desktop.page.list.model.rows]


@pytest.mark.parametrize("typed", ["zwj", "周文", "2026-003"])
def test_a_case_is_found_by_initials_name_or_number_and_opened_with_enter(
    desktop: Desktop, typed: str
) -> None:
    search = desktop.page.list.search
    search.setFocus()
    search.insert(typed)
    desktop.keys(Qt.Key.Key_Return)
    assert desktop.page.detail.case.row.no == LATE


def test_an_empty_list_says_why_and_keeps_the_keyboard(desktop: Desktop) -> None:
    desktop.page.list.set_rows([])
    assert "还没有个案。" in desktop.labels(desktop.page.list)
    assert desktop.page.list.search.hasFocus()
    desktop.page.list.search.insert("没有这个人")
    assert "没有找到这样的个案。" in desktop.labels(desktop.page.list)


def hidden(page: CasesPage) -> list[str]:
    columns = enumerate(page.list.model.columns)
    return [one.heading for place, one in columns if page.list.table.isColumnHidden(place)]


PADDING = 20  # px beside the words of a cell
SIZES = ((100, (1254, 694)), (125, (1136, 633)))
"""The type in percent, and what the page then has of 1366×768 and of 1280×720 px."""


@pytest.mark.parametrize(("scale", "size"), SIZES)
@pytest.mark.parametrize("level", ["学校", "乡镇"])
def test_name_stage_next_action_and_day_keep_their_room_on_both_screens(
    office: Any, scale: int, size: tuple[int, int], level: str
) -> None:
    dress(office.application, scale)
    office.context.level = level
    page = CasesPage(office.context)
    office.qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    office.settle()
    shown = {one.heading: page.list.table.columnWidth(at) for at, one in enumerate(page.list.model.columns)}
    needed = {
        "学生": "欧阳子涵",
        "阶段": "◆ 疑似辍学(已报告)",
        "下一步": "送达限期复学通知书，收回送达回证",
        "期限": "■ 逾期 11月18日",
    }
    metrics = page.list.table.fontMetrics()
    for heading, words in needed.items():
        assert shown[heading] >= metrics.horizontalAdvance(words) + PADDING, heading
    assert hidden(page) == ([] if scale == 100 else ["连续旷课"] if level == "学校" else ["班级"])


def test_where_there_is_hardly_any_room_one_column_after_another_gives_way(desktop: Desktop) -> None:
    desktop.page.list.resize(700, 500)
    assert hidden(desktop.page) == ["班级", "连续旷课"]
    desktop.page.list.resize(840, 500)
    assert hidden(desktop.page) == ["连续旷课"]
    desktop.page.list.resize(1200, 500)
    assert hidden(desktop.page) == []


# -- one case --


def test_enter_opens_a_case_and_esc_gives_the_list_back(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert desktop.page.stack.currentWidget() is desktop.page.detail
    assert desktop.page.detail.case.row.no == PROMISED
    assert desktop.page.detail.timeline.hasFocus()
    desktop.keys(Qt.Key.Key_Escape)
    assert desktop.page.stack.currentWidget() is desktop.page.list
    assert desktop.page.list.table.hasFocus()
    assert desktop.page.list.table.currentIndex().row() == 1


def test_the_next_and_the_previous_case_are_one_key_away(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_Return)
    desktop.keys(Qt.Key.Key_Down, modifier=ALT)
    assert desktop.page.detail.case.row.no == PROMISED
    assert "第2件，共4件" in desktop.labels(desktop.page.detail)
    desktop.keys(Qt.Key.Key_Up, Qt.Key.Key_Up, modifier=ALT)
    assert desktop.page.detail.case.row.no == LATE


def test_a_case_shows_the_telephone_as_it_is_dialled_and_the_days(desktop: Desktop) -> None:
    desktop.open(LATE)
    words = desktop.labels(desktop.page.detail.child)
    assert "139 0000 5592" in words
    assert "5个上课日：11月16、17、18、19、20日" in words
    assert "男　2016年1月生　五年级1班" in "　".join(words)  # wherever its lines break


def test_the_next_action_has_its_reason_its_deadline_and_one_button(desktop: Desktop) -> None:
    case = desktop.open(LATE)
    side = desktop.page.detail.next
    assert "■ 已逾期2天，应在11月18日前办" in desktop.labels(side)
    assert side.primary is not None
    side.primary.setFocus()
    desktop.keys(Qt.Key.Key_Space)
    assert desktop.went == [("papers", {"kind": "报告单", "case": case.row.id})]


def test_what_is_not_allowed_yet_says_why(desktop: Desktop) -> None:
    desktop.open(LATE)
    words = desktop.labels(desktop.page.detail.next)
    place = words.index("○ 送达限期复学通知书")
    assert words[place + 1] == "限期复学通知书还没有制发"


def test_a_paper_of_the_menu_goes_to_the_papers_and_leave_to_the_roll(desktop: Desktop) -> None:
    case = desktop.open(LATE)
    side = desktop.page.detail.next
    visit_form = next(one for one in side.papers.actions() if "家访" in one.text())
    visit_form.trigger()
    leave = next(one for one in side.findChildren(QPushButton) if one.text().startswith("补请假"))
    leave.setFocus()
    desktop.keys(Qt.Key.Key_Space)
    assert desktop.went == [
        ("papers", {"kind": "家访表", "case": case.row.id}),
        ("roll", {"class": case.row.class_name, "date": date(2026, 11, 18)}),
    ]


def test_a_promised_return_hides_no_report_that_is_due(desktop: Desktop) -> None:
    desktop.open(PROMISED)
    side = desktop.page.detail.next
    assert side.primary is not None and side.primary.text() == "填报告单(&P)"
    assert any("承诺2026年11月23日返校" in one for one in desktop.labels(side))


def test_a_finished_case_has_nothing_to_do_and_no_primary_button(desktop: Desktop) -> None:
    desktop.open("2026-002")
    assert desktop.page.detail.next.primary is None
    assert "这个个案没有要办的事了。" in desktop.labels(desktop.page.detail.next)


def test_a_township_sees_the_school_of_the_child_and_is_not_asked_for_leave(office: Any) -> None:
    office.context.level = "乡镇"
    desktop = open_desktop(office)
    desktop.open(LATE)
    words = desktop.labels(desktop.page.detail.child)
    assert words[words.index("柳河镇石桥小学") + 1] == "五年级1班"
    assert [one for one in desktop.buttons(desktop.page.detail.next) if "补请假" in one] == []
    desktop.page.list.set_rows([])
    assert "学校报来的、排查或群众反映发现的，按 Alt+N 手动立案。" in desktop.labels(desktop.page.list)


def test_the_childs_earlier_case_leads_to_that_case_and_back(desktop: Desktop) -> None:
    before = desktop.open("2026-001")
    new = desktop.office.program.write(open_by_hand, before.child.id, "其他", date(2026, 11, 20)).value
    desktop.open(new.no)
    linked(desktop, "2026-001").click()
    desktop.open(before.row.no)
    linked(desktop, new.no).click()
    assert desktop.went == [("cases", {"case": before.row.id}), ("cases", {"case": new.id})]


def linked(desktop: Desktop, no: str) -> QPushButton:
    buttons = desktop.page.detail.child.findChildren(QPushButton)
    return next(one for one in buttons if one.text() == no)


def test_siblings_and_the_child_lead_to_the_students(desktop: Desktop) -> None:
    case = desktop.open(LATE)
    whole = next(
        one for one in desktop.page.detail.child.findChildren(QPushButton) if "全部信息" in one.text()
    )
    whole.click()
    assert desktop.went == [("students", {"student": case.child.id})]


def test_enter_on_an_entry_shows_it_whole_and_esc_leaves_it(desktop: Desktop) -> None:
    desktop.open(LATE)
    desktop.keys(Qt.Key.Key_Return)
    panel = desktop.page.panel
    assert panel.isVisible()
    assert "商定由班主任和同桌每天放学后补课半小时，路费由学校解决" in desktop.labels(panel)
    desktop.keys(Qt.Key.Key_Escape)
    assert panel.isHidden()
    assert desktop.page.detail.timeline.hasFocus()


def test_enter_on_a_paper_goes_to_the_paper(desktop: Desktop) -> None:
    case = case_id(desktop.office.program, LATE)
    number = desktop.office.program.write(issue_paper, "报告单", case, REPORT).value.record.number
    desktop.open(LATE)
    desktop.keys(Qt.Key.Key_Return)
    assert desktop.went == [("papers", {"number": number})]


def test_a_case_that_is_gone_is_refused_and_the_list_stays(desktop: Desktop) -> None:
    desktop.page.open_target({"case": "gone"})
    desktop.office.settle()
    assert "这个个案已经不在了" in desktop.refused[0]
    assert desktop.page.stack.currentWidget() is desktop.page.list


def test_a_case_asked_for_and_left_again_does_not_come_back(desktop: Desktop) -> None:
    desktop.page.show_case(desktop.case_id(LATE))
    desktop.page.show_list()
    desktop.office.settle()
    assert desktop.page.stack.currentWidget() is desktop.page.list


def test_what_another_page_wrote_shows_at_once(desktop: Desktop) -> None:
    desktop.open(LATE)
    before = len(desktop.page.detail.timeline.entries)
    visit = Visit(day=date(2026, 11, 20), method="电话", outcome="打通", by_whom="陈老师")
    desktop.office.context.tasks.write(desktop.office.context.bus, add_contact, desktop.case_id(LATE), visit)
    desktop.office.qtbot.waitUntil(lambda: len(desktop.page.detail.timeline.entries) == before + 1)


# -- reading only, words --


def test_a_reader_can_look_but_not_write(office: Any) -> None:
    office.context.read_only = True
    page = CasesPage(office.context)
    office.qtbot.addWidget(page)
    page.show()
    office.settle()
    desktop = Desktop(office, page)
    desktop.open(LATE, visit=True)
    page.ask_opening()
    assert page.panel.isHidden()
    assert desktop.buttons(page.detail.next) == ["为什么(&W)"]  # it writes nothing
    writing = [one for one in page.detail.next.findChildren(QPushButton) if "为什么" not in one.text()]
    assert {one.toolTip() for one in writing} == {READ_ONLY}


def test_keys_of_the_page_are_told(desktop: Desktop) -> None:
    assert ("Alt+V", "记录家访、电话") in desktop.page.commands()


def test_deadlines_are_words_with_a_shape() -> None:
    today = date(2026, 11, 20)

    assert due_words("week", None, today) == "—"
    assert due_words("waiting", None, today) == "◇ 等对方"
    assert due_words("today", today, today) == "● 今天"
    assert due_words("week", date(2026, 11, 22), today) == "○ 11月22日"
    assert due_words(None, date(2027, 1, 5), today) == "○ 1月5日"  # the same school year, as beside it
    assert due_words(None, date(2027, 9, 1), today) == "○ 2027年9月1日"
    assert deadline_words("today", today, today) == "● 今天到期（11月20日）"
    assert deadline_words("week", date(2026, 11, 22), today) == "○ 11月22日到期，还有2天"
    assert deadline_words("waiting", None, today) == "◇ 等对方"
    assert deadline_words("week", None, today) == ""


def test_a_number_that_is_no_mobile_is_shown_as_it_was_typed() -> None:
    assert spaced_phone("0597-1234567") == "0597-1234567"
    assert spaced_phone(" 13900005592 ") == "139 0000 5592"


def test_the_current_row_is_the_marked_one_after_a_refresh(desktop: Desktop) -> None:
    table = desktop.page.list.table
    table.selectionModel().setCurrentIndex(
        desktop.page.list.model.index(2, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    desktop.page.refresh()
    desktop.office.settle()
    assert table.currentIndex().row() == 2


@pytest.mark.parametrize("width", [160, 240])
def test_a_siblings_long_name_gives_way_and_the_class_stays(desktop: Desktop, width: int) -> None:
    name = "阿卜杜热合曼·买买提艾力·吐尔逊江·阿布都外力"
    link = SiblingLink(name, "（七年级1班）", lambda: None)
    desktop.office.qtbot.addWidget(link)
    link.resize(width, 30)
    link.show()
    assert link.text().endswith("…（七年级1班）")
    assert link.sizeHint().width() <= width
    assert link.toolTip() == link.accessibleName() == f"{name}（七年级1班）"
    link.resize(900, 30)
    assert link.text() == f"{name}（七年级1班）"
