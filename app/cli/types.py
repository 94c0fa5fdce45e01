"""Values on the command line: dates, pairs with =, and the absences of a roll."""

import os
import re
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from app.domain.dates import refuse_far, refuse_long
from app.domain.typed_text import refuse_odd_text
from app.service.rolls.month_table import Month
from app.service.rolls.roll_call import AbsenceEntry

LONGEST_PATH: Final = 4000  # bytes; Linux takes 4,095, Windows fewer characters
LONGEST_NAME: Final = 255  # bytes of one part of a path


def is_utf8(text: str) -> bool:
    """Whether an argument, or the name of a folder, was text: other bytes come as half surrogates."""
    return not any("\ud800" <= one <= "\udfff" for one in text)


class Day(click.ParamType[date]):
    """A date as 2026-09-17."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date `value` means; usage error if there is no such day."""
        if isinstance(value, date):
            return value
        try:
            return self.checked(date.fromisoformat(value))
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成2026-09-17这样", param, ctx)

    def checked(self, day: date) -> date:
        """The day of an event. Raises UserError for one far away."""
        return refuse_far(day)


class Birth(Day):
    """A day of birth as 2015-03-01."""

    def checked(self, day: date) -> date:
        """Any day: whoever was born before a school's papers is asked about by age."""
        return day


class MonthOfYear(click.ParamType[Month]):
    """A month as 2026-09."""

    name = "年-月"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Month:
        """The month `value` means; usage error if there is no such month."""
        if isinstance(value, Month):
            return value
        found = re.fullmatch(r"(20\d\d)-(0?[1-9]|1[0-2])", str(value).strip())
        if found is None:
            self.fail(f"“{value}”不是月份，请写成2026-09这样", param, ctx)
        return Month(int(found[1]), int(found[2]))


class Span(click.ParamType[tuple[date, date]]):
    """A day, or 2026-09-17..2026-09-21: its first and last day."""

    name = "日期[..日期]"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[date, date]:
        """The first and the last day."""
        if isinstance(value, tuple):
            return value
        first, _, last = str(value).partition("..")
        span = DAY.convert(first, param, ctx), DAY.convert(last or first, param, ctx)
        refuse_long(*span)
        return span


class Talk(click.ParamType[tuple[date, str]]):
    """日期=结果."""

    name = "日期=结果"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[date, str]:
        """The day of a contact and its outcome."""
        if isinstance(value, tuple):
            return value
        day, sign, outcome = str(value).partition("=")
        if not sign or not outcome.strip():
            self.fail(f"“{value}”要写成 {self.name}，例如2026-09-21=见到家长", param, ctx)
        return DAY.convert(day.strip(), param, ctx), outcome.strip()


class Pair(click.ParamType[tuple[str, str]]):
    """名称=值."""

    name = "名称=值"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """(name, value); the value may hold further =."""
        if isinstance(value, tuple):
            return value
        name, sign, text = str(value).partition("=")
        if not sign or not name.strip():
            self.fail(f"“{value}”要写成 名称=值", param, ctx)
        return name.strip(), text


class Absent(click.ParamType[AbsenceEntry]):
    """姓名=旷课|病假|事假[:上午|下午]."""

    name = "姓名=旷课|病假|事假[:上午|下午]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> AbsenceEntry:
        """The absence of one child."""
        if isinstance(value, AbsenceEntry):
            return value
        name, sign, rest = str(value).partition("=")
        kind, _, part = rest.replace("：", ":").partition(":")
        if not sign or not name.strip() or not kind:
            self.fail(f"“{value}”要写成 {self.name}", param, ctx)
        return AbsenceEntry(name.strip(), kind.strip(), part.strip() or "全天")


class FilePath(click.Path):
    """A path of a file or folder that a file system can take."""

    name = "path"

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; usage error for an empty one, and for names longer than any file system takes."""
        text = os.fsdecode(value)
        if not text.strip():
            self.fail("是空的，要写文件或文件夹", param, ctx)
        if "\0" in text or not is_utf8(text):
            self.fail("里有认不出的字节，请先给文件或文件夹改名", param, ctx)
        whole = os.fsencode(Path(text).absolute())
        if len(whole) > LONGEST_PATH or max(map(len, whole.split(os.sep.encode()))) > LONGEST_NAME:
            self.fail("太长了，请换一个层级较浅、名称较短的文件夹", param, ctx)
        return super().convert(value, param, ctx)


class LineText(click.ParamType[str]):
    """A text as long as a line of a form, without control characters."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text. Raises UserError for one that no form takes."""
        word = (param.opts[0] if param else "") or self.name
        return refuse_odd_text(OPTION_WORDS.get(word, word), str(value))


OPTION_WORDS = {"--operator": "操作人姓名", "--name": "名称"}
FILE_PATH, LINE_TEXT = FilePath(), LineText()
DAY, BIRTH, SPAN, MONTH = Day(), Birth(), Span(), MonthOfYear()
TALK, PAIR, ABSENT = Talk(), Pair(), Absent()
