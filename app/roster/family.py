"""The family columns of a line: 成员1姓名, 监护人电话, 父亲姓名 … as guardians in rank order."""

from dataclasses import asdict, dataclass

from app.roster.cells import may_be_phones, phone_number, yes_no
from app.roster.line import Line
from app.roster.model import GuardianEntry
from app.roster.people import parts_of, people_in


@dataclass(frozen=True)
class Family:
    """The guardians, and a number that stood in a family column without a name and no other place has."""

    guardians: tuple[GuardianEntry, ...]
    spare_phone: str = ""


def guardians_of(line: Line) -> Family:
    """Who looks after the child. Members marked 是否监护人=是 come first, one marked 否 last; a name twice is one
    person. Telephone numbers that cannot be one are warned about and kept as written."""
    people: dict[str, tuple[int, GuardianEntry]] = {}
    spare = ""
    for member in line.context.family:
        rank = _rank(line.text(member + "是否监护人"))
        if not line.text(member + "姓名"):
            spare = spare or phone_number(line.text(member + "联系电话"))
            continue
        entries = _entries(line, member)
        for entry in entries:
            known = people.get(entry.name)
            people[entry.name] = (known[0], _filled(known[1], entry)) if known else (rank, entry)
        if not entries:
            spare = spare or phone_number(line.text(member + "联系电话"))
    _check_phones(line)
    ranked = sorted(people.values(), key=lambda pair: pair[0])
    return Family(tuple(entry for _, entry in ranked), spare)


def with_more(known: tuple[GuardianEntry, ...], more: tuple[GuardianEntry, ...]) -> tuple[GuardianEntry, ...]:
    """The guardians of a child with those of a second line about it; a name twice is one person."""
    people = {one.name: one for one in known}
    for one in more:
        people[one.name] = _filled(people[one.name], one) if one.name in people else one
    return tuple(people.values())


def _filled(entry: GuardianEntry, other: GuardianEntry) -> GuardianEntry:
    """`entry` with what only `other`, the same person in other columns, knows."""
    return GuardianEntry(**{name: value or getattr(other, name) for name, value in asdict(entry).items()})


def _entries(line: Line, member: str) -> list[GuardianEntry]:
    """Whoever a member's columns name. What stands beside several people is theirs in order if there are as many
    parts, else the first one's."""
    people = people_in(line.text(member + "姓名"))
    implied = "" if member.startswith("监护人") or len(people) > 1 else member
    relations = _shared(line.text(member + "关系"), len(people))
    phones = _shared(line.text(member + "联系电话"), len(people))
    return [
        GuardianEntry(
            name=one.name,
            relation=one.relation or relations[place] or implied,
            phone=one.phone or phone_number(phones[place]),
            address=line.text(member + "现住址") if place == 0 else "",
            workplace=line.text(member + "工作单位") if place == 0 else "",
        )
        for place, one in enumerate(people)
    ]


def _shared(text: str, count: int) -> list[str]:
    """A cell as the word on each of `count` people."""
    if count > 1 and len(parts := parts_of(text)) == count:
        return parts
    return [text, *[""] * (count - 1)]


def _rank(flag: str) -> int:
    answer = yes_no(flag)
    return 1 if answer is None else 0 if answer else 2


def _check_phones(line: Line) -> None:
    for name in line.context.phones:
        text = phone_number(line.text(name))
        if text and not may_be_phones(text):
            line.warn(name, f"电话“{text}”位数不对，请核对")
