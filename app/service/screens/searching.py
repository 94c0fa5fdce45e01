"""The one search over everything: pages, classes, children, cases and papers, by name, pinyin or number."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from app.domain.ladder.walk import stage_of
from app.domain.spelling import visible
from app.domain.words import number_of
from app.service.cases.child_words import ChildWords
from app.service.cases.facts import CaseReader
from app.service.cases.reading import school_words
from app.service.office.classes import class_names
from app.service.office.desk import Desk
from app.service.office.spelling import spells
from app.service.papers.listing import list_papers
from app.store.queries.cases import cases_named
from app.store.queries.children import children_called, enrolments_on, names_of_children

AT_MOST = 30
OTHERS = (
    10  # cases, and papers, at most, so that many namesakes among the children do not push them off the list
)
Fits = Callable[[str], bool]


Target = dict[str, object]
"""What a page is asked to show, as `Bus.go` takes it."""


@dataclass(frozen=True)
class Place:
    """A page of the window that is found by its name, or a part of one: what stands beside the name, and how it is
    opened."""

    name: str
    page: str
    detail: str = ""
    target: Target = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """A line of the answer: 学生, 个案, 文书, 班级 or 页面; its words; and the page that shows it."""

    kind: str
    title: str
    detail: str
    page: str
    target: Target


def search(desk: Desk, text: str, places: Iterable[Place] = ()) -> list[Found]:
    """What fits `text`: names in part, by pinyin initials or syllables, and parts of numbers.

    `places` are looked through too. Children come first: Enter opens the first line, and wen is more often 周文静 than
    文书.
    """
    wanted = "".join(visible(text).split()).lower()
    if not wanted:
        return []
    fits = (
        _by_spelling(wanted) if wanted.isascii() and wanted.isalpha() else lambda name: wanted in name.lower()
    )
    found = [*_pages(places, fits), *_classes(desk, fits)]
    records = [*_cases(desk, wanted, fits), *islice(_papers(desk, wanted, fits), OTHERS)]
    room = max(AT_MOST - len(found) - len(records), 0)
    return [*_children(desk, wanted, fits)[:room], *records, *found][:AT_MOST]


def _by_spelling(wanted: str) -> Fits:
    return lambda name: spells(wanted, name)


def _pages(places: Iterable[Place], fits: Fits) -> Iterator[Found]:
    for one in places:
        if fits(one.name):
            yield Found("页面", one.name, one.detail, one.page, one.target)


def _classes(desk: Desk, fits: Fits) -> list[Found]:
    """Classes open on 点名, which only a school has; the same name stands for many classes elsewhere."""
    if desk.unit.level != "学校":
        return []
    return [
        Found("班级", name, "点名", "roll", {"class": name})
        for name in class_names(desk).values()
        if fits(name)
    ]


def _children(desk: Desk, wanted: str, fits: Fits) -> list[Found]:
    classes = class_names(desk)
    place = {class_id: index for index, class_id in enumerate(classes)}
    names = [name for name in names_of_children(desk.tx) if fits(name)]
    found = children_called(desk.tx, names, wanted.upper())
    there = enrolments_on(desk.tx, desk.today, {child.id for child in found})
    class_of = {child: row.class_id for child, row in there.items()}
    found.sort(key=lambda child: (place.get(class_of.get(child.id, ""), len(place)), child.name, child.id))
    words = ChildWords(desk, [child.id for child in found[:AT_MOST]])
    return [
        Found("学生", child.name, _where(words, child.id), "students", {"student": child.id})
        for child in found[:AT_MOST]
    ]


def _where(words: ChildWords, student_id: str) -> str:
    """School, where several are in sight, and class."""
    parts = (words.school_beside(student_id), words.class_name(student_id))
    return " ".join(part for part in parts if part)


def _cases(desk: Desk, wanted: str, fits: Fits) -> Iterator[Found]:
    """The stage is computed only of those that are shown: it reads a child's whole register."""
    fitting = ((case, name) for case, name in cases_named(desk.tx) if wanted in number_of(case) or fits(name))
    shown = list(islice(fitting, OTHERS))
    reader = CaseReader(desk)
    reader.every(student_ids=[case.student_id for case, _ in shown])  # their facts are read in one go
    for case, name in shown:
        parts = (school_words(desk, case.student_id), number_of(case), name)
        called = " ".join(part for part in parts if part)
        yield Found("个案", called, stage_of(reader.facts(case)), "cases", {"case": case.id})


def _papers(desk: Desk, wanted: str, fits: Fits) -> Iterator[Found]:
    for paper in list_papers(desk):
        if wanted in "".join(paper.called.split()).lower() or fits(paper.student):
            void = "（已作废）" if paper.voided else ""
            yield Found("文书", paper.called, f"{paper.student}{void}", "papers", {"paper": paper.id})
