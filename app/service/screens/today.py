"""The page 今日: each task as a sentence with its reason and the one form it opens, and the quiet facts above."""

from datetime import date

from app.domain.dates import day_words, month_day, weekday_words
from app.domain.records import CaseFile
from app.domain.todo import State, Task, agenda
from app.service.office.desk import JSON, Desk
from app.service.rolls.register import classes_with_pupils, missing_rolls
from app.service.screens.agenda import all_tasks
from app.service.screens.overview import last_backup

SET_UP: dict[str, tuple[str, str, JSON]] = {
    "password": ("换恢复码", "settings", {"part": "password"}),
    "term": ("设学期", "settings", {"part": "calendar"}),
}  # steps of the first start that were left
ISSUED = {"报告单": "填报告单", "限期复学通知书": "填通知书"}  # the paper is the step itself
VISITED = {
    "学校情况记录表": "记联系",
    "家访表": "记家访",
    "五次动员记录表": "记动员",
}  # the paper records a visit


def today_view(desk: Desk) -> JSON:
    """{tasks, facts, next, started} of the desk's day.

    A task is {key, state, due, title, why, button, page, target}, the most urgent first: `button` is the word on its
    button, which shows `target` on `page`. A fact is {text, open, page, target}: `open` where something is left to do,
    and then it leads to `target` on `page`. `next` is a sentence naming what comes first after today. `started` is
    false for a school without a roster.
    """
    tasks = all_tasks(desk)
    return {
        "tasks": [_row(state, task, desk.today) for state, task in agenda(tasks, desk.today)],
        "facts": _facts(desk, tasks),
        "next": _next(desk, tasks),
        "started": desk.unit.level != "学校" or bool(classes_with_pupils(desk)),
    }


def _row(state: State, task: Task, today: date) -> JSON:
    button, page, target = _way(task, today)
    where = " ".join(part for part in (task.school, task.class_name) if part)
    who = f"{task.student}（{where}）" if task.student and where else task.student
    case = f"个案{task.case}" if task.case else ""
    return {
        "key": f"{task.form} {task.case_id or task.student_id or task.class_name} {task.what}",
        "state": state,
        "due": _due_words(state, task.due_on, today),
        "title": f"{who}　{task.what}" if who else task.what,
        "why": "；".join(part for part in (case, task.so_far, task.why) if part),
        "button": button,
        "page": page,
        "target": target,
    }


def _way(task: Task, today: date) -> tuple[str, str, JSON]:
    """The button's word, the page it opens, and what it shows there."""
    if task.form == "roll":
        return (
            "点名" if task.day == today else "补记点名",
            "roll",
            {"class": task.class_name, "date": task.day},
        )
    if task.form == "contact":
        return "记联系", "cases", {"student": task.student_id, "contact": True}
    if task.form == "lead":
        return "核实去向", "students", {"student": task.student_id}
    if task.form == "calendar":
        return "录入安排", "settings", {"part": "calendar"}
    if task.form in SET_UP:
        return SET_UP[task.form]
    if task.form == "rules":
        return "看规则", "settings", {"part": "rules"}
    if task.document in ISSUED:
        return ISSUED[task.document], "papers", {"kind": task.document, "case": task.case_id}
    if task.document in VISITED and not task.waiting:
        return VISITED[task.document], "cases", {"case": task.case_id, "visit": True}
    return "看个案", "cases", {"case": task.case_id}


def _due_words(state: State, due_on: date | None, today: date) -> str:
    """By when, as short as a column allows."""
    if due_on is None:
        return "等对方" if state == "waiting" else "本周"
    if state == "overdue":
        return f"逾期{(today - due_on).days}天"
    if due_on == today:
        return "今天"
    return "明天" if (due_on - today).days == 1 else _short(due_on)


def _short(day: date) -> str:
    return f"{month_day(day)} {weekday_words(day)}"


def _facts(desk: Desk, tasks: list[Task]) -> list[JSON]:
    undecided = len({task.student_id for task in tasks if task.undecided})
    judged = _fact(f"无法判定 {undecided}人", undecided, "roll")
    register = [_roll_fact(desk), judged] if desk.unit.level == "学校" else []
    return [*register, _backup_fact(desk), _month_fact(desk)]


def _fact(text: str, left: int = 0, page: str = "", target: JSON | None = None) -> JSON:
    return {"text": text, "open": bool(left), "page": page if left else "", "target": target or {}}


def _roll_fact(desk: Desk) -> JSON:
    if not classes_with_pupils(desk):
        return _fact("还没有导入名册", 1, "students", {"import": True})
    today = desk.calendar.fact(desk.today)
    if not today.weight:
        return _fact(f"今天不上课（{today.why}）")
    left = len(missing_rolls(desk, desk.today, desk.today))
    return _fact(f"今天还有{left}个班没点名" if left else "今天各班都点了名", left, "roll")


def _backup_fact(desk: Desk) -> JSON:
    day = last_backup(desk)
    if day is None:
        return _fact("还没有备份", 1, "settings", {"part": "backup"})
    if day == desk.today:
        return _fact("上次备份 今天")
    ago = (desk.today - day).days
    return _fact(f"上次备份 {_short(day)}" + (f"（{ago}天前）" if ago > 0 else ""))


def _month_fact(desk: Desk) -> JSON:
    """How many children were marked 旷课 this month, and how many cases were opened."""
    first = desk.today.replace(day=1).isoformat()
    until = desk.today.isoformat()
    found = desk.tx.rows(
        "SELECT count(DISTINCT student_id) AS children FROM absence"
        " WHERE kind = '旷课' AND withdrawn_on IS NULL AND day BETWEEN ? AND ?",
        [first, until],
    )
    opened = len(desk.tx.find(CaseFile, "opened_on BETWEEN ? AND ?", [first, until]))
    marked = f"记旷课{found[0]['children']}人，" if desk.unit.level == "学校" else ""
    return _fact(f"本月{marked}新立个案{opened}件")


def _next(desk: Desk, tasks: list[Task]) -> str:
    """What comes first after today; without a dated task, the next 上课日."""
    later = [task for task in tasks if task.due_on and task.due_on > desk.today]
    if later:
        first = min(later, key=lambda task: task.due_on or date.max)
        assert first.due_on is not None  # only dated tasks are looked at
        return (
            f"下一件是{day_words(first.due_on)}：{first.student}{'　' if first.student else ''}{first.what}。"
        )
    day = desk.calendar.next_school_day(desk.today)
    return f"下一个上课日是{day_words(day)} {weekday_words(day)}。" if day else ""
