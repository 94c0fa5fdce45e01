"""Which school a roster means: by 标识码, else by its full name, so that two 中心小学 of two townships stay two.

The school of a roster without a column for it may stand in the sheet's name or title; that is a guess to be asked
about.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_SCHOOL_IN_TITLE = re.compile(r"[\u4e00-\u9fff0-9()·]{1,30}(?:小学|中学|学校|中心校|教学点|完小|初中)")
_NO_SCHOOL = re.compile(r"(?:由|请)?(?:全[县市区乡镇]|各).*|.*中小学")
_BEFORE_NAME = re.compile(
    r"^(?:附件[0-9一二三四五六七八九十]*|[0-9]{4}年?|学年度?|第?[一二上下]学期|[春秋]季)+"
)
_OFFICE = re.compile(r"(?:人民政府|街道办事处|中心学校|中心校)$")


@dataclass(frozen=True)
class NamedSchool:
    """A school as a row names it; `code` is its 标识码, `township` the township it belongs to, both perhaps empty."""

    name: str
    code: str = ""
    township: str = ""


@dataclass(frozen=True)
class KnownSchool:
    """A school there is, with the names of the township and the county above it as far as they are known."""

    id: str
    name: str
    code: str = ""
    township: str = ""


@dataclass(frozen=True)
class SchoolMatch:
    """The known school meant, or why it cannot be told; neither: a school nobody has named so far."""

    id: str = ""
    refusal: str = ""


class Schools:
    """The known schools below an office. `township` is the office's own where it is one: its schools need not say so.
    `county` may stand before every name."""

    def __init__(self, known: Iterable[KnownSchool], *, township: str = "", county: str = "") -> None:
        self._known = list(known)
        self._township = township
        self._county = county

    def add(self, school: KnownSchool) -> None:
        """Know one more: what the next row names may be this one."""
        self._known.append(school)

    def find(self, named: NamedSchool) -> SchoolMatch:
        """The school `named` means. A 标识码 decides where both sides have one; a township must not differ."""
        if coded := [one for one in self._known if named.code and one.code == named.code]:
            return SchoolMatch(coded[0].id) if len(coded) == 1 else _undecided(named, coded)
        possible = [one for one in self._known if not (named.code and one.code) and self._same(named, one)]
        equal = [one for one in possible if _plain(one.name) == _plain(named.name)]
        found = possible if len(possible) == 1 else equal or possible
        if len(found) > 1:
            return _undecided(named, found)
        return SchoolMatch(found[0].id) if found else SchoolMatch()

    def _same(self, named: NamedSchool, known: KnownSchool) -> bool:
        """Whether the names are one, each with or without the county and the township before it.

        A township is only added to a name, never left out, unless it is the row's or the office's own: 中心小学 alone
        may be anybody's.
        """
        said = self._place(named.township) or self._place(self._township)
        its = self._place(known.township)
        if said and its and said != its:
            return False
        wanted, name = self._place(named.name), self._place(known.name)
        return wanted in {name, its + name} or (bool(said) and said + wanted == name)

    def _place(self, name: str) -> str:
        """A name without blanks, without the county before it and without 人民政府 behind it."""
        plain = _plain(name)
        short = plain.removeprefix(_plain(self._county)) or plain
        return _OFFICE.sub("", short) or short


def school_in(text: str) -> str:
    """The name of a school in a title (青石县石桥小学2026年秋季学生名册) or the name of a sheet; empty if there is
    none."""
    for line in text.splitlines():
        found = list(dict.fromkeys(_schools_in(line)))
        if found:
            return found[0] if len(found) == 1 else ""
    return ""


def _schools_in(text: str) -> Iterator[str]:
    for found in _SCHOOL_IN_TITLE.finditer(_plain(text)):
        name = _BEFORE_NAME.sub("", found[0])
        if len(name) > len("小学") and not _NO_SCHOOL.fullmatch(name):
            yield name


def _undecided(named: NamedSchool, schools: list[KnownSchool]) -> SchoolMatch:
    places = "、".join(one.township or one.code or one.name for one in schools)
    return SchoolMatch(
        refusal=f"有{len(schools)}所学校都叫“{named.name}”（{places}），分不清是哪一所，请补上学校标识码或学校所属乡镇"
    )


def _plain(text: str) -> str:
    return "".join(text.translate(_BRACKETS).split())


_BRACKETS = str.maketrans("（）", "()")
