"""The rows 第一次 … 第五次 that 附件2 and 附件3 share, and the 对象类别 line above them."""

from docx.oxml.xmlchemy import BaseOxmlElement

from .paper import GOES_ON, Cell, Row, label, story, table, tall, value

ORDINALS = ("第一次", "第二次", "第三次", "第四次", "第五次")
SPECIAL = ("建档立卡", "低保", "残疾", "孤儿", "事实无人抚养儿童", "一般")


def special_groups(span: int) -> Cell:
    """The tick boxes of 对象类别, in the words and order of the form."""
    boxes = " ".join(f"{kind}({{{{ {kind}勾 }}}})" for kind in SPECIAL)
    return Cell(text=boxes, span=span, align="left")


def visit_table(visit_mm: float, result_mm: float) -> BaseOxmlElement:
    """动员情况记录: heading that repeats on a further page, five rows that grow with their text, 动员结果."""
    heading = (label("次　　数", 3), label("情　　况　　记　　录"), label("记 录 人"))
    rows = [Row(height=9, cells=heading, header=True)]
    for place, ordinal in enumerate(ORDINALS):
        side = GOES_ON if place else tall("动员情况记录")
        cells = (
            side,
            label(ordinal),
            value(f"{ordinal}日期"),
            story(f"{ordinal}情况"),
            value(f"{ordinal}记录人"),
        )
        rows.append(Row(height=visit_mm, cells=cells, grows=True))
    result = (GOES_ON, label("动员结果", 2), Cell(text="{{ 动员结果 }}", span=2, align="both"))
    rows.append(Row(height=result_mm, cells=result, grows=True))
    return table((9, 20, 24, 86, 27), rows)
