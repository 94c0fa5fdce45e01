"""The one place where trouble of disk and database becomes a sentence; what is not listed here is a bug."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import EnvironmentProblem
from app.store.engine import DatabaseError

_FULL = "磁盘已满，这一步没有保存。请清理出一些空间后重试。"
_READ_ONLY = "数据文件夹不能写入，这一步没有保存。请检查文件夹权限和写保护开关，或换一个可写的文件夹后重试。"
_BUSY = "数据文件正被别的程序占用，这一步没有保存。请关闭占用它的程序（如同步盘、杀毒扫描）后重试。"
_DISK = "读写磁盘出错，这一步没有保存。请检查硬盘或U盘是否松脱、损坏，换好后重试。"
_DAMAGED = "数据库文件已损坏或与密钥不符。请用“备份恢复”恢复最近的备份。"
_CANNOT_OPEN = "数据文件打不开。请检查数据文件夹是否还在、有无读写权限；文件丢失时请恢复最近的备份。"
_IN_THE_WAY = (
    "数据文件夹里本该是文件夹的地方放了一个文件（例如 backups、attachments），这一步没有做成。"
    "请把那个文件移走，再试一次。"
)
_LONG_NAME = "文件名或路径太长。请换一个层级较浅的文件夹后重试。"

# Primary result codes of SQLite, https://www.sqlite.org/rescode.html
_OF_SQLITE = {
    5: _BUSY,
    6: _BUSY,
    8: _READ_ONLY,
    10: _DISK,
    11: _DAMAGED,
    13: _FULL,
    14: _CANNOT_OPEN,
    23: _READ_ONLY,
    26: _DAMAGED,
}

_OF_SYSTEM = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.EROFS: _READ_ONLY,
    errno.EBUSY: _BUSY,
    errno.ETXTBSY: _BUSY,
    errno.EIO: _DISK,
    errno.ENODEV: _DISK,
    errno.ENXIO: _DISK,
    errno.ENOENT: _CANNOT_OPEN,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EEXIST: _IN_THE_WAY,
    errno.EISDIR: _CANNOT_OPEN,
    errno.ENAMETOOLONG: _LONG_NAME,
}


@contextmanager
def database_in_words() -> Iterator[None]:
    """Turn a DatabaseError that a person can mend into EnvironmentProblem; let every other one through."""
    try:
        yield
    except DatabaseError as error:
        sentence = _OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if sentence is None:
            raise
        raise EnvironmentProblem(sentence) from error


@contextmanager
def disk_in_words() -> Iterator[None]:
    """Turn an OSError that a person can mend into EnvironmentProblem; let every other one through.

    Only for the store's own files: an OSError of a caller's work says nothing about the data folder.
    """
    try:
        yield
    except OSError as error:
        sentence = _OF_SYSTEM.get(error.errno or 0)
        if sentence is None:
            raise
        raise EnvironmentProblem(sentence) from error
