"""What several tests share; each helper is a module of its own here."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
