"""Signing in at Pleo through real HTTP redirects, and what happens when a sign-in ends in the middle of the work."""

import asyncio
from collections.abc import Iterator

import pytest
from fakes.desk import Desk, OpenDesk, final_events, press
from fakes.desktop import DesktopBrowser
from fakes.qt_loop import Run, until
from fakes.running_sandbox import RunningSandbox
from PySide6.QtWidgets import QApplication

from app.settings.connections import Environment, SignInKind
from ui.settings.sign_in_dialog import SignInDialog

LIFE_SECONDS = 60


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[DesktopBrowser]:
    made = DesktopBrowser()
    made.start()
    yield made
    made.stop()


async def connect(desk: Desk, desktop: DesktopBrowser, url: str, client_secret: str = "") -> None:
    """First run, Connect to Pleo, sign in at Pleo, Done."""
    await press(desk.window, "connectToPleo")
    dialog = desk.controller.connections.editor.dialog
    assert dialog is not None
    dialog.environment.setCurrentIndex(list(Environment).index(Environment.OTHER))
    dialog.base_url.setText(url)
    dialog.name.setText("Acme")
    dialog.kind.setCurrentIndex(list(SignInKind).index(SignInKind.OAUTH))
    dialog.oauth.client_id.setText("signoff-acme")
    dialog.oauth.client_secret.setText(client_secret)
    dialog.oauth.redirect_uri.setText("http://localhost/callback")
    await press(dialog.save_button)
    await until(lambda: dialog.cancel_button.text() == "Done")
    assert (await desktop.browser.page()).status_code == 200
    await press(dialog.cancel_button)
    await desk.read()


async def sign_in_again(desk: Desk) -> None:
    """From the message over the items, until the dialog has closed itself."""
    await press(desk.items.messages, "message-action-sign-in")
    await until(lambda: desk.window.findChild(SignInDialog) is None)


def count_of(sandbox: RunningSandbox, place: str) -> int:
    places = sandbox.received()["places"]
    assert isinstance(places, dict)
    return int(places.get(place, 0))


def test_a_first_run_signs_in_at_pleo_and_leads_to_the_jobs(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, desktop: DesktopBrowser
) -> None:
    sandbox.act({"act": "sign_in", "answer": "allow"})

    async def journey() -> None:
        async with open_desk(None) as desk:
            await connect(desk, desktop, sandbox.url)
            assert desk.items.model.rowCount() == 42
            (connection,) = desk.controller.composition.settings.connections()
            assert connection.sign_in is SignInKind.OAUTH
            assert connection.subject
            assert connection.subject.startswith("urn:pleo:company:")
        assert "Go back to Signoff" in (await desktop.browser.page()).text

    run(journey())


def test_a_user_who_refuses_in_the_browser_reads_so_and_may_try_again(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, desktop: DesktopBrowser
) -> None:
    sandbox.act({"act": "sign_in", "answer": "deny"})

    async def journey() -> None:
        async with open_desk(None) as desk:
            connecting = asyncio.ensure_future(connect(desk, desktop, sandbox.url))
            await until(lambda: desk.controller.connections.editor.dialog is not None)
            dialog = desk.controller.connections.editor.dialog
            assert dialog is not None
            await until(lambda: dialog.messages.title() == "The access was refused in the browser")
            assert desk.controller.composition.settings.connections() == ()
            sandbox.act({"act": "sign_in", "answer": "allow"})
            await press(dialog.save_button)
            await connecting
            assert desk.items.model.rowCount() == 42

    run(journey())


def test_a_token_that_expires_in_the_middle_of_a_review_is_renewed_and_nothing_is_lost(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, desktop: DesktopBrowser
) -> None:
    sandbox.act({"act": "sign_in", "answer": "allow", "expires_in": LIFE_SECONDS})

    async def journey() -> None:
        async with open_desk(None) as desk:
            await connect(desk, desktop, sandbox.url)
            desk.items.search.setText("failed")
            await until(lambda: 0 < desk.items.model.rowCount() < 42)
            found, chosen = desk.items.model.rowCount(), desk.items.model.id_at(desk.items.model.index(1, 0))
            desk.items.table.select_ids([chosen])
            view, refreshes, reads = (
                desk.view,
                count_of(sandbox, "token"),
                count_of(sandbox, "read_items"),
            )
            sandbox.world.advance(LIFE_SECONDS)
            await until(lambda: count_of(sandbox, "token") > refreshes)
            await until(lambda: count_of(sandbox, "read_items") > reads + 2)
            assert desk.view is view
            assert (desk.items.search.text(), desk.items.model.rowCount()) == ("failed", found)
            assert desk.items.table.selected_ids() == [chosen]
            assert not desk.items.messages.isVisible()
            assert count_of(sandbox, "token") == refreshes + 1

    run(journey())


def test_a_token_that_expires_under_the_event_is_renewed_and_the_event_is_applied_once(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, desktop: DesktopBrowser
) -> None:
    sandbox.load("all successful")
    sandbox.act({"act": "sign_in", "answer": "allow", "expires_in": LIFE_SECONDS})

    async def journey() -> None:
        async with open_desk(None) as desk:
            await connect(desk, desktop, sandbox.url)
            await desk.open_preview()
            sandbox.world.advance(LIFE_SECONDS)
            messages = await desk.send()
            assert messages.title() == "Confirmed: the job is completed"
            await desk.close_dialog()
        assert len([event for event in final_events(sandbox) if event["applied"]]) == 1

    run(journey())


def test_a_refused_refresh_keeps_what_was_read_and_signing_in_again_goes_on_from_there(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, desktop: DesktopBrowser
) -> None:
    sandbox.act({"act": "sign_in", "answer": "allow"})

    async def journey() -> None:
        async with open_desk(None) as desk:
            await connect(desk, desktop, sandbox.url, client_secret="an-app-secret")
            view = desk.view
            chosen = desk.items.model.id_at(desk.items.model.index(7, 0))
            desk.items.table.select_ids([chosen])
            sandbox.act({"act": "disconnect"})
            await until(desk.items.messages.isVisible)
            assert "does not renew the sign-in" in desk.items.messages.title()
            assert desk.items.model.rowCount() == 42
            assert "old: read" in desk.items.subtitle.text()
            refreshes = count_of(sandbox, "token")
            for _ in range(3):  # however often it is read, the dead refresh token is not sent again
                await until(lambda: desk.view.items.is_reading)
                await until(lambda: not desk.view.items.is_reading)
            assert count_of(sandbox, "token") == refreshes
            await sign_in_again(desk)
            await until(lambda: not desk.items.messages.isVisible())
            assert desk.view is view
            assert desk.items.table.selected_ids() == [chosen]
            assert "old" not in desk.items.subtitle.text()
            assert desktop.browser.asked()["client_id"] == "signoff-acme"

    run(journey())


def test_a_sign_in_lasts_from_one_opening_of_the_window_to_the_next(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, desktop: DesktopBrowser
) -> None:
    sandbox.act({"act": "sign_in", "answer": "allow"})

    async def journey() -> None:
        async with open_desk(None) as desk:
            await connect(desk, desktop, sandbox.url)
        async with open_desk(None) as desk:
            await desk.read()
            assert desk.items.model.rowCount() == 42
        assert len(desktop.browser.addresses) == 1

    run(journey())


def test_a_sign_in_that_ended_with_the_window_is_made_again_from_the_page_that_says_so(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, desktop: DesktopBrowser
) -> None:
    sandbox.act({"act": "sign_in", "answer": "allow"})

    async def journey() -> None:
        async with open_desk(None) as desk:
            await connect(desk, desktop, sandbox.url)
            (connection,) = desk.controller.composition.settings.connections()
            desk.controller.composition.settings.credentials.forget(connection.credential_name)  # as without a keyring
        async with open_desk(None) as desk:
            await until(lambda: desk.window.welcome.accessibleName() == "Nobody is signed in to Acme")
            await press(desk.window.welcome, "emptyStateButton")
            await desk.read()
            assert desk.items.model.rowCount() == 42
            assert desk.controller.connections.sign_in.dialog is None

    run(journey())


def test_the_window_of_connections_offers_another_sign_in_where_one_has_ended(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, desktop: DesktopBrowser
) -> None:
    sandbox.act({"act": "sign_in", "answer": "allow"})

    async def journey() -> None:
        async with open_desk(None) as desk:
            await connect(desk, desktop, sandbox.url)
            sandbox.act({"act": "disconnect"})
            desk.controller.connections.open()
            window = desk.controller.connections.window
            assert window is not None
            await press(window.standing, "message-action-replace")
            await until(lambda: window.standing.title() == "Connected")
            window.accept()

    run(journey())


def test_a_sign_in_that_ends_under_the_preview_is_made_again_there_and_keeps_what_was_written(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, desktop: DesktopBrowser
) -> None:
    sandbox.load("all failed")
    sandbox.act({"act": "sign_in", "answer": "allow"})

    async def journey() -> None:
        async with open_desk(None) as desk:
            await connect(desk, desktop, sandbox.url)
            dialog = await desk.open_preview()
            dialog.failure.reason.setPlainText("Konto 4980 is closed")
            sandbox.act({"act": "disconnect"})
            messages = await desk.send()
            assert messages.title() == "Nothing was sent"
            await press(messages, "message-action-sign-in")
            await until(lambda: desk.controller.connections.sign_in.dialog is None)
            messages = await desk.send()
            assert messages.title() == "Confirmed: the job has failed"
            await desk.close_dialog()
        (event,) = final_events(sandbox)
        assert event["body"]["failureReason"] == "Konto 4980 is closed"

    run(journey())
