"""What a person would stumble over in a window: words cut off, controls without a name, keys that lead nowhere.

Every function returns what it found as sentences; an empty list is a good window.
"""

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QTabWidget,
    QWidget,
)

from ui.widgets.elided import ElidedLabel

ARROW = 30  # px of a combo box that are not for its words
PRESSES = 200  # more than any page has places for the keyboard


def cut_words(window: QWidget) -> list[str]:
    """Words that do not fit the widget they stand in, and widgets that reach out of what is shown."""
    return [
        f"{_name(one)}：{problem}"
        for one in _shown(window)
        for problem in (_cut(one), _outside(one, window))
        if problem
    ]


def nameless(window: QWidget) -> list[str]:
    """Controls a screen reader would have no name for."""
    return [repr(one) for one in _shown(window) if _takes_keys(one) and not _spoken(one)]


def doubled_mnemonics(window: QWidget) -> list[str]:
    """Alt keys that stand on two things at once."""
    keys = Counter(key for one in _shown(window) for key in _mnemonics(one))
    return [f"{key} 有{count}处" for key, count in keys.items() if count > 1]


def unreached(window: QWidget) -> list[str]:
    """Controls Tab does not come to, going on from where the keyboard is; or that it never comes back."""
    start = QApplication.focusWidget()
    if start is None:
        return ["键盘不在任何地方"]
    met: list[QWidget] = []
    for _ in range(PRESSES):
        here = QApplication.focusWidget()
        if here is None or here in met:
            break
        met.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    problems = [] if QApplication.focusWidget() is start else [f"Tab 从{_name(start)}出发，没有回来"]
    room = _room(start)
    lost = [one for one in _shown(room) if _takes_keys(one) and not _stands_for(one, met)]
    return problems + [f"Tab 到不了{_name(one)}" for one in lost]


def unseen_focus(window: QWidget) -> list[str]:
    """Controls that look the same with the keyboard on them as without."""
    ring = [one for one in _shown(window) if _takes_keys(one) and one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    problems = []
    for one, other in zip(ring, ring[1:] + ring[:1], strict=True):
        if one is other:
            continue
        one.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        within = one.grab().toImage()
        other.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if within == one.grab().toImage():
            problems.append(f"{_name(one)}有没有焦点看不出来")
    return problems


def _shown(window: QWidget) -> Iterator[QWidget]:
    return (one for one in window.findChildren(QWidget) if one.isVisible())


def _takes_keys(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()
    return takes and widget.focusProxy() is None and not widget.visibleRegion().isEmpty()


def _room(start: QWidget) -> QWidget:
    """Where Tab is at home: the panel that slid in, or the whole window."""
    here: QWidget | None = start
    while here is not None and here.property("role") != "panel":
        here = here.parentWidget()
    return here or start.window()


def _stands_for(widget: QWidget, met: list[QWidget]) -> bool:
    if widget in met or any(one.focusProxy() is widget for one in met):
        return True
    if isinstance(widget, QRadioButton | QAbstractButton) and (group := widget.group()):
        return group.exclusive() and any(one in met for one in group.buttons())
    return False


def _spoken(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name).strip() if found else ""


def _mnemonics(widget: QWidget) -> list[str]:
    if isinstance(widget, QTabBar):
        texts = [widget.tabText(place) for place in range(widget.count())]
    elif isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy()):
        texts = [widget.text()]
    else:
        return []
    keys = (QKeySequence.mnemonic(text).toString() for text in texts)
    return [key for key in keys if key]


def _cut(widget: QWidget) -> str:
    if isinstance(widget, ElidedLabel) or not widget.width():
        return ""
    if isinstance(widget, QLabel):
        return _cut_label(widget)
    if isinstance(widget, QTabBar):
        needed = sum(widget.tabRect(place).width() for place in range(widget.count()))
        return f"标签要{needed}，只有{widget.width()}" if needed > widget.width() else ""
    if isinstance(widget, QCheckBox | QRadioButton | QAbstractButton) and widget.text():
        needed = widget.sizeHint().width()
        return f"要{needed}，只有{widget.width()}" if needed > widget.width() else ""
    if isinstance(widget, QComboBox):
        needed = widget.fontMetrics().horizontalAdvance(widget.currentText()) + ARROW
        return f"“{widget.currentText()}”要{needed}，只有{widget.width()}" if needed > widget.width() else ""
    if isinstance(widget, QLineEdit) and widget.placeholderText() and not widget.text():
        needed = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        room = widget.contentsRect().width() - 16
        return f"“{widget.placeholderText()}”要{needed}，只有{room}" if needed > room else ""
    return ""


def _cut_label(widget: QLabel) -> str:
    if not widget.text():
        return ""
    if widget.wordWrap():
        needed, room = widget.heightForWidth(widget.width()), widget.height() + 1
    else:
        needed, room = widget.sizeHint().width(), widget.width() + 1
    return f"要{needed}，只有{room}" if needed > room else ""


def _outside(widget: QWidget, window: QWidget) -> str:
    """A widget must be inside its window, sideways also inside the area that scrolls it."""
    holder: QWidget = window
    above = widget.parentWidget()
    while above is not None and above is not window:
        outer = above.parentWidget()
        if isinstance(outer, QAbstractScrollArea):
            if not isinstance(outer, QScrollArea):
                return ""  # what a table or a text browser holds is its own affair
            holder = above
            break
        above = outer
    corner = widget.mapTo(holder, QPoint(0, 0))
    rect = QRect(corner, widget.size())
    if rect.left() < 0 or rect.right() > holder.width():
        return f"左右伸出了{_name(holder)}"
    if holder is window and (rect.top() < 0 or rect.bottom() > holder.height()):
        return "上下伸出了窗口"
    return ""


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
    return (
        f"{type(widget).__name__}「{text[:24]}」" if text else f"{type(widget).__name__}（{_path(widget)}）"
    )


def _path(widget: QWidget) -> str:
    above = widget.parentWidget()
    return f"{type(above).__name__}里" if above and not isinstance(above, QTabWidget) else "顶层"
