"""The closed vocabulary of the steps: what makes a step happen, and what it needs. Fifteen words, each entered with the
sentence of a county or of the law that asks for it; a sixteenth needs one too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.ladder.happenings import Happening

Test = Callable[[Happening], bool]


@dataclass(frozen=True)
class Word:
    """A word of the vocabulary: the sentence it was entered with, where that stands, and its test."""

    sentence: str
    source: str
    test: Test


def _met(level: str) -> Test:
    return lambda one: one.kind == "见到人" and one.level == level


def _paper(kind: str) -> Test:
    return lambda one: one.kind == "出具文书" and one.ref == kind


def _kind(*kinds: str) -> Test:
    return lambda one: one.kind in kinds


WHEN: Final[Mapping[str, Word]] = {
    "联系过家长": Word(
        "教师必须于当天向学校报告，并向家长(监护人)了解情况", "大田 三（四）", _kind("见到人", "没见到人")
    ),
    "学校见到人": Word("经说服动员后3个工作日内仍未返校的", "大田 三（四）", _met("学校")),
    "已发返校通知书": Word(
        "对该学生家长或监护人发出“辍学生返校通知书”", "方案2、方案5", _paper("返校通知书")
    ),
    "已报告": Word("应书面向当地乡镇政府报告", "大田 三（四）", _paper("报告单")),
    "乡镇见到人": Word("由乡（镇）组织动员并填附件3", "大田 附件4说明", _met("乡镇")),
    "通知书已制发": Word("给予批评教育，责令限期改正", "义务教育法 第五十八条", _paper("限期复学通知书")),
    "通知书已送达": Word("送达诉讼文书必须有送达回证", "民事诉讼法 第八十七条", _kind("送达通知书")),
    "限期已过": Word("责令限期改正", "义务教育法 第五十八条", _kind("限期届满")),
    "已作处理决定": Word(
        "逾期不改的，由司法部门依法发放相关司法文书",
        "孟津 六",
        _kind("处理决定"),
    ),
    "已认定辍学": Word("系统自动将该生信息标注为“辍学”", "方案24 三（二）", _kind("认定辍学")),
    "已返校": Word("劝返复学", "大田 附件3", _kind("返校")),
    "已销号": Word("精准核减劝返辍学学生", "方案23 三（四）", _kind("销号")),
}
"""What makes a step: the word → its test of one happening."""

NEEDS: Final[Mapping[str, str]] = {
    "达到报告条件": "经说服动员后3个工作日内仍未返校的，应书面向当地乡镇政府报告（大田 三（四））",
    "已发返校通知书": "如未按规定期限返校,应及时报告镇政府（方案2、方案5）",
    "动员达到次数": "附件2、附件3各列五次动员（大田 附件；本县文件未规定次数的只是建议）",
    "通知书已制发": "给予批评教育，责令限期改正（义务教育法 第五十八条）",
    "观察期满": "返校后继续跟踪，防止再次辍学（本程序的缺省，各县文件没有写天数）",
}
"""What a step may need: the word → the sentence it was entered with. The tests stand in `readiness`."""
