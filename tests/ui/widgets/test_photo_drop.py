"""Photos dropped, pasted or chosen; what is no photo is refused with a sentence."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from ui.widgets.photo_drop import THUMB, PhotoDrop, thumbnail

# The screen of the tests is no real one: it takes no hints of a window's size.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def picture(path: Path, width: int = 400, height: int = 300) -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    assert image.save(str(path))
    return path


@pytest.fixture
def drop(office: Any) -> PhotoDrop:
    made = PhotoDrop(office.context)
    office.qtbot.addWidget(made)
    made.show()
    return made


def test_dropped_files_are_kept_in_order_with_thumbnails(
    drop: PhotoDrop, office: Any, tmp_path: Path
) -> None:
    files = [picture(tmp_path / f"{name}.jpg") for name in ("门前", "家里")]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in files])
    buttons, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, plain)
    drop.dragEnterEvent(enter)
    assert enter.isAccepted()
    drop.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, plain))
    office.settle()
    assert drop.paths == tuple(files)
    assert [drop.list.item(row).toolTip() for row in range(2)] == ["门前.jpg", "家里.jpg"]


def test_text_cannot_be_dropped(drop: PhotoDrop) -> None:
    data = QMimeData()
    data.setText("门前")
    enter = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter.ignore()
    drop.dragEnterEvent(enter)
    assert not enter.isAccepted()
    assert drop.take(data) is False


def test_the_same_file_twice_is_one_photo(drop: PhotoDrop, office: Any, tmp_path: Path) -> None:
    file = picture(tmp_path / "门前.png")
    drop.add([file, file])
    office.settle()
    drop.add([file])
    office.settle()
    assert drop.paths == (file,)


def test_a_pasted_picture_becomes_a_file_that_goes_with_the_form(drop: PhotoDrop, office: Any) -> None:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    data = QMimeData()
    data.setImageData(image)
    assert drop.take(data)
    office.qtbot.waitUntil(lambda: len(drop.paths) == 1)
    assert QImage(str(drop.paths[0])).size() == QSize(64, 48)


def test_ctrl_v_pastes_and_an_empty_clipboard_does_nothing(drop: PhotoDrop, office: Any) -> None:
    QApplication.clipboard().clear()
    office.qtbot.keyClick(drop, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert drop.paths == ()
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QApplication.clipboard().setImage(image)
    office.qtbot.keyClick(drop, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    office.qtbot.waitUntil(lambda: len(drop.paths) == 1)


def test_what_is_no_photo_is_named(drop: PhotoDrop, office: Any, tmp_path: Path) -> None:
    text = tmp_path / "名单.jpg"
    text.write_text("不是照片", encoding="utf-8")
    drop.add([text])
    office.settle()
    assert drop.paths == ()
    assert drop.problem == "“名单.jpg”不是能打开的照片。请选 jpg 或 png 照片。"
    drop.add([picture(tmp_path / "门前.jpg")])
    office.settle()
    assert drop.problem == ""


def test_delete_takes_the_marked_photo_out_and_leaves_its_file(
    drop: PhotoDrop, office: Any, tmp_path: Path
) -> None:
    file = picture(tmp_path / "门前.jpg")
    drop.add([file])
    office.settle()
    drop.list.setCurrentRow(0)
    drop.list.setFocus()
    with office.qtbot.waitSignal(drop.changed):
        office.qtbot.keyClick(drop.list, Qt.Key.Key_Delete)
    assert drop.paths == () and file.exists()


def test_files_can_be_chosen(
    drop: PhotoDrop, office: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = picture(tmp_path / "门前.jpg")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(file)], ""))
    drop.choose()
    office.settle()
    assert drop.paths == (file,)


def test_a_thumbnail_keeps_the_shape_of_the_picture(tmp_path: Path) -> None:
    wide = thumbnail(picture(tmp_path / "宽.jpg", 1600, 400))
    assert wide.width() == THUMB.width() and abs(wide.height() - THUMB.width() // 4) <= 1
    assert thumbnail(tmp_path / "没有.jpg").isNull()
