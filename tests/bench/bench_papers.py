"""How long a paper takes, beside a bare docxtpl rendering of the same template in the same run, and whether a batch
grows faster than its cases. Run by hand, not a test.

python -m tests.bench.bench_papers
"""

import io
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from time import perf_counter

from docxtpl import DocxTemplate

from app.domain.records import CaseFile
from app.service.delivery import batch_to
from app.service.papers.drafts import batch_draft
from app.service.papers.issuing import issue_paper
from app.service.program import Program
from app.settings import TEMPLATES_DOCX
from tests.helpers.crowd import crowded

KIND = "家访表"
TYPED = {"旷课原因": "正在查明"}
SIZES = (10, 40, 160)


def took(work: Callable[[], object]) -> float:
    """Milliseconds a piece of work took."""
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def bare(values: Mapping[str, str]) -> None:
    """What docxtpl alone needs for the same paper: open, fill, save."""
    template = DocxTemplate(TEMPLATES_DOCX / f"{KIND}.docx")
    template.render(dict(values), autoescape=True)
    template.save(io.BytesIO())


def one_by_one(program: Program, cases: list[str]) -> None:
    """Papers issued one at a time, each beside a bare rendering."""
    ours, theirs = [], []
    for case in cases:
        began = perf_counter()
        paper = program.write(issue_paper, KIND, case, TYPED).value
        ours.append((perf_counter() - began) * 1000)
        theirs.append(took(lambda: bare(paper.record.data)))  # noqa: B023 - called at once
    sys.stdout.write(
        f"one paper {median(ours):.1f} ms (the first {ours[0]:.1f}), bare docxtpl {median(theirs):.1f} ms, "
        f"ratio {median(ours) / median(theirs):.2f}\n"
    )


def batches(program: Program, cases: list[str], folder: Path) -> None:
    """What each case costs in batches of growing size, before issuing and with it."""
    for size in SIZES:
        part = cases[:size]
        asked = took(lambda: program.read(batch_draft, KIND, part, TYPED))  # noqa: B023 - called at once
        out = folder / str(size)
        issued = took(lambda: batch_to(program, KIND, part, out, typed=TYPED))  # noqa: B023 - called at once
        sys.stdout.write(
            f"batch of {size}: looked at {asked / size:.1f} ms a case, issued {issued / size:.1f} ms a case\n"
        )


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as name,
        crowded(Path(name), pupils=1000, cases=max(SIZES)) as program,
    ):
        cases = [case.id for case in program.read(lambda desk: desk.tx.find(CaseFile))]
        one_by_one(program, cases[:40])
        batches(program, cases, Path(name))


if __name__ == "__main__":
    main()
