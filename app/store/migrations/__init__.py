"""The steps that made the database what it is. A released step is never edited; a new one is added.

A step runs with foreign keys off inside one transaction with all the others, so it must not VACUUM, and
none may be registered with `transactional=False`. It may use `table.transform()`: the journal triggers that
drops are put back afterwards (see `app.store.schema`).
"""

from app.store.engine import Migrations
from app.store.migrations.m0001_first import create_first_tables
from app.store.migrations.m0002_forced_papers import add_forced_reason
from app.store.migrations.m0003_staff import add_staff
from app.store.migrations.m0004_contact_without_case import let_contacts_stand_without_case
from app.store.migrations.m0005_many_offices import open_to_many_offices
from app.store.migrations.m0007_enrolment import date_enrolments
from app.store.migrations.m0008_owners import say_whose_it_is
from app.store.migrations.m0009_case_ends import let_cases_end
from app.store.migrations.m0010_days import find_by_day
from app.store.migrations.m0011_corrections import keep_corrections

MIGRATIONS = Migrations("guixue")
MIGRATIONS(name="m0001_first")(create_first_tables)
MIGRATIONS(name="m0002_forced_papers")(add_forced_reason)
MIGRATIONS(name="m0003_staff")(add_staff)
MIGRATIONS(name="m0004_contact_without_case")(let_contacts_stand_without_case)
MIGRATIONS(name="m0005_many_offices")(open_to_many_offices)
MIGRATIONS(name="m0007_enrolment")(date_enrolments)
MIGRATIONS(name="m0008_owners")(say_whose_it_is)
MIGRATIONS(name="m0009_case_ends")(let_cases_end)
MIGRATIONS(name="m0010_days")(find_by_day)
MIGRATIONS(name="m0011_corrections")(keep_corrections)
