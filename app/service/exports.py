"""Tables written out as workbooks, or as the docx their pages are laid out from; who took what out is logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.office_table import OfficeTable
from app.errors import UserError
from app.reports.pages import docx_of
from app.reports.workbook import workbook_of
from app.service.children.roster_form import roster_form
from app.service.office.desk import Desk
from app.service.office.saved_files import file_stem, save_file
from app.service.program import Program
from app.service.screens.tables import EVERYTHING, RowsAsked, tables_of

SUFFIX = ".xlsx"
PRINTED_AT_MOST = 2_000  # rows: some 100 pages
NAMED = 3  # tables named one by one in the log


@dataclass(frozen=True)
class Exported:
    """A workbook written out: where it lies, what it is called, how many sheets and rows it has."""

    file: Path
    title: str
    sheets: int
    rows: int


def export_to(program: Program, what: str, file: Path, asked: RowsAsked = EVERYTHING) -> Exported:
    """Write the tables `what` names into `file` and log it. Raises UserError for a file that is no .xlsx or where
    there is nothing to write, EnvironmentProblem where it cannot be written."""
    refuse_other_kind(file)
    return tables_to(program, program.read(tables_of, what, asked), file)


def tables_to(program: Program, tables: Sequence[OfficeTable], file: Path) -> Exported:
    """The same for tables that were read before."""
    done = _saved(tables, file)
    log(program, "存为Excel", tables, str(done.file))
    return done


def pages_of(tables: Sequence[OfficeTable]) -> bytes:
    """The tables as a docx, to lay their pages out from. Raises UserError where nobody would want that many pages."""
    rows = sum(len(one.rows) for one in tables)
    if rows > PRINTED_AT_MOST:
        raise UserError(f"这张表有{rows}行，印出来太多了。请先筛选出要的几行再打印，或者存为Excel。")
    return docx_of(tables)


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


def log(program: Program, what: str, tables: Sequence[OfficeTable], where: str) -> None:
    """Note who took which tables out and where to; the demo, which nobody may write in, keeps no log."""
    if not program.read_only:
        program.write(log_taken_out, what, tables, where)


def log_taken_out(desk: Desk, what: str, tables: Sequence[OfficeTable], where: str) -> None:
    """Note in the access log who saved or printed which tables."""
    rows = sum(len(one.rows) for one in tables)
    names = "、".join(one.heading for one in tables[:NAMED]) + ("等" if len(tables) > NAMED else "")
    desk.tx.log_access(desk.unit.id, what, f"{names}，{rows}行，{where}")


def _saved(tables: Sequence[OfficeTable], file: Path) -> Exported:
    save_file(file, workbook_of(tables))
    return Exported(file, tables[0].heading, len(tables), sum(len(one.rows) for one in tables))
