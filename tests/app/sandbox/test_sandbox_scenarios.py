"""What the named scenarios hold."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from app.sandbox import company_names, scenario_names
from app.sandbox.entries import entry_body, receipt_of
from app.sandbox.scenarios import build_jobs
from app.sandbox.vocabulary import ITEM_FAILURE_REASON_TYPES, JOB_STATUSES

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ONE_JOB = [name for name in scenario_names() if name != "everyday"]


def only_job(name, **options):
    (job,) = build_jobs(name, NOON, **options)
    return job


def entries(job):
    return [entry_body(job, item, "http://127.0.0.1") for item in job.items[:50]]


@pytest.mark.parametrize(
    ("name", "status", "counts"),
    [
        ("mixed", "in_progress", {"successful": 36, "failed": 3, "pending": 2, "in_progress": 1}),
        ("all successful", "in_progress", {"successful": 18}),
        ("some failed", "in_progress", {"successful": 20, "failed": 7}),
        ("all failed", "in_progress", {"failed": 14}),
        ("waiting", "in_progress", {"successful": 7, "failed": 1, "pending": 4}),
        ("expiring", "in_progress", {"successful": 10, "failed": 1, "pending": 4, "in_progress": 1}),
        ("unknown words", "in_progress", {"successful": 6, "failed": 2, "parked": 1}),
        ("large", "in_progress", {"successful": 9363, "failed": 620, "pending": 14, "in_progress": 3}),
        ("empty", "in_progress", {}),
        ("contra accounts missing", "in_progress", {"successful": 9, "failed": 2}),
        ("pending", "pending", {"pending": 23}),
        ("completed", "completed", {"successful": 31}),
        ("completed with errors", "completed_with_errors", {"successful": 15, "failed": 4}),
        ("expired", "failed", {"successful": 7, "failed": 1, "abandoned": 5}),
        ("canceled by user", "failed", {"abandoned": 8}),
    ],
)
def test_a_scenario_holds_what_its_name_says(name, status, counts):
    job = only_job(name)
    assert (job.status, Counter(item.status for item in job.items)) == (status, counts)


@pytest.mark.parametrize(("name", "minutes"), [("mixed", 45), ("expiring", 4), ("pending", 48)])
def test_a_scenario_leaves_its_time_until_the_deadline(name, minutes):
    assert only_job(name).deadline - NOON == timedelta(minutes=minutes)


@pytest.mark.parametrize("name", ["All Successful", "all-successful", " ALL_successful "])
def test_names_are_compared_without_case_and_separators(name):
    assert only_job(name).id == only_job("all successful").id


def test_an_unknown_name_is_refused_with_the_names_that_are_known():
    with pytest.raises(ValueError, match="canceled by user"):
        build_jobs("mixd", NOON)


def test_everyday_is_a_week_of_distinct_jobs_over_three_companies():
    jobs = build_jobs("everyday", NOON)
    assert len({job.id for job in jobs}) == len(jobs) == 13
    assert {job.company_id for job in jobs} == set(company_names())
    assert {job.status for job in jobs} == JOB_STATUSES
    assert {job.failure_reason_type for job in jobs} == {None, "job_expired", "canceled_by_user"}
    assert sorted(company_names().values()) == ["Acme Nordic ApS", "Beta Handel GmbH", "Fjäll & Skog AB"]


@pytest.mark.parametrize("name", ONE_JOB)
def test_a_scenario_is_the_same_at_every_run(name):
    first, second = only_job(name), only_job(name)
    assert first == second
    assert entries(first) == entries(second)


def test_all_entry_ids_are_distinct():
    ids = [item.accounting_entry_id for name in ONE_JOB for job in [only_job(name)] for item in job.items]
    assert len(set(ids)) == len(ids)


def test_another_size_keeps_the_proportions():
    counts = Counter(item.status for item in only_job("large", size=1000).items)
    assert (counts.total(), counts["failed"], counts["pending"]) == (1000, 62, 1)


def test_the_large_job_fails_for_a_dozen_causes():
    assert len({item.failure_reason for item in only_job("large").items if item.status == "failed"}) >= 12


@pytest.mark.parametrize("name", [name for name in ONE_JOB if name != "unknown words"])
def test_every_failed_item_names_its_reason_and_a_listed_type(name):
    for item in only_job(name).items:
        is_failed = item.status == "failed"
        assert bool(item.failure_reason) is is_failed
        assert (item.failure_reason_type in ITEM_FAILURE_REASON_TYPES) is is_failed
        assert "{" not in (item.failure_reason or "")


def test_reasons_come_in_english_german_and_swedish():
    reasons = " ".join(item.failure_reason or "" for item in only_job("large").items)
    assert all(part in reasons for part in ("is closed", "wurde gelöscht", "finns inte"))


def test_unknown_words_hold_a_status_types_a_currency_fields_and_markup_that_nobody_listed():
    job = only_job("unknown words")
    told = entries(job)
    assert "parked" in {item.status for item in job.items}
    assert "journal_blocked" in {item.failure_reason_type for item in job.items}
    assert any("<img src=" in (item.failure_reason or "") for item in job.items)
    assert "barter" in {entry["type"] for entry in told}
    assert "UNDEFINED" in {entry["amount"]["inSupplierCurrency"]["currency"] for entry in told}
    assert "priority" in job.body()
    assert any("parkedUntil" in item.body(job.id) for item in job.items)


def test_accounting_data_has_many_currencies_types_and_signs():
    told = entries(only_job("mixed"))
    amounts = [entry["amount"]["inSupplierCurrency"] for entry in told]
    assert {"SEK", "EUR", "DKK", "GBP", "USD", "NOK", "JPY", "ISK"} <= {amount["currency"] for amount in amounts}
    assert {"card_purchase", "out_of_pocket", "mileage", "per_diem", "invoice", "refund"} == {e["type"] for e in told}
    assert all((entry["amount"]["inWalletCurrency"]["value"] < 0) is (entry["type"] == "refund") for entry in told)


@pytest.mark.parametrize("name", [name for name in ONE_JOB if name != "large"])
def test_the_lines_of_an_entry_add_up_to_its_amount(name):
    for entry in entries(only_job(name)):
        lines = [line["lineAmount"]["inSupplierCurrency"]["value"] for line in entry["accountingEntryLines"]]
        assert sum(lines) == entry["amount"]["inSupplierCurrency"]["value"]


def test_an_entry_fits_the_reason_for_which_it_failed():
    job = only_job("some failed")
    for item, entry in zip(job.items, entries(job), strict=True):
        if item.cause == "account_4980":
            assert entry["accountingEntryLines"][0]["account"]["code"] == "4980"


def test_a_receipt_is_a_pdf_of_the_size_that_was_told():
    job = only_job("all successful")
    for item, entry in zip(job.items, entries(job), strict=True):
        for file in entry["files"]:
            receipt = receipt_of(job, item)
            assert receipt.startswith(b"%PDF-1.4")
            assert len(receipt) == file["size"]


def test_everything_told_is_json():
    job = only_job("mixed")
    assert json.loads(json.dumps([job.body(), *(item.body(job.id) for item in job.items), *entries(job)]))
