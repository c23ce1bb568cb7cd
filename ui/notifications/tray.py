"""The icon in the tray, where the desktop has one and the user wants it."""

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QWidget

from app.messages import tr
from app.texts.screen import shown_part
from ui.theme.apply import current_tokens, theme_news
from ui.theme.icons import pixmap
from ui.theme.metrics import strong_font

_SIZES = (16, 22, 24, 32, 48, 64)
_SHOWN_MS = 15_000
_LONGEST = 400
# Some desktops read markup in a message, others show it: these look the same to both.
_NO_MARKUP = str.maketrans({"<": "‹", ">": "›"})


class Tray(QObject):
    """Everything works without it: where there is no tray, `is_shown` stays false and messages go nowhere."""

    raise_requested = Signal()
    read_requested = Signal()
    quit_requested = Signal()
    message_clicked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        self._count, self._hurries, self._words = 0, False, "Signoff"
        theme_news().changed.connect(self._paint)

    @property
    def is_available(self) -> bool:
        return QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def is_shown(self) -> bool:
        return self._icon is not None

    def set_wanted(self, *, is_wanted: bool) -> None:
        if is_wanted and not self._icon and self.is_available:
            self._show()
        elif not is_wanted and self._icon:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None

    def show_count(self, count: int, words: str, *, hurries: bool) -> None:
        """`count` jobs need somebody; `words` say so to whoever points at the icon."""
        now = (count, hurries, words)
        if now != (self._count, self._hurries, self._words):
            self._count, self._hurries, self._words = now
            self._paint()

    def tell(self, title: str, text: str) -> None:
        """On the desktop; without an icon the window's own place in the task bar asks for attention."""
        if self._icon is None:
            QApplication.alert(self._window)
            return
        words = [shown_part(each, _LONGEST).translate(_NO_MARKUP) for each in (title, text)]
        self._icon.showMessage(words[0], words[1], QIcon(pixmap("signoff", 64)), _SHOWN_MS)

    def _show(self) -> None:
        self._icon = QSystemTrayIcon(self)
        self._menu = self._menu or self._new_menu()
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._answer)
        self._icon.messageClicked.connect(self.message_clicked)
        self._paint()
        self._icon.show()

    def _new_menu(self) -> QMenu:
        menu = QMenu(self._window)
        for words, signal in (
            (tr("&Open Signoff"), self.raise_requested),
            (tr("&Read again"), self.read_requested),
            (tr("&Quit"), self.quit_requested),
        ):
            menu.addAction(words).triggered.connect(signal)
        return menu

    def _answer(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.raise_requested.emit()

    def _paint(self) -> None:
        if self._icon:
            self._icon.setIcon(badged_icon(self._count, hurries=self._hurries))
            self._icon.setToolTip(shown_part(self._words, _LONGEST))


def badged_icon(count: int, *, hurries: bool) -> QIcon:
    """The program's icon with how many jobs need somebody; nine and more are told as nine with a plus."""
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(_badged(size, count, hurries=hurries))
    return made


def _badged(size: int, count: int, *, hurries: bool) -> QPixmap:
    picture = QPixmap(pixmap("signoff", size))
    if not count:
        return picture
    tokens = current_tokens()
    side = size * 0.62
    place = QRectF(size - side, size - side, side, side)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.danger if hurries else tokens.accent_fill))
    painter.drawEllipse(place)
    font = strong_font(painter.font())
    font.setPixelSize(max(7, round(side * (0.72 if count < 10 else 0.56))))
    painter.setFont(font)
    painter.setPen(QColor(tokens.surface if hurries else tokens.on_accent))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(count) if count < 10 else "9+")
    painter.end()
    return picture
