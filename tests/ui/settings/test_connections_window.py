"""All connections in one window: how each stands, and what can be done about it."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from fakes.qt_loop import until
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from shiboken6 import delete

from app.errors import NotSignedIn, ServerWords, SettingsProblem, SignoffError
from app.models.page import Introspection
from app.settings.connections import BASE_URLS, ColourMark, Connection, Environment
from ui.common.dialogs import Question
from ui.settings.connections_presenter import ConnectionsPresenter
from ui.settings.connections_window import ConnectionsWindow
from ui.settings.view_model import ConnectionRow, SignInFinding, SignInState
from ui.widgets.message_bar import MessageKind

ALL_SCOPES = "export-jobs:read export-jobs:write export-items:read"
ACME, BETA, GAMMA = (
    Connection(name=name, base_url=BASE_URLS[Environment.PRODUCTION], colour=mark)
    for name, mark in (("Acme", ColourMark.BLUE), ("Beta", ColourMark.NONE), ("Gamma", ColourMark.RED))
)
REFUSED = NotSignedIn("Pleo does not accept the key", ServerWords(401))


@dataclass
class FakeConnections:
    """The door to the settings. `found` is what a test of each connection ends in, by name."""

    stored: list[Connection]
    found: dict[str, Introspection | SignoffError] = field(default_factory=dict)
    damage: SignoffError | None = None
    refusal: SignoffError | None = None
    keeps_secrets: bool = True
    slow: asyncio.Event | None = None
    asked: list[str] = field(default_factory=list)

    def connections(self) -> tuple[Connection, ...]:
        if self.damage:
            raise self.damage
        return tuple(self.stored)

    async def test(self, connection: Connection, secret: str) -> Introspection:
        self.asked.append(connection.name)
        if self.slow and connection.name == "Beta":
            await self.slow.wait()
        found = self.found.get(connection.name, introspection())
        if isinstance(found, SignoffError):
            raise found
        return found

    def save(self, connection: Connection, secret: str) -> None:
        self.stored = [each for each in self.stored if each.id != connection.id] + [connection]

    def remove(self, connection: Connection) -> None:
        if self.refusal:
            raise self.refusal
        self.stored = [each for each in self.stored if each.id != connection.id]


@pytest.fixture
def parent(qapp: QApplication) -> Iterator[QWidget]:
    made = QWidget()
    made.show()
    yield made
    delete(made)


def introspection(scope: str = ALL_SCOPES) -> Introspection:
    return Introspection(subject_urn="urn:pleo:company:9b1f8c2e", scope=scope)


def opened(parent: QWidget, connections: FakeConnections) -> tuple[ConnectionsPresenter, ConnectionsWindow]:
    presenter = ConnectionsPresenter(parent, connections, connections)
    presenter.open()
    assert presenter.window is not None
    return presenter, presenter.window


def standings(window: ConnectionsWindow) -> list[SignInState]:
    model = window.list.rows
    rows = [model.row_at(model.index(place)) for place in range(model.rowCount())]
    return [row.finding.state for row in rows if row]


async def settled(window: ConnectionsWindow) -> None:
    await until(lambda: not {SignInState.ASKING, SignInState.NOT_ASKED} & set(standings(window)))


async def closed(presenter: ConnectionsPresenter) -> None:
    if presenter.window:
        presenter.window.reject()
    await presenter.aclose()


async def test_each_connection_says_how_it_stands(parent: QWidget) -> None:
    found = {"Beta": introspection("export-jobs:read"), "Gamma": REFUSED}
    presenter, window = opened(parent, FakeConnections([ACME, BETA, GAMMA], found))
    await settled(window)
    assert standings(window) == [SignInState.GOOD, SignInState.LACKING, SignInState.TROUBLE]
    window.choose(GAMMA.id)
    assert window.standing.kind() is MessageKind.ERROR
    assert window.standing.title() == "Pleo does not accept the key"
    window.standing.findChild(QPushButton, "message-action-replace").click()
    assert presenter.editor.dialog is not None
    assert presenter.editor.dialog.windowTitle() == "Gamma"
    presenter.editor.dialog.reject()
    window.choose(BETA.id)
    assert "Missing: export-jobs:write, export-items:read" in window.standing.advice()
    await closed(presenter)


async def test_a_slow_connection_does_not_hold_up_the_others(parent: QWidget) -> None:
    slow = asyncio.Event()
    presenter, window = opened(parent, FakeConnections([ACME, BETA, GAMMA], slow=slow))
    await until(lambda: standings(window) == [SignInState.GOOD, SignInState.ASKING, SignInState.GOOD])
    slow.set()
    await settled(window)
    await closed(presenter)


async def test_the_chosen_connection_stays_chosen_while_the_others_are_found_out(parent: QWidget) -> None:
    slow = asyncio.Event()
    presenter, window = opened(parent, FakeConnections([ACME, BETA, GAMMA], slow=slow))
    window.choose(GAMMA.id)
    slow.set()
    await settled(window)
    assert window.name.text() == "Gamma"
    assert ("Company", "company 9b1f8c2e") in [(fact.label, fact.value) for fact in window.facts.facts()]
    await closed(presenter)


async def test_checking_again_asks_that_one_only(parent: QWidget) -> None:
    connections = FakeConnections([ACME, BETA], {"Beta": REFUSED})
    presenter, window = opened(parent, connections)
    await settled(window)
    connections.found, connections.asked = {}, []
    window.choose(BETA.id)
    window.check_button.click()
    await until(lambda: standings(window) == [SignInState.GOOD, SignInState.GOOD])
    assert connections.asked == ["Beta"]
    await closed(presenter)


async def answer(window: ConnectionsWindow, name: str) -> Question:
    await until(lambda: window.findChild(Question))
    question = window.findChild(Question)
    question.findChild(QPushButton, name).click()
    return question


async def test_removing_asks_first_and_says_what_stays(parent: QWidget) -> None:
    connections = FakeConnections([ACME, BETA])
    presenter, window = opened(parent, connections)
    news: list[bool] = []
    presenter.changed.connect(lambda: news.append(True))
    window.remove_button.click()
    question = await answer(window, "questionCancel")
    assert question.windowTitle() == "Remove the connection Acme?"
    assert "The journal keeps" in question.accessibleDescription()
    await until(lambda: not window.findChild(Question))
    assert (connections.stored, news) == ([ACME, BETA], [])
    window.remove_button.click()
    await answer(window, "questionAction")
    await until(lambda: news)
    assert connections.stored == [BETA]
    assert window.name.text() == "Beta"
    await closed(presenter)


async def test_a_keyring_that_refuses_is_said_and_the_connection_stays(parent: QWidget) -> None:
    locked = SettingsProblem("The key could not be removed in the keyring", advice="Unlock the keyring.")
    presenter, window = opened(parent, FakeConnections([ACME], refusal=locked))
    window.remove_button.click()
    await answer(window, "questionAction")
    await until(window.messages.isVisible)
    assert window.messages.title() == "The key could not be removed in the keyring"
    assert window.list.rows.rowCount() == 1
    await closed(presenter)


async def test_without_a_connection_the_window_says_what_comes_next(parent: QWidget) -> None:
    presenter, window = opened(parent, FakeConnections([]))
    assert window.empty.isVisible()
    window.empty.findChild(QPushButton, "emptyStateButton").click()
    assert presenter.editor.dialog is not None
    assert presenter.editor.dialog.windowTitle() == "New connection"
    presenter.editor.dialog.reject()
    await closed(presenter)


async def test_a_damaged_file_is_said_with_what_to_do(parent: QWidget) -> None:
    damage = SettingsProblem("The stored connections cannot be read", advice="Enter the connection again.")
    presenter, window = opened(parent, FakeConnections([], damage=damage))
    assert window.messages.title() == "The stored connections cannot be read"
    assert window.messages.advice() == "Enter the connection again."
    await closed(presenter)


async def test_a_new_connection_appears_chosen_with_what_was_found(parent: QWidget) -> None:
    connections = FakeConnections([ACME])
    presenter, window = opened(parent, connections)
    news: list[bool] = []
    presenter.changed.connect(lambda: news.append(True))
    window.add_button.click()
    dialog = presenter.editor.dialog
    assert dialog is not None
    dialog.name.setText("Beta")
    dialog.secret.setText("a-key-of-beta")
    dialog.save_button.click()
    await until(lambda: news)
    assert [each.name for each in connections.stored] == ["Acme", "Beta"]
    assert connections.stored[1].subject == "urn:pleo:company:9b1f8c2e"
    assert window.name.text() == "Beta"
    assert window.standing.kind() is MessageKind.SUCCESS
    dialog.reject()
    await closed(presenter)


async def test_a_key_is_replaced_from_anywhere_by_the_connections_id(parent: QWidget) -> None:
    connections = FakeConnections([ACME, BETA])
    presenter = ConnectionsPresenter(parent, connections, connections)
    presenter.edit(BETA.id)
    assert presenter.editor.dialog is not None
    assert presenter.editor.dialog.windowTitle() == "Beta"
    presenter.editor.dialog.reject()
    await closed(presenter)


def test_the_list_is_a_sound_model_and_each_row_is_a_sentence(qapp: QApplication) -> None:
    window = ConnectionsWindow()
    tester = QAbstractItemModelTester(window.list.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    window.show_rows(
        [ConnectionRow(ACME, SignInFinding()), ConnectionRow(BETA, SignInFinding(SignInState.GOOD, "Connected"))]
    )
    window.show_rows([ConnectionRow(replace(ACME, name="Acme AB"), SignInFinding())])
    assert window.list.rows.index(0).data() == "Acme AB, Pleo: Not asked yet"
    window.show_rows([])
    delete(tester)
    delete(window)
