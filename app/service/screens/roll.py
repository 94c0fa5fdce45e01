"""What the page 点名 reads: one class on one day, the days it was not called, what a leave needs, who recorded what."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.calendar import DayFact, days_between, has_children_day_off
from app.domain.dates import day_words
from app.domain.leaves import required_approver
from app.domain.records import Absence, CaseFile, ClassGroup, Leave, Roll, Student
from app.domain.vocabulary import SESSIONS
from app.domain.words import number_of, plain
from app.errors import UserError
from app.service.office.classes import pupils
from app.service.office.desk import Desk
from app.service.office.grades import name_on
from app.service.rolls.register import LOOK_BACK, Register, classes_with_pupils, is_called
from app.service.screens.roll_pupils import PupilRow, pupil_rows
from app.store.queries.rolls import children_absent, sessions_of_class

LOWEST_OFFICE = "班主任"
WHOLE, HALVES = "全天", ("上午", "下午")


@dataclass(frozen=True)
class DayClass:
    """A class with pupils on a day: 已点名, 只点上午, 只点下午, 未点名 or 不上课; `done` if nothing is left to call."""

    id: str
    name: str
    state: str
    done: bool


@dataclass(frozen=True)
class Called:
    """By whom a roll that stands was taken, when it was written, and on which day it was entered."""

    by_whom: str
    at: datetime
    entered_on: date


@dataclass(frozen=True, kw_only=True)
class RollSheet:
    """All the page shows of a class on a day. `sessions` are those a roll may be taken for. `why` is a sentence if the
    day needs no roll; `before` and `after` are the neighbouring 上课日; `called` is there where a roll stands;
    `missing` counts the 上课日 without one. Where there is no class, `class_id` is '' and only `day` and `session` are
    filled."""

    class_id: str = ""
    class_name: str = ""
    day: date
    session: str = WHOLE
    sessions: tuple[str, ...] = ()
    why: str = ""
    before: date | None = None
    after: date | None = None
    called: Called | None = None
    pupils: tuple[PupilRow, ...] = ()
    missing: int = 0
    classes: tuple[DayClass, ...] = ()


def roll_sheet(desk: Desk, class_id: str, day: date, session: str = "") -> RollSheet:
    """The sheet of a class on a day. An empty `class_id` takes the first class without a roll; an empty or impossible
    `session` the one that is next."""
    listed = day_classes(desk, day)
    if not listed:
        return RollSheet(day=day)
    class_id = class_id or next((one.id for one in listed if not one.done), listed[0].id)
    group = desk.tx.get(ClassGroup, class_id)
    rolls = desk.tx.find(Roll, class_id=class_id, day=day)
    sessions = _sessions(rolls)
    session = session if session in sessions else _next_session(rolls)
    why = _why_not(desk, group, day)
    return RollSheet(
        class_id=class_id,
        class_name=name_on(desk, group, desk.today),
        day=day,
        session=session,
        sessions=sessions,
        why=why,
        before=_before(desk, day),
        after=_after(desk, day),
        called=_called(desk, rolls, session),
        pupils=() if why else pupil_rows(desk, class_id, day, session, rolls),
        missing=len(_uncalled(desk, class_id)),
        classes=listed,
    )


def day_classes(desk: Desk, day: date) -> tuple[DayClass, ...]:
    """Every class with pupils on `day`."""
    called: dict[str, set[str]] = {}
    for roll in desk.tx.find(Roll, day=day):
        called.setdefault(roll.class_id, set()).add(roll.session)
    fact = desk.calendar.fact(day)
    rows = []
    for class_id, name, stage in classes_with_pupils(desk, day):
        off = not fact.weight or _is_off(desk, day, stage)
        state = "不上课" if off else _state(called.get(class_id, set()), fact)
        rows.append(DayClass(class_id, name, state, state in {"已点名", "不上课"}))
    return tuple(rows)


@dataclass(frozen=True)
class MissingDay:
    """A 上课日 of a class not called whole. `session` is what was not called: 全天, or the other half of a day called
    by half. `undecided` names the children whose run of 旷课 cannot be judged because of that day."""

    day: date
    session: str
    undecided: tuple[str, ...]


def missing_days(
    desk: Desk, class_id: str, first: date | None = None, last: date | None = None
) -> list[MissingDay]:
    """The 上课日 of a class not called whole from `first` to `last`, both included.

    Without `first` from its first roll on: before that the register was not in use. Today is left out unless asked for.
    """
    missing = _uncalled(desk, class_id, first, last)
    names = _undecided(desk, class_id) if missing else {}
    return [MissingDay(day, session, tuple(names.get(day, ()))) for day, session in missing]


@dataclass(frozen=True)
class Backfill:
    """The days of a class to fill in. `why` says why there are none; a class that was never called is asked from which
    day on, and `begin` is the day to offer. `note` says that some of the days may be holidays nobody typed in."""

    days: tuple[MissingDay, ...]
    why: str = ""
    begin: date | None = None
    note: str = ""


def backfill(desk: Desk, class_id: str, first: date | None = None, last: date | None = None) -> Backfill:
    """`missing_days`, or why none are missing: that nobody ever called is not that all was called."""
    days = tuple(missing_days(desk, class_id, first, last))
    if days:
        return Backfill(days, note=_note_on_holidays(desk, days))
    begun = first or min(
        sessions_of_class(desk.tx, class_id, desk.today - LOOK_BACK, desk.today), default=None
    )
    if begun is None or (first is None and begun >= desk.today):
        term = desk.calendar.term_of(desk.today)
        said = "这个班还没有点过名" if begun is None else "这个班今天才开始点名"
        return Backfill(
            (), f"{said}。从哪天补起？在上面的“从”里写好日期，按回车。", term.first_day if term else None
        )
    until = min(last or desk.today - timedelta(days=1), desk.today)
    if not _school_days(desk, desk.tx.get(ClassGroup, class_id), begun, until):
        return Backfill((), "这段时间没有上课日，不用点名。")
    return Backfill((), "这段时间每个上课日都点过名了。")


def _note_on_holidays(desk: Desk, days: Collection[MissingDay]) -> str:
    """That some of the days may be holidays: of a year without a holiday table only the weekends are known."""
    missing = desk.calendar.missing_years(one.day for one in days)
    years = "、".join(f"{year}年" for year in missing)
    return (
        f"程序里没有{years}放假安排，列出的可能有放假的日子。请先在“设置→学期与校历”里录入。"
        if missing
        else ""
    )


def _uncalled(
    desk: Desk, class_id: str, first: date | None = None, last: date | None = None
) -> list[tuple[date, str]]:
    """The same days with what of each was not called."""
    called = sessions_of_class(desk.tx, class_id, first or desk.today - LOOK_BACK, desk.today)
    first = first or min(called, default=desk.today)
    last = min(last or desk.today - timedelta(days=1), desk.today)
    days = _school_days(desk, desk.tx.get(ClassGroup, class_id), first, last)
    return [
        (day, _left(called.get(day, set())))
        for day, weight in days
        if not is_called(called.get(day, set()), weight)
    ]


def _left(sessions: set[str]) -> str:
    """What of a day was not called."""
    return next((half for half in HALVES if half not in sessions), "全天") if sessions else "全天"


@dataclass(frozen=True)
class LeaveLine:
    """A leave the child had: its kind, from–to, the day of 销假 if it ended early, who approved it."""

    kind: str
    from_on: date
    to_on: date
    ended_on: date | None
    approver: str


@dataclass(frozen=True)
class LeavePreview:
    """What a leave would take: 上课日, who must approve it, and why in words; and the child's leaves so far, newest
    first."""

    days: int | float
    approver: str
    words: str
    leaves: tuple[LeaveLine, ...]


def leave_preview(desk: Desk, student_id: str, first: date, last: date) -> LeavePreview:
    """A leave from `first` to `last`, both included. Raises UserError if the dates cross."""
    if last < first:
        raise UserError(f"请假结束日期{day_words(last)}早于开始日期{day_words(first)}。请调换或改正。")
    days = sum(desk.calendar.weight(day) for day in desk.calendar.school_days(first, last))
    required = required_approver(desk.rules, days)
    words = f"共{plain(days)}个上课日。"
    if required:
        words += f"按“{desk.rules.name}”由{required[0]}批准：{required[1].words()}。"
    else:
        words += f"“{desk.rules.name}”没有写由谁批准，按本校规定填写。"
    approver = required[0] if required else LOWEST_OFFICE
    return LeavePreview(plain(days), approver, words, _leaves(desk, student_id))


@dataclass(frozen=True)
class OpenedNotice:
    """A case a write opened, in words: 张小明连续旷课达到3个上课日，已立个案2026-006."""

    case_id: str
    no: str
    words: str


def opened_notices(desk: Desk, case_ids: Collection[str]) -> list[OpenedNotice]:
    """Those of the cases that still stand, in words."""
    rows = []
    for case in desk.tx.find(CaseFile, id=tuple(case_ids), order="year, seq"):
        rule = next((one for one in desk.rules.rules if one.key == case.rule_key), None)
        name, no = desk.tx.get(Student, case.student_id).name, number_of(case)
        reached = f"连续旷课{rule.amount()}" if rule else "连续旷课"
        rows.append(OpenedNotice(case.id, no, f"{name}{reached}，已立个案{no}"))
    return rows


@dataclass(frozen=True)
class RollEntry:
    """What was written of a roll, when, by whom; `stands` unless a later roll took its place."""

    seq: int
    at: datetime
    operator: str
    what: str
    stands: bool


def roll_history(desk: Desk, class_id: str, day: date) -> list[RollEntry]:
    """Every roll recorded for a class on a day, oldest first."""
    found = []
    rolls = desk.tx.find(Roll, class_id=class_id, day=day, withdrawn=True)
    for roll in rolls:
        stands = roll.withdrawn_on is None
        for entry in desk.tx.history(roll.id):
            what = _roll_words(desk, roll) if entry.added else _change_words(entry.new())
            found.append(RollEntry(entry.seq, entry.written_at, entry.operator, what, stands))
    return sorted(found, key=lambda one: (one.at, one.seq))


def _state(sessions: set[str], fact: DayFact) -> str:
    if not sessions:
        return "未点名"
    if "全天" in sessions or len(sessions) > 1 or fact.weight < 1:
        return "已点名"
    return f"只点{next(iter(sessions))}"


def _sessions(rolls: list[Roll]) -> tuple[str, ...]:
    """The sessions a roll may be taken for without overwriting more than it replaces (see `roll_call._replace`)."""
    taken = {roll.session for roll in rolls}
    if "全天" in taken:
        return ("全天",)
    return HALVES if len(taken) > 1 else tuple(SESSIONS)


def _next_session(rolls: list[Roll]) -> str:
    taken = {roll.session for roll in rolls}
    if not taken or "全天" in taken:
        return "全天"
    return "上午" if taken == {"下午"} else "下午"


def _why_not(desk: Desk, group: ClassGroup, day: date) -> str:
    if day > desk.today:
        return f"{day_words(day)}还没有到，不能提前点名。"
    fact = desk.calendar.fact(day, children_day_off=_is_off(desk, day, group.stage))
    return "" if fact.weight else f"{day_words(day)}不是上课日：{fact.why}，不用点名。"


def _before(desk: Desk, day: date) -> date | None:
    found = desk.calendar.last_school_days(min(day, desk.today + timedelta(days=1)) - timedelta(days=1), 1)
    return found[0] if found else None


def _after(desk: Desk, day: date) -> date | None:
    found = desk.calendar.next_school_day(day)
    return found if found and found <= desk.today else None


def _called(desk: Desk, rolls: list[Roll], session: str) -> Called | None:
    roll = next((one for one in rolls if one.session == session), None)
    if roll is None:
        return None
    born = desk.tx.history(roll.id)[0]
    return Called(roll.by_whom, born.written_at, roll.entered_on)


def _school_days(desk: Desk, group: ClassGroup, first: date, last: date) -> list[tuple[date, float]]:
    days = days_between(first, last)
    weights = (
        (day, desk.calendar.weight(day, children_day_off=_is_off(desk, day, group.stage))) for day in days
    )
    return [(day, weight) for day, weight in weights if weight]


def _is_off(desk: Desk, day: date, stage: str) -> bool:
    """Whether a class has 六一 off under the rules in force; the register asks the same."""
    return desk.rules.children_day_off and has_children_day_off(day, None, stage)


def _undecided(desk: Desk, class_id: str) -> dict[date, list[str]]:
    """Day without a roll → names of the children whose current run it makes undecidable."""
    ids = {child.id for child in pupils(desk, class_id)}
    suspects = children_absent(desk.tx, desk.today - LOOK_BACK, desk.today, ids)
    register = Register(desk, desk.today, ids)
    names: dict[date, list[str]] = {}
    for child in suspects:
        run = register.streak(child, desk.rules.half_day)
        for day in run.not_called if run.dates else ():
            names.setdefault(day, []).append(child.name)
    return names


def _leaves(desk: Desk, student_id: str) -> tuple[LeaveLine, ...]:
    found = desk.tx.find(Leave, student_id=student_id, order="from_on DESC, id")
    return tuple(LeaveLine(one.kind, one.from_on, one.to_on, one.ended_on, one.approver) for one in found)


def _roll_words(desk: Desk, roll: Roll) -> str:
    absences = desk.tx.find(Absence, roll_id=roll.id, withdrawn=True)
    halves = sum(one.part not in {WHOLE, roll.session} for one in absences)
    present = plain(roll.present - halves / 2)
    names = [
        desk.tx.get(Student, one.student_id).name + (one.part if one.part in HALVES else "") + one.kind
        for one in absences
    ]
    return f"{roll.session}点名：应到{roll.expected}，实到{present}；{'、'.join(names) or '没有人缺勤'}"


def _change_words(new: dict[str, object]) -> str:
    if new.get("withdrawn_on"):
        return f"作废这次点名：{new.get('withdrawn_reason', '')}"
    return "恢复这次点名" if "withdrawn_on" in new else "更正这次点名"
