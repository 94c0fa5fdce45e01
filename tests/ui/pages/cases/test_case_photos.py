"""个案: photos of a visit, pasted, dropped and chosen: kept in memory, and never at the cost of the text."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget

from tests.helpers.cases import CTRL, FRESH, Desktop, open_desktop


@pytest.fixture
def desktop(office: Any) -> Desktop:
    return open_desktop(office)


def test_a_photo_pasted_while_writing_is_kept_with_the_visit_and_shown(desktop: Desktop) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    QApplication.clipboard().setImage(image)
    form.form.field("家长态度").setFocus()
    desktop.keys(Qt.Key.Key_V, modifier=CTRL)
    desktop.office.qtbot.waitUntil(lambda: len(form.photos.photos) == 1)
    form.outcome.pick(0)
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert "照片1张" in desktop.page.detail.timeline.entries[0].notes
    desktop.keys(Qt.Key.Key_Return)
    shown = [one for one in desktop.page.panel.findChildren(QLabel) if not one.pixmap().isNull()]
    assert [one.accessibleName() for one in shown] == ["照片 粘贴1.jpg"]


def test_text_in_the_clipboard_is_pasted_as_text(desktop: Desktop) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    QApplication.clipboard().setText("愿意配合")
    field = form.form.field("家长态度")
    field.setFocus()
    desktop.keys(Qt.Key.Key_V, modifier=CTRL)
    assert form.form.values()["家长态度"] == "愿意配合"
    assert form.photos.photos == ()


def photo_at(path: Path) -> Path:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    assert image.save(str(path))
    return path


def test_a_photo_is_kept_though_its_stick_was_pulled_out_before_saving(
    desktop: Desktop, tmp_path: Path
) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    photo = photo_at(tmp_path / "门前.png")
    form.photos.add([photo])
    desktop.office.settle()
    photo.unlink()
    form.outcome.pick(0)
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert "照片1张" in desktop.page.detail.timeline.entries[0].notes


def test_saving_waits_for_the_photos_that_are_still_read(desktop: Desktop, tmp_path: Path) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    form.outcome.pick(0)
    form.photos.add([photo_at(tmp_path / "门前.png")])
    form.save()
    desktop.office.settle()
    assert "照片1张" in desktop.page.detail.timeline.entries[0].notes


def test_a_photo_that_cannot_be_read_stops_the_save_that_waited_for_it(
    desktop: Desktop, tmp_path: Path
) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    form.outcome.pick(0)
    form.photos.add([tmp_path / "门前.png"])
    form.save()
    desktop.office.settle()
    assert "门前.png" in form.photos.problem
    assert desktop.page.panel.isVisible()
    assert desktop.contacts(FRESH) == []


def test_a_photo_dropped_on_a_text_field_goes_to_the_photos(desktop: Desktop, tmp_path: Path) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    field = form.form.field("家长态度")
    assert isinstance(field, QPlainTextEdit)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo_at(tmp_path / "门前.png")))])
    drop_on(field.viewport(), data)
    drop_on(form.form.field("地点"), data)
    drop_on(form, data)
    desktop.office.settle()
    assert desktop.said == ["已加照片，现在共1张。"]
    assert [one.name for one in form.photos.photos] == ["门前.jpg"]
    assert (form.form.values()["家长态度"], form.form.values()["地点"]) == ("", "")


def test_what_is_no_photo_is_refused_where_it_is_seen(desktop: Desktop, tmp_path: Path) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    form.photos.add([tmp_path / "没有.jpg"])
    desktop.office.settle()
    assert desktop.refused == [form.photos.problem] and "没有.jpg" in form.photos.problem


def test_text_dropped_on_a_text_field_stays_text(desktop: Desktop) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    data = QMimeData()
    data.setText("愿意配合")
    drop_on(form.form.field("地点"), data)
    assert form.form.values()["地点"] == "愿意配合"


def drop_on(widget: QWidget, data: QMimeData) -> None:
    copy, buttons, plain = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, QDragEnterEvent(QPoint(5, 5), copy, data, buttons, plain))
    QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), copy, data, buttons, plain))
