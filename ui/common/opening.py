"""Opening an address or a folder in another program, and saying so where there is none."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.errors import SignoffError
from app.messages import said
from ui.widgets.message_bar import MessageBar, MessageKind


def open_in_browser(url: QUrl, messages: MessageBar) -> None:
    """Where no browser can be started, the message holds the address."""
    if not QDesktopServices.openUrl(url):
        advice = said("The details hold the address.")
        messages.show_message(MessageKind.WARNING, said("No browser could be started"), url.toString(), advice=advice)


def open_folder(folder: Path) -> None:
    """Raises SignoffError where no program could be started for it."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        raise SignoffError(said("No program could be started to show the folder {folder}", folder=str(folder)))
