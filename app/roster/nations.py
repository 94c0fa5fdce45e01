"""民族 as rosters write it: names without 族, old spellings and the two-digit codes of GB/T 3304."""

import re
from functools import lru_cache

from app.roster.cells import uncoded

_NAMES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 "
    "景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 "
    "裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
NATIONS = tuple(_NAMES.split())
"""The 56 names without 族; the code is the place in this list, from 01."""

_OLD_SPELLINGS = {"毛难": "毛南", "崩龙": "德昂", "崩竜": "德昂"}


@lru_cache(maxsize=256)
def nation_name(text: str) -> str:
    """01, 汉, 汉族, 01-汉族 → 汉族; 毛难族 → 毛南族; anything else is kept as it is written."""
    code = re.fullmatch(r"0?([0-9]{1,2})", text)
    if code and 1 <= int(code[1]) <= len(NATIONS):
        return NATIONS[int(code[1]) - 1] + "族"
    bare = re.sub(r"^[0-9]{1,2}[-—.、]?", "", text).removesuffix("族")
    bare = _OLD_SPELLINGS.get(bare, bare)
    return bare + "族" if bare in NATIONS else uncoded(text)
