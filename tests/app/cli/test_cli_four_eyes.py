"""On the command line too, who reported outcomes by hand does not complete the job alone."""

import asyncio
import json
from dataclasses import replace
from functools import partial

import pytest
from fakes.builders import NINE
from fakes.running_sandbox import RunningSandbox
from fakes.sandbox import final_events

import app.cli.run
from app.cli.arguments import parsed
from app.completion.patience import Patience
from app.composition.compose import Composition, compose
from app.composition.services import Tuning
from app.composition.sign_in import SignIn
from app.models.draft import Draft
from app.models.item_outcome import ItemOutcome
from app.models.vocabulary import EntryId, Item, JobId
from app.outcomes.drafts import MARK_POSTED
from app.pleo.connection import Credential
from app.pleo.retrying import ReadPatience
from app.sandbox import scenario_names
from app.settings.company_guard import remembering
from app.settings.connections import Connection, ConnectionId
from app.settings.credentials import SessionCredentials
from app.settings.failure_wordings import OwnWordings, WordingsFile

QUICK = Tuning(reads=ReadPatience(attempts=1), completion=Patience(reads=(0, 0.01), between_sends=0.01))


@pytest.fixture
def sandbox():
    with RunningSandbox("mixed") as running:
        yield running


@pytest.fixture
def composition(sandbox, tmp_path):
    composition = compose(folder=tmp_path / "data", credentials=SessionCredentials(), environment={}, tuning=QUICK)
    acme = Connection(id=ConnectionId("acme"), name="Acme", base_url=sandbox.url, four_eyes=True)
    composition.settings.save(acme, "a-key")
    return composition


@pytest.fixture
def signoff(composition, monkeypatch, capsys):
    monkeypatch.setattr(app.cli.run, "compose", lambda: composition)

    def said(*words: str) -> tuple[int, str, str]:
        code = app.cli.run.run(parsed(words, scenario_names))
        return code, *capsys.readouterr()

    return said


def report_by_hand(composition: Composition, sandbox: RunningSandbox, person: str) -> None:
    """Settles every open item as posted."""
    job_id = JobId(sandbox.world.job_id)
    (acme,) = composition.settings.connections()
    is_open = partial(filter, lambda item: item["status"] in (Item.PENDING, Item.IN_PROGRESS))
    ids = [EntryId(str(item["accountingEntryId"])) for item in is_open(sandbox.world.item_bodies(job_id))]
    drafts = [Draft(ItemOutcome(entry, Item.SUCCESSFUL), person, NINE, "Seen in the ledger") for entry in ids]

    async def work() -> None:
        services = await composition.services.open(SignIn(acme, Credential("a-key")))
        await services.drafts.put(job_id, drafts, MARK_POSTED)
        await services.drafts.send(await services.completion.read(job_id), drafts, lambda *_: None)
        await services.close()

    asyncio.run(work())


def test_a_second_name_is_asked_for_compared_and_written_down(composition, sandbox, signoff):
    report_by_hand(composition, sandbox, "Ann Berg")
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
    rows = asyncio.run(composition.journal.intentions(sandbox.world.job_id))
    event = json.loads(rows[-1].content)
    assert (event["drafted_by"], event["confirmed_by"]) == (["Ann Berg"], "Bo Dahl")
    composition.journal.close()


def test_a_job_that_nobody_touched_by_hand_needs_no_name(composition, sandbox, signoff):
    sandbox.load("some failed")
    code, _, _ = signoff("complete", sandbox.world.job_id, "--yes")
    assert code == 0
    composition.journal.close()


@pytest.fixture
def a_list(sandbox, tmp_path):
    """All open items as posted."""
    items = sandbox.world.item_bodies(JobId(sandbox.world.job_id))
    ids = [item["accountingEntryId"] for item in items if item["status"] in (Item.PENDING, Item.IN_PROGRESS)]
    path = tmp_path / "list.csv"
    path.write_text("\n".join(["Entry id;Status;Voucher", *(f"{each};posted;V-{each[:8]}" for each in ids)]))
    return str(path)


def names_that_drafted(composition: Composition, sandbox: RunningSandbox) -> list[str]:
    rows = asyncio.run(composition.journal.intentions(sandbox.world.job_id))
    composition.journal.close()
    return [said["by"] for row in rows for said in json.loads(row.content)["drafted"]]


@pytest.mark.parametrize("by", [(), ("--by", "\u200b")])
def test_a_list_is_not_sent_without_the_name_of_who_reports_it(composition, sandbox, signoff, a_list, by):
    WordingsFile(composition.settings.folder, ConnectionId("acme")).write(OwnWordings(person="Somebody Else"))
    code, out, err = signoff("resolve", sandbox.world.job_id, "--from", a_list, "--yes", *by)
    assert (code, out) == (2, "")
    assert "Add --by with your name" in err
    assert sandbox.received()["item_updates"] == []


def test_what_a_list_would_do_is_shown_without_a_name(sandbox, signoff, a_list):
    assert signoff("resolve", sandbox.world.job_id, "--from", a_list)[0] == 0


def test_who_reports_a_list_cannot_confirm_it(composition, sandbox, signoff, a_list):
    assert signoff("resolve", sandbox.world.job_id, "--from", a_list, "--yes", "--by", "Ann Müller")[0] == 0
    complete = ("complete", sandbox.world.job_id, "--yes", "--confirmed-by")
    code, _, err = signoff(*complete, "ann müller")
    assert code == 3
    assert "Somebody else has to confirm it" in err
    assert final_events(sandbox) == []
    assert signoff(*complete, "Bo Dahl")[0] == 0
    composition.journal.close()


@pytest.mark.parametrize(
    ("said", "stored", "by"),
    [(("--by", "Bo Dahl"), "Ann Müller", "Bo Dahl"), ((), "Ann Müller", "Ann Müller"), ((), "", "login")],
)
def test_with_one_pair_of_eyes_it_is_the_name_given_or_the_last_one_or_the_login(
    composition, sandbox, signoff, a_list, monkeypatch, said, stored, by
):
    monkeypatch.setenv("LOGNAME", "login")
    (acme,) = composition.settings.connections()
    composition.settings.save(replace(acme, four_eyes=False), "")
    WordingsFile(composition.settings.folder, acme.id).write(OwnWordings(person=stored))
    assert signoff("resolve", sandbox.world.job_id, "--from", a_list, "--yes", *said)[0] == 0
    assert names_that_drafted(composition, sandbox) == [by]


def test_an_organisations_key_is_good_for_the_job_over_its_other_connections_too_so_they_ask_as_well(
    composition, sandbox, signoff
):
    report_by_hand(composition, sandbox, "Ann Berg")
    (acme,) = composition.settings.connections()
    company = sandbox.world.job_body(sandbox.world.job_id)["companyId"]
    beta = replace(acme, id=ConnectionId("beta"), name="Beta", company_id=company, four_eyes=False)
    for connection in (replace(acme, company_id=company), beta):
        found = asyncio.run(composition.access.test(connection, "organisation-key"))
        composition.settings.save(remembering(connection, found), "organisation-key")
    code, _, err = signoff("complete", sandbox.world.job_id, "--yes", "--connection", "Beta")
    assert code == 3
    assert "by hand by Ann Berg" in err
    assert final_events(sandbox) == []
    composition.journal.close()


def test_a_job_of_another_company_is_not_completed_although_the_organisations_key_can(composition, sandbox, signoff):
    (acme,) = composition.settings.connections()
    composition.settings.save(replace(acme, company_id="beta"), "organisation-key")
    code, _, err = signoff("complete", sandbox.world.job_id, "--yes")
    assert code == 6
    assert "about something else than what was asked for" in err
    assert final_events(sandbox) == []


def untick(composition: Composition, acme: Connection) -> None:
    composition.settings.save(replace(acme, four_eyes=False), "")


def add_anew(composition: Composition, acme: Connection) -> None:
    composition.settings.remove(acme)
    composition.settings.save(Connection(name="Another name", base_url=acme.base_url), "a-key")


def add_anew_by_another_name_of_this_machine(composition: Composition, acme: Connection) -> None:
    composition.settings.remove(acme)
    localhost = acme.base_url.replace("127.0.0.1", "localhost")
    composition.settings.save(Connection(name="Another name", base_url=localhost), "a-key")


@pytest.mark.parametrize("change", [untick, add_anew, add_anew_by_another_name_of_this_machine])
def test_four_eyes_hold_to_the_jobs_end_whatever_becomes_of_the_connection(composition, sandbox, signoff, change):
    report_by_hand(composition, sandbox, "Ann Berg")
    (acme,) = composition.settings.connections()
    change(composition, acme)
    complete = ("complete", sandbox.world.job_id, "--yes")
    for said in ((), ("--confirmed-by", "Ann Berg"), ("--confirmed-by", "\u0410nn Berg")):
        code, _, err = signoff(*complete, *said)
        assert (code, final_events(sandbox)) == (3, [])
        assert "by hand by Ann Berg" in err
    assert signoff(*complete, "--confirmed-by", "Bo Dahl")[0] == 0
    rows = asyncio.run(composition.journal.intentions(sandbox.world.job_id))
    event = json.loads(rows[-1].content)
    assert (event["four_eyes"], event["drafted_by"], event["confirmed_by"]) == (True, ["Ann Berg"], "Bo Dahl")
    composition.journal.close()


def test_who_reports_a_later_list_gives_a_name_though_it_was_unticked(composition, sandbox, signoff, a_list):
    items = [item for item in sandbox.world.item_bodies(JobId(sandbox.world.job_id)) if item["status"] == Item.PENDING]
    assert len(items) > 1
    assert signoff("resolve", sandbox.world.job_id, "--from", a_list, "--yes", "--by", "Ann Berg")[0] == 0
    (acme,) = composition.settings.connections()
    untick(composition, acme)
    code, _, err = signoff("resolve", sandbox.world.job_id, "--from", a_list, "--yes")
    assert code == 2
    assert "Add --by with your name" in err
    composition.journal.close()


def test_without_four_eyes_the_row_of_the_event_names_who_drafted_all_the_same(composition, sandbox, signoff):
    (acme,) = composition.settings.connections()
    untick(composition, acme)
    report_by_hand(composition, sandbox, "Ann Berg")
    assert signoff("complete", sandbox.world.job_id, "--yes")[0] == 0
    rows = [json.loads(row.content) for row in asyncio.run(composition.journal.intentions(sandbox.world.job_id))]
    assert [row["four_eyes"] for row in rows] == [False] * len(rows)
    assert rows[-1]["drafted_by"] == ["Ann Berg"]
    composition.journal.close()
