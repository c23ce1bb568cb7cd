"""Where Signoff connects to, and with which key."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from app.messages import joined, said, shown, tr
from app.models.vocabulary import CompanyId
from app.platform.languages import known_languages
from app.settings.connections import BASE_URLS, Connection, Environment, SignInKind, new_id
from ui.settings.oauth_rows import EXPLAINED as OAUTH_EXPLAINED
from ui.settings.oauth_rows import OAuthRows
from ui.settings.view_model import (
    COLOURS,
    ENVIRONMENTS,
    SIGN_INS,
    SignInFinding,
    SignInState,
    mark_tone,
    place_of,
    where_kept,
)
from ui.theme.icons import icon
from ui.theme.metrics import GRID, scaled
from ui.widgets.busy_indicator import BusyIndicator
from ui.widgets.choice import Choice
from ui.widgets.hint import show_hint
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.sheet import Sheet
from ui.widgets.wrapping_buttons import WrappingCheckBox

_EXPLAINED = said(
    "An Admin or Bookkeeper makes the key in Pleo under Settings, API Keys, and Pleo shows it once. Some Pleo plans do "
    "not have the API Keys menu at all; then ask Pleo, or the maker of your integration, for access."
    "\nAccess it needs: export-jobs:read, export-jobs:write, export-items:read."
)
_READ_AT_PLEO = said("In which people at Pleo read why an item or a job failed")
_KINDS = tuple(SignInKind)
_ENVIRONMENTS = tuple(ENVIRONMENTS)
_COLOURS = tuple(COLOURS)
_ADDRESS_HINTS = {Environment.SANDBOX: said("{address}, as signoff sandbox prints it", address="http://127.0.0.1:8000")}
_WIDTH = 680


class ConnectionDialog(Sheet):
    """Each wish carries the connection and the secret as typed; an empty secret means: keep the stored one.

    For a sign-in at Pleo the secret is the client's, and `sign_in_requested` comes first where the browser is needed.
    """

    test_requested = Signal(object, str)  # Connection
    save_requested = Signal(object, str)  # Connection
    sign_in_requested = Signal(object, str)  # Connection

    def __init__(self, stored: Connection | None, *, keeps_secrets: bool, parent: QWidget | None = None) -> None:
        super().__init__(scaled(_WIDTH), parent)
        self.setObjectName("connectionDialog")
        self.setWindowTitle(stored.name if stored else tr("New connection"))
        self._stored = stored
        self._new_id = new_id()  # one connection, however often it is tried before it is stored
        self.environment = Choice()
        self.name = QLineEdit()
        self.base_url = QLineEdit()
        self.kind = Choice()
        self.secret = QLineEdit()
        self.company_id = QLineEdit()
        self.specification = QLineEdit()
        self.colour = Choice()
        self.language = Choice()
        self.four_eyes = WrappingCheckBox(tr("Who reports outcomes b&y hand does not complete the job alone"))
        self.oauth = OAuthRows(self)
        self.explained = PlainLabel(_EXPLAINED, wrap=True)
        self._keeps_secrets = keeps_secrets
        self.kept = PlainLabel(role=TextRole.QUIET, wrap=True)
        self.fields = QWidget()
        self.messages = MessageBar()
        self.busy = BusyIndicator()
        self.test_button = QPushButton(tr("Test connection"))
        self.save_button = QPushButton(tr("Connect"))
        self.cancel_button = QPushButton(tr("Cancel"))
        self._dress()
        self._arrange()
        self._fill(stored)
        self.secret.setFocus()
        self.environment.currentIndexChanged.connect(self._follow_environment)
        self.kind.currentIndexChanged.connect(self._follow_kind)
        for typed in (self.base_url, self.oauth.client_id, self.oauth.client_secret, self.oauth.redirect_uri):
            typed.textChanged.connect(self._follow_kind)
        self.test_button.clicked.connect(lambda: self.test_requested.emit(self.connection(), self._secret()))
        self.save_button.clicked.connect(self._request_save)
        self.oauth.again_requested.connect(lambda: self.sign_in_requested.emit(self.connection(), self._secret()))
        self.cancel_button.clicked.connect(self.reject)

    @property
    def is_stored(self) -> bool:
        """Whether there may be a secret already, so that the field may stay empty."""
        return self._stored is not None

    def _dress(self) -> None:
        self.environment.addItems([shown(ENVIRONMENTS[known]) for known in _ENVIRONMENTS])
        self.kind.addItems([shown(SIGN_INS[known]) for known in _KINDS])
        for mark in _COLOURS:
            tone = mark_tone(mark)
            self.colour.addItem(icon("mark", tone) if tone else QIcon(), shown(COLOURS[mark]))
        for code, known in known_languages().items():
            self.language.addItem(known.name, code)
        self.language.setToolTip(shown(_READ_AT_PLEO))
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        show_hint(self.name, tr("such as the company's name"))
        show_hint(self.company_id, tr("only for an organisation's credential"))
        show_hint(self.specification, tr("optional TOML file"))
        self.specification.setAccessibleName(tr("Integration specification"))
        for name, widget in (
            ("connectionEnvironment", self.environment),
            ("connectionName", self.name),
            ("connectionUrl", self.base_url),
            ("connectionKind", self.kind),
            ("connectionSecret", self.secret),
            ("connectionCompany", self.company_id),
            ("connectionSpecification", self.specification),
            ("connectionColour", self.colour),
            ("connectionLanguage", self.language),
            ("connectionFourEyes", self.four_eyes),
            ("testConnection", self.test_button),
            ("saveConnection", self.save_button),
            ("connectionMessages", self.messages),
            ("whereKeyIsKept", self.kept),
        ):
            widget.setObjectName(name)
        self.save_button.setProperty("primary", "true")
        self.save_button.setDefault(True)
        for button in (self.test_button, self.cancel_button):
            button.setAutoDefault(False)

    def _arrange(self) -> None:
        form = QFormLayout(self.fields)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(GRID)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(tr("&Where"), self.environment)
        form.addRow(tr("&Address"), self.base_url)
        form.addRow(tr("&Name"), self.name)
        form.addRow(tr("&Sign in with"), self.kind)
        form.addRow(tr("&Key"), self.secret)
        oauth_rows = self.oauth.add_to(form)
        form.addRow(tr("&Company id"), self.company_id)
        row = self._file_row()
        form.addRow(tr("Integration s&pecification"), row)
        form.addRow(tr("Lan&guage of reasons"), self.language)
        form.addRow(tr("Co&lour mark"), self.colour)
        form.addRow(QLabel(tr("Four eyes")), self.four_eyes)  # without a buddy: the box says itself what it is for
        self._form = form
        for field in (*self._fields(), *oauth_rows, row, self.language, self.colour, self.four_eyes):
            # A form sets its labels at the top of their rows; here they stand in the middle.
            label = form.labelForField(field)
            field.ensurePolished()
            label.setMinimumHeight(field.sizeHint().height())
        self.foot.addWidget(self.test_button)
        self.foot.addWidget(self.busy, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel_button)
        self.foot.addWidget(self.save_button)
        self.column.addWidget(PlainLabel(self.windowTitle(), role=TextRole.TITLE))
        self.column.addWidget(self.explained)
        self.column.addWidget(self.messages)
        self.column.addWidget(self.fields)
        self.column.addWidget(self.kept)
        self.column.addStretch(1)

    def _fields(self) -> tuple[QWidget, ...]:
        return self.environment, self.base_url, self.name, self.kind, self.secret, self.company_id

    def _file_row(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        browse = QPushButton(tr("Choose…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._choose_file)
        line.addWidget(self.specification, 1)
        line.addWidget(browse)
        return row

    def _fill(self, stored: Connection | None) -> None:
        if stored is None:
            self._follow_environment()
            self._follow_kind()
            return
        place = Environment.SANDBOX if stored.is_local else stored.environment
        self.environment.setCurrentIndex(_ENVIRONMENTS.index(place))
        self.name.setText(stored.name)
        self.kind.setCurrentIndex(_KINDS.index(stored.sign_in))
        self.oauth.fill(stored)
        self.company_id.setText(stored.company_id or "")
        self.specification.setText(stored.specification_file or "")
        self.colour.setCurrentIndex(_COLOURS.index(stored.colour))
        self.language.setCurrentIndex(max(0, self.language.findData(stored.readers_language)))
        self.four_eyes.setChecked(stored.four_eyes)
        show_hint(self.secret, tr("leave empty to keep the stored one"))
        self._follow_environment()
        if place not in BASE_URLS:
            self.base_url.setText(stored.base_url)
        self._follow_kind()

    def _follow_environment(self) -> None:
        known = BASE_URLS.get(self._environment())
        self.base_url.setText(known or "")
        self.base_url.setEnabled(known is None)
        show_hint(self.base_url, shown(_ADDRESS_HINTS.get(self._environment(), "https://…")))

    def _follow_kind(self) -> None:
        """The rows that the kind of sign-in needs; without a sign-in yet there is nothing to test."""
        is_oauth = self._kind() is SignInKind.OAUTH
        is_signed_in = is_oauth and not self._needs_browser()
        self._form.setRowVisible(self.secret, not is_oauth)
        self.oauth.show_in(self._form, on=is_oauth, is_signed_in=is_signed_in)
        self.kept.setText(where_kept(keeps_secrets=self._keeps_secrets, is_sign_in=is_oauth))
        self.explained.setText(OAUTH_EXPLAINED if is_oauth else _EXPLAINED)
        self.test_button.setVisible(not is_oauth or is_signed_in)
        self.save_button.setText(tr("Sign in with Pleo…") if self._needs_browser() else tr("Connect"))
        if self.isVisible():
            self.fit()

    def _needs_browser(self) -> bool:
        if self._kind() is not SignInKind.OAUTH:
            return False
        return (
            bool(self.oauth.client_secret.text())
            or self._stored is None
            or not _is_same(self._stored, self.connection())
        )

    def _request_save(self) -> None:
        wish = self.sign_in_requested if self._needs_browser() else self.save_requested
        wish.emit(self.connection(), self._secret())

    def _secret(self) -> str:
        return self.oauth.client_secret.text() if self._kind() is SignInKind.OAUTH else self.secret.text()

    def _kind(self) -> SignInKind:
        return _KINDS[self.kind.currentIndex()]

    def _environment(self) -> Environment:
        return _ENVIRONMENTS[self.environment.currentIndex()]

    @property
    def wants_sandbox_elsewhere(self) -> bool:
        """Whether a sandbox was chosen at an address that is not this computer's, where none runs."""
        return self._environment() is Environment.SANDBOX and not self.connection().is_local

    def connection(self) -> Connection:
        """As typed; whether the address is safe is judged where it is used."""
        address = self.base_url.text().strip().rstrip("/")
        typed = Connection(
            name=self.name.text().strip() or shown(place_of(address)),
            base_url=address,
            company_id=CompanyId(self.company_id.text().strip()) or None,
            sign_in=self._kind(),
            specification_file=self.specification.text().strip() or None,
            colour=_COLOURS[self.colour.currentIndex()],
            four_eyes=self.four_eyes.isChecked(),
            readers_language=self.language.currentData(),
        )
        if self._kind() is SignInKind.OAUTH:
            typed = self.oauth.typed_into(typed)
        if self._stored is None:
            return replace(typed, id=self._new_id)
        typed = replace(typed, id=self._stored.id)
        if self._stored.base_url != typed.base_url:
            return typed
        return replace(typed, failure_type=self._stored.failure_type, subject=self._stored.subject)

    def show_busy(self, words: str) -> None:
        self.messages.clear()
        self.busy.start(words)
        self._enable(on=False)

    def show_waiting(self) -> None:
        """It is the connection as typed now that the browser is asked for."""
        self.show_busy(tr("Signing in …"))
        self.cancel_button.setFocus()
        self.fields.setEnabled(False)

    def show_ready(self) -> None:
        self.busy.stop()
        self.fields.setEnabled(True)
        self._enable(on=True)

    def show_message(self, kind: MessageKind, title: str, words: str = "", details: str = "") -> None:
        self.show_ready()
        self.messages.show_message(kind, title, details, advice=words)
        self.area.ensureVisible(0, 0)
        self.fit()

    def ask_for_key(self) -> None:
        """What is pasted replaces the key that is there."""
        self.secret.setFocus()
        self.secret.selectAll()

    def show_finding(self, finding: SignInFinding) -> None:
        """The company that was found, and what the credential may do."""
        facts = (
            said("Speaks for: {company}", company=finding.company),
            said("Access: {access}", access=finding.access),
            finding.advice,
        )
        kind = MessageKind.SUCCESS if finding.state is SignInState.GOOD else MessageKind.WARNING
        self.show_message(kind, finding.words, joined("\n", filter(None, facts)))

    def show_saved(self, finding: SignInFinding) -> None:
        """Nothing is left to do here but to read what was found; the secret is gone from the window."""
        self.secret.clear()
        self.oauth.client_secret.clear()
        self.show_finding(finding)
        self.fields.setEnabled(False)
        for button in (self.test_button, self.save_button):
            button.hide()
        self.cancel_button.setText(tr("Done"))
        self.cancel_button.setDefault(True)
        self.cancel_button.setFocus()

    def _enable(self, *, on: bool) -> None:
        for button in (self.test_button, self.save_button):
            button.setEnabled(on)

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, tr("Integration specification"), "", tr("TOML files (*.toml)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.specification.setText)
        dialog.open()


def _is_same(stored: Connection, typed: Connection) -> bool:
    """Whether the stored sign-in is one to what was typed."""
    asked = (stored.credential_name, stored.oauth_client_id, stored.redirect_uri)
    return asked == (typed.credential_name, typed.oauth_client_id, typed.redirect_uri)
