"""限期: the days an order or a letter gives, and its last day."""

from collections.abc import Mapping
from datetime import date

from app.domain.dates import day_in_words, day_words
from app.domain.deadlines import Deadline, deadline, refuse_provisional
from app.domain.ladder.facts import CaseFacts
from app.domain.time_limits import TimeLimit, parse_time_limit
from app.errors import UserError
from app.service.office.desk import Desk

DUE_ON = "限期届满日"
LIMIT = "限期"
COUNTED = "限期算法"
AT_SERVICE = "送达时填届满日"
USUAL_LIMIT = 7  # 自然日 a 限期复学通知书 gives where the rules name none (domain section 10.2)


def _counted(limit: TimeLimit) -> str:
    """What days a 限期 is counted in, as the order says it."""
    return "工作日" if limit.unit == "工作日" else "自然日"


def time_limit(desk: Desk, facts: CaseFacts, typed: Mapping[str, str]) -> dict[str, str]:
    """限期 and its last day, counted from today. The rule's own number and unit hold unless a 限期 was typed.

    Refuses a 限期 that cannot be counted, a last day that is over or is another than that of the 限期, and to guess a
    holiday.
    """
    rule = next(
        (one for one in facts.rules.doing("复学期限") if one.unit in {"自然日", "工作日", "周"}), None
    )
    usual = TimeLimit(round(rule.number), rule.unit) if rule else TimeLimit(USUAL_LIMIT, "自然日")
    wanted = typed.get(LIMIT, "").strip()
    given = parse_time_limit(wanted) if wanted else usual
    due = deadline(desk.today, given.number, given.unit, desk.calendar)
    last = typed.get(DUE_ON, "").strip()
    if DUE_ON not in typed:
        refuse_provisional(due)
    if last:
        given = _fitting(desk.today, given, due, last, typed=bool(wanted))
    return {LIMIT: given.words, COUNTED: _counted(given), DUE_ON: day_words(due.day)}


def _fitting(today: date, given: TimeLimit, due: Deadline, last: str, *, typed: bool) -> TimeLimit:
    """The 限期 beside a last day that was typed: its own where the day is that of it, else the days until then."""
    day = _day(last)
    if day < today:
        raise UserError(f"限期届满日{last}已经过去，这样的限期没有意义。请改限期。", DUE_ON)
    if day == due.day or due.missing_years:
        return given
    if typed:
        words = f"限期{given.words}到{day_words(due.day)}届满，和写的限期届满日{last}不一致。请改其中一项。"
        raise UserError(words, DUE_ON)
    return TimeLimit((day - today).days, "自然日")


def _day(text: str) -> date:
    """A day as a paper says it. Raises UserError for other words."""
    found = day_in_words(text)
    if found is None:
        raise UserError(f"限期届满日“{text}”不是日期。请写成2026年10月8日这样。", DUE_ON)
    return found
