"""LibreOffice as the second opinion on a page: many .docx to PDF in one call, with a profile of its own."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

_FONT = re.compile(r'(w:(?:ascii|hAnsi|eastAsia|cs)=")([^"]+)(")')
_DIFFERENT = re.compile(r"<w:(?:autoSpaceDE|autoSpaceDN|lang)\b[^>]*/>")
_LOOKS = re.compile(r"word/(?:document|styles|header\d*|footer\d*)\.xml")
_TIME_LIMIT = 300


def convert(files: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """PDF bytes for each named .docx, converted in one soffice call under `folder` (made, private to the caller).

    Raises AssertionError with soffice's own words when a PDF is missing.
    """
    source, target = folder / "docx", folder / "pdf"
    source.mkdir(parents=True)
    for name, content in files.items():
        (source / f"{name}.docx").write_bytes(content)
    soffice = shutil.which("soffice")
    assert soffice, "LibreOffice is needed to compare pages: install libreoffice-writer-nogui"
    command = [
        soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
        "--outdir", str(target), *sorted(str(path) for path in source.glob("*.docx")),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=_TIME_LIMIT, check=False)
    missing = [name for name in files if not (target / f"{name}.pdf").exists()]
    assert not missing, f"soffice made no PDF for {missing}: {done.stdout}{done.stderr}"
    return {name: (target / f"{name}.pdf").read_bytes() for name in files}


def comparable(docx: bytes, substitute: Callable[[str, bool], str]) -> bytes:
    """The same .docx in the words both sides understand alike, to be laid out by both.

    Every font is replaced by `substitute(name, east_asian)`, so that both use one font. LibreOffice 7.4 always sets a
    gap between Chinese and Latin letters, so the wish for none goes; and a zh-CN language takes hanging punctuation
    from it, which Word's Chinese papers have.
    """

    def swap(match: re.Match[str]) -> str:
        return match[1] + substitute(match[2], "eastAsia" in match[1]) + match[3]

    result = BytesIO()
    with zipfile.ZipFile(BytesIO(docx)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if _LOOKS.fullmatch(info.filename):
                content = _FONT.sub(swap, _DIFFERENT.sub("", content.decode("utf-8"))).encode("utf-8")
            new.writestr(info, content)
    return result.getvalue()
