"""What saving a form would touch of what is recorded already, and the second press that means it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QPushButton


class Effects(QLabel):
    """What saving would touch of what is recorded, above the button that saves; pressed again it means it."""

    def __init__(self, save: QPushButton) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setProperty("role", "overdue")
        self.hide()
        self._save = save
        self._asked: object = None

    def told_of(self, asked: object) -> bool:
        """Whether a person saw what saving this very thing would touch, and presses again."""
        return self._asked is not None and self._asked == asked

    def tell(self, asked: object, sentences: Sequence[str], save: QPushButton | None = None) -> None:
        """Show it, and ask for a second press of `save`, or of the form's own button."""
        save = save or self._save
        whole = save.text().removeprefix("仍")
        word = whole.split()[0]  # without the key
        self._asked = asked
        listed = "\n".join(f"· {one}" for one in sentences)
        self.setText(f"▲ 这牵动已有的记录，{word}以后：\n{listed}\n没有弄错的，再按一次“仍{word}”。")
        self.show()
        save.setText(f"仍{whole}")
