"""Our layout beside LibreOffice's: the same papers to PDF, milliseconds a page. Run by hand, not a test.

QT_QPA_PLATFORM=offscreen python -m tests.bench.bench_layout
"""

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.helpers.libreoffice import convert
from tests.ui.printing import samples
from ui.printing import fonts
from ui.printing.pages import lay_out
from ui.printing.pdf import to_pdf

FILES = 20
WHEN = datetime(2026, 11, 22, tzinfo=UTC)


def main() -> None:
    papers = list(samples.papers().items())
    chosen = {f"{n:02}-{papers[n % len(papers)][0]}": papers[n % len(papers)][1] for n in range(FILES)}
    fonts.ensure_application()
    start, pages = time.perf_counter(), 0
    for name, paper in chosen.items():
        laid_out = lay_out(paper)
        pages += laid_out.page_count
        to_pdf(laid_out, name, WHEN)
    ours = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        convert(chosen, Path(folder))
        theirs = time.perf_counter() - start
    each = 1000 / pages
    sys.stdout.write(
        f"{FILES} files, {pages} pages: ours {ours * each:.1f} ms a page, soffice {theirs * each:.1f} ms a page, "
        f"ratio {theirs / ours:.1f}\n"
    )


if __name__ == "__main__":
    main()
