"""Why a paper should not go out today without a reason: too early, a child that is back, a second one of its kind."""

from collections.abc import Mapping

from app.documents.catalogue import kind_named
from app.domain.dates import day_in_words, day_words
from app.domain.ladder.facts import LETTER, NOTICE, REPORT, CaseFacts
from app.domain.ladder.next_action import too_early
from app.domain.ladder.readiness import reports_due
from app.service.office.classes import class_name_of, group_of
from app.service.office.desk import Desk
from app.service.papers.subjects import PaperSubject
from app.store.queries.papers import newest_paper

OF_A_CHILD_AWAY = frozenset({REPORT, LETTER, NOTICE})
"""What asks for the return of a child."""
SIGNED_ON = "落款日期"
ENROLMENT = "组织入学记录表"
NOT_CAME = "开学未报到"


def why_not(facts: CaseFacts | None, kind: str) -> str:
    """The sentence that asks for a reason; '' where a paper of `kind` may go out on this case, or of a child without
    one, as it is."""
    if facts is None:
        return ""
    return too_early(facts, kind) or _back(facts, kind) or _second(facts, kind)


def why_to_ask(desk: Desk, subject: PaperSubject, kind: str, typed: Mapping[str, str]) -> str:
    """The first sentence that asks for a reason before this paper goes out today; '' where none does."""
    return (
        why_not(subject.facts, kind)
        or wrong_form(desk, subject, kind)
        or out_of_order(desk)
        or other_day(desk, typed)
    )


def other_day(desk: Desk, typed: Mapping[str, str]) -> str:
    """The sentence where the paper would bear another day than the one it is issued on."""
    words = typed.get(SIGNED_ON, "").strip()
    if not words or day_in_words(words) == desk.today:
        return ""
    return f"落款日期写的是{words}，不是今天（{day_words(desk.today)}）"


def wrong_form(desk: Desk, subject: PaperSubject, kind: str) -> str:
    """The sentence that asks for a reason where the form is meant for other children; '' where it fits."""
    if kind != ENROLMENT or subject.facts is None or subject.facts.case.trigger == NOT_CAME:
        return ""
    group = group_of(desk, subject.student.id)
    where = class_name_of(desk, subject.student.id) if group else ""
    return f"这张表用于还没有入学的孩子，{subject.student.name}在{where}就读" if where else ""


def out_of_order(desk: Desk) -> str:
    """The sentence that asks for a reason where a paper of a later day is in the list already: days and numbers of the
    list run the same way. '' where none is."""
    newest = newest_paper(desk.tx, desk.unit.id)
    if newest is None or newest.issued_on <= desk.today:
        return ""
    last = f"{newest.number}（{day_words(newest.issued_on)}）"
    return f"登记簿里最后一份是{last}，今天这份的日期{day_words(desk.today)}反而在前"


def _back(facts: CaseFacts, kind: str) -> str:
    if kind not in OF_A_CHILD_AWAY or facts.back_on is None:
        return ""
    return f"学生已于{day_words(facts.back_on)}返校"


def _second(facts: CaseFacts, kind: str) -> str:
    """A second report is asked for only by a rule reached since the first (方案23); a second order by none."""
    known = facts.issued(kind)
    if known is None or not kind_named(kind).once_per_case:
        return ""
    if kind == REPORT and any(one.day <= facts.as_of for one in reports_due(facts)):
        return ""
    return f"本案已出具过{known.number}"
