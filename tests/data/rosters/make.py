"""Makes the roster files of this folder: `python -m tests.data.rosters.make`.

Every child is invented; the numbers have valid check digits. The files are as untidy as those a county sends.
"""

import io
import struct
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import xlwt
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.identity import check_digit

HERE = Path(__file__).parent
SCHOOL = "大田县湖美乡中心小学"

NAMES = (
    "陈小满 林一帆 𬱖子轩 㛃雨桐 阿依古丽·买买提 欧阳致远 张三 李思齐 王可心 吴梓涵 郑嘉禾 周晓航 黄丽娟 刘星宇 "
    "迪丽拜尔·阿卜杜热合曼·吐尔逊江 何知秋 罗春生 高山青 谢云舒 唐果儿 许多多 邓初夏 韩冬雪 冯立秋 曹谷雨 彭小暑 "
    "曾霜降 萧白露 田大雪 董惊蛰 潘清明 袁立夏 蔡寒露 蒋芒种 余秋分 于处暑"
)


TEMPLATE_COLUMNS = (
    "学校标识码 *姓名 *性别 *出生日期 出生地 籍贯 *民族 国籍/地区 *身份证件类型 港澳台侨外 健康状况 政治面貌 "
    "*身份证件号 户口性质 户口所在地 *班级 入学年月 入学方式 就读方式 现住址 通信地址 家庭地址 联系电话 邮政编码 "
    "是否独生子女 是否受过学前教育 是否留守儿童 是否需要申请资助 是否享受一补 是否孤儿 是否烈士或优抚子女 "
    "上下学距离（公里） 学籍辅号 残疾类型 随班就读 是否进城务工人员随迁子女"
)
MEMBER_COLUMNS = (
    "姓名 关系 关系说明 现住址 户口所在地 联系电话 是否监护人 身份证件类型 身份证件号 民族 工作单位 职务"
)


@dataclass(frozen=True)
class Child:
    """An invented child as the register of its school has it."""

    name: str
    gender: str
    birth: date
    id_no: str
    grade: str
    number: int
    parent: str
    phone: str

    @property
    def edu_no(self) -> str:
        return "G" + self.id_no

    @property
    def class_text(self) -> str:
        return f"{self.grade}{self.number}班"


def children() -> list[Child]:
    """36 children: 12 each in 五年级1班, 五年级2班 and 六年级1班 (school year 2026)."""
    made = []
    for n, name in enumerate(NAMES.split()):
        grade, number, year = (("五年级", 1, 2015), ("五年级", 2, 2015), ("六年级", 1, 2014))[n // 12]
        birth = date(year, 9, 15) + timedelta(days=17 * (n % 12))
        first17 = f"350425{birth:%Y%m%d}{n:02d}{1 + n % 2}"
        made.append(
            Child(
                name,
                "男" if n % 2 == 0 else "女",
                birth,
                first17 + check_digit(first17),
                grade,
                number,
                f"{name[0]}建{'国军华平'[n % 4]}",
                f"139{n:04d}{n * 37 % 10000:04d}",
            )
        )
    return made


def make_template() -> None:
    """The 学籍 import template: title rows, a header of two merged lines, a footnote, a hidden list of options."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "学生基本信息"
    page["A1"] = f"{SCHOOL}学生基础信息采集表"
    page.merge_cells("A1:Z1")
    page["A2"] = "说明：带*号为必填项，日期按 yyyymmdd 填写"
    page.merge_cells("A2:Z2")
    single, member = TEMPLATE_COLUMNS.split(), MEMBER_COLUMNS.split()
    for column, text in enumerate(single, start=1):
        page.cell(3, column, text.replace("出生日期", "出生\n日期"))
        page.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
    for n in (1, 2):
        left = len(single) + 1 + (n - 1) * len(member)
        page.cell(3, left, f"成员{n}")
        page.merge_cells(start_row=3, end_row=3, start_column=left, end_column=left + len(member) - 1)
        for offset, text in enumerate(member):
            page.cell(4, left + offset, text)
    row = 5
    for n, child in enumerate(children()):
        known = {
            "学校标识码": "2135000123",
            "*姓名": f"{child.name[0]} {child.name[1]}"
            if len(child.name) == 2
            else child.name.replace("·", "•"),
            "*性别": child.gender,
            "*出生日期": f"{child.birth:%Y%m%d}" if n % 2 else int(f"{child.birth:%Y%m%d}"),
            "*民族": "汉",
            "*身份证件类型": "居民身份证",
            "*身份证件号": "'" + child.id_no.lower(),
            "户口所在地": "福建省三明市大田县湖美乡",
            "*班级": child.class_text,
            "就读方式": "走读" if n % 3 else "住校",
            "现住址": f"湖美乡第{n + 1}号",
            "通信地址": "另一个地址",
            "联系电话": float(child.phone),
            "是否留守儿童": "单亲留守" if n % 5 == 0 else "非留守儿童",
            "是否孤儿": "是" if n == 7 else "否",
            "残疾类型": "无残疾",
            "是否进城务工人员随迁子女": "否",
        }
        for column, text in enumerate(single, start=1):
            page.cell(row, column, known.get(text))
        for offset, value in enumerate((child.parent, "父亲", None, None, None, child.phone, "否")):
            page.cell(row, len(single) + 1 + offset, value)
        for offset, value in enumerate((child.parent + "妻", "母亲", None, None, None, "无", "是")):
            page.cell(row, len(single) + 13 + offset, value)
        row += 2 if n % 12 == 11 else 1  # a blank row after every class
    page.cell(row, 1, "合计")
    page.cell(row, 2, "36人")
    page.cell(row + 1, 1, "填表人：陈老师")
    page.cell(row + 1, 8, "审核人：")
    options = book.create_sheet("选项")
    for line in (("姓名", "班级"), ("男", "一年级1班"), ("女", "一年级2班")):
        options.append(line)
    options.sheet_state = "hidden"
    book.save(HERE / "学籍模板.xlsx")


def make_query_export() -> None:
    """An export of a query as an old .xls: 年级 and 班级 apart, the header again on every page, subtotals."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("Sheet1")
    page.write_merge(0, 0, 0, 9, "学生查询结果")
    header = "序号 学校名称 年级 班级 全国学籍号 姓 名 性别 出生日期 身份证件号码 家长姓名 家长电话".replace(
        "姓 名", "姓　名"
    ).split(" ")
    serial = date(1899, 12, 30)
    row = 1
    for n, child in enumerate(children()):
        if n % 12 == 0:
            for column, text in enumerate(header):
                page.write(row, column, text)
            row += 1
        values = (
            n + 1,
            SCHOOL,
            child.grade,
            f"{child.number:02d}",
            child.edu_no,
            child.name,
            "12"[child.gender == "女"],
            (child.birth - serial).days,
            child.id_no,
            child.parent,
            int(child.phone),
        )
        for column, value in enumerate(values):
            page.write(row, column, value)
        row += 1
        if n % 12 == 11:
            page.write(row, 0, "小计")
            page.write(row, 5, "共12人")
            row += 1
    book.save(str(HERE / "查询导出.xls"))


def _text_lines(separator: str, quote: str = "") -> str:
    lines = [
        separator.join(
            (
                "学校名称",
                "班级名称",
                "个人标识码",
                "学生姓名",
                "性别",
                "出生日期",
                "身份证号",
                "监护人姓名",
                "监护人电话",
            )
        )
    ]
    for n, child in enumerate(children()):
        day = (
            f"{child.birth:%Y-%m-%d}",
            f"{child.birth.year}年{child.birth.month}月{child.birth.day}日",
            f"{child.birth:%Y/%m/%d}",
        )
        lines.append(
            separator.join(
                (
                    SCHOOL,
                    child.class_text.replace("2班", "（2）班"),
                    child.edu_no,
                    child.name,
                    child.gender + "性",
                    day[n % 3],
                    quote + child.id_no,
                    child.parent,
                    quote + child.phone,
                )
            )
        )
    return "\r\n".join(lines) + "\r\n"


def make_texts() -> None:
    """The same list as csv in GBK and in UTF-8 with a mark, as tab text named .xls, and as UTF-16."""
    (HERE / "名单GBK.csv").write_bytes(_text_lines(",").encode("gb18030"))
    (HERE / "名单BOM.csv").write_bytes(_text_lines(",").encode("utf-8-sig"))
    (HERE / "学籍导出文本.xls").write_bytes(_text_lines("\t", "'").encode("gb18030"))
    (HERE / "名单UTF16.txt").write_bytes(_text_lines("\t").encode("utf-16"))


def make_html() -> None:
    """A web page named .xls, as some systems export."""
    lines = [
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in line.split(','))}</tr>"
        for line in _text_lines(",").splitlines()
    ]
    title = "<tr><td colspan=9>学生名单</td></tr>"
    text = f"<html><head><meta charset=gbk></head><body><table border=1>{title}{''.join(lines)}</table></body></html>"
    (HERE / "网页导出.xls").write_bytes(text.encode("gb18030"))


def make_class_sheets() -> None:
    """One class a sheet behind a cover; the class stands only in the sheet's name or its title."""
    book = Workbook()
    cover = book.worksheets[0]
    cover.title = "封面"
    cover["B5"] = SCHOOL
    cover["B7"] = "2026—2027学年第一学期学生名册"
    for grade, number in (("五年级", 1), ("五年级", 2), ("六年级", 1)):
        page: Worksheet = book.create_sheet(f"{grade}（{number}）班" if number == 1 else "第二个班")
        page.append([f"{grade}{number}班学生名册（2026年9月）"])
        page.merge_cells("A1:F1")
        page.append(
            [
                "序号",
                "姓名",
                "性别",
                "出生年月日",
                "身份证号",
                "父亲姓名",
                "父亲电话",
                "母亲姓名",
                "家庭住址",
                "备注",
            ]
        )
        own = [child for child in children() if (child.grade, child.number) == (grade, number)]
        for n, child in enumerate(own, start=1):
            day = child.birth if n % 2 else f"{child.birth.year}.{child.birth.month}.{child.birth.day}"
            page.append(
                [n, child.name, child.gender, day, child.id_no, child.parent, child.phone, "/", "-", "无"]
            )
        for n in range(len(own) + 1, 16):
            page.append([n])
        page.append(["", "注：本表一式两份"])
        page.append(["本班共12人"])
    book.save(HERE / "分班名册.xlsx")


BROKEN: tuple[tuple[str, str, str], ...] = (
    ("350425201503010018", "D4", "校验位"),
    ("350425201502290019", "D5", "不存在"),
    ("3.50425E+17", "D6", "Excel"),
    ("350425201503010000", "D7", "Excel"),
    ("35042520150301", "D8", "14 位"),
    ("出生日期", "C9", "2015-02-30"),
    ("重复", "D10", "第 3 行"),
    ("同名", "A12", "第 11 行"),
    ("班级", "E13", "认不出来"),
    ("无名", "A14", "没有姓名"),
    ("外校", "F15", "不是本校"),
    ("未来", "C16", "今天之后"),
    ("数字", "D17", "Excel"),
    ("无班", "E18", "没有班级"),
)
"""What is wrong, the cell that must be named, a word of the reason; the rows of 坏行.xlsx in order."""


def make_broken() -> None:
    """Every kind of row that is refused, between two that are not."""
    good = "350425201503010017"
    rows: list[list[object]] = [
        ["好一", "男", "2015-03-01", good, "五年级2班", SCHOOL],
        ["校验", "男", "2015-03-01", "350425201503010018", "五年级2班", SCHOOL],
        ["日子", "男", "2015-03-01", "350425201502290019", "五年级2班", SCHOOL],
        ["科学", "男", "2015-03-01", "3.50425E+17", "五年级2班", SCHOOL],
        ["舍入", "男", "2015-03-01", "350425201503010000", "五年级2班", SCHOOL],
        ["短号", "男", "2015-03-01", "35042520150301", "五年级2班", SCHOOL],
        ["假日", "男", "2015-02-30", "", "五年级2班", SCHOOL],
        ["好一", "男", "2015-03-01", good, "五年级2班", SCHOOL],
        ["同名", "女", "2015.3.5", "", "五年级2班", SCHOOL],
        ["同 名", "女", "2015年3月5日", "", "502", SCHOOL],
        ["错班", "女", "2015-03-05", "", "红星班", SCHOOL],
        ["", "女", "2015-03-06", "350425201503010025", "五年级2班", SCHOOL],
        ["外校", "女", "2015-03-06", "", "五年级2班", "大田县桃源中心小学"],
        ["未来", "女", "2027-03-06", "", "五年级2班", SCHOOL],
        ["数字", "女", "", 350425201503010025, "五年级2班", SCHOOL],
        ["无班", "女", "2015-03-06", "", "无", SCHOOL],
        ["好二", "女", "", "35042520150301005x", "五年级2班", "湖美乡中心小学"],
    ]
    book = Workbook()
    page = book.worksheets[0]
    page.title = "名单"
    page.append(["学生名单"])
    page.append(["姓名", "性别", "出生日期", "身份证号", "班级", "学校"])
    for row in rows:
        page.append(row)
    book.save(HERE / "坏行.xlsx")


class _LockedBook(xlwt.Workbook):
    """An .xls with a FILEPASS record, which is how such a file says that it is encrypted."""

    def get_biff_data(self) -> bytes:
        data: bytes = super().get_biff_data()
        end_of_bof = 4 + struct.unpack("<H", data[2:4])[0]
        record = struct.pack("<HH", 0x2F, 54) + struct.pack("<HHH", 1, 1, 1) + b"\1" * 48
        return data[:end_of_bof] + record + data[end_of_bof:]


def make_unreadable() -> None:
    """A truncated, an empty and two locked files."""
    whole = (HERE / "坏行.xlsx").read_bytes()
    (HERE / "截断.xlsx").write_bytes(whole[: len(whole) // 2])
    (HERE / "截断.xls").write_bytes((HERE / "查询导出.xls").read_bytes()[:3000])
    (HERE / "空.csv").write_bytes(b"")
    book = _LockedBook()
    book.add_sheet("a").write(0, 0, "姓名")
    stream = io.BytesIO()
    book.save(stream)
    (HERE / "加密.xls").write_bytes(stream.getvalue())
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    (HERE / "加密.xlsx").write_bytes(
        ole + "EncryptionInfo".encode("utf-16-le") + bytes(100) + "EncryptedPackage".encode("utf-16-le")
    )


if __name__ == "__main__":
    make_template()
    make_query_export()
    make_texts()
    make_html()
    make_class_sheets()
    make_broken()
    make_unreadable()
