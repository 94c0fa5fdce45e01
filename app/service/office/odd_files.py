"""Files of the data folder that cannot be read: named and left out, and everything else works."""

from collections.abc import Iterator
from pathlib import Path

from app.domain.todo import Task
from app.service.office.desk import Desk
from app.service.office.rule_sets import broken_rules
from app.settings import DataFolder
from app.store import backup

Stamp = tuple[Path, int, int]
"""A file, its size and time of change (ns): while they stay the same, so does what reading it gave."""
_read: dict[Stamp, bool] = {}


def file_tasks(desk: Desk) -> Iterator[Task]:
    """What lies in the data folder and cannot be used, a task a kind, until it is taken away or mended."""
    folder = desk.folder
    for one in misplaced(folder):
        why = "那里本该是文件夹。不影响查看；移走这个文件以后，备份、附件和本县的规则、模板才放得进去"
        yield Task(f"移走数据文件夹里叫“{one}”的文件", why, form="files")
    if damaged := damaged_backups(folder):
        why = "打不开，没有用它；数据和别的备份不受影响。看过没有用就删掉"
        yield Task(f"备份里有坏文件：{'、'.join(damaged)}", why, form="files")
    if folder.rules.is_dir() and (broken := broken_rules(folder)):
        yield Task("规则文件夹里有用不了的文件", "".join(broken), form="rules")


def misplaced(folder: DataFolder) -> list[str]:
    """The names of files that lie where a folder should be."""
    places = (folder.backups, folder.attachments, folder.rules, folder.templates)
    return [one.name for one in places if one.exists() and not one.is_dir()]


def damaged_backups(folder: DataFolder) -> list[str]:
    """The names of what is called a backup and cannot be opened; each file is looked into once."""
    files = sorted(folder.backups.glob("*.gxbak")) if folder.backups.is_dir() else []
    return [one.name for one in files if not _readable(one)]


def _readable(file: Path) -> bool:
    if not file.is_file():
        return False
    about = file.stat()
    stamp = (file, about.st_size, about.st_mtime_ns)
    if stamp not in _read:
        _read[stamp] = backup.opens(file)
    return _read[stamp]
