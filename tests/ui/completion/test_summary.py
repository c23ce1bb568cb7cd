"""What the preview says beside the event."""

from datetime import timedelta
from decimal import Decimal

import pytest
from fakes.builders import NINE, a_job
from fakes.words import ENGLISH

from app.completion.tally import Tally
from app.models.vocabulary import ItemStatus
from app.outcomes.set_by import SetBy
from app.review.control_totals import ControlTotals, StatusTotal
from ui.completion.ending_words import ended_words, expiry_words
from ui.completion.summary import Line, age_line, deadline_line, set_by_line, sum_lines

SOON = timedelta(minutes=15)


def total(status: str, count: int, without: int = 0, **sums: str) -> StatusTotal:
    found = {currency: Decimal(amount) for currency, amount in sums.items()}
    return StatusTotal(ItemStatus(status), count, found, without)


def totals(*found: StatusTotal) -> ControlTotals:
    return ControlTotals(found, {}, expected=None, twice=0)


def test_each_outcome_has_its_sums_by_currency() -> None:
    lines = sum_lines(totals(total("successful", 2, SEK="1204.5", EUR="3"), total("failed", 2, 1, SEK="1")), ENGLISH)
    assert lines == (
        Line("Posted", "1,204.50\u00a0SEK, 3.00\u00a0EUR"),
        Line("Failed", "1.00\u00a0SEK, 1 without an amount"),
    )


@pytest.mark.parametrize("found", [None, totals(total("failed", 2, 2))])
def test_amounts_that_nobody_read_are_said(found: ControlTotals | None) -> None:
    assert sum_lines(found, ENGLISH) == (Line("Amounts", "Never read: nobody has compared this job's sums"),)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([SetBy("Ann", 1, 0)], "1 outcome by hand by Ann"),
        ([SetBy("Ann", 0, 30)], "30 outcomes from lists by Ann"),
        ([SetBy("Ann", 2, 30), SetBy("Bo", 2, 0)], "32 outcomes by Ann, 2 by hand; 2 outcomes by hand by Bo"),
        (
            [SetBy(name, 1, 0) for name in "ABCDE"],
            "1 outcome by hand by A; 1 outcome by hand by B; 1 outcome by hand by C; 2 outcomes by others",
        ),
    ],
)
def test_who_set_outcomes_is_named(found: list[SetBy], words: str) -> None:
    line = set_by_line(found)
    assert line is not None
    assert line.words.replace("\u2068", "").replace("\u2069", "") == words


def test_nobody_is_named_where_nobody_set_an_outcome() -> None:
    assert set_by_line(()) is None


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=3, minutes=5), "3 hours ago"),
    ],
)
def test_the_age_of_the_reading_is_said(age: timedelta, words: str) -> None:
    assert age_line(NINE, NINE + age, ENGLISH).words.endswith(f", {words}")


def test_the_deadline_says_how_long_is_left() -> None:
    line = deadline_line(NINE + timedelta(minutes=44), NINE, ENGLISH)
    assert line is not None
    assert line.words == f"{ENGLISH.moment(NINE + timedelta(minutes=44))} (44 min left)"
    assert deadline_line(None, NINE, ENGLISH) is None


def test_what_gives_a_job_more_time_is_said_and_when_it_hurries() -> None:
    job = a_job(expires_in=3600)
    assert expiry_words(job, NINE + timedelta(minutes=16), SOON, ENGLISH) == (
        "Expires: 44 min left. Each outcome that is reported gives it 60 minutes again.",
        False,
    )
    assert expiry_words(job, NINE + timedelta(minutes=50), SOON, ENGLISH)[1]
    over = expiry_words(job, NINE + timedelta(minutes=61), SOON, ENGLISH)
    assert over == ("Its time is over: Pleo may let it expire at any moment.", True)


@pytest.mark.parametrize("job", [a_job("completed"), a_job(expires_in=None)])
def test_without_a_time_nothing_is_said_of_it(job: object) -> None:
    assert expiry_words(job, NINE, SOON, ENGLISH) == ("", False)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("job", "is_from_here", "begins"),
    [
        (a_job("failed", failure_reason_type="validation_failure"), True, "The event was sent from here."),
        (a_job("failed", failure_reason_type="validation_failure"), False, "It was ended elsewhere: the journal"),
        (a_job("completed"), False, "It was ended elsewhere: the journal"),
        (a_job("completed"), None, ""),
        (a_job("failed", failure_reason_type="job_expired"), None, "Pleo let the job expire"),
        (a_job("failed", failure_reason_type="canceled_by_user"), None, "Somebody cancelled the job in Pleo."),
        (a_job(), None, ""),
    ],
)
def test_the_gate_tells_the_ends_of_jobs_apart(job: object, is_from_here: bool | None, begins: str) -> None:
    told = ended_words(job, Tally({}), is_from_here=is_from_here)  # type: ignore[arg-type]
    assert told.startswith(begins)
    assert bool(told) == bool(begins)
