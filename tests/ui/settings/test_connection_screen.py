from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from fakes.qt_loop import until
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.errors import NotSignedIn, ServerWords, SignoffError, WrongCompany
from app.models.page import Introspection
from app.models.vocabulary import CompanyId, FailureType
from app.settings.connections import BASE_URLS, ColourMark, Connection, Environment, SignInKind
from ui.settings.connection_dialog import ConnectionDialog
from ui.settings.presenter import ConnectionPresenter
from ui.theme.apply import apply_theme
from ui.theme.tokens import Scheme
from ui.widgets.message_bar import MessageKind

SECRET = "pleo-secret-key-1234"
ALL_SCOPES = "export-jobs:read export-jobs:write export-items:read"
STORED = Connection(
    name="Acme",
    base_url="https://pleo.example",
    company_id=CompanyId("c-1"),
    failure_type=FailureType("validation_failure"),
)


@dataclass
class FakeConnections:
    """The door to the settings. `saved` are what was stored, each with its secret."""

    found: Introspection | SignoffError
    stored: Connection | None = None
    keeps_secrets: bool = True
    saved: list[tuple[Connection, str]] = field(default_factory=list)
    tested: list[tuple[Connection, str]] = field(default_factory=list)

    def connections(self) -> tuple[Connection, ...]:
        return (self.stored,) if self.stored else ()

    async def test(self, connection: Connection, secret: str) -> Introspection:
        self.tested.append((connection, secret))
        if isinstance(self.found, SignoffError):
            raise self.found
        return self.found

    def save(self, connection: Connection, secret: str) -> None:
        self.saved.append((connection, secret))

    def remove(self, connection: Connection) -> None:
        raise AssertionError("the dialog removes nothing")


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QWidget]:
    made = QWidget()
    made.show()
    yield made
    delete(made)


def introspection(scope: str = ALL_SCOPES) -> Introspection:
    return Introspection(subject_urn="urn:pleo:company:9b1f8c2e", scope=scope)


def opened(window: QWidget, connections: FakeConnections) -> tuple[ConnectionPresenter, ConnectionDialog]:
    presenter = ConnectionPresenter(window, connections, connections)
    presenter.open(window, connections.stored)
    assert presenter.dialog is not None
    return presenter, presenter.dialog


def texts_of(window: QWidget) -> str:
    """Everything that any widget holds as text."""
    fields = [edit.text() + edit.placeholderText() + edit.displayText() for edit in window.findChildren(QLineEdit)]
    labels = [label.text() for label in window.findChildren(QLabel)]
    choices = [box.itemText(place) for box in window.findChildren(QComboBox) for place in range(box.count())]
    names = [each.accessibleName() + each.toolTip() for each in window.findChildren(QWidget)]
    return "\n".join((*fields, *labels, *choices, *names))


def a_dialog(qtbot: QtBot, stored: Connection | None = None, *, keeps_secrets: bool = True) -> ConnectionDialog:
    dialog = ConnectionDialog(stored, keeps_secrets=keeps_secrets)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_secret_is_masked_while_it_is_typed(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot)
    QTest.keyClicks(dialog.secret, SECRET)
    assert dialog.secret.echoMode() is QLineEdit.EchoMode.Password
    assert SECRET not in dialog.secret.displayText()


def test_a_stored_secret_is_never_filled_in(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, STORED)
    assert dialog.secret.text() == ""
    assert dialog.secret.placeholderText() == "leave empty to keep the stored one"
    assert dialog.connection() == STORED


def test_what_pleo_took_as_failure_type_stays_with_its_address_only(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, STORED)
    dialog.base_url.setText("https://other.example")
    assert dialog.connection().failure_type is None


@pytest.mark.parametrize(
    ("place", "address", "is_open"),
    [
        (0, "https://external.pleo.io", False),
        (1, "https://external.staging.pleo.io", False),
        (2, "", True),
        (3, "", True),
    ],
)
def test_the_address_follows_the_environment(qtbot: QtBot, place: int, address: str, is_open: bool) -> None:
    dialog = a_dialog(qtbot)
    dialog.environment.setCurrentIndex(place)
    assert (dialog.base_url.text(), dialog.base_url.isEnabled()) == (address, is_open)


def test_where_there_is_no_keyring_the_dialog_says_so(qtbot: QtBot) -> None:
    assert "keyring of the operating system" in a_dialog(qtbot).kept.text()
    said = a_dialog(qtbot, keeps_secrets=False).kept.text()
    assert "no keyring" in said
    assert "never written to a file" in said


def test_it_is_said_who_makes_a_key_and_that_some_customers_cannot(qtbot: QtBot) -> None:
    assert "do not have the API Keys menu at all" in texts_of(a_dialog(qtbot)).replace("\u200b", "")


def test_enter_in_the_key_connects(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, STORED)
    with qtbot.waitSignal(dialog.save_requested) as wished:
        qtbot.keyClick(dialog.secret, Qt.Key.Key_Return)
    assert wished.args == [STORED, ""]


async def test_a_test_shows_company_and_scopes_and_stores_nothing(window: QWidget) -> None:
    connections = FakeConnections(introspection())
    presenter, dialog = opened(window, connections)
    dialog.secret.setText(SECRET)
    dialog.test_button.click()
    await until(dialog.messages.isVisible)
    assert dialog.messages.kind() is MessageKind.SUCCESS
    assert dialog.messages.advice() == (
        "Speaks for: company 9b1f8c2e\nAccess: export-jobs:read, export-jobs:write, export-items:read"
    )
    assert connections.tested[0][1] == SECRET
    assert connections.saved == []
    dialog.reject()
    await presenter.aclose()


async def test_access_that_is_missing_is_named(window: QWidget) -> None:
    presenter, dialog = opened(window, FakeConnections(introspection("export-jobs:read")))
    dialog.secret.setText(SECRET)
    dialog.test_button.click()
    await until(dialog.messages.isVisible)
    assert dialog.messages.kind() is MessageKind.WARNING
    assert "Missing: export-jobs:write, export-items:read" in dialog.messages.advice()
    dialog.reject()
    await presenter.aclose()


async def test_a_key_that_does_not_work_is_not_kept_and_the_dialog_stays(window: QWidget) -> None:
    connections = FakeConnections(NotSignedIn("Pleo does not accept the credential", ServerWords(401)))
    presenter, dialog = opened(window, connections)
    dialog.secret.setText(SECRET)
    dialog.save_button.click()
    await until(dialog.messages.isVisible)
    assert dialog.messages.title() == "Pleo does not accept the credential"
    assert dialog.save_button.isEnabled()
    assert connections.saved == []
    dialog.reject()
    await presenter.aclose()


@pytest.mark.parametrize("button", ["testConnection", "saveConnection"])
async def test_a_wrong_key_is_to_be_replaced_where_it_stands(window: QWidget, button: str) -> None:
    connections = FakeConnections(NotSignedIn("Pleo does not accept the credential", ServerWords(401)))
    presenter, dialog = opened(window, connections)
    await until(dialog.isActiveWindow)
    dialog.secret.setText(SECRET)
    pressed = dialog.findChild(QPushButton, button)
    pressed.setFocus()
    pressed.click()
    await until(dialog.messages.isVisible)
    assert dialog.messages.advice() == "The key is wrong, expired or revoked. Paste another one below."
    QTest.keyClicks(dialog.focusWidget(), "another")
    assert dialog.secret.text() == "another"
    dialog.reject()
    await presenter.aclose()


async def test_a_key_that_works_is_stored_with_its_company_which_is_shown(window: QWidget) -> None:
    connections = FakeConnections(introspection(), STORED)
    presenter, dialog = opened(window, connections)
    news: list[Connection] = []
    presenter.connected.connect(lambda connection, _found: news.append(connection))
    dialog.secret.setText(SECRET)
    dialog.save_button.click()
    await until(lambda: news)
    remembered = replace(STORED, subject="urn:pleo:company:9b1f8c2e")
    assert (connections.saved, news) == ([(remembered, SECRET)], [remembered])
    assert dialog.messages.title() == "Connected"
    assert "company 9b1f8c2e" in dialog.messages.advice()
    assert (dialog.save_button.isVisible(), dialog.cancel_button.text()) == (False, "Done")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    await until(lambda: presenter.dialog is None)
    await presenter.aclose()


async def test_after_it_was_stored_a_key_is_in_no_widget(window: QWidget) -> None:
    connections = FakeConnections(introspection(), STORED)
    presenter, dialog = opened(window, connections)
    dialog.secret.setText(SECRET)
    dialog.save_button.click()
    await until(lambda: connections.saved)
    await until(lambda: not dialog.fields.isEnabled())
    assert SECRET not in texts_of(window)
    dialog.reject()
    await until(lambda: window.findChild(ConnectionDialog) is None)
    presenter.open(window, STORED)
    assert SECRET not in texts_of(window)
    assert presenter.dialog is not None
    presenter.dialog.reject()
    await presenter.aclose()


async def test_without_a_key_pleo_is_not_asked_and_the_field_has_the_focus(window: QWidget) -> None:
    connections = FakeConnections(introspection())
    presenter, dialog = opened(window, connections)
    await until(dialog.isActiveWindow)
    dialog.save_button.click()
    assert dialog.messages.title() == "Paste the key first"
    assert dialog.secret.hasFocus()
    assert connections.tested == []
    dialog.reject()
    await presenter.aclose()


async def test_a_key_of_another_company_is_not_stored_and_both_companies_are_said(window: QWidget) -> None:
    refusal = WrongCompany("The key is not Acme's: it speaks for Beta", advice="Enter a key of Acme.")
    connections = FakeConnections(refusal, STORED)
    presenter, dialog = opened(window, connections)
    dialog.secret.setText(SECRET)
    dialog.save_button.click()
    await until(dialog.messages.isVisible)
    assert (dialog.messages.title(), dialog.messages.advice()) == (refusal.title, refusal.advice)
    assert connections.saved == []
    dialog.reject()
    await presenter.aclose()


@pytest.mark.parametrize(
    "stored",
    [
        STORED,
        replace(STORED, base_url="http://127.0.0.1:8000", colour=ColourMark.TEAL),
        replace(STORED, base_url=BASE_URLS[Environment.STAGING], four_eyes=True),
    ],
    ids=lambda stored: stored.environment.value,
)
def test_a_connection_that_is_opened_and_left_as_it_is_stays_the_same(qtbot: QtBot, stored: Connection) -> None:
    assert a_dialog(qtbot, stored).connection() == stored


def test_a_new_connection_is_one_however_often_it_is_tried(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot)
    assert dialog.connection().id == dialog.connection().id


async def test_closing_the_dialog_ends_the_question_to_pleo(window: QWidget) -> None:
    connections = FakeConnections(introspection())
    presenter, dialog = opened(window, connections)
    dialog.secret.setText(SECRET)
    dialog.save_button.click()
    dialog.reject()
    await presenter.aclose()
    assert connections.saved == []


@pytest.mark.parametrize("kind", SignInKind)
@pytest.mark.parametrize("points", [9, 11])
def test_nothing_in_the_dialog_is_cut_off_at_the_right(
    qtbot: QtBot, qapp: QApplication, kind: SignInKind, points: int
) -> None:
    """As narrow as it can be made, with the letters of a desktop that wants them large too."""
    before = qapp.font()
    font = QFont(before)
    font.setPointSize(points)
    qapp.setFont(font)
    apply_theme(qapp, Scheme.LIGHT)
    try:
        dialog = a_dialog(qtbot, keeps_secrets=False)
        dialog.kind.setCurrentIndex(list(SignInKind).index(kind))
        dialog.resize(100, 400)
        QApplication.processEvents()
        viewport = dialog.area.viewport()
        shown = [widget for widget in dialog.area.content.findChildren(QWidget) if widget.isVisible()]
        ends = {type(widget).__name__: widget.mapTo(viewport, widget.rect().bottomRight()).x() for widget in shown}
        assert max(ends.values()) < viewport.width(), ends
        assert dialog.four_eyes.width() >= dialog.four_eyes.sizeHint().width()
        assert not dialog.area.horizontalScrollBar().isVisible()
    finally:
        qapp.setFont(before)
        apply_theme(qapp, Scheme.LIGHT)
