"""The strip of days of an absence, assumed (试算) or of a case: what each day was, what is to be done from it on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.dates import month_day, weekday_words
from app.domain.ladder.strip import StripDay
from ui.models.rows import Column
from ui.widgets.listing import Listing
from ui.widgets.parts import column, label

LINES = 16  # of text; lower than that a strip is not read
FIRED = "▲"
SATURDAY = 5
TINTS = {"旷课": "overdue", "请假": "today", "在校": "done"}


def was_words(one: StripDay) -> str:
    """What a day was: 旷课, 病假 …, 周末; a dash where nobody knows."""
    if not one.school:  # 本单位设为停课：大雪 → 停课, 法定节假日（国庆节） → 法定节假日
        return one.why.rpartition("设为")[2].partition("（")[0].partition("：")[0]
    return one.said or "—"


def act_words(one: StripDay) -> str:
    """What is to be done from that day on; empty for most days."""
    acts: dict[str, list[str]] = {}
    for row in one.asked:
        acts.setdefault(row.act, []).extend([row.to] if row.to else [])
    said = [f"{act}（{'、'.join(to)}）" if to else act for act, to in acts.items()]
    return f"{FIRED} {'、'.join(said)}" if said else ""


def named_day(one: StripDay) -> str:
    """A day with its weekday; a Saturday or Sunday of school says that it is one."""
    made_up = "（上课）" if one.school and one.day.weekday() >= SATURDAY else ""
    return f"{month_day(one.day)} {weekday_words(one.day)}{made_up}"


def whole_words(one: StripDay) -> str:
    """A day in full, with the rules that ask for what is to be done."""
    day = named_day(one)
    was = was_words(one) if one.school else one.why
    rules = "".join(f"\n{why}" for why in dict.fromkeys(row.why for row in one.asked))
    return f"{day}　{was}{'　' if one.asked else ''}{act_words(one)}{rules}"


def _tint(one: StripDay) -> str:
    return TINTS.get(one.said.partition("（")[0], "quiet") if one.school else "quiet"


def _ground(one: StripDay) -> str:
    return "today_ground" if one.asked else "" if one.school else "ground"


COLUMNS = (
    Column(
        "哪天",
        named_day,
        width=10,
        tint=lambda one: "ink" if one.school else "quiet",
        ground=_ground,
    ),
    Column("这天", was_words, width=5, tint=_tint, ground=_ground),
    Column("该做什么", act_words, width=0, bold=lambda one: bool(one.asked), ground=_ground),
)


class DayRows(QWidget):
    """What is asked for on which day, then a row a day with these marked, and below it the chosen day in full."""

    def __init__(self, name: str, nothing: str) -> None:
        super().__init__()
        self._nothing = nothing
        self._summary = label("", wrap=True)
        self._listing = Listing(name, COLUMNS, nothing, whole_words)
        self.model, self.view = self._listing.model, self._listing.view
        self.view.setAlternatingRowColors(False)
        self.view.setSortingEnabled(False)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._listing.setMinimumHeight(self.fontMetrics().height() * LINES)
        self.setLayout(column(self._summary, self._listing))

    def show_days(self, days: Sequence[StripDay]) -> None:
        """Show these days; the first on which something is asked for is chosen."""
        fired = [place for place, one in enumerate(days) if one.asked]
        self._listing.set_rows(days)
        self._summary.setText(_said(days) if fired else self._nothing)
        if fired:
            self.view.selectRow(fired[0])


def _said(days: Sequence[StripDay]) -> str:
    acts = sum(len({row.act for row in one.asked}) for one in days)
    count = sum(bool(one.asked) for one in days)
    between = f"{month_day(days[0].day)}到{month_day(days[-1].day)}，有{count}天要办事，共{acts}件："
    fired = (
        f"{FIRED} {named_day(one)}　{act_words(one).removeprefix(FIRED).strip()}" for one in days if one.asked
    )
    return "\n".join((between, *fired))
