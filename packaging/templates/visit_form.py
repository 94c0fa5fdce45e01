"""家访（劝返）记录表: the child's data printed, dotted lines to write on at the door."""

from .paper import (
    GOES_ON,
    NOTE,
    TITLE,
    Cell,
    Row,
    Shape,
    Sheet,
    form_sheet,
    label,
    line_with_two_ends,
    paragraph,
    table,
    tall,
    value,
)

COLUMNS = (9, 25, 24, 11, 9, 17.5, 25, 13, 32.5)
WRITTEN = (
    ("家庭情况", 3),
    ("家长态度", 2),
    ("学生态度", 2),
    ("辍学原因\n（主、次）", 2),
    ("劝返工作方法\n及措施", 3),
)
LINE_MM = 8.5
DAY = "　　　　年　　月　　日"


def _child() -> tuple[Row, ...]:
    name = (tall("学生信息"), label("学生姓名"), value("学生姓名"), label("性别"), value("性别"))
    birth = (label("出生年月"), value("出生年月"), label("班级"), value("就读班级"))
    family = (label("家长姓名"), value("家长姓名", 3), label("联系电话"), value("联系电话", 3))
    home = (label("家庭详细住址"), value("家庭详细住址", 7, align="left"))
    absent = (label("旷课日期"), value("旷课日期", 3), label("旷课原因"), value("旷课原因", 3, align="left"))
    return (
        Row(height=9, cells=(*name, *birth)),
        Row(height=9, cells=(GOES_ON, *family)),
        Row(height=9, cells=(GOES_ON, *home)),
        Row(height=9, cells=(GOES_ON, *absent)),
    )


def _visit() -> list[Row]:
    people = "学校：　　　　　　　　　村（社区）：　　　　　　　　　乡镇："
    whom = "□ 见到家长　□ 见到学生　□ 无人在家　□ 拒绝　□ 同意返校"
    left = {"align": "left"}
    rows = [
        Row(
            height=9,
            cells=(
                tall("家访记录"),
                label("家访时间"),
                Cell(text="　　　年　月　日　时", span=3),
                label("家访地点"),
                Cell(span=3),
            ),
        ),
        Row(height=9, cells=(GOES_ON, label("家访人签名"), Cell(text=people, span=7, **left))),
        Row(height=9, cells=(GOES_ON, label("见面情况"), Cell(text=whom, span=7, **left))),
    ]
    for name, lines in WRITTEN:
        rows.extend(_dotted(name, lines))
    where = "学习地：　　　　　务工地：　　　　　居住地：　　　　　同行人员："
    rows.append(Row(height=9, cells=(GOES_ON, label("去　　向"), Cell(text=where, span=7, **left))))
    return rows


def _dotted(name: str, lines: int) -> list[Row]:
    rows = []
    for number in range(lines):
        edges = {}
        if number:
            edges["top"] = "dotted"
        if number < lines - 1:
            edges["bottom"] = "dotted"
        side = Cell(text="" if number else name, merge="continue" if number else "restart")
        rows.append(Row(height=LINE_MM, cells=(GOES_ON, side, Cell(span=7, edges=edges))))
    return rows


def _end() -> tuple[Row, ...]:
    return (
        Row(
            height=11,
            cells=(label("承诺返校日期", 2), Cell(text=DAY, span=3), label("劝返效果"), Cell(span=3)),
        ),
        Row(height=12, cells=(label("家长签名", 2), Cell(span=3), label("见 证 人"), Cell(span=3))),
        Row(
            height=9,
            cells=(label("附　　件", 2), Cell(text="照片　　张　录音　　段　其他：", span=7, align="left")),
        ),
    )


def build() -> bytes:
    """The docx of the form."""
    sheet: Sheet = form_sheet()
    sheet.put(
        paragraph(TITLE, "家访（劝返）记录表", shape=Shape(align="center", after=4)),
        line_with_two_ends("学校：{{ 学校名称 }}", "编号：{{ 文号 }}"),
        table(COLUMNS, (*_child(), *_visit(), *_end())),
        paragraph(
            NOTE,
            "说明：一次家访填一张；无人在家也要填写，但不计入动员次数。家长不愿签名的，由见证人签名并写明情况。",
            shape=Shape(before=4, align="both"),
        ),
    )
    return sheet.file()
