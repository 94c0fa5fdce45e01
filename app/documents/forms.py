"""Reading the forms: `resources/forms/NAME.toml` says what a paper is, `templates_docx/NAME.docx` how it looks.

A key nobody knows, a value of the wrong kind and a field that is declared nowhere are refused with the file's name.
"""

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from app.documents.fields import Belongs, Field
from app.documents.law_words import law_words
from app.domain.typed_text import LINE, STORY
from app.errors import EnvironmentProblem, UserError
from app.settings import RESOURCES

FORMS = RESOURCES / "forms"
FIELDS = RESOURCES / "form_fields.toml"
MAX_FILE = 100_000  # bytes; the shipped ones have 3 kB
Level = Literal["学校", "中心学校", "乡镇", "县"]
Subject = Literal["个案", "学生"]


class _FieldTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A field as a file declares it; `rule` is the width of the ruled blank in characters."""

    name: str = ""
    ask: str = ""
    source: str = ""
    rule: Annotated[int, msgspec.Meta(ge=0, le=LINE)] = 0
    blank: str = ""
    optional: bool = False
    ticks: tuple[str, ...] = ()
    boxes: bool = False
    flag: bool = False
    only_if: str = ""
    law: bool = False
    longest: Annotated[int, msgspec.Meta(ge=1, le=STORY)] = LINE
    of: Belongs = "学生"
    remembered: bool = False
    extra: bool = False
    columns: tuple[str, ...] = ()


class _FormTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A form as its file declares it."""

    kind: str
    title: str
    place: int
    levels: tuple[Level, ...]
    number_mark: str
    fields: tuple[str, ...]
    essential: tuple[str, ...]
    subject: Subject = "个案"
    elsewhere: str = ""
    order: bool = False
    no_blanks: tuple[str, ...] = ()
    once_per_case: bool = False
    copies: dict[str, int] = {}
    usual_title: str = ""
    offered_as: str = ""
    field: tuple[_FieldTable, ...] = ()
    law: dict[str, str | dict[Level, str]] = {}


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of paper.

    `kind`: its name in commands; `title`: what stands on it; `place`: its place in lists. `levels`: who issues it;
    `elsewhere`: what the other levels do instead, where they may not issue it at all. `order`: an order of an organ of
    state, which no school may sign; `no_blanks`: what may not stay empty in it. `subject`: what it is about.
    `number_mark`: what its number begins with. `once_per_case`: a second one on a case needs a reason. `copies`: how
    many of each part (存根, 正本, 送达回证, or 全部) are printed, one where it names none. `offered_as`: its name where
    it is offered, else the title. `usual_title`: the title where the county's document has none. `law`: the sentences
    of law by field and the level that issues it, the first for the other levels. `fields`: in the order of the form;
    `essential`: what a template has to print, or it is void.
    """

    kind: str
    title: str
    place: int
    levels: tuple[str, ...]
    number_mark: str
    subject: Subject
    elsewhere: str
    order: bool
    no_blanks: frozenset[str]
    once_per_case: bool
    copies: dict[str, int]
    usual_title: str
    offered_as: str
    law: dict[str, dict[str, str]]
    fields: tuple[Field, ...]
    essential: frozenset[str]
    extras: tuple[Field, ...]

    @property
    def offered(self) -> str:
        """What it is called where it is offered to be made out."""
        return self.offered_as or self.title

    @property
    def issuers(self) -> tuple[str, ...]:
        """The levels that issue it, as people say them: a 中心学校 is a school."""
        return tuple(one for one in self.levels if one != "中心学校" or "学校" not in self.levels)

    @property
    def template_file(self) -> str:
        """The name of its docx."""
        return f"{self.kind}.docx"

    @property
    def all_fields(self) -> tuple[Field, ...]:
        """The form's own fields and then those a county's copy may use besides."""
        return self.fields + self.extras

    def law_context(self, level: str) -> dict[str, str]:
        """The sentences of law a paper issued at `level` carries, by field; word for word from the law table."""
        return {
            name: law_words(words.get(level) or next(iter(words.values())))
            for name, words in self.law.items()
        }


def read_forms(folder: Path = FORMS, fields: Path = FIELDS) -> dict[str, Form]:
    """Every form in `folder` by its kind, in their places; `fields` declares what they share.

    Raises EnvironmentProblem naming the file that is damaged, and what is wrong with it.
    """
    shared = {
        name: _field(name, _converted(table, _FieldTable, fields)) for name, table in _table(fields).items()
    }
    forms = [_form(path, shared) for path in sorted(folder.glob("*.toml"))]
    kinds = {form.kind: form for form in sorted(forms, key=lambda form: form.place)}
    if not kinds or len(kinds) != len(forms):
        raise EnvironmentProblem(f"文书种类的文件夹“{folder}”不完整或有重复。请重新安装程序。")
    return kinds


def _form(path: Path, shared: dict[str, Field]) -> Form:
    table: _FormTable = _converted(_table(path), _FormTable, path)
    known = shared | {one.name: _field(one.name, one) for one in table.field}
    lost = [name for name in (*table.fields, *table.essential, *table.law) if name not in known]
    if table.kind != path.stem or lost:
        raise _damaged(path, f"没有声明{'、'.join(lost)}" if lost else f"种类应当是“{path.stem}”")
    own = tuple(known[name] for name in table.fields)
    law = {
        name: {str(level): one for level, one in words.items()} if isinstance(words, dict) else {"": words}
        for name, words in table.law.items()
    }
    try:
        for words in (one for by_level in law.values() for one in by_level.values()):
            law_words(words)
    except UserError as problem:
        raise _damaged(path, problem.sentence) from problem
    return Form(
        kind=table.kind,
        title=table.title,
        place=table.place,
        levels=table.levels,
        number_mark=table.number_mark,
        subject=table.subject,
        elsewhere=table.elsewhere,
        order=table.order,
        no_blanks=frozenset(table.no_blanks),
        once_per_case=table.once_per_case,
        copies=table.copies,
        usual_title=table.usual_title,
        offered_as=table.offered_as,
        law=law,
        fields=own,
        essential=frozenset(table.essential),
        extras=tuple(one for one in shared.values() if one.extra and one.name not in table.fields),
    )


def _field(name: str, table: _FieldTable) -> Field:
    return Field(
        name=name,
        source=table.source or name,
        hint=table.ask,
        may_stay_empty=table.optional or table.flag or bool(table.columns),
        blank=table.blank or "＿" * table.rule,
        answers=table.ticks,
        boxes=table.boxes,
        flag=table.flag,
        only_if=table.only_if,
        locked=table.law,
        longest=STORY if table.law else table.longest,
        belongs=table.of,
        remembered=table.remembered,
        extra=table.extra,
        columns=table.columns,
    )


def _table(path: Path) -> dict[str, Any]:
    try:
        content = path.read_bytes()
        if len(content) > MAX_FILE:
            raise _damaged(path, "文件太大")
        return tomllib.loads(content.decode("utf-8"))
    except (
        OSError,
        ValueError,
        OverflowError,
        RecursionError,
    ) as problem:  # a number of 5,000 digits is a ValueError
        raise _damaged(path, str(problem)) from problem


def _converted(table: Any, kind: Any, path: Path) -> Any:
    try:
        return msgspec.convert(table, kind, strict=True)
    except msgspec.ValidationError as problem:
        raise _damaged(path, str(problem)) from problem


def _damaged(path: Path, what: str) -> EnvironmentProblem:
    return EnvironmentProblem(f"文书种类文件“{path.name}”不能用：{what}。请重新安装程序。")
