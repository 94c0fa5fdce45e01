"""Which known child a row of a roster means.

By 身份证件号, then 学籍号, then name with birth, then name with class. Whatever does not lead to exactly one child
is refused with a reason and never guessed.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.identity import edu_no_kind
from app.domain.records import Guardian, Student
from app.domain.school_year import ClassName
from app.roster.model import RosterRow


@dataclass(frozen=True)
class Known:
    """A child in the register: its record, class (None: enrolled nowhere), guardians by rank, 对象类别 in force."""

    student: Student
    class_name: ClassName | None = None
    guardians: tuple[Guardian, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """The known child a row means (`sure` by a number), or why it cannot be told; neither: a new child."""

    known: Known | None = None
    sure: bool = False
    refusal: str = ""


class Register:
    """The known children by each of the ways to find one."""

    def __init__(self, existing: Sequence[Known]) -> None:
        self._by_id: dict[str, list[Known]] = defaultdict(list)
        self._by_edu: dict[str, list[Known]] = defaultdict(list)
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        for known in existing:
            self._by_id[known.student.id_no].append(known)
            self._by_edu[known.student.edu_no].append(known)
            self._by_name[known.student.name].append(known)

    def find(self, row: RosterRow) -> Match:
        """The known child `row` means, a refusal, or neither."""
        by_id = self._by_id.get(row.id_no, []) if row.id_no else []
        by_edu = self._by_edu.get(row.edu_no, []) if row.edu_no else []
        numbered = {known.student.id: known for known in (*by_id, *by_edu)}
        if len(numbered) == 1:
            return Match(next(iter(numbered.values())), sure=True)
        if numbered:
            return Match(refusal="身份证件号和学籍号在系统中属于几个学生，请先核对这几个学生的号码")
        return self._by_words(row)

    def _by_words(self, row: RosterRow) -> Match:
        """By name with birth, then by name with class, among the known children of that name."""
        namesakes = self._by_name.get(row.name, [])
        born = [known for known in namesakes if row.birth and known.student.birth == row.birth]
        beside = [
            known for known in namesakes if known.class_name == row.class_name and _births_agree(known, row)
        ]
        candidates = born or beside
        possible = [known for known in candidates if not _numbers_differ(known.student, row)]
        if len(possible) > 1:
            possible = _closest(possible, row)
        if len(possible) == 1:
            return Match(possible[0])
        if possible:
            return Match(refusal=f"系统中有几个“{row.name}”，分不清是哪一个，请补上身份证件号")
        return self._unmatched(row, born)

    def _unmatched(self, row: RosterRow, born: list[Known]) -> Match:
        """No child fits: a new one, unless a namesake's only difference may be a slip."""
        if born:
            return Match(
                refusal=f"系统中的“{row.name}”出生日期相同而证件号或学籍号不同：如是同一人，请先在学生资料里更正号码；"
                "如是另一人，请单独添加"
            )
        for known in self._by_name.get(row.name, []):
            numbered = _has_number(known.student) and (row.id_no or row.edu_no)
            if known.class_name == row.class_name and not _births_agree(known, row) and not numbered:
                return Match(
                    refusal=f"系统中同班的“{row.name}”出生日期不同：如是同一人，请先更正出生日期；"
                    "如是另一人，请补上两人的身份证件号"
                )
        return Match()


def _closest(possible: list[Known], row: RosterRow) -> list[Known]:
    """Those equal to the row in everything that names a child, else those of its class, else all."""
    equal = [known for known in possible if _names(known) == _row_names(row)]
    return equal or [known for known in possible if known.class_name == row.class_name] or possible


def _names(known: Known) -> tuple[object, ...]:
    student = known.student
    return student.birth, known.class_name, student.id_no, student.edu_no


def _row_names(row: RosterRow) -> tuple[object, ...]:
    return row.birth, row.class_name, row.id_no, row.edu_no


def _births_agree(known: Known, row: RosterRow) -> bool:
    return not (known.student.birth and row.birth and known.student.birth != row.birth)


def _numbers_differ(student: Student, row: RosterRow) -> bool:
    """Whether both sides have a number and it is another one (equal ones were found before).

    A 临时 学籍号 that becomes a 正式 one is no difference.
    """
    if student.id_no and row.id_no:
        return True
    provisional = "临时" in {edu_no_kind(student.edu_no), edu_no_kind(row.edu_no)}
    return bool(student.edu_no and row.edu_no) and not provisional


def _has_number(student: Student) -> bool:
    return bool(student.id_no or student.edu_no)
