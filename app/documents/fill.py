"""Filling a template: what is still missing, in the order of the form, and the finished docx."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from app.documents.catalogue import NUMBER, check_names, field_named, kind_named
from app.documents.fields import SIGNS, Field
from app.documents.render import as_text, render
from app.documents.template import Template
from app.errors import UserError

YES = "是"
NO = "否"
Rows = Mapping[str, Sequence[Mapping[str, str]]]
"""The lists of the record by name: each row a mapping of column to words."""


def missing(template: Template, values: Mapping[str, str], blanks: Collection[str] = ()) -> list[str]:
    """The fields this template asks for that are neither given nor blank on purpose, in form order."""
    return [
        field.name
        for field in _asked(template)
        if not field.may_stay_empty
        and field.name not in blanks
        and not _given(field, values)
        and (not field.only_if or values.get(field.only_if, "").strip() == YES)
    ]


def fill(
    template: Template, values: Mapping[str, str], blanks: Collection[str] = (), rows: Rows | None = None
) -> bytes:
    """The finished docx: `values` by field name, `blanks` left as ruled blanks on purpose, `rows` by list.

    The same input gives the same bytes. Values that the template does not ask for are ignored. UserError names
    what is missing, unknown among `blanks`, too long, or not one of the answers a box or flag knows.
    """
    _check_blanks(template.kind, blanks)
    lacking = missing(template, values, blanks)
    if lacking:
        raise UserError(f"还缺：{'、'.join(lacking)}；请补上，或者说明有意留空。")
    problems = [
        problem for field in _asked(template) for problem in _wrong(field, values.get(field.name, ""))
    ]
    if problems:
        raise UserError(f"{'；'.join(problems)}；请改正后重试。")
    context: dict[str, object] = {}
    for field in _asked(template):
        if field.columns:
            context[field.name] = [
                {column: as_text(row.get(column, "")) for column in field.columns}
                for row in (rows or {}).get(field.name, ())
            ]
        else:
            context.update(_printed(field, "" if field.name in blanks else values.get(field.name, "")))
    return render(template.content, context, kind_named(template.kind).title)


def _asked(template: Template) -> Iterator[Field]:
    for field in kind_named(template.kind).all_fields:
        if template.placeholders.intersection(field.placeholders):
            yield field


def asked_fields(template: Template) -> list[str]:
    """The names of the fields this template prints, in form order; not the lists, which nobody types."""
    return [field.name for field in _asked(template) if not field.columns]


def asked_lists(template: Template) -> list[str]:
    """The names of the lists this template prints."""
    return [field.name for field in _asked(template) if field.columns]


def _given(field: Field, values: Mapping[str, str]) -> bool:
    return bool(values.get(field.name, "").strip())


def _check_blanks(kind: str, blanks: Collection[str]) -> None:
    check_names(kind, blanks)
    fixed = [name for name in blanks if field_named(kind, name).locked or name == NUMBER]
    if fixed:
        raise UserError(f"{'、'.join(fixed)}不能留空；请去掉这一项。")


def _wrong(field: Field, value: str) -> Iterator[str]:
    if len(value) > field.longest:
        yield f"“{field.name}”有{len(value)}个字，最多{field.longest}个"
    if field.flag and value.strip() not in ("", YES, NO):
        yield f"“{field.name}”只能填是或否"
    if field.options:
        known = [answer for answer, _ in field.options]
        odd = [answer for answer in _answers(value) if answer not in known]
        if odd:
            yield f"“{field.name}”里没有{'、'.join(odd)}，只有{'、'.join(known)}"


def _answers(value: str) -> list[str]:
    return [answer.strip() for answer in value.split("、") if answer.strip()]


def _printed(field: Field, value: str) -> dict[str, object]:
    """Placeholder → what is printed for it; `value` empty means the blank of the form."""
    if field.flag:
        return {field.name: value.strip() == YES}
    if field.options:
        chosen = _answers(value)
        ticked, unticked = SIGNS[field.boxes]
        return {box: ticked if answer in chosen else unticked for answer, box in field.options}
    return {field.name: as_text(value if value.strip() else field.blank)}
