"""同一人？: children on record and rows of a file that may be one, and what a person said of them.

Looked at are the new rows of a file beside the children of its school whom no row means: one name, names that look
alike, or one birth with something else in common.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.spelling import person_name
from app.roster.matching import KnownChild, numbers_differ, same_grade
from app.roster.model import RosterRow


@dataclass(frozen=True)
class SameChildSaid:
    """A person's word that a row and a known child are the same, or are not. An empty `sheet` is any."""

    student_id: str
    row: int
    same: bool
    sheet: str = ""


@dataclass(frozen=True)
class PerhapsSame:
    """同一人？: a row, and a child it may mean although it is not written as that child's. `student_id` is the child
    of the row's own school that stands for the row, empty for a new one; `said` is a person's word, None as long as
    nobody has said."""

    row: RosterRow
    known: KnownChild
    reason: str
    student_id: str = ""
    said: bool | None = None


class Sayings:
    """What a person said of rows and known children."""

    def __init__(self, said: Iterable[SameChildSaid]) -> None:
        self._said = {(one.student_id, one.row, one.sheet): one.same for one in said}

    def of(self, row: RosterRow, known: KnownChild) -> bool | None:
        """True for one child, False for two, None where nobody has said."""
        key = (known.student.id, row.row)
        return self._said.get((*key, row.sheet), self._said.get((*key, "")))

    def same_as(self, row: RosterRow) -> str:
        """The id of the child the row was said to mean; empty where nobody has said."""
        places = {(row.row, row.sheet), (row.row, "")}
        return next((key[0] for key, same in self._said.items() if same and key[1:] in places), "")


class LeftOver:
    """The children on record whom no row means, by what a row may have in common with them."""

    def __init__(self, children: Iterable[KnownChild]) -> None:
        self._by: dict[object, list[KnownChild]] = defaultdict(list)
        for known in children:
            student = known.student
            keys = [person_name(student.name), student.birth, known.class_name, *_phones(known)]
            for key in filter(None, keys):
                self._by[known.school_id, key].append(known)

    def alike(self, row: RosterRow, school: str) -> list[KnownChild]:
        """Those that may be the child of a row of that school."""
        keys = [row.name, row.birth, row.class_name, *(one.phone for one in row.guardians)]
        found = {
            known.student.id: known
            for key in filter(None, keys)
            for known in self._by.get((school, key), ())
            if may_be_one(row, known)
        }
        return list(found.values())


def may_be_one(row: RosterRow, known: KnownChild) -> bool:
    """Whether a row and a child have enough in common to ask about."""
    student = known.student
    name = person_name(student.name)
    if name == row.name or _one_number(row, known):
        return True
    birth = bool(row.birth) and row.birth == student.birth
    contradicted = bool(row.birth and student.birth) and not birth
    phone = _one_phone(row, known)
    if names_alike(name, row.name):
        return birth or phone or (not contradicted and known.class_name == row.class_name)
    return birth and phone and row.gender in {"", student.gender}


def names_alike(one: str, other: str) -> bool:
    """Whether two names differ in one character behind the first: another one, or one more."""
    short, long = sorted((one, other), key=len)
    if len(short) < 2 or len(long) - len(short) > 1 or short[0] != long[0]:
        return False
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1
    return any(long[:place] + long[place + 1 :] == short for place in range(1, len(long)))


def common(row: RosterRow, known: KnownChild) -> str:
    """What a row and a child have in common, and where their numbers contradict it."""
    student, name = known.student, person_name(known.student.name)
    same = [
        ("身份证件号相同", bool(row.id_no) and row.id_no == student.id_no),
        ("学籍号相同", bool(row.edu_no) and row.edu_no == student.edu_no),
        ("姓名相同", name == row.name),
        ("姓名相近", name != row.name and names_alike(name, row.name)),
        ("出生日期相同", bool(row.birth) and row.birth == student.birth),
        ("家长电话相同", _one_phone(row, known)),
        ("同班", known.class_name == row.class_name),
        ("同年级", known.class_name != row.class_name and _one_grade(row, known)),
    ]
    differ = [
        ("姓名不同", name != row.name and not names_alike(name, row.name)),
        ("出生日期不同", bool(row.birth and student.birth) and row.birth != student.birth),
        ("号码不同", numbers_differ(student, row)),
    ]
    return "，".join("、".join(word for word, true in part if true) for part in (same, differ)).strip("，")


def _one_number(row: RosterRow, known: KnownChild) -> bool:
    student = known.student
    return bool({row.id_no, row.edu_no} & {student.id_no, student.edu_no} - {""})


def _one_grade(row: RosterRow, known: KnownChild) -> bool:
    return known.class_name is not None and same_grade(known.class_name, row.class_name)


def _phones(known: KnownChild) -> list[str]:
    return [one.phone for one in known.guardians]


def _one_phone(row: RosterRow, known: KnownChild) -> bool:
    return bool({one.phone for one in row.guardians} & set(_phones(known)) - {""})
