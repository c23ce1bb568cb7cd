"""Faults of the application: what is answered, and what becomes true."""

import pytest

from app.sandbox.faults import Fault, read_fault


def is_applied(pleo):
    return pleo.world.received()["events"][0]["applied"]


def test_an_answer_without_an_effect(pleo_with):
    pleo = pleo_with("all successful")
    pleo.world.arm(Fault("final_event", status=503, body='{"type":"BUSY"}', headers={"Retry-After": "2"}))
    assert pleo.send("completed") == (503, '{"type":"BUSY"}')
    assert pleo.headers == {"Retry-After": "2", "content-type": "application/json;charset=UTF-8"}
    assert pleo.job()["status"] == "in_progress"
    assert pleo.send("completed")[0] == 202


def test_an_effect_behind_a_bad_answer(pleo_with):
    pleo = pleo_with("all successful")
    pleo.world.arm(Fault("final_event", status=500, effect="applied"))
    assert pleo.send("completed") == (500, None)
    assert pleo.job()["status"] == "completed"
    assert is_applied(pleo)


def test_accepted_but_never_applied(pleo_with):
    pleo = pleo_with("all successful")
    pleo.world.arm(Fault("final_event"))
    assert pleo.send("completed") == (202, None)
    pleo.world.advance(60)
    assert (pleo.job()["status"], is_applied(pleo)) == ("in_progress", False)


def test_accepted_and_applied_after_a_while(pleo_with):
    pleo = pleo_with("all successful")
    pleo.world.arm(Fault("final_event", effect="later", effect_after_seconds=3))
    assert pleo.send("completed") == (202, None)
    pleo.world.advance(2)
    assert (pleo.job()["status"], is_applied(pleo)) == ("in_progress", False)
    pleo.world.advance(1)
    assert (pleo.job()["status"], is_applied(pleo)) == ("completed", True)
    assert pleo.world.received()["final_events_applied"] == {pleo.job_id: 1}


def test_a_late_effect_comes_too_late_when_somebody_else_was_faster(pleo_with):
    pleo = pleo_with("all successful")
    pleo.world.arm(Fault("final_event", effect="later", effect_after_seconds=3))
    pleo.send("completed")
    pleo.act("expire", job_id=pleo.job_id)
    pleo.world.advance(3)
    assert (pleo.job()["status"], is_applied(pleo)) == ("failed", False)


def test_somebody_else_gets_in_just_before(pleo_with):
    pleo = pleo_with("all successful")
    body = {"event": "failed", "jobId": pleo.job_id, "failureReason": "x", "failureReasonType": "canceled_by_user"}
    pleo.world.arm(Fault("final_event", effect="applied", first={"act": "event", "body": body}))
    status, answer = pleo.send("completed")
    assert (status, answer["type"]) == (422, "INVALID_EXPORT_JOB_STATUS_CHANGE")
    assert pleo.job()["failureReasonType"] == "canceled_by_user"


def test_an_item_update_can_be_accepted_and_forgotten(pleo_with):
    pleo = pleo_with("mixed")
    entry = pleo.entry_with("pending")
    pleo.world.arm(Fault("item_update"))
    status, body = pleo.update({"accountingEntryId": entry, "status": "successful"})
    assert (status, body["data"][0]["status"]) == (200, "successful")
    assert pleo.entry_with("pending") == entry
    assert pleo.world.received()["item_updates"][0]["applied"] == []


def test_a_held_back_answer_says_for_how_long(pleo_with):
    pleo = pleo_with("mixed")
    pleo.world.arm(Fault("read_job", answer_after_seconds=7))
    pleo.job()
    assert pleo.held_back_seconds == 7
    pleo.job()
    assert pleo.held_back_seconds == 0


def test_a_page_of_html_in_place_of_json(pleo_with):
    pleo = pleo_with("mixed")
    pleo.world.arm(Fault("list_jobs", status=502, body="<html>Bad gateway", headers={"Content-Type": "text/html"}))
    assert pleo.call("list_jobs") == (502, "<html>Bad gateway")
    assert pleo.headers == {"Content-Type": "text/html"}


def test_a_fault_waits_for_its_place_its_job_and_its_number_of_requests(pleo_with):
    pleo = pleo_with("everyday")
    first, second = list(pleo.world.jobs)[:2]
    pleo.world.arm(Fault("read_job", status=500, times=2, job_id=second))
    answers = [pleo.call("read_job", path_job_id=job)[0] for job in (first, second, second, second)]
    assert answers == [200, 500, 500, 200]


def test_started_and_final_events_are_places_of_their_own(pleo_with):
    pleo = pleo_with("pending")
    pleo.world.arm(Fault("final_event", status=500))
    assert pleo.send("started")[0] == 202
    assert pleo.send("completed")[0] == 500


def test_disarmed_faults_do_nothing(pleo_with):
    pleo = pleo_with("mixed")
    pleo.world.arm(Fault("list_jobs", status=500, times=9))
    pleo.world.disarm()
    assert pleo.call("list_jobs")[0] == 200


def test_a_fault_can_be_read_from_json():
    value = {"place": "start", "status": 429, "headers": {"Retry-After": "1"}, "times": 3}
    assert read_fault(value) == Fault("start", status=429, headers={"Retry-After": "1"}, times=3)


@pytest.mark.parametrize(
    "value",
    [
        [],
        {},
        {"place": "nowhere"},
        {"place": "start", "effect": "maybe"},
        {"place": "start", "status": 99},
        {"place": "start", "times": 0},
        {"place": "start", "times": "often"},
        {"place": "start", "colour": "red"},
    ],
)
def test_what_is_no_fault_is_refused(value):
    with pytest.raises(ValueError, match=r"."):
        read_fault(value)


@pytest.mark.parametrize(
    "act",
    [{}, {"act": "dance"}, {"act": "expire"}, {"act": "advance", "seconds": "x"}, {"act": "load", "scenario": "?"}],
)
def test_what_is_no_act_is_refused_and_changes_nothing(pleo_with, act):
    pleo = pleo_with("mixed")
    before = pleo.job()
    with pytest.raises(ValueError, match=r"."):
        pleo.act(act.get("act"), **{name: value for name, value in act.items() if name != "act"})
    assert pleo.job() == before


def test_loading_a_scenario_begins_anew(pleo_with):
    pleo = pleo_with("all successful")
    pleo.world.arm(Fault("list_jobs", status=500))
    pleo.send("completed")
    pleo.world.advance(500)
    pleo.act("load", scenario="mixed")
    assert pleo.call("list_jobs")[1]["data"][0]["createdAt"] == "2026-11-20T10:46:00.000Z"
    assert pleo.world.received() == {
        "requests": 1,
        "places": {"list_jobs": 1},
        "events": [],
        "item_updates": [],
        "final_events_applied": {},
    }
