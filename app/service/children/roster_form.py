"""An empty roster form: what an office that has no list of its own fills in and imports."""

from app.domain.office_table import OfficeTable, TableColumn
from app.service.office.desk import Desk

LINES = 60  # more than a class has; more can be added below
YES_NO = ("是", "否")
SCHOOL = TableColumn("学校名称", 8)
COLUMNS = (
    TableColumn("姓名", 5),
    TableColumn("性别", 2.5, centred=True, choices=("男", "女")),
    TableColumn("出生日期", 5.5),
    TableColumn("身份证件号", 10),
    TableColumn("学籍号", 10),
    TableColumn("班级", 6),
    TableColumn("民族", 4),
    TableColumn("户籍地址", 10),
    TableColumn("现住址", 10),
    TableColumn("村", 5),
    TableColumn("就读方式", 4, choices=("走读", "住校")),
    TableColumn("是否留守儿童", 4, choices=YES_NO),
    TableColumn("对象类别", 6),
    TableColumn("监护人1姓名", 5),
    TableColumn("监护人1关系", 4),
    TableColumn("监护人1联系电话", 6.5),
    TableColumn("监护人2姓名", 5),
    TableColumn("监护人2关系", 4),
    TableColumn("监护人2联系电话", 6.5),
    TableColumn("备注", 6),
)
GUIDE = (
    "一行填一名学生。姓名和班级一定要填，别的知道多少填多少。",
    "班级写成“五年级2班”。不要改第3行的表头；行不够的，接着往下写。",
    "身份证件号、学籍号、电话按文本填，这几栏已经设好；从别处复制过来的，请用“选择性粘贴→数值”。",
    "出生日期写成 2015-03-01。填了18位身份证件号的，出生日期和性别可以不填。",
    "对象类别有几种的，用顿号隔开，例如：脱贫户、低保。",
    "填好以后，在“学生”里点“导入名册”，先看预览，没有问题再导入。",
)


def roster_form(desk: Desk) -> OfficeTable:
    """The form of this office, with a column for the school where the office has several."""
    above = () if desk.unit.level == "学校" else (SCHOOL,)
    columns = (COLUMNS[0], *above, *COLUMNS[1:])
    return OfficeTable(
        title="学生名册",
        unit=desk.unit.name,
        day=desk.today,
        columns=columns,
        rows=tuple(("",) * len(columns) for _line in range(LINES)),
        guide=GUIDE,
    )
