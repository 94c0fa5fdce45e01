"""How a page of the manual looks: lines with air, plain tables, command lines on grey that wrap."""

from PySide6.QtGui import (
    QBrush,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextTable,
)

from ui.theme import FAMILIES, colour

LINE_HEIGHT = 145.0  # percent, as on a printed page
PAGE_MARGIN, CELL, AFTER_TABLE = 20.0, 6.0, 12.0  # px
ONE_WIDTH = ["Consolas", "DejaVu Sans Mono", *FAMILIES]


def dress_page(document: QTextDocument) -> None:
    """Give a document that was read from Markdown the look of the manual."""
    document.setDocumentMargin(PAGE_MARGIN)
    cursor = QTextCursor(document)
    tables: list[QTextTable] = []
    block = document.begin()
    while block.isValid():
        cursor.setPosition(block.position())
        table = _table_at(cursor)
        if table is None:
            _dress_block(cursor, block)
        elif table not in tables:
            tables.append(table)
        block = block.next()
    for table in tables:
        _dress_table(table)
    for first, last in _links(document):
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        shape = QTextCharFormat()
        shape.setForeground(colour("accent"))
        cursor.mergeCharFormat(shape)


def _links(document: QTextDocument) -> list[tuple[int, int]]:
    """Where the links of a page begin and end."""
    found = []
    block = document.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            if piece.charFormat().isAnchor():
                found.append((piece.position(), piece.position() + piece.length()))
            pieces += 1
        block = block.next()
    return found


def _table_at(cursor: QTextCursor) -> QTextTable | None:
    return cursor.currentTable()  # None outside a table, which the stubs do not say


def _dress_block(cursor: QTextCursor, block: QTextBlock) -> None:
    spaced = QTextBlockFormat()
    spaced.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence):
        spaced.setBackground(colour("ground"))
        spaced.setNonBreakableLines(False)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        shape = cursor.charFormat()
        shape.setFontFamilies(ONE_WIDTH)
        shape.setFontStyleHint(QFont.StyleHint.Monospace)
        cursor.mergeCharFormat(shape)
    cursor.mergeBlockFormat(spaced)


def _dress_table(table: QTextTable) -> None:
    shape = table.format()
    shape.setBorder(1)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderBrush(QBrush(colour("line")))
    shape.setBorderCollapse(True)
    shape.setCellPadding(CELL)
    shape.setCellSpacing(0)
    shape.setBottomMargin(AFTER_TABLE)
    table.setFormat(shape)
