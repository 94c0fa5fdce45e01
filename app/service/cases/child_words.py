"""How rows name the children they are about: name, class today, school; of many children read in one go."""

from collections.abc import Collection

from app.domain.records import ClassGroup, Unit
from app.service.office.classes import class_names
from app.service.office.desk import Desk
from app.service.office.unit_names import near_name
from app.service.office.units import unit_above
from app.store.queries.children import NOWHERE, last_places, names_of


class ChildWords:
    """The words for the children of those ids, as of the desk's day."""

    def __init__(self, desk: Desk, student_ids: Collection[str]) -> None:
        find = desk.tx.find
        self._own_school = desk.unit.level == "学校"
        self._county = unit_above(desk, "县")
        self._names = names_of(desk.tx, student_ids)
        self._places = last_places(desk.tx, desk.today, student_ids)
        classes = {place.class_id for place in self._places.values()}
        self._classes = class_names(desk, find(ClassGroup, id=tuple(classes), withdrawn=True))
        self._units = {one.id: one.name for one in find(Unit, withdrawn=True)}

    def name(self, student_id: str) -> str:
        """The child's name."""
        return self._names[student_id]

    def class_name(self, student_id: str) -> str:
        """The class of today; '' for a child without one."""
        return self._classes.get(self._places.get(student_id, NOWHERE).class_id, "")

    def school(self, student_id: str, otherwise: str = "") -> str:
        """The school a child goes to, or went to last, as its own county calls it; for a child without one the unit
        of the id `otherwise`."""
        unit_id = self._places.get(student_id, NOWHERE).school_id or otherwise
        return near_name(self._units.get(unit_id, ""), self._county)

    def school_of_unit(self, unit_id: str) -> str:
        """A school as its own county calls it, where several are in sight; '' in the school itself."""
        return "" if self._own_school else near_name(self._units.get(unit_id, ""), self._county)

    def school_beside(self, student_id: str) -> str:
        """The school where several are in sight; '' in the school itself, where every child is of one."""
        return "" if self._own_school else self.school(student_id)
