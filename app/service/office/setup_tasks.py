"""What the first start left open: a recovery code nobody noted, a term that is only assumed."""

from collections.abc import Iterator

from app.domain.calendar import is_usual
from app.domain.dates import day_words
from app.domain.todo import Task
from app.service.office.desk import Desk

CODE_NOTED = "recovery_code_noted_on"  # a setting of this PC: the day a person said the code is on paper


def note_recovery_code(desk: Desk) -> None:
    """Keep as a fact that the recovery code was printed or copied by hand today."""
    desk.tx.set_setting(CODE_NOTED, desk.today.isoformat())


def recovery_code_renewed(desk: Desk) -> None:
    """The code that was noted opens nothing any more; the new one is on no paper yet."""
    desk.tx.set_setting(CODE_NOTED, "")


def setup_tasks(desk: Desk) -> Iterator[Task]:
    """Asked every day until it is done: whoever closed the first steps early, or lost power, sees them nowhere else."""
    if not desk.tx.setting(CODE_NOTED):
        why = "忘了密码时只有恢复码能打开数据；请换一串新的，打印或抄下，和公章放在一起"
        yield Task("恢复码还没有打印或抄下", why, desk.today, form="password")
    term = desk.calendar.term_of(desk.today)
    if desk.unit.level == "学校" and term is not None and is_usual(term):
        assumed = f"{day_words(term.first_day)}至{day_words(term.last_day)}"
        yield Task("本学期还没有设", f"现在按常见的{assumed}推算上课日，可能和本校不一样", form="term")
