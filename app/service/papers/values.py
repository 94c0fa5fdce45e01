"""What the record knows for the placeholders of a paper; what it lacks stays empty and is asked for."""

from collections.abc import Mapping

from app.documents.catalogue import kind_named
from app.documents.fields import NO, YES
from app.documents.fill import Rows, asked_fields, asked_lists
from app.documents.forms import Form
from app.documents.template import Template
from app.domain.dates import day_words
from app.domain.ladder.differences import MISSED
from app.service.office.desk import Desk
from app.service.papers.case_values import MORE, case_values, missing_words, told, visit_rows
from app.service.papers.child_values import child_values, guardian_rows, office_values
from app.service.papers.subjects import PaperSubject
from app.service.papers.time_limits import DUE_ON, time_limit
from app.store.queries.papers import papers_on

PLACES = ("村", "社区", "居委会", "村委会", "街", "路", "组", "号")
REVIEW = "写明复议"
REMEMBERED = "paper."
"""What the settings begin with that keep a field of the office for the next paper."""


def paper_values(desk: Desk, subject: PaperSubject, kind: str, typed: Mapping[str, str]) -> dict[str, str]:
    """Field name → value for a paper of `kind`; `typed` wins, and moves what depends on it."""
    return values_and_reused(desk, subject, kind, typed)[0]


def values_and_reused(
    desk: Desk, subject: PaperSubject, kind: str, typed: Mapping[str, str]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """What `paper_values` gives, and which of its fields only the paper before this one knows."""
    form = kind_named(kind)
    record = _record(desk, subject, form, typed)
    known = {one.name: value for one in form.all_fields if (value := record.get(one.source, ""))}
    before = _given_before(desk, subject, form)
    reused = {name: value for name, value in before.items() if name not in known and name not in typed}
    values = {name: value for name, value in (known | reused | dict(typed)).items() if value}
    made = _of_the_addressees(values, typed) | _review_rights(values, typed) | _as_printed(values)
    return values | made, tuple(reused)


def _of_the_addressees(values: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    """你 to one guardian, 你们 to several (国市监法发〔2021〕42号: the words that fit stay, the others go)."""
    people = addressees(values)
    return {"称呼": "你们" if len(people) > 1 else "你"} if people and "称呼" not in typed else {}


def _review_rights(values: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    """The way to complain is told wherever the organ and the court are known (行政复议法 art. 20: who is not told has
    up to a year)."""
    known = values.get("复议机关") and values.get("诉讼法院")
    return {} if REVIEW in typed else {REVIEW: YES if known else NO}


def _as_printed(values: Mapping[str, str]) -> dict[str, str]:
    """上丰 → 上丰村: the form prints the place with 村 behind it."""
    village = values.get("村", "").strip()
    return {"村": f"{village}村"} if village and not village.endswith(PLACES) else {}


def addressees(values: Mapping[str, str]) -> list[str]:
    """The people of 受送达人, one by one."""
    return [name for part in values.get("受送达人", "").split("、") if (name := part.strip())]


def paper_rows(desk: Desk, subject: PaperSubject, values: Mapping[str, str]) -> Rows:
    """The lists the record and the other fields give, by name."""
    return {
        "受送达人名单": [{"姓名": name} for name in addressees(values) or [""]],
        MORE: visit_rows(subject.facts) if subject.facts else [],
        "监护人名单": guardian_rows(desk, subject.student),
    }


def frozen_words(template: Template, values: Mapping[str, str], rows: Rows) -> dict[str, str]:
    """What the paper says, by field: the values it prints, and its lists a line a row."""
    said = {name: values[name] for name in asked_fields(template) if name in values}
    listed = {
        name: "\n".join("　".join(row.values()) for row in rows.get(name, ()))
        for name in asked_lists(template)
    }
    return said | {name: words for name, words in listed.items() if words}


def remember(desk: Desk, kind: str, typed: Mapping[str, str]) -> None:
    """Keep what belongs to the office and not to the child, so that it is not asked for again."""
    for one in kind_named(kind).all_fields:
        if one.remembered and typed.get(one.name):
            desk.tx.set_setting(f"{REMEMBERED}{one.name}", typed[one.name])


def _record(desk: Desk, subject: PaperSubject, form: Form, typed: Mapping[str, str]) -> dict[str, str]:
    known = {
        **child_values(desk, subject.student),
        **office_values(desk, subject.student),
        **form.law_context(desk.unit.level),
        "文书标题": form.usual_title,
        "落款日期": day_words(desk.today),
        "填表日期": day_words(desk.today),
        "填表人": desk.operator,
        "学校联系人": desk.operator if desk.unit.level == "学校" else "",
        "机关联系人": desk.operator if desk.unit.level != "学校" else "",
    }
    if facts := subject.facts:
        words = facts.rules.paper(form.kind)
        known |= case_values(facts, known["就读学校"], known["乡镇人民政府"])
        known |= missing_words(facts.case.trigger, known["年级"])
        known["报告机关"] = told(facts) or known["报告机关"]
        known |= {"附件标签": words.annex, "文书标题": words.title or form.usual_title}
    known |= {
        one.name: value
        for one in form.all_fields
        if one.remembered and (value := desk.tx.setting(f"{REMEMBERED}{one.name}"))
    }
    if facts and any(one.name == DUE_ON for one in form.fields):
        known |= time_limit(desk, facts, typed)
    return known


def _given_before(desk: Desk, subject: PaperSubject, form: Form) -> dict[str, str]:
    """What the newest paper of this kind says of the child, voided ones included, so that nobody types it twice. Not
    what belongs to the office, to the law table or to that one paper."""
    before = papers_on(
        desk.tx, desk.today, student_id=subject.student.id, case_id=subject.case_id, kind=form.kind
    )
    if not before:
        return {}
    once = {one.name for one in form.all_fields if one.locked or one.columns or one.belongs != "学生"} | {
        MISSED
    }
    return {name: value for name, value in before[-1].data.items() if name not in once}
