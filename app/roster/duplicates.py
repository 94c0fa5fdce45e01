"""The same child twice in one file."""

from app.roster.model import RosterRow

_SAID = ("name", "class_name", "gender", "birth", "id_no", "edu_no")


class RowsSeen:
    """The children of a file so far, to find a second row about one of them."""

    def __init__(self) -> None:
        self._first: dict[tuple[object, ...], RosterRow] = {}

    def twin(self, row: RosterRow) -> tuple[RosterRow, str] | None:
        """The earlier row about the same child and the column that shows it, or None.

        The same 身份证件号, the same 学籍号, or the same name, birth and class — unless both rows have numbers
        and those differ, for then they are two children of one name.
        """
        for column, key in _keys(row):
            earlier = self._first.get(key)
            if earlier and not (column == "姓名" and _are_two(row, earlier)):
                return earlier, column
        return None

    def add(self, row: RosterRow) -> None:
        """Remember `row`; the first row about a child stays the one named."""
        for _, key in _keys(row):
            self._first.setdefault(key, row)


def duplicate_reason(row: RosterRow, earlier: RosterRow, column: str) -> str:
    """The sentence for a row that repeats `earlier`, seen by `column`."""
    place = _place(earlier, row)
    if column == "姓名":
        return f"与{place}重复(姓名、出生日期、班级相同)，如是两个学生请补上身份证件号，否则删去一行"
    if not contradicts(row, earlier, column):
        return f"与{place}重复({column}相同)，请删去一行"
    if row.name == earlier.name:
        return f"{column}与{place}相同，两行写得不同，请核对后删去一行"
    return f"{column}与{place}“{earlier.name}”相同，必有一个录错，请核对"


def contradicts(row: RosterRow, earlier: RosterRow, column: str) -> bool:
    """Whether both rows are refused: one number, and nobody knows whose it is. A row that only says the same again,
    or leaves out what the other says, does not harm the earlier one."""
    return column != "姓名" and any(
        mine and yours and mine != yours
        for name in _SAID
        for mine, yours in [(getattr(row, name), getattr(earlier, name))]
    )


def _place(one: RosterRow, seen_from: RosterRow) -> str:
    return f"第 {one.row} 行" if one.sheet == seen_from.sheet else f"工作表“{one.sheet}”第 {one.row} 行"


def _keys(row: RosterRow) -> list[tuple[str, tuple[object, ...]]]:
    keys: list[tuple[str, tuple[object, ...]]] = [("姓名", ("name", row.name, row.birth, row.class_name))]
    if row.edu_no:
        keys.insert(0, ("学籍号", ("edu_no", row.edu_no)))
    if row.id_no:
        keys.insert(0, ("身份证件号", ("id_no", row.id_no)))
    return keys


def _are_two(row: RosterRow, other: RosterRow) -> bool:
    return bool(row.id_no and other.id_no) or bool(
        row.edu_no and other.edu_no and not (row.id_no or other.id_no)
    )
