"""An accepted roster written as one run: new children, what changed of known ones, where they belong, who is
missing."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from app.domain.membership import ON_ROSTER, first_day_of_year
from app.domain.records import ClassGroup, Guardian, ImportRun, Record, RosterLead, SpecialGroup, Student
from app.domain.school_year import ClassName
from app.errors import UserError
from app.roster.diff import Changed
from app.roster.matching import KnownChild
from app.roster.model import STUDENT_FIELDS, RosterRow
from app.service.children.enrolment import change_class, new_enrolment
from app.service.children.roster_reading import Compared
from app.service.children.roster_schools import make_schools
from app.service.children.same_child import join_records, keep_apart
from app.service.office.classes import enrolment_of, ensure_class
from app.service.office.desk import Desk
from app.store.queries.rosters import had_roster
from app.store.queries.same_child import whole_child

AT_ONCE = 200  # children written between two looks at whether the person still wants it
_BEGAN_AFTER = {"转出": "转入", "毕业": "入学"}
"""How a child begins in a school after it left one that way; otherwise a mere 在册."""


class ImportCancelledError(UserError):
    """The person took the import back while it was being written; nothing of it stays."""

    def __init__(self) -> None:
        super().__init__("已取消，什么都没有写入。需要时请重新选择文件。")


@dataclass(frozen=True)
class Progress:
    """How a long write tells how far it is and asks whether to go on; both are called on the worker's thread."""

    tell: Callable[[int, int], None] = lambda _done, _total: None
    cancelled: Callable[[], bool] = lambda: False

    def step(self, done: int, total: int) -> None:
        """`done` of `total` children are written. Raises ImportCancelledError where that is no longer wanted."""
        if self.cancelled():
            raise ImportCancelledError
        self.tell(done, total)


SILENT = Progress()
"""Nobody looks on, so nothing is told and nothing stops."""


class JoiningDays:
    """Since when new children of a roster belong to their school, asked before the first of them is written.

    Those of a school's first roster since 1 September of this school year, so that rolls can be filled in after a late
    import; a child that is new in a later one from the day of the import, or from the day a person gave.
    """

    def __init__(self, desk: Desk, given: date | None) -> None:
        if given and given > desk.today:
            raise UserError(f"{given}还没有到，不能从那天起算。请写到校的日期。")
        self._desk = desk
        self._given = given
        self._days: dict[str, date] = {}

    @property
    def of_change(self) -> date:
        """The day from which a known child belongs to another class."""
        return self._given or self._desk.today

    def of_new(self, school_id: str) -> date:
        """The first day of a new child of that school; a school that is not made yet has had no roster."""
        if self._given:
            return self._given
        if school_id not in self._days:
            later = had_roster(self._desk.tx, school_id)
            self._days[school_id] = self._desk.today if later else first_day_of_year(self._desk.today)
        return self._days[school_id]


def write_run(
    desk: Desk, compared: Compared, days: JoiningDays, progress: Progress
) -> tuple[str, dict[tuple[str, int], str]]:
    """Write everything; gives the run's id and, for every new row (sheet and number), the child made of it."""
    position = desk.tx.position()
    writer = _Writer(desk, compared, days)
    run = _begin_run(desk, compared, writer.owner, position)
    diff = compared.diff
    total = len(diff.new) + len(diff.changed)
    for start in range(0, len(diff.new), AT_ONCE):
        progress.step(start, total)
        writer.add(diff.new[start : start + AT_ONCE])
    for place, change in enumerate(diff.changed, len(diff.new)):
        if place % AT_ONCE == 0:
            progress.step(place, total)
        writer.apply(change)
    progress.step(total, total)
    _note_vanished(desk, diff.vanished, run.id)
    _settle_found(desk, compared)
    _note_said(desk, compared, writer.made)
    desk.tx.change(ImportRun, run.id, last_seq=desk.tx.position())
    return run.id, writer.made


def _begin_run(desk: Desk, compared: Compared, owner: str, position: int) -> ImportRun:
    """The run's own record comes before the children, because leads refer to it; its last position follows at the
    end. `position` is the journal's before anything of the run was written."""
    run = ImportRun(
        id=desk.tx.new_id(),
        unit_id=owner,
        file_name=compared.file.path.name,
        file_sha256=compared.file.sha256,
        imported_on=desk.today,
        first_seq=position + 1,
        last_seq=position,
    )
    desk.tx.add(run)
    return run


class _Writer:
    """Writes the children of one run."""

    def __init__(self, desk: Desk, compared: Compared, days: JoiningDays) -> None:
        self._desk = desk
        self._compared = compared
        self._days = days
        self._schools = make_schools(desk, compared.placement)
        self._classes: dict[tuple[str, ClassName], str] = {}
        self._groups: dict[str, list[ClassGroup]] = {}
        self.made: dict[tuple[str, int], str] = {}

    @property
    def owner(self) -> str:
        """Whose run it is: the one school's the file is of, else this office's."""
        placement = self._compared.placement
        schools = {placement.school_of(row) for row in placement.rows}
        school = schools.pop() if len(schools) == 1 else self._desk.unit.id
        return self._schools.get(school, school)

    def add(self, rows: Sequence[RosterRow]) -> None:
        """New children with where they belong, guardians and 对象类别; each kind of record in one go."""
        new, today = self._desk.tx.new_id, self._desk.today
        students: list[Record] = []
        enrolments: list[Record] = []
        kin: list[Record] = []
        for row in rows:
            school, since = self._school(row)
            values = {name: getattr(row, name) for name in STUDENT_FIELDS}
            if row.name_note and not row.remark:
                values["remark"] = f"名册上写作“{row.name}（{row.name_note}）”"
            child = Student(id=new(), unit_id=school, **values)
            self.made[row.sheet, row.row] = child.id
            students.append(child)
            class_id = self._class(school, row.class_name)
            enrolments.append(new_enrolment(self._desk, child.id, school, class_id, since))
            kin += [
                Guardian(
                    id=new(),
                    student_id=child.id,
                    rank=rank,
                    name=one.name,
                    relation=one.relation,
                    phone=one.phone,
                    address=one.address,
                    workplace=one.workplace,
                )
                for rank, one in enumerate(row.guardians, 1)
            ]
            kin += [
                SpecialGroup(id=new(), student_id=child.id, kind=kind, from_on=today) for kind in row.groups
            ]
        self._desk.tx.add_all([*students, *enrolments, *sorted(kin, key=lambda one: type(one).__name__)])

    def apply(self, change: Changed) -> None:
        """What the file says anew of a known child."""
        tx, today = self._desk.tx, self._desk.today
        cells = {name: getattr(change.student, name) for name in STUDENT_FIELDS}
        tx.change(Student, change.student_id, **cells)
        if "班级" in change.fields:
            self._move(change)
        for update in change.guardians:
            values = asdict(update.entry)
            if update.id:
                tx.change(Guardian, update.id, **values)
            else:
                tx.add(Guardian(id=tx.new_id(), student_id=change.student_id, rank=update.rank, **values))
        for kind in change.add_groups:
            tx.add(SpecialGroup(id=tx.new_id(), student_id=change.student_id, kind=kind, from_on=today))
        for group in tx.find(SpecialGroup, student_id=change.student_id) if change.end_groups else ():
            if group.kind in change.end_groups:
                tx.withdraw(SpecialGroup, group.id, today, "名册中为否")

    def _move(self, change: Changed) -> None:
        """The child belongs to the class of its row from the day of the import, and to its school if that is
        another."""
        school, since = self._school(change.row)
        class_id = self._class(school, change.row.class_name)
        present = enrolment_of(self._desk, change.student_id)
        if present and present.school_id == school:
            day = max(self._days.of_change, present.from_on)
            change_class(self._desk, change.student_id, school, class_id, day)
            return
        known = change.known
        if known.left_on:
            since = max(since, known.left_on)
        row = new_enrolment(
            self._desk,
            change.student_id,
            school,
            class_id,
            since,
            _BEGAN_AFTER.get(known.left, ON_ROSTER),
        )
        self._desk.tx.add(replace(row, other_school=known.school if known.school_id != school else ""))
        self._desk.tx.change(Student, change.student_id, unit_id=school)

    def _school(self, row: RosterRow) -> tuple[str, date]:
        """The unit of the row's school, and since when its new children belong to it."""
        school = self._compared.placement.school_of(row)
        return self._schools.get(school, school), self._days.of_new(school)

    def _class(self, school_id: str, name: ClassName) -> str:
        """The id of a class, looked up or made once: a county's file names the same few 12,000 times."""
        key = (school_id, name)
        if key not in self._classes:
            if school_id not in self._groups:
                self._groups[school_id] = self._desk.tx.find(ClassGroup, school_id=school_id)
            self._classes[key] = ensure_class(self._desk, school_id, name, self._groups[school_id]).id
        return self._classes[key]


def _note_vanished(desk: Desk, vanished: list[KnownChild], run_id: str) -> None:
    open_leads = {lead.student_id for lead in desk.tx.find(RosterLead, settled_on=None)}
    desk.tx.add_all(
        RosterLead(id=desk.tx.new_id(), run_id=run_id, student_id=known.student.id, found_on=desk.today)
        for known in vanished
        if known.student.id not in open_leads
    )


def _settle_found(desk: Desk, compared: Compared) -> None:
    """A child that is in its school's roster again is no lead any more."""
    diff = compared.diff
    present = {known.student.id for known in diff.unchanged} | {change.student_id for change in diff.changed}
    for lead in desk.tx.find(RosterLead, settled_on=None):
        if lead.student_id in present:
            desk.tx.change(RosterLead, lead.id, settled_on=desk.today, settlement="又在名册中")


def _note_said(desk: Desk, compared: Compared, made: dict[tuple[str, int], str]) -> None:
    """What a person said of two records: one child of two schools, or two children. A row that was said to be a child
    of its own school is written as that child and needs no word."""
    for pair in compared.diff.alike:
        record = made.get((pair.row.sheet, pair.row.row), pair.student_id)
        other = pair.known.student.id
        if pair.said is None or not record or record == other or record in whole_child(desk.tx, other):
            continue
        if pair.said:
            join_records(desk, other, record, "导入名册时核对，是同一人")
        else:
            keep_apart(desk, other, record, "导入名册时核对，不是同一人")
