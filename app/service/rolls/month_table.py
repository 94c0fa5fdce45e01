"""考勤表: a class and the days of a month, one sign a child and day, with the sums of the month."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.attendance import OFF_ROLL, ON_LEAVE, UNEXCUSED, WHEREABOUTS, DayState
from app.domain.calendar import days_between
from app.domain.dates import weekday_words
from app.domain.membership import enrolment_on
from app.domain.office_table import NUMBER, OfficeTable, TableColumn, Value, numbered
from app.domain.records import ClassGroup, Enrolment, Student
from app.domain.words import plain
from app.service.office.desk import Desk
from app.service.office.grades import name_on
from app.service.office.unit_names import school_beside
from app.service.rolls.register import Register
from app.store.queries.children import enrolments_of, pupils_between
from app.store.queries.rolls import RollAbsence, absences_since
from app.store.queries.same_child import Joined

PRESENT, UNRECORDED, SOUGHT = "√", "○", "？"
SIGNS = {UNEXCUSED: "旷", "病假": "病", "事假": "事"}
"""Kind of absence → its sign; before it 上 or 下 where only that half of the day was missed."""
LEGEND = (
    f"{PRESENT} 到校　旷 旷课　病 病假　事 事假　上旷、下旷 只缺上午、下午　{UNRECORDED} 没有点名　"
    f"{SOUGHT} 去向待核实　空白 不上课、还没有到或不在本班"
)


@dataclass(frozen=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    @property
    def words(self) -> str:
        """2026年9月."""
        return f"{self.year}年{self.number}月"


def month_of(day: date) -> Month:
    """The month a day lies in."""
    return Month(day.year, day.month)


def month_table(desk: Desk, group: ClassGroup, month: Month) -> OfficeTable:
    """The month of a class: every child that belonged to it on a day of the month, in the order of the roster."""
    children = sorted(pupils_between(desk.tx, group.id, month.first, month.last), key=lambda one: one.id)
    days = days_between(month.first, month.last)
    sheet = _Sheet(desk, group.id, children, month)
    rows = [sheet.row(child, days) for child in children]
    name = name_on(desk, group, min(desk.today, month.last))
    return OfficeTable(
        title="考勤表",
        about=f"{school_beside(desk, group.school_id)}{name}{month.words}",
        unit=desk.unit.name,
        day=desk.today,
        columns=(
            TableColumn(NUMBER, 2.5, centred=True),
            TableColumn("姓名", 5),
            *(TableColumn(f"{day.day}\n{weekday_words(day)[-1]}", 2, centred=True) for day in days),
            *(TableColumn(f"{kind}\n天数", 2.5, centred=True) for kind in SIGNS),
        ),
        rows=numbered(rows),
        notes=(LEGEND,),
    )


class _Sheet:
    """What the rows of a class share, read once."""

    def __init__(self, desk: Desk, class_id: str, children: Sequence[Student], month: Month) -> None:
        ids = [one.id for one in children]
        joined = Joined(desk.tx)
        self._desk = desk
        self._class = class_id
        self._register = Register(desk, min(desk.today, month.last), ids)
        self._spans: dict[str, list[Enrolment]] = defaultdict(list)
        for span in enrolments_of(desk.tx, ids):
            self._spans[span.student_id].append(span)
        self._absences: dict[tuple[str, date], list[RollAbsence]] = defaultdict(list)
        for absence in absences_since(desk.tx, joined.all(ids), month.first):
            self._absences[joined.of(absence.student_id), absence.day].append(absence)
        self._joined = joined

    def row(self, child: Student, days: Sequence[date]) -> tuple[Value, ...]:
        """The name, a sign a day, and the sums."""
        states = {one.day: one for one in self._register.states(child, self._desk.rules.half_day)}
        signs = [self._cell(child, day, states.get(day)) for day in days]
        return (child.name, *signs, *(_sum(signs, sign) for sign in SIGNS.values()))

    def _cell(self, child: Student, day: date, state: DayState | None) -> str:
        span = enrolment_on(self._spans[child.id], day)
        if span is None or span.class_id != self._class or day > self._desk.today:
            return ""
        if state is None:  # the register says nothing of the day: it was not called, or needs no roll
            return UNRECORDED if self._desk.calendar_of(span.school_id).weight(day) else ""
        return _sign(state, self._absences[self._joined.of(child.id), day])


def _sign(state: DayState, absences: Sequence[RollAbsence]) -> str:
    if state.detail == OFF_ROLL:
        return ""
    if state.kind == "未记录":
        return SOUGHT if state.detail == WHEREABOUTS else UNRECORDED
    if state.kind == ON_LEAVE:
        return SIGNS.get(state.detail, "事")
    if state.kind == UNEXCUSED and state.weight == 1:
        return SIGNS[UNEXCUSED]
    halves = [f"{one.part[0]}{SIGNS[one.kind]}" for one in absences if one.part != "全天"]
    return "".join(sorted(halves)) or PRESENT


def _sum(signs: Sequence[str], sign: str) -> Value:
    """Days under a sign, half days as halves; nothing where there is none."""
    days = sum(1.0 if one == sign else one.count(sign) / 2 for one in signs)
    return plain(days) if days else ""
