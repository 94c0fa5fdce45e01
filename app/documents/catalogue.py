"""The kinds of paper the program issues, and how they are numbered.

Sources: 大田县 田政办规〔2023〕8号 附件2–5 (the four record forms and the report slip); the order to return follows
the township practice collected in the field notes; 发文字号 as GB/T 9704-2012, 7.2.5: 代字, 〔year〕, number.
"""

import difflib
import sys
from collections.abc import Iterable, Mapping

from app.documents.fields import Field
from app.documents.forms import Form, read_forms
from app.domain.typed_text import refuse_odd_text
from app.errors import UserError

KINDS: dict[str, Form] = read_forms()
NUMBER = "文号"


def kind_named(kind: str) -> Form:
    """The kind called `kind`; UserError naming the known ones if there is none."""
    if kind not in KINDS:
        raise UserError(f"没有“{kind}”这种文书，请从这些里选：{'、'.join(KINDS)}。")
    return KINDS[kind]


def field_named(kind: str, name: str) -> Field:
    """The field called `name` of a kind; UserError with suggestions if this paper has none such."""
    check_names(kind, [name])
    return next(field for field in kind_named(kind).all_fields if field.name == name)


def remembered_fields() -> list[str]:
    """The names of the fields that belong to the office and are kept for the next paper, each once."""
    known = (one.name for form in KINDS.values() for one in form.fields if one.remembered)
    return list(dict.fromkeys(known))


def number_text(kind: str, unit_mark: str, year: int, seq: int) -> str:
    """The 文号: `unit_mark` is the unit's 发文代字 (may be empty), `year` the calendar year, `seq` counts from 1."""
    return f"{unit_mark}{kind_named(kind).number_mark}〔{year}〕{seq}号"


def check_names(kind: str, names: Iterable[str]) -> None:
    """Refuse names this paper does not have, with the nearest ones; for what is typed with --set and --blank."""
    known = {field.name for field in kind_named(kind).all_fields if not field.columns}
    unknown = [with_suggestion(name, known) for name in names if name not in known]
    if unknown:
        raise UserError(f"“{kind}”上没有这一项：{'、'.join(unknown)}，请改用文书上的名称。")


def check_typed(kind: str, typed: Mapping[str, str], blanks: Iterable[str]) -> None:
    """Refuse names that a person may not type: unknown ones, the number, and those the law table gives; and values with
    control characters."""
    names = [*typed, *blanks]
    check_names(kind, names)
    for name, value in typed.items():
        refuse_odd_text(name, value, sys.maxsize)  # its length is told with what else is wrong with the paper
    for name in names:
        if field_named(kind, name).locked:
            raise UserError(f"“{name}”取自法律条文表，不能改写；请去掉这一项。")
        if name == NUMBER:
            raise UserError("文号由程序按顺序编，不能改写；请去掉这一项。")


def with_suggestion(name: str, known: Iterable[str]) -> str:
    """`name`, with the nearest known name behind it in brackets if one is near."""
    near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return f"{name}（是不是“{near[0]}”？）" if near else name
