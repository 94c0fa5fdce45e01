"""The closed lists of the field, in the words of the forms (domain sections 5, 10.4)."""

from app.errors import UserError

UNIT_LEVELS = {"school": "学校", "central-school": "中心学校", "township": "乡镇", "county": "县"}
"""What a unit is called on the command line → its level."""
LEVELS = ("学校", "乡镇", "村", "县")
SPEAKS_AS = {"中心学校": "学校"}
"""Level of a unit → the level its visits and calls count for, where that is another: a 中心学校 is a school."""
ABSENCE_KINDS = ("旷课", "病假", "事假")
LEAVE_KINDS = ("病假", "事假")
SESSIONS = ("全天", "上午", "下午")
BY_ATTENDANCE = "考勤"
RELAPSE = "观察期内再次缺勤"
TRIGGERS = ("开学未报到", "排查发现", "比对发现", "群众反映", RELAPSE, "其他")
BY_PHONE = "电话"
METHODS = ("家访", BY_PHONE, "其他")
NOBODY_HOME = "无人在家"
AGREED = "同意返校"
REFUSED = "拒绝"
ANSWERED, NO_ANSWER, DEAD_NUMBER = "打通", "无人接听", "停机或空号"
OUTCOMES = ("见到家长", "见到学生", NOBODY_HOME, REFUSED, AGREED)
CALL_OUTCOMES = (ANSWERED, NO_ANSWER, DEAD_NUMBER, REFUSED, AGREED)
"""What a call met with; a visit has `OUTCOMES`."""
IN_VAIN = frozenset({NOBODY_HOME, NO_ANSWER, DEAD_NUMBER})
LOOKS = IN_SCHOOL, AWAY = ("在校", "不在校")
"""What an observation after the return found."""
RETURNED = "返校"
TOLD = (RETURNED, "制发通知书", "送达通知书", "处理决定")
TOLD_ON = SAID_BACK, SAID_CHANGED = ("告知返校", "告知更正")
"""What this office told the one that had its report: the child is back, or the days of the paper changed."""
AGE_CHECKED = "核对年龄"
"""That a child outside the usual age still has to be at school, as somebody found."""
ANSWERS = (*TOLD_ON, AGE_CHECKED)
"""What this office records to settle a question about a case."""
RETURNED_CLOSING, OTHER_CLOSING = "已复学", "其他"
"""The 销号 reasons that ask for more: a return that was observed, and words of one's own. A rule set lists them all."""
UNDONE = "撤销"
"""The reason of what was taken back at once by Ctrl+Z, as if it had never been entered."""
ILLNESS = "疾病"
CAUSES = (
    "厌学",
    "学习困难",
    "家庭经济",
    "务工",
    ILLNESS,
    "残疾",
    "早婚早孕",
    "随迁流动",
    "家庭变故",
    "网络沉迷",
    "不良行为",
    "学校原因",
    "去向不明",
    "其他",
)
DAY_KINDS = {"school": "上课", "off": "停课", "half": "半天"}


def outcomes_of(method: str) -> tuple[str, ...]:
    """What a visit, or a call, may have met with."""
    return CALL_OUTCOMES if method == BY_PHONE else OUTCOMES


def choice(label: str, value: str, allowed: tuple[str, ...]) -> str:
    """`value` if it is one of `allowed`; otherwise a UserError that lists them."""
    if value not in allowed:
        raise UserError(f"{label}“{value}”不在可选范围内，请改用：{'、'.join(allowed)}。")
    return value
