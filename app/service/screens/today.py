"""The page 今日: each task as a sentence with its reason and the one form it opens, and the quiet facts above."""

from dataclasses import dataclass, field
from datetime import date

from app.domain.dates import day_words, month_day, weekday_words
from app.domain.todo import State, Task, agenda
from app.service.office.desk import Desk
from app.service.screens.agenda import all_tasks
from app.service.screens.gathered import Gathered
from app.service.screens.hints import bucket_words
from app.service.screens.overview import last_backup
from app.store.queries.rolls import count_unexcused

Target = dict[str, object]
"""What a page is asked to show, as `Bus.go` takes it."""

OF_OFFICE: dict[str, tuple[str, str, Target]] = {
    "password": ("换恢复码", "settings", {"part": "password"}),
    "files": ("去看备份", "settings", {"part": "backup"}),
    "term": ("设学期", "settings", {"part": "calendar"}),
    "calendar": ("录入安排", "settings", {"part": "calendar"}),
    "rules": ("看规则", "settings", {"part": "rules"}),
}
"""Tasks about no child and no class: steps of the first start that were left, holidays, rules."""
OF_CHILD = {
    "lead": ("核实去向", "whereabouts"),
    "pause": ("登记复学", "move"),
    "mark": ("登记标注", "mark"),
    "alike": ("并排核对", "same"),
    "record": ("看学生", ""),
}
"""The form of a task about a child → the button, and what the page of children is asked to open."""
ISSUED = {"报告单": "填报告单", "限期复学通知书": "填通知书"}  # the paper is the step itself
VISITED = {
    "学校情况记录表": "记联系",
    "家访表": "记家访",
    "五次动员记录表": "记动员",
}  # the paper records a visit
PASSED_ON = {"pass_on": "记已告知", "differs": "核对文书", "age": "核对年龄"}
"""A task that is over once somebody was told, or found it in order → the button."""
ENDED = {"told": "记结果", "observe": "记观察", "close": "办理销号"}
"""The form by which a case goes on or ends → the button."""


@dataclass(frozen=True)
class TaskRow:
    """A task as a row: `title` is the sentence, `due` its day as short as a column allows, `button` the word on its
    button, which shows `target` on `page`. `rule` is the sentence of the rule, too long for the row. `key` stays the
    same while the task does."""

    key: str
    state: State
    due: str
    title: str
    why: str
    button: str
    page: str
    target: Target
    rule: str = ""


@dataclass(frozen=True)
class QuietFact:
    """A fact above the list. Where something is left to do it leads to `target` on `page`; else `page` is ''."""

    text: str
    page: str = ""
    target: Target = field(default_factory=dict)


@dataclass(frozen=True)
class TodayView:
    """The page 今日: the tasks, the most urgent first; the quiet facts; a sentence naming what comes first after today
    ('' where nothing does). `started` is false for a school without a roster."""

    tasks: tuple[TaskRow, ...]
    facts: tuple[QuietFact, ...]
    next: str
    started: bool


def today_view(desk: Desk) -> TodayView:
    """The page 今日 of the desk's day, read for itself."""
    return today_of(Gathered(desk))


def today_of(gathered: Gathered) -> TodayView:
    """The page 今日 from what was gathered."""
    desk, tasks = gathered.desk, all_tasks(gathered)
    return TodayView(
        tuple(_row(state, task, desk.today) for state, task in agenda(tasks, desk.today)),
        tuple(_facts(gathered, tasks)),
        _next(desk, tasks),
        desk.unit.level != "学校" or bool(gathered.classes),
    )


def _row(state: State, task: Task, today: date) -> TaskRow:
    button, page, target = _way(task, today)
    where = " ".join(part for part in (task.school, task.class_name) if part)
    who = f"{task.student}（{where}）" if task.student and where else task.student
    case = f"个案{task.case}" if task.case else ""
    return TaskRow(
        key=f"{task.form} {task.case_id or task.student_id or task.class_name} {task.what}",
        state=state,
        due=_due_words(state, task.due_on, today),
        title=f"{who}　{task.what}" if who else task.what,
        why="；".join(part for part in (case, task.so_far, task.why) if part),
        button=button,
        page=page,
        target=target,
        rule=task.rule,
    )


def _way(task: Task, today: date) -> tuple[str, str, Target]:
    """The button's word, the page it opens, and what it shows there."""
    if task.form == "roll":
        return _roll_way(task, today)
    if task.form == "contact":
        return "记联系", "cases", {"student": task.student_id, "contact": True}
    if task.form in OF_CHILD:
        word, ask = OF_CHILD[task.form]
        return word, "students", {"student": task.student_id, "ask": f"{ask} {task.kind}".strip()}
    if task.form == "graduate":
        return "确认毕业", "students", {"graduate": task.class_id, "class": task.class_name}
    if task.form in OF_OFFICE:
        return OF_OFFICE[task.form]
    return _case_way(task, today)


def _roll_way(task: Task, today: date) -> tuple[str, str, Target]:
    word = "点名" if task.day == today else "补记点名"
    return word, "roll", {"class": task.class_name, "date": task.day}


def _case_way(task: Task, today: date) -> tuple[str, str, Target]:
    """The form that settles what is asked for on a case; the case itself where others are to act and tell."""
    case = task.case_id
    if task.form == "unmark":  # without a kind the form offers to take off the mark that stands
        return "取消标注", "students", {"student": task.student_id, "ask": "mark"}
    if task.form in PASSED_ON:
        return PASSED_ON[task.form], "cases", {"case": case, "end": task.kind}
    if task.document in ISSUED:
        return ISSUED[task.document], "papers", {"kind": task.document, "case": case}
    if task.settled_by == "roll" and task.class_name:
        return "看点名", "roll", {"class": task.class_name, "date": today}
    if task.settled_by == "paper" and task.document:
        return "填文书", "papers", {"kind": task.document, "case": case}
    if task.settled_by == "visit":
        word = "记动员" if task.waiting else VISITED.get(task.document, "记家访")
        return word, "cases", {"case": case, "visit": True}
    if task.settled_by in ENDED:
        return ENDED[task.settled_by], "cases", {"case": case, "end": task.settled_by}
    return "看个案", "cases", {"case": case}


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


def _facts(gathered: Gathered, tasks: list[Task]) -> list[QuietFact]:
    desk = gathered.desk
    unsure = {student.id for student, run in gathered.runs if run.undecided}
    undecided = len(unsure | {task.student_id for task in tasks if task.undecided})
    judged = _left(f"无法判定 {undecided}人", undecided, "roll")
    rolls = [_roll_fact(gathered), judged] if desk.unit.level == "学校" else []
    return [*rolls, *_run_fact(gathered), _backup_fact(desk), _month_fact(gathered)]


def _run_fact(gathered: Gathered) -> list[QuietFact]:
    """How long the runs of 旷课 of today are, with a case or without, in the program's own classes of length."""
    of_cases = [one.facts.run for one in gathered.open_cases]
    words = bucket_words([*of_cases, *(run for _, run in gathered.runs)])
    return [QuietFact(f"提示：连续旷课{words}")] if words else []


def _left(text: str, left: int, page: str, target: Target | None = None) -> QuietFact:
    """A fact that leads to a page as long as something is left to do there."""
    return QuietFact(text, page, target or {}) if left else QuietFact(text)


def _roll_fact(gathered: Gathered) -> QuietFact:
    desk = gathered.desk
    if not gathered.classes:
        return _left("还没有导入名册", 1, "students", {"import": True})
    today = desk.calendar.fact(desk.today)
    if not today.weight:
        return QuietFact(f"今天不上课（{today.why}）")
    left = gathered.missing_today
    return _left(f"今天还有{left}个班没点名" if left else "今天各班都点了名", left, "roll")


def _backup_fact(desk: Desk) -> QuietFact:
    day = last_backup(desk)
    if day is None:
        return _left("还没有备份", 1, "settings", {"part": "backup"})
    if day == desk.today:
        return QuietFact("上次备份 今天")
    ago = (desk.today - day).days
    return QuietFact(f"上次备份 {_short(day)}" + (f"（{ago}天前）" if ago > 0 else ""))


def _month_fact(gathered: Gathered) -> QuietFact:
    """How many children missed school (旷课) this month, and how many cases were opened."""
    desk = gathered.desk
    first, school = desk.today.replace(day=1), desk.unit.level == "学校"
    opened = sum(first <= one.facts.case.opened_on <= desk.today for one in gathered.cases)
    truants = f"记旷课{count_unexcused(desk.tx, first, desk.today)}人，" if school else ""
    return QuietFact(f"本月{truants}新立个案{opened}件")


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
