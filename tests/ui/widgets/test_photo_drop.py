"""Photos dropped, pasted or chosen; what is no photo is refused with a sentence."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from app.errors import UserError
from app.service.cases.photos import photo_of, read_photo
from ui.widgets.photo_drop import THUMB, PhotoDrop, thumbnail


def picture(path: Path, width: int = 400, height: int = 300) -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    assert image.save(str(path))
    return path


def names(drop: PhotoDrop) -> list[str]:
    return [one.name for one in drop.photos]


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
    QApplication.sendEvent(drop, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(drop, QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, plain))
    office.settle()
    assert names(drop) == ["门前.jpg", "家里.jpg"]
    assert [drop.list.item(row).toolTip() for row in range(2)] == names(drop)


def test_all_files_that_are_no_photos_are_named_until_the_next_are_added(
    drop: PhotoDrop, office: Any, tmp_path: Path
) -> None:
    wrong = [tmp_path / "名单.jpg", tmp_path / "记录.jpg"]
    for one in wrong:
        one.write_bytes(b"text")
    drop.add(wrong)
    office.settle()
    assert all(one.name in drop.problem for one in wrong)
    drop.add([picture(tmp_path / "门前.jpg")])
    office.settle()
    assert drop.problem == ""


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
    QApplication.sendEvent(drop, enter)
    assert not enter.isAccepted()
    assert drop.take(data) is False


def test_the_same_file_twice_is_one_photo(drop: PhotoDrop, office: Any, tmp_path: Path) -> None:
    file = picture(tmp_path / "门前.png")
    drop.add([file, file])
    office.settle()
    drop.add([file])
    office.settle()
    assert names(drop) == ["门前.jpg"]


def test_a_pasted_picture_is_kept_in_memory_only(drop: PhotoDrop, office: Any) -> None:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    data = QMimeData()
    data.setImageData(image)
    assert drop.take(data)
    office.settle()
    (photo,) = drop.photos
    assert photo.name == "粘贴1.jpg"
    assert QImage.fromData(photo.content).size() == QSize(64, 48)


def test_ctrl_v_pastes_and_an_empty_clipboard_does_nothing(drop: PhotoDrop, office: Any) -> None:
    QApplication.clipboard().clear()
    office.qtbot.keyClick(drop, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert drop.photos == ()
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QApplication.clipboard().setImage(image)
    office.qtbot.keyClick(drop, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    office.qtbot.waitUntil(lambda: len(drop.photos) == 1)


def test_what_is_no_photo_is_named(drop: PhotoDrop, office: Any, tmp_path: Path) -> None:
    text = tmp_path / "名单.jpg"
    text.write_text("不是照片", encoding="utf-8")
    drop.add([text])
    office.settle()
    assert drop.photos == ()
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
    assert drop.photos == () and file.exists()


def test_files_can_be_chosen(
    drop: PhotoDrop, office: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = picture(tmp_path / "门前.jpg")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(file)], ""))
    drop.choose()
    office.settle()
    assert names(drop) == ["门前.jpg"]


def test_a_thumbnail_keeps_the_shape_of_the_picture(tmp_path: Path) -> None:
    wide = thumbnail(read_photo(picture(tmp_path / "宽.jpg", 1600, 400)))
    assert wide.width() == THUMB.width() and abs(wide.height() - THUMB.width() // 4) <= 1


def test_a_photo_that_is_cut_off_is_refused_when_it_is_added(
    drop: PhotoDrop, office: Any, tmp_path: Path
) -> None:
    whole = picture(tmp_path / "门前.jpg").read_bytes()
    (tmp_path / "半张.jpg").write_bytes(whole[: len(whole) * 2 // 3])
    drop.add([tmp_path / "半张.jpg"])
    office.settle()
    assert drop.photos == ()
    assert drop.problem == "读不出照片“半张.jpg”（文件不完整）。请重新复制一份，或换一张照片。"


def test_a_picture_larger_than_qt_opens_is_kept(drop: PhotoDrop, office: Any, tmp_path: Path) -> None:
    Image.new("L", (12_000, 11_000), 90).save(tmp_path / "全景.png", compress_level=1)
    with pytest.raises(UserError, match="太大"):
        read_photo(tmp_path / "全景.png")
    Image.new("L", (10_000, 9_500), 90).save(tmp_path / "全景.png", compress_level=1)
    drop.add([tmp_path / "全景.png"])
    office.settle()
    assert names(drop) == ["全景.jpg"]


def test_a_bug_while_reading_is_reported_and_the_rest_goes_on(drop: PhotoDrop, office: Any) -> None:
    with office.qtbot.waitSignal(office.context.bus.crashed):
        drop._read(lambda: photo_of(str(1 // 0), b""))
    assert not drop.reading
