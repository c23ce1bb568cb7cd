from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from ui.theme.apply import current_scheme, theme_news
from ui.theme.metrics import icon_side
from ui.theme.resources import resource
from ui.theme.status import tone_of_icon
from ui.theme.tokens import Scheme, tokens_of

_APP_SIZES = (16, 24, 32, 48, 64, 128, 256)
_USUAL_RATIOS = (1.0, 2.0)


def icon(name: str, tone: str | None = None) -> QIcon:
    """`tone` names a colour of `Tokens`; status and job icons have their own."""
    return _icon(name, icon_side(), tone or tone_of_icon(name) or "text", current_scheme())


def pixmap(name: str, size: int | None = None, ratio: float = 1.0, tone: str | None = None) -> QPixmap:
    """`size` in device-independent pixels, without one as large as text beside it; `ratio` is the device pixel ratio of
    where it is drawn."""
    side = icon_side() if size is None else size
    return _pixmap(name, side, ratio, tone or tone_of_icon(name) or "text", current_scheme())


def app_icon() -> QIcon:
    made = QIcon()
    for size in _APP_SIZES:
        made.addPixmap(pixmap("signoff", size))
    return made


def set_icon(target: QAction | QAbstractButton, name: str, tone: str | None = None) -> None:
    """Unlike `setIcon`, follows a later change of the theme; a second call replaces the first."""
    follower = target.findChild(_Follower)
    if follower is None:
        follower = _Follower(target)
    follower.show(name, tone)


class _Follower(QObject):
    """Lives and dies with its target, and with it the connection."""

    def __init__(self, target: QAction | QAbstractButton) -> None:
        super().__init__(target)
        self._wanted: tuple[str, str | None] | None = None
        theme_news().changed.connect(self._paint)

    def show(self, name: str, tone: str | None) -> None:
        self._wanted = (name, tone)
        self._paint()

    def _paint(self) -> None:
        target = self.parent()
        if self._wanted is not None and isinstance(target, (QAction, QAbstractButton)):
            target.setIcon(icon(*self._wanted))
            if isinstance(target, QAbstractButton):
                target.setIconSize(QSize(icon_side(), icon_side()))


@lru_cache(maxsize=512)
def _icon(name: str, side: int, tone: str, scheme: Scheme) -> QIcon:
    """In the one size in which menus, buttons and tables show it."""
    made = QIcon()
    for ratio in sorted({*_USUAL_RATIOS, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}):
        made.addPixmap(_pixmap(name, side, ratio, tone, scheme))
        made.addPixmap(_pixmap(name, side, ratio, "disabled", scheme), QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=2048)
def _pixmap(name: str, size: int, ratio: float, tone: str, scheme: Scheme) -> QPixmap:
    side = round(size * ratio)
    canvas = QPixmap(QSize(side, side))
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    _renderer(name, tokens_of(scheme).colour(tone)).render(painter, QRectF(0, 0, side, side))
    painter.end()
    canvas.setDevicePixelRatio(ratio)
    return canvas


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    return QSvgRenderer(QByteArray(drawing.encode()))
