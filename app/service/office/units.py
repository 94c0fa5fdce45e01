"""Setting up a data folder: who we are, who is above us, and which county's rules hold."""

from app.domain.records import Unit
from app.domain.vocabulary import UNIT_LEVELS
from app.errors import UserError
from app.reference.rule_sets import load_rule_set
from app.service.office.desk import JSON, RULE_SET, RULES, UNIT, Desk

CODE_DIGITS = 10
MUNICIPAL = ("街道", "街道办事处")


def set_up_unit(
    desk: Desk,
    level: str,
    name: str,
    rules: str,
    *,
    code: str = "",
    county: str = "",
    township: str = "",
    short_mark: str = "",
) -> JSON:
    """Record the unit and the chain above it. `level` is school, township or county; `rules` the id of a rule set.

    Returns {unit, level, rules, warnings}. Raises UserError for an empty name or an unknown rule set.
    """
    refuse_nameless(name)
    refuse_wrong_code(code)
    chosen = load_rule_set(rules, RULES, desk.folder.rules)
    tx = desk.tx
    parent = ""
    for above, above_name in (("县", county), ("乡镇", township)):
        if above_name and above != UNIT_LEVELS[level]:
            record = Unit(id=tx.new_id(), level=above, name=above_name.strip(), parent_id=parent)
            tx.add(record)
            parent = record.id
    unit = Unit(
        id=tx.new_id(),
        level=UNIT_LEVELS[level],
        name=name.strip(),
        code=code.strip(),
        parent_id=parent,
        short_mark=short_mark,
    )
    tx.add(unit)
    for key, value in ((UNIT, unit.id), (RULE_SET, chosen.id)):
        tx.set_setting(key, value)
    warnings = (
        [] if chosen.in_force(desk.today) else [f"“{chosen.name}”今天不在有效期内，请核对县里现行文件。"]
    )
    return {"unit": unit.name, "level": level, "rules": chosen.id, "warnings": warnings}


def refuse_nameless(name: str) -> None:
    """Raise UserError for an empty name; asked before a data folder is made, so that none is left behind."""
    if not name.strip():
        raise UserError("单位名称是空的。请写出学校、乡镇或县的全称。")


def refuse_wrong_code(code: str) -> None:
    """Raise UserError for a 学校标识码 that is not ten digits; none at all is allowed. Its digits are not checked
    further: the rule behind them is not public (domain 3)."""
    plain = code.strip()
    if plain and not (len(plain) == CODE_DIGITS and plain.isascii() and plain.isdigit()):
        raise UserError(f"学校标识码“{plain}”不对，应是10位数字。请核对，没有可以不填。")


def unit_above(desk: Desk, level: str) -> Unit | None:
    """The unit of `level` at or above this one."""
    unit: Unit | None = desk.unit
    while unit and unit.level != level:
        unit = desk.tx.get(Unit, unit.parent_id) if unit.parent_id else None
    return unit


def school_named(desk: Desk, name: str) -> Unit:
    """The school called `name` below this township or county, made if it is new; a school knows only itself."""
    if not name or name == desk.unit.name:
        return desk.unit
    if desk.unit.level == "学校":
        raise UserError(f"“{name}”不是本校（{desk.unit.name}）。学校只登记本校学生，请核对学校名称。")
    known = desk.tx.find(Unit, "level = '学校' AND name = ?", [name])
    if known:
        return known[0]
    school = Unit(id=desk.tx.new_id(), level="学校", name=name, parent_id=desk.unit.id)
    desk.tx.add(school)
    return school


def is_street_office(name: str) -> bool:
    """Whether a unit is a 街道, which 义务教育法 第五十八条 does not name as an issuing organ (domain 0.3)."""
    return name.endswith(MUNICIPAL)
