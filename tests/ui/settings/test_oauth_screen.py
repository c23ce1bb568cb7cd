"""Signing in at Pleo from the connection dialog, and again from the small dialog of its own."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from fakes.desktop import DesktopBrowser
from fakes.qt_loop import until
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.errors import SignInFailed, SignoffError, WrongCompany
from app.models.page import Introspection
from app.settings.connections import BASE_URLS, Connection, Environment, SignInKind
from ui.settings.connection_dialog import ConnectionDialog
from ui.settings.presenter import ConnectionPresenter
from ui.settings.sign_in_dialog import SignInDialog
from ui.settings.sign_in_presenter import SignInPresenter
from ui.widgets.message_bar import MessageBar, MessageKind

ADDRESS = "http://127.0.0.1:1/oauth/authorize?state=abc"
TOKENS = '{"access_token": "an-access-token"}'
STORED = Connection(
    name="Acme",
    base_url=BASE_URLS[Environment.PRODUCTION],
    sign_in=SignInKind.OAUTH,
    oauth_client_id="signoff-acme",
)
OAUTH_PLACE = list(SignInKind).index(SignInKind.OAUTH)


@dataclass
class FakeConnections:
    """The door to the settings. The browser is waited for until `come_back` is set."""

    stored: Connection | None = None
    failure: SignoffError | None = None
    test_failure: SignoffError | None = None
    keeps_secrets: bool = True
    asked: list[tuple[Connection, str]] = field(default_factory=list)
    tested: list[tuple[Connection, str]] = field(default_factory=list)
    saved: list[tuple[Connection, str]] = field(default_factory=list)
    come_back: asyncio.Event = field(default_factory=asyncio.Event)
    was_cancelled: bool = False

    def connections(self) -> tuple[Connection, ...]:
        return (self.stored,) if self.stored else ()

    async def sign_in_by_browser(self, connection: Connection, client_secret: str, show) -> str:
        self.asked.append((connection, client_secret))
        show(ADDRESS)
        try:
            await self.come_back.wait()
        except asyncio.CancelledError:
            self.was_cancelled = True
            raise
        if self.failure:
            raise self.failure
        return TOKENS

    async def test(self, connection: Connection, secret: str) -> Introspection:
        self.tested.append((connection, secret))
        if self.test_failure:
            raise self.test_failure
        return Introspection(subject_urn="urn:pleo:company:9b1f", scope="")

    def save(self, connection: Connection, secret: str) -> None:
        self.saved.append((connection, secret))

    def remove(self, connection: Connection) -> None:
        raise AssertionError("nothing is removed here")


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QWidget]:
    made = QWidget()
    made.show()
    yield made
    delete(made)


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[DesktopBrowser]:
    made = DesktopBrowser()
    made.is_away = True
    made.start()
    yield made
    made.stop()


def a_dialog(qtbot: QtBot, stored: Connection | None = None, *, keeps_secrets: bool = True) -> ConnectionDialog:
    dialog = ConnectionDialog(stored, keeps_secrets=keeps_secrets)
    qtbot.addWidget(dialog)
    dialog.show()
    if stored is None:
        dialog.kind.setCurrentIndex(OAUTH_PLACE)
    return dialog


def opened(window: QWidget, connections: FakeConnections) -> tuple[ConnectionPresenter, ConnectionDialog]:
    presenter = ConnectionPresenter(window, connections, connections)
    presenter.open(window, connections.stored)
    dialog = presenter.dialog
    assert dialog is not None
    if connections.stored is None:
        dialog.kind.setCurrentIndex(OAUTH_PLACE)
        dialog.oauth.client_id.setText("signoff-acme")
    return presenter, dialog


def asked_again(window: QWidget, connections: FakeConnections) -> tuple[SignInPresenter, SignInDialog]:
    presenter = SignInPresenter(window, connections, connections)
    presenter.open(window, STORED)
    assert presenter.dialog is not None
    return presenter, presenter.dialog


def press_action(bar: MessageBar, key: str) -> None:
    button = bar.findChild(QPushButton, f"message-action-{key}")
    assert button is not None
    assert button.isVisible()
    button.click()


def test_a_sign_in_at_pleo_asks_for_a_client_and_for_no_key(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot)
    assert not dialog.secret.isVisible()
    assert dialog.oauth.client_id.isVisible()
    assert dialog.save_button.text() == "Sign in with Pleo…"
    assert not dialog.test_button.isVisible()
    assert not dialog.oauth.again_button.isVisible()
    assert "redirect address" in dialog.explained.text()
    assert dialog.kept.text().startswith("The sign-in is kept in the keyring")
    dialog.kind.setCurrentIndex(0)
    assert dialog.secret.isVisible()
    assert not dialog.oauth.client_id.isVisible()
    assert (dialog.save_button.text(), dialog.test_button.isVisible()) == ("Connect", True)
    assert dialog.kept.text().startswith("The key is kept")


def test_without_a_keyring_it_is_said_that_the_sign_in_ends_with_the_window(qtbot: QtBot) -> None:
    assert "has to be made again next time" in a_dialog(qtbot, keeps_secrets=False).kept.text()


def test_the_redirect_address_is_ready_to_be_registered(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot)
    dialog.oauth.copy_button.click()
    assert QGuiApplication.clipboard().text() == "http://localhost:14270/callback"
    assert dialog.connection().oauth_redirect_uri is None
    dialog.oauth.redirect_uri.setText("http://localhost:9000/here")
    assert dialog.connection().redirect_uri == "http://localhost:9000/here"


def test_the_client_secret_is_masked(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot)
    QTest.keyClicks(dialog.oauth.client_secret, "hunter2")
    assert dialog.oauth.client_secret.echoMode() is QLineEdit.EchoMode.Password


def test_a_stored_sign_in_is_shown_as_it_is_and_needs_no_browser(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, STORED)
    assert dialog.connection() == STORED
    assert dialog.save_button.text() == "Connect"
    assert dialog.test_button.isVisible()
    assert dialog.oauth.again_button.isVisible()
    with qtbot.waitSignal(dialog.save_requested) as wished:
        dialog.save_button.click()
    assert wished.args == [STORED, ""]


@pytest.mark.parametrize("field_name", ["client_id", "client_secret", "redirect_uri"])
def test_another_client_needs_another_sign_in(qtbot: QtBot, field_name: str) -> None:
    dialog = a_dialog(qtbot, STORED)
    getattr(dialog.oauth, field_name).setText("http://localhost:1/another")
    assert dialog.save_button.text() == "Sign in with Pleo…"
    assert not dialog.test_button.isVisible()
    with qtbot.waitSignal(dialog.sign_in_requested):
        dialog.save_button.click()


def test_a_key_carries_no_client(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot)
    dialog.oauth.client_id.setText("signoff-acme")
    dialog.kind.setCurrentIndex(0)
    assert dialog.connection().oauth_client_id is None


async def test_signing_in_opens_the_browser_waits_tests_and_stores(window: QWidget, desktop: DesktopBrowser) -> None:
    connections = FakeConnections()
    presenter, dialog = opened(window, connections)
    dialog.oauth.client_secret.setText("app-secret")
    dialog.save_button.click()
    await until(dialog.messages.isVisible)
    assert dialog.messages.title() == "Waiting for your browser"
    assert desktop.browser.addresses == [ADDRESS]
    assert not dialog.fields.isEnabled()
    assert not dialog.save_button.isEnabled()
    connections.come_back.set()
    await until(lambda: connections.saved)
    ((connection, secret),) = connections.saved
    assert (connection.oauth_client_id, connection.sign_in) == ("signoff-acme", SignInKind.OAUTH)
    assert secret == TOKENS
    assert connections.asked[0][1] == "app-secret"
    assert connections.tested[0][1] == TOKENS
    await until(lambda: dialog.messages.kind() is MessageKind.SUCCESS)
    assert dialog.oauth.client_secret.text() == ""
    dialog.reject()
    await presenter.aclose()


async def test_the_address_can_be_copied_while_the_browser_is_waited_for(
    window: QWidget, desktop: DesktopBrowser
) -> None:
    presenter, dialog = opened(window, FakeConnections())
    dialog.save_button.click()
    await until(dialog.messages.isVisible)
    press_action(dialog.messages, "copy-address")
    assert QGuiApplication.clipboard().text() == ADDRESS
    assert "on the clipboard" in dialog.messages.advice()
    dialog.reject()
    await presenter.aclose()


async def test_who_stops_waiting_is_back_in_the_dialog_with_all_that_was_typed(
    window: QWidget, desktop: DesktopBrowser
) -> None:
    connections = FakeConnections()
    presenter, dialog = opened(window, connections)
    dialog.save_button.click()
    await until(dialog.messages.isVisible)
    press_action(dialog.messages, "stop-waiting")
    await until(dialog.save_button.isEnabled)
    assert connections.was_cancelled
    assert connections.saved == []
    assert not dialog.messages.isVisible()
    assert dialog.fields.isEnabled()
    assert dialog.oauth.client_id.text() == "signoff-acme"
    dialog.reject()
    await presenter.aclose()


async def test_closing_the_dialog_stops_waiting(window: QWidget, desktop: DesktopBrowser) -> None:
    connections = FakeConnections()
    presenter, dialog = opened(window, connections)
    dialog.save_button.click()
    await until(dialog.messages.isVisible)
    dialog.reject()
    await presenter.aclose()
    assert connections.was_cancelled
    assert connections.saved == []


@pytest.mark.parametrize("what", ["failure", "test_failure"])
async def test_a_sign_in_that_led_to_nothing_is_said_and_stores_nothing(
    window: QWidget, desktop: DesktopBrowser, what: str
) -> None:
    problem = SignInFailed("Refused") if what == "failure" else WrongCompany("Another company's")
    connections = FakeConnections(**{what: problem})
    connections.come_back.set()
    presenter, dialog = opened(window, connections)
    dialog.save_button.click()
    await until(lambda: dialog.messages.title() == problem.title)
    assert dialog.messages.kind() is MessageKind.ERROR
    assert dialog.save_button.isEnabled()
    assert connections.saved == []
    dialog.reject()
    await presenter.aclose()


async def test_a_stored_sign_in_can_be_made_again_from_its_dialog(window: QWidget, desktop: DesktopBrowser) -> None:
    connections = FakeConnections(STORED)
    connections.come_back.set()
    presenter, dialog = opened(window, connections)
    dialog.oauth.again_button.click()
    await until(lambda: connections.saved)
    assert connections.asked == [(STORED, "")]
    await until(lambda: dialog.messages.kind() is MessageKind.SUCCESS)
    dialog.reject()
    await presenter.aclose()


async def test_a_stored_sign_in_is_tested_as_it_is_stored(window: QWidget) -> None:
    connections = FakeConnections(STORED)
    presenter, dialog = opened(window, connections)
    dialog.test_button.click()
    await until(dialog.messages.isVisible)
    assert connections.tested == [(STORED, "")]
    assert connections.asked == []
    dialog.reject()
    await presenter.aclose()


async def test_where_no_browser_opens_the_address_is_offered(window: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.settings.browser_sign_in.QDesktopServices.openUrl", lambda _url: False)
    presenter, dialog = opened(window, FakeConnections())
    dialog.save_button.click()
    await until(dialog.messages.isVisible)
    assert dialog.messages.title() == "The browser could not be opened"
    press_action(dialog.messages, "copy-address")
    assert QGuiApplication.clipboard().text() == ADDRESS
    dialog.reject()
    await presenter.aclose()


async def test_signing_in_again_opens_the_browser_at_once_and_closes_itself(
    window: QWidget, desktop: DesktopBrowser
) -> None:
    connections = FakeConnections(STORED)
    presenter, dialog = asked_again(window, connections)
    news: list[object] = []
    presenter.signed_in.connect(lambda connection, _found: news.append(connection))
    await until(dialog.messages.isVisible)
    assert desktop.browser.addresses == [ADDRESS]
    connections.come_back.set()
    await until(lambda: presenter.dialog is None)
    assert connections.saved == [(STORED, TOKENS)]
    assert news == [STORED]
    await presenter.aclose()


async def test_the_sign_in_of_another_company_replaces_nothing(window: QWidget, desktop: DesktopBrowser) -> None:
    connections = FakeConnections(STORED, test_failure=WrongCompany("It speaks for Beta"))
    connections.come_back.set()
    presenter, dialog = asked_again(window, connections)
    await until(lambda: dialog.messages.title() == "It speaks for Beta")
    assert connections.saved == []
    assert dialog.sign_in_button.isEnabled()
    dialog.reject()
    await presenter.aclose()


async def test_who_stopped_may_begin_again(window: QWidget, desktop: DesktopBrowser) -> None:
    connections = FakeConnections(STORED)
    presenter, dialog = asked_again(window, connections)
    await until(dialog.messages.isVisible)
    press_action(dialog.messages, "stop-waiting")
    await until(dialog.sign_in_button.isEnabled)
    connections.come_back.set()
    dialog.sign_in_button.click()
    await until(lambda: presenter.dialog is None)
    assert len(connections.asked) == 2
    assert connections.saved == [(STORED, TOKENS)]
    await presenter.aclose()


async def test_one_dialog_signs_in_however_often_it_is_asked_for(window: QWidget, desktop: DesktopBrowser) -> None:
    connections = FakeConnections(STORED)
    presenter, dialog = asked_again(window, connections)
    presenter.open(window, replace(STORED, name="Other"))
    assert presenter.dialog is dialog
    dialog.reject()
    await presenter.aclose()
