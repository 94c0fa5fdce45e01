"""What kind of list a file is: the whole roster, a part of it, a list of one 对象类别, or one child's card."""

import re
from collections.abc import Iterable, Sequence

WHOLE, PART, SPECIAL, CARD = "全校", "部分", "专项", "单人"
KINDS = (WHOLE, PART, SPECIAL, CARD)

LONGEST_TITLE = 40  # characters; a longer line above a list is a note

_SPECIAL = {
    "事实无人抚养": "事实无人抚养儿童",
    "孤儿": "孤儿",
    "留守": "留守",
    "随迁": "随迁",
    "进城务工": "随迁",
    "脱贫": "脱贫户",
    "建档立卡": "脱贫户",
    "低保": "低保",
    "特困": "特困供养",
    "残疾": "残疾",
    "监测对象": "监测对象",
    "监测户": "监测对象",
    "困境": "困境儿童",
}
"""A word in a title → our 对象类别."""
_EVERYBODY = re.compile(r"全校|全体|全部|含|及其他|所有")
_A_PART = re.compile(
    r"(?:新增|新转入|转入|插班|补充|补报|部分)(?:的)?(?:学生|新生|儿童)?(?:花?名册|名单|登记表|一览表)"
)
_LIST_WORD = re.compile(r"名册|名单|台账|表$|表[(（]|统计|摸底")


def kind_by_title(sheets: Sequence[Sequence[str]], file_name: str) -> tuple[str, tuple[str, ...], str]:
    """What the titles say: kind, the 对象类别 its children are of, and the title that says so (empty: none does).

    `sheets` has for every sheet its name and the lines above its header. A file is of a kind only if each sheet is, or
    its own name says so and no title contradicts. Several 对象类别 in one title leave open which a child is of.
    """
    told = [_first_told([lines[0]], lines[1:]) for lines in sheets]
    if not all(told):
        by_name = _told(file_name, is_title=True)
        told = [by_name] if by_name and not any(map(_speaks_of_everybody, sheets)) else []
    kinds = {kind for kind, _, _ in filter(None, told)}
    if len(kinds) != 1:
        return WHOLE, (), ""
    groups = tuple(dict.fromkeys(group for one in told if one for group in one[1]))
    title = next(title for one in told if one for title in [one[2]])
    return kinds.pop(), groups if len(groups) == 1 else (), title


def _first_told(names: Iterable[str], titles: Iterable[str]) -> tuple[str, tuple[str, ...], str] | None:
    titles = list(titles)
    if _speaks_of_everybody(titles):
        return None
    found = [_told(title, is_title=True) for title in titles] + [
        _told(name, is_title=False) for name in names
    ]
    return next(filter(None, found), None)


def _speaks_of_everybody(titles: Iterable[str]) -> bool:
    return any(_EVERYBODY.search(title) for title in titles)


def _told(text: str, *, is_title: bool) -> tuple[str, tuple[str, ...], str] | None:
    """What one line says; a title does only as the title of a list, the name of a sheet may be 留守儿童 alone."""
    if _EVERYBODY.search(text) or len(text) > LONGEST_TITLE:
        return None
    if _A_PART.search(text):
        return PART, (), text
    groups = tuple(dict.fromkeys(group for word, group in _SPECIAL.items() if word in text))
    return (SPECIAL, groups, text) if groups and (not is_title or _LIST_WORD.search(text)) else None
