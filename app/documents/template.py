"""A template, checked: its placeholders known, what makes the paper valid there, nothing but names in it.

A county's own `<kind>.docx` wins over the shipped one. All that is wrong with a file is told in one sentence, so
that a clerk mends it in WPS in one go.
"""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, meta, nodes
from lxml.etree import XMLSyntaxError

from app.apart.process import read_apart
from app.documents.allowed import not_laid_out
from app.documents.catalogue import kind_named, with_suggestion
from app.documents.forms import Form
from app.documents.render import environment, open_template, parsed_parts, render, text_parts
from app.errors import EnvironmentProblem, UserError
from app.settings import TEMPLATES_DOCX

MAX_FILE = 5_000_000  # bytes; the shipped ones have 50 kB, a county's may carry an emblem
MAX_UNPACKED = 50_000_000
HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"

# All a template may be made of: names, paragraphs that stand or fall with a name, and rows over a list of the record.
ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
    nodes.Const,
)


@dataclass(frozen=True)
class Template:
    """A checked template: its kind, where it came from, the docx, its hash, the names it asks for."""

    kind: str
    source: str
    content: bytes
    sha256: str
    placeholders: frozenset[str]


FileStamp = tuple[int, int]
"""Size and time of change (ns) of a file: while they stay the same, so does what its check found."""
_kept: dict[tuple[str, Path], tuple[FileStamp, Template | str]] = {}
"""What the check of a file found, by kind and path: the template, or the sentence that refuses it."""


def load_template(kind: str, county_folder: Path | None = None) -> Template:
    """The county's `<kind>.docx` in `county_folder` if it is there, else the shipped one, checked.

    A file is checked once and again only when its size or time of change differs: the check fills it in twice.
    UserError: unknown kind, or all that is wrong with the file. EnvironmentProblem: the file cannot be read.
    """
    file_name = kind_named(kind).template_file
    path = TEMPLATES_DOCX / file_name
    if county_folder is not None and (county_folder / file_name).is_file():
        path = county_folder / file_name
    try:
        state = path.stat()  # before it is read: a file replaced meanwhile is checked again the next time
        stamp = state.st_size, state.st_mtime_ns
        before = _kept.get((kind, path))
        content = b"" if before and before[0] == stamp else path.read_bytes()
    except OSError as problem:
        raise EnvironmentProblem(
            f"读不了模板“{file_name}”，请检查文件是否还在、是否被别的程序占用。"
        ) from problem
    found = before[1] if before and before[0] == stamp else _checked(kind, content, path)
    _kept[kind, path] = stamp, found
    if isinstance(found, str):
        raise UserError(found)
    return found


def _checked(kind: str, content: bytes, path: Path) -> Template | str:
    """The checked template, or the sentence that refuses it. Ours was checked before it was shipped; a county's is
    opened in the reading process, so that none can stop this one."""
    try:
        if path.parent == TEMPLATES_DOCX:
            return template_from(kind, content, path.name)
        found = read_apart(_CHECK, kind, content, path.name, name=path.name)
    except UserError as problem:
        return problem.sentence
    return Template(kind, path.name, content, hashlib.sha256(content).hexdigest(), frozenset(found))


def placeholders_of(kind: str, content: bytes, source: str) -> list[str]:
    """The names a county's template asks for, once it is checked. Called in the reading process."""
    return sorted(template_from(kind, content, source).placeholders)


_CHECK = f"{__name__}:{placeholders_of.__name__}"


def template_from(kind: str, content: bytes, source: str) -> Template:
    """The template in `content`, checked; `source` is how it is called in the sentence if it is refused."""
    paper = kind_named(kind)
    template = _opened(content, source)
    problems: list[str] = []
    lists = {field.name: field.columns for field in paper.all_fields if field.columns}
    names: set[str] = set()
    printed: set[str] = set()
    readable = True
    for xml in _patched(template):
        try:
            tree = environment().parse(xml)
        except TemplateSyntaxError as problem:
            problems.append(f"占位写法有误：{_near(xml, problem)}")
            readable = False  # its names are hidden, not lacking
            continue
        forbidden = list(_forbidden(tree, lists))
        problems.extend(forbidden)
        if forbidden:
            readable = (
                False  # nothing of it is looked at further: asking for names already works constants out
            )
            continue
        names |= meta.find_undeclared_variables(tree)
        printed |= _printed(tree)
    problems.extend(_wide_braces(content))
    problems.extend(_lost_on_paper(content))
    problems.extend(_unknown(paper, names))
    if readable:
        problems.extend(_lacking(paper, names))
    if not problems:
        problems.extend(_not_printed(content, names, printed, lists))
    if problems:
        raise UserError(f"模板“{source}”不能用：{'；'.join(dict.fromkeys(problems))}。请在WPS里改正后重试。")
    return Template(kind, source, content, hashlib.sha256(content).hexdigest(), frozenset(names))


_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    OpcError,
    XMLSyntaxError,
    KeyError,
    ValueError,
    AttributeError,
    TypeError,
    IndexError,
    EOFError,
    OSError,  # an entry before the first byte
    RuntimeError,  # a password
    NotImplementedError,  # a compression nobody here knows
)


def _opened(content: bytes, source: str) -> DocxTemplate:
    damaged = f"模板“{source}”不是docx文件，或者已损坏、加了密码；请在WPS里另存为docx后重试。"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if len(content) > MAX_FILE or unpacked > MAX_UNPACKED:
            raise UserError(f"模板“{source}”太大，请去掉里面的图片后重试。")
        template = open_template(content)
        text_parts(content)
    except _DAMAGED as problem:
        raise UserError(damaged) from problem
    for part in template.get_docx().part.package.parts:
        if any(link.is_external and link.reltype != HYPERLINK for link in part.rels.values()):
            raise UserError(f"模板“{source}”里有指向外部文件或网址的内容，请去掉后重试。")
    return template


def _patched(template: DocxTemplate) -> Iterator[str]:
    """The XML of each part docxtpl renders, as Jinja gets to see it."""
    yield template.patch_xml(template.get_xml())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            yield template.patch_xml(template.get_part_xml(part))
    for part in template.get_docx().part.package.parts:
        if part.content_type == FOOTNOTES:
            yield template.patch_xml(part.blob.decode("utf-8"))


def _near(xml: str, problem: TemplateSyntaxError) -> str:
    """The words around a syntax error, as the person sees them; the tags that are not plain names if any."""
    odd = [tag for tag in re.findall(r"{{.*?}}", xml) if not re.fullmatch(r"{{(r )?\s*\w+\s*}}", tag)]
    if odd:
        return "、".join(re.sub(r"<[^>]*>", "", tag) for tag in odd)
    lines = xml.splitlines()[max(problem.lineno - 1, 0) :]
    start = next((found.start() for found in [re.search(r"{[{%]", lines[0] if lines else "")] if found), 0)
    words = re.sub(r"<[^>]*>", "", lines[0][start:] if lines else "")
    return f"{words[:40] or problem.message}"


def _printed(tree: nodes.Template) -> set[str]:
    """The names whose value stands in the paper, not only in a condition; a list's columns as 表.列."""
    outputs = [node for output in tree.find_all(nodes.Output) for node in output.nodes]
    columns = {
        f"{loop.iter.name}.{node.attr}"
        for loop in tree.find_all(nodes.For)
        if isinstance(loop.iter, nodes.Name)
        for node in loop.find_all(nodes.Getattr)
    }
    return columns | {node.name for node in outputs if isinstance(node, nodes.Name)} - _row_names(tree)


def _row_names(tree: nodes.Template) -> set[str]:
    """What the loops call the row in hand."""
    targets = [loop.target for loop in tree.find_all(nodes.For)]
    return {one.name for one in targets if isinstance(one, nodes.Name)}


Lists = Mapping[str, tuple[str, ...]]
"""The lists of rows a form knows: name → columns."""


def _forbidden(tree: nodes.Template, lists: Lists) -> Iterator[str]:
    own = _own_rows(tree, lists)
    for node in tree.find_all(nodes.Node):
        if (not isinstance(node, ALLOWED) and id(node) not in own) or _compares_oddly(node):
            yield "只能写 {{ 名称 }}、{% if 名称 %} 和 {%tr for 行 in 名单 %}，不能写" + _what(node, lists)


def _compares_oddly(node: nodes.Node) -> bool:
    """A comparison of anything but a name with a constant, whether they are the same."""
    if not isinstance(node, nodes.Compare):
        return False
    sides = [node.expr, *(one.expr for one in node.ops)]
    plain = len(sides) == 2 and {type(one) for one in sides} == {nodes.Name, nodes.Const}
    return not plain or any(one.op not in {"eq", "ne"} for one in node.ops)


def _own_rows(tree: nodes.Template, lists: Lists) -> set[int]:
    """The nodes of loops over a list the form knows, each row printed by the columns of that list."""
    own: set[int] = set()
    for loop in tree.find_all(nodes.For):
        if not isinstance(loop.iter, nodes.Name) or not isinstance(loop.target, nodes.Name):
            continue
        if loop.iter.name not in lists or loop.test or loop.else_ or loop.recursive:
            continue
        own.add(id(loop))
        own |= {
            id(node)
            for node in loop.find_all(nodes.Getattr)
            if isinstance(node.node, nodes.Name)
            and node.node.name == loop.target.name
            and node.attr in lists[loop.iter.name]
        }
    return own


def _what(node: nodes.Node, lists: Lists) -> str:
    known = "、".join(f"{name}（{'、'.join(columns)}）" for name, columns in lists.items())
    if isinstance(node, nodes.Getattr):
        return f"“.{node.attr}”（可用的名单：{known}）"
    if isinstance(node, nodes.Filter):
        return f"“|{node.name}”"
    if isinstance(node, nodes.For):
        return f"这样的循环（可用的名单：{known}）"
    words = "、".join(f"“{one.value}”"[:40] for one in node.find_all(nodes.Const))
    return f"算式、比较或函数（写着{words}的那一处）" if words else "算式、比较或函数"


def _wide_braces(content: bytes) -> Iterator[str]:
    """A Chinese keyboard types ｛｛ ｝｝, which no program would fill in."""
    words = "".join(re.sub(r"<[^>]*>", "", xml) for xml in text_parts(content))
    for tag in re.findall(r"｛+[^｛｝]{0,20}｝+", words):
        yield f"{tag} 用了全角花括号，要用半角的 {{{{ }}}}"


def _lost_on_paper(content: bytes) -> Iterator[str]:
    """What the template holds that printing without an office suite would drop."""
    if found := not_laid_out(parsed_parts(content)):
        yield f"里面有本程序印不出来的{'、'.join(found)}，要删去或改成普通文字、表格"


def _unknown(paper: Form, names: set[str]) -> Iterator[str]:
    known = {name for field in paper.all_fields for name in field.placeholders}
    unknown = [with_suggestion(name, known) for name in sorted(names - known)]
    if unknown:
        yield f"有不认识的名称：{'、'.join(unknown)}"


def _lacking(paper: Form, names: set[str]) -> Iterator[str]:
    needed = [field for field in paper.fields if field.name in paper.essential]
    lacking = [field.name for field in needed if not names & {*field.placeholders}]
    if lacking:
        yield f"缺少必须有的名称：{'、'.join(lacking)}"


def _not_printed(content: bytes, names: Iterable[str], printed: set[str], lists: Lists) -> Iterator[str]:
    """Names that a trial filling does not show, for example inside a field or a damaged table."""
    shown = ""
    for truth in (True, False):
        filled_in: dict[str, object] = {
            name: f"〖{name}〗" if truth or name in printed else "" for name in names if name not in lists
        }
        filled_in |= {
            name: [{one: f"〖{name}.{one}〗" for one in columns}] for name, columns in lists.items()
        }
        try:
            filled = render(content, filled_in, "")
        except (TemplateError, XMLSyntaxError, ValueError, AttributeError, KeyError) as problem:
            yield f"试填时出错（{problem}）"
            return
        shown += "".join(
            "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml)) for xml in text_parts(filled)
        )
    hidden = [name for name in sorted(printed) if f"〖{name}〗" not in shown]
    if hidden:
        yield f"填了也印不出来的名称：{'、'.join(hidden)}"
