"""Units as people call them where several are in sight, and telling which one a person typed."""

from collections import Counter
from collections.abc import Collection

from app.domain.records import Unit
from app.domain.units import SCHOOL
from app.service.office.desk import Desk
from app.service.office.units import unit_above


def near_name(name: str, county: Unit | None) -> str:
    """A unit as its own county calls it: a column has no room for what every name begins with."""
    return (name.removeprefix(county.name) if county else "") or name


def unit_names(desk: Desk, ids: Collection[str]) -> dict[str, str]:
    """Unit id → what it is called beside the others: two 中心小学 get the unit above them before their names, and what
    is still alike its id."""
    county = unit_above(desk, "县")
    units = [desk.tx.get(Unit, one) for one in ids]
    names = {one.id: near_name(one.name, county) for one in units}
    names = {one.id: _under_its_parent(desk, one, names) for one in units}
    often = Counter(names.values())
    return {id_: f"{name}（{id_}）" if often[name] > 1 else name for id_, name in names.items()}


def names_in_sight(desk: Desk, ids: Collection[str]) -> dict[str, str]:
    """What `unit_names` gives; all empty where there is but one unit, and its numbers need no name beside them."""
    return unit_names(desk, ids) if len(ids) > 1 else dict.fromkeys(ids, "")


def school_beside(desk: Desk, school_id: str) -> str:
    """A school as its own county calls it; '' in the school itself and for none."""
    if desk.unit.level == SCHOOL or not school_id:
        return ""
    return near_name(desk.tx.get(Unit, school_id).name, unit_above(desk, "县"))


def is_meant(typed: str, unit: Unit, shown: str, county: Unit | None) -> bool:
    """Whether a person who typed `typed` means `unit`: its name, with or without the county's, or as it was shown."""
    named = {squeezed(near_name(unit.name, county)), squeezed(shown)}
    return squeezed(near_name(typed, county)) in named or squeezed(typed) in named


def squeezed(text: str) -> str:
    """`text` without blanks."""
    return "".join(text.split())


def _under_its_parent(desk: Desk, unit: Unit, names: dict[str, str]) -> str:
    name = names[unit.id]
    if not unit.parent_id or list(names.values()).count(name) == 1:
        return name
    return f"{desk.tx.get(Unit, unit.parent_id).name}{name}"
