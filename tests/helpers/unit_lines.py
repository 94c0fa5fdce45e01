"""The form 设置→单位 as a test compares it."""

from app.service.program import Program
from app.service.screens.settings import unit_form


def unit_lines(program: Program) -> dict[str, str]:
    """Label → text of every line of the form."""
    return {one.label: one.text for one in program.read(unit_form)}
