"""Why a paper should not go out today without a reason: too early, a child that is back, a second one of its kind."""

from app.documents.catalogue import kind_named
from app.domain.dates import day_words
from app.domain.ladder.facts import LETTER, NOTICE, REPORT, CaseFacts
from app.domain.ladder.next_action import too_early
from app.domain.ladder.readiness import reports_due
from app.service.office.classes import class_name_of, group_of
from app.service.office.desk import Desk
from app.service.papers.subjects import PaperSubject

OF_A_CHILD_AWAY = frozenset({REPORT, LETTER, NOTICE})
"""What asks for the return of a child."""
ENROLMENT = "组织入学记录表"
NOT_CAME = "开学未报到"


def why_not(facts: CaseFacts | None, kind: str) -> str:
    """The sentence that asks for a reason; '' where a paper of `kind` may go out on this case, or of a child without
    one, as it is."""
    if facts is None:
        return ""
    return too_early(facts, kind) or _back(facts, kind) or _second(facts, kind)


def wrong_form(desk: Desk, subject: PaperSubject, kind: str) -> str:
    """The sentence that asks for a reason where the form is meant for other children; '' where it fits."""
    if kind != ENROLMENT or subject.facts is None or subject.facts.case.trigger == NOT_CAME:
        return ""
    group = group_of(desk, subject.student.id)
    where = class_name_of(desk, subject.student.id) if group else ""
    return f"这张表用于还没有入学的孩子，{subject.student.name}在{where}就读" if where else ""


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
