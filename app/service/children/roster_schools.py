"""Which school each row of a roster belongs to: a school's own file, a file of many schools, or one a person was asked
about."""

from dataclasses import dataclass, field, replace

from app.domain.records import Unit
from app.domain.units import COUNTY, TOWNSHIP
from app.domain.units import SCHOOL as SCHOOL_LEVEL
from app.errors import UserError
from app.roster.fields import SCHOOL
from app.roster.model import Problem, RosterFile, RosterRow
from app.roster.rows import same_school
from app.roster.schools import KnownSchool, NamedSchool, Schools
from app.service.children.roster_answers import SchoolQuestion
from app.service.office.desk import Desk
from app.service.office.units import CODE_DIGITS, TEACHING, new_school, unit_above


class SchoolNeeded(UserError):
    """A roster does not say which school it is of, and its title does not name one that is known."""

    def __init__(self, question: SchoolQuestion) -> None:
        guess = f"标题里的“{question.guess}”不是已登记的学校" if question.guess else "标题里也没有校名"
        known = f"（已登记：{'、'.join(question.known[:10])}）" if question.known else ""
        super().__init__(
            f"这份名册没有“学校”一栏，{guess}。请指明是哪所学校的名册，命令行用 --school 校名{known}。"
        )
        self.question = question


@dataclass(frozen=True)
class Placement:
    """The rows that have a school, in the order of the file, and the id of each one's school; an id of `new` stands
    for a school that is made when it is imported. `refused` are rows that could not be given to one, `codes` the
    标识码 of schools that had none."""

    rows: list[RosterRow] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    new: dict[str, NamedSchool] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)
    question: SchoolQuestion | None = None
    _of: dict[tuple[str, int], str] = field(default_factory=dict)

    def school_of(self, row: RosterRow) -> str:
        """The id of the row's school."""
        return self._of[row.sheet, row.row]

    def put(self, row: RosterRow, school_id: str) -> None:
        """Give a row to a school."""
        self.rows.append(row)
        self._of[row.sheet, row.row] = school_id

    def refuse(self, row: RosterRow, reason: str) -> None:
        """Leave a row out, saying why."""
        self.refused.append(Problem(row.sheet, row.row, row.cell, reason, row.name))


def place_rows(desk: Desk, roster: RosterFile, chosen: str = "") -> Placement:
    """Give every row its school. `chosen` is the id or name of the school a person named for the file; its rows of
    other schools are refused. Raises SchoolNeeded where nobody has and the file does not say it, UserError for a wrong
    one."""
    if desk.unit.level == SCHOOL_LEVEL:
        return _own_rows(desk.unit, desk.units.stand_in(desk.unit.id), roster, chosen)
    return _Placing(desk, roster, chosen).placement()


def _own_rows(own: Unit, own_id: str, roster: RosterFile, chosen: str) -> Placement:
    """A school's file: its reader has already turned away other schools' rows."""
    if chosen and chosen not in {own.id, own_id} and not same_school(chosen, own.name):
        raise UserError(f"这里是“{own.name}”自己的数据，不能导入“{chosen}”的名册。请由该校导入。")
    placement = Placement(names={own_id: ""})  # in a school its own name goes without saying
    for row in roster.rows:
        placement.put(row, own_id)
    return placement


def known_schools(desk: Desk) -> list[KnownSchool]:
    """The schools there are, each once, with the township it lies in as far as it is known."""
    units = desk.units
    found = {units.stand_in(one.id): one for one in desk.tx.find(Unit, level=TEACHING)}
    places = {school_id: units.above(one.id, TOWNSHIP) for school_id, one in found.items()}
    return [
        KnownSchool(school_id, one.name, one.code, place.name if (place := places[school_id]) else "")
        for school_id, one in found.items()
    ]


class _Placing:
    """The rows of one file given to the schools below a township or a county."""

    def __init__(self, desk: Desk, roster: RosterFile, chosen: str) -> None:
        self._desk = desk
        self._roster = roster
        known = known_schools(desk)
        county, township = unit_above(desk, COUNTY), unit_above(desk, TOWNSHIP)
        self._schools = Schools(
            known, township=township.name if township else "", county=county.name if county else ""
        )
        self._uncoded = {one.id for one in known if not one.code}
        self._out = Placement(names={one.id: one.name for one in known})
        self._met: dict[NamedSchool, tuple[str, str]] = {}
        self._wrong_codes: set[str] = set()
        self._chosen = self._chosen_school(chosen)

    def placement(self) -> Placement:
        """Every row at its school."""
        question = self._question()
        for row in self._roster.rows:
            self._place(row)
        return replace(self._out, question=question)

    def _chosen_school(self, chosen: str) -> str:
        """The id of the school a person named, by id or name; empty if nobody did."""
        if not chosen.strip():
            return ""
        if chosen in self._out.names:
            return chosen
        school_id, refusal = self._school(NamedSchool(chosen.strip()))
        if refusal:
            raise UserError(f"{refusal}。")
        return school_id

    def _question(self) -> SchoolQuestion | None:
        """What to ask about the file; None where its columns name every school, or its sheets several."""
        guesses = list(dict.fromkeys(self._roster.school_guesses))
        if not guesses:
            return None
        known = tuple(sorted(self._out.names.values()))
        guess = next(filter(None, guesses), "")
        if self._chosen:
            return SchoolQuestion(guess, known, self._out.names[self._chosen])
        found = [self._schools.find(NamedSchool(one)).id if one else "" for one in guesses]
        if not all(found):
            raise SchoolNeeded(SchoolQuestion(guess, known, ""))
        return SchoolQuestion(guess, known, self._out.names[found[0]]) if len(set(found)) == 1 else None

    def _place(self, row: RosterRow) -> None:
        if self._chosen and (row.school_guessed or not row.school_name):
            self._out.put(row, self._chosen)
        elif not row.school_name:
            self._out.refuse(row, f"没有{SCHOOL}，请补上，如“石桥小学”")
        else:
            school_id, refusal = self._school(self._named(row))
            if refusal:
                self._out.refuse(row, refusal)
            elif self._chosen and school_id != self._chosen:
                own = self._out.names[self._chosen]
                self._out.refuse(row, f"学校是“{row.school_name}”，不是所选的“{own}”，请由该校的名册导入")
            else:
                self._out.put(row, school_id)

    def _named(self, row: RosterRow) -> NamedSchool:
        """The school as the row names it; a 标识码 that is none is left out and told once."""
        code = row.school_code
        if code and not _is_code(code):
            if code not in self._wrong_codes:
                reason = f"学校标识码“{code}”应是{CODE_DIGITS}位数字，没有采用"
                self._out.warnings.append(Problem(row.sheet, row.row, row.cell, reason, row.name))
            self._wrong_codes.add(code)
            code = ""
        return NamedSchool(row.school_name, code, row.township)

    def _school(self, named: NamedSchool) -> tuple[str, str]:
        """The id of the school meant, made up for a new one, or why it cannot be told."""
        if named not in self._met:
            match = self._schools.find(named)
            school_id = match.id or ("" if match.refusal else self._new(named))
            if named.code and school_id in self._uncoded:
                self._out.codes.setdefault(school_id, named.code)
            self._met[named] = school_id, match.refusal
        return self._met[named]

    def _new(self, named: NamedSchool) -> str:
        school_id = f"new:{len(self._out.new)}"
        self._out.new[school_id] = named
        self._out.names[school_id] = named.name
        self._schools.add(KnownSchool(school_id, named.name, named.code, named.township))
        if not named.code:
            self._uncoded.add(school_id)
        return school_id


def make_schools(desk: Desk, placement: Placement) -> dict[str, str]:
    """Make the schools nobody had named before, and give known ones the 标识码 they are named with for the first time.
    Returns the id that stood for each new one → the id of its unit."""
    for school_id, code in placement.codes.items():
        if school_id not in placement.new:
            desk.tx.change(Unit, school_id, code=code)
    return {
        stand_in: new_school(
            desk, named.name, named.code or placement.codes.get(stand_in, ""), named.township
        ).id
        for stand_in, named in placement.new.items()
    }


def _is_code(text: str) -> bool:
    return len(text) == CODE_DIGITS and text.isascii() and text.isdigit()
