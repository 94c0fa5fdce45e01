"""The table of children: one row a child, read past the records because there may be twelve thousand."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.attendance import covers
from app.domain.dates import near_day_words
from app.domain.identity import mask_id, mask_phone
from app.domain.ladder.walk import is_open
from app.domain.records import ClassGroup, Unit
from app.domain.words import number_of, plain
from app.service.cases.facts import CaseReader
from app.service.children.graduation import AWAITING
from app.service.children.students import NO_SCHOOL
from app.service.office.classes import class_names
from app.service.office.desk import Desk
from app.service.office.grades import finished_days
from app.service.office.spelling import spelling_of
from app.service.rolls.register import Register
from app.store.queries.child_rows import OWNERS, children_of_writes, first_guardians, special_kinds
from app.store.queries.children import NOWHERE, ChildLine, LastPlace, child_lines, last_places, open_leads
from app.store.queries.rolls import children_perhaps_in_a_run, leaves_on
from app.store.queries.same_child import Joined

IN_SCHOOL, ABSENT, CASE, ON_LEAVE, VANISHED = "在校", "连续旷课", "有个案", "请假中", "名册中消失"
NO_CLASS = "没有班级"
STATES = (ABSENT, CASE, ON_LEAVE, VANISHED, IN_SCHOOL)
"""What a child may be in, the most pressing first; a child may be in several at once."""

SWEEP = timedelta(days=90)  # 自然日: longer than any vacation a run of absence may reach across
FEW = 400  # children read one by one; for more the whole table is read anew
FOR_ALL = frozenset({"class_group", "calendar_day", "national_day", "term", "import_run", "alias"})
"""Tables whose writes may change every row."""
TABLES = FOR_ALL | frozenset(OWNERS)
"""Tables whose writes may change a row or the child beside it."""


@dataclass(frozen=True, kw_only=True)
class ChildRow:
    """A child in the table; numbers are masked.

    `school` is empty in a school, whose own the child is; `place` orders the classes, `letters` are the pinyin
    initials, `spelled` the whole pinyin to sort by, `syllables` the same from each syllable on, to type, `numbers` the
    full numbers to look for (kept in memory only, never shown). `states` are most pressing first, `state` the same in
    words; `on_roll` is whether it belongs to a school today, `left` whether it belonged to one before.
    """

    id: str
    name: str
    school: str
    gender: str
    birth: date | None
    class_name: str
    place: int
    village: str
    groups: tuple[str, ...]
    guardian: str
    phone: str
    id_no: str
    states: tuple[str, ...]
    state: str
    letters: tuple[str, ...]
    spelled: str
    syllables: tuple[str, ...]
    numbers: str
    on_roll: bool
    left: bool


@dataclass(frozen=True)
class RowsRead:
    """What writes did to the table: the children read anew, and those of them that are still there.

    `ids` is None where `rows` is the whole table, because the writes may concern everybody or simply very many.
    """

    ids: frozenset[str] | None
    rows: list[ChildRow]


def student_rows(desk: Desk, ids: Collection[str] | None = None) -> list[ChildRow]:
    """Every child as a row of the table, in class order (see `row_order`). With `ids` only those."""
    reader = _RowReader(desk, ids)
    return sorted((reader.row(child) for child in child_lines(desk.tx, ids)), key=row_order)


def row_order(row: ChildRow) -> tuple[int, str, str]:
    """Class order: by class, then by name as it is read."""
    return row.place, row.spelled, row.id


def rows_after(desk: Desk, changed: Mapping[str, Collection[str]]) -> RowsRead:
    """What writes to `changed` (table → ids of its rows) did to the table."""
    ids = None if FOR_ALL & changed.keys() else children_of_writes(desk.tx, changed)
    if ids is not None and len(ids) > FEW:
        ids = None
    return RowsRead(ids, student_rows(desk, ids))


def school_names(desk: Desk) -> dict[str, str]:
    """Unit id → name of the schools there are; none in a school, where it goes without saying."""
    return {} if desk.unit.level == "学校" else {one.id: one.name for one in desk.tx.find(Unit)}


class _RowReader:
    """What the rows share, read once."""

    def __init__(self, desk: Desk, ids: Collection[str] | None) -> None:
        self._classes = class_names(desk)
        self._order = {class_id: index for index, class_id in enumerate(self._classes)}
        self._schools = school_names(desk)
        self._kin = first_guardians(desk.tx, ids)
        self._kinds = special_kinds(desk.tx, ids)
        self._states = States(desk, ids)
        self._places = last_places(desk.tx, desk.today, ids)

    def row(self, child: ChildLine) -> ChildRow:
        guardian, kin_phone = self._kin.get(child.id, ("", ""))
        phone = child.phone or kin_phone
        there = self._places.get(child.id, NOWHERE)
        held, words = self._states.of(child.id, there)
        letters, spelled, syllables = spelling_of(child.name)
        return ChildRow(
            id=child.id,
            name=child.name,
            school=self._schools.get(there.school_id, ""),
            gender=child.gender,
            birth=child.birth,
            class_name=self._classes.get(there.class_id, ""),
            place=self._order.get(there.class_id, len(self._order)),
            village=child.village,
            groups=self._kinds.get(child.id, ()),
            guardian=guardian,
            phone=mask_phone(phone),
            id_no=mask_id(child.id_no),
            states=held,
            state=words,
            letters=letters,
            spelled=spelled,
            syllables=syllables,
            numbers=f"{child.id_no} {child.edu_no} {phone}",
            on_roll=bool(there.school_id) and not there.left,
            left=bool(there.left),
        )


class States:
    """Finds what children are in; read once for the whole table, or for the children `ids` only."""

    def __init__(self, desk: Desk, ids: Collection[str] | None = None) -> None:
        self._desk = desk
        self._ids = ids
        joined = Joined(desk.tx)
        days = finished_days(desk, desk.tx.find(ClassGroup))
        self._finished = {one for one, day in days.items() if day <= desk.today}
        self._cases = self._open_cases(ids)
        records = None if ids is None else joined.all(ids)
        self._leaves = {
            joined.of(one.student_id): one.kind
            for one in leaves_on(desk.tx, desk.today, desk.today, records)
            if covers(one, desk.today)
        }
        self._vanished = {joined.of(one.student_id) for one in open_leads(desk.tx, desk.today)}
        self._runs = self._current_runs()

    def of(self, child_id: str, there: LastPlace) -> tuple[tuple[str, ...], str]:
        """The states of a child, most pressing first, and the same in words."""
        held = {
            ABSENT: self._runs.get(child_id, ""),
            CASE: f"个案{self._cases[child_id]}" if child_id in self._cases else "",
            ON_LEAVE: f"请{self._leaves[child_id]}" if child_id in self._leaves else "",
            VANISHED: VANISHED if child_id in self._vanished else "",
        }
        found = {state: words for state, words in held.items() if words}
        if there.left and found:
            found[there.left] = self._gone(there)
        if not found:
            state = there.left or self._at_rest(there)
            return (state,), self._gone(there) if there.left else state
        return tuple(found), "，".join(found.values())

    def _gone(self, there: LastPlace) -> str:
        when = near_day_words(there.left_on, self._desk.today) if there.left_on else ""
        return f"{when}{there.left}" + (f"到{there.next_school}" if there.next_school else "")

    def _at_rest(self, there: LastPlace) -> str:
        if not there.school_id:
            return NO_SCHOOL
        if not there.class_id:
            return NO_CLASS
        return AWAITING if there.class_id in self._finished else IN_SCHOOL

    def _open_cases(self, ids: Collection[str] | None) -> dict[str, str]:
        cases = CaseReader(self._desk).every(student_ids=ids)
        return {one.case.student_id: number_of(one.case) for one in cases if is_open(one)}

    def _current_runs(self) -> dict[str, str]:
        """Only a child noted 旷课 on or after the newest roll of its class can be in a run now."""
        today = self._desk.today
        children = children_perhaps_in_a_run(self._desk.tx, today - SWEEP, today, self._ids)
        register = Register(self._desk, today, [child.id for child in children], since=today - SWEEP - SWEEP)
        words = {}
        for child in children:
            run = register.streak(child, self._desk.rules.half_day)
            if run.days:
                unsure = "，无法判定" if run.undecided else ""
                words[child.id] = f"连续旷课{plain(run.days)}天{unsure}"
        return words
