"""What the page of children shows: one row a child for the table, one child whole, and its days of a term."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from pypinyin import lazy_pinyin

from app.domain.attendance import covers, streak
from app.domain.calendar import days_between, has_children_day_off
from app.domain.case_ladder import is_open, stage_of
from app.domain.identity import mask_id, mask_phone
from app.domain.records import (
    Attachment,
    CaseFile,
    ClassGroup,
    Contact,
    Guardian,
    IssuedDocument,
    Leave,
    RosterLead,
    SpecialGroup,
    Student,
    Term,
)
from app.domain.school_year import has_left
from app.domain.timeline import contact_entry
from app.roster.model import STUDENT_FIELDS
from app.service.case_facts import CaseReader
from app.service.case_opening import number_of
from app.service.cases import summary
from app.service.child_timeline import before_case
from app.service.classes import class_names
from app.service.desk import JSON, Desk
from app.service.register import Register, plain
from app.service.students import groups, guardians, initials_of, set_student

IN_SCHOOL, ABSENT, CASE, ON_LEAVE, VANISHED = "在校", "连续旷课", "有个案", "请假中", "名册中消失"
LEFT, NO_CLASS = "已毕业", "没有班级"
STATES = (ABSENT, CASE, ON_LEAVE, VANISHED, IN_SCHOOL)
"""What a child may be in, the most pressing first; a child may be in several at once."""

SECRET = ("id_no", "edu_no")
"""Columns shown masked: a 学籍号 holds the 身份证件号."""

SURNAMES = {
    "曾": "zeng",
    "单": "shan",
    "解": "xie",
    "仇": "qiu",
    "查": "zha",
    "区": "ou",
    "朴": "piao",
    "覃": "qin",
    "翟": "zhai",
    "盖": "ge",
    "乐": "yue",
}
"""How characters are read as a surname where that differs from their common reading; for sorting names."""

RUN_LOOK_BACK = timedelta(days=90)  # 自然日 back to a run of absence that a long vacation interrupts


def student_rows(desk: Desk) -> list[JSON]:
    """Every child as a row of the table, in class order; numbers masked.

    {id, name, gender, birth, class, place, village, groups, guardian, phone, id_no, states, state, letters, spelled,
    numbers}: `place` orders the classes, `letters` are the pinyin initials, `spelled` the whole pinyin to sort by,
    `numbers` the full numbers to look for (kept in memory only, never shown).
    """
    classes = class_names(desk)
    place = {class_id: index for index, class_id in enumerate(classes)}
    kin, kinds, states = _first_guardians(desk), _kinds(desk), _States(desk)
    rows = []
    for child in desk.tx.find(Student):
        first = kin.get(child.id)
        phone = child.phone or (first.phone if first else "")
        letters, spelled = _spelling(child.name)
        held, words = states.of(child)
        rows.append(
            {
                "id": child.id,
                "name": child.name,
                "gender": child.gender,
                "birth": child.birth,
                "class": classes.get(child.class_id, ""),
                "place": place.get(child.class_id, len(place)),
                "village": child.village,
                "groups": kinds.get(child.id, ()),
                "guardian": first.name if first else "",
                "phone": mask_phone(phone),
                "id_no": mask_id(child.id_no),
                "states": held,
                "state": words,
                "letters": letters,
                "spelled": spelled,
                "numbers": f"{child.id_no} {child.edu_no} {phone}",
            }
        )
    rows.sort(key=lambda row: (row["place"], row["spelled"], row["id"]))
    return rows


def student_whole(desk: Desk, student_id: str) -> JSON:
    """One child: {id, name, class, states, state, facts, guardians, cases, calls, papers, attachments, form, secret}.

    `facts` are (word of the form, text) pairs in the order of the form, `form` the values to edit, by the same words;
    `calls` are the contacts that belong to no case, newest first; the numbers in `secret` are masked
    in `facts` and empty in `form`.
    """
    child = desk.tx.get(Student, student_id)
    classes = class_names(desk)
    held, words = _States(desk, student_id).of(child)
    kinds = "、".join(groups(desk, child.id))
    values = {word: _text(getattr(child, column)) for column, word in STUDENT_FIELDS.items()}
    masked = {STUDENT_FIELDS[column]: mask_id(getattr(child, column)) for column in SECRET}
    kin = guardians(desk, child.id)
    class_text = classes.get(child.class_id, "")
    return {
        "id": child.id,
        "name": child.name,
        "class": class_text,
        "states": held,
        "state": words,
        "facts": [*(values | masked | {"班级": class_text, "对象类别": kinds}).items()],
        "secret": masked,
        "guardians": [_guardian_row(one) for one in kin],
        "cases": [summary(desk, facts) for facts in CaseReader(desk).of_student(child.id)],
        "calls": [_call_row(one) for one in reversed(before_case(desk, child.id))],
        "papers": _paper_rows(desk, child.id),
        "attachments": attachment_rows(desk, child.id),
        "form": values | dict.fromkeys(masked, "") | {"班级": class_text, "对象类别": kinds} | _kin_form(kin),
        "classes": list(classes.values()),
    }


def _call_row(contact: Contact) -> JSON:
    said = contact_entry(contact)
    return {"on": said.on, "method": contact.method, "who": said.who, "said": said.text}


def save_student(desk: Desk, student_id: str, values: dict[str, str]) -> JSON:
    """Correct a child by the forms' own field names; see `students.set_student`."""
    return set_student(desk, desk.tx.get(Student, student_id), values)


def reveal_id(desk: Desk, student_id: str, why: str) -> dict[str, str]:
    """The full 身份证件号 and 学籍号 of a child, by the words of the forms; who looked and why is logged."""
    child = desk.tx.get(Student, student_id)
    desk.tx.log_access(child.id, "查看完整证件号", why)
    return {STUDENT_FIELDS[column]: getattr(child, column) for column in SECRET}


@dataclass(frozen=True)
class TermDay:
    """One 自然日 of a term for one child: `mark` is 在校, 旷课, 请假, 未记录, 不上课 or 未到 (still to come, or before
    the class was first called); `words` say all that is known of it."""

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
    group = desk.tx.get(ClassGroup, child.class_id) if child.class_id else None
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
            days.append(TermDay(day, "未到", _why_no_state(desk, child, day)))
    return {
        "first": term.first_day,
        "last": term.last_day,
        "class": class_names(desk).get(child.class_id, ""),
        "days": days,
        "counts": {mark: plain(number) for mark, number in counts.items()},
    }


def _why_no_state(desk: Desk, child: Student, day: date) -> str:
    """Why the register says nothing of a 上课日."""
    if day > desk.today:
        return "还没有到"
    return "那时班里还没有开始点名" if child.class_id else "没有班级，没有点名"


def attachment_rows(desk: Desk, student_id: str) -> list[JSON]:
    """[{id, role, file_name, size, of, on}]: photos of visits and kept papers of a child, newest first; bytes."""
    owners: dict[str, tuple[str, date]] = {}
    for paper in desk.tx.find(IssuedDocument, "student_id = ?", [student_id], withdrawn=True):
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


class _States:
    """Finds what children are in; read once for the whole table, or for `only` one child."""

    def __init__(self, desk: Desk, only: str = "") -> None:
        self._desk = desk
        self._graduated = {
            one.id for one in desk.tx.find(ClassGroup) if has_left(one.stage, one.entry_year, desk.today)
        }
        where, params = ("student_id = ?", [only]) if only else ("student_id <> ''", [])
        self._cases = self._open_cases(where, params)
        self._leaves = {
            one.student_id: one.kind for one in desk.tx.find(Leave, where, params) if covers(one, desk.today)
        }
        leads = desk.tx.find(RosterLead, f"settled_on IS NULL AND {where}", params)
        self._vanished = {one.student_id for one in leads}
        self._runs = self._current_runs(only)

    def of(self, child: Student) -> tuple[tuple[str, ...], str]:
        """The states of a child, most pressing first, and the same in words."""
        held = {
            ABSENT: self._runs.get(child.id, ""),
            CASE: f"个案{self._cases[child.id]}" if child.id in self._cases else "",
            ON_LEAVE: f"请{self._leaves[child.id]}" if child.id in self._leaves else "",
            VANISHED: VANISHED if child.id in self._vanished else "",
        }
        found = {state: words for state, words in held.items() if words}
        if not found:
            state = (
                NO_CLASS if not child.class_id else LEFT if child.class_id in self._graduated else IN_SCHOOL
            )
            return (state,), state
        return tuple(found), "，".join(found.values())

    def _open_cases(self, where: str, params: list[str]) -> dict[str, str]:
        reader = CaseReader(self._desk)
        cases = self._desk.tx.find(CaseFile, where, params, order="opened_on, year, seq")
        return {case.student_id: number_of(case) for case in cases if is_open(stage_of(reader.facts(case)))}

    def _current_runs(self, only: str) -> dict[str, str]:
        """Only a child marked 旷课 on or after the newest roll of its class can be in a run now."""
        children = self._desk.tx.find(
            Student,
            "id IN (SELECT absence.student_id FROM absence JOIN student AS child ON child.id = absence.student_id"
            " WHERE absence.kind = '旷课' AND absence.withdrawn_on IS NULL AND absence.day >= ?"
            " AND absence.day >= coalesce((SELECT max(day) FROM roll WHERE roll.class_id = child.class_id"
            " AND roll.withdrawn_on IS NULL), '')) AND (? = '' OR id = ?)",
            [(self._desk.today - RUN_LOOK_BACK).isoformat(), only, only],
        )
        register = Register(self._desk, self._desk.today)
        words = {}
        for child in children:
            run = streak(register.states(child, self._desk.rules.half_day), self._desk.today)
            if run.days:
                unsure = "，无法判定" if run.verdict == "无法判定" else ""
                words[child.id] = f"连续旷课{plain(run.days)}天{unsure}"
        return words


@lru_cache(maxsize=1 << 16)
def _spelling(name: str) -> tuple[tuple[str, ...], str]:
    """The initials a name may be typed by, and its pinyin to sort by; names repeat, so they are kept."""
    read = lazy_pinyin(name)
    if name[:1] in SURNAMES:
        read[0] = SURNAMES[name[0]]
    return tuple(sorted(initials_of(name))), " ".join(read)


def _first_guardians(desk: Desk) -> dict[str, Guardian]:
    found: dict[str, Guardian] = {}
    for one in desk.tx.find(Guardian, order="rank, id"):
        found.setdefault(one.student_id, one)
    return found


def _kinds(desk: Desk) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in desk.tx.find(SpecialGroup):
        found[one.student_id].append(one.kind)
    return {student_id: tuple(kinds) for student_id, kinds in found.items()}


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
    papers = desk.tx.find(
        IssuedDocument, "student_id = ?", [student_id], order="issued_on DESC, seq DESC", withdrawn=True
    )
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
