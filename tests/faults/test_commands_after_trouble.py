"""`signoff complete` and `signoff start` after a run that ended in trouble: what they send, say and exit with."""

import json

import pytest
from fakes.running_sandbox import RunningSandbox
from fakes.sign_ins import sign_in_to
from fakes.wire_faults import WireFault, WireFaults

from app.cli.arguments import parsed
from app.cli.commands import execute
from app.cli.run import run
from app.completion.patience import Patience
from app.composition.compose import compose
from app.composition.services import Tuning
from app.sandbox.faults import Fault
from app.settings.credentials import SessionCredentials


class Terminal:
    """Commands on one data folder, against one sandbox."""

    def __init__(self, sandbox: RunningSandbox, capsys, monkeypatch) -> None:
        self.sandbox, self._capsys, self.monkeypatch = sandbox, capsys, monkeypatch
        self.document, self.said = {}, ""

    def type(self, *words: str) -> int:
        self._capsys.readouterr()
        code = run(parsed([words[0], self.sandbox.world.job_id, *words[1:], "--yes", "--json"], tuple))
        out, self.said = self._capsys.readouterr()
        self.document = json.loads(out) if out else {}
        return code

    @property
    def posted(self) -> int:
        return len(self.sandbox.received()["events"])

    def reads_fail(self, *places: str) -> None:
        for place in places:
            self.sandbox.arm(Fault(place, status=404, times=1000))


@pytest.fixture
def at(monkeypatch, capsys):
    with RunningSandbox("some failed") as sandbox:
        monkeypatch.setenv("SIGNOFF_BASE_URL", sandbox.url)
        monkeypatch.setenv("SIGNOFF_API_KEY", "a-key")
        monkeypatch.setenv("SIGNOFF_PATIENCE", "0.2")
        yield Terminal(sandbox, capsys, monkeypatch)


def test_an_accepted_event_that_does_not_show_is_not_sent_by_the_next_run_either(at):
    at.sandbox.arm(Fault("final_event"))
    assert at.type("complete") == 5
    assert at.type("complete") == 5
    assert at.document["outcome"] == "unknown"
    assert "An earlier run sent an event for this job" in at.said
    assert at.posted == 1


def test_an_event_that_shows_later_is_confirmed_by_the_next_run(at):
    at.sandbox.arm(Fault("final_event", effect="later", effect_after_seconds=60))
    assert at.type("complete") == 5
    at.sandbox.world.advance(60)
    assert at.type("complete") == 0
    assert at.document["outcome"] == "confirmed"
    assert at.posted == 1


def test_an_event_that_was_lost_on_the_way_is_not_sent_by_the_next_run_before_the_wait_is_over(at, monkeypatch):
    at.sandbox.arm(Fault("final_event", status=503, headers={"Retry-After": "0"}))
    assert at.type("complete") == 5
    assert at.document["server"] == {"status": 503, "type": None, "message": None}
    assert at.type("complete") == 5
    assert at.document["outcome"] == "unknown"
    assert at.posted == 1
    monkeypatch.setenv("SIGNOFF_SETTLE_SECONDS", "0")
    assert at.type("complete") == 0
    assert at.posted == 2


def test_a_job_that_is_behind_what_was_seen_before_is_not_ready(at):
    with WireFaults(at.sandbox.url) as wire:
        at.monkeypatch.setenv("SIGNOFF_BASE_URL", wire.url)
        assert at.type("complete") == 0
        wire.arm(WireFault("read_job", "old", times=9))
        assert at.type("complete") == 3
    assert at.document["outcome"] == "not_ready"
    assert "older_state" in [blocker["code"] for blocker in at.document["blockers"]]
    assert "Pleo shows an older state than at" in at.document["blockers"][0]["message"]
    assert at.posted == 1


def test_items_that_turned_before_the_event_arrived_are_told(at):
    items = at.sandbox.world.item_bodies(at.sandbox.world.job_id)
    failed = [item["accountingEntryId"] for item in items if item["status"] != "successful"]
    turned = {"act": "settle", "job_id": at.sandbox.world.job_id, "item_ids": failed, "status": "successful"}
    at.sandbox.arm(Fault("final_event", effect="applied", first=turned))
    assert at.type("complete") == 0
    assert (at.document["outcome"], at.document["items_imply"]) == ("confirmed", "completed")
    assert "but Pleo's items now imply 'completed'" in at.said


def test_what_stays_unknown_is_released_by_name_and_not_before_its_time(at):
    at.sandbox.arm(Fault("final_event"))
    assert at.type("complete") == 5
    saw = ("--by", "Ann Holm", "--saw", "The job is in progress")
    assert at.type("release", *saw) == 3
    assert "It cannot be released before" in at.said
    assert at.posted == 1


async def test_a_release_tells_what_it_released_and_nothing_without_a_yes(at, tmp_path, capsys):
    at.sandbox.arm(Fault("final_event"))
    patience = Patience(reads=(0,), release_seconds=0)

    async def released(*yes: str) -> int:
        composition = compose(
            folder=tmp_path / "here", credentials=SessionCredentials(), tuning=Tuning(completion=patience)
        )
        services = await composition.services.open(sign_in_to(at.sandbox.url))
        words = ("release", at.sandbox.world.job_id, "--by", "Ann Holm", "--saw", "As it was", "--json", *yes)
        try:
            if not yes:
                preview = services.completion.preview(await services.completion.read(at.sandbox.world.job_id))
                await services.completion.submit(preview, lambda _: None)
            return await execute(services, parsed(words, tuple))
        finally:
            await services.close()
            composition.journal.close()

    assert await released() == 2
    assert "Nothing was released" in capsys.readouterr().err
    assert await released("--yes") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["events"] == [{"event": "completed_with_errors", "standing": "released"}]


def test_where_nothing_is_unknown_there_is_nothing_to_release(at):
    assert at.type("release", "--by", "Ann Holm", "--saw", "It is in progress") == 3
    assert "nothing to release" in at.said


def test_a_start_that_shows_later_is_not_taken_for_the_final_event(at):
    at.sandbox.load("pending")
    at.sandbox.arm(Fault("start", effect="later", effect_after_seconds=60))
    assert at.type("start") == 5
    at.sandbox.world.advance(60)
    assert at.type("complete") == 3
    assert at.document["job_status"] == "in_progress"
    assert at.document["outcome"] == "not_ready"
    assert at.type("start") == 3
    assert at.posted == 1


def test_what_became_of_an_event_is_told_although_the_items_cannot_be_read(at):
    at.sandbox.arm(Fault("final_event", effect="later", effect_after_seconds=60))
    at.type("complete")
    at.sandbox.world.advance(60)
    at.reads_fail("read_items")
    assert at.type("complete") == 0
    assert (at.document["outcome"], at.document["job_status"]) == ("confirmed", "completed_with_errors")


def test_a_job_that_cannot_be_read_after_an_unknown_event_is_still_unknown(at):
    at.sandbox.arm(Fault("final_event"))
    at.type("complete")
    at.reads_fail("read_items", "read_job")
    assert at.type("complete") == 5
    assert (at.document["outcome"], at.document["job_status"]) == ("unknown", None)


def test_after_a_confirmed_run_the_job_is_not_ready_and_nothing_is_sent(at):
    assert at.type("complete") == 0
    assert at.type("complete") == 3
    assert at.document["blockers"][0]["code"] == "job_finished"
    assert at.posted == 1


@pytest.mark.parametrize("wish", ["soon", "-1", "nan", "inf", "601"])
def test_a_patience_that_is_no_number_of_seconds_is_wrong_usage(at, monkeypatch, wish):
    monkeypatch.setenv("SIGNOFF_PATIENCE", wish)
    assert at.type("complete") == 2
    assert "SIGNOFF_PATIENCE" in at.said
    assert at.posted == 0


def test_bytes_that_are_no_text_are_wrong_usage(at):
    with pytest.raises(SystemExit, match="2"):
        at.type("complete", "--failure-reason", b"K\xf6ln".decode("utf-8", "surrogateescape"))
    assert at.posted == 0
