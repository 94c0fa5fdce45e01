"""What a person calls the things of a docx that our pages do not lay out, by the element or value that makes them."""

from collections.abc import Mapping

_CHANGES = "未接受的修订（插入、删除）"
_FIELD = "域（页码、日期等）"
_PICTURE = "图片"
_SHAPE = "图形或文本框"
_NOTE = "脚注或尾注"
_EFFECT = "文字效果（空心、阴影等）"
_COLUMNS = "分栏"
_PAGE = "奇偶页不同或对称的页面"

NAMES: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "ins", "del", "moveFrom", "moveTo", "delText", "delInstrText", "moveFromRangeStart", "moveFromRangeEnd",
            "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart", "customXmlDelRangeStart", "rPrChange",
            "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange",
            "tblPrExChange", "numberingChange", "cellIns", "cellDel", "cellMerge",
        ),
        _CHANGES,
    ),
    **dict.fromkeys(("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"), "批注"),
    **dict.fromkeys(("footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef"), _NOTE),
    **dict.fromkeys(("outline", "shadow", "emboss", "imprint", "effect"), _EFFECT),
    **dict.fromkeys(("glow", "textOutline", "textFill", "reflection", "props3d", "scene3d"), _EFFECT),
    **dict.fromkeys(("caps", "smallCaps"), "全部大写的字母"),
    **dict.fromkeys(("evenAndOddHeaders", "mirrorMargins", "bookFoldPrinting", "gutterAtTop"), _PAGE),
    **dict.fromkeys(("oMath", "oMathPara"), "公式"),
    **dict.fromkeys(("type=evenPage", "type=oddPage"), "从奇数页或偶数页开始的节"),
    "drawing": _PICTURE,
    "pict": "图片或文本框",
    "object": "嵌入的对象",
    "AlternateContent": _SHAPE,
    "txbxContent": "文本框",
    "framePr": "图文框",
    "field": _FIELD,
    "pgNum": _FIELD,
    "fldChar": _FIELD,
    "numPr": "自动编号",
    "highlight": "突出显示的文字",
    "shd": "底纹",
    "tl2br": "斜线",
    "tr2bl": "斜线",
    "cols": _COLUMNS,
    "br=column": _COLUMNS,
    "type=nextColumn": _COLUMNS,
    "pgBorders": "页面边框",
    "background": "页面背景",
    "lnNumType": "行号",
    "textDirection": "竖排或转向的文字",
    "eastAsianLayout": "纵横混排或双行合一的文字",
    "fitText": "调整宽度的文字",
    "tcFitText": "适应单元格宽度的文字",
    "w": "缩放了宽度的文字",
    "position": "升高或降低的文字",
    "vertAlign": "上标或下标",
    "dstrike": "双删除线",
    "em": "着重号",
    "bdr": "文字边框",
    "ruby": "拼音",
    "rtl": "从右到左的文字",
    "bidi": "从右到左的文字",
    "bidiVisual": "从右到左的表格",
    "tblpPr": "文字环绕的表格",
    "tblCellSpacing": "单元格之间的间距",
    "tblPrEx": "个别行另设的表格线",
    "trPr jc": "个别行另设的对齐",
    "tblStylePr": "带首行、条纹等格式的表格样式",
    "hMerge": "旧式的横向合并",
    "hidden": "隐藏的行",
    "tbl": "表格里的表格",
    "tbl in hdr": "页眉或页脚里的表格",
    "vAlign": "页面的垂直对齐",
    "vAlign=both": "两端对齐的垂直对齐",
    "rtlGutter": "右侧的装订线",
    "kinsoku": "关掉的避头尾",
    "wordWrap": "允许西文在单词中间换行",
    "textAlignment": "文字在行内的上下对齐",
    "mirrorIndents": "对称缩进",
    "topLinePunct": "行首标点压缩",
    "ptab": "对齐方式的制表位",
    "trHeight=exact": "固定值的行高（改成最小值）",
    "docGrid=linesAndChars": "文档网格里的字符网格（改成只指定行网格）",
    "docGrid=snapToChars": "文档网格里的字符网格（改成只指定行网格）",
    "pgNumType=": "不是1、2、3的页码",
    "tab=": "小数点或竖线的制表位",
    "jc=": "少见的对齐方式",
    "u=": "不是单线的下划线",
    "sym=": "特殊符号（改成普通文字，如□、√）",
    **dict.fromkeys(
        (f"{edge}=" for edge in ("top", "left", "start", "bottom", "right", "end", "insideH", "insideV", "between")),
        "少见的线型（用单线、双线、虚线或点线）",
    ),
    "strict": "“严格”的docx格式（另存为普通docx）",
}  # fmt: skip
"""By element; by `element=value` or `element=` for its values; by place where an element stands in the wrong one."""

OTHER: Mapping[str, str] = {
    "foreign": _SHAPE,
    "element": "“{}”格式",
    "value": "“{}={}”格式",
}
"""How anything else is told: of another vocabulary, an unknown element, an unknown value."""
