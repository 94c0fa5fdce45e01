"""What 设置 shows and changes: the unit and those above it, terms, a month of the calendar, the rule set in use."""

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from app.documents.catalogue import remembered_fields
from app.domain.about import TELLING, label, missed_word
from app.domain.calendar import is_usual, usual_terms
from app.domain.records import Term, Unit
from app.domain.records.record import table_name
from app.domain.units import CENTRAL_SCHOOL, COUNTY, TOWNSHIP, levels_above
from app.errors import UserError
from app.reference.rule_sets import load_rule_set
from app.service.cases.effects import effects_of
from app.service.office.calendars import reset_days, set_days, set_term, show_calendar, withdraw_term
from app.service.office.desk import RULE_SET, RULES, Desk
from app.service.office.grades import primary_years, set_primary_years
from app.service.office.rule_sets import ListedRules, RulesShown, in_words, listed
from app.service.office.units import TEACHING, name_unit_above, refuse_wrong_code, unit_above
from app.service.papers.values import REMEMBERED
from app.store.queries import office

OFFICE_FIELDS = {label(Unit, column): column for column in ("name", "code", "short_mark")}
ORDERING = frozenset({"机关联系人", "机关联系电话", "复议机关", "诉讼法院"})
SCHOOLING = "小学学制"
SCHOOLINGS = {6: "六年制", 5: "五年制"}
"""How many grades a 小学 has, in words: the last of them graduates."""
ABOVE = {COUNTY: "所在县（市、区）", TOWNSHIP: "所在乡镇", CENTRAL_SCHOOL: "所在中心学校"}


@dataclass(frozen=True)
class FormLine:
    """A line of the form 设置→单位: its label, what stands in it, and the `choices` where only some may."""

    label: str
    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownTerm:
    """A term that holds here. `usual`: nobody set one, the usual one is assumed. `level`: that of the office above
    that set it, '' for this unit's own."""

    first: date
    last: date
    cycle: str
    usual: bool
    level: str

    @property
    def own(self) -> bool:
        """Whether this unit set it, and so may take it back."""
        return not (self.usual or self.level)


@dataclass(frozen=True)
class MonthDay:
    """A day of a month: how much of it is school and why; `set` is what this unit set by hand (上课, 停课, 半天 or ''),
    with its note; `known` whether the national table has its year."""

    day: date
    weight: float
    why: str
    set: str
    note: str
    known: bool

    @property
    def school_day(self) -> bool:
        """Whether any of the day is school."""
        return self.weight > 0


@dataclass(frozen=True)
class RulesInUse:
    """The rule set in use; `problem` is what is wrong with its file while another stands in, else ''."""

    shown: RulesShown
    problem: str


def unit_form(desk: Desk) -> tuple[FormLine, ...]:
    """The unit as a form: its own fields, the units above it, and what papers remember of the office."""
    own = {label: str(getattr(desk.unit, column)) for label, column in OFFICE_FIELDS.items()}
    above = {ABOVE[level]: _name_above(desk, level) for level in levels_above(desk.unit.level)}
    remembered = {name: desk.tx.setting(f"{REMEMBERED}{name}") or "" for name in _asked_of(desk.unit.level)}
    lines = [FormLine(label, text) for label, text in (own | above).items()]
    lines += [_schooling_line(desk)] if desk.unit.level in TEACHING else []
    return (*lines, *(FormLine(label, text) for label, text in remembered.items()))


def _schooling_line(desk: Desk) -> FormLine:
    """The usual two, and the school's own where it is another."""
    years = primary_years(desk, desk.unit.id)
    known = SCHOOLINGS | ({} if years in SCHOOLINGS else {years: f"{years}年制"})
    return FormLine(SCHOOLING, known[years], tuple(known.values()))


def _asked_of(level: str) -> list[str]:
    """What papers remember of an office: a school and a 中心学校 order nothing, so they name no 机关 and no way to
    complain of one."""
    return [name for name in remembered_fields() if level not in TEACHING or name not in ORDERING]


def save_unit_form(desk: Desk, typed: Mapping[str, str]) -> None:
    """Write the form back; `typed` is label → text, labels that are not named stay. Issued papers stay as they were.

    Raises UserError if the name is empty or the 学校标识码 is not ten digits.
    """
    refuse_wrong_code(typed.get("学校标识码", ""))
    if not typed.get("单位名称", desk.unit.name).strip():
        raise UserError("单位名称不能是空的。请写全称。")
    cells = {column: typed[label].strip() for label, column in OFFICE_FIELDS.items() if label in typed}
    if cells:
        desk.tx.change(Unit, desk.unit.id, **cells)
    for level in levels_above(desk.unit.level):
        if name := typed.get(ABOVE[level], "").strip():
            name_unit_above(desk, level, name)
    if years := {words: years for years, words in SCHOOLINGS.items()}.get(typed.get(SCHOOLING, "")):
        set_primary_years(desk, desk.unit.id, years)
    for name in remembered_fields():
        if name in typed:
            desk.tx.set_setting(f"{REMEMBERED}{name}", typed[name].strip())


def terms(desk: Desk) -> tuple[ShownTerm, ...]:
    """The terms that hold here, by first day: those set here, those of the offices above that none of ours
    replaces, and the usual ones assumed where none is set."""
    found = list(desk.calendar.terms)
    for one in (*(one for layer in desk.calendar.above for one in layer.terms), *usual_terms(desk.today)):
        if desk.calendar.term_of(one.first_day) == one:
            found.append(one)
    shown = [_shown_term(desk, one) for one in found]
    return tuple(sorted(shown, key=lambda one: one.first))


def _shown_term(desk: Desk, one: Term) -> ShownTerm:
    return ShownTerm(one.first_day, one.last_day, one.cycle, is_usual(one), desk.calendar.level_of(one))


def month(desk: Desk, year: int, number: int) -> tuple[MonthDay, ...]:
    """Each day of a month as `show_calendar` gives it, and what this unit set by hand."""
    first, last = date(year, number, 1), date(year, number, monthrange(year, number)[1])
    found = []
    for one in show_calendar(desk, first, last):
        own = desk.calendar.overrides.get(one.day)
        kind, note = (own.kind, own.note) if own else ("", "")
        known = desk.national(one.day).known
        found.append(MonthDay(one.day, one.weight, one.why, kind, note, known))
    return tuple(found)


def closure_effects(desk: Desk, first: date, last: date, kind: str) -> tuple[str, ...]:
    """What setting the days from `first` to `last` to `kind` (school, off or half) would touch of what is recorded
    already, a sentence each: rolls called, cases that would be annulled or live again, papers issued on them.

    Raises UserError where the days cannot be set so.
    """
    return effects_of(desk, partial(set_days, first=first, last=last, kind=kind)).sentences


def reset_effects(desk: Desk, first: date, last: date) -> tuple[str, ...]:
    """What taking back the days set by hand would touch, as `closure_effects`. Raises UserError where none was set."""
    return effects_of(desk, partial(reset_days, first=first, last=last)).sentences


def term_effects(desk: Desk, first: date, last: date, cycle: str) -> tuple[str, ...]:
    """What setting a term would touch, as `closure_effects`. Raises UserError where it cannot be set so."""
    return effects_of(desk, partial(set_term, first=first, last=last, cycle=cycle)).sentences


def removal_effects(desk: Desk, first: date) -> tuple[str, ...]:
    """What taking back the term that begins on `first` would touch, as `closure_effects`."""
    return effects_of(desk, partial(withdraw_term, first=first)).sentences


def rules_in_use(desk: Desk) -> RulesInUse:
    """The rule set in use, in words, and what is wrong with its file while another stands in."""
    return RulesInUse(in_words(desk.rules, desk.today), desk.rules_problem)


def choose_rules(desk: Desk, rule_set: str) -> ListedRules:
    """Use another rule set for what is opened from now on; cases keep theirs. Raises UserError if it cannot be used."""
    chosen = load_rule_set(rule_set, RULES, desk.folder.rules)
    desk.tx.set_setting(RULE_SET, chosen.id)
    return listed(chosen, desk.today)


def written_since(desk: Desk, made_on: date, entries: dict[str, int] | None) -> list[tuple[str, int]]:
    """What a backup lacks, in words with how many: [(点名, 12) …]; for going back to it.

    `entries` is what the backup knows of the journal (origin → newest number); without it, all of its day on counts.
    """
    by_day = entries is None
    found = office.written_since(desk.tx, made_on) if by_day else office.written_after(desk.tx, entries or {})
    written = {one.table: one.rows for one in found}
    counts: Counter[str] = Counter()
    for record in TELLING:
        if word := missed_word(record):
            counts[word] += written.get(table_name(record), 0)
    return [(word, count) for word, count in counts.items() if count]


def _name_above(desk: Desk, level: str) -> str:
    unit = unit_above(desk, level)
    return unit.name if unit else ""
