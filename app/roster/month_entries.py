"""One cell of an attendance sheet: in school, missed, not called, nothing; in signs, in words, or in numbers that the
sheet itself explains."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

BLANK, PRESENT, UNCALLED = "空白", "到校", "没有点名"
KINDS = {"旷": "旷课", "病": "病假", "事": "事假"}
HALVES = {"上": "上午", "下": "下午"}
_OFF = frozenset({"", "休", "休息", "放假", "周末", "?"})
_PRESENT = frozenset({"√", "✓", "✔", "☑", "∨", "V", "到", "到校", "在校", "出勤", "正常", "全勤"})
_UNCALLED = frozenset({"○", "〇", "未点", "未点名", "没点名", "没有点名"})
_MISSED = re.compile(r"(?:(上|下)午?)?[(（]?(旷|病|事)[课假]?[)）]?(?:[(（]?(上|下)午?[)）]?)?")
_HALF = re.compile(r"(?:旷|病|事)[课假]?(?:半天|0\.5|½)|半天?(?:旷|病|事)[课假]?")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_SAID = re.compile(r"(?<![0-9.])([0-9])\s*[=:、-]?\s*(?:为|是|表示)?\s*(到校|在校|出勤|旷课|病假|事假)")


@dataclass(frozen=True)
class CellEntry:
    """What a cell says: 空白, 到校, 没有点名, or a kind of absence with its part of the day. `problem` where nobody can
    tell, ending with what to do."""

    what: str
    part: str = "全天"
    problem: str = ""


def number_meanings(texts: Iterable[str]) -> dict[str, str]:
    """What numbers mean in a sheet that says so: 0到校 1旷课 2病假 3事假. Empty where it does not say it of several."""
    found: dict[str, str] = {}
    for text in texts:
        for number, word in _SAID.findall(unicodedata.normalize("NFKC", text)):
            found.setdefault(number, PRESENT if word in _PRESENT else word)
    return found if len(found) > 1 else {}


def entry_of(text: str, numbers: Mapping[str, str]) -> CellEntry:
    """What a cell says; `numbers` come from `number_meanings`."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if plain in _OFF:
        return CellEntry(BLANK)
    if plain in _PRESENT:
        return CellEntry(PRESENT)
    if plain in _UNCALLED:
        return CellEntry(UNCALLED)
    if plain in numbers:
        return CellEntry(numbers[plain])
    found = _MISSED.fullmatch(plain)
    if found and not (found[1] and found[3]):
        half = found[1] or found[3]
        return CellEntry(KINDS[found[2]], HALVES.get(half or "", "全天"))
    return CellEntry(BLANK, problem=_problem(text, plain))


def _problem(text: str, plain: str) -> str:
    if _NUMBER.fullmatch(plain):
        return (
            f"“{text}”是数字，表里没有说明是什么意思，"
            "请在表头上面写明，如“0到校 1旷课 2病假 3事假”，或改成旷、病、事、√"
        )
    if _HALF.fullmatch(plain):
        return f"“{text}”没有写上午还是下午，请写成“上旷”“下旷”这样"
    if len(re.findall("旷|病|事", plain)) > 1:
        return f"“{text}”一格里有两种情况，请在点名页把上午、下午分开点"
    return f"“{text}”看不出是到校还是哪一种缺课，请改成旷、病、事或√"
