"""A place for something that is being read: until the answer is there it says so instead of showing what was before."""

from PySide6.QtWidgets import QStackedLayout, QWidget

from ui.widgets.parts import centred, label


class Awaited(QWidget):
    """Shows `content`, or a sentence while the answer for it is awaited."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self._words = centred(label("正在读取…", "quiet", wrap=True))
        self._layout = QStackedLayout(self)
        self._layout.addWidget(content)
        self._layout.addWidget(self._words)

    @property
    def waiting(self) -> bool:
        """Whether the answer is still awaited."""
        return self._layout.currentWidget() is self._words

    def wait(self) -> None:
        """Hide what is there: it belongs to something else now."""
        self._layout.setCurrentWidget(self._words)

    def arrive(self) -> None:
        """The content is the one asked for: show it."""
        self._layout.setCurrentWidget(self._content)
