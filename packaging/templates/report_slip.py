"""附件5 疑似辍学学生报告单: the stub the school keeps and the slip it sends, parted by a dashed line."""

from docx.oxml.xmlchemy import BaseOxmlElement

from .paper import LABEL, TITLE, Piece, Ruled, Shape, Sheet, Type, paragraph

BODY = Type("仿宋_GB2312", 16, 29)
NUMBER = Type("仿宋_GB2312", 12, 20)
CUT = Type("仿宋_GB2312", 10.5, 18)
# Each half stays on one sheet: a long reason moves the lower half to a page of its own.
INDENT = Shape(first=32, align="both", keep_next=True)


def _sentence() -> tuple[Piece, ...]:
    return (
        "兹有我校",
        Ruled("{{ 年级 }}"),
        "年",
        Ruled("{{ 班号 }}"),
        "班学生",
        Ruled("{{ 学生姓名 }}"),
        "，因其",
        Ruled("{{ 旷课原因 }}"),
        "，疑似辍学。该生系",
        Ruled("{{ 村 }}"),
        "人，家长姓名：",
        Ruled("{{ 家长姓名 }}"),
        "，联系电话：",
        Ruled("{{ 联系电话 }}"),
        "。请求组织人员劝返为盼。",
    )


def _slip(title: str) -> tuple[BaseOxmlElement, ...]:
    addressees: tuple[Piece, ...] = (
        "{{ 乡镇人民政府勾 }}",
        Ruled("{{ 乡镇人民政府 }}"),
        "　{{ 教育行政部门勾 }}",
        Ruled("{{ 教育行政部门 }}"),
        "：",
    )
    end = Shape(align="right", right=32)
    return (
        paragraph(TITLE, title, shape=Shape(align="center", before=4, keep_next=True)),
        paragraph(NUMBER, "{{ 文号 }}", shape=Shape(align="right", after=4, keep_next=True)),
        paragraph(BODY, *addressees, shape=Shape(keep_next=True)),
        paragraph(BODY, *_sentence(), shape=INDENT),
        paragraph(BODY, "此致！", shape=Shape(first=32, keep_next=True)),
        paragraph(
            BODY, "{{ 学校名称 }}（盖章）", shape=Shape(align="right", right=32, before=29, keep_next=True)
        ),
        paragraph(BODY, "{{ 落款日期 }}", shape=end),
    )


def build() -> bytes:
    """The docx of both halves on one sheet."""
    sheet = Sheet(top=22, right=26, bottom=20, left=28)
    sheet.put(paragraph(LABEL, "附件5"))
    sheet.put(*_slip("疑似辍学学生报告单（存根）"))
    sheet.put(
        paragraph(
            CUT,
            "（骑缝处盖章）　{{ 文号 }}",
            shape=Shape(align="center", before=18, rule_below="dashed", after=18),
        )
    )
    sheet.put(*_slip("疑似辍学学生报告单"))
    return sheet.file()
