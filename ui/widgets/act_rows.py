"""The strip of acts a rule set asks for, day by day: of an assumed absence (试算), or of a case."""

from app.domain.dates import month_day, weekday_words
from app.domain.ladder.trial import TrialRow
from ui.models.rows import Column
from ui.widgets.listing import Listing

ROWS = (
    Column(
        "哪天", lambda one: f"{month_day(one.day)} {weekday_words(one.day)}", lambda one: one.day, width=7
    ),
    Column("该做什么", lambda one: str(one.act), width=5),
    Column("交给", lambda one: str(one.to), width=6),
    Column("依据", lambda one: str(one.why), width=0),
)
LINES = 12  # of text; lower than that a strip is not read


def act_listing(name: str, empty: str) -> Listing:
    """A table for the rows, `empty` saying in words that there is none."""
    made = Listing(name, ROWS, empty, words_of)
    made.setMinimumHeight(made.fontMetrics().height() * LINES)
    return made


def words_of(row: TrialRow) -> str:
    """A row in full."""
    to = f"，交给{row.to}" if row.to else ""
    return f"{month_day(row.day)}：{row.act}{to}。{row.why}"
