"""辍学生返校通知书: the school's own letter to the guardian, with a receipt below a dashed line."""

from docx.oxml.xmlchemy import BaseOxmlElement

from .paper import CENTRED, Shape, Sheet, Type, paragraph

TITLE = Type("方正小标宋简体", 22, 34)
BODY = Type("仿宋_GB2312", 14, 22)
SMALL = Type("仿宋_GB2312", 12, 22)
INDENT = Shape(first=28, align="both")
END = Shape(align="right", right=56, keep_next=True)


def build() -> bytes:
    """The docx of the letter and its receipt, on one sheet."""
    sheet = Sheet(top=25, right=26, bottom=18, left=28)
    sheet.put(*_letter(), *_receipt())
    return sheet.file()


def _letter() -> tuple[BaseOxmlElement, ...]:
    return (
        paragraph(TITLE, "辍学生返校通知书", shape=CENTRED),
        paragraph(SMALL, "{{ 文号 }}", shape=Shape(align="center", after=8)),
        paragraph(BODY, "{{ 家长姓名 }}："),
        paragraph(
            BODY,
            "您的孩子（被监护人）{{ 学生姓名 }}是我校{{ 就读班级 }}学生，自{{ 旷课起始日 }}起没有请假，也没有到校上课。"
            "我校老师已于{{ 联系日期 }}与您联系，孩子至今没有返校。",
            shape=INDENT,
        ),
        paragraph(
            BODY,
            "{{ 义务依据 }}请您自收到本通知书之日起{{ 限期 }}内（至{{ 限期届满日 }}）送孩子返校上课。",
            shape=INDENT,
        ),
        paragraph(
            BODY,
            "如果孩子生病、家里有困难，或者学习跟不上、不愿上学，请尽快告诉我们，学校会和您一起想办法："
            "该补课的补课，该资助的帮助申请资助，确因身体状况不能上学的，学校会告诉您怎样依照{{ 延缓依据 }}申请休学。"
            "孩子返校后，学校一视同仁，不歧视、不处分。已在别处上学的，请把现在学校的就读证明交给我们。",
            shape=INDENT,
        ),
        paragraph(
            BODY,
            "到期没有返校，也没有说明情况的，学校将按照{{ 报告依据 }}和当地控辍保学规定，书面报告{{ 报告机关 }}。",
            shape=INDENT,
        ),
        paragraph(
            BODY,
            "联系老师：{{ 学校联系人 }}　电话：{{ 学校联系电话 }}",
            shape=Shape(first=28, keep_next=True),
        ),
        paragraph(
            BODY, "{{ 学校名称 }}（盖章）", shape=Shape(align="right", right=56, before=26, keep_next=True)
        ),
        paragraph(BODY, "{{ 落款日期 }}", shape=END),
    )


def _receipt() -> tuple[BaseOxmlElement, ...]:
    return (
        paragraph(
            SMALL,
            "（沿此线裁下，回执由学校存档）",
            shape=Shape(align="center", before=12, after=8, rule_below="dashed"),
        ),
        paragraph(BODY, "回　　执", shape=Shape(align="center", keep_next=True)),
        paragraph(
            SMALL,
            "{{ 学校名称 }}：{{ 文号 }}《辍学生返校通知书》已收到。学生：{{ 学生姓名 }}。",
            shape=Shape(first=24, align="both", keep_next=True),
        ),
        paragraph(
            SMALL,
            "签收人：＿＿＿＿＿＿　与学生关系：＿＿＿＿　送达老师：＿＿＿＿＿",
            shape=Shape(first=24, keep_next=True),
        ),
        paragraph(
            SMALL,
            "签收日期：＿＿＿年＿＿月＿＿日　准备返校日期：＿＿＿年＿＿月＿＿日",
            shape=Shape(first=24),
        ),
    )
