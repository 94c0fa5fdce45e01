"""What lets a case go on and end: a return or a step that was told, observations, 销号 and taking it up again, and a
step forced with a reason."""

from dataclasses import dataclass
from datetime import date

from app.domain.dates import day_words
from app.domain.ladder.differences import differences
from app.domain.ladder.facts import BACK, CaseFacts
from app.domain.ladder.readiness import looks
from app.domain.ladder.rows import Step
from app.domain.ladder.walk import is_open, stage_of, walked
from app.domain.records import CaseFile, Closure, ForcedStep, Observation, Student, Told
from app.domain.vocabulary import (
    AGE_CHECKED,
    ANSWERS,
    LEVELS,
    OTHER_CLOSING,
    RELAPSE,
    RETURNED_CLOSING,
    SAID_CHANGED,
    SPEAKS_AS,
    TOLD,
    TOLD_ON,
    UNDONE,
    choice,
)
from app.domain.words import number_of
from app.errors import ReasonNeeded, UserError
from app.service.cases.child_words import ChildWords
from app.service.cases.facts import CaseReader
from app.service.cases.opening import OpenedCase, open_case
from app.service.cases.reading import known_case
from app.service.office.desk import Desk

NOBODY = {
    **dict.fromkeys(TOLD_ON, "没有写告诉了谁。请写对方是谁。"),
    AGE_CHECKED: "没有写是谁核对的。请写核对人。",
}
"""What is recorded → the sentence where it names nobody."""


@dataclass(frozen=True)
class CaseMoved:
    """A case after what was recorded: its number, its child, its stage now, and the number of a case opened with it."""

    id: str
    no: str
    student: str
    school: str
    stage: str
    opened: str = ""


def tell(
    desk: Desk, case_id: str, kind: str, day: date, told_by: str, *, level: str = "", note: str = ""
) -> CaseMoved:
    """Record what another office, or the family, told of a case: a return, a notice, its service, a decision (据告知);
    or that this office told on a return or a correction, `told_by` being who was told, or checked the age.

    Raises UserError for a day that cannot be, an empty name, or a case that ended.
    """
    choice("告知的事", kind, (*TOLD, *ANSWERS))
    facts = _open_facts(desk, case_id)
    refuse_day(facts, day, "发生的日期")
    if not told_by.strip():
        raise UserError(NOBODY.get(kind, "没有写告知人。请写是谁告知的。"), "told_by")
    if kind == SAID_CHANGED:
        note = _changed_note(facts, note)
    if kind == BACK and facts.back_on:
        raise UserError(f"已经记录{day_words(facts.back_on)}返校，不用再记。")
    if any((one.kind, one.happened_on) == (kind, day) for one in facts.told):
        raise UserError(f"{day_words(day)}的“{kind}”已经记过，不用再记。")
    own = SPEAKS_AS.get(desk.unit.level, desk.unit.level)
    default = own if kind == BACK else "乡镇"
    told = Told(
        id=desk.tx.new_id(),
        case_id=case_id,
        kind=kind,
        happened_on=day,
        entered_on=desk.today,
        told_by=told_by.strip(),
        level=choice("层级", level or default, LEVELS),
        note=note.strip(),
    )
    desk.tx.add(told)
    return _moved(desk, case_id)


def observe(desk: Desk, case_id: str, day: date, *, in_school: bool, note: str = "") -> CaseMoved:
    """Record whether the child is still in school. 不在校 opens a case linked to this one.

    Raises UserError before a return, or for a day that cannot be.
    """
    facts = _open_facts(desk, case_id)
    back = facts.back_on
    if back is None:
        raise UserError("还没有返校，不能记观察。请先用点名，或“告知返校”记下返校日期。")
    if day <= back:
        raise UserError(f"观察日期{day_words(day)}要在返校日期{day_words(back)}之后。请核对。", "observed_on")
    refuse_day(facts, day, "观察日期")
    if any(one.observed_on == day for one in facts.observations):
        raise UserError(f"{day_words(day)}的观察已经记过，不用再记。", "observed_on")
    opened = "" if in_school else _relapse(desk, facts, day).no  # while the old case still counts as returned
    look = Observation(
        id=desk.tx.new_id(),
        case_id=case_id,
        observed_on=day,
        entered_on=desk.today,
        in_school=in_school,
        by_whom=desk.operator,
        note=note.strip(),
    )
    desk.tx.add(look)
    return _moved(desk, case_id, opened)


def close_case(
    desk: Desk, case_id: str, reason: str, day: date, *, note: str = "", force: str = ""
) -> CaseMoved:
    """销号: close a case for a reason. 已复学 waits for the observations, or for `force`, a reason in words.

    Raises UserError for a day that cannot be, or a reason of one's own without a note; ReasonNeeded where the
    observation is not over.
    """
    facts = _open_facts(desk, case_id)
    refuse_day(facts, day, "销号日期")
    _refuse_before_reopening(facts, day)
    why = _listed_reason(facts, reason.strip(), note)
    if why == RETURNED_CLOSING:
        _refuse_early(facts, force)
    closing = Closure(
        id=desk.tx.new_id(),
        case_id=case_id,
        reason=why,
        closed_on=day,
        entered_on=desk.today,
        by_whom=desk.operator,
        note="；".join(
            part for part in (note.strip(), f"提前销号理由：{force.strip()}" if force else "") if part
        ),
    )
    desk.tx.add(closing)
    return _moved(desk, case_id)


def reopen_case(desk: Desk, case_id: str, reason: str) -> CaseMoved:
    """Take a closed case up again, with the reason. Raises UserError where it is not closed, or without a reason."""
    facts = CaseReader(desk).facts(known_case(desk, case_id))
    if facts.closed is None:
        raise UserError("这个个案没有销号，不用恢复。")
    if facts.followed_by:
        newer = number_of(desk.tx.get(CaseFile, facts.followed_by))
        raise UserError(f"这个孩子后来另立了个案{newer}，请在那个个案上继续记录。")
    if not reason.strip():
        raise UserError("没有写恢复的理由。请补上。", "reason")
    if reason.strip() == UNDONE:
        raise UserError("“撤销”说不清为什么恢复。请写明理由，例如材料不实。", "reason")
    desk.tx.withdraw(Closure, facts.closed.id, desk.today, reason.strip())
    return _moved(desk, case_id)


def force_step(desk: Desk, case_id: str, step: str, reason: str, *, day: date | None = None) -> CaseMoved:
    """Take a step of the ladder with a reason, although its fact is not in the record.

    Raises UserError for a step that does not lead on from where the case stands, or without a reason.
    """
    facts = _open_facts(desk, case_id)
    stage, ahead = walked(facts).stage, forcible_steps(facts)
    if step not in {one.key for one in ahead}:
        listed = "、".join(one.key for one in ahead) or "没有"
        raise UserError(f"现在是“{stage}”，不能强制走“{step}”。可以走的步骤：{listed}。", "step")
    if not reason.strip():
        raise UserError("没有写强制的理由。请补上。", "reason")
    on = day or desk.today
    refuse_day(facts, on, "日期")
    forced = ForcedStep(
        id=desk.tx.new_id(),
        case_id=case_id,
        step=step,
        forced_on=on,
        entered_on=desk.today,
        reason=reason.strip(),
        by_whom=desk.operator,
    )
    desk.tx.add(forced)
    return _moved(desk, case_id)


def forcible_steps(facts: CaseFacts) -> tuple[Step, ...]:
    """The steps that lead on from where a case stands and may be taken with a reason; closing and a return are facts
    of their own, with a form each."""
    stage = walked(facts).stage
    ahead = facts.ladder.leaving(stage)
    return tuple(one for one in ahead if one.target != stage and one.when not in {"已销号", "已返校"})


def _changed_note(facts: CaseFacts, note: str) -> str:
    """What was told of papers that differ, by which their question is settled. Raises UserError where none does."""
    found = differences(facts)
    if not found:
        raise UserError("已出具的文书和点名没有出入，不用告知更正。")
    return "；".join(part for part in (*(one.words for one in found), note.strip()) if part)


def _open_facts(desk: Desk, case_id: str) -> CaseFacts:
    facts = CaseReader(desk).facts(known_case(desk, case_id))
    if not is_open(facts):
        raise UserError(
            f"个案{number_of(facts.case)}{stage_of(facts)}，不能再记录。确实要继续的，请先恢复个案。"
        )
    return facts


def refuse_day(facts: CaseFacts, day: date, what: str) -> None:
    """Raises UserError for a day to come, or before the absence the case is about. `what` names the day."""
    if day > facts.as_of:
        raise UserError(f"{what}{day_words(day)}还没有到。请填实际发生的日期。", "day")
    begin = facts.absent_from
    if day < begin:
        raise UserError(f"{what}{day_words(day)}早于开始缺勤的{day_words(begin)}。请核对。", "day")


def _listed_reason(facts: CaseFacts, typed: str, note: str) -> str:
    """The reason of the rule set's list that was typed, or the only one it is a part of: 转出 is 转出（对方确认）. One
    that is not listed, as 其他, has to be explained."""
    listed = facts.rules.closing_reasons
    near = [one for one in listed if typed and typed in one]
    why = near[0] if len(near) == 1 else typed
    if why in listed and why != OTHER_CLOSING:
        return why
    if not why or not note.strip():
        said = f"销号原因“{why}”要在说明里写清。" if why else "没有写销号原因。"
        raise UserError(f"{said}本县规则列的原因：{'、'.join(listed)}。", "note" if why else "reason")
    return why


def _refuse_before_reopening(facts: CaseFacts, day: date) -> None:
    reopened = max((one.withdrawn_on for one in facts.closures if one.withdrawn_on), default=None)
    if reopened and day < reopened:
        raise UserError(f"个案{day_words(reopened)}才恢复，销号日期不能早于这一天。请核对。", "day")


def _refuse_early(facts: CaseFacts, force: str) -> None:
    if facts.back_on is None:
        raise UserError("还没有返校记录，不能按“已复学”销号。请先记下返校。", "reason")
    missing = [look for look in looks(facts) if look.made is None]
    if missing and not force.strip():
        days = "、".join(day_words(look.day) for look in missing)
        raise ReasonNeeded(f"观察还差{len(missing)}次（{days}），现在还不能按“已复学”销号。", "reason")


def _relapse(desk: Desk, facts: CaseFacts, day: date) -> OpenedCase:
    student = desk.tx.get(Student, facts.case.student_id)
    return open_case(
        desk, student, RELAPSE, day, absent_since=day, note=f"个案{number_of(facts.case)}观察时不在校"
    )


def _moved(desk: Desk, case_id: str, opened: str = "") -> CaseMoved:
    case = desk.tx.get(CaseFile, case_id)
    facts = CaseReader(desk).facts(case)
    student = desk.tx.get(Student, case.student_id)
    school = ChildWords(desk, [student.id]).school_beside(student.id)
    return CaseMoved(case.id, number_of(case), student.name, school, stage_of(facts), opened)
