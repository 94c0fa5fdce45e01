"""What the page of children shows beside its table: one child whole, and its files."""

from dataclasses import dataclass
from datetime import date

from app.domain.about import with_trait
from app.domain.dates import day_words
from app.domain.identity import mask_id
from app.domain.records import Attachment, ClassGroup, Contact, Guardian, Student
from app.domain.records.record import MASKED
from app.domain.timeline import contact_entry
from app.roster.model import STUDENT_FIELDS
from app.service.cases.facts import CaseReader
from app.service.cases.reading import CaseRow, case_row
from app.service.cases.timeline import before_case
from app.service.children.correcting import Corrected, set_student
from app.service.children.students import groups, guardians
from app.service.office.classes import class_labels, class_names
from app.service.office.desk import Desk
from app.service.office.grades import finished_days
from app.service.screens.same_child import Record, records_of
from app.service.screens.stays import MarkLine, Stay, marks_of_child, stays_of
from app.service.screens.students_rows import States, school_names
from app.store.queries.children import NOWHERE, last_places, leads_of
from app.store.queries.papers import papers_on
from app.store.queries.same_child import whole_child

SECRET = with_trait(Student, MASKED)
"""Columns shown masked: a 学籍号 holds the 身份证件号."""


@dataclass(frozen=True)
class GuardianLine:
    """A guardian as the forms name them."""

    name: str
    relation: str
    phone: str
    address: str
    workplace: str


@dataclass(frozen=True)
class CallLine:
    """A contact that belongs to no case."""

    id: str
    on: date
    method: str
    who: str
    said: str


@dataclass(frozen=True)
class PaperLine:
    """A paper of a child; `voided` is why, or empty."""

    number: str
    kind: str
    issued_on: date
    voided: str


@dataclass(frozen=True)
class AttachmentLine:
    """A photo of a visit or a kept paper; `size` in bytes, `of` the visit or paper it belongs to."""

    id: str
    role: str
    file_name: str
    size: int
    of: str
    on: date


@dataclass(frozen=True, kw_only=True)
class ChildWhole:
    """One child, whole.

    `school` is empty in a school; `facts` are (word of the form, text) in the order of the form, `form` the values to
    edit, by the same words; `classes` are those of its school, `may_join` all that go on, as `find_class` takes them;
    `calls` are the contacts that belong to no case, newest first; the numbers in `secret` are masked in `facts` and
    empty in `form`. `stays` are its enrolments, oldest first; `on_roll` whether it belongs to a school today, `left`
    whether it belonged to one before, and `was_in` to which class; `sought` is why nobody knows where it is, or empty.
    `records` are those that are this child, mostly one.
    """

    id: str
    name: str
    school: str
    class_name: str
    states: tuple[str, ...]
    state: str
    facts: tuple[tuple[str, str], ...]
    secret: dict[str, str]
    guardians: tuple[GuardianLine, ...]
    cases: tuple[CaseRow, ...]
    calls: tuple[CallLine, ...]
    papers: tuple[PaperLine, ...]
    attachments: tuple[AttachmentLine, ...]
    form: dict[str, str]
    classes: tuple[str, ...]
    may_join: tuple[str, ...]
    stays: tuple[Stay, ...]
    marks: tuple[MarkLine, ...]
    on_roll: bool
    left: bool
    was_in: str
    sought: str
    records: tuple[Record, ...]


def student_whole(desk: Desk, student_id: str) -> ChildWhole:
    """One child with all that hangs on it, of all records that are this child."""
    child = desk.tx.get(Student, student_id)
    classes = class_names(desk)
    place = last_places(desk.tx, desk.today, [student_id]).get(student_id, NOWHERE)
    held, words = States(desk, [student_id]).of(child.id, place)
    kinds = "、".join(groups(desk, child.id))
    values = {word: _text(getattr(child, column)) for column, word in STUDENT_FIELDS.items()}
    masked = {STUDENT_FIELDS[column]: mask_id(getattr(child, column)) for column in SECRET}
    kin = guardians(desk, child.id)
    class_text = classes.get(place.class_id, "")
    of_class = {"班级": class_text, "对象类别": kinds}
    stays = stays_of(desk, child.id)
    was_in = stays[-1].where if place.left and stays else ""
    return ChildWhole(
        id=child.id,
        name=child.name,
        school=school_names(desk).get(place.school_id, ""),
        class_name=class_text,
        states=held,
        state=words,
        facts=tuple((values | masked | of_class | ({"班级": f"原在{was_in}"} if was_in else {})).items()),
        secret=masked,
        guardians=tuple(_guardian_line(one) for one in kin),
        cases=tuple(case_row(desk, facts) for facts in CaseReader(desk).of_student(child.id)),
        calls=tuple(_call_line(one) for one in reversed(before_case(desk, child.id))),
        papers=_paper_lines(desk, child.id),
        attachments=attachment_lines(desk, child.id),
        form=values | dict.fromkeys(masked, "") | of_class | _kin_form(kin),
        classes=_classes_of(desk, classes, place.school_id),
        may_join=_classes_going_on(desk),
        stays=stays,
        marks=marks_of_child(desk, child.id),
        on_roll=bool(place.school_id) and not place.left,
        left=bool(place.left),
        was_in=was_in,
        sought=_sought_words(desk, child.id),
        records=records_of(desk, child.id),
    )


def save_student(desk: Desk, student_id: str, values: dict[str, str]) -> Corrected:
    """Correct a child by the forms' own field names; see `correcting.set_student`."""
    return set_student(desk, student_id, values, new_class=True)


def reveal_id(desk: Desk, student_id: str, why: str) -> dict[str, str]:
    """The full 身份证件号 and 学籍号 of a child, by the words of the forms; who looked and why is logged."""
    child = desk.tx.get(Student, student_id)
    desk.tx.log_access(child.id, "查看完整证件号", why)
    return {STUDENT_FIELDS[column]: getattr(child, column) for column in SECRET}


def attachment_lines(desk: Desk, student_id: str) -> tuple[AttachmentLine, ...]:
    """Photos of visits and kept papers of a child, newest first."""
    records = tuple(whole_child(desk.tx, student_id))
    owners: dict[str, tuple[str, date]] = {}
    for paper in papers_on(desk.tx, desk.today, student_id=records):
        owners[paper.id] = (f"{paper.kind} {paper.number}", paper.issued_on)
    for visit in desk.tx.find(Contact, student_id=records):
        owners[visit.id] = (f"{visit.method} {visit.by_whom}", visit.happened_on)
    lines = [
        AttachmentLine(one.id, one.role, one.file_name, one.size, *owner)
        for owner_id, owner in owners.items()
        for one in desk.tx.find(Attachment, owner_id=owner_id)
        if one.role != "模板"
    ]
    return tuple(sorted(lines, key=lambda line: (line.on, line.file_name), reverse=True))


def attachment_content(desk: Desk, attachment_id: str, student_id: str) -> bytes:
    """The file itself; that it was taken out is logged. Raises EnvironmentProblem if it is lost or damaged."""
    kept = desk.tx.get(Attachment, attachment_id)
    desk.tx.log_access(student_id, "取出附件", kept.file_name)
    return desk.tx.files.get(kept.sha256)


def _classes_of(desk: Desk, names: dict[str, str], school_id: str) -> tuple[str, ...]:
    """The classes of a child's school, or of all where it has none."""
    own = {one.id for one in desk.tx.find(ClassGroup, school_id=school_id)} if school_id else names.keys()
    return tuple(dict.fromkeys(name for one, name in names.items() if one in own))


def _classes_going_on(desk: Desk) -> tuple[str, ...]:
    classes = desk.tx.find(ClassGroup)
    finished = finished_days(desk, classes)
    return tuple(class_labels(desk, [one for one in classes if finished[one.id] > desk.today]).values())


def _sought_words(desk: Desk, student_id: str) -> str:
    leads = leads_of(desk.tx, whole_child(desk.tx, student_id), desk.today)
    return f"{day_words(leads[0].found_on)}导入的名册里没有该生，去向待核实。" if leads else ""


def _call_line(contact: Contact) -> CallLine:
    said = contact_entry(contact)
    return CallLine(contact.id, said.on, contact.method, said.who, said.text)


def _guardian_line(one: Guardian) -> GuardianLine:
    return GuardianLine(one.name, one.relation, one.phone, one.address, one.workplace)


def _kin_form(kin: list[Guardian]) -> dict[str, str]:
    first = kin[0] if kin else Guardian(id="", student_id="", name="")
    return {
        "监护人姓名": first.name,
        "监护人关系": first.relation,
        "监护人电话": first.phone,
        "务工地": first.workplace,
    }


def _paper_lines(desk: Desk, student_id: str) -> tuple[PaperLine, ...]:
    papers = papers_on(desk.tx, desk.today, student_id=tuple(whole_child(desk.tx, student_id)))[::-1]
    return tuple(
        PaperLine(
            one.number,
            one.kind,
            one.issued_on,
            f"作废：{one.withdrawn_reason}" if one.withdrawn_on else "",
        )
        for one in papers
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)
