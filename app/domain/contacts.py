"""劝返 and 动员 visits: which of them count, and whether their dates can be true."""

from collections.abc import Iterable, Sequence
from datetime import date

from app.domain.dates import day_words
from app.domain.records import Contact
from app.domain.vocabulary import BY_PHONE, IN_VAIN, LEVELS, REFUSED

FORCE = "请核对日期；确实如此的，请写明理由后强制录入。"


def counts(contact: Contact) -> bool:
    """Whether a visit or call met somebody: nobody home, no answer and a dead number did not (features lesson 6)."""
    return contact.outcome not in IN_VAIN


def counted(contacts: Iterable[Contact], level: str = "") -> tuple[Contact, ...]:
    """The visits that count, oldest first; only those made by `level` if one is given."""
    fitting = (one for one in contacts if counts(one) and (not level or one.level == level))
    return tuple(sorted(fitting, key=lambda one: one.happened_on))


def counted_for(contacts: Iterable[Contact], level: str) -> tuple[Contact, ...]:
    """The visits an office of that level counts: a school every one it knows of, a township its own, a county its own
    and the township's."""
    own = {"学校": LEVELS, "县": ("乡镇", "县")}.get(level, (level,))
    return tuple(one for one in counted(contacts) if one.level in own)


def unanswered_words(contacts: Iterable[Contact]) -> str:
    """How often the family was tried in vain, as a sentence says it; empty if never."""
    vain = [one for one in contacts if not counts(one)]
    if not vain:
        return ""
    if all(one.method == BY_PHONE for one in vain):
        return f"打过{len(vain)}次，没有人接"
    return f"联系过{len(vain)}次，没有找到人"


def impossible_day(happened_on: date, today: date) -> str:
    """Why a visit cannot have been on that day at all, or an empty text. Not even a reason overrides this."""
    if happened_on > today:
        return f"联系日期{day_words(happened_on)}在今天（{day_words(today)}）之后。请填实际发生的日期。"
    return ""


def impossible_promise(happened_on: date, promised_on: date | None) -> str:
    """Why that day cannot have been promised on the visit, or an empty text. Not even a reason overrides this."""
    if promised_on and promised_on < happened_on:
        return f"承诺返校日{day_words(promised_on)}早于联系日期{day_words(happened_on)}。请核对两个日期。"
    return ""


def order_problem(
    level: str,
    happened_on: date,
    *,
    absent_since: date | None,
    opened_on: date | None = None,
    reported_on: date | None = None,
) -> str:
    """The earlier action a visit's date contradicts, as a sentence; empty if the order is right.

    A visit precedes neither the child's absence (or, where that is unknown, the opening of the case, if there is one)
    nor, for a 乡镇 visit, the report that brought the case to the township. A forced entry with a reason is possible.
    """
    begin, what = (absent_since, "开始缺勤") if absent_since else (opened_on, "立案")
    if begin and happened_on < begin:
        return f"联系日期{day_words(happened_on)}早于{what}日期{day_words(begin)}。{FORCE}"
    if level == "乡镇" and reported_on and happened_on < reported_on:
        return f"乡镇动员日期{day_words(happened_on)}早于学校报告日期{day_words(reported_on)}。{FORCE}"
    return ""


def promised_return(contacts: Sequence[Contact]) -> Contact | None:
    """The newest contact that promised a return, unless the family refused in a later one."""
    for one in reversed(contacts):
        if one.outcome == REFUSED:
            return None
        if one.promised_on:
            return one
    return None
