"""Papers to lay out: the program's own templates filled with invented data, and forms built for one difficulty each."""

from io import BytesIO
from pathlib import Path

from docxtpl import DocxTemplate

from tests.helpers.wordml import (
    cell,
    docx,
    number_field,
    paragraph,
    row,
    running,
    section,
    simple_table,
    table,
)

TEMPLATES = sorted((Path(__file__).parents[3] / "templates_docx").glob("*.docx"))
NOTE = "班主任与村干部入户，见到奶奶，说孩子随亲戚在外做工；已讲明义务教育法的规定，约定下周送回学校。"
_LONG_FIELDS = ("情况", "记录", "原因", "经过", "态度", "措施", "结果", "说明")
# In a letter nobody writes 600 characters into one blank; in a table's row they do.
_LETTERS = ("报告单", "返校通知书", "限期复学通知书")


def long_note(length: int) -> str:
    """A visit note of exactly `length` characters."""
    return (NOTE * (length // len(NOTE) + 1))[:length]


def value(name: str, long: int) -> str:
    """What stands for a placeholder; `long` is the length of free text, 0 for ordinary data."""
    if "勾" in name:
        return "☑"
    if "记录人" in name:
        return "林守正"
    if name.endswith("次日期"):
        return "11月22日"
    if name.endswith(("日期", "时间", "日")):
        return "2026年11月22日"
    if long and any(word in name for word in _LONG_FIELDS):
        return long_note(long)
    return "林小满" if "姓名" in name else name[:8]


def filled(template: Path, long: bool) -> bytes:
    """A template with every placeholder filled."""
    document = DocxTemplate(template)
    length = 0 if not long else 90 if template.stem in _LETTERS else 600
    names = document.get_undeclared_template_variables()
    document.render({name: value(name, length) for name in names})
    result = BytesIO()
    document.save(result)
    return result.getvalue()


def register() -> bytes:
    """A register of 60 rows that runs over the page and repeats its header."""
    lines = [["序号", "姓名", "住址", "备注"]]
    lines += [[str(n), "林小满", "清溪县云岭镇青石村三组", "在家" if n % 3 else NOTE] for n in range(1, 61)]
    body = paragraph("未入学适龄儿童少年名册", '<w:jc w:val="center"/>', '<w:b/><w:sz w:val="36"/>')
    columns = (800, 1400, 3600, 3200)
    return docx(
        body + simple_table(lines, columns, '<w:trHeight w:val="480" w:hRule="atLeast"/>', header=True)
    )


def letter() -> bytes:
    """An official letter of two sections: grid of lines, indents in characters, a page break, a ruled stub."""
    title = paragraph(
        "限期复学通知书", '<w:jc w:val="center"/><w:spacing w:after="300"/>', '<w:sz w:val="44"/>'
    )
    text = "".join(
        paragraph(
            NOTE * 3,
            '<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>',
            '<w:sz w:val="32"/>',
        )
        for _ in range(4)
    )
    stub = paragraph(
        "存根",
        '<w:pBdr><w:bottom w:val="dashed" w:sz="6" w:space="1" w:color="000000"/></w:pBdr><w:jc w:val="center"/>',
    )
    grid = section(margin=1701, more='<w:docGrid w:type="lines" w:linePitch="579"/>')
    first = f"<w:p><w:pPr>{grid}</w:pPr></w:p>"
    turn = '<w:p><w:r><w:t>甲</w:t><w:br w:type="page"/></w:r></w:p>'
    last = (
        paragraph("乙", '<w:pageBreakBefore/><w:ind w:left="800" w:hanging="400"/>') + stub + paragraph("丙")
    )
    return docx(title + text + first + turn + paragraph("丁") + last)


def merged() -> bytes:
    """A form with merged cells, borders of every style, none at all, and rows of exact height."""
    columns = (1000, 2000, 3000, 3000)
    exact = '<w:trHeight w:val="700" w:hRule="exact"/>'
    double = '<w:tcBorders><w:bottom w:val="double" w:sz="6" w:space="0" w:color="000000"/></w:tcBorders>'
    rows = [
        row([cell("学生信息", 1000, '<w:vMerge w:val="restart"/><w:vAlign w:val="center"/>'), cell("姓名", 2000),
             cell("林小满", 6000, '<w:gridSpan w:val="2"/>')], exact),
        row([cell("", 1000, "<w:vMerge/>"), cell("家庭情况", 2000, '<w:vAlign w:val="center"/>'),
             cell(long_note(300), 6000, '<w:gridSpan w:val="2"/>')]),
        row([cell("", 1000, "<w:vMerge/>"), cell("记录人", 2000),
             cell("林守正", 3000, double), cell("同行", 3000)], exact),
        row([cell("动员结果", 9000, '<w:gridSpan w:val="4"/>')], exact),
    ]  # fmt: skip
    centred = table(rows, columns, '<w:jc w:val="center"/>', size=8)
    dotted = table(
        [row([cell("虚线", 3000), cell("格子", 3000)])], (3000, 3000), '<w:tblInd w:w="400" w:type="dxa"/>'
    )
    return docx(
        paragraph("前", '<w:spacing w:after="200"/>') + centred + paragraph("中") + dotted + paragraph("后")
    )


SETUP = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" '
    'w:header="850" w:footer="1400" w:gutter="0"/>'
)
_LINE = '<w:jc w:val="center"/><w:spacing w:line="400" w:lineRule="exact"/>'
_TEXT = paragraph(NOTE * 30, '<w:jc w:val="both"/>', '<w:sz w:val="32"/>')


def numbered() -> bytes:
    """Three sections: a stub, a letter of two pages that are numbered from 1, a receipt without a number."""
    footer = f'<w:p><w:pPr>{_LINE}</w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>'
    footer += f'{number_field("PAGE")}<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
    none = f"<w:sectPr>{running('footer', 'footer0')}{SETUP}</w:sectPr>"
    letter = f'<w:sectPr>{running("footer", "footer1")}{SETUP}<w:pgNumType w:start="1"/></w:sectPr>'
    body = paragraph("存根") + f"<w:p><w:pPr>{none}</w:pPr></w:p>"
    body += _TEXT + f"<w:p><w:pPr>{letter}</w:pPr></w:p>" + paragraph("回证")
    return docx(body, none, around={"footer0": paragraph("", _LINE), "footer1": footer})


def continued() -> bytes:
    """A paper with a header that names it, from the second page on."""
    header = f"<w:p><w:pPr>{_LINE}</w:pPr><w:r><w:t>学生姓名：林小满　第</w:t></w:r>{number_field('PAGE')}"
    header += f"<w:r><w:t>页共</w:t></w:r>{number_field('NUMPAGES')}<w:r><w:t>页（续）</w:t></w:r></w:p>"
    heads = running("header", "header1") + running("header", "header0", "first")
    around = {"header0": paragraph("", _LINE), "header1": header}
    return docx(_TEXT, f"<w:sectPr>{heads}{SETUP}<w:titlePg/></w:sectPr>", around=around)


def closer() -> bytes:
    """28 letters of 16 pt on a line of 156 mm: set closer by 0.3 pt (GB/T 9704-2012, 5.2.3)."""
    look = '<w:spacing w:val="-6"/><w:sz w:val="32"/>'
    text = paragraph(NOTE * 6, '<w:ind w:firstLine="640"/><w:jc w:val="both"/>', look)
    return docx(text + paragraph("共12345人，2026年10月15日前", run=look), section(margin=1531))


def papers() -> dict[str, bytes]:
    """Every paper the comparison with LibreOffice runs over, by name."""
    found = {"register": register(), "letter": letter(), "merged": merged()}
    found |= {"numbered": numbered(), "continued": continued(), "closer": closer()}
    for template in TEMPLATES:
        found[template.stem] = filled(template, long=False)
        found[f"{template.stem}-long"] = filled(template, long=True)
    return found


NAMES = ["register", "letter", "merged", "numbered", "continued", "closer"]
NAMES += [f"{t.stem}{end}" for t in TEMPLATES for end in ("", "-long")]
