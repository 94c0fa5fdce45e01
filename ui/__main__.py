"""The program's start: hands the command line its page layout, and opens the window when there is no command."""

import sys
from datetime import date, datetime, time

from app.cli.main import run
from app.service.delivery import Pages


def render_pages(docx: bytes, title: str, issued_on: date) -> Pages:
    """Lay out a filled docx. Qt is loaded at the first page, so that other commands start without it."""
    from ui.printing.pages import lay_out  # noqa: PLC0415 — see above
    from ui.printing.pdf import to_pdf  # noqa: PLC0415 — see above

    pages = lay_out(docx)
    return Pages(pages.page_count, to_pdf(pages, title, datetime.combine(issued_on, time(12))))


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:], render_pages))


if __name__ == "__main__":
    main()
