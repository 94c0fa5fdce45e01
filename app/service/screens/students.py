"""What the page of children shows beside its table: one child whole, its files, and its days of a term."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.calendar import days_between, has_children_day_off
from app.domain.identity import mask_id
from app.domain.records import (
    Attachment,
    Contact,
    Guardian,
    Student,
    Term,
)
from app.domain.timeline import contact_entry
from app.domain.words import plain
from app.roster.model import STUDENT_FIELDS
from app.service.cases.facts import CaseReader
from app.service.cases.reading import case_row
from app.service.cases.timeline import before_case
from app.service.children.students import groups, guardians, set_student
from app.service.office.classes import class_name_of, class_names, group_of
from app.service.office.desk import JSON, Desk
from app.service.rolls.register import Register
from app.service.screens.students_rows import States, school_names
from app.store.queries.children import NOWHERE, last_places
from app.store.queries.papers import papers_on

SECRET = ("id_no", "edu_no")
"""Columns shown masked: a 学籍号 holds the 身份证件号."""


def student_whole(desk: Desk, student_id: str) -> JSON:
    """One child, whole.

    {id, name, school, class, states, state, facts, guardians, cases, calls, papers, attachments, form, secret,
    classes}: `school` is empty in a school; `facts` are (word of the form, text) pairs in the order of the form, `form`
    the values to edit, by the same words; `calls` are the contacts that belong to no case, newest first; the numbers in
    `secret` are masked in `facts` and empty in `form`.
    """
    child = desk.tx.get(Student, student_id)
    classes = class_names(desk)
    place = last_places(desk.tx, desk.today, [student_id]).get(student_id, NOWHERE)
    held, words = States(desk, [student_id]).of(child.id, place)
    kinds = "、".join(groups(desk, child.id))
    values = {word: _text(getattr(child, column)) for column, word in STUDENT_FIELDS.items()}
    masked = {STUDENT_FIELDS[column]: mask_id(getattr(child, column)) for column in SECRET}
    kin = guardians(desk, child.id)
    class_text = classes.get(place.class_id, "")
    return {
        "id": child.id,
        "name": child.name,
        "school": school_names(desk).get(place.school_id, ""),
        "class": class_text,
        "states": held,
        "state": words,
        "facts": [*(values | masked | {"班级": class_text, "对象类别": kinds}).items()],
        "secret": masked,
        "guardians": [_guardian_row(one) for one in kin],
        "cases": [vars(case_row(desk, facts)) for facts in CaseReader(desk).of_student(child.id)],
        "calls": [_call_row(one) for one in reversed(before_case(desk, child.id))],
        "papers": _paper_rows(desk, child.id),
        "attachments": attachment_rows(desk, child.id),
        "form": values | dict.fromkeys(masked, "") | {"班级": class_text, "对象类别": kinds} | _kin_form(kin),
        "classes": list(dict.fromkeys(classes.values())),
    }


def _call_row(contact: Contact) -> JSON:
    said = contact_entry(contact)
    return {"on": said.on, "method": contact.method, "who": said.who, "said": said.text}


def save_student(desk: Desk, student_id: str, values: dict[str, str]) -> JSON:
    """Correct a child by the forms' own field names; see `students.set_student`."""
    return set_student(desk, desk.tx.get(Student, student_id), values, new_class=True)


def reveal_id(desk: Desk, student_id: str, why: str) -> dict[str, str]:
    """The full 身份证件号 and 学籍号 of a child, by the words of the forms; who looked and why is logged."""
    child = desk.tx.get(Student, student_id)
    desk.tx.log_access(child.id, "查看完整证件号", why)
    return {STUDENT_FIELDS[column]: getattr(child, column) for column in SECRET}


@dataclass(frozen=True)
class TermDay:
    """One 自然日 of a term for one child: `mark` is 在校, 旷课, 请假, 未记录, 点名前 (a 上课日 before the class was
    first called, of which the register says nothing), 不上课 or 未到 (still to come); `words` say all that is known.
    """

    day: date
    mark: str
    words: str


def term_days(desk: Desk, student_id: str) -> JSON:
    """{first, last, class, days, counts}: a child's days of the term of today, or of the last one before it.

    `days` are `TermDay`s, one for every 自然日; `counts` how many 上课日 stand under each mark.
    """
    child = desk.tx.get(Student, student_id)
    term = _term_at(desk)
    register = Register(desk, min(desk.today, term.last_day))
    states = {one.day: one for one in register.states(child, desk.rules.half_day)}
    group = group_of(desk, student_id)
    days, counts = [], dict.fromkeys(("在校", "旷课", "请假", "未记录"), 0.0)
    for day in days_between(term.first_day, term.last_day):
        fact = desk.calendar.fact(day)
        free = has_children_day_off(day, child.birth, group.stage if group else "")
        if not fact.weight or free:
            days.append(TermDay(day, "不上课", "六一儿童节放假" if free else fact.why))
        elif state := states.get(day):
            counts[state.mark] += state.weight or 1
            days.append(
                TermDay(day, state.mark, f"{state.mark}{f'（{state.detail}）' if state.detail else ''}")
            )
        else:
            mark = "未到" if day > desk.today else "点名前"
            if mark == "点名前":
                counts[mark] = counts.get(mark, 0.0) + fact.weight
            days.append(TermDay(day, mark, _why_no_state(desk, child, day)))
    return {
        "first": term.first_day,
        "last": term.last_day,
        "class": class_name_of(desk, student_id),
        "days": days,
        "counts": {mark: plain(number) for mark, number in counts.items()},
    }


def _why_no_state(desk: Desk, child: Student, day: date) -> str:
    """Why the register says nothing of a 上课日."""
    if day > desk.today:
        return "还没有到"
    return "那时班里还没有开始点名" if group_of(desk, child.id) else "没有班级，没有点名"


def attachment_rows(desk: Desk, student_id: str) -> list[JSON]:
    """[{id, role, file_name, size, of, on}]: photos of visits and kept papers of a child, newest first; bytes."""
    owners: dict[str, tuple[str, date]] = {}
    for paper in papers_on(desk.tx, desk.today, student_id=student_id):
        owners[paper.id] = (f"{paper.kind} {paper.number}", paper.issued_on)
    for visit in desk.tx.find(Contact, "student_id = ?", [student_id]):
        owners[visit.id] = (f"{visit.method} {visit.by_whom}", visit.happened_on)
    rows = [
        {
            "id": one.id,
            "role": one.role,
            "file_name": one.file_name,
            "size": one.size,
            "of": owner[0],
            "on": owner[1],
        }
        for owner_id, owner in owners.items()
        for one in desk.tx.find(Attachment, "owner_id = ? AND role <> '模板'", [owner_id])
    ]
    return sorted(rows, key=lambda row: (row["on"], row["file_name"]), reverse=True)


def attachment_content(desk: Desk, attachment_id: str, student_id: str) -> bytes:
    """The file itself; that it was taken out is logged. Raises EnvironmentProblem if it is lost or damaged."""
    kept = desk.tx.get(Attachment, attachment_id)
    desk.tx.log_access(student_id, "取出附件", kept.file_name)
    return desk.tx.files.get(kept.sha256)


def _guardian_row(one: Guardian) -> JSON:
    return {
        "name": one.name,
        "relation": one.relation,
        "phone": one.phone,
        "address": one.address,
        "workplace": one.workplace,
    }


def _kin_form(kin: list[Guardian]) -> dict[str, str]:
    first = kin[0] if kin else Guardian(id="", student_id="", name="")
    return {
        "监护人姓名": first.name,
        "监护人关系": first.relation,
        "监护人电话": first.phone,
        "务工地": first.workplace,
    }


def _paper_rows(desk: Desk, student_id: str) -> list[JSON]:
    papers = papers_on(desk.tx, desk.today, student_id=student_id)[::-1]
    return [
        {
            "number": one.number,
            "kind": one.kind,
            "issued_on": one.issued_on,
            "voided": f"作废：{one.withdrawn_reason}" if one.withdrawn_on else "",
        }
        for one in papers
    ]


def _term_at(desk: Desk) -> Term:
    """The term of today; in a vacation the last one that has begun."""
    day = desk.today
    while (found := desk.calendar.term_of(day)) is None:
        day -= timedelta(days=7)
    return found


def _text(value: object) -> str:
    return "" if value is None else str(value)
