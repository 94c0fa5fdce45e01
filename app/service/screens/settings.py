"""What 设置 shows and changes: the unit and those above it, terms, a month of the calendar, the rule set in use."""

import json
from calendar import monthrange
from datetime import date

from app.domain.calendar import is_usual, usual_terms
from app.domain.records import Term, Unit
from app.errors import UserError
from app.reference.rule_sets import load_rule_set
from app.service.office.calendars import show_calendar
from app.service.office.desk import JSON, RULE_SET, RULES, Desk
from app.service.office.rule_sets import in_words
from app.service.office.units import refuse_wrong_code, unit_above
from app.service.papers.values import REMEMBERED

OFFICE_FIELDS = {"单位名称": "name", "学校标识码": "code", "发文代字": "short_mark"}
RECORD_WORDS = {
    "student": "学生信息",
    "guardian": "学生信息",
    "special_group": "学生信息",
    "enrolment": "就读和变动",
    "mark": "学籍标注",
    "attendance_statement": "出勤说明",
    "class_group": "班级",
    "import_run": "导入名册",
    "roster_lead": "名册中消失",
    "roll": "点名",
    "absence": "点名",
    "leave": "请假",
    "case_file": "个案",
    "contact": "家访和联系",
    "issued_document": "文书",
    "attachment": "附件",
    "term": "学期",
    "calendar_day": "校历",
    "national_day": "放假安排",
    "staff": "人员",
    "responsibility": "人员",
    "unit": "单位",
    "alias": "同一人和取舍认定",
    "choice": "同一人和取舍认定",
}
"""What a person would miss, in the order shown: every journaled table but `rule_text`, which hangs on its case."""
ORDERING = frozenset({"机关联系人", "机关联系电话", "复议机关", "诉讼法院"})
ABOVE = {"所在县（市、区）": "县", "所在乡镇": "乡镇"}


def unit_form(desk: Desk) -> dict[str, str]:
    """The unit as a form: its own fields, the units above it, and what papers remember of the office."""
    own = {label: str(getattr(desk.unit, column)) for label, column in OFFICE_FIELDS.items()}
    above = {label: _name_above(desk, level) for label, level in _levels_above(desk).items()}
    remembered = {name: desk.tx.setting(f"paper.{name}") or "" for name in _asked_of(desk.unit.level)}
    return own | above | remembered


def _asked_of(level: str) -> list[str]:
    """What papers remember of an office: a school orders nothing, so it names no 机关 and no way to complain of one."""
    return [name for name in REMEMBERED if level != "学校" or name not in ORDERING]


def save_unit_form(desk: Desk, values: dict[str, str]) -> dict[str, str]:
    """Write the form back. Issued papers stay as they were.

    Raises UserError if the name is empty or the 学校标识码 is not ten digits.
    """
    refuse_wrong_code(values.get("学校标识码", ""))
    if not values.get("单位名称", desk.unit.name).strip():
        raise UserError("单位名称不能是空的。请写全称。")
    cells = {column: values[label].strip() for label, column in OFFICE_FIELDS.items() if label in values}
    if cells:
        desk.tx.change(Unit, desk.unit.id, **cells)
    for label, level in _levels_above(desk).items():
        if name := values.get(label, "").strip():
            _name_unit_above(desk, level, name)
    for name in REMEMBERED:
        if name in values:
            desk.tx.set_setting(f"paper.{name}", values[name].strip())
    return values


def terms(desk: Desk) -> list[JSON]:
    """[{from, to, cycle, usual}]: the terms set, and the usual ones assumed where none is set."""
    found = list(desk.tx.find(Term, "unit_id = ?", [desk.unit.id], order="first_day"))
    for assumed in usual_terms(desk.today):
        held = desk.calendar.term_of(assumed.first_day)
        if held and is_usual(held):
            found.append(held)
    rows = [
        {"from": one.first_day, "to": one.last_day, "cycle": one.cycle, "usual": is_usual(one)}
        for one in {one.id: one for one in found}.values()
    ]
    return sorted(rows, key=lambda row: row["from"])


def month(desk: Desk, year: int, number: int) -> list[JSON]:
    """Each day of a month as `show_calendar` gives it, with `set` when the unit set it by hand."""
    first, last = date(year, number, 1), date(year, number, monthrange(year, number)[1])
    rows = show_calendar(desk, first, last)
    for row in rows:
        override = desk.calendar.overrides.get(row["date"])
        row["set"] = override.kind if override else ""
        row["note"] = override.note if override else ""
        row["known"] = desk.national(row["date"]).known
    return rows


def rules_in_use(desk: Desk) -> JSON:
    """The rule set in use, in words; `problem` says what is wrong with its file while another stands in."""
    return in_words(desk.rules, desk.today) | {"problem": desk.rules_problem}


def choose_rules(desk: Desk, rule_set: str) -> JSON:
    """Use another rule set for what is opened from now on; cases keep theirs."""
    chosen = load_rule_set(rule_set, RULES, desk.folder.rules)
    desk.tx.set_setting(RULE_SET, chosen.id)
    return {"id": chosen.id, "name": chosen.name}


def written_since(desk: Desk, made_on: date, entries: dict[str, int] | None) -> list[tuple[str, int]]:
    """What a backup lacks, in words with how many: [(点名, 12) …]; for going back to it.

    `entries` is what the backup knows of the journal (origin → newest number); without it, all of its day on counts.
    """
    if entries is None:
        where, given = "substr(written_at, 1, 10) >= ?", made_on.isoformat()
    else:
        where = "seq > coalesce((SELECT value FROM json_each(?) WHERE key = origin), 0)"
        given = json.dumps(entries)
    rows = desk.tx.rows(
        f"SELECT tbl, count(DISTINCT row) AS written FROM journal WHERE {where} GROUP BY tbl", [given]
    )
    written = {row["tbl"]: row["written"] for row in rows}
    counts = dict.fromkeys(RECORD_WORDS.values(), 0)
    for table, word in RECORD_WORDS.items():
        counts[word] += written.get(table, 0)
    return [(word, count) for word, count in counts.items() if count]


def _levels_above(desk: Desk) -> dict[str, str]:
    order = ("县", "乡镇", "学校")
    place = order.index(desk.unit.level) if desk.unit.level in order else len(order)
    return {label: level for label, level in ABOVE.items() if order.index(level) < place}


def _name_above(desk: Desk, level: str) -> str:
    unit = unit_above(desk, level)
    return unit.name if unit else ""


def _name_unit_above(desk: Desk, level: str, name: str) -> None:
    """Rename the unit of `level` above this one, or put a new one into the chain."""
    known = unit_above(desk, level)
    if known:
        desk.tx.change(Unit, known.id, name=name)
        return
    township = unit_above(desk, "乡镇") if level == "县" and desk.unit.level == "学校" else None
    below = township or desk.tx.get(Unit, desk.unit.id)
    made = Unit(id=desk.tx.new_id(), level=level, name=name, parent_id=below.parent_id)
    desk.tx.add(made)
    desk.tx.change(Unit, below.id, parent_id=made.id)
