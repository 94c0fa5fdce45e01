"""What a roster file would change, compared with the children already known. Pure; nothing is written here.

How a row finds its child is in `matching`. An empty cell never erases a known value.

Only in the classes the file speaks of (`coverage`) is a child missed whom no row means, and only there is a child of
the same name in another class of its grade the one who changed class. A child whose row was refused has not vanished.
The caller passes living records only (not withdrawn).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.domain.membership import GRADUATED
from app.domain.records import Student
from app.domain.school_year import ClassName, class_name
from app.domain.spelling import person_name
from app.roster.alike import LeftOver, PerhapsSame, SameChildSaid, Sayings, common, may_be_one
from app.roster.coverage import SchoolOf, Spoken
from app.roster.guardians import GuardianUpdate, guardian_fields, guardian_updates
from app.roster.matching import Alike, KnownChild, KnownChildren, Match, left_reason, same_grade
from app.roster.model import STUDENT_FIELDS, Problem, RosterRow

NOT_ON_THE_ROLL = "专项名单里的“{}”不在学生名册里，没有新增；请核对姓名和证件号，或先导入全校名册"
RENAMED = (
    "改名？“{}”的号码在系统中是“{}”的，这一行没有导入；是同一人改了名，请在“同一人？”一页说是，"
    "不是同一人，必有一个号码录错，请核对"
)
NOT_HIS_NUMBER = "“{}”的号码在系统中是“{}”的，这一行没有导入；既然是两名学生，必有一个号码录错，请更正再导入"
NOT_THAT_CHILD = "这一行的号码是“{}”的，不能当作“{}”，请核对这两名学生的号码"


@dataclass(frozen=True)
class Changed:
    """A known child about whom the file says something new.

    `student` is the record as it will be (where it belongs is the caller's to set from `row.class_name`), `known` as
    it is, `guardians` only those that change or are new, `add_groups`/`end_groups` the 对象类别 to begin and end,
    `fields` the same for the eye.
    """

    student_id: str
    name: str
    fields: dict[str, tuple[str, str]]
    row: RosterRow
    student: Student
    known: KnownChild
    guardians: tuple[GuardianUpdate, ...] = ()
    add_groups: tuple[str, ...] = ()
    end_groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class RosterDiff:
    """The preview of an import: rows of new children, changed, unchanged and vanished known ones, refused rows, pairs
    of other schools that are written as two, all pairs a person has to look at, and rows kept that deserve a look."""

    new: list[RosterRow] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: list[KnownChild] = field(default_factory=list)
    vanished: list[KnownChild] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)
    perhaps_same: list[PerhapsSame] = field(default_factory=list)
    alike: list[PerhapsSame] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def diff_roster(
    rows: Sequence[RosterRow],
    existing: Sequence[KnownChild],
    today: date,
    refused: Iterable[Problem] = (),
    *,
    partial: bool = False,
    known_only: bool = False,
    school_of: SchoolOf = lambda _row: "",
    said: Iterable[SameChildSaid] = (),
) -> RosterDiff:
    """Compare the rows of one file with the children on record.

    `today` names the classes in the preview; `refused` are the rows the reader refused, whose children are not called
    vanished, and from a `partial` file nobody has. A list that is `known_only` makes no new children. `said` is what a
    person said of the pairs in `alike`. The `rejected` of the answer are only those found here.
    """
    whole = not (partial or known_only)
    comparison = _Comparison(
        rows, existing, today, list(refused), partial=not whole, school_of=school_of, said=said
    )
    return comparison.result(known_only=known_only)


def merged_student(student: Student, row: RosterRow) -> Student:
    """`student` with every value the row knows; empty values of the row change nothing."""
    new = {name: value for name in STUDENT_FIELDS if (value := getattr(row, name)) not in {"", None}}
    return replace(student, **new)


class _Comparison:
    """One file against the children on record."""

    def __init__(
        self,
        rows: Sequence[RosterRow],
        existing: Sequence[KnownChild],
        today: date,
        refused: list[Problem],
        *,
        partial: bool,
        school_of: SchoolOf,
        said: Iterable[SameChildSaid],
    ) -> None:
        self._existing = existing
        self._today = today
        self._refused = {problem.name for problem in refused}
        self._refused_numbers = {problem.id_no for problem in refused if problem.id_no}
        self._partial = partial
        self._schools = [school_of(row) for row in rows]
        self._known_children = KnownChildren(existing)
        self._sayings = Sayings(said)
        found = [self._find(row, school) for row, school in zip(rows, self._schools, strict=True)]
        self._found = list(zip(rows, self._schools, found, strict=True))
        self._spoken = Spoken(rows, self._schools)
        self._out = RosterDiff()

    def _find(self, row: RosterRow, school: str) -> Match:
        """The child a row means, by a person's word first."""
        match = self._known_children.find(row, school)
        told = self._known_children.get(self._sayings.same_as(row))
        if told and told.school_id == school and not told.left and may_be_one(row, told):
            if match.sure and match.known and match.known.student.id != told.student.id:
                words = NOT_THAT_CHILD.format(match.known.student.name, told.student.name)
                return Match(refusal=words, rivals=(told,))
            return Match(told, sure=True, told=True, alike=match.alike)
        rivals = match.rivals or ((match.known,) if match.known and not match.sure else ())
        if rivals and all(self._sayings.of(row, one) is False for one in rivals):
            return Match(alike=match.alike)
        return match

    def result(self, *, known_only: bool = False) -> RosterDiff:
        """What importing the file would do."""
        self._find_moved()
        matched = [match for _, _, match in self._found if match.known]
        claims = Counter(match.known.student.id for match in matched if match.known)
        sure = Counter(match.known.student.id for match in matched if match.known and match.sure)
        for row, school, match in self._found:
            known = match.known
            if known and claims[known.student.id] > 1 and not (match.sure and sure[known.student.id] == 1):
                self._refuse(row, f"有几行都像系统中的学生“{known.student.name}”，请补上身份证件号以便区分")
            elif known_only and not known and not match.refusal:
                self._refuse(row, NOT_ON_THE_ROLL.format(row.name))
            else:
                self._place(row, school, match)
        self._out.alike.extend(self._pairs({*claims}))
        if not self._partial:
            held_back = self._refused | {problem.name for problem in self._out.rejected}
            self._out.vanished.extend(
                known
                for known in self._existing
                if known.student.id not in claims
                and self._spoken.of(known)
                and known.student.name not in held_back
                and known.student.id_no not in self._refused_numbers
            )
        return self._out

    def _find_moved(self) -> None:
        """Rows nobody was found for are children who changed class, where name and grade leave one child for one
        row."""
        taken = {match.known.student.id for _, _, match in self._found if match.known}
        loose: dict[tuple[str, str, str, int], list[int]] = defaultdict(list)
        for place, (row, school, match) in enumerate(self._found):
            if not match.known and not match.refusal:
                group = row.class_name
                loose[school, row.name, group.stage, group.entry_year].append(place)
        for (school, name, _, _), places in loose.items():
            for place, (match, warning) in self._moved(school, name, places, taken).items():
                row = self._found[place][0]
                self._found[place] = (row, school, match)
                if warning:
                    self._out.warnings.append(_problem(row, warning))

    def _moved(
        self, school: str, name: str, places: list[int], taken: set[str]
    ) -> dict[int, tuple[Match, str]]:
        """What the loose rows of one name in one grade of a school mean, by their place, with a word of warning."""
        candidates = {place: self._left_over(self._found[place][0], school, taken) for place in places}
        some = {known.student.id: known for found in candidates.values() for known in found}
        speaks = not self._partial and all(map(self._spoken.of, some.values()))
        if not some:
            return {}
        if not speaks:
            return {
                place: (
                    replace(self._found[place][2], alike=(*self._found[place][2].alike, *_namesakes(found))),
                    "",
                )
                for place, found in candidates.items()
            }
        if len(places) > 1 or len(some) > 1 or name in self._refused:
            return {
                place: (
                    Match(
                        refusal=f"系统中同年级有“{name}”，分不清这一行是不是换了班，请补上身份证件号",
                        rivals=tuple(found),
                    ),
                    "",
                )
                for place, found in candidates.items()
                if found
            }
        (known,) = some.values()
        old = _class_text(known.class_name, self._today)
        warning = f"没有证件号和出生日期，按同名认作从{old}换来的“{name}”，如是另一人请补上身份证件号"
        alike = self._found[places[0]][2].alike
        return {places[0]: (Match(known, alike=alike), warning)}

    def _left_over(self, row: RosterRow, school: str, taken: set[str]) -> list[KnownChild]:
        """Children of the row's name in its grade whom no row means so far."""
        return [
            known
            for known in self._known_children.namesakes(row, school)
            if known.class_name
            and same_grade(known.class_name, row.class_name)
            and known.class_name != row.class_name
            and known.student.id not in taken
            and self._sayings.of(row, known) is not False
        ]

    def _refuse(self, row: RosterRow, reason: str) -> None:
        self._out.rejected.append(_problem(row, reason))

    def _place(self, row: RosterRow, school: str, match: Match) -> None:
        known = match.known
        if match.refusal:
            self._refuse(row, match.refusal)
            return
        if known and known.left and known.school_id == school and not _begins_next_stage(known, row):
            self._refuse(row, left_reason(known))
            return
        if known and match.sure and not match.told and person_name(known.student.name) != row.name:
            self._ask_about_name(row, known)
        elif known is None:
            self._out.new.append(row)
        else:
            change = self._change(known, row, school)
            if change.fields:
                self._out.changed.append(change)
            else:
                self._out.unchanged.append(known)
        own = known.student.id if known else ""
        self._out.perhaps_same.extend(
            PerhapsSame(row, one.known, one.reason, own) for one in match.alike if one.known.student.id != own
        )

    def _ask_about_name(self, row: RosterRow, known: KnownChild) -> None:
        """改名？: another name on a number that is known. Nothing of the row is taken: it may be another child's."""
        self._out.unchanged.append(known)
        if self._sayings.of(row, known) is False:
            self._refuse(row, NOT_HIS_NUMBER.format(row.name, known.student.name))
        else:
            self._out.warnings.append(_problem(row, RENAMED.format(row.name, known.student.name)))

    def _pairs(self, claimed: set[str]) -> Iterator[PerhapsSame]:
        """Every row beside each child that it may mean without being taken for it, and those a person settled."""
        new = {id(row) for row in self._out.new}
        left_over = LeftOver(
            known for known in self._existing if known.student.id not in claimed and not known.left
        )
        elsewhere: dict[int, list[PerhapsSame]] = defaultdict(list)
        for pair in self._out.perhaps_same:
            elsewhere[id(pair.row)].append(pair)
        for row, school, match in self._found:
            beside = list(match.rivals)
            if match.known and (match.told or person_name(match.known.student.name) != row.name):
                beside.append(match.known)
            if id(row) in new:
                beside += left_over.alike(row, school)
            pairs = {one.student.id: PerhapsSame(row, one, common(row, one)) for one in beside}
            pairs |= {pair.known.student.id: pair for pair in elsewhere[id(row)]}
            for pair in pairs.values():
                yield replace(pair, said=self._sayings.of(row, pair.known))

    def _change(self, known: KnownChild, row: RosterRow, school: str) -> Changed:
        student = merged_student(known.student, row)
        guardians = guardian_updates(known.guardians, row.guardians)
        add = tuple(kind for kind in row.groups if kind not in known.groups)
        end = tuple(kind for kind in known.groups if kind in row.not_groups)
        fields = _student_fields(known.student, student)
        if known.school_id != school:
            fields["学校"] = (known.school, row.school_name)
        if known.class_name != row.class_name or known.school_id != school:
            fields["班级"] = (
                _class_text(known.class_name, self._today),
                _class_text(row.class_name, self._today),
            )
        fields.update(guardian_fields(known.guardians, guardians))
        if add or end:
            after = [kind for kind in (*known.groups, *add) if kind not in end]
            fields["对象类别"] = ("、".join(known.groups), "、".join(after))
        return Changed(known.student.id, student.name, fields, row, student, known, guardians, add, end)


def _namesakes(found: Iterable[KnownChild]) -> list[Alike]:
    return [Alike(known, "同年级同名，名册没有列出原来的班") for known in found]


def _begins_next_stage(known: KnownChild, row: RosterRow) -> bool:
    """Whether a child that left by 毕业 is listed in a class that began after: 七年级 of the same school."""
    return (
        known.left == GRADUATED
        and known.left_on is not None
        and row.class_name.entry_year >= known.left_on.year
    )


def _problem(row: RosterRow, reason: str) -> Problem:
    return Problem(row.sheet, row.row, row.cell, reason, row.name)


def _student_fields(old: Student, new: Student) -> dict[str, tuple[str, str]]:
    pairs = ((word, getattr(old, name), getattr(new, name)) for name, word in STUDENT_FIELDS.items())
    return {word: (_text(before), _text(after)) for word, before, after in pairs if before != after}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _class_text(name: ClassName | None, today: date) -> str:
    return class_name(name.stage, name.entry_year, name.number, today) if name else ""
