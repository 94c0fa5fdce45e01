"""Pages onto paper: any QPagedPaintDevice, page by page, and the PC's printers (the only file with QtPrintSupport)."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.errors import EnvironmentProblem
from ui.printing.pages import PageSet

_REFUSED = "打印机没有接受任务：请检查打印机是否开机、联机、有纸，然后再打印一次。"
_NO_PRINTER = "这台电脑上没有名为“{name}”的打印机：请在系统设置里添加打印机，或者先存成 PDF。"


def set_paper(device: QPagedPaintDevice, pages: PageSet, page: int) -> None:
    """Give the device the paper of a page (from 0), without margins of its own; a page wider than high is the same
    sheet turned, which is what a printer has."""
    width, height = pages.page_size_mm(page)
    turned = width > height
    size = QPageSize(
        QSizeF(min(width, height), max(width, height)),
        QPageSize.Unit.Millimeter,
        "",
        QPageSize.SizeMatchPolicy.FuzzyMatch,
    )
    way = QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait
    layout = QPageLayout(size, way, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    device.setPageLayout(layout)


def print_pages(pages: PageSet, device: QPagedPaintDevice, numbers: Iterable[int] | None = None) -> None:
    """Print pages (all, or those numbered from 0) on a printer or any other paged device.

    Raises EnvironmentProblem if the device does not take the job.
    """
    wanted = list(range(pages.page_count) if numbers is None else numbers)
    if not wanted:
        return
    set_paper(device, pages, wanted[0])
    painter = QPainter()
    if not painter.begin(device):
        raise EnvironmentProblem(_REFUSED)
    try:
        for position, number in enumerate(wanted):
            if position:
                set_paper(device, pages, number)
                if not device.newPage():
                    raise EnvironmentProblem(_REFUSED)
            pages.paint(painter, number)
    finally:
        painter.end()


def printer_names() -> list[str]:
    """The printers of this PC, the default one first."""
    default = QPrinterInfo.defaultPrinterName()
    names = QPrinterInfo.availablePrinterNames()
    return sorted(names, key=lambda name: (name != default, name))


def open_printer(name: str) -> QPrinter:
    """A printer by its name, ready for `print_pages`. Raises EnvironmentProblem if the PC has no such printer."""
    info = QPrinterInfo.printerInfo(name)
    if info.isNull():
        raise EnvironmentProblem(_NO_PRINTER.format(name=name))
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    return printer
