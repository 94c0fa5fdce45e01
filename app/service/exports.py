"""Tables written out as workbooks, or as the docx their pages are laid out from; who took what out is logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.office_table import OfficeTable
from app.errors import UserError
from app.reports.workbook import workbook_of
from app.service.children.roster_form import roster_form
from app.service.office.desk import Desk
from app.service.office.saved_files import file_stem, save_file
from app.service.program import Program
from app.service.screens.tables import EVERYTHING, Asked, tables_of

SUFFIX = ".xlsx"


@dataclass(frozen=True)
class Exported:
    """A workbook written out: where it lies, what it is called, how many sheets and rows it has."""

    file: Path
    title: str
    sheets: int
    rows: int


def export_to(program: Program, what: str, file: Path, asked: Asked = EVERYTHING) -> Exported:
    """Write the tables `what` names into `file` and log it. Raises UserError for a file that is no .xlsx or where
    there is nothing to write, EnvironmentProblem where it cannot be written."""
    refuse_other_kind(file)
    return _written(program, program.read(tables_of, what, asked), file)


def form_to(program: Program, file: Path) -> Exported:
    """Write an empty roster form into `file`; it holds nobody's data, and nothing is logged."""
    refuse_other_kind(file)
    return _saved((program.read(roster_form),), file)


def refuse_other_kind(file: Path) -> None:
    """Raises UserError for a file whose name does not end in .xlsx: Excel would not open it."""
    if file.suffix.lower() != SUFFIX:
        raise UserError(
            f"“{file.name}”不是.xlsx文件。请把文件名写成以.xlsx结尾，例如“{file.stem or '表'}.xlsx”。"
        )


def suggested_name(tables: Sequence[OfficeTable]) -> str:
    """What the file of these tables is called unless a person says otherwise."""
    first = tables[0]
    return file_stem(f"{first.heading}_{first.day:%Y%m%d}") + SUFFIX


def _written(program: Program, tables: Sequence[OfficeTable], file: Path) -> Exported:
    done = _saved(tables, file)
    if not program.read_only:
        program.write(log_taken_out, done)
    return done


def _saved(tables: Sequence[OfficeTable], file: Path) -> Exported:
    save_file(file, workbook_of(tables))
    return Exported(file, tables[0].heading, len(tables), sum(len(one.rows) for one in tables))


def log_taken_out(desk: Desk, done: Exported) -> None:
    """Note who took which table out and where to."""
    desk.tx.log_access(desk.unit.id, "存为Excel", f"{done.title}，{done.rows}行，{done.file}")
