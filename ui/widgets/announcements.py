"""What a screen reader says without being asked, once, when something happened that nobody may miss."""

from functools import cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.messages import shown
from app.texts.screen import for_screen


class Announcements(QObject):
    """Tells of each announcement, also where no screen reader runs."""

    made = Signal(str)


@cache
def announcements() -> Announcements:
    return Announcements()


def announce(speaker: QWidget, words: str) -> None:
    """Nothing where there are no words."""
    text = for_screen(shown(words))
    if text:
        # Qt makes these classes when they are first named: the first frame need not wait for it.
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(speaker, text))
        announcements().made.emit(text)
