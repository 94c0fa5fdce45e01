"""Who we are, who is above us, and the schools below: setting a data folder up, and telling schools apart."""

from dataclasses import dataclass

from app.domain.records import Unit
from app.domain.typed_text import refuse_odd_text
from app.domain.units import CENTRAL_SCHOOL, COUNTY, SCHOOL, TOWNSHIP, levels_above
from app.domain.vocabulary import UNIT_LEVELS
from app.errors import UserError
from app.reference.rule_sets import load_rule_set
from app.service.office.desk import RULE_SET, RULES, UNIT, Desk, plural_choice
from app.service.office.known_days import unit_tree

CODE_DIGITS = 10
MUNICIPAL = ("街道", "街道办事处")
TEACHING = (SCHOOL, CENTRAL_SCHOOL)
"""The levels whose units have pupils of their own: a 中心学校 is itself a school."""


BUREAU = "paper.教育行政部门"
"""The setting that keeps the full name of the county's 教育行政部门 for papers."""


@dataclass(frozen=True, kw_only=True)
class UnitEntry:
    """What a person types of the office at the first start. `level` is a key of UNIT_LEVELS, `rules` the id of a
    rule set. Whoever is above is named as text, as far as there is one; their own data come with a unit card.
    `short_mark` stands before its numbers, `bureau` is the full name of the county's 教育行政部门, for papers."""

    level: str
    name: str
    rules: str
    code: str = ""
    county: str = ""
    township: str = ""
    central_school: str = ""
    short_mark: str = ""
    bureau: str = ""

    def named_above(self) -> dict[str, str]:
        """Level → name of each office named above this one, the highest first."""
        named = {COUNTY: self.county, TOWNSHIP: self.township, CENTRAL_SCHOOL: self.central_school}
        return {
            level: named[level].strip()
            for level in levels_above(UNIT_LEVELS[self.level])
            if named[level].strip()
        }


@dataclass(frozen=True)
class SetUp:
    """What was set up: the name of the unit, its level as it was given, the rule set and what to check about it."""

    unit: str
    level: str
    rules: str
    warnings: tuple[str, ...]


def set_up_unit(desk: Desk, entry: UnitEntry) -> SetUp:
    """Record the unit and the chain above it. Raises UserError for an empty name or an unknown rule set."""
    refuse_nameless(entry.name)
    refuse_wrong_code(entry.code)
    chosen = load_rule_set(entry.rules, RULES, desk.folder.rules)
    parent = ""
    for level, name in entry.named_above().items():
        parent = _add(desk, Unit(id=desk.tx.new_id(), level=level, name=name, parent_id=parent))
    unit = Unit(
        id=desk.tx.new_id(),
        level=UNIT_LEVELS[entry.level],
        name=entry.name.strip(),
        code=entry.code.strip(),
        parent_id=parent,
        short_mark=entry.short_mark.strip(),
    )
    _add(desk, unit)
    for key, value in ((UNIT, unit.id), (RULE_SET, chosen.id)):
        desk.tx.set_setting(key, value)
    if entry.bureau.strip():
        desk.tx.set_setting(BUREAU, entry.bureau.strip())
    out = () if chosen.in_force(desk.today) else (f"“{chosen.name}”今天不在有效期内，请核对县里现行文件。",)
    return SetUp(unit.name, entry.level, chosen.id, out)


def refuse_nameless(name: str) -> None:
    """Raise UserError for an empty name; asked before a data folder is made, so that none is left behind."""
    if not name.strip():
        raise UserError("单位名称是空的。请写出学校、乡镇或县的全称。")
    refuse_odd_text("单位名称", name)


def refuse_wrong_code(code: str) -> None:
    """Raise UserError for a 学校标识码 that is not ten digits; none at all is allowed. Its digits are not checked
    further: the rule behind them is not public (domain 3)."""
    plain = code.strip()
    if plain and not (len(plain) == CODE_DIGITS and plain.isascii() and plain.isdigit()):
        raise UserError(f"学校标识码“{plain}”不对，应是10位数字。请核对，没有可以不填。")


def unit_above(desk: Desk, level: str) -> Unit | None:
    """The unit of `level` at or above this one; offices that are known under two ids count as one."""
    return desk.units.above(desk.unit.id, level)


def name_unit_above(desk: Desk, level: str, name: str) -> None:
    """Rename the office of `level` above this one, or put a new one into its place in the chain."""
    chain = unit_tree(desk.tx).chain(desk.unit.id)  # anew: an office may have been put in a moment ago
    if known := next((one for one in chain if one.level == level), None):
        desk.tx.change(Unit, known.id, name=name)
        return
    higher = levels_above(level)
    below = [one for one in chain if one.level not in higher][-1]
    made = Unit(id=desk.tx.new_id(), level=level, name=name, parent_id=below.parent_id)
    desk.tx.add(made)
    desk.tx.change(Unit, below.id, parent_id=made.id)


def school_named(desk: Desk, name: str, code: str = "", township: str = "") -> Unit:
    """The school called `name` here or below this office, made if it is new; a school knows only itself.

    Two schools of one name are told apart by their 学校标识码, else by their township. A school that was known
    without a code takes the one it is named with. Raises UserError naming the candidates where `name` fits several,
    and at a school for another one than itself.
    """
    name, code, township = name.strip(), code.strip(), township.strip()
    refuse_wrong_code(code)
    if not name or (name == desk.unit.name and _fits_code(desk.unit, code)):
        return desk.unit
    if desk.unit.level == SCHOOL:
        raise UserError(f"“{name}”不是本校（{_told(desk.unit)}）。学校只登记本校学生，请核对学校名称。")
    found = _schools_that_fit(desk, name, code, township)
    if len(found) > 1:
        units = unit_tree(desk.tx)
        choices = "、".join(_told(one, units.above(one.id, TOWNSHIP)) for one in found)
        raise UserError(f"有{len(found)}所学校都叫“{name}”：{choices}。请写上学校标识码，或者所在乡镇。")
    if not found:
        return new_school(desk, name, code, township)
    (school,) = found
    if code and not school.code:
        desk.tx.change(Unit, school.id, code=code)
    return school


def known_school(desk: Desk, text: str) -> Unit:
    """The school of that name or id here or below this office, our own for ''; none is made.

    Raises UserError naming the schools there are.
    """
    text = text.strip()
    own = [desk.unit] if desk.unit.level in TEACHING else []
    if not text and own:
        return desk.unit
    schools = [one for one in desk.tx.find(Unit, level=TEACHING) if desk.units.stand_in(one.id) == one.id]
    found = [one for one in schools if text in {one.id, one.name}]
    if len(found) == 1:
        return found[0]
    if found:
        raise plural_choice(f"有{len(found)}所学校都叫“{text}”", [f"{_told(one)} {one.id}" for one in found])
    names = "、".join(_told(one) for one in schools) or "还没有学校"
    raise UserError(f"没有写明是哪所学校，或者没有“{text}”。现有学校：{names}。请核对校名。")


def _schools_that_fit(desk: Desk, name: str, code: str, township: str) -> list[Unit]:
    """The schools that may be meant, one that has that very code before all others."""
    named = desk.tx.find(Unit, level=TEACHING, name=name)
    once = list({desk.units.stand_in(one.id): one for one in reversed(named)}.values())[::-1]
    if same := [one for one in once if code and one.code == code]:
        return same
    placed = [one for one in once if _fits_code(one, code)]
    if not township or desk.unit.level != COUNTY:
        return placed
    units = unit_tree(desk.tx)
    return [one for one in placed if (above := units.above(one.id, TOWNSHIP)) and above.name == township]


def _fits_code(unit: Unit, code: str) -> bool:
    return not code or not unit.code or unit.code == code


def new_school(desk: Desk, name: str, code: str, township: str) -> Unit:
    """A school below this office; in a county below the township it is named with, made if that is new, too."""
    parent = desk.unit.id
    if township and desk.unit.level == COUNTY:
        known = desk.tx.find(Unit, level=TOWNSHIP, name=township)
        new = Unit(id=desk.tx.new_id(), level=TOWNSHIP, name=township, parent_id=desk.unit.id)
        parent = known[0].id if known else _add(desk, new)
    school = Unit(id=desk.tx.new_id(), level=SCHOOL, name=name, code=code, parent_id=parent)
    _add(desk, school)
    return school


def _told(unit: Unit, township: Unit | None = None) -> str:
    """A school as it is told from its namesakes: 柳河镇中心小学（2135000001）."""
    where = township.name if township and not unit.name.startswith(township.name) else ""
    return f"{where}{unit.name}" + (f"（{unit.code}）" if unit.code else "")


def _add(desk: Desk, unit: Unit) -> str:
    desk.tx.add(unit)
    return unit.id


def is_street_office(name: str) -> bool:
    """Whether a unit is a 街道, which 义务教育法 第五十八条 does not name as an issuing organ (domain 0.3)."""
    return name.endswith(MUNICIPAL)
