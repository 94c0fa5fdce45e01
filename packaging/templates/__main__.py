"""Write every template to `templates_docx/`: `python -m templates` in `packaging/`."""

from pathlib import Path

from .build_all import TEMPLATES

FOLDER = Path(__file__).resolve().parents[2] / "templates_docx"

for kind, build in TEMPLATES.items():
    (FOLDER / f"{kind}.docx").write_bytes(build())
