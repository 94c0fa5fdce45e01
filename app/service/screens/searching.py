"""The one search over everything: pages, classes, children, cases and papers, by name, pinyin or number."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from app.domain.case_ladder import stage_of
from app.domain.records import CaseFile
from app.service.cases.facts import CaseReader
from app.service.cases.numbers import case_names
from app.service.office.classes import class_names
from app.service.office.desk import JSON, Desk
from app.service.office.spelling import spells
from app.service.papers.listing import list_papers

AT_MOST = 30
OTHERS = (
    10  # cases, and papers, at most, so that many namesakes among the children do not push them off the list
)
Fits = Callable[[str], bool]


@dataclass(frozen=True)
class Place:
    """A page of the window that is found by its name, or a part of one: what stands beside the name, and how it is
    opened."""

    name: str
    page: str
    detail: str = ""
    target: JSON = field(default_factory=dict)


def search(desk: Desk, text: str, places: Iterable[Place] = ()) -> list[JSON]:
    """[{kind, title, detail, page, target}]: names in part, by pinyin initials or syllables, and parts of numbers.

    `places` are looked through too. Children come first: Enter opens the first line, and wen is more often 周文静 than
    文书.
    """
    wanted = "".join(text.split()).lower()
    if not wanted:
        return []
    fits = (
        _by_spelling(wanted) if wanted.isascii() and wanted.isalpha() else lambda name: wanted in name.lower()
    )
    found = [*_pages(places, fits), *_classes(desk, fits)]
    records = [*islice(_cases(desk, wanted, fits), OTHERS), *islice(_papers(desk, wanted, fits), OTHERS)]
    room = max(AT_MOST - len(found) - len(records), 0)
    return [*_children(desk, wanted, fits)[:room], *records, *found][:AT_MOST]


def _by_spelling(wanted: str) -> Fits:
    return lambda name: spells(wanted, name)


def _pages(places: Iterable[Place], fits: Fits) -> Iterator[JSON]:
    for one in places:
        if fits(one.name):
            yield _found("页面", one.name, one.detail, one.page, one.target)


def _classes(desk: Desk, fits: Fits) -> list[JSON]:
    """Classes open on 点名, which only a school has; the same name stands for many classes elsewhere."""
    if desk.unit.level != "学校":
        return []
    return [
        _found("班级", name, "点名", "roll", {"class": name})
        for name in class_names(desk).values()
        if fits(name)
    ]


def _children(desk: Desk, wanted: str, fits: Fits) -> list[JSON]:
    rows = desk.tx.rows(
        "SELECT id, name, class_id, id_no || ' ' || phone || ' ' || edu_no AS numbers"
        " FROM student WHERE withdrawn_on IS NULL"
    )
    classes = class_names(desk)
    place = {class_id: index for index, class_id in enumerate(classes)}
    found = [row for row in rows if fits(row["name"]) or wanted.upper() in row["numbers"]]
    found.sort(key=lambda row: (place.get(row["class_id"], len(place)), row["name"], row["id"]))
    return [
        _found("学生", row["name"], classes.get(row["class_id"], ""), "students", {"student": row["id"]})
        for row in found
    ]


def _cases(desk: Desk, wanted: str, fits: Fits) -> Iterator[JSON]:
    """The stage is computed only of those that are found: it reads a child's whole register."""
    names, numbers = _named(desk, "case_file"), case_names(desk)
    reader = CaseReader(desk)
    for case in desk.tx.find(CaseFile, order="opened_on, year, seq"):
        number, name = numbers.of(case), names[case.student_id]
        if wanted in "".join(number.split()) or fits(name):
            yield _found("个案", f"{number} {name}", stage_of(reader.facts(case)), "cases", {"case": case.id})


def _papers(desk: Desk, wanted: str, fits: Fits) -> Iterator[JSON]:
    for paper in list_papers(desk):
        if wanted in "".join(paper.called.split()).lower() or fits(paper.student):
            void = "（已作废）" if paper.voided else ""
            yield _found("文书", paper.called, f"{paper.student}{void}", "papers", {"paper": paper.id})


def _named(desk: Desk, table: str) -> dict[str, str]:
    """The names of the children that `table` speaks of, by id."""
    rows = desk.tx.rows(f"SELECT id, name FROM student WHERE id IN (SELECT student_id FROM {table})")
    return {row["id"]: row["name"] for row in rows}


def _found(kind: str, title: str, detail: str, page: str, target: JSON) -> JSON:
    return {"kind": kind, "title": title, "detail": detail, "page": page, "target": target}
