"""The lists out to Excel, opened again: what they say, what they mask, what is logged; and the empty roster form."""

import stat
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from app.service.office.saved_files import is_removable
from tests.helpers.cli import NAMES, Cli, child_row, open_store
from tests.helpers.cli import simple_pages as pages


def out(cli: Cli, tmp_path: Path, *words: str) -> list[list[Any]]:
    """The first sheet of an export, row by row."""
    file = tmp_path / f"{words[0]}.xlsx"
    told = cli("export", *words, "--out", str(file))
    assert told["file"] == str(file)
    return [[plain(cell.value) for cell in row] for row in load_workbook(file).worksheets[0].iter_rows()]


def plain(value: Any) -> Any:
    """A cell as it was put in: openpyxl reads a date as a moment."""
    return value.date() if isinstance(value, datetime) else value


def accesses(cli: Cli) -> list[tuple[str, str, str]]:
    """Who took out what, by the access log."""
    with open_store(cli) as store:
        rows = store.read(lambda tx: tx.rows("SELECT operator, what, why FROM access_log ORDER BY rowid"))
    return [(row["operator"], row["what"], row["why"]) for row in rows]


def test_the_list_of_a_class_masks_numbers_and_is_logged(school: Cli, tmp_path: Path) -> None:
    title, unit, head, first, *rest = out(school, tmp_path, "students", "--class", "五年级2班")
    assert title[0] == "五年级2班学生名单"
    assert unit[0] == "单位：湖美乡中心小学　　2026年9月21日"
    assert head[:6] == ["序号", "姓名", "班级", "性别", "出生日期", "村"]
    whole = dict(zip(head, first, strict=True))
    typed = {name: child_row(n, name, "五年级2班") for n, name in enumerate(NAMES)}[whole["姓名"]]
    assert whole["出生日期"] == date(2015, 3, 1)
    assert whole["身份证件号"] == f"{typed[3][:6]}********{typed[3][-4:]}"
    assert whole["联系电话"] == f"139****{typed[8][-4:]}"
    assert len(rest) == 6  # five more children, and how many there are
    assert rest[-1][0] == "共6行。"
    assert accesses(school) == [
        ("陈老师", "存为Excel", f"五年级2班学生名单，6行，{tmp_path / 'students.xlsx'}")
    ]


def test_no_whole_number_is_anywhere_in_any_table(school: Cli, tmp_path: Path) -> None:
    school.roll("2026-09-14", "陈小满=旷课")
    school.roll("2026-09-15", "陈小满=旷课")
    school.roll("2026-09-16", "陈小满=旷课")
    office = school.on("2026-09-16")
    office.contact(office.cases()[0]["no"], "2026-09-16")
    numbers = {
        value
        for n, name in enumerate(NAMES)
        for value in (child_row(n, name, "")[3], child_row(n, name, "")[8])
    }
    for table in ("students", "cases", "contacts", "papers", "today", "roll"):
        shown = "\n".join(str(cell) for row in out(office, tmp_path, table) for cell in row)
        assert [one for one in numbers if one in shown] == [], table


def test_the_month_of_a_class_has_a_sign_for_every_day_and_its_sums(school: Cli, tmp_path: Path) -> None:
    """14 to 18 September 2026 are Monday to Friday. The 17th is not called; 林一帆 has leave on the
    18th. Sunday the 20th is taught for 国庆节, by the notice of the State Council for 2026."""
    school.on("2026-09-18")(
        "leave", "add", "--student", "林一帆", "--from", "2026-09-18", "--to", "2026-09-18", "--kind", "病假",
        "--approver", "班主任",
    )  # fmt: skip
    school.roll("2026-09-14", "陈小满=旷课", "周晓航=事假")
    school.roll("2026-09-15", "陈小满=旷课:上午")
    school.roll("2026-09-16")
    school.roll("2026-09-18", "陈小满=旷课")
    office = school.on("2026-09-20")
    rows = out(office, tmp_path, "roll", "--class", "五年级2班", "--month", "2026-09")
    assert rows[0][0] == "五年级2班2026年9月考勤表"
    head = rows[2]
    assert (head[2], head[15], head[31:]) == (
        "1\n二",
        "14\n一",
        ["30\n三", "旷课\n天数", "病假\n天数", "事假\n天数"],
    )
    by_name = {row[1]: row for row in rows[3:9]}
    assert by_name["陈小满"][15:22] == ["旷", "上旷", "√", "○", "旷", None, "○"]
    assert by_name["林一帆"][15:20] == ["√", "√", "√", "○", "病"]
    assert by_name["周晓航"][15:20] == ["事", "√", "√", "○", "√"]
    assert {row[1]: tuple(row[32:]) for row in rows[3:6]} == {
        "陈小满": (2.5, None, None),
        "林一帆": (None, 1, None),
        "周晓航": (None, None, 1),
    }
    assert by_name["陈小满"][22] is None  # the 21st is still to come
    assert by_name["陈小满"][2] == "○"  # the 1st, before the first roll: nobody called


def test_every_class_has_a_sheet_of_its_own(school: Cli, tmp_path: Path) -> None:
    file = tmp_path / "全校.xlsx"
    told = school.on("2026-09-20")("export", "roll", "--out", str(file))
    assert (told["sheets"], told["rows"]) == (2, 8)
    assert load_workbook(file).sheetnames == ["五年级2班2026年9月", "六年级1班2026年9月"]


def test_cases_contacts_papers_and_today_say_what_the_lists_say(school: Cli, tmp_path: Path) -> None:
    for day in ("2026-09-14", "2026-09-15", "2026-09-16"):
        school.roll(day, "陈小满=旷课")
    office = Cli(school.data, "2026-09-16", pages)
    (case,) = office.cases()
    office.contact(
        case["no"], "2026-09-16", "见到家长", "--text", '=HYPERLINK("x")', "--promise", "2026-09-18"
    )
    head, first = out(office, tmp_path, "cases")[2:4]
    shown = dict(zip(head, first, strict=True))
    assert (shown["编号"], shown["学生"], shown["连续旷课"]) == (case["no"], "陈小满", 3)
    assert (shown["阶段"], shown["立案日期"]) == (office.cases()[0]["stage"], date(2026, 9, 16))
    head, first = out(office, tmp_path, "contacts", "--month", "2026-09")[2:4]
    shown = dict(zip(head, first, strict=True))
    assert (shown["日期"], shown["学生"], shown["个案"]) == (date(2026, 9, 16), "陈小满", case["no"])
    assert (shown["结果"], shown["承诺返校日"]) == ("见到家长", date(2026, 9, 18))
    assert shown["情况记录"] == '=HYPERLINK("x")'
    assert out(office, tmp_path, "contacts", "--month", "2026-08")[3][0] == "共0行。"
    tasks = office("today")
    rows = out(office, tmp_path, "today")
    assert len(rows) == 3 + len(tasks) + 1
    assert any("陈小满" in row[3] for row in rows[3:-1])


def test_the_list_of_papers_shows_voided_ones_with_the_reason(school: Cli, tmp_path: Path) -> None:
    for day in ("2026-09-14", "2026-09-15", "2026-09-16"):
        school.roll(day, "陈小满=旷课")
    office = Cli(school.data, "2026-09-16", pages)
    no = office.cases()[0]["no"]
    made = office("doc", "issue", "家访表", "--case", no, "--out", str(tmp_path), *blanks(office, no))
    office("doc", "void", made["number"], "--reason", "班级写错")
    head, first = out(office, tmp_path, "papers", "--month", "2026-09")[2:4]
    shown = dict(zip(head, first, strict=True))
    assert (shown["文号"], shown["状态"], shown["说明"]) == (made["number"], "已作废", "作废：班级写错")
    assert out(office, tmp_path, "papers", "--month", "2026-08")[3][0] == "共0行。"


def blanks(office: Cli, no: str) -> list[str]:
    """Leave empty on purpose whatever the paper lacks."""
    missing = office("doc", "missing", "家访表", "--case", no)
    return [part for one in missing for part in ("--blank", one["field"])]


def test_what_has_no_classes_or_months_says_so(school: Cli, tmp_path: Path) -> None:
    file = str(tmp_path / "a.xlsx")
    assert "不分班级" in school.refused("export", "papers", "--class", "五年级2班", "--out", file)
    assert "不分月份" in school.refused("export", "students", "--month", "2026-09", "--out", file)
    assert "还没有到" in school.refused("export", "roll", "--month", "2026-10", "--out", file)
    assert ".xlsx" in school.refused("export", "students", "--out", str(tmp_path / "a.csv"))
    assert "2026-09" in school.misused("export", "roll", "--month", "九月", "--out", file)
    assert "文件夹" in school.refused("export", "students", "--out", str(tmp_path / "没有" / "a.xlsx"))
    assert list(tmp_path.glob("*.xlsx*")) == [tmp_path / "名册.xlsx"] or not list(tmp_path.glob("a.*"))


def test_only_this_user_may_read_the_file_but_anybody_one_on_a_stick(school: Cli, tmp_path: Path) -> None:
    out(school, tmp_path, "students")
    assert stat.S_IMODE((tmp_path / "students.xlsx").stat().st_mode) == 0o600
    places = ("/media/u/STICK/a.xlsx", "/run/media/u/S/a.xlsx", "/srv/a.xlsx")
    assert [is_removable(Path(one)) for one in places] == [True, True, False]


def test_a_township_names_the_school_of_every_child(office: Any, tmp_path: Path) -> None:
    township = office("mengjin", "township")
    township(
        "student", "add", "--name", "李小花", "--gender", "女", "--birth", "2017-05-06", "--kind", "没有上学"
    )
    head, first = out(township, tmp_path, "students")[2:4]
    assert head[:4] == ["序号", "姓名", "学校", "班级"]
    assert first[1] == "李小花"


def test_the_empty_form_comes_back_as_a_roster(school: Cli, tmp_path: Path) -> None:
    file = tmp_path / "空表.xlsx"
    assert school("roster", "form", "--out", str(file)) == {"file": str(file)}
    assert accesses(school) == []  # nobody's data is in it
    book = load_workbook(file)
    page = book.worksheets[0]
    head = {cell.value: cell.column for cell in page[3]}
    row = child_row(20, "温小春", "三年级1班", born="2017-03-01")
    typed = {
        "姓名": "温小春", "性别": row[1], "出生日期": "2017-03-01", "身份证件号": row[3], "班级": "三年级1班",
        "民族": "汉族", "现住址": "上丰村21号", "村": "上丰村", "就读方式": "住校", "是否留守儿童": "是",
        "对象类别": "低保", "监护人1姓名": "温建国", "监护人1关系": "父亲", "监护人1联系电话": "13900000020",
        "监护人2姓名": "何秀英", "监护人2关系": "母亲", "监护人2联系电话": "13900000021",
    }  # fmt: skip
    for name, value in typed.items():
        page.cell(4, head[name]).value = value
    book.save(file)
    preview = school("roster", "import", str(file), "--preview")
    assert (preview["added"], preview["rejected"], preview["warnings"]) == (1, [], [])
    assert preview["unused_headers"] == []
    school("roster", "import", str(file))
    (child,) = school("student", "list", "--search", "温小春", "--full")
    assert (child["class"] if "class" in child else child["class_name"], child["id_no"]) == (
        "三年级1班",
        row[3],
    )


def test_an_export_writes_nothing_but_the_log(school: Cli, tmp_path: Path) -> None:
    before = school.position()
    out(school, tmp_path, "students")
    assert school.position() == before
