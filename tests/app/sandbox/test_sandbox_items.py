"""What changes an item, and what does not."""

import uuid

import pytest

FAILED = {"failureReason": "Konto 4980 saknas", "failureReasonType": "account_unknown"}


def row(entry, status="successful", **fields):
    return {"accountingEntryId": entry, "status": status, **fields}


def test_an_update_reports_the_outcome_of_an_item(pleo_with):
    pleo = pleo_with("mixed")
    entry = pleo.entry_with("pending")
    posted = {"externalId": "JE-1", "externalUrl": "https://books.example.com/1", "exportedAt": "2026-11-20T11:59:00Z"}
    status, body = pleo.update(row(entry, **posted))
    assert (status, body["errors"]) == (200, [])
    shown = next(item for item in pleo.items() if item["accountingEntryId"] == entry)
    assert body["data"] == [shown]
    assert shown == {
        **posted,
        "accountingEntryId": entry,
        "exportJobId": pleo.job_id,
        "status": "successful",
        "failureReason": None,
        "failureReasonType": None,
    }
    assert pleo.job()["lastUpdatedAt"] == "2026-11-20T12:00:00.000Z"


def test_a_failed_item_can_become_successful_while_the_job_runs(pleo_with):
    pleo = pleo_with("mixed")
    entry = pleo.entry_with("failed")
    body = pleo.update(row(entry))[1]
    assert [(each["status"], each["failureReason"]) for each in body["data"]] == [("successful", None)]


def test_a_finished_job_refuses_item_updates(pleo_with):
    pleo = pleo_with("completed")
    status, body = pleo.update(row(pleo.entry_with("successful")))
    assert (status, body["type"]) == (422, "EXPORT_JOB_STATUS_UNPROCESSABLE")


def test_at_most_a_hundred_items_are_updated_at_once(pleo_with):
    pleo = pleo_with("large", size=101)
    rows = [row(item["accountingEntryId"]) for item in pleo.world.item_bodies(pleo.job_id)]
    status, body = pleo.update(*rows)
    assert (status, body["type"]) == (413, "EXPORT_JOB_ITEMS_UPDATE_LIMIT")
    status, body = pleo.update(*rows[:100])
    assert (status, len(body["data"])) == (200, 100)


def test_an_update_without_rows_is_a_bad_request(pleo_with):
    assert pleo_with("mixed").update()[0] == 400


def test_a_foreign_entry_fails_alone(pleo_with):
    pleo = pleo_with("mixed")
    foreign, own = str(uuid.uuid4()), pleo.entry_with("pending")
    status, body = pleo.update(row(foreign), row(own))
    assert status == 200
    assert [each["accountingEntryId"] for each in body["data"]] == [own]
    assert [(each["accountingEntryId"], each["type"]) for each in body["errors"]] == [
        (foreign, "ACCOUNTING_ENTRY_DOES_NOT_EXIST")
    ]
    received = pleo.world.received()["item_updates"][0]
    assert (received["status"], received["applied"], received["errors"]) == (200, [own], body["errors"])


@pytest.mark.parametrize("fields", [{}, {"failureReason": "x"}, {"failureReasonType": "account_unknown"}])
def test_a_failed_row_without_reason_and_type_fails_alone(pleo_with, fields):
    pleo = pleo_with("mixed")
    body = pleo.update(row(pleo.entry_with("pending"), "failed", **fields))[1]
    assert body["data"] == []
    assert [each["type"] for each in body["errors"]] == ["EXPORT_ENTRY_STATUS_UPDATE_FAILED"]


def test_an_entry_can_be_scripted_to_refuse_its_updates(pleo_with):
    pleo = pleo_with("mixed")
    entry = pleo.entry_with("pending")
    pleo.act("refuse_item", item_id=entry, message="Locked by another user.")
    body = pleo.update(row(entry))[1]
    assert [(each["type"], each["message"]) for each in body["errors"]] == [
        ("EXPORT_ENTRY_STATUS_UPDATE_FAILED", "Locked by another user.")
    ]


def test_an_update_that_changes_nothing_does_not_move_the_deadline(pleo_with):
    pleo = pleo_with("mixed")
    before = pleo.job()
    pleo.update(row(str(uuid.uuid4())))
    assert pleo.job() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"accountingEntryId": "x"},
        {"status": "parked"},
        {"status": None},
        {"exportedAt": "yesterday"},
        {"exportedAt": "2026-13-01T00:00:00Z"},
        {"externalId": 7},
        {"failureReason": "\ud800"},
    ],
)
def test_a_malformed_row_refuses_the_whole_update(pleo_with, wrong):
    pleo = pleo_with("mixed")
    before = pleo.statuses()
    good = row(pleo.entry_with("pending"))
    status, body = pleo.update(good, good | wrong)
    assert (status, next(iter(wrong)) in body["message"]) == (400, True)
    assert pleo.statuses() == before


def test_only_the_strict_sandbox_refuses_an_item_type_outside_the_closed_list(pleo_with):
    fields = FAILED | {"failureReasonType": "journal_blocked"}
    for strict, expected in ((False, 200), (True, 400)):
        pleo = pleo_with("mixed", strict=strict)
        assert pleo.update(row(pleo.entry_with("pending"), "failed", **fields))[0] == expected


def test_items_can_be_read_by_status(pleo_with):
    pleo = pleo_with("mixed")
    assert len(pleo.items(status="failed")) == 3
    assert pleo.items(status="parked") == []


def test_a_finished_job_shows_its_items_but_no_accounting_data(pleo_with):
    pleo = pleo_with("completed")
    assert len(pleo.items()) == 31
    status, body = pleo.export_items()
    assert (status, body["type"]) == (422, "EXPORT_JOB_STATUS_UNPROCESSABLE")


def test_accounting_data_is_refused_while_contra_accounts_are_missing(pleo_with):
    pleo = pleo_with("contra accounts missing")
    status, body = pleo.export_items()
    assert (status, body["type"]) == (400, "MISSING_CONTRA_ACCOUNTS")
    assert len(pleo.items()) == 11


def test_accounting_data_joins_its_items_one_to_one(pleo_with):
    pleo = pleo_with("mixed")
    entries = pleo.export_items()[1]["data"]
    assert [each["accountingEntryId"] for each in entries] == [each["accountingEntryId"] for each in pleo.items()]


def test_without_a_job_the_accounting_data_of_all_running_jobs_is_shown(pleo_with):
    pleo = pleo_with("everyday")
    status, body = pleo.call("read_export_items", limit=1000)
    readable = [j for j in pleo.world.jobs.values() if j.is_running and not j.lacks_contra_accounts]
    assert (status, body["pagination"]["total"]) == (200, sum(len(job.items) for job in readable))
