"""Every reader of the program with the files it reads, for trying it on damaged ones."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from PIL import Image

from app.documents.forms import FIELDS, FORMS, read_forms
from app.documents.template import load_template
from app.reference.national_days import parse_holiday_table
from app.reference.rule_sets import load_rule_set, load_rule_sets
from app.roster.roster_file import read_roster
from app.service.cases.photos import FORMATS, read_photo
from app.service.office.calendars import holiday_text
from app.service.office.desk import RULES
from app.settings import TEMPLATES_DOCX, DataFolder
from app.store import archive, backup, keys
from app.store.keys import KeySlots
from tests.helpers import ROOT
from tests.helpers.cli import cheap_keys

DATA = ROOT / "tests" / "data"
TODAY: Final = date(2026, 11, 20)


@dataclass(frozen=True)
class Reader:
    """A reader: the name a damaged file gets, what reads it, and the whole files it is damaged from."""

    file_name: str
    read: Callable[[Path], Any]
    seeds: tuple[bytes, ...]


def readers(scratch: Path) -> Mapping[str, Reader]:
    """The readers by name; `scratch` is for making the files that the program writes itself."""
    found = {
        f"roster-{kind}": Reader(f"名册.{kind}", _roster, _files(DATA, f"*.{kind}"))
        for kind in ("xlsx", "xls", "csv", "txt")
    }
    calendars = ROOT / "resources" / "calendars"
    slots, backups = _own_files(scratch)
    return found | {
        "web-page": Reader("网页.xls", _roster, ("<table><tr><td>姓名<td>班级<tr><td>甲<td>一1班</table>".encode(),)),
        "holidays": Reader("放假.txt", _holidays, _files(calendars, "*")),
        "template": Reader("报告单.docx", _template, _files(TEMPLATES_DOCX, "*.docx")),
        "rules": Reader("xianli.toml", _rules, _files(RULES, "*.toml")),
        "forms": Reader("报告单.toml", _forms, _files(FORMS, "*.toml")),
        "key-slots": Reader("keyslots.json", _slots, (slots,)),
        "backup": Reader("x.gxbak", _backup, (*backups, *_files(DATA / "bad", "*.gxbak"))),
        "photo": Reader("照片.jpg", read_photo, tuple(map(_picture, FORMATS))),
    }  # fmt: skip


def _files(folder: Path, pattern: str) -> tuple[bytes, ...]:
    return tuple(one.read_bytes() for one in sorted(folder.rglob(pattern)) if one.is_file())


def _own_files(scratch: Path) -> tuple[bytes, list[bytes]]:
    """Key slots and a backup as the program writes them."""
    with cheap_keys():
        slots = keys.new_slots().with_password("密码甲乙丙丁", keys.new_key())
    slots.save(scratch / "keyslots.json")
    about = archive.Manifest("a" * 32, TODAY, "manual", complete=False)
    (scratch / "data").write_bytes(bytes(range(256)) * 8)
    sources = {archive.KEYSLOTS: scratch / "keyslots.json", archive.DATABASE: scratch / "data"}
    archive.write(scratch / "own.gxbak", sources, about)
    return (scratch / "keyslots.json").read_bytes(), [(scratch / "own.gxbak").read_bytes()]


def _picture(kind: str) -> bytes:
    file = BytesIO()
    Image.effect_noise((64, 48), 50).convert("RGB").save(file, kind)
    return file.getvalue()


def _roster(path: Path) -> None:
    read_roster(path, TODAY)


def _holidays(path: Path) -> None:
    parse_holiday_table(holiday_text(path), 2027)


def _template(path: Path) -> None:
    load_template("报告单", path.parent)


def _rules(path: Path) -> None:
    load_rule_sets(RULES, path.parent)
    load_rule_set(path.stem, RULES, path.parent)


def _forms(path: Path) -> None:
    shutil.copy(FIELDS, path.parent / "fields")
    read_forms(path.parent, path.parent / "fields")


def _slots(path: Path) -> None:
    KeySlots.load(path).by_password("密码甲乙丙丁")


def _backup(path: Path) -> None:
    backup.info(path)
    (path.parent / "backups").mkdir(exist_ok=True)
    shutil.copy(path, path.parent / "backups")
    backup.list_backups(DataFolder(path.parent))
