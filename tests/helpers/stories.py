"""Stories as data: a child's dated facts and what a rule set must say on which day (tests/stories/*.toml)."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from app.domain.attendance import DayState, day_state, streak
from app.domain.calendar import SchoolCalendar, days_between
from app.domain.dates import day_in_words, day_words
from app.domain.episodes import Episode, read_history
from app.domain.ladder.acts import DueAct, due_acts
from app.domain.ladder.facts import LETTER, CaseFacts
from app.domain.ladder.next_action import next_action
from app.domain.ladder.walk import stage_of
from app.domain.leaves import required_approver
from app.domain.records import Absence, Closure, Contact, IssuedDocument, Leave, Mark, Observation, Told
from app.domain.vocabulary import BY_PHONE, OUTCOMES
from app.service.cases.facts import crossings
from tests.helpers.facts import (
    make_absence,
    make_calendar,
    make_case,
    make_contact,
    make_document,
    make_leave,
    make_look,
    rules,
)

FACTS = {
    "absent", "half", "leave", "closed", "uncalled", "contacts", "marks", "papers", "told", "looks", "closings",
    "found", "office", "asked",
}  # fmt: skip
THEN = {
    "on", "opened_on", "evidence", "acts", "never", "stage", "next", "not_next", "why", "due", "waiting", "approver",
    "task", "no_task",
}  # fmt: skip
ABOUT = {"name", "why", "rules", "then"}
NOTHING = "没有"
BEFORE = timedelta(days=14)  # 自然日 of ordinary school before the first fact


class WrongStory(Exception):
    """A story that cannot be read: which, and what is wrong with it."""


@dataclass(frozen=True)
class Story:
    """One story of a rule set. `facts` and `then` are the rows of its file; `rules` the keys it speaks of, `place` its
    number in the file."""

    rule_set: str
    name: str
    why: str
    rules: tuple[str, ...]
    facts: Mapping[str, Any]
    then: tuple[Mapping[str, Any], ...]
    place: int = 1

    @property
    def id(self) -> str:
        """Its file and its place in it: plan-24-3."""
        return f"{self.rule_set}-{self.place}"

    def __str__(self) -> str:
        return f"{self.rule_set}：{self.name}"


def read_stories(folder: Path) -> list[Story]:
    """Every story of every file, in order. Raises WrongStory naming the file and the story."""
    return [story for file in sorted(folder.glob("*.toml")) for story in _read(file)]


def _read(file: Path) -> Iterator[Story]:
    data = tomllib.loads(file.read_text("utf-8"))
    for place, row in enumerate(data["story"], 1):
        where = f"{file.name}的“{row.get('name', '没有名称的一条')}”"
        if missing := [key for key in ("name", "why", "then") if not row.get(key)]:
            raise WrongStory(f"{where}缺少{missing}")
        if unknown := set(row) - FACTS - ABOUT:
            raise WrongStory(f"{where}里有不认识的{sorted(unknown)}")
        for then in row["then"]:
            if unknown := set(then) - THEN:
                raise WrongStory(f"{where}的then里有不认识的{sorted(unknown)}")
            if "on" not in then or len(then) < 2:
                raise WrongStory(f"{where}的then要写哪一天（on）和那天该怎样")
        facts = {key: value for key, value in row.items() if key in FACTS}
        yield Story(
            file.stem, row["name"], row["why"], tuple(row.get("rules", ())), facts, tuple(row["then"]), place
        )


def days_of(values: Iterable[Any]) -> list[date]:
    """The days that a list names: 2026-09-17, or "2026-09-17..2026-09-21" with both ends."""
    found: list[date] = []
    for value in values:
        if isinstance(value, date):
            found.append(value)
        else:
            first, _, last = str(value).partition("..")
            found += days_between(date.fromisoformat(first), date.fromisoformat(last or first))
    return found


class Child:
    """A story's child as its school knows it in the evening of a day."""

    def __init__(self, story: Story, today: date) -> None:
        facts = story.facts
        self.rules = rules(story.rule_set)
        self.today = today
        closed = dict.fromkeys(days_of(facts.get("closed", ())), "停课")
        self.calendar: SchoolCalendar = make_calendar(closed)
        self.states = self._states(facts)
        self.history = read_history(self.states, self.rules.absence_rules(), self.calendar)
        self.contacts = tuple(_contact(row) for row in self._until(facts.get("contacts", ())))
        self.marks = tuple(_mark(row) for row in self._until(facts.get("marks", ())))
        self._facts = facts

    def acts(self) -> list[DueAct]:
        """What is asked for up to today, for every stretch of absence."""
        episodes = self.history.episodes or (Episode((), None, None),)
        found = [one for episode in episodes for one in self._acts_of(episode)]
        return [one for one in found if one.day <= self.today]

    def _acts_of(self, episode: Episode) -> list[DueAct]:
        own = [one for one in self.contacts if not episode.days or episode.holds(one.happened_on)]
        letters = [_paper(row) for row in self._until(self._facts.get("papers", ())) if row["kind"] == LETTER]
        return due_acts(
            self.rules,
            episode.crossings,
            own,
            self.marks,
            self.calendar,
            returned_on=episode.returned_on,
            missed=episode.days or None,
            letter_ends_on=day_in_words(letters[0].data["限期届满日"]) if letters else None,
        )

    def case(self) -> CaseFacts | None:
        """The case there is: the newest that its absence opened, or the one found by hand."""
        facts = self._facts
        run = streak(self.states, self.today)
        found = facts.get("found")
        if found and found["on"] <= self.today:
            case = make_case(found["on"], "排查发现", absent_since=found.get("absent_since"))
            begun, back = found.get("absent_since") or found["on"], None
        elif self.history.opened:
            newest = self.history.opened[-1]
            met, back, begun = newest.opening, newest.episode.returned_on, newest.episode.days[0]
            case = make_case(
                met.day, rule_key=met.rule.key, absent_since=met.evidence[0], evidence=met.evidence
            )
        else:
            return None
        return CaseFacts(
            case=case,
            as_of=self.today,
            rules=self.rules,
            calendar=self.calendar,
            contacts=tuple(one for one in self.contacts if one.happened_on >= begun),
            documents=tuple(_paper(row) for row in self._until(facts.get("papers", ()))),
            told=tuple(_told(row) for row in self._until(facts.get("told", ()))),
            observations=tuple(_look(row) for row in self._until(facts.get("looks", ()))),
            closures=tuple(_closing(row, self.today) for row in self._until(facts.get("closings", ()))),
            marks=self.marks,
            run=run,
            crossings=crossings(self.rules, run, self.calendar),
            returned_on=back,
            unit_level=facts.get("office", "学校"),
        )

    def _until(self, rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        return sorted((row for row in rows if row["on"] <= self.today), key=lambda row: row["on"])

    def _states(self, facts: Mapping[str, Any]) -> list[DayState]:
        absent = days_of(facts.get("absent", ()))
        halves = dict(str(one).split() for one in facts.get("half", ()))
        uncalled = days_of(facts.get("uncalled", ()))
        leaves = leaves_of(facts)
        if not absent and not halves:
            return []
        first = min([*absent, *map(date.fromisoformat, halves)]) - BEFORE

        def state(day: date) -> DayState:
            missed: list[Absence] = [make_absence(day)] if day in absent else []
            part = halves.get(day.isoformat())
            missed += [make_absence(day, part=part)] if part else []
            called = () if day in uncalled else ("全天",)
            return day_state(self.calendar.fact(day), called, missed, leaves, self.rules.half_day)

        return [state(day) for day in self.calendar.school_days(first, self.today)]


def leaves_of(facts: Mapping[str, Any]) -> list[Leave]:
    """The leave that was approved, one a span."""
    spans = [str(one).partition("..") for one in facts.get("leave", ())]
    return [
        make_leave(date.fromisoformat(first), date.fromisoformat(last or first)) for first, _, last in spans
    ]


def problems(story: Story, then: Mapping[str, Any]) -> list[str]:
    """Where the program says other than the story, as sentences; empty if it says the same."""
    child = Child(story, then["on"])
    said = _said(child, story)
    return [
        f"{story}，{then['on']}：{_LABELS[key]}应为{_word(wanted)}，程序得出{_word(said[key])}"
        for key, wanted in then.items()
        if key in said and not _agrees(key, wanted, said[key])
    ]


_LABELS = {
    "opened_on": "立案日期",
    "evidence": "立案依据的旷课日",
    "acts": "当天起该做的事",
    "never": "到这天不该有的事",
    "stage": "阶段",
    "next": "下一步（含有）",
    "not_next": "下一步（不含）",
    "why": "下一步的理由（含有）",
    "due": "期限",
    "waiting": "等对方",
    "approver": "请假批准人",
}


def _said(child: Child, story: Story) -> dict[str, Any]:
    case, acts = child.case(), child.acts()
    step = next_action(case) if case else None
    asked = story.facts.get("asked")
    needed = required_approver(child.rules, asked["days"]) if asked else None
    return {
        "opened_on": case.case.opened_on if case else NOTHING,
        "evidence": list(case.case.evidence) if case else [],
        "acts": sorted({act_words(one) for one in acts if one.day == child.today}),
        "never": sorted({one.act for one in acts}),
        "stage": stage_of(case) if case else NOTHING,
        "next": step.action if step else NOTHING,
        "not_next": step.action if step else NOTHING,
        "why": step.reason if step else NOTHING,
        "due": (step.due_on if step else None) or NOTHING,
        "waiting": step.waiting if step else False,
        "approver": needed[0] if needed else NOTHING,
    }


def act_words(act: DueAct) -> str:
    """An act and whom it goes to: 报告→乡镇, 开个案."""
    return f"{act.act}→{act.to}" if act.to else act.act


def _agrees(key: str, wanted: Any, said: Any) -> bool:
    if key in {"next", "why"}:
        return str(wanted) in str(said)
    if key == "not_next":
        return str(wanted) not in str(said)
    if key == "never":
        return not set(wanted) & set(said)
    if key == "evidence":
        return bool(days_of(wanted) == said)
    if key == "acts":
        return bool(sorted(wanted) == said)
    return bool(wanted == said)


def _word(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value)) or NOTHING
    return f"“{value}”"


def _contact(row: Mapping[str, Any]) -> Contact:
    method = row.get("method") or ("家访" if row["outcome"] in OUTCOMES else BY_PHONE)
    return make_contact(
        row["on"],
        row["outcome"],
        row.get("level", "学校"),
        method=method,
        promised_on=row.get("promised"),
        id=f"contact-{row['on']}-{row.get('level', '学校')}",
    )


def _mark(row: Mapping[str, Any]) -> Mark:
    day = row["on"]
    return Mark(
        id=f"mark-{day}",
        student_id="child",
        kind=row["kind"],
        set_on=day,
        entered_on=day,
        cleared_on=row.get("cleared"),
    )


def _paper(row: Mapping[str, Any]) -> IssuedDocument:
    until = {"限期届满日": day_words(row["until"])} if "until" in row else {}
    return make_document(row["on"], row["kind"], data=until)


def _told(row: Mapping[str, Any]) -> Told:
    return Told(
        id=f"told-{row['on']}-{row['kind']}",
        case_id="case",
        kind=row["kind"],
        happened_on=row["on"],
        entered_on=row["on"],
        told_by="乡镇办事员",
        level=row.get("level", "乡镇"),
    )


def _look(row: Mapping[str, Any]) -> Observation:
    return make_look(row["on"], in_school=row["in_school"])


def _closing(row: Mapping[str, Any], today: date) -> Closure:
    reopened = row.get("reopened")
    return Closure(
        id=f"closing-{row['on']}",
        case_id="case",
        reason=row["reason"],
        closed_on=row["on"],
        entered_on=row["on"],
        by_whom="陈老师",
        withdrawn_on=reopened if reopened and reopened <= today else None,
    )
