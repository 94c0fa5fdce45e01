"""对象类别 of a child: the yes/no columns (是否孤儿, 低保 …) and the free column 对象类别, in one vocabulary."""

import re

from app.roster.cells import uncoded, yes_no
from app.roster.fields import CATEGORIES, GROUP_FIELDS, field_of
from app.roster.line import Line

_ORDINARY = frozenset({"一般", "普通", "正常", "其他", "非困难", "否"})
_OPPOSITE = re.compile(r"[非不未无否]")
_WATCHED = re.compile(r"不稳定|边缘|易致贫|突发|严重困难|监测")
_SYNONYMS = {
    "残疾儿童": "残疾",
    "残疾学生": "残疾",
    "低保家庭": "低保",
    "建档立卡贫困户": "脱贫户",
    "脱贫家庭": "脱贫户",
    "脱贫人口": "脱贫户",
    "特困救助供养": "特困供养",
    "留守儿童": "留守",
    "随迁子女": "随迁",
}


def groups_of(line: Line) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the child belongs to, and what the file expressly denies; an empty cell says neither.

    The old word 建档立卡 is 脱贫户. 残疾, 留守 and 随迁 have columns of their own and only come from 对象类别 here.
    """
    yes: list[str] = []
    no: list[str] = []
    for name in GROUP_FIELDS:
        text = uncoded(line.text(name))
        answer = yes_no(text)
        if answer or (answer is None and _names(text, name)):
            yes.append(name if answer or name != "监测对象" else text)
        elif answer is False:
            no.append(name)
        elif text:
            line.warn(name, f"“{text}”看不出是不是{name}，没有记，请写“是”或“否”")
    return tuple(dict.fromkeys([*yes, *group_words(line.text(CATEGORIES))])), tuple(no)


def group_words(text: str) -> list[str]:
    """The 对象类别 written in one cell, by our own words: 孤儿 低保户 → 孤儿, 低保."""
    words = re.split(r"[、,，;；/\s]+", text)
    return list(dict.fromkeys(_group(word) for word in map(uncoded, words) if word and word not in _ORDINARY))


def _names(text: str, name: str) -> bool:
    """Whether an answer that is neither yes nor no says the group itself: 低保户, 突发严重困难户, 二级低保."""
    if name == "监测对象" and _WATCHED.search(text):
        return not text.startswith(("非", "不是", "未"))
    return bool(text) and not _OPPOSITE.search(text) and (name in text or _group(text) == name)


def _group(word: str) -> str:
    found = field_of(word)
    if found and found[0] in GROUP_FIELDS:
        return found[0]
    return _SYNONYMS.get(word, word)
