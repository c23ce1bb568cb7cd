"""Reading in a process of its own: the same list, the same words, and an end."""

import asyncio

import pytest
from fakes.posting_lists import CORPUS

from app.platform.worker_process import WorkerBounds
from app.posting_lists.limits import READING_BYTES
from app.posting_lists.problem import PostingListProblem
from app.posting_lists.reader import read_posting_list
from app.posting_lists.reading import read_apart


@pytest.mark.parametrize("name", ["datev-buchungsstapel.csv", "business-central-ledger-entries.xlsx"])
async def test_a_list_read_apart_is_the_same_list(name):
    assert await read_apart(CORPUS / name) == read_posting_list(CORPUS / name)


async def test_what_is_wrong_with_a_file_is_said_as_ever(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(PostingListProblem, match="is a PDF"):
        await read_apart(path)


async def test_reading_that_does_not_come_to_an_end_is_ended_and_said():
    with pytest.raises(PostingListProblem, match="without coming to an end"):
        await read_apart(CORPUS / "datev-buchungsstapel.csv", WorkerBounds(0, READING_BYTES))


async def test_cancelling_ends_the_reading():
    reading = asyncio.ensure_future(read_apart(CORPUS / "datev-buchungsstapel.csv"))
    await asyncio.sleep(0)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
