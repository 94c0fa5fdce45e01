"""The table of children: one row a child, read past the records because there may be twelve thousand."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from app.domain.attendance import covers
from app.domain.case_ladder import is_open, stage_of
from app.domain.identity import mask_id, mask_phone
from app.domain.records import ClassGroup, Unit
from app.domain.school_year import has_left
from app.domain.words import number_of, plain
from app.service.cases.facts import CaseReader
from app.service.office.classes import class_names
from app.service.office.desk import JSON, Desk
from app.service.office.spelling import spelling_of
from app.service.rolls.register import Register
from app.store.queries.children import NOWHERE, Place, child_lines, last_places, open_leads
from app.store.queries.rolls import children_perhaps_in_a_run, leaves_on

IN_SCHOOL, ABSENT, CASE, ON_LEAVE, VANISHED = "在校", "连续旷课", "有个案", "请假中", "名册中消失"
LEFT, NO_CLASS = "已毕业", "没有班级"
STATES = (ABSENT, CASE, ON_LEAVE, VANISHED, IN_SCHOOL)
"""What a child may be in, the most pressing first; a child may be in several at once."""

SWEEP = timedelta(days=90)  # 自然日: longer than any vacation a run of absence may reach across
FEW = 400  # children read one by one; for more the whole table is read anew
AMONG = "IN (SELECT value FROM json_each(?))"

CHILDREN = f"SELECT id FROM student WHERE id {AMONG}"
THEIRS = f"SELECT student_id AS id FROM {{table}} WHERE id {AMONG}"
OWNERS: dict[str, str] = {
    "student": CHILDREN,
    **{
        table: THEIRS.format(table=table)
        for table in (
            "guardian",
            "enrolment",
            "special_group",
            "leave",
            "absence",
            "roster_lead",
            "case_file",
            "contact",
            "issued_document",
        )
    },
    "attachment": "SELECT student_id AS id FROM contact WHERE id IN"
    f" (SELECT owner_id FROM attachment WHERE id {AMONG}) UNION SELECT student_id FROM issued_document WHERE id IN"
    f" (SELECT owner_id FROM attachment WHERE id {AMONG})",
    "roll": f"SELECT student_id AS id FROM enrolment WHERE class_id IN (SELECT class_id FROM roll WHERE id {AMONG})",
}
"""Table → the children whose row a write to it may change."""
FOR_ALL = frozenset({"class_group", "calendar_day", "national_day", "term", "import_run"})
"""Tables whose writes may change every row."""


def student_rows(desk: Desk, ids: Collection[str] | None = None) -> list[JSON]:
    """Every child as a row of the table, in class order (see `row_order`); numbers masked. With `ids` only those.

    {id, name, school, gender, birth, class, place, village, groups, guardian, phone, id_no, states, state, letters,
    spelled, syllables, numbers}: `school` is empty in a school, whose own it is; `place` orders the classes, `letters`
    are the pinyin initials, `spelled` the whole pinyin to sort by, `syllables` the same from each syllable on, to type,
    `numbers` the full numbers to look for (kept in memory only, never shown).
    """
    classes = class_names(desk)
    place = {class_id: index for index, class_id in enumerate(classes)}
    schools = school_names(desk)
    kin, kinds, states = _first_guardians(desk, ids), _kinds(desk, ids), States(desk, ids)
    places, rows = last_places(desk.tx, desk.today, ids), []
    for child in child_lines(desk.tx, ids):
        guardian, kin_phone = kin.get(child.id, ("", ""))
        phone = child.phone or kin_phone
        there = places.get(child.id, NOWHERE)
        held, words = states.of(child.id, there)
        rows.append(
            {
                "id": child.id,
                "name": child.name,
                "school": schools.get(there.school_id, ""),
                "gender": child.gender,
                "birth": child.birth,
                "class": classes.get(there.class_id, ""),
                "place": place.get(there.class_id, len(place)),
                "village": child.village,
                "groups": kinds.get(child.id, ()),
                "guardian": guardian,
                "phone": mask_phone(phone),
                "id_no": mask_id(child.id_no),
                "states": held,
                "state": words,
                **_spelling(child.name),
                "numbers": f"{child.id_no} {child.edu_no} {phone}",
            }
        )
    rows.sort(key=row_order)
    return rows


def _spelling(name: str) -> JSON:
    return dict(zip(("letters", "spelled", "syllables"), spelling_of(name), strict=True))


def school_names(desk: Desk) -> dict[str, str]:
    """Unit id → name of the schools there are; none in a school, where it goes without saying."""
    return {} if desk.unit.level == "学校" else {one.id: one.name for one in desk.tx.find(Unit)}


def row_order(row: JSON) -> tuple[Any, ...]:
    """Class order: by class, then by name as it is read."""
    return row["place"], row["spelled"], row["id"]


def rows_after(desk: Desk, changed: Mapping[str, Collection[str]]) -> JSON:
    """What writes to `changed` (table → ids of its rows) did to the table: {ids, rows}.

    `ids` are the children to be read anew and `rows` those of them that are still there; `ids` is None where `rows`
    is the whole table, because the writes may concern everybody or simply very many.
    """
    ids = None if FOR_ALL & changed.keys() else _children_of(desk, changed)
    if ids is not None and len(ids) > FEW:
        ids = None
    return {"ids": ids, "rows": student_rows(desk, ids)}


def _children_of(desk: Desk, changed: Mapping[str, Collection[str]]) -> frozenset[str]:
    found: set[str] = set()
    for table in OWNERS.keys() & changed.keys():
        sql = OWNERS[table]
        given = json.dumps(sorted(changed[table]))
        found |= {row["id"] for row in desk.tx.rows(sql, [given] * sql.count("?"))}
    return frozenset(found - {""})


class States:
    """Finds what children are in; read once for the whole table, or for the children `ids` only."""

    def __init__(self, desk: Desk, ids: Collection[str] | None = None) -> None:
        self._desk = desk
        self._ids = ids
        self._graduated = {
            one.id for one in desk.tx.find(ClassGroup) if has_left(one.stage, one.entry_year, desk.today)
        }
        self._cases = self._open_cases(ids)
        self._leaves = {
            one.student_id: one.kind
            for one in leaves_on(desk.tx, desk.today, desk.today, ids)
            if covers(one, desk.today)
        }
        self._vanished = {one.student_id for one in open_leads(desk.tx, desk.today)}
        self._runs = self._current_runs()

    def of(self, child_id: str, there: Place) -> tuple[tuple[str, ...], str]:
        """The states of a child, most pressing first, and the same in words."""
        held = {
            ABSENT: self._runs.get(child_id, ""),
            CASE: f"个案{self._cases[child_id]}" if child_id in self._cases else "",
            ON_LEAVE: f"请{self._leaves[child_id]}" if child_id in self._leaves else "",
            VANISHED: VANISHED if child_id in self._vanished else "",
        }
        found = {state: words for state, words in held.items() if words}
        if not found:
            state = there.left or (
                NO_CLASS if not there.class_id else LEFT if there.class_id in self._graduated else IN_SCHOOL
            )
            return (state,), state
        return tuple(found), "，".join(found.values())

    def _open_cases(self, ids: Collection[str] | None) -> dict[str, str]:
        cases = CaseReader(self._desk).every(student_ids=ids)
        return {one.case.student_id: number_of(one.case) for one in cases if is_open(stage_of(one))}

    def _current_runs(self) -> dict[str, str]:
        """Only a child marked 旷课 on or after the newest roll of its class can be in a run now."""
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


def _read(desk: Desk, sql: str, column: str, ids: Collection[str] | None, order: str = "") -> list[JSON]:
    """The rows of `sql` (which ends in a condition), of all children or of those whose `column` is among `ids`."""
    if ids is None:
        return desk.tx.rows(sql + order)
    return desk.tx.rows(f"{sql} AND {column} {AMONG}{order}", [json.dumps(sorted(ids))])


def _first_guardians(desk: Desk, ids: Collection[str] | None) -> dict[str, tuple[str, str]]:
    """Child → name and telephone of the guardian the forms name first."""
    sql = "SELECT student_id, name, phone FROM guardian WHERE withdrawn_on IS NULL"
    found: dict[str, tuple[str, str]] = {}
    for one in _read(desk, sql, "student_id", ids, " ORDER BY rank, id"):
        found.setdefault(one["student_id"], (one["name"], one["phone"]))
    return found


def _kinds(desk: Desk, ids: Collection[str] | None) -> dict[str, tuple[str, ...]]:
    sql = "SELECT student_id, kind FROM special_group WHERE withdrawn_on IS NULL"
    found: dict[str, list[str]] = defaultdict(list)
    for one in _read(desk, sql, "student_id", ids, " ORDER BY id"):
        found[one["student_id"]].append(one["kind"])
    return {student_id: tuple(kinds) for student_id, kinds in found.items()}
