"""Files a person asked for, in a place they chose: what goes wrong there is told of the file, not of our own data."""

import errno
from pathlib import Path, PurePosixPath

from app.errors import EnvironmentProblem, os_words
from app.store.safe_files import write_file

_TAKEN = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY, errno.EISDIR})

_REMOVABLE = ("/media", "/run/media", "/mnt")
"""Where Linux shows sticks and discs; elsewhere a file's owner is told by the system, not by us."""


def save_file(file: Path, content: bytes) -> None:
    """Put `content` into `file`, whole or not at all: for this user's eyes alone, but on a stick for whoever it is
    carried to. Raises EnvironmentProblem that names file or folder."""
    try:
        write_file(file, content, private=not is_removable(file))
    except (OSError, EnvironmentProblem) as problem:
        cause = problem if isinstance(problem, OSError) else problem.__cause__
        raise EnvironmentProblem(_words(file, cause)) from problem


def is_removable(file: Path) -> bool:
    """Whether a file lies on a stick or another medium that goes from PC to PC."""
    lies = PurePosixPath(file.absolute().as_posix())
    return any(lies.is_relative_to(one) for one in _REMOVABLE)


def file_stem(text: str) -> str:
    """`text` as a name every file system takes."""
    return "".join(one if one not in '\\/:*?"<>|' and one.isprintable() else "_" for one in text)


def _words(file: Path, cause: BaseException | None) -> str:
    if not file.parent.is_dir():
        return f"文件夹“{file.parent}”不在了。U盘拔掉了的请插好，或者换一个文件夹再存。"
    number = cause.errno if isinstance(cause, OSError) else None
    if number in _TAKEN and file.exists():
        return f"“{file.name}”正被别的程序打开，或者不能改写。请先关掉它，或者换个名字再存。"
    if number == errno.ENOSPC:
        return f"磁盘已满，“{file.name}”没有存下。请清理出一些空间，或者换一个地方再存。"
    why = os_words(cause) if isinstance(cause, OSError) else "写不进去"
    return f"“{file.name}”没有存下：{why}。请检查文件夹“{file.parent}”能不能写，或者换一个文件夹再存。"
