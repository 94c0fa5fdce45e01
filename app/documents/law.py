"""The law table: exact article texts with their version, and the only sentences of law that papers may carry.

`resources/law/*.toml` holds each cited article word for word; `lock.toml` holds their hashes, so that a changed
word is noticed before it is printed under a stamp. Numbers are those of the versions named in the files: older
papers still cite numbers that have since changed.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.domain.words import numeral
from app.errors import EnvironmentProblem, UserError
from app.settings import RESOURCES

LAW_FOLDER = RESOURCES / "law"
LOCK_FILE = "lock.toml"

CORRECT: tuple[str, int] = ("义务教育法", 58)
"""Who may order the guardians to mend it: 当地乡镇人民政府或者县级人民政府教育行政部门."""


@dataclass(frozen=True)
class Paragraph:
    """One 款: its text, and its 项 with their numbers in brackets as printed."""

    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Law:
    """A law in one version: full name, ISO date of the version, article number → paragraphs."""

    name: str
    version: str
    articles: dict[int, tuple[Paragraph, ...]]


def load(folder: Path = LAW_FOLDER) -> dict[str, Law]:
    """Every law in `folder` by its short name; EnvironmentProblem if a file is missing or was changed."""
    try:
        lock = tomllib.loads((folder / LOCK_FILE).read_text(encoding="utf-8"))
        texts = {name: (folder / name).read_bytes().replace(b"\r\n", b"\n") for name in lock}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise EnvironmentProblem("法律条文表缺失或损坏，请重新安装程序。") from problem
    laws = {}
    for name, content in texts.items():
        if hashlib.sha256(content).hexdigest() != lock[name]:
            raise EnvironmentProblem(f"法律条文表 {name} 被改动过，不能用来印文书，请重新安装程序。")
        short, law = _law(content.decode("utf-8"))
        laws[short] = law
    return laws


def _law(text: str) -> tuple[str, Law]:
    table = tomllib.loads(text)
    articles = {
        article["number"]: tuple(
            Paragraph(p["text"], tuple(p.get("items", ()))) for p in article["paragraph"]
        )
        for article in table["article"]
    }
    return table["short"], Law(table["name"], table["version"].isoformat(), articles)


@cache
def _table() -> dict[str, Law]:
    return load()


def title(law: str) -> str:
    """The law's full name in 《》; UserError for a law the table does not hold."""
    return f"《{_find(law).name}》"


def cite(law: str, article: int, paragraph: int | None = None, item: int | None = None) -> str:
    """A citation such as 《中华人民共和国义务教育法》第十三条第一款; UserError if the table holds no such text.

    款 is left out, as usage has it, when the article has only one and an item of it is cited.
    """
    return title(law) + clause(law, article, paragraph, item)


def clause(law: str, article: int, paragraph: int | None = None, item: int | None = None) -> str:
    """The citation without the law's name: 第十三条第一款."""
    quote(law, article, paragraph, item)
    words = f"第{numeral(article)}条"
    if paragraph is not None:
        words += f"第{numeral(paragraph)}款"
    if item is not None:
        words += f"第{numeral(item)}项"
    return words


def quote(law: str, article: int, paragraph: int | None = None, item: int | None = None) -> str:
    """The exact text that `cite` names, paragraphs joined by newlines; UserError if the table does not hold it."""
    paragraphs = _find(law).articles.get(article)
    if paragraphs is None:
        raise UserError(f"法律条文表里没有《{law}》第{numeral(article)}条，请改用表内的条文。")
    if paragraph is None and (item is None or len(paragraphs) > 1):
        if item is not None:
            raise UserError(f"《{law}》第{numeral(article)}条有几款，引用其中的项时请写明第几款。")
        return "\n".join(line for one in paragraphs for line in (one.text, *one.items))
    number = 1 if paragraph is None else paragraph
    if not 1 <= number <= len(paragraphs):
        raise UserError(f"《{law}》第{numeral(article)}条没有第{numeral(number)}款，请核对条文。")
    chosen = paragraphs[number - 1]
    if item is None:
        return "\n".join((chosen.text, *chosen.items))
    if not 1 <= item <= len(chosen.items):
        raise UserError(f"《{law}》第{numeral(article)}条没有第{numeral(item)}项，请核对条文。")
    return chosen.items[item - 1]


def _find(law: str) -> Law:
    if law not in _table():
        raise UserError(f"法律条文表里没有《{law}》，请从这些里选：{'、'.join(_table())}。")
    return _table()[law]


def issuer_warning(organ: str) -> str | None:
    """A sentence if `organ` is a 街道办事处: article 58 names only townships and the county's bureau."""
    if "街道" not in organ:
        return None
    return (
        f"{cite(*CORRECT)}只写了当地乡镇人民政府和县级人民政府教育行政部门，没有写街道办事处；"
        "请先确认本省条例授权街道，再签发。"
    )
