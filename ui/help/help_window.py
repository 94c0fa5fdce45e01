"""The help window: pages on the left, one page on the right, a search over all of them."""

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QSplitter, QTextBrowser, QWidget

from ui.help.manual import INDEX, Manual
from ui.help.page_look import dress_page
from ui.widgets.parts import button, column, label, row

KEY = Qt.ItemDataRole.UserRole
AIR = 12  # px of a list row beyond its words
FIRST_SIZE = QSize(980, 680)  # px


class HelpWindow(QWidget):
    """A window of its own, so that the manual can be read beside the work. Esc closes it."""

    def __init__(self, manual: Manual, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._manual = manual
        self.search = QLineEdit()
        self.search.setPlaceholderText("在手册里找（Ctrl+F）")
        self.search.setAccessibleName("在手册里找")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        self.search.returnPressed.connect(self._open_first)
        self.list = QListWidget()
        self.list.setAccessibleName("手册各页")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._chosen)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        self.nothing = label("没有找到。换一个词，或者清空搜索看全部各页。", "quiet", wrap=True)
        self._lay_out()
        self._make_keys()
        self._list_all()
        self.open(INDEX)

    @property
    def page(self) -> str:
        """The key of the page shown."""
        return self._page

    def open(self, key: str) -> None:
        """Show a page, the index if there is none such, and mark it in the list."""
        self._page = self._manual.known(key)
        self.text.setMarkdown(self._manual.pages[self._page])
        dress_page(self.text.document())
        self.text.setAccessibleName(self._manual.titles[self._page])
        self.setWindowTitle(f"{self._manual.titles[self._page]} — 归学使用手册")
        self._mark()

    def _mark(self) -> None:
        self.list.blockSignals(True)
        place = next((at for at in range(self.list.count()) if self._key_at(at) == self._page), -1)
        self.list.setCurrentRow(place)
        self.list.blockSignals(False)

    def _key_at(self, place: int) -> str:
        return str(self.list.item(place).data(KEY))

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.open(str(item.data(KEY)))
            self._show_words()

    def _follow(self, link: QUrl) -> None:
        if link.isRelative() and link.path().endswith(".md"):
            self.search.clear()
            self.open(link.path().removesuffix(".md"))
        else:
            QDesktopServices.openUrl(link)

    def _find(self, text: str) -> None:
        if not text.strip():
            self._list_all()
            return
        found = self._manual.search(text)
        self._fill([(one.page, f"{one.title}\n{one.excerpt}") for one in found])
        self.nothing.setVisible(not found)

    def _list_all(self) -> None:
        self._fill(list(self._manual.titles.items()))
        self.nothing.hide()
        if hasattr(self, "_page"):
            self._mark()

    def _fill(self, lines: list[tuple[str, str]]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        line = self.list.fontMetrics().lineSpacing()
        for key, words in lines:
            item = QListWidgetItem(words, self.list)
            item.setData(KEY, key)
            item.setSizeHint(QSize(1, line * (words.count("\n") + 1) + AIR))
        self.list.blockSignals(False)

    def _open_first(self) -> None:
        """Enter in the search box opens the first page found."""
        if self.list.count():
            self.list.setCurrentRow(0)
            self.list.setFocus()

    def _show_words(self) -> None:
        """Scroll to the first of the words searched for."""
        words = self.search.text().split()
        if words and not self.text.find(words[0]):
            self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _lay_out(self) -> None:
        left = QWidget()
        left.setLayout(column(self.search, self.nothing, self.list))
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(self.text)
        split.setChildrenCollapsible(False)
        em = self.fontMetrics().horizontalAdvance("永")
        split.setSizes([em * 17, FIRST_SIZE.width() - em * 17])
        split.setStretchFactor(1, 1)
        layout = column(split, margin=12)
        layout.setStretch(0, 1)
        layout.addLayout(
            row(
                button("关于归学(&A)", lambda: self._leave_search("about"), "link"),
                None,
                button("关闭 Esc", self.close),
            )
        )
        self.setLayout(layout)
        self.resize(FIRST_SIZE)

    def _leave_search(self, key: str) -> None:
        self.search.clear()
        self.open(key)

    def _make_keys(self) -> None:
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._to_search)

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()


class Help:
    """Opens the manual: one window, made when it is first asked for. Give it to the main window as `show_help`."""

    def __init__(self, manual: Manual | None = None) -> None:
        self._manual = manual or Manual()
        self.window: HelpWindow | None = None

    def __call__(self, page: str) -> None:
        """Show a page of the manual in front of everything."""
        if self.window is None:
            self.window = HelpWindow(self._manual)
        self.window.search.clear()
        self.window.open(page)
        if self.window.isVisible():
            self.window.raise_()
        self.window.show()
        self.window.activateWindow()
        self.window.list.setFocus()

    def close(self) -> None:
        """Close the window with the program."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None
