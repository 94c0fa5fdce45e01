"""Classes without a number, once the whole file is read: class 1 where a grade has one class, else a question."""

from collections.abc import Sequence

from app.roster.line import SheetContext
from app.roster.model import Problem, RosterFile


def settle_numbers(contexts: Sequence[SheetContext], roster: RosterFile) -> None:
    """Say once which grades were read as class 1, and refuse the rows of those that have several classes. The texts
    nobody could read go to the roster, each once."""
    assumed = {place: grade for context in contexts for place, grade in context.assumed.items()}
    numbered = {
        (row.school_name, row.class_name.stage, row.class_name.entry_year)
        for row in roster.rows
        if (row.sheet, row.row) not in assumed and row.class_name.number != 1
    }
    kept = []
    told: dict[str, Problem] = {}
    for row in roster.rows:
        grade = assumed.get((row.sheet, row.row))
        if grade is None:
            kept.append(row)
        elif (row.school_name, row.class_name.stage, row.class_name.entry_year) in numbered:
            reason = f"“{grade}”在这份名单里有几个班，请写上是几班"
            roster.rejected.append(Problem(row.sheet, row.row, row.cell, reason, row.name))
        else:
            kept.append(row)
            told.setdefault(grade, Problem(row.sheet, row.row, row.cell, "", row.name))
    roster.rows[:] = kept
    if told:
        first = next(iter(told.values()))
        reason = f"没有写班号的（{'、'.join(told)}）都按每个年级一个班读作1班，如有几个班请写上班号"
        roster.warnings.append(Problem(first.sheet, first.row, first.cell, reason))
    for context in contexts:
        roster.unknown_classes.extend(
            text for text in context.unknown_classes if text not in roster.unknown_classes
        )
