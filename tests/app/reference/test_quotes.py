"""Each quote of a county's row stands in its document, word for word.

`tests/data/documents` holds the sentences of the documents that are quoted, without blanks, copied from the documents.
"""

import pytest

from app.domain.rules import RuleSet
from app.reference.rule_sets import load_rule_sets
from app.settings import RESOURCES
from tests.helpers import ROOT

SETS = load_rule_sets(RESOURCES / "rules", None)
DOCUMENTS = ROOT / "tests" / "data" / "documents"
LAW = ROOT / "tests" / "data" / "law" / "compulsory_education.txt"
SUMMARIES = {"guangdong-2009", "national-2024", "xianyou-2019", "yunnan-2022"}
"""Their documents were read only in public summaries, which their source line says."""


def bare(text: str) -> str:
    return "".join(text.split())


def document_of(rules: RuleSet) -> str:
    path = LAW if rules.id == "general" else DOCUMENTS / f"{rules.id}.txt"
    return bare(path.read_text("utf-8"))


@pytest.mark.parametrize(
    "rules", [one for one in SETS.values() if one.id not in SUMMARIES], ids=lambda one: one.id
)
def test_every_quote_stands_in_the_document(rules: RuleSet) -> None:
    own = [row for row in rules.rules if row.quote and not row.inherited_from]
    text = document_of(rules) if own else ""
    assert [row.key for row in own if bare(row.quote) not in text] == []


def test_only_summaries_have_no_document_here() -> None:
    quoting = {
        one.id for one in SETS.values() if any(row.quote and not row.inherited_from for row in one.rules)
    }
    held = {path.stem for path in DOCUMENTS.glob("*.txt")}
    assert quoting - held == SUMMARIES | {"general"}
    assert all("转载" in SETS[name].source for name in SUMMARIES)
