"""限期 as people write it: 7日, 十五日, 5个工作日, 两周. Other words are refused, never guessed (民法典 200–204)."""

import re
from dataclasses import dataclass

from app.errors import UserError

DIGITS = {word: value for value, word in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
LONGEST = 99
_LIMIT = re.compile(
    r"([0-9０-９]+|[零〇一二两三四五六七八九十]+)(日|天|个工作日|工作日|个自然日|周|个星期|星期)?"
)
_UNITS = {
    None: "自然日",
    "日": "自然日",
    "天": "自然日",
    "个自然日": "自然日",
    "个工作日": "工作日",
    "工作日": "工作日",
    "周": "周",
    "个星期": "周",
    "星期": "周",
}
_WORDS = {"自然日": "日", "工作日": "个工作日", "周": "周"}


@dataclass(frozen=True)
class TimeLimit:
    """A number of 自然日, 工作日 or 周 after an event."""

    number: int
    unit: str

    @property
    def words(self) -> str:
        """As a paper prints it: 7日, 5个工作日, 2周."""
        return f"{self.number}{_WORDS[self.unit]}"


def parse_time_limit(text: str) -> TimeLimit:
    """The 限期 `text` means. Raises UserError for months, for words that name no number, and for none or over 99."""
    found = _LIMIT.fullmatch("".join(text.split()))
    number = _number(found[1]) if found else 0
    if found is None or not 0 < number <= LONGEST:
        raise UserError(f"限期“{text}”算不出哪天届满。限期请写成7日、十五日、5个工作日或两周这样。", "限期")
    return TimeLimit(number, _UNITS[found[2]])


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return DIGITS.get(text, 0)
    parts = (tens or "一", ones or "零")
    if not all(part in DIGITS for part in parts):
        return 0
    return 10 * DIGITS[parts[0]] + DIGITS[parts[1]]
