"""What Pleo would be told of an item, from what a row says."""

import pytest
from fakes.bookkeeping import EXPENSES
from fakes.matched_lists import matched

from app.models.item_outcome import ItemOutcome
from app.posting_lists.acceptance import MatchedList, proposed
from app.posting_lists.outcomes import outcome_of
from app.posting_lists.table import Source
from app.slices import run_to_end

SAS, HETZNER = EXPENSES[:2]
HEAD = ["Entry id", "Posting date", "Status", "Voucher", "Link", "Message", "Failure type"]
DEFAULT = "accounting_system_validation_failure"


def outcome(*cells):
    found = matched(HEAD, [SAS.id, *cells], [HETZNER.id, "", "posted", "", "", "", ""])
    item = found.snapshot.items[found.of(2).items[0]]
    return outcome_of(found.rows, 0, item, found.mapping)


def test_a_posted_row_makes_a_successful_outcome_with_its_entry_link_and_day():
    said = outcome("2026-02-20", "posted", "JE-1", "https://books.example/JE-1", "fine", "")
    assert said == ItemOutcome(SAS.id, "successful", "JE-1", "https://books.example/JE-1", said.exported_at)
    assert said.as_dict()["exportedAt"] == "2026-02-20T00:00:00+00:00"


def test_a_failed_row_makes_a_failed_outcome_with_its_reason_and_type():
    said = outcome("", "failed", "JE-1", "https://books.example/JE-1", "Account 4980 is unknown", "account_unknown")
    assert said == ItemOutcome(
        SAS.id, "failed", failure_reason="Account 4980 is unknown", failure_reason_type="account_unknown"
    )


@pytest.mark.parametrize(
    ("status", "message", "kind", "reason", "type_"),
    [
        ("Fehler", "Konto fehlt", "", "Konto fehlt", DEFAULT),
        ("Fehler", "Konto fehlt", "no such type", "Konto fehlt", DEFAULT),
        ("Fehler", "Konto fehlt", "authentication_failure", "Konto fehlt", DEFAULT),  # of jobs only
        ("Fehler", "Konto fehlt", "job_expired", "Konto fehlt", DEFAULT),
        ("Fehler: Konto fehlt", "", "", "Konto fehlt", DEFAULT),
        ("fejl", "", "", "The accounting system's list says 'fejl' and gives no reason.", DEFAULT),
    ],
)
def test_a_failed_row_always_has_a_reason_and_a_type_that_pleo_knows(status, message, kind, reason, type_):
    said = outcome("", status, "", "", message, kind)
    assert (said.failure_reason, said.failure_reason_type) == (reason, type_)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "books",
        "http://",
        "http://[",
        "https://books.example/a b",
        "https://books.example/1\nhttps://books.example/2",
        "",
    ],
)
def test_nothing_but_a_web_address_becomes_a_link(link):
    assert outcome("", "posted", "JE-1", link, "", "").external_url is None


@pytest.mark.parametrize("status", ["pending", "what"])
def test_a_row_that_decides_nothing_makes_no_outcome(status):
    assert outcome("", status, "JE-1", "", "", "") is None


def test_proposed_are_the_sure_rows_about_items_that_are_not_final_each_once():
    rows = [[each.id, "", "posted", f"V{each.number}", "", "", ""] for each in EXPENSES]
    rows += [[SAS.id, "", "posted", "V0", "", "", ""], [HETZNER.id, "", "failed", "", "", "no", ""]]
    found = matched(HEAD, *rows, ["not in this job", "", "posted", "V", "", "", ""])
    matched_list = MatchedList(
        Source("list.csv", "", ""), found.mapping, found.rows, found.snapshot.items, found.result
    )
    accepted = run_to_end(proposed(matched_list)).accepted()
    assert [outcome.accounting_entry_id for outcome in accepted.outcomes] == [*accepted.rows]
    # Hetzner's rows disagree; the last two items are final.
    assert [*accepted.rows] == [SAS.id, *(each.id for each in EXPENSES[2:10])]
