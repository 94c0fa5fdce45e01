"""The wizard's use cases: nothing before it is accepted, only the file that was seen, refused rows to take along."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.domain.records import ClassGroup
from app.errors import EnvironmentProblem, UserError
from app.roster.fields import known_field
from app.roster.model import RosterFile
from app.roster.roster_file import read_roster
from app.service.cases.contacts import Visit, add_contact_to_child
from app.service.children import roster_reading
from app.service.children.roster_answers import RosterAnswer
from app.service.children.roster_reading import ReadFile
from app.service.children.rosters import import_roster, undo_import
from app.service.children.staff import StaffEntry, save_staff
from app.service.program import Program
from app.service.screens.roster import (
    FIELDS,
    FilePreview,
    import_accepted,
    import_runs,
    preview_file,
    save_problems,
)
from app.service.screens.students_rows import student_rows
from tests.app.service.conftest import TODAY
from tests.helpers.sheets import workbook

GOOD = ("姓名", "班级", "出生日期", "爱好")
ROWS = [("林一帆", "五年级1班", "2015-03-12", "画画"), ("周晓航", "五年级1班", "2015-02-30", "")]


def roster(path: Path, header: tuple[str, ...] = GOOD, rows: list[tuple[str, ...]] = ROWS) -> Path:
    return workbook(path, (header, *rows))


def answer_of(shown: FilePreview) -> RosterAnswer:
    assert shown.answer is not None
    return shown.answer


def read_of(program: Program, path: Path) -> ReadFile:
    file = program.read(preview_file, path).file
    assert file is not None
    return file


def test_a_preview_names_new_children_with_their_class_and_writes_nothing(
    program: Program, tmp_path: Path
) -> None:
    shown = program.read(preview_file, roster(tmp_path / "名册.xlsx"))
    assert shown.recognised
    assert [(one.name, one.class_name) for one in answer_of(shown).new] == [("林一帆", "五年级1班")]
    assert [one.cell for one in answer_of(shown).rejected] == ["C3"]
    assert answer_of(shown).unused_headers == ("爱好",)
    assert program.read(student_rows) == []


def test_a_header_nobody_knows_is_offered_for_choosing_and_read_as_chosen(
    program: Program, tmp_path: Path
) -> None:
    strange = roster(
        tmp_path / "怪.xlsx", ("孩子", "哪个班", "生辰"), [("林一帆", "五年级1班", "2015-03-12")]
    )
    shown = program.read(preview_file, strange)
    assert not shown.recognised
    assert shown.headers == ("孩子", "哪个班", "生辰")
    chosen = {"姓名": "孩子", "班级": "哪个班"}
    assert answer_of(program.read(preview_file, strange, chosen)).added == 1


def test_every_field_offered_is_one_the_reader_knows() -> None:
    assert [known_field(name) for name in FIELDS] == list(FIELDS)


def test_a_file_changed_after_the_preview_is_not_imported(program: Program, tmp_path: Path) -> None:
    path = roster(tmp_path / "名册.xlsx")
    seen = read_of(program, path)
    roster(path, rows=[("何知秋", "五年级1班", "2015-03-12", "")])
    with pytest.raises(UserError, match="预览之后又改过"):
        program.write(import_accepted, seen)
    assert program.read(import_runs) == ()


def test_a_vanished_child_is_shown_with_its_class(program: Program, tmp_path: Path) -> None:
    path = roster(tmp_path / "名册.xlsx")
    program.write(import_accepted, read_of(program, path))
    roster(path, rows=[("何知秋", "五年级1班", "2015-06-01", "")])
    (gone,) = answer_of(program.read(preview_file, path)).vanished
    assert (gone.name, gone.class_name) == ("林一帆", "五年级1班")


def test_the_list_of_imports_says_which_was_taken_back(program: Program, tmp_path: Path) -> None:
    path = roster(tmp_path / "名册.xlsx")
    done = program.write(import_accepted, read_of(program, path)).value
    (before,) = program.read(import_runs)
    assert (before.file_name, before.undone_on) == ("名册.xlsx", None)
    program.write(undo_import, done.run)
    assert program.read(import_runs)[0].undone_on == TODAY
    assert program.read(student_rows) == []


@pytest.mark.parametrize("what", ["联系记录", "包学生"])
def test_an_import_is_not_taken_back_under_a_call_or_somebody_who_answers_for_a_child(
    program: Program, tmp_path: Path, what: str
) -> None:
    path = roster(tmp_path / "名册.xlsx")
    run = program.write(import_roster, path).value.run
    [child] = program.read(student_rows)
    if what == "联系记录":
        visit = Visit(day=TODAY, method="电话", outcome="打通", by_whom="王老师")
        program.write(add_contact_to_child, child.id, visit)
    else:
        program.write(save_staff, "", StaffEntry(name="李老师", charges={"包学生": child.name}))
    with pytest.raises(UserError, match=f"{child.name}导入后已有{what}"):
        program.write(undo_import, run)
    assert [row.id for row in program.read(student_rows)] == [child.id]


def test_refused_rows_are_saved_with_their_reason_beside_them(program: Program, tmp_path: Path) -> None:
    path = roster(tmp_path / "名册.xlsx")
    shown = program.read(preview_file, path)
    target = save_problems(path, answer_of(shown).rejected, tmp_path / "问题行.xlsx", {})
    cells = [cell.value for cell in load_workbook(target).worksheets[0][2]]
    assert "周晓航" in cells
    assert any("2015-02-30" in str(cell) for cell in cells)


def test_a_file_that_is_gone_is_said_in_a_sentence(program: Program, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="读不出文件"):
        program.read(preview_file, tmp_path / "没有.xlsx")


def test_an_accepted_file_is_not_read_a_second_time(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings: list[Path] = []

    def counted(path: Path, today: date, **how: Any) -> RosterFile:
        readings.append(path)
        return read_roster(path, today, **how)

    monkeypatch.setattr(roster_reading, "read_roster", counted)
    path = roster(tmp_path / "名册.xlsx")
    program.write(import_accepted, read_of(program, path))
    assert readings == [path]
    assert [row.name for row in program.read(student_rows)] == ["林一帆"]


def test_a_file_accepted_on_another_day_is_read_anew(program: Program, tmp_path: Path) -> None:
    """On 1 September 五年级 becomes another class."""
    program.today = date(2026, 8, 31)
    seen = read_of(program, roster(tmp_path / "名册.xlsx"))
    program.today = date(2026, 9, 1)
    program.write(import_accepted, seen)
    (group,) = program.read(lambda desk: desk.tx.find(ClassGroup))
    assert group.entry_year == 2022
