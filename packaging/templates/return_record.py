"""附件3 疑似辍学学生劝返情况记录表（乡镇用）: the township's five visits."""

from .paper import GOES_ON, Row, Sheet, footnote, form_head, form_sheet, label, seam, table, tall, value
from .visits import special_groups, visit_table

COLUMNS = (9, 25, 22, 11, 9, 17.5, 25, 17.5, 30)


def build() -> bytes:
    """The docx of the form."""
    sheet: Sheet = form_sheet()
    form_head(sheet, "附件3", "疑似辍学学生劝返情况记录表（乡镇用）", "{{ 县名 }}　{{ 乡镇名称 }}")
    child = (tall("学生信息"), label("学生姓名"), value("学生姓名"), label("性别"), value("性别"))
    family = (label("出生年月"), value("出生年月"), label("家长姓名"), value("家长姓名"))
    school = (label("就读学校"), value("就读学校", 5, align="left"), label("就读班级"))
    address = (
        label("家庭详细住址"),
        value("家庭详细住址", 5, align="left"),
        label("联系电话"),
        value("联系电话"),
    )
    absent = (label("旷课原因"), value("旷课原因", 5, align="left"), label("旷课日期"), value("旷课日期"))
    rows = (
        Row(height=11, cells=(*child, *family)),
        Row(height=11, cells=(GOES_ON, *school, label("{{ 年级 }}年{{ 班号 }}班"))),
        Row(height=11, cells=(GOES_ON, *address)),
        Row(height=11, cells=(GOES_ON, label("对象类别"), special_groups(7))),
        Row(height=13, cells=(GOES_ON, *absent), grows=True),
    )
    sheet.put(table(COLUMNS, rows), seam(), visit_table(22, 16))
    sheet.put(
        footnote(
            "此表一生一表，用于乡（镇）政府劝返学校上报的旷课{{ 上报天数 }}的学生情况记录；"
            "动员结果依情况填：缓学、送教上门、辍学、返校等。"
        )
    )
    return sheet.file()
