"""What time does to a job: expiry, and outcomes that come in while one watches."""

from collections import Counter


def test_a_job_expires_an_hour_after_its_last_update(pleo_with):
    pleo = pleo_with("mixed")
    pleo.world.advance(45 * 60)
    assert pleo.job()["status"] == "in_progress"
    pleo.world.advance(1)
    job = pleo.job()
    assert (job["status"], job["failureReasonType"]) == ("failed", "job_expired")
    assert job["expiredAt"] == "2026-11-20T12:45:00.000Z"
    assert job["completedAt"] is None
    assert Counter(pleo.statuses()) == {"successful": 36, "failed": 3, "abandoned": 3}


def test_a_pending_job_expires_from_its_creation(pleo_with):
    pleo = pleo_with("pending")
    pleo.world.advance(48 * 60 + 1)
    assert pleo.job()["failureReasonType"] == "job_expired"


def test_every_write_moves_the_deadline(pleo_with):
    pleo = pleo_with("expiring")
    pleo.world.advance(3 * 60)
    pleo.update({"accountingEntryId": pleo.entry_with("pending"), "status": "successful"})
    pleo.world.advance(59 * 60)
    assert pleo.job()["status"] == "in_progress"


def test_an_expired_job_refuses_the_final_event(pleo_with):
    pleo = pleo_with("all successful")
    pleo.world.advance(3600)
    status, body = pleo.send("completed")
    assert (status, body["type"]) == (422, "INVALID_EXPORT_JOB_STATUS_CHANGE")


def test_a_job_can_be_made_to_expire_now(pleo_with):
    pleo = pleo_with("mixed")
    pleo.act("expire", job_id=pleo.job_id)
    assert pleo.job()["expiredAt"] == "2026-11-20T12:00:00.000Z"
    assert pleo.act("expire", job_id=pleo.job_id)["applied"] is False


def test_a_waiting_job_stands_still_until_its_items_are_read(pleo_with):
    pleo = pleo_with("waiting")
    pleo.world.advance(600)
    pleo.job()
    assert Counter(pleo.statuses()) == {"successful": 7, "failed": 1, "pending": 4}


def test_a_waiting_job_settles_one_item_at_each_pace_and_the_last_one_fails(pleo_with):
    pleo = pleo_with("waiting", pace_seconds=10)
    still_open = [Counter(item["status"] for item in pleo.items())["pending"]]
    for _ in range(4):
        pleo.world.advance(10)
        still_open.append(Counter(item["status"] for item in pleo.items())["pending"])
    assert still_open == [4, 3, 2, 1, 0]
    last = pleo.items()[-1]
    assert (last["status"], last["failureReasonType"]) == ("failed", "vendor_unknown")
    assert pleo.job()["lastUpdatedAt"] == "2026-11-20T12:00:40.000Z"


def test_a_waiting_job_leaves_alone_what_somebody_else_settled(pleo_with):
    pleo = pleo_with("waiting", pace_seconds=1)
    last = pleo.items()[-1]["accountingEntryId"]
    pleo.update({"accountingEntryId": last, "status": "successful", "externalId": "JE-7"})
    pleo.world.advance(60)
    assert pleo.items()[-1]["externalId"] == "JE-7"


def test_nothing_unfolds_after_the_end(pleo_with):
    pleo = pleo_with("waiting", pace_seconds=1)
    pleo.items()
    pleo.send("failed", failureReason="Given up", failureReasonType="validation_failure")
    pleo.world.advance(60)
    assert Counter(pleo.statuses()) == {"successful": 7, "failed": 1, "abandoned": 4}


def test_another_actor_settles_open_items(pleo_with):
    pleo = pleo_with("mixed")
    one = pleo.entry_with("pending")
    pleo.act("settle", job_id=pleo.job_id, item_ids=[one], status="failed", failureReason="No", failureReasonType="x")
    shown = next(item for item in pleo.items() if item["accountingEntryId"] == one)
    assert (shown["status"], shown["failureReason"], shown["failureReasonType"]) == ("failed", "No", "x")
    assert len(pleo.act("settle", job_id=pleo.job_id)["item_ids"]) == 2
    assert Counter(pleo.statuses()) == {"successful": 38, "failed": 4}


def test_another_actor_can_take_an_outcome_back(pleo_with):
    pleo = pleo_with("all successful")
    pleo.act("settle", job_id=pleo.job_id, item_ids=[pleo.entry_with("successful")], status="pending")
    assert Counter(pleo.statuses()) == {"successful": 17, "pending": 1}


def test_a_job_can_claim_more_items_than_it_has(pleo_with):
    pleo = pleo_with("mixed")
    pleo.act("declare", job_id=pleo.job_id, number_of_items=43)
    assert (pleo.job()["numberOfItems"], len(pleo.items())) == (43, 42)
