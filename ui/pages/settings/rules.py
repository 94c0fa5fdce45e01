"""设置: the rule set in use, in words with its sources, and a copy for the county to change."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QInputDialog, QTextBrowser

from app.domain.ladder.strip import StripDay
from app.domain.ladder.trial import Tried
from app.service.office.desk import Desk
from app.service.office.rule_sets import (
    ListedRules,
    RulesCopied,
    RulesShown,
    broken_rules,
    copy_rules,
    free_id,
    list_rules,
    show_rules,
)
from app.service.office.trials import try_days
from app.service.screens.settings import RulesInUse, choose_rules, rules_in_use
from ui.context import Context
from ui.pages.settings.part import SettingsPart
from ui.pages.settings.trial import TrialPanel
from ui.widgets.keys import GO
from ui.widgets.parts import button, label, row
from ui.widgets.rule_chooser import RuleChooser
from ui.widgets.rule_words import in_html
from ui.widgets.side_panel import SidePanel


@dataclass(frozen=True)
class _Everything:
    """The sets that can be used, the sentences about those that cannot, the set in use and the one to show."""

    listed: tuple[ListedRules, ...]
    broken: tuple[str, ...]
    used: RulesInUse
    shown: RulesShown


class RulesPart(SettingsPart):
    """Whose numbers hold, and where each of them is written."""

    heading = "规则"
    explanation = "天数和期限都出自县里的文件。换规则只影响以后立的个案，已立的个案按立案时的规则办。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.choice = RuleChooser()
        self.choice.setPlaceholderText("请选一套规则")
        self.choice.setMinimumWidth(self.fontMetrics().horizontalAdvance("永") * 16)
        self.wrong = label("", "overdue", wrap=True)
        self.words = QTextBrowser()
        self.words.setAccessibleName("规则内容")
        self.use = button("改用这套规则(&G)", self._use)
        self.copy = button("复制一份来改(&C)…", self._copy)
        self.folder = button("打开所在文件夹(&K)", self._open_folder, hint="本县自己的规则文件放在这里")
        self.try_out = button("试算(&T)…", self.ask_trial, hint="缺勤从这天到那天，哪天该做什么")
        self.panel = SidePanel(self)
        self._in_use = ""
        self._chosen = ""  # the set a person looks at; empty for the one in use, whichever that is
        self.choice.activated.connect(lambda _place: self._read())
        choosing = row(self.choice, self.choice.search, self.use)
        choosing.setStretch(1, 1)
        self.body.addLayout(choosing)
        self.body.addWidget(self.wrong)
        self.body.addWidget(self.words, 1)
        self.body.addLayout(row(self.try_out, None, self.folder, self.copy))
        self.wrong.hide()

    def refresh(self) -> None:
        """Read the list, what is wrong with files, and the set looked at or in use."""
        self._look_at(self._chosen)

    def ask_trial(self) -> None:
        """Open 试算 for the set that is looked at."""
        if self.choice.currentIndex() < 0:
            return
        rule_set = str(self.choice.currentData())
        panel = TrialPanel(self.context.today, lambda: self._try(panel, rule_set))
        run = button("试算 Ctrl+Enter", lambda: self._try(panel, rule_set), "primary")
        for keys in GO:
            QShortcut(QKeySequence(keys), run).activated.connect(run.click)
        self.panel.present(f"试算　{self.choice.currentText()}", panel, [run])

    def _try(self, panel: TrialPanel, rule_set: str) -> None:
        if tried := self.understood(panel.tried):
            self.context.tasks.read(panel, _tried, rule_set, tried, then=panel.show_days)

    def _look_at(self, chosen: str) -> None:
        self._chosen = chosen
        self.context.tasks.read(self, _everything, chosen, then=self._fill)

    def _fill(self, answer: _Everything) -> None:
        problem = answer.used.problem
        self._in_use = "" if problem else answer.used.shown.id
        self.choice.offer([(self._called(one), one.id) for one in answer.listed])
        self.choice.choose(answer.shown.id)
        sentences = [one for one in answer.broken if not problem.startswith(one)]
        self._say_wrong([problem, *sentences] if problem else sentences)
        self._show(answer.shown)

    def _called(self, one: ListedRules) -> str:
        note = "" if one.in_force else "（不在有效期）"
        return f"{one.name}{note}{'（在用）' if one.id == self._in_use else ''}"

    def _say_wrong(self, sentences: Sequence[str]) -> None:
        self.wrong.setText("\n".join(f"▲ {one}" for one in sentences))
        self.wrong.setVisible(bool(sentences))

    def _read(self) -> None:
        self._chosen = self.choice.currentData()
        self.context.tasks.read(self, _one, self._chosen, then=self._show)

    def _show(self, rules: RulesShown) -> None:
        self.use.setEnabled(self.choice.currentIndex() >= 0 and rules.id != self._in_use)
        self.copy.setEnabled(self.choice.currentIndex() >= 0)
        self.words.setHtml(in_html(rules))

    def _use(self) -> None:
        def told(chosen: ListedRules) -> None:
            self.context.bus.said.emit(f"以后立案按“{chosen.name}”办。")
            self._look_at("")

        self.context.tasks.write(self, choose_rules, self.choice.currentData(), then=told)

    def _copy(self) -> None:
        name, given = QInputDialog.getText(self, "复制规则", "给本县的规则起个名称：")
        if given and name.strip():
            self.context.tasks.write(self, _copy, self.choice.currentData(), name.strip(), then=self._copied)

    def _copied(self, made: RulesCopied) -> None:
        self.context.bus.said.emit(f"已复制到 {made.file}，用记事本改好数字和出处，再回来选用。")
        self._look_at(made.id)

    def _open_folder(self) -> None:
        own = self.context.folder / "rules"
        shown = own if own.is_dir() else self.context.folder
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(shown))):
            self.context.bus.refused.emit(f"打不开文件夹。请自己到这里找：{shown}")


def _everything(desk: Desk, chosen: str) -> _Everything:
    listed, used = list_rules(desk.folder, desk.today), rules_in_use(desk)
    known = chosen in {one.id for one in listed}
    shown = show_rules(desk.folder, chosen, desk.today) if known else used.shown
    return _Everything(listed, broken_rules(desk.folder), used, shown)


def _one(desk: Desk, rule_set: str) -> RulesShown:
    return show_rules(desk.folder, rule_set, desk.today)


def _tried(desk: Desk, rule_set: str, tried: Tried) -> tuple[StripDay, ...]:
    return try_days(desk.folder, rule_set, tried, desk.calendar)


def _copy(desk: Desk, rule_set: str, name: str) -> RulesCopied:
    return copy_rules(desk.folder, rule_set, free_id(desk.folder), name)
