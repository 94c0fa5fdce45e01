"""同一人？: the children that may be one, two of them side by side, and the records a child is made of."""

from dataclasses import dataclass

from app.domain.identity import mask_id
from app.domain.records import Student
from app.service.children.students import guardians
from app.service.office.desk import Desk
from app.service.screens.stays import stays_of
from app.store.queries.rosters import AlikePair, alike_pairs
from app.store.queries.same_child import Joined, whole_child

NUMBERS = frozenset({"身份证件号", "学籍号"})


@dataclass(frozen=True)
class Record:
    """One of the records that are a child, in words."""

    id: str
    words: str


@dataclass(frozen=True)
class SidesLine:
    """A word of the form with what two children have there; `differs` where both say something, and not the same."""

    word: str
    one: str
    other: str
    differs: bool


def open_pairs(desk: Desk) -> list[AlikePair]:
    """The pairs of children that may be one, each by the records that stand for them, and nobody has said yet."""
    joined, found = Joined(desk.tx), dict[tuple[str, str], AlikePair]()
    for pair in alike_pairs(desk.tx):
        first, second = sorted((joined.of(pair.first_id), joined.of(pair.second_id)))
        if first != second:
            found.setdefault((first, second), AlikePair(first, second, pair.reason))
    return list(found.values())


def side_by_side(desk: Desk, one_id: str, other_id: str) -> tuple[SidesLine, ...]:
    """What is known of two children, word by word. Numbers are masked, but compared in full."""
    one, other = _known(desk, one_id), _known(desk, other_id)
    return tuple(
        SidesLine(
            word,
            _shown(word, one[word]),
            _shown(word, other[word]),
            bool(one[word] and other[word]) and one[word] != other[word],
        )
        for word in one
        if one[word] or other[word]
    )


def _shown(word: str, text: str) -> str:
    return mask_id(text) if word in NUMBERS else text


def records_of(desk: Desk, student_id: str) -> tuple[Record, ...]:
    """The records that are this child, the one that stands for them first; none but itself for most."""
    records = sorted(whole_child(desk.tx, student_id))
    return tuple(Record(one, _record_words(desk, desk.tx.get(Student, one))) for one in records)


def _known(desk: Desk, student_id: str) -> dict[str, str]:
    child = desk.tx.get(Student, student_id)
    stays = stays_of(desk, student_id)
    kin = guardians(desk, student_id)
    return {
        "姓名": child.name,
        "性别": child.gender,
        "出生日期": child.birth.isoformat() if child.birth else "",
        "身份证件号": child.id_no,
        "学籍号": child.edu_no,
        "就读": f"{stays[-1].where}（{stays[-1].from_on}起）" if stays else "",
        "监护人": "、".join(one.name for one in kin),
        "联系电话": child.phone or next((one.phone for one in kin if one.phone), ""),
        "村": child.village,
        "现住址": child.address,
    }


def _record_words(desk: Desk, child: Student) -> str:
    birth = f"{child.birth.isoformat()}出生" if child.birth else ""
    return "，".join(part for part in (child.name, birth, mask_id(child.id_no)) if part)
