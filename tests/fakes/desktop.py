"""The desktop's browser: what the program asks Qt to open is visited as a browser would."""

from fakes.browser import FakeBrowser
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices


class DesktopBrowser(QObject):
    """Takes the place of the user's own from `start` to `stop`. With `is_away` it shows no page."""

    def __init__(self) -> None:
        super().__init__()
        self.browser = FakeBrowser()
        self.is_away = False

    def start(self) -> None:
        QDesktopServices.setUrlHandler("http", self, "show")

    def stop(self) -> None:
        QDesktopServices.unsetUrlHandler("http")

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        address = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        if self.is_away:
            self.browser.addresses.append(address)
        else:
            self.browser.open(address)
