"""A label that says something else now, in another role."""

from PySide6.QtWidgets import QLabel

from ui.widgets.parts import restyle


def say(words: QLabel, text: str, role: str) -> None:
    """Let `words` say `text` in the style of `role`."""
    words.setText(text)
    words.setProperty("role", role)
    restyle(words)
