"""The two kinds of refusal a person can mend; every other exception is a bug and is reported whole."""

import errno


class Refusal(Exception):
    """A Chinese sentence that says what is wrong and what to do about it.

    `about` names the field of the record it speaks of (`promised_on`), so that a form can lead there; empty if none.
    """

    def __init__(self, sentence: str, about: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.about = about


class UserError(Refusal):
    """What was asked cannot be done as asked: a wrong name, date, file, password or order of steps."""


class ReasonNeeded(UserError):
    """What was asked is unusual and is done once a reason is given in writing."""


class LastNumberNeeded(UserError):
    """Nobody here knows how far the numbers went: the last one of the 文书登记簿 has to be typed."""


class OtherUnit(UserError):
    """A backup of another unit is about to take the place of this unit's data: done once it was asked."""


class EnvironmentProblem(Refusal):
    """The PC cannot do it now: disk full or read-only, file locked or damaged, stick gone."""


_CAUSES = {
    errno.ENOSPC: "磁盘已满",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "写保护开着",
    errno.ENOENT: "找不到",
    errno.EEXIST: "已有同名文件",
    errno.EISDIR: "那是一个文件夹",
    errno.ENOTDIR: "上一级不是文件夹",
    errno.ENAMETOOLONG: "名称太长",
    errno.EBUSY: "正被别的程序占用",
    errno.EIO: "读写出错",
    errno.ENODEV: "设备不在了",
}


def os_words(problem: OSError) -> str:
    """Why the operating system refused, in Chinese; its own words are in the language of the system."""
    return _CAUSES.get(problem.errno or 0, f"系统错误{problem.errno}" if problem.errno else "文件不完整")
