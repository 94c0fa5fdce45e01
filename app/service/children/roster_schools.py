"""Which school each row of a roster belongs to: a school's own file, a file of many schools, or one a person was asked
about."""

from dataclasses import dataclass, field, replace

from app.domain.records import Unit
from app.errors import UserError
from app.roster.fields import SCHOOL
from app.roster.model import Problem, RosterFile, RosterRow
from app.roster.rows import same_school
from app.roster.schools import KnownSchool, NamedSchool, Schools
from app.service.children.roster_answers import SchoolQuestion
from app.service.office.desk import Desk
from app.service.office.units import unit_above

SCHOOL_LEVEL, TOWNSHIP_LEVEL = "学校", "乡镇"


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
    for a school that is made when it is imported. `refused` are rows that could not be given to one."""

    rows: list[RosterRow] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    new: dict[str, NamedSchool] = field(default_factory=dict)
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
        return _own_rows(desk.unit, roster, chosen)
    return _Placing(desk, roster, chosen).placement()


def _own_rows(own: Unit, roster: RosterFile, chosen: str) -> Placement:
    """A school's file: its reader has already turned away other schools' rows."""
    if chosen and chosen != own.id and not same_school(chosen, own.name):
        raise UserError(f"这里是“{own.name}”自己的数据，不能导入“{chosen}”的名册。请由该校导入。")
    placement = Placement(names={own.id: ""})  # in a school its own name goes without saying
    for row in roster.rows:
        placement.put(row, own.id)
    return placement


class _Placing:
    """The rows of one file given to the schools below a township or a county."""

    def __init__(self, desk: Desk, roster: RosterFile, chosen: str) -> None:
        self._desk = desk
        self._roster = roster
        units = {one.id: one for one in desk.tx.find(Unit)}
        known = [_known_school(one, units) for one in units.values() if one.level == SCHOOL_LEVEL]
        county = unit_above(desk, "县")
        own_township = "" if desk.unit.level == "县" else desk.unit.name
        self._schools = Schools(known, township=own_township, county=county.name if county else "")
        self._out = Placement(names={one.id: one.name for one in known})
        self._met: dict[NamedSchool, tuple[str, str]] = {}
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
            school_id, refusal = self._school(NamedSchool(row.school_name, row.school_code, row.township))
            if refusal:
                self._out.refuse(row, refusal)
            elif self._chosen and school_id != self._chosen:
                own = self._out.names[self._chosen]
                self._out.refuse(row, f"学校是“{row.school_name}”，不是所选的“{own}”，请由该校的名册导入")
            else:
                self._out.put(row, school_id)

    def _school(self, named: NamedSchool) -> tuple[str, str]:
        """The id of the school meant, made up for a new one, or why it cannot be told."""
        if named not in self._met:
            match = self._schools.find(named)
            self._met[named] = match.id or ("" if match.refusal else self._new(named)), match.refusal
        return self._met[named]

    def _new(self, named: NamedSchool) -> str:
        school_id = f"new:{len(self._out.new)}"
        self._out.new[school_id] = named
        self._out.names[school_id] = named.name
        self._schools.add(KnownSchool(school_id, named.name, named.code, named.township))
        return school_id


def _known_school(unit: Unit, units: dict[str, Unit]) -> KnownSchool:
    """A school with the township it lies in, by the units above it."""
    above = units.get(unit.parent_id)
    while above and above.level not in {TOWNSHIP_LEVEL, "县"}:
        above = units.get(above.parent_id)
    township = above.name if above and above.level == TOWNSHIP_LEVEL else ""
    return KnownSchool(unit.id, unit.name, unit.code, township)


def make_schools(desk: Desk, placement: Placement) -> dict[str, str]:
    """Make the schools nobody had named before: the id that stood for each → the id of its unit."""
    made: dict[str, str] = {}
    for stand_in, named in placement.new.items():
        parent = _township(desk, named.township)
        unit = Unit(
            id=desk.tx.new_id(),
            level=SCHOOL_LEVEL,
            name=named.name,
            code=named.code,
            parent_id=parent,
        )
        desk.tx.add(unit)
        made[stand_in] = unit.id
    return made


def _township(desk: Desk, name: str) -> str:
    """The id of the township a new school lies in, made if it is new; without one, of this office."""
    if not name or desk.unit.level == TOWNSHIP_LEVEL:
        return desk.unit.id
    known = desk.tx.find(Unit, level=TOWNSHIP_LEVEL, name=name)
    if known:
        return known[0].id
    unit = Unit(id=desk.tx.new_id(), level=TOWNSHIP_LEVEL, name=name, parent_id=desk.unit.id)
    desk.tx.add(unit)
    return unit.id
