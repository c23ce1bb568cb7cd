"""Receipts: when an address is too old, and what stands in its place."""

import asyncio
from datetime import timedelta

import pytest
from fakes.answers import export_item_json
from fakes.builders import JOB_ID, NINE, entry_id
from fakes.clocks import FakeClock
from fakes.pleo import declined, unreachable
from fakes.readers import reader_over
from pydantic import TypeAdapter

from app.errors import PleoProblem
from app.jobs.receipts import ReceiptGone, files_of, must_be_fetched_again, why_not_again
from app.jobs.service import JobsService
from app.models.export_item import ExportItem

FILES = [None, {"url": "https://files.example/1", "type": "image/png", "size": 1}, None,
         {"url": "https://files.example/2", "type": "application/pdf", "size": 2}]  # fmt: skip


def an_entry(**changes):
    return TypeAdapter(ExportItem).validate_python(export_item_json(1, **changes))


class FakeExportItems:
    def __init__(self, answer: ExportItem | PleoProblem | None) -> None:
        self.answer = answer
        self.asked = []

    async def find_export_item(self, job_id, wanted):
        self.asked.append((job_id, wanted))
        if isinstance(self.answer, PleoProblem):
            raise self.answer
        return self.answer


def fetch(answer, place=0):
    pleo = FakeExportItems(answer)
    return asyncio.run(JobsService(pleo, FakeClock(), reader_over(pleo)).fetch_receipt_url(JOB_ID, entry_id(1), place))


@pytest.mark.parametrize(
    ("age", "is_too_old"),
    [
        (timedelta(0), False),
        (timedelta(hours=23, minutes=59, seconds=59), False),
        (timedelta(hours=24), True),
        (timedelta(days=9), True),
        (timedelta(seconds=-1), True),
    ],
)
def test_an_address_lives_for_24_hours_from_the_fetch(age, is_too_old):
    assert must_be_fetched_again(NINE, NINE + age) is is_too_old


def test_the_fresh_address_is_that_of_the_same_file():
    entry = an_entry(files=FILES)
    assert [file.url for file in files_of(entry)] == [fetch(entry, 0), fetch(entry, 1)]
    assert fetch(entry, 1) == "https://files.example/2"


@pytest.mark.parametrize("files", [None, [], [None], FILES[:2]])
def test_a_file_that_is_not_there_any_more_is_said(files):
    with pytest.raises(ReceiptGone):
        fetch(an_entry(files=files), 1)


@pytest.mark.parametrize("place", [-1, 2, 10**9])
def test_a_place_that_never_was_finds_no_other_file(place):
    with pytest.raises(ReceiptGone):
        fetch(an_entry(files=FILES), place)


def test_an_expense_that_pleo_does_not_list_any_more_is_said():
    with pytest.raises(ReceiptGone) as raised:
        fetch(None)
    assert raised.value.advice


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (declined(422, "export_job_status_unprocessable"), "for running jobs only"),
        (declined(400, "MISSING_CONTRA_ACCOUNTS"), "contra accounts"),
        (unreachable(), "Pleo cannot be reached"),
    ],
)
def test_why_there_is_no_fresh_address_is_told_in_a_sentence(problem, words):
    with pytest.raises(PleoProblem) as raised:
        fetch(problem)
    sentence = why_not_again(raised.value)
    assert words in sentence
    assert sentence.endswith(".")
