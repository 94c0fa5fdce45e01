"""Facts that cannot both hold are kept, both, and listed; no index refuses what another office wrote."""

from datetime import date
from pathlib import Path

from app.domain.records import (
    CalendarDay,
    CaseFile,
    ClassGroup,
    IssuedDocument,
    NationalDay,
    Roll,
    RuleText,
    Student,
)
from app.store import Store, Transaction
from app.store.twins import Twins
from tests.app.store.conftest import add_school
from tests.app.store.offices import exchange, office

DAY = date(2026, 3, 1)


def _roll(id_: str, group: str, session: str = "全天") -> Roll:
    return Roll(
        id=id_,
        class_id=group,
        day=DAY,
        session=session,
        by_whom="王老师",
        expected=3,
        present=2,
        entered_on=DAY,
    )


def _unit(store: Store, group: str) -> str:
    return store.read(lambda tx: tx.get(ClassGroup, group)).school_id


def _case(id_: str, unit: str, seq: int) -> CaseFile:
    return CaseFile(
        id=id_, unit_id=unit, student_id="k", year=2026, seq=seq, trigger="考勤", opened_on=DAY, entered_on=DAY,
        rule_text_id="r",
    )  # fmt: skip


def _paper(id_: str, unit: str, kind: str, seq: int) -> IssuedDocument:
    return IssuedDocument(
        id=id_, kind=kind, unit_id=unit, year=2026, seq=seq, number=f"〔2026〕{seq}号", case_id="", student_id="",
        issued_on=DAY, template_sha256="", sha256="",
    )  # fmt: skip


def twins(store: Store) -> list[Twins]:
    return store.read(lambda tx: tx.twins())


def test_two_rolls_of_a_class_day_and_session_are_twins_until_one_is_withdrawn(store: Store) -> None:
    group = store.write(add_school).value
    store.write(lambda tx: tx.add_all([_roll("r2", group), _roll("r1", group), _roll("r3", group, "上午")]))
    assert twins(store) == [Twins("roll", (group, "2026-03-01", "全天"), ("r1", "r2"))]
    store.write(lambda tx: tx.withdraw(Roll, "r2", DAY, "点错班"))
    assert twins(store) == []


def test_two_words_of_a_unit_on_a_day_are_twins_and_two_units_words_are_not(store: Store) -> None:
    one, other = (_unit(store, store.write(add_school).value) for _ in range(2))
    days = [("a", one, "停课"), ("b", one, "上课"), ("c", other, "上课")]
    store.write(lambda tx: tx.add_all(CalendarDay(id=i, unit_id=u, day=DAY, kind=k) for i, u, k in days))
    assert twins(store) == [Twins("calendar_day", (one, "2026-03-01"), ("a", "b"))]


def test_two_words_of_one_office_on_a_national_day_are_twins(store: Store) -> None:
    unit = _unit(store, store.write(add_school).value)
    store.write(
        lambda tx: tx.add_all(
            NationalDay(id=i, unit_id=unit, day=DAY, workday=w, name="元宵")
            for i, w in [("a", True), ("b", False)]
        )
    )
    assert twins(store) == [Twins("national_day", (unit, "2026-03-01"), ("a", "b"))]


def test_a_number_used_twice_is_twins_also_where_one_was_withdrawn(store: Store) -> None:
    unit = _unit(store, store.write(add_school).value)

    def numbers(tx: Transaction) -> None:
        tx.add_all([Student(id="k", name="林小满"), RuleText(id="r", rule_set="mengjin", text="")])
        tx.add_all([_case("c1", unit, 1), _case("c2", unit, 1), _case("c3", unit, 2)])
        tx.add_all(
            [
                _paper("p1", unit, "报告单", 1),
                _paper("p2", unit, "报告单", 1),
                _paper("p3", unit, "通知书", 1),
            ]
        )
        tx.withdraw(IssuedDocument, "p2", DAY, "作废")

    store.write(numbers)
    assert twins(store) == [
        Twins("case_file", (unit, "2026", "1"), ("c1", "c2")),
        Twins("issued_document", ("报告单", unit, "2026", "1"), ("p1", "p2")),
    ]


def test_rolls_that_two_offices_called_apart_are_both_in_both(tmp_path: Path) -> None:
    with office(tmp_path / "a", "李老师") as one, office(tmp_path / "b", "赵老师") as other:
        group = one.write(add_school).value
        exchange(one, other)
        one.write(lambda tx: tx.add(_roll("r1", group)))
        other.write(lambda tx: tx.add(_roll("r2", group)))
        exchange(one, other)
        group_of_two = Twins("roll", (group, "2026-03-01", "全天"), ("r1", "r2"))
        assert twins(one) == twins(other) == [group_of_two]
