"""The family columns of a line: 成员1姓名, 监护人电话, 父亲姓名 … as guardians in rank order."""

from dataclasses import asdict, dataclass

from app.roster.cells import may_be_phones, person_name, phone_number, yes_no
from app.roster.line import Line
from app.roster.model import GuardianEntry


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
        entry = _entry(line, member)
        if entry.name:
            if known := people.get(entry.name):
                people[entry.name] = known[0], _filled(known[1], entry)
            else:
                people[entry.name] = _rank(line.text(member + "是否监护人")), entry
        else:
            spare = spare or entry.phone
    _check_phones(line)
    ranked = sorted(people.values(), key=lambda pair: pair[0])
    return Family(tuple(entry for _, entry in ranked), spare)


def _filled(entry: GuardianEntry, other: GuardianEntry) -> GuardianEntry:
    """`entry` with what only `other`, the same person in other columns, knows."""
    return GuardianEntry(**{name: value or getattr(other, name) for name, value in asdict(entry).items()})


def _entry(line: Line, member: str) -> GuardianEntry:
    implied = "" if member.startswith("监护人") else member
    return GuardianEntry(
        name=person_name(line.text(member + "姓名")),
        relation=line.text(member + "关系") or implied,
        phone=phone_number(line.text(member + "联系电话")),
        address=line.text(member + "现住址"),
        workplace=line.text(member + "工作单位"),
    )


def _rank(flag: str) -> int:
    answer = yes_no(flag)
    return 1 if answer is None else 0 if answer else 2


def _check_phones(line: Line) -> None:
    for name in line.context.phones:
        text = phone_number(line.text(name))
        if text and not may_be_phones(text):
            line.warn(name, f"电话“{text}”位数不对，请核对")
