"""One cell that names people: 父：龚大石 母：许兰, 龚大山/卢秀兰, 龚大山13800000805, 龚大山（父亲）."""

import re
from dataclasses import dataclass

from app.domain.spelling import is_han, person_name
from app.roster.cells import phone_number
from app.roster.fields import MEMBER_ALIASES

_RELATION = "外祖父|外祖母|祖父|祖母|父亲|母亲|爸爸|妈妈|爷爷|奶奶|外公|外婆|父|母"
_LABEL = re.compile(rf"({_RELATION})\s*[:：]\s*")
_BETWEEN = re.compile(r"[/、,，;；|]")
_PHONE_BEHIND = re.compile(
    r"(?P<name>.*?)[\s(（:：]*(?P<phone>(?:\+?86)?1[0-9]{10}|0[0-9]{2,3}-?[0-9]{7,8})[)）]?"
)
_RELATION_BEHIND = re.compile(rf"(?P<name>.+?)\s*[(（](?P<relation>{_RELATION})[)）]")


@dataclass(frozen=True)
class Person:
    """Somebody named in a cell, with what the cell says of them; empty texts are unknown."""

    name: str
    relation: str = ""
    phone: str = ""


def people_in(text: str) -> list[Person]:
    """Everybody a cell names, left to right."""
    if is_han(text):  # one name and nothing else
        return [Person(text)]
    first, *labelled = _LABEL.split(text)
    found = [_person(part, "") for part in _BETWEEN.split(first)]
    for relation, parts in zip(labelled[::2], labelled[1::2], strict=True):
        found += [_person(part, relation) for part in _BETWEEN.split(parts)]
    return [one for one in found if one.name]


def parts_of(text: str) -> list[str]:
    """The parts of a cell that says something of several people: 13800000001/13900000002."""
    return [part.strip() for part in _BETWEEN.split(text)]


def _person(text: str, relation: str) -> Person:
    phone = ""
    if found := _PHONE_BEHIND.fullmatch(text.strip()):
        text, phone = found["name"], phone_number(found["phone"])
    if found := _RELATION_BEHIND.fullmatch(text.strip()):
        text, relation = found["name"], found["relation"]
    return Person(person_name(text), MEMBER_ALIASES.get(relation, relation), phone)
