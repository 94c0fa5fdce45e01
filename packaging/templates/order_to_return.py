"""限期复学通知书 of a township (or the county's education bureau): 存根, 正本, 送达回证, each from a page of its own.

正本 is set as GB/T 9704-2012 asks of an official letter: margins 37/26/35/28 mm, 2号小标宋 title, 3号仿宋 text on a
line grid of 22 lines (225 mm / 22 = 28.95 pt), date four characters from the right, room for the seal above it.
Laws are named only through placeholders that the law table fills.
"""

from docx.oxml.xmlchemy import BaseOxmlElement

from .paper import CENTRED, LINE, Cell, Row, Shape, Sheet, Type, paragraph, table

GRID_PT = 28.95
HEADLINE = Type("方正小标宋简体", 22, GRID_PT + 3)
LETTER = Type("仿宋_GB2312", 16, GRID_PT)
ROOM = Type("宋体", 12, 18)
ENTRY = Type("宋体", 12, 17)
BODY = Shape(first=32, align="both")
# The organ's name is centred over the date: a date of 112 pt ends 64 pt (four characters) from the right edge,
# so its middle is 120 pt from it, which is the middle of a block 240 pt wide.
TEXT_WIDTH_PT = 442.2
SEALED = Shape(align="center", left=TEXT_WIDTH_PT - 240, before=GRID_PT * 2, keep_next=True)
DATED = Shape(align="right", right=64)


def _head(part: str, *, new_page: bool) -> tuple[BaseOxmlElement, ...]:
    top = Shape(align="center", new_page=new_page)
    name = f"限期复学通知书（{part}）" if part else "限期复学通知书"
    return (
        paragraph(HEADLINE, "{{ 发文机关 }}", shape=top),
        paragraph(HEADLINE, name, shape=CENTRED),
        paragraph(LETTER, "{{ 文号 }}", shape=Shape(align="center", after=GRID_PT / 2)),
    )


def _stub() -> tuple[BaseOxmlElement, ...]:
    def line(left: str, right: str) -> Row:
        return Row(height=14, cells=(_name(left), _value(left), _name(right), _value(right)))

    def long_line(name: str, height: float = 14) -> Row:
        return Row(height=height, cells=(_name(name), _value(name, 3)), grows=True)

    rows = (
        long_line("受送达人", 16),
        line("学生姓名", "性别"),
        line("出生日期", "就读学校"),
        long_line("家庭详细住址", 16),
        long_line("未到校情形"),
        line("限期", "限期届满日"),
        line("签发人", "承办人"),
        line("送达日期", "送达方式"),
        long_line("备注", 24),
    )
    return (
        *_head("存根", new_page=False),
        table((34, 44, 34, 44), rows),
        paragraph(LETTER, "{{ 落款日期 }}", shape=Shape(align="right", right=64, before=GRID_PT)),
    )


def _name(text: str) -> Cell:
    return Cell(text=text, face=ENTRY)


def _value(name: str, span: int = 1) -> Cell:
    align = "center" if span == 1 else "left"
    return Cell(text=f"{{{{ {name} }}}}", face=ENTRY, span=span, align=align)


def _letter() -> tuple[BaseOxmlElement, ...]:
    return (*_findings(), *_orders(), *_closing())


def _findings() -> tuple[BaseOxmlElement, ...]:
    """What was found, and the duty it breaks."""
    return (
        *_head("", new_page=True),
        paragraph(LETTER, "{{ 受送达人 }}："),
        paragraph(
            LETTER,
            "经查，你（们）的被监护人{{ 学生姓名 }}（{{ 性别 }}，{{ 出生日期 }}出生，住{{ 家庭详细住址 }}）"
            "应当在{{ 就读学校 }}{{ 年级 }}年级接受义务教育，自{{ 旷课起始日 }}起没有正当理由{{ 未到校情形 }}。"
            "{{ 就读学校 }}和本机关已于{{ 联系日期 }}共{{ 联系次数 }}次与你（们）联系劝返，至今仍{{ 未到校情形 }}。",
            shape=BODY,
        ),
        paragraph(LETTER, "{{ 义务依据 }}你（们）的行为不符合上述规定。", shape=BODY),
    )


def _orders() -> tuple[BaseOxmlElement, ...]:
    """What is ordered, what help there is, and what follows if nothing is done."""
    return (
        paragraph(
            LETTER,
            "依据{{ 职权依据 }}，现对你（们）给予批评教育，并责令你（们）自收到本通知书之日起{{ 限期 }}内"
            "（至{{ 限期届满日 }}）送{{ 学生姓名 }}到{{ 就读学校 }}办理{{ 办理手续 }}手续并保证其正常就读。",
            shape=BODY,
        ),
        paragraph(
            LETTER,
            "因身体状况确需延缓入学或者休学的，应当在上述期限内依照{{ 延缓依据 }}提出申请，并附县级以上医疗机构"
            "证明。家庭有困难或者有其他情况的，请及时说明，本机关和学校将依法帮助解决。",
            shape=BODY,
        ),
        paragraph(
            LETTER,
            "逾期无正当理由仍不改正的，本机关将依照有关法律、法规{% if 省级法规 %}和{{ 省级法规 }}{% endif %}"
            "继续处理，并可依法通过司法途径保障{{ 学生姓名 }}受教育的权利；发现单位或者个人招用不满十六周岁"
            "未成年人的，将移送有关部门依照{{ 童工依据 }}查处。",
            shape=BODY,
        ),
    )


def _closing() -> tuple[BaseOxmlElement, ...]:
    """Review, who to ask, signature and date."""
    return (
        paragraph(LETTER, "{%p if 写明复议 %}"),
        paragraph(
            LETTER,
            "如不服本通知，可以自收到之日起六十日内向{{ 复议机关 }}申请行政复议，或者在六个月内向{{ 诉讼法院 }}"
            "提起行政诉讼。",
            shape=BODY,
        ),
        paragraph(LETTER, "{%p endif %}"),
        paragraph(
            LETTER,
            "学校联系人：{{ 学校联系人 }}，电话：{{ 学校联系电话 }}。\n"
            "　　本机关联系人：{{ 机关联系人 }}，电话：{{ 机关联系电话 }}。",
            shape=Shape(first=32, keep_next=True),
        ),
        paragraph(LETTER, "{{ 发文机关 }}", shape=SEALED),
        paragraph(LETTER, "{{ 落款日期 }}", shape=DATED),
        paragraph(
            LINE, "（一式三联：存根、送达当事人、入档；附送达回证。）", shape=Shape(first=24, before=14)
        ),
    )


def _receipt() -> tuple[BaseOxmlElement, ...]:
    def line(name: str, text: str = "", height: float = 13) -> Row:
        filled = Cell(text=text, face=ENTRY, span=3, align="left")
        return Row(height=height, cells=(_name(name), filled), grows=True)

    def pair(left: str, right: str) -> Row:
        empty = Cell(text="", face=ENTRY)
        return Row(height=16, cells=(_name(left), empty, _name(right), empty))

    day = "　　　　年　　月　　日　　时"
    rows = (
        line("文书名称\n及文号", "限期复学通知书　{{ 文号 }}"),
        line("受送达人", "{{ 受送达人 }}（学生{{ 学生姓名 }}的监护人）"),
        line("送达地点", "{{ 送达地点 }}"),
        line("送达方式", "□ 直接　□ 留置　□ 邮寄　□ 电子（经本人同意）"),
        line("受送达人\n签名或盖章", "\n　　　　　　　　　　　　" + day, 19),
        line("代收人签名", "\n　　　　　　　　　　　　" + day, 18),
        line("代收人与受送\n达人的关系"),
        line("拒收事由\n和日期", "", 18),
        pair("见证人签名\n或盖章", "留置时拍照、\n录像编号"),
        line("送达人签名\n或盖章", "\n　　　　　　　　　　　　" + day, 19),
        line("备　　注", "", 14),
    )
    note = Shape(before=6, align="both")
    return (
        paragraph(HEADLINE, "{{ 发文机关 }}", shape=Shape(align="center", new_page=True)),
        paragraph(HEADLINE, "送　达　回　证", shape=Shape(align="center", after=GRID_PT / 2)),
        table((32, 52, 28, 44), rows),
        paragraph(ROOM, "送达参照{{ 送达依据 }}办理。", shape=note),
    )


def build() -> bytes:
    """The docx of the three parts."""
    sheet = Sheet(top=37, right=26, bottom=35, left=28, grid_pt=GRID_PT)
    sheet.put(*_stub(), *_letter(), *_receipt())
    return sheet.file()
