"""An address from the columns a sheet splits it into: 户籍所在省, 户籍所在市, 户籍所在区县, 详细地址."""

import re

from app.roster.fields import DISTRICTS
from app.roster.line import Line

_EMPTY_DISTRICT = frozenset({"市辖区", "县", "省直辖县级行政区划"})
"""Districts of the national list that no address names."""
_PROVINCE = re.compile(r"[^省市县区]{2,8}(?:省|自治区)")


def address_of(line: Line, name: str) -> str:
    """Our field `name` (户籍地址 or 现住址) with the districts before it that it does not say itself."""
    detail = line.text(name)
    parts = [text for part in DISTRICTS if (text := line.text(name + part)) and not _is_silent(text)]
    own = _PROVINCE.match(detail)
    if parts and own and not own[0].startswith(parts[0].removesuffix("省")):
        line.warn(name, f"{name}“{detail}”和它的省市县栏“{''.join(parts)}”不同，采用了前者，请核对")
        return detail
    missing = [text for place, text in enumerate(parts) if text not in detail and text not in parts[:place]]
    return "".join(missing) + detail


def _is_silent(text: str) -> bool:
    """Whether the text names no district: a code, or a heading of the national list."""
    return text in _EMPTY_DISTRICT or text.isdigit()
