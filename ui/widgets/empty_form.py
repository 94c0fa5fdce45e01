"""下载空白花名册: the words of the button and where the file goes, in the first start and in the import."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

FORM_WORDS = "下载空白花名册(&D)…"
FORM_HINT = "还没有名册的，存一张空表，在Excel或WPS里填好，再导入"


def ask_form_file(parent: QWidget, folder: str) -> Path | None:
    """Where to save the empty roster form; None where the person thought better of it."""
    start = str(Path(folder or Path.home()) / "空白花名册.xlsx")
    name, _ = QFileDialog.getSaveFileName(parent, "下载空白花名册", start, "Excel 工作簿 (*.xlsx)")
    return Path(name) if name else None
