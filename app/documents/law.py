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

from app.errors import EnvironmentProblem, UserError
from app.settings import RESOURCES

LAW_FOLDER = RESOURCES / "law"
LOCK_FILE = "lock.toml"
DIGITS = "零一二三四五六七八九"

# What each paper cites: (law, article, paragraph, item). None where the article or paragraph is cited whole.
Citation = tuple[str, int, int | None, int | None]
SEND_DUTY: Citation = ("义务教育法", 5, 2, None)
ENROL_DUTY: Citation = ("义务教育法", 11, 1, None)
DELAY: Citation = ("义务教育法", 11, 2, None)
URGE: Citation = ("义务教育法", 13, 1, None)
CORRECT: Citation = ("义务教育法", 58, None, None)
GUARD: Citation = ("未成年人保护法", 16, None, 5)
NOT_LET_DROP: Citation = ("未成年人保护法", 17, None, 5)
REPORTING: Citation = ("未成年人保护法", 28, 2, None)
SERVICE: tuple[Citation, ...] = tuple(("民事诉讼法", number, None, None) for number in (87, 88, 89, 90, 91))
CITED: tuple[Citation, ...] = (
    SEND_DUTY,
    ENROL_DUTY,
    DELAY,
    URGE,
    CORRECT,
    GUARD,
    NOT_LET_DROP,
    REPORTING,
    *SERVICE,
)


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


def numeral(number: int) -> str:
    """`number` (0–999) in Chinese as articles are numbered: 十三, 五十八, 一百零八."""
    if not 0 <= number <= 999:
        raise ValueError(f"no article has the number {number}")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        words += "零"
    return words + (DIGITS[ones] if ones or not number else "")


def context(kind: str) -> dict[str, str]:
    """The law placeholders of a paper and their standard words; empty for papers that name no law.

    For 限期复学通知书 and 返校通知书. Everything in “ ” is the article word for word.
    """
    if kind == "限期复学通知书":
        return {
            "义务依据": _duties() + _prohibitions(),
            "职权依据": f"{cite(*URGE)}、{clause(*CORRECT)}",
            "延缓依据": cite(*DELAY),
            "童工依据": title("禁止使用童工规定"),
            "送达依据": title("民事诉讼法") + "、".join(clause(*one) for one in SERVICE),
        }
    if kind == "返校通知书":
        return {"义务依据": _duties(), "延缓依据": cite(*DELAY), "报告依据": cite(*REPORTING)}
    return {}


def _duties() -> str:
    enrol = quote(*ENROL_DUTY).split("；")[0]
    return f"{cite(*SEND_DUTY)}规定：“{quote(*SEND_DUTY)}”{clause(*ENROL_DUTY)}规定：“{enrol}”。"


def _prohibitions() -> str:
    return (
        f"{cite(*GUARD)}规定监护人应当“{_words(GUARD)}”，"
        f"{clause(*NOT_LET_DROP)}规定监护人不得“{_words(NOT_LET_DROP)}”。"
    )


def _words(citation: Citation) -> str:
    """An item's words without its number and closing mark."""
    return quote(*citation).partition("）")[2].rstrip("；。")


def issuer_warning(organ: str) -> str | None:
    """A sentence if `organ` is a 街道办事处: article 58 names only townships and the county's bureau."""
    if "街道" not in organ:
        return None
    return (
        f"{cite(*CORRECT)}只写了当地乡镇人民政府和县级人民政府教育行政部门，没有写街道办事处；"
        "请先确认本省条例授权街道，再签发。"
    )
