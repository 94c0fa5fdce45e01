"""The five short forms of the first start."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QTextBrowser, QWidget

from app.domain.calendar import usual_terms
from app.domain.records import Term
from app.domain.vocabulary import UNIT_LEVELS
from app.errors import UserError
from app.service.office.keeping import PASSWORD_WORDS
from app.service.office.known_days import years_without_holidays
from app.service.office.units import CODE_DIGITS, refuse_wrong_code
from ui.start.gate import Gate
from ui.widgets.form import Form
from ui.widgets.parts import column, label, say
from ui.widgets.recovery_paper import RecoveryCode
from ui.widgets.rule_chooser import RuleChooser
from ui.widgets.rule_words import in_html

STEPS = ("我们是谁", "用哪个县的规则", "密码", "恢复码", "本学期")
LEVELS = {word: level for level, word in UNIT_LEVELS.items()}
ASKED_OF = {
    "所在县（市、区）": ("学校", "中心学校", "乡镇"),
    "所在乡镇": ("学校", "中心学校"),
    "所在中心学校": ("学校",),
    "学校标识码": ("学校", "中心学校"),
    "县教育局": ("学校", "中心学校", "乡镇"),
}
"""Line → the levels that are asked for it; a county is asked for nobody above it."""
NEEDED = ("单位全称", "所在县（市、区）", "操作人姓名")
"""A school of the county itself (局直) has no township, so that line may stay empty."""


class StepList(QFrame):
    """Where we are: done, now, still to come, in words and signs."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("steps")
        self._lines = [label(name, "step") for name in STEPS]
        self.setLayout(column(label("归学", "title"), *self._lines, None, spacing=4, margin=24))
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("永") * 13)

    def show_step(self, now: int) -> None:
        """Show step `now`, from 0."""
        for place, line in enumerate(self._lines):
            sign, role = ("✓", "step_done") if place < now else ("○", "step")
            if place == now:
                sign, role = "●", "step_now"
            say(line, f"{sign} {STEPS[place]}", role)


def unit_step(today: date) -> Form:
    """Who we are; a county is not asked for its township."""
    form = Form(today)
    level = form.add_choice("我们是", list(LEVELS), chosen="学校")
    form.add_line("单位全称", hint="例如石桥小学、柳河镇、青石县教育局")
    form.add_line("所在县（市、区）", hint="例如青石县")
    form.add_line("所在乡镇", hint="例如柳河镇、城关街道；局直学校不填")
    form.add_line("所在中心学校", hint="由哪所中心学校管；没有的不填")
    form.add_line("学校标识码", hint="10位数字，没有可以不填")
    form.add_line("县教育局", hint="全称，例如青石县教育局；印在报告单上，可以以后填")
    form.add_line("发文代字", hint="文号前面的字，例如石小、柳政；没有可以不填")
    form.add_line("操作人姓名", hint="每一笔记录都会写上是谁记的")
    form.mark_clean()

    def ask(chosen: str) -> None:
        for name, levels in ASKED_OF.items():
            form.show_field(name, chosen in levels)

    level.currentTextChanged.connect(ask)
    return form


def unit_problem(form: Form) -> tuple[str, str] | None:
    """The field of `unit_step` to go back to and the sentence why; None where all is well."""
    values = form.values()
    level = values["我们是"]
    wanted = [name for name in NEEDED if level in ASKED_OF.get(name, (level,)) and not values[name]]
    if wanted:
        return wanted[0], f"请填{'、'.join(wanted)}。"
    code = values["学校标识码"] if level in ASKED_OF["学校标识码"] else ""
    try:
        refuse_wrong_code(code)
    except UserError:
        return "学校标识码", f"学校标识码是{CODE_DIGITS}位数字，“{code}”不是。请核对，或先不填。"
    return None


def rules_step(choice: RuleChooser, words: QTextBrowser) -> QWidget:
    """Whose numbers hold, shown in words before one decides."""
    holder = QWidget()
    words.setAccessibleName("规则内容")
    explanation = "各县的天数和期限不一样。选本县的；没有就选最接近的，以后可以复制一份来改。"
    layout = column(label(explanation, "quiet", wrap=True), choice.search, choice, words)
    layout.setStretchFactor(words, 1)
    holder.setLayout(layout)
    holder.setFocusProxy(choice)
    return holder


@dataclass(frozen=True)
class RuleChoice:
    """A rule set to choose: its words as HTML, or the sentence why its file cannot be used."""

    id: str
    name: str
    html: str
    problem: str = ""


def own_rules(choices: Iterable[RuleChoice], county: str) -> str:
    """The id of the rule set named after the county that was typed; '' where there is none."""
    name = county.strip()
    return next((one.id for one in choices if len(name) > 1 and one.name.startswith(name)), "")


def rule_choices(gate: Gate) -> list[RuleChoice]:
    """Every rule set in words; reads files, so it is run beside the window. A broken file spoils only itself."""
    found = []
    for one in gate.rule_sets():
        try:
            found.append(RuleChoice(one.id, one.name, in_html(gate.rule_words(one.id))))
        except UserError as problem:
            found.append(RuleChoice(one.id, one.name, "", problem.sentence))
    return found


def password_step(today: date) -> Form:
    """The password, twice."""
    form = Form(today)
    form.add_words("学生信息加密保存在这台电脑上，不上网。每次打开要输密码，请不要贴在显示器上。")
    form.add_words(f"{PASSWORD_WORDS}；几个词连起来最好记，例如学校旁边的山名加年份。")
    lines = [form.add_line(name) for name in ("密码", "再写一遍")]
    seen = QCheckBox("显示密码(&S)")

    def show(shown: bool) -> None:
        for line in lines:
            line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    show(False)
    seen.toggled.connect(show)
    form.add_across(seen)
    form.mark_clean()
    return form


def code_step(code: RecoveryCode) -> QWidget:
    """The recovery code, to be copied or printed."""
    holder = QWidget()
    words = "忘了密码时，只有这串恢复码能打开数据。请抄在纸上或打印出来，和公章放在一起。它只显示这一次。"
    holder.setLayout(column(label(words, wrap=True), code, None))
    return holder


def term_step(today: date) -> Form:
    """First and last day of this term."""
    form = Form(today)
    term = usual_term(today)
    form.add_words(
        "先填的是常见的日期，请按本校的校历改正。上课日从开学算到放假，"
        f"{holiday_words(term)}本校停课、补课以后在“设置→学期与校历”里改。"
    )
    form.add_day("开学", term.first_day)
    form.add_day("放假", term.last_day)
    form.mark_clean()
    return form


def holiday_words(term: Term) -> str:
    """Of which years of the term the holidays are known."""
    missing = years_without_holidays(term.first_day, term.last_day)
    if not missing:
        return "国家放假和调休已经算好。"
    years = "、".join(f"{year}年" for year in missing)
    known = "" if term.first_day.year in missing else f"{term.first_day.year}年的国家放假和调休已经算好；"
    return f"{known}程序里还没有{years}的放假安排，先只按周末推算，国务院公布后请在“设置→学期与校历”里录入。"


def usual_term(today: date) -> Term:
    """The usual term that runs on `today`, in the holidays the next one."""
    return next(term for term in usual_terms(today) if today <= term.last_day)
