"""What stands above the items, without Qt."""

from dataclasses import replace
from datetime import timedelta

from fakes.builders import NINE, a_job, a_snapshot
from fakes.words import ENGLISH

from ui.items.head import job_head


def test_a_running_job_says_whose_it_is_when_it_was_read_and_what_time_is_left() -> None:
    snapshot = replace(a_snapshot("pending"), job=a_job(expires_in=60 * 60))
    head = job_head(snapshot, "Acme <b>Ltd</b>", NINE + timedelta(minutes=10), ENGLISH, is_old=False)
    assert head.title.startswith("Acme <b>Ltd</b> · ")
    assert head.subtitle.startswith("In progress · read ")
    assert head.left == "50 min left"


def test_a_job_that_has_ended_is_read_only_and_what_is_old_says_so() -> None:
    snapshot = replace(a_snapshot("successful"), job=a_job("completed"))
    head = job_head(snapshot, "Acme", NINE, ENGLISH, is_old=True)
    assert head.subtitle.startswith("Completed · read-only · old: read ")
