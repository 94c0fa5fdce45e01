"""附件4 学校疑似辍学学生情况记录表（学校用）: what the school found and did in the first days."""

from .paper import (
    GOES_ON,
    Cell,
    Row,
    Sheet,
    footnote,
    form_head,
    form_sheet,
    label,
    story,
    table,
    tall,
    value,
)

COLUMNS = (9, 9, 16, 9, 13, 11, 9, 17.5, 25, 19, 28.5)
STORIES = ("家庭情况", "家长态度", "学生态度", "劝返工作方法及措施")


def _child() -> tuple[Row, ...]:
    name = (tall("学生信息"), label("学生姓名", 2), value("学生姓名", 2), label("性别"), value("性别"))
    birth = (label("出生年月"), value("出生年月"), label("所在年级\n（班）"), value("就读班级"))
    cause = (
        label("家长姓名", 2),
        value("家长姓名", 4),
        label("旷课原因"),
        value("旷课原因", 3, align="left"),
    )
    gone = (label("去　　向", 2), value("去向", 6, align="left"), label("旷课时间"), value("旷课日期"))
    home = (label("家庭详细住址", 2), value("家庭详细住址", 6, align="left"))
    return (
        Row(height=12, cells=(*name, *birth)),
        Row(height=12, cells=(GOES_ON, *cause), grows=True),
        Row(height=12, cells=(GOES_ON, *gone), grows=True),
        Row(height=12, cells=(GOES_ON, *home, label("联系电话"), value("联系电话"))),
    )


def _work() -> list[Row]:
    ways = Cell(text="{{ 电话勾 }} 电话　　　{{ 家访勾 }} 家访", span=4)
    rows = [
        Row(height=12, cells=(tall("劝返工作记录"), label("劝返工作教师", 2), value("劝返工作教师", 8))),
        Row(height=12, cells=(GOES_ON, label("劝返方式", 2), ways, label("劝返时间"), value("劝返时间", 3))),
    ]
    for place, name in enumerate(STORIES):
        side = Cell(merge="continue") if place else tall("家访记录")
        height = 34 if place == len(STORIES) - 1 else 21
        rows.append(Row(height=height, cells=(GOES_ON, side, label(name, 2), story(name, 7)), grows=True))
    return rows


def build() -> bytes:
    """The docx of the form."""
    sheet: Sheet = form_sheet()
    form_head(sheet, "附件4", "学校疑似辍学学生情况记录表（学校用）", "学校：{{ 学校名称 }}")
    effect = Row(height=24, cells=(label("劝返效果", 3), story("劝返效果", 8)), grows=True)
    sheet.put(table(COLUMNS, (*_child(), *_work(), effect)))
    sheet.put(
        footnote(
            "此表用于学校对无故旷课{{ 初期天数 }}学生了解情况、进行劝返的记录。"
            "无故旷课{{ 上报天数 }}，经劝返仍不返校的，则书面报告当地乡（镇）政府。"
        )
    )
    return sheet.file()
