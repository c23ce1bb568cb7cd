"""Several companies, watched by themselves: troubles, deadlines, notices, and a network that goes and comes."""

from collections.abc import Iterator
from typing import Any

import pytest
from fakes.desk import Desk, OpenDesk, final_events, press
from fakes.machine import FakeMachine, FakeTray
from fakes.qt_loop import Run, at_rest, until
from fakes.running_sandbox import RunningSandbox
from fakes.wire_faults import WireFaults
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from app.settings.connections import ColourMark, Connection, ConnectionId
from app.watching.schedule import Watching
from ui.widgets.message_bar import MessageBar

OFTEN = Watching(base=0.15, for_each_request=0, job_list=0.3, unknown=0.2)
CALM = Watching(base=60, job_list=60)


@pytest.fixture
def second(running_sandbox: RunningSandbox) -> Iterator[RunningSandbox]:
    """Another company's Pleo."""
    with RunningSandbox("some failed") as running:
        yield running


def company(name: str, url: str, **others: Any) -> Connection:
    return Connection(id=ConnectionId(name.casefold()), name=name, base_url=url, **others)


def listed(desk: Desk) -> list[str]:
    return [row.company for row in desk.jobs.model.rows()]


def trouble(desk: Desk, company: str) -> MessageBar | None:
    bars = desk.jobs.troubles.bars().values()
    return next((bar for bar in bars if bar.title().startswith(f"{company}:")), None)


def notices(desk: Desk) -> list[str]:
    return [bar.title() for bar in desk.controller.desktop_integration.bell.panel.stack.bars().values()]


def test_three_companies_share_one_list_and_the_one_that_is_down_keeps_its_trouble_to_itself(
    run: Run, sandbox: RunningSandbox, second: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("expiring")

    async def journey() -> None:
        with WireFaults(sandbox.url) as wire:
            wire.close_door()
            companies = (
                company("Acme", sandbox.url, colour=ColourMark.BLUE),
                company("Beta", second.url),
                company("Down", wire.url),
            )
            async with open_desk(None, companies=companies, watching=OFTEN) as desk:
                await desk.read()
                await until(lambda: trouble(desk, "Down"))
                assert listed(desk) == ["Acme", "Beta"]
                assert desk.items.title.text().startswith("Acme")
                host = sandbox.url.removeprefix("http://")
                assert desk.window.windowTitle() == f"Signoff · Acme · {host}"
                assert desk.window.banner.isVisible()
                assert host in desk.window.banner.text()
                (row, _) = desk.jobs.model.rows()
                assert row.brief == "5 open"
                bar = trouble(desk, "Down")
                assert bar is not None
                assert bar.title() == "Down: Pleo cannot be reached."
                wire.open_door()
                await press(bar, "message-action-read-again")
                await until(lambda: listed(desk) == ["Acme", "Down", "Beta"])
                assert trouble(desk, "Down") is None

    run(journey())


def test_a_job_of_another_company_switches_items_and_gate_and_the_list_stays(
    run: Run, sandbox: RunningSandbox, second: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        companies = (company("Acme", sandbox.url), company("Beta", second.url))
        async with open_desk(None, companies=companies, watching=CALM) as desk:
            await desk.read()
            await until(lambda: listed(desk) == ["Acme", "Beta"])
            assert desk.items.model.rowCount() == 42
            first = desk.view
            desk.jobs.list.setCurrentIndex(desk.jobs.model.index(1))
            await until(lambda: desk.view is not first)
            await desk.read()
            assert desk.items.model.rowCount() == 27
            assert desk.items.isVisible()
            assert not first.items_page.isVisible()
            assert desk.window.actions_by_name.act.isEnabled()
            assert listed(desk) == ["Acme", "Beta"]
            await desk.open_preview()
            await desk.send()
            await desk.close_dialog()
            await until(lambda: listed(desk) == ["Acme"])
            assert len(final_events(second)) == 1
            assert final_events(sandbox) == []
            desk.jobs.list.setCurrentIndex(desk.jobs.model.index(0))
            assert desk.view is first
            assert not desk.window.actions_by_name.act.isEnabled()

    run(journey())


def test_the_list_can_be_narrowed_to_one_company(
    run: Run, sandbox: RunningSandbox, second: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        companies = (company("Acme", sandbox.url), company("Beta", second.url))
        async with open_desk(None, companies=companies, watching=CALM) as desk:
            await until(lambda: listed(desk) == ["Acme", "Beta"])
            filter_box = desk.jobs.company
            assert [filter_box.itemText(place) for place in range(filter_box.count())] == [
                "All companies",
                "Acme",
                "Beta",
            ]
            filter_box.setCurrentIndex(2)
            assert listed(desk) == ["Beta"]
            filter_box.setCurrentIndex(0)
            assert listed(desk) == ["Acme", "Beta"]

    run(journey())


def test_a_key_that_is_refused_is_replaced_from_the_list(
    run: Run, sandbox: RunningSandbox, second: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        companies = (company("Acme", sandbox.url), company("Beta", second.url))
        keys = {"Beta": "wrong-key"}
        async with open_desk(None, companies=companies, keys=keys, watching=CALM) as desk:
            await desk.read()
            await until(lambda: trouble(desk, "Beta"))
            bar = trouble(desk, "Beta")
            assert bar is not None
            assert "does not accept the credential" in bar.title()
            await press(bar, "message-action-replace-key")
            editor = desk.controller.connections.editor.dialog
            assert editor is not None
            assert editor.name.text() == "Beta"
            editor.secret.setText("a-good-key")
            await press(editor.save_button)
            await until(lambda: listed(desk) == ["Acme", "Beta"])
            assert trouble(desk, "Beta") is None
            editor.reject()

    run(journey())


def test_a_job_that_expires_while_it_is_watched_is_told_and_explained(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("waiting", pace_seconds=600)

    async def journey() -> None:
        async with open_desk(sandbox.url, watching=OFTEN) as desk:
            await desk.read()
            sandbox.act({"act": "expire", "job_id": sandbox.world.job_id})
            await until(lambda: desk.gate.headline.text() == "This job has ended")
            assert "Pleo let the job expire" in desk.gate.event_note.text()
            assert "4 items that were open were abandoned" in desk.gate.event_note.text()
            await until(lambda: listed(desk) == [])
            assert desk.items.model.rowCount() == 12

    run(journey())


def test_an_expired_job_of_another_company_is_told_with_what_became_of_it_and_a_click_shows_it(
    run: Run, sandbox: RunningSandbox, second: RunningSandbox, open_desk: OpenDesk
) -> None:
    second.load("waiting", pace_seconds=600)
    job_id = second.world.job_id

    async def journey() -> None:
        companies = (company("Acme", sandbox.url), company("Beta", second.url))
        async with open_desk(None, companies=companies, watching=OFTEN) as desk:
            await desk.read()
            await until(lambda: len(listed(desk)) == 2)
            second.act({"act": "expire", "job_id": job_id})
            await until(lambda: "Beta: the job expired" in notices(desk))
            desk.controller.desktop_integration.bell.click()
            (bar,) = [
                bar
                for bar in desk.controller.desktop_integration.bell.panel.stack.bars().values()
                if "expired" in bar.title()
            ]
            assert "4 items were abandoned" in bar.advice()
            await press(bar, "message-action-show")
            await until(lambda: desk.items.title.text().startswith("Beta") and desk.view.items.is_at_rest)
            assert "Beta: the job expired" not in notices(desk)
            assert desk.gate.headline.text() == "This job has ended"

    run(journey())


def test_new_failures_are_told_once_and_a_click_leads_to_the_very_item(
    run: Run, sandbox: RunningSandbox, second: RunningSandbox, open_desk: OpenDesk
) -> None:
    second.load("waiting", pace_seconds=600)
    job_id = second.world.job_id
    failing = [item for item in second.world.item_bodies(job_id) if item["status"] == "pending"][2]

    async def journey() -> None:
        tray = FakeTray()
        companies = (company("Acme", sandbox.url), company("Beta", second.url))
        async with open_desk(None, companies=companies, watching=OFTEN, tray=tray) as desk:
            desk.controller.composition.settings.preferences.change(use_tray=True)
            await desk.read()
            await until(lambda: "Beta: 1 item failed" in notices(desk))
            desk.controller.desktop_integration.bell.click()
            for bar in list(desk.controller.desktop_integration.bell.panel.stack.bars().values()):
                await press(bar, "messageClose")
            assert notices(desk) == []
            act = {"act": "settle", "job_id": job_id, "item_ids": [failing["accountingEntryId"]], "status": "failed"}
            second.act(act)
            await until(lambda: notices(desk))
            assert notices(desk) == ["Beta: 1 item failed"]
            # Somebody looks at the window, so that nothing appears on the desktop.
            assert tray.told == []
            desk.controller.desktop_integration.bell.click()
            (bar,) = desk.controller.desktop_integration.bell.panel.stack.bars().values()
            await press(bar, "message-action-show")
            await until(lambda: desk.items.title.text().startswith("Beta") and desk.view.items.is_at_rest)
            (chosen,) = [desk.items.model.record(key) for key in desk.items.table.selected_ids()]
            assert chosen is not None
            assert chosen.item.accounting_entry_id == failing["accountingEntryId"]
            assert notices(desk) == []

    run(journey())


def test_a_job_that_became_ready_is_told_once_even_after_the_next_start(
    run: Run, sandbox: RunningSandbox, second: RunningSandbox, open_desk: OpenDesk
) -> None:
    second.load("waiting", pace_seconds=600)
    job_id = second.world.job_id
    companies = (company("Acme", sandbox.url), company("Beta", second.url))

    async def told(desk: Desk, tray: FakeTray) -> None:
        desk.controller.composition.settings.preferences.change(use_tray=True, notify_ready=True, notify_failures=False)
        await desk.read()
        desk.window.hide()
        second.act({"act": "settle", "job_id": job_id})
        await until(lambda: tray.told)

    async def journey() -> None:
        tray = FakeTray()
        async with open_desk(None, companies=companies, watching=OFTEN, tray=tray) as desk:
            await told(desk, tray)
            assert [title for title, _ in tray.told] == ["Beta: ready to complete"]
            assert tray.badge[0] == 2
            rounds = places(second)["list_jobs"]
            await until(lambda: places(second)["list_jobs"] > rounds + 2)
            assert len(tray.told) == 1
            tray.message_clicked.emit()
            await until(lambda: desk.items.title.text().startswith("Beta"))
            assert desk.window.isVisible()
        again = FakeTray()
        async with open_desk(None, companies=companies, watching=OFTEN, tray=again) as desk:
            await desk.read()
            rounds = places(second)["list_jobs"]
            await until(lambda: places(second)["list_jobs"] > rounds + 3)
            assert again.told == []
            assert "Beta: ready to complete" not in notices(desk)

    run(journey())


def places(sandbox: RunningSandbox) -> dict[str, int]:
    found: Any = sandbox.received()["places"]
    return found


def test_a_deadline_is_told_in_the_row_on_the_badge_and_by_a_notice(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("expiring")

    async def journey() -> None:
        tray = FakeTray()
        async with open_desk(sandbox.url, watching=CALM, tray=tray) as desk:
            await desk.read()
            await until(lambda: notices(desk))
            (title,) = notices(desk)
            assert title.startswith("Acme: ")
            assert title.endswith("min left")
            assert desk.jobs.model.rows()[0].is_urgent
            count, words, hurries = tray.badge
            assert (count, hurries) == (1, True)
            assert words.startswith("Signoff: 1 job needs someone, the next has")

    run(journey())


def test_somebody_elses_end_is_told_where_it_is_wished_and_ones_own_is_not(
    run: Run, sandbox: RunningSandbox, second: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("all successful")
    job_id = second.world.job_id

    async def journey() -> None:
        companies = (company("Acme", sandbox.url), company("Beta", second.url))
        async with open_desk(None, companies=companies, watching=OFTEN) as desk:
            desk.controller.composition.settings.preferences.change(notify_ended=True, notify_failures=False)
            await desk.read()
            await until(lambda: sorted(listed(desk)) == ["Acme", "Beta"])
            desk.jobs.list.setCurrentIndex(desk.jobs.model.index(listed(desk).index("Acme")))
            await until(lambda: desk.items.title.text().startswith("Acme"))
            await desk.open_preview()
            await desk.send()
            await desk.close_dialog()
            second.act({"act": "event", "body": {"event": "completed_with_errors", "jobId": job_id}})
            await until(lambda: notices(desk))
            assert notices(desk) == ["Beta: somebody else ended the job: completed with errors"]

    run(journey())


def test_offline_nothing_can_be_sent_and_it_comes_back_by_itself(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("all successful")

    async def journey() -> None:
        with WireFaults(sandbox.url) as wire:
            async with open_desk(wire.url, watching=OFTEN) as desk:
                await desk.read()
                dialog = await desk.open_preview()
                await until(dialog.send.isEnabled)
                dialog.cancel.click()
                wire.close_door()
                await until(lambda: not desk.gate.action.is_ready())
                assert "Nothing can be sent" in desk.gate.forbidden.text()
                assert desk.gate.forbidden.isVisible()
                assert not desk.window.actions_by_name.act.isEnabled()
                await until(lambda: desk.jobs.model.rows()[0].note.startswith("Old: as read"))
                assert desk.items.model.rowCount() == 18
                wire.open_door()
                await until(desk.gate.action.is_ready)
                await until(lambda: not desk.jobs.troubles.isVisible())
                assert not desk.gate.forbidden.isVisible()
        assert final_events(sandbox) == []

    run(journey())


def test_a_start_without_a_network_shows_the_last_snapshot_as_old_and_sends_nothing(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("all successful")

    async def journey() -> None:
        with WireFaults(sandbox.url) as wire:
            async with open_desk(wire.url, watching=CALM) as desk:
                await desk.read()
                await at_rest(desk.view.review)
            wire.close_door()
            async with open_desk(wire.url, watching=CALM) as desk:
                await until(lambda: desk.controller.view and desk.view.items.snapshot)
                await until(desk.items.messages.isVisible)
                assert desk.items.model.rowCount() == 18
                assert desk.items.messages.title().startswith("Old: this is the job as read at")
                assert "old: read" in desk.items.subtitle.text()
                assert desk.jobs.model.rows()[0].note.startswith("Old: as read")
                assert desk.jobs.stamp.text().startswith("Old: read")
                assert not desk.gate.action.is_ready()
                desk.view.completion.act()
                assert desk.view.completion.dialog is None
                assert any(row.supplier for row in desk.items.model.rows())
                wire.open_door()
                desk.press_key(Qt.Key.Key_F5)
                await until(desk.gate.action.is_ready)
                await until(lambda: not desk.jobs.model.rows()[0].note.startswith("Old"))
        assert final_events(sandbox) == []

    run(journey())


def test_a_preview_that_is_open_when_the_network_goes_cannot_be_sent(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("all successful")

    async def journey() -> None:
        machine = FakeMachine()
        elsewhere = company("Acme", sandbox.url.replace("127.0.0.1", "localhost"))
        async with open_desk(None, companies=(elsewhere,), watching=CALM, machine=machine) as desk:
            await desk.read()
            dialog = await desk.open_preview()
            desk.view.completion.forbid("Offline: nothing can be sent until the network is back.")
            assert not dialog.send.isEnabled()
            assert dialog.forbidden.isVisible()
            desk.view.completion.forbid("")
            assert dialog.send.isEnabled()
            await desk.close_dialog()

    run(journey())


def test_closing_to_the_tray_is_asked_once_and_quitting_ends_the_program(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        tray = FakeTray()
        async with open_desk(sandbox.url, watching=CALM, tray=tray) as desk:
            desk.controller.composition.settings.preferences.change(use_tray=True)
            await desk.read()
            desk.window.close()
            await until(lambda: desk.window.findChild(QDialog, "question"))
            await press(desk.window, "questionAction")
            await until(lambda: not desk.window.isVisible())
            assert desk.controller.composition.settings.preferences.now.close_to_tray is True
            tray.raise_requested.emit()
            assert desk.window.isVisible()
            desk.window.close()
            await until(lambda: not desk.window.isVisible())
            assert desk.window.findChild(QDialog, "question") is None
            tray.quit_requested.emit()

    run(journey())


def test_without_a_tray_closing_ends_the_program_unasked(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            desk.controller.composition.settings.preferences.change(use_tray=True)
            await desk.read()
            desk.window.close()

    run(journey())


def test_the_gate_says_where_an_older_job_of_the_company_comes_first(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk
) -> None:
    sandbox.load("everyday")

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            rows = {row.note.endswith("job first"): row for row in desk.jobs.model.rows()}
            for is_later in (True, False, True):
                desk.controller.manager.jobs.choice.choose(rows[is_later].key)
                await until(lambda: desk.items.model.rowCount() > 0)
                assert desk.gate.advice.isVisible() is is_later
            assert desk.gate.advice.text().startswith("An older job of this company, of ")

    run(journey())
