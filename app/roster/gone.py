"""Lines that may be about a child that is at this school no more: they are asked about, never put on the roll at once.

A row is hidden or struck out, a 备注 says 已转走, or a column of states says 转出, 休学, 已注销.
"""

import re

from app.roster.cells import yes_no
from app.roster.fields import STATE
from app.roster.line import Line

_GONE = re.compile(
    r"转走|转出|已转|转往|转至|转到|转学(?!来|生)|休学|退学|注销|离校|毕业|肄业|结业|死亡|去世|夭折|开除|出国|出境|不在本校"
)
_STILL_HERE = re.compile(r"转入|转来|转学来|复学|拟|准备|申请|上届|幼儿园|未|不能|非")
_SOMEBODY_ELSE = re.compile(r"父|母|爸|妈|家长|监护|爷|奶|祖|亲|兄|弟|姐|妹")
_PRESENT = re.compile(r"(?!.*[未不非]).*(?:在读|在校|正常|在籍|在册|就读|有效|到校|已报到)|是|1|√")
_ASK = "没有列入名册。还在本校吗？在的话{}；不在的话不用管，系统里有这名学生的请在学生里办理离校"


def check_presence(line: Line) -> None:
    """Refuse a line that may be about somebody who has left, with the question and what to do."""
    odd, name = line.context.odd, line.child()
    state, remark = line.text(STATE), line.text("备注")
    if line.number in odd.hidden:
        line.refuse("姓名", f"“{name}”这一行在表里是隐藏的，" + _ASK.format("请取消隐藏再导入"))
    if line.address("姓名") in odd.struck:
        line.refuse("姓名", f"“{name}”在表里是划掉的，" + _ASK.format("请去掉删除线再导入"))
    if state and not _PRESENT.fullmatch(state):
        if _says_gone(state) or yes_no(state) is False:
            line.refuse(STATE, f"“{name}”的状态是“{state}”，" + _ASK.format("请把状态改成“在读”再导入"))
        else:
            line.warn(STATE, f"“{name}”的状态是“{state}”，按在校列入了名册，如不在校请办理离校")
    if _says_gone(remark) and not _SOMEBODY_ELSE.search(remark):
        line.refuse("备注", f"“{name}”的备注写着“{remark}”，" + _ASK.format("请改掉这条备注再导入"))


def _says_gone(text: str) -> bool:
    return bool(_GONE.search(text)) and not _STILL_HERE.search(text)
