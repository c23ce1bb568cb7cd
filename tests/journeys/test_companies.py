"""From the first start to several companies: signing in, replacing, removing, and what the next start goes on with."""

from dataclasses import replace
from pathlib import Path

from fakes.desk import Desk, OpenDesk, press
from fakes.qt_loop import Run, until
from fakes.running_sandbox import RunningSandbox
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.settings.connections import Connection
from ui.common.dialogs import Question
from ui.connections.connection_view import Watching
from ui.settings.connection_dialog import ConnectionDialog
from ui.settings.first_run import FirstRunPage
from ui.settings.view_model import SignInState
from ui.widgets.message_bar import MessageKind

CALM = Watching(base=60)
ANOTHER_ADDRESS = 2


async def first_run(desk: Desk) -> FirstRunPage:
    await until(lambda: desk.window.findChild(FirstRunPage))
    return desk.window.findChild(FirstRunPage)


def editor(desk: Desk) -> ConnectionDialog:
    assert desk.controller.connections.editor.dialog is not None
    return desk.controller.connections.editor.dialog


async def enter(desk: Desk, url: str, key: str, name: str = "") -> ConnectionDialog:
    """Types into the dialog that is open, connects, and waits for what comes of it."""
    dialog = editor(desk)
    dialog.environment.setCurrentIndex(ANOTHER_ADDRESS)
    dialog.base_url.setText(url)
    if name:
        dialog.name.setText(name)
    dialog.secret.clear()
    QTest.keyClicks(dialog.secret, key)
    dialog.messages.clear()
    await press(dialog.save_button)
    await until(dialog.messages.isVisible)
    return dialog


async def add(desk: Desk, url: str, key: str, name: str) -> None:
    """Through Tools, Connections."""
    desk.controller.connections.open()
    window = desk.controller.connections.window
    assert window is not None
    await press(window.add_button)
    dialog = await enter(desk, url, key, name)
    assert dialog.messages.title() == "Connected"
    await press(dialog.cancel_button)
    await press(window.close_button)
    await until(lambda: desk.controller.connections.window is None)
    await desk.read()


def stored(desk: Desk) -> dict[str, Connection]:
    return {each.name: each for each in desk.controller.composition.settings.connections()}


def test_the_first_start_leads_to_the_sandbox_in_one_press(run: Run, open_desk: OpenDesk) -> None:
    async def journey() -> None:
        async with open_desk(None, watching=CALM) as desk:
            page = await first_run(desk)
            await press(page.sandbox_button)
            await desk.read()
            assert desk.window.banner.isVisible()
            assert desk.window.windowTitle() == "Signoff · Sandbox"
            assert "nothing here is real" in desk.window.banner.text()
            assert desk.window.findChild(FirstRunPage) is None
            assert stored(desk) == {}

    run(journey())


def test_the_first_start_leads_to_the_jobs_by_keyboard_alone(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(None, watching=CALM) as desk:
            page = await first_run(desk)
            await until(page.connect_button.hasFocus)
            QTest.keyClick(page.connect_button, Qt.Key.Key_Return)
            dialog = await enter(desk, sandbox.url, "wrong-key")
            assert dialog.messages.kind() is MessageKind.ERROR
            assert stored(desk) == {}
            dialog.secret.clear()
            QTest.keyClicks(dialog.secret, "right-key")
            QTest.keyClick(dialog.secret, Qt.Key.Key_Return)
            await until(lambda: dialog.messages.title() == "Connected")
            assert "Speaks for: company" in dialog.messages.advice()
            QTest.keyClick(dialog, Qt.Key.Key_Return)
            await desk.read()
            assert desk.items.model.rowCount() == 42

    run(journey())


def test_three_companies_are_stored_each_with_its_key_and_its_company(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            await add(desk, sandbox.url, "key-of-beta", "Beta")
            await add(desk, sandbox.url, "key-of-gamma", "Gamma")
            assert list(stored(desk)) == ["Acme", "Beta", "Gamma"]
            composition = desk.controller.composition
            kept = composition.settings.connections()
            assert [composition.sign_ins.stored(each).credential.secret for each in kept] == [
                "a-good-key", "key-of-beta", "key-of-gamma",
            ]  # fmt: skip
            assert (stored(desk)["Gamma"].subject or "").startswith("urn:pleo:company:")

    run(journey())


def test_the_window_of_connections_says_how_each_stands(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            acme, composition = stored(desk)["Acme"], desk.controller.composition
            for name, key in (("Beta", "readonly-key"), ("Gamma", "expired-key")):
                composition.settings.save(replace(acme, id=name, name=name), key)
            QTest.keyClick(desk.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
            await until(lambda: desk.controller.connections.window)
            window = desk.controller.connections.window
            assert window is not None
            rows = window.list.rows

            def states() -> list[SignInState]:
                return [row.finding.state for place in range(3) if (row := rows.row_at(rows.index(place)))]

            await until(lambda: states() == [SignInState.GOOD, SignInState.LACKING, SignInState.TROUBLE])
            window.close()

    run(journey())


def test_a_removed_connection_leaves_the_first_run_page_and_the_journal(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("all successful")

    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            await desk.open_preview()
            await desk.send()
            await desk.close_dialog()
            desk.controller.connections.open()
            window = desk.controller.connections.window
            assert window is not None
            await press(window.remove_button)
            await until(lambda: window.findChild(Question))
            await press(window, "questionAction")
            await until(window.empty.isVisible)
            await press(window.close_button)
            await first_run(desk)
            assert desk.controller.view is None
            assert desk.window.windowTitle() == "Signoff"
            kinds = [row.kind for row in await desk.controller.composition.journal.rows()]
            assert kinds[-1] == "judged"

    run(journey())


def test_damaged_files_are_said_and_the_way_on_is_a_new_connection(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("connections.json", "preferences.json", "window.json"):
        (folder / name).write_text("{")

    async def journey() -> None:
        async with open_desk(None, watching=CALM) as desk:
            await until(lambda: "stored connections in" in desk.window.messages.title())
            await press(desk.window.welcome, "emptyStateButton")
            dialog = await enter(desk, sandbox.url, "a-good-key", "Acme")
            dialog.reject()
            await desk.read()
            assert list(stored(desk)) == ["Acme"]
            assert "settings are damaged and were kept aside" in desk.window.messages.title()
            assert {"connections.damaged.json", "preferences.damaged.json"} <= {path.name for path in folder.iterdir()}

    run(journey())


def test_settings_of_the_network_leave_the_sandbox_open(run: Run, open_desk: OpenDesk) -> None:
    async def journey() -> None:
        async with open_desk(None, watching=CALM) as desk:
            await press((await first_run(desk)).sandbox_button)
            await desk.read()
            before = desk.view
            desk.controller.composition.settings.preferences.change(proxy="none")
            await desk.read()
            assert desk.view is before
            assert desk.window.findChild(FirstRunPage) is None

    run(journey())


def test_a_key_that_did_not_last_is_asked_for_and_leads_on(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            acme = stored(desk)["Acme"]
            desk.controller.composition.settings.credentials.forget(acme.credential_name)
        async with open_desk(None, watching=CALM) as desk:
            await until(lambda: desk.window.welcome.accessibleName() == "The key of Acme is needed")
            await press(desk.window.welcome, "emptyStateButton")
            dialog = await enter(desk, sandbox.url, "a-good-key")
            assert dialog.messages.title() == "Connected"
            dialog.reject()
            await desk.read()
            assert list(stored(desk)) == ["Acme"]

    run(journey())


def test_a_key_of_another_company_is_refused_with_both_names_and_changes_nothing(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(None, watching=CALM) as desk:
            await first_run(desk)
            desk.controller.connections.add()
            dialog = await enter(desk, sandbox.url, "a-good-key", "Acme")
            dialog.reject()
            await desk.read()
            before = stored(desk)["Acme"]
            desk.controller.connections.edit(before.id)
            dialog = await enter(desk, sandbox.url, "organisation-key")
            assert dialog.messages.title().startswith("The key is not Acme's: it speaks for organisation")
            assert "was connected as company" in dialog.messages.advice()
            dialog.reject()
            assert stored(desk)["Acme"] == before
            assert desk.controller.composition.sign_ins.stored(before).credential.secret == "a-good-key"

    run(journey())


def test_a_connection_whose_key_has_become_another_companys_shows_none_of_its_jobs(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            acme, composition = stored(desk)["Acme"], desk.controller.composition
            composition.settings.save(replace(acme, subject="urn:pleo:company:elsewhere"), "")
            before = desk.view
            sandbox.load("mixed")
            desk.controller.connections.changed.emit()
            await until(lambda: desk.controller.view is not before and desk.jobs.troubles.bars())
            (trouble,) = desk.jobs.troubles.bars().values()
            assert "speaks for company" in trouble.title()
            assert desk.controller.view is None
            assert desk.jobs.model.rowCount() == 0
            assert "add a connection of its own" in trouble.detail()
            assert set(sandbox.received()["places"]) == {"introspect"}

    run(journey())


def test_the_next_start_goes_on_with_the_same_company_and_the_same_job(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("everyday")

    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            await add(desk, sandbox.url, "key-of-beta", "Beta")
            beta = stored(desk)["Beta"]
        async with open_desk(None, watching=CALM) as desk:
            await desk.read()
            assert desk.window.windowTitle().startswith("Signoff · Acme")
            row = [row for row in desk.jobs.model.rows() if row.company == "Acme"][-1]
            last = row.id
            assert last != desk.view.items.snapshot.job.id
            desk.jobs.choose(row.key)
            await until(lambda: desk.view.items.is_at_rest and desk.view.items.snapshot.job.id == last)
        async with open_desk(None, watching=CALM) as desk:
            await desk.read()
            assert desk.view.items.snapshot.job.id == last
            desk.controller.composition.settings.remove(stored(desk)["Acme"])
            desk.controller.connections.changed.emit()
            await until(lambda: desk.window.windowTitle().startswith("Signoff · Beta"))
            await desk.read()
            assert stored(desk) == {"Beta": beta}

    run(journey())


def test_a_proxy_or_a_certificate_that_is_set_applies_to_what_is_open(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, tmp_path: Path
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            before = desk.view
            preferences = desk.controller.composition.settings.preferences
            preferences.change(certificate_file=str(tmp_path / "gone.pem"))
            await until(desk.window.messages.isVisible)
            assert "gone.pem cannot be read" in desk.window.messages.title()
            preferences.change(certificate_file=None, proxy="none")
            await until(lambda: desk.controller.view not in (None, before))
            await desk.read()
            assert desk.items.model.rowCount() == 42

    run(journey())


def test_settings_and_log_are_opened_from_the_menu_and_closed_by_escape(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            controller = desk.controller
            QTest.keyClick(desk.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
            await until(lambda: controller.settings.dialog)
            assert controller.settings.dialog is not None
            QTest.keyClick(controller.settings.dialog, Qt.Key.Key_Escape)
            await until(lambda: controller.settings.dialog is None)
            desk.window.actions_by_name.log.trigger()
            assert controller.log.viewer is not None
            assert "opened, version" in controller.log.viewer.text.toPlainText()
            QTest.keyClick(controller.log.viewer, Qt.Key.Key_Escape)
            await until(lambda: controller.log.viewer is None)

    run(journey())
