"""Which known child a row of a roster means, school by school.

In the row's own school: by 身份证件号, then 学籍号, then name with birth, then name with class. Whatever does not lead
to exactly one child is refused with a reason and never guessed. A child of another school is never taken for this one:
who is alike there is named as a question (同一人？) beside the child of this school. Only a child that left its school
for good and is at none is found by its numbers, for then it has come here.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.dates import day_words
from app.domain.identity import edu_no_kind
from app.domain.records import Guardian, Student
from app.domain.school_year import ClassName
from app.domain.spelling import person_name
from app.roster.model import RosterRow

_MAY_COME_ELSEWHERE = frozenset({"转出", "毕业", "其他"})
"""How a child may have left a school and be listed by another."""


@dataclass(frozen=True)
class KnownChild:
    """A child on record: its record, class (None: enrolled nowhere), guardians by rank, 对象类别 in force.

    `school_id` is the school it goes to or went to last (empty: none), `school` that school's name. `left` says how it
    left (休学, 转出 …) and `left_on` the first day off the roll; both are unset while it belongs to the school.
    """

    student: Student
    class_name: ClassName | None = None
    guardians: tuple[Guardian, ...] = ()
    groups: tuple[str, ...] = ()
    school_id: str = ""
    school: str = ""
    left: str = ""
    left_on: date | None = None


@dataclass(frozen=True)
class Alike:
    """A child of another school, or one that cannot be told from the row's, and what both have in common."""

    known: KnownChild
    reason: str


@dataclass(frozen=True)
class Match:
    """The known child a row means (`sure` by a number, or `told` by a person), or why it cannot be told; neither: a new
    child.

    `alike` are those a person has to look at beside it, `rivals` those a refused row may mean.
    """

    known: KnownChild | None = None
    sure: bool = False
    refusal: str = ""
    alike: tuple[Alike, ...] = ()
    rivals: tuple[KnownChild, ...] = ()
    told: bool = False


class KnownChildren:
    """The known children by each of the ways to find one."""

    def __init__(self, existing: Sequence[KnownChild]) -> None:
        self._by_id: dict[str, list[KnownChild]] = defaultdict(list)
        self._by_edu: dict[str, list[KnownChild]] = defaultdict(list)
        self._by_name: dict[str, list[KnownChild]] = defaultdict(list)
        self._all = {known.student.id: known for known in existing}
        for known in existing:
            self._by_id[known.student.id_no].append(known)
            self._by_edu[known.student.edu_no].append(known)
            self._by_name[person_name(known.student.name)].append(known)

    def find(self, row: RosterRow, school_id: str) -> Match:
        """The known child that `row` of that school's roster means, a refusal, or neither."""
        by_id = self._by_id.get(row.id_no, []) if row.id_no else []
        by_edu = self._by_edu.get(row.edu_no, []) if row.edu_no else []
        own = {one.student.id: one for one in (*by_id, *by_edu) if one.school_id == school_id}
        others = [one for one in (*by_id, *by_edu) if one.school_id != school_id]
        if len(own) > 1:
            return Match(refusal="身份证件号和学籍号在系统中属于几个学生，请先核对这几个学生的号码")
        if own:
            (known,) = own.values()
            return Match(known, sure=True, alike=_alike(row, _newly_numbered(known, row, others)))
        found = self._by_words(row, school_id)
        if found.known or found.refusal:
            return replace(found, alike=_alike(row, others) if found.known else ())
        come = {one.student.id: one for one in others}
        if len(come) == 1 and _has_come(others[0]):
            return Match(others[0], sure=True)
        return Match(alike=_alike(row, [*others, *self._born_elsewhere(row, school_id)]))

    def get(self, student_id: str) -> KnownChild | None:
        """The known child with that id."""
        return self._all.get(student_id)

    def namesakes(self, row: RosterRow, school_id: str) -> list[KnownChild]:
        """The children of that school with the row's name that the row may mean: nothing known of both differs."""
        return [
            one
            for one in self._by_name.get(row.name, [])
            if one.school_id == school_id and _births_agree(one, row) and not numbers_differ(one.student, row)
        ]

    def _by_words(self, row: RosterRow, school_id: str) -> Match:
        """By name with birth, then by name with class, among the school's children of that name."""
        named = [one for one in self._by_name.get(row.name, []) if one.school_id == school_id]
        born = [known for known in named if row.birth and known.student.birth == row.birth]
        beside = [
            known for known in named if known.class_name == row.class_name and _births_agree(known, row)
        ]
        candidates = born or beside
        possible = [known for known in candidates if not numbers_differ(known.student, row)]
        if len(possible) > 1:
            possible = _closest(possible, row)
        if len(possible) == 1:
            return Match(possible[0])
        if possible:
            refusal = f"系统中有几个“{row.name}”，分不清是哪一个，请补上身份证件号"
            return Match(refusal=refusal, rivals=tuple(possible))
        return self._unmatched(row, named, born)

    def _unmatched(self, row: RosterRow, named: list[KnownChild], born: list[KnownChild]) -> Match:
        """No child of the school fits: a new one, unless a namesake's only difference may be a slip."""
        if born:
            return Match(
                refusal=f"系统中的“{row.name}”出生日期相同而证件号或学籍号不同：请在“同一人？”里选是（更正号码）"
                "或不是（另登记一名）",
                rivals=tuple(born),
            )
        for known in named:
            if known.class_name != row.class_name or _births_agree(known, row):
                continue
            if not _has_number(known.student) or not (row.id_no or row.edu_no):
                return Match(
                    refusal=f"系统中同班的“{row.name}”出生日期不同：请在“同一人？”里选是（更正出生日期）"
                    "或不是（另登记一名），或补上两人的身份证件号",
                    rivals=(known,),
                )
        return Match()

    def _born_elsewhere(self, row: RosterRow, school_id: str) -> list[KnownChild]:
        """Children of other schools with the row's name and birth, unless their numbers say that they are others."""
        return [
            one
            for one in self._by_name.get(row.name, [])
            if row.birth
            and one.student.birth == row.birth
            and one.school_id != school_id
            and not numbers_differ(one.student, row)
        ]


def left_reason(known: KnownChild) -> str:
    """Why a child that left its school is not put on its roll again by a mere line of a roster."""
    when = day_words(known.left_on) if known.left_on else "已经"
    remedy = "复学" if known.left == "休学" else "转入"
    return f"系统中“{known.student.name}”{when}{known.left}，没有重新列入名册；如已回校，请在学生里办理“{remedy}”"


def same_grade(one: ClassName, other: ClassName) -> bool:
    """Whether two classes are of one stage and entry year."""
    return (one.stage, one.entry_year) == (other.stage, other.entry_year)


def _has_come(known: KnownChild) -> bool:
    """Whether the child is at no school and may be where the roster says: found without one, or gone for good."""
    return not known.school_id or known.left in _MAY_COME_ELSEWHERE


def _newly_numbered(known: KnownChild, row: RosterRow, others: list[KnownChild]) -> list[KnownChild]:
    """Children elsewhere with a number that the row gives to `known` for the first time."""
    fresh = {row.id_no, row.edu_no} - {known.student.id_no, known.student.edu_no, ""}
    return [one for one in others if {one.student.id_no, one.student.edu_no} & fresh]


def _alike(row: RosterRow, others: Iterable[KnownChild]) -> tuple[Alike, ...]:
    unique = {one.student.id: one for one in others}
    return tuple(Alike(one, _common(one.student, row)) for one in unique.values())


def _common(student: Student, row: RosterRow) -> str:
    same = [
        word
        for word, one, other in (
            ("身份证件号", student.id_no, row.id_no),
            ("学籍号", student.edu_no, row.edu_no),
        )
        if one and one == other
    ]
    return f"{'、'.join(same) or '姓名、出生日期'}相同"


def _closest(possible: list[KnownChild], row: RosterRow) -> list[KnownChild]:
    """Those equal to the row in everything that names a child, else those of its class, else all."""
    equal = [known for known in possible if _names(known) == _row_names(row)]
    return equal or [known for known in possible if known.class_name == row.class_name] or possible


def _names(known: KnownChild) -> tuple[object, ...]:
    student = known.student
    return student.birth, known.class_name, student.id_no, student.edu_no


def _row_names(row: RosterRow) -> tuple[object, ...]:
    return row.birth, row.class_name, row.id_no, row.edu_no


def _births_agree(known: KnownChild, row: RosterRow) -> bool:
    return not (known.student.birth and row.birth and known.student.birth != row.birth)


def numbers_differ(student: Student, row: RosterRow) -> bool:
    """Whether both sides have a number and it is another one (equal ones were found before).

    A 临时 学籍号 that becomes a 正式 one is no difference.
    """
    if student.id_no and row.id_no:
        return student.id_no != row.id_no
    if not student.edu_no or not row.edu_no or student.edu_no == row.edu_no:
        return False
    return "临时" not in {edu_no_kind(student.edu_no), edu_no_kind(row.edu_no)}


def _has_number(student: Student) -> bool:
    return bool(student.id_no or student.edu_no)
