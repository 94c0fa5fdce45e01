"""The pages in the order of the rail."""

from ui.context import Context
from ui.pages.cases.page import CasesPage
from ui.pages.page import Page
from ui.pages.papers.page import PapersPage
from ui.pages.roll.page import RollPage
from ui.pages.roster.wizard import RosterWizard
from ui.pages.settings.page import SettingsPage
from ui.pages.students.page import StudentsPage
from ui.pages.today.page import TodayPage


def make_pages(context: Context) -> list[Page]:
    """One of each, over `context`; only a school calls the roll."""
    return [
        TodayPage(context),
        *([RollPage(context)] if context.level == "学校" else []),
        StudentsPage(context, RosterWizard(context)),
        CasesPage(context),
        PapersPage(context),
        SettingsPage(context),
    ]
