"""The table of children: its columns, and which rows fit what was typed and chosen."""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from app.service.screens.students import ChildWhole
from app.service.screens.students_rows import ABSENT, CASE, ON_LEAVE, STATES, VANISHED, ChildRow
from ui.models.rows import Column

ChildState = ChildRow | ChildWhole

LOOKS = {ABSENT: ("■", "overdue"), CASE: ("●", "today"), ON_LEAVE: ("○", "week"), VANISHED: ("◇", "quiet")}
"""State → its shape and colour; the word is always beside them."""

GIVE_WAY = ("身份证件号", "村", "出生日期", "联系电话", "监护人", "对象类别", "性别", "学校", "班级")
"""Headings that give way where the state would not be in sight, the first one first."""
PLACES = frozenset({"学校", "班级"})
"""Headings that give way to nothing but the state: without them namesakes are not told apart."""
BESIDE = frozenset(GIVE_WAY) - PLACES
"""Headings left out when one child is shown beside the table: they are said there."""
STATE_LEAST = 11  # characters: ■ 连续旷课5天，个案 can be read
NAME_LEAST, NAME_MOST = 6, 14  # characters: 阿卜杜热合曼·买买提艾力 can be read
NAME_BLANK = 0.5  # characters of blank a name needs beyond the margin not to be cut
MARGIN = 1.5  # characters of blank in every column


def state_words(row: ChildState) -> str:
    """The state of a row with its shape."""
    shape = LOOKS.get(row.states[0], ("", ""))[0]
    return f"{shape} {row.state}".strip()


def state_tint(row: ChildState) -> str:
    """The colour of the most pressing state."""
    return LOOKS.get(row.states[0], ("", "ink"))[1]


def _urgency(row: ChildRow) -> tuple[int, str]:
    states = row.states
    return (STATES.index(states[0]) if states[0] in STATES else len(STATES)), row.state


COLUMNS = (
    Column("姓名", lambda row: str(row.name), lambda row: row.spelled, width=NAME_LEAST),
    Column("班级", lambda row: str(row.class_name), lambda row: (row.place, row.spelled), width=7),
    Column("性别", lambda row: str(row.gender), width=3),
    Column("出生日期", lambda row: str(row.birth or ""), width=6),
    Column("村", lambda row: str(row.village), width=6),
    Column("对象类别", lambda row: "、".join(row.groups), width=6),
    Column("监护人", lambda row: str(row.guardian), width=5),
    Column("联系电话", lambda row: str(row.phone), lambda row: row.numbers, width=7),
    Column("身份证件号", lambda row: str(row.id_no), width=11),
    Column("状态", state_words, _urgency, width=0, tint=state_tint, spoken=lambda row: str(row.state)),
)

SCHOOL = Column(
    "学校", lambda row: str(row.school), lambda row: (row.school, row.place, row.spelled), width=8
)


def columns_of(level: str) -> tuple[Column, ...]:
    """The columns of a unit of that `level`; those above the schools say which school a child is of."""
    return COLUMNS if level == "学校" else (COLUMNS[0], SCHOOL, *COLUMNS[1:])


def hidden_headings(
    columns: Sequence[Column], room: float, *, beside: bool, longest: float = NAME_LEAST
) -> set[str]:
    """The headings to leave out of a table that is `room` characters wide, with a child `beside` it or not.

    The `longest` name, in characters, is shown whole as long as its school and class have room, too.
    """
    wider = min(max(longest, NAME_LEAST), NAME_MOST) - NAME_LEAST
    hidden = set(BESIDE) if beside else set()
    for heading in GIVE_WAY:
        if (0 if heading in PLACES else wider) <= _spare(columns, room, hidden):
            break
        hidden.add(heading)
    return hidden


def name_width(columns: Sequence[Column], room: float, hidden: Collection[str], longest: float) -> float:
    """How many characters wide the names may be beside what is not `hidden`: no more than the `longest` needs."""
    spare = max(_spare(columns, room, hidden), 0)
    return min(max(longest, NAME_LEAST), NAME_MOST, NAME_LEAST + spare)


def _spare(columns: Sequence[Column], room: float, hidden: Collection[str]) -> float:
    """Characters left over when the state has its least and the other columns their width."""
    widths = [one.width + MARGIN for one in columns if one.width and one.heading not in hidden]
    return room - STATE_LEAST - sum(widths)


def next_column(shown: Sequence[int], now: int) -> int:
    """The column to sort by after `now` among those in sight; −1, the order of classes, after the last one."""
    return next((place for place in shown if place > now), -1)


@dataclass(frozen=True)
class ChildrenWanted:
    """What was typed and chosen; empty texts want everything."""

    text: str = ""
    class_name: str = ""
    village: str = ""
    group: str = ""
    state: str = ""
    school: str = ""

    @property
    def words(self) -> str:
        """What was chosen, as the title of a list begins: 五年级2班脱贫户."""
        return "".join((self.school, self.class_name, self.village, self.group, self.state))

    def test(self) -> Callable[[ChildRow], bool] | None:
        """A test for one row, or None where everything is wanted."""
        tests = [*self._choices()]
        tests += [_typed(word) for word in unicodedata.normalize("NFKC", self.text).lower().split()]
        if not tests:
            return None
        return lambda row: all(test(row) for test in tests)

    def _choices(self) -> Iterable[Callable[[ChildRow], bool]]:
        if self.class_name:
            yield lambda row: row.class_name == self.class_name
        if self.village:
            yield lambda row: row.village == self.village
        if self.group:
            yield lambda row: self.group in row.groups
        if self.state:
            yield lambda row: self.state in row.states
        if self.school:
            yield lambda row: row.school == self.school


def _typed(text: str) -> Callable[[ChildRow], bool]:
    """One word: letters are pinyin initials or pinyin from any syllable on, digits part of a number, anything else
    part of the child's or guardian's name, of the class or of the school."""
    if text.isascii() and text.isalpha():
        return lambda row: (
            any(text in one for one in row.letters)
            or any(one.startswith(text) for one in row.syllables)
            or text in row.name.lower()
        )
    if text.isascii():
        number = text.upper()
        return lambda row: number in row.numbers
    return lambda row: any(text in one for one in (row.name, row.guardian, row.class_name, row.school))
