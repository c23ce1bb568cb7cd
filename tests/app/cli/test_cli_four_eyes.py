"""On the command line too, who reported outcomes by hand does not complete the job alone."""

import asyncio
import json
from functools import partial

import pytest
from fakes.builders import NINE
from fakes.sandbox import final_events

import app.cli.commands
from app.assembly import SignIn, Switchboard, Tuning
from app.cli.arguments import parsed
from app.completion.patience import Patience
from app.models.item_outcome import ItemOutcome
from app.models.words import EntryId, Item, JobId
from app.pleo.connection import Credential
from app.pleo.retrying import ReadPatience
from app.resolution.drafts import MARK_SUCCESSFUL, Draft
from app.sandbox import scenario_names
from app.sandbox.running import RunningSandbox
from app.settings.connections import Connection, ConnectionId, Environment
from app.settings.credentials import SessionCredentials

QUICK = Tuning(reads=ReadPatience(attempts=1), completion=Patience(reads=(0, 0.01), between_sends=0.01))


@pytest.fixture
def sandbox():
    with RunningSandbox("mixed") as running:
        yield running


@pytest.fixture
def switchboard(sandbox, tmp_path):
    board = Switchboard(folder=tmp_path / "data", credentials=SessionCredentials(), environment={}, tuning=QUICK)
    acme = Connection(
        id=ConnectionId("acme"), name="Acme", environment=Environment.OTHER, base_url=sandbox.url, four_eyes=True
    )
    board.save(acme, "a-key")
    return board


@pytest.fixture
def signoff(switchboard, monkeypatch, capsys):
    monkeypatch.setattr(app.cli.commands, "Switchboard", lambda: switchboard)

    def said(*words: str) -> tuple[int, str, str]:
        code = app.cli.commands.run(parsed(words, scenario_names))
        return code, *capsys.readouterr()

    return said


def report_by_hand(switchboard: Switchboard, sandbox: RunningSandbox, person: str) -> None:
    """Settles every open item as posted."""
    job_id = JobId(sandbox.world.job_id)
    (acme,) = switchboard.connections()
    is_open = partial(filter, lambda item: item["status"] in (Item.PENDING, Item.IN_PROGRESS))
    ids = [EntryId(str(item["accountingEntryId"])) for item in is_open(sandbox.world.item_bodies(job_id))]
    drafts = [Draft(ItemOutcome(entry, Item.SUCCESSFUL), person, NINE, "Seen in the ledger") for entry in ids]

    async def work() -> None:
        services = await switchboard.open(SignIn(acme, Credential("a-key")))
        await services.drafts.put(job_id, drafts, MARK_SUCCESSFUL)
        await services.drafts.send(await services.completion.read(job_id), drafts, lambda *_: None)
        await services.close()

    asyncio.run(work())


def test_a_second_name_is_asked_for_compared_and_written_down(switchboard, sandbox, signoff):
    report_by_hand(switchboard, sandbox, "Ann Berg")
    complete = ("complete", sandbox.world.job_id, "--yes")
    code, out, err = signoff(*complete, "--json")
    assert (code, json.loads(out)["outcome"]) == (3, "not_ready")
    assert "by hand by Ann Berg" in err
    code, _, err = signoff(*complete, "--confirmed-by", "ann berg")
    assert code == 3
    assert "Somebody else has to confirm it" in err
    assert final_events(sandbox) == []
    code, _, err = signoff(*complete, "--confirmed-by", "Bo Dahl")
    assert code == 0
    assert len(final_events(sandbox)) == 1
    rows = asyncio.run(switchboard.journal.intentions(sandbox.world.job_id))
    event = json.loads(rows[-1].content)
    assert (event["drafted_by"], event["confirmed_by"]) == (["Ann Berg"], "Bo Dahl")
    switchboard.journal.close()


def test_a_job_that_nobody_touched_by_hand_needs_no_name(switchboard, sandbox, signoff):
    sandbox.load("some failed")
    code, _, _ = signoff("complete", sandbox.world.job_id, "--yes")
    assert code == 0
    switchboard.journal.close()
