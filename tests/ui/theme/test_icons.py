import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from ui.theme.apply import apply_theme
from ui.theme.icons import app_icon, icon, pixmap, set_icon
from ui.theme.resources import resource
from ui.theme.status import JobLook, StatusLook, look_of
from ui.theme.tokens import Scheme, tokens_of

NEEDED = [
    "status-successful",
    "status-failed",
    "status-open",
    "status-abandoned",
    "status-unknown",
    "job-pending",
    "job-in-progress",
    "job-completed",
    "job-completed-with-errors",
    "job-failed",
    "job-unknown",
    "refresh",
    "filter",
    "complete",
    "start",
    "settings",
    "copy",
    "open-external",
    "warning",
    "info",
    "success",
    "error",
    "lock",
    "sandbox",
    "signoff",
    "chevron-right",
    "chevron-down",
    "expand",
    "close",
    "search",
    "mark",
]


def colours(picture: QPixmap) -> set[str]:
    image = picture.toImage()
    every = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {colour.name() for colour in every if colour.alpha() == 255}


@pytest.mark.parametrize("name", NEEDED)
def test_every_icon_is_drawn(qapp: QApplication, name: str) -> None:
    assert resource("icons").joinpath(f"{name}.svg").is_file()
    assert colours(pixmap(name, 16, 2.0))


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_an_icon_is_as_sharp_as_the_screen(qapp: QApplication, ratio: float) -> None:
    drawn = icon("refresh").pixmap(QSize(16, 16), ratio)
    assert drawn.devicePixelRatio() == ratio
    assert drawn.size() == QSize(16, 16) * ratio


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("look", [*StatusLook, *JobLook])
def test_a_status_icon_has_the_colour_of_its_status(
    qapp: QApplication, scheme: Scheme, look: StatusLook | JobLook
) -> None:
    apply_theme(qapp, scheme)
    assert tokens_of(scheme).colour(look_of(look).tone) in colours(pixmap(look_of(look).icon, 32, 2.0))


def test_the_five_statuses_differ_in_shape_and_word_and_not_in_colour_alone() -> None:
    looks = [look_of(status) for status in StatusLook]
    assert len({look.icon for look in looks}) == len({look.word for look in looks}) == 5


def test_a_set_icon_follows_a_change_of_the_theme(qapp: QApplication) -> None:
    apply_theme(qapp, Scheme.LIGHT)
    action = QAction()
    set_icon(action, "refresh")
    set_icon(action, "copy")
    apply_theme(qapp, Scheme.DARK)
    shown = action.icon().pixmap(QSize(32, 32), 2.0)
    assert tokens_of(Scheme.DARK).text in colours(shown)
    assert shown.toImage() == icon("copy").pixmap(QSize(32, 32), 2.0).toImage()


def test_a_disabled_icon_looks_disabled(qapp: QApplication) -> None:
    apply_theme(qapp, Scheme.LIGHT)
    faded = icon("refresh").pixmap(QSize(32, 32), 2.0, QIcon.Mode.Disabled)
    assert QColor(tokens_of(Scheme.LIGHT).disabled).name() in colours(faded)


def test_the_program_has_an_icon_for_every_use(qapp: QApplication) -> None:
    assert {size.width() for size in app_icon().availableSizes()} >= {16, 32, 256}
