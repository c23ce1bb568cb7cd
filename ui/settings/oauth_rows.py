"""The rows of the connection dialog that only a sign-in at Pleo needs."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.messages import said, tr
from app.settings.connections import DEFAULT_REDIRECT_URI, Connection, SignInKind
from ui.theme.metrics import GRID
from ui.widgets.hint import show_hint

EXPLAINED = said(
    "You sign in at Pleo in your browser, and Pleo asks you whether Signoff may see and complete export jobs. For that "
    "an OAuth client is made in Pleo once. Enter its client id here; it has to name the redirect address below, letter "
    "for letter."
    "\nAccess it needs: export-jobs:read, export-jobs:write, export-items:read."
)


class OAuthRows(QWidget):
    """Owner of the fields, which stand in the dialog's own form. `again_requested`: another sign-in for a connection
    that has one."""

    again_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.client_id = QLineEdit()
        self.client_secret = QLineEdit()
        self.redirect_uri = QLineEdit()
        self.copy_button = QPushButton(tr("Copy"))
        self.again_button = QPushButton(tr("Sign in again…"))
        self._redirect = _beside(self.redirect_uri, self.copy_button)
        self._again = _beside(None, self.again_button)
        self._dress()
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.redirect_uri.text()))
        self.again_button.clicked.connect(self.again_requested)

    def _dress(self) -> None:
        self.client_secret.setEchoMode(QLineEdit.EchoMode.Password)
        show_hint(self.client_secret, tr("only if the OAuth client has one"))
        show_hint(self.redirect_uri, DEFAULT_REDIRECT_URI)
        self.redirect_uri.setText(DEFAULT_REDIRECT_URI)
        self.redirect_uri.setAccessibleName(tr("Redirect address"))
        self.copy_button.setAccessibleName(tr("Copy the redirect address"))
        for name, widget in (
            ("oauthClientId", self.client_id),
            ("oauthClientSecret", self.client_secret),
            ("oauthRedirect", self.redirect_uri),
            ("copyRedirect", self.copy_button),
            ("signInAgain", self.again_button),
        ):
            widget.setObjectName(name)
        for button in (self.copy_button, self.again_button):
            button.setAutoDefault(False)

    def add_to(self, form: QFormLayout) -> tuple[QWidget, ...]:
        """The rows in the form, from above to below."""
        form.addRow(tr("Client &id"), self.client_id)
        form.addRow(tr("Client secre&t"), self.client_secret)
        form.addRow(tr("&Redirect address"), self._redirect)
        form.addRow("", self._again)
        return self.client_id, self.client_secret, self._redirect

    def show_in(self, form: QFormLayout, *, on: bool, is_signed_in: bool) -> None:
        for row in (self.client_id, self.client_secret, self._redirect):
            form.setRowVisible(row, on)
        form.setRowVisible(self._again, on and is_signed_in)

    def fill(self, connection: Connection) -> None:
        self.client_id.setText(connection.oauth_client_id or "")
        self.redirect_uri.setText(connection.redirect_uri)
        if connection.sign_in is SignInKind.OAUTH:
            show_hint(self.client_secret, tr("leave empty to keep the stored one, if there is one"))

    def typed_into(self, connection: Connection) -> Connection:
        redirect = self.redirect_uri.text().strip()
        return replace(
            connection,
            oauth_client_id=self.client_id.text().strip() or None,
            oauth_redirect_uri=redirect if redirect != DEFAULT_REDIRECT_URI else None,
        )


def _beside(field: QWidget | None, button: QPushButton) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(GRID)
    if field:
        line.addWidget(field, 1)
    line.addWidget(button)
    if not field:
        line.addStretch(1)
    return row
