"""What records carry, by what the papers print of them (resources/form_fields.toml): 200 characters, or 2,000."""

import pytest

from app.documents.catalogue import KINDS
from app.domain.about import every_label
from app.domain.records import Contact
from app.domain.typed_text import longest_text, refuse_odd_cells, refuse_odd_text, without_control
from app.errors import UserError


def test_no_visit_is_kept_that_its_paper_would_refuse() -> None:
    longest = {field.name: field.longest for form in KINDS.values() for field in form.fields}
    printed = {column: word for column, word in every_label(Contact).items() if word in longest}
    assert {"家庭情况", "家长态度"} <= set(printed.values())
    assert {c: w for c, w in printed.items() if longest_text("contact", c) > longest[w]} == {}


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\x85", "\ud800", "\uffff"])
def test_a_sign_no_paper_shows_is_refused_with_the_field(sign: str) -> None:
    with pytest.raises(UserError, match=r"“现住址”.*控制字符") as refused:
        refuse_odd_cells("student", {"address": f"河口村{sign}"})
    assert refused.value.about == "address"
    assert without_control(f"河口{sign}村") == "河口村"


def test_the_limit_is_named() -> None:
    with pytest.raises(UserError, match="“现住址”有201个字，最多200个"):
        refuse_odd_cells("student", {"address": "村" * 201})
    refuse_odd_cells("student", {"address": "村" * 200, "remark": "字" * 2000})


def test_lines_and_tabs_of_a_note_stay() -> None:
    assert refuse_odd_text("情况记录", "见到家长\n\t答应返校") == "见到家长\n\t答应返校"
