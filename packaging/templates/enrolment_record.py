"""附件2 未入学适龄儿童少年组织入学记录表, filled by the township."""

from .paper import GOES_ON, Row, Sheet, footnote, form_head, form_sheet, label, seam, table, tall, value
from .visits import special_groups, visit_table

COLUMNS = (9, 25, 22, 11, 9, 17.5, 25, 17.5, 30)


def build() -> bytes:
    """The docx of the form."""
    sheet: Sheet = form_sheet()
    form_head(sheet, "附件2", "未入学适龄儿童少年组织入学记录表", "{{ 县名 }}　{{ 乡镇名称 }}")
    child = (tall("学生信息"), label("学生姓名"), value("学生姓名"), label("性别"), value("性别"))
    family = (label("出生年月"), value("出生年月"), label("家长姓名"), value("家长姓名"))
    address = (
        label("家庭详细住址"),
        value("家庭详细住址", 5, align="left"),
        label("联系电话"),
        value("联系电话"),
    )
    rows = (
        Row(height=12, cells=(*child, *family)),
        Row(height=12, cells=(GOES_ON, *address)),
        Row(height=12, cells=(GOES_ON, label("对象类别"), special_groups(7))),
        Row(
            height=15, cells=(GOES_ON, label("未入学原因"), value("未入学原因", 7, align="left")), grows=True
        ),
    )
    sheet.put(table(COLUMNS, rows), seam(), visit_table(24, 18))
    sheet.put(
        footnote(
            "此表一生一表，用于乡（镇）政府组织动员未入校学生时记录情况，"
            "动员结果依情况填：缓学、送教上门、入学等。"
        )
    )
    return sheet.file()
