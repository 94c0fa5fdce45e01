"""The pages in the order of the rail."""

from ui.context import Context
from ui.pages.cases import CasesPage
from ui.pages.page import Page
from ui.pages.papers import PapersPage
from ui.pages.roll import RollPage
from ui.pages.settings import SettingsPage
from ui.pages.students import StudentsPage
from ui.pages.today import TodayPage


def make_pages(context: Context) -> list[Page]:
    """One of each, over `context`; only a school calls the roll."""
    return [
        TodayPage(context),
        *([RollPage(context)] if context.level == "学校" else []),
        StudentsPage(context),
        CasesPage(context),
        PapersPage(context),
        SettingsPage(context),
    ]
