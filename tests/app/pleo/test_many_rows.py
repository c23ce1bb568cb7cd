"""Long lists: packed while they come in, never walked over by the collector, and read no further than needed."""

import gc

import httpx
import pytest
from fakes.answers import export_item_json, item_json, page_json
from fakes.builders import JOB_ID, entry_id
from fakes.channels import client_over

from app.errors import AnswerUnreadable, NotFound
from app.models.compact_entry import EntryKeeper, kept_pages
from app.platform.gc_tuning import many_arrive
from app.pleo.packing import Packing


def pages(*values):
    asked = []
    left = list(values)

    def respond(request):
        asked.append(request)
        answer = left.pop(0)
        return answer if isinstance(answer, httpx.Response) else httpx.Response(200, json=answer)

    return client_over(respond), asked


def many_pages(count):
    return [
        page_json(export_item_json(number), after=f"P{number}" if number + 1 < count else None)
        for number in range(count)
    ]


async def test_every_page_of_a_long_list_is_packed_when_the_list_is_there():
    client, _ = pages(*many_pages(30))
    entries = await client.list_export_items(JOB_ID)
    assert [entry.accounting_entry_id for entry in entries] == [entry_id(number) for number in range(30)]
    assert [entry.accounting_entry_lines[0].tax.code for entry in entries] == ["I25"] * 30
    assert len(kept_pages(entries)) == 30
    assert all(page.is_packed for page in kept_pages(entries))


async def test_a_list_that_breaks_leaves_no_packing_behind():
    client, _ = pages(*many_pages(30)[:20], httpx.Response(404))
    with pytest.raises(NotFound):
        await client.list_export_items(JOB_ID)


async def test_a_wrong_value_deep_in_an_entry_is_found_with_its_place():
    row = export_item_json(2)
    row["accountingEntryLines"][0]["tax"]["type"] = 12
    client, _ = pages(page_json(export_item_json(1), row))
    with pytest.raises(AnswerUnreadable) as raised:
        await client.list_export_items(JOB_ID)
    assert "data.1.accountingEntryLines.0.tax.type: " in raised.value.title


async def test_one_entry_is_looked_for_no_further_than_it_stands():
    client, asked = pages(*many_pages(9))
    entry = await client.find_export_item(JOB_ID, entry_id(3))
    assert entry is not None
    assert entry.files[0].url == "https://files.example/1"
    assert len(asked) == 4


async def test_an_entry_that_is_not_there_is_looked_for_to_the_end():
    client, asked = pages(*many_pages(3))
    assert await client.find_export_item(JOB_ID, entry_id(7)) is None
    assert len(asked) == 3


async def test_nothing_to_pack_is_packed_at_once():
    await Packing(EntryKeeper()).end()


def test_the_collector_walks_over_the_newest_only_while_rows_come_in():
    usual = gc.get_threshold()
    with many_arrive():
        with many_arrive():
            assert gc.get_threshold()[1:] == (1_000_000, 1_000_000)
        assert gc.get_threshold()[1:] == (1_000_000, 1_000_000)
    assert gc.get_threshold() == usual


def test_what_leaves_no_garbage_is_not_walked_over_until_it_has_come():
    with many_arrive():
        newest = gc.get_threshold()[0]
        with many_arrive(leave_garbage=False):
            assert gc.get_threshold()[0] >= 1_000_000
            with many_arrive():
                assert gc.get_threshold()[0] >= 1_000_000
        assert gc.get_threshold()[0] == newest


async def test_a_list_that_breaks_brings_the_usual_collector_back():
    usual = gc.get_threshold()
    client, _ = pages(page_json(item_json(1), after="P2"), httpx.Response(404))
    with pytest.raises(NotFound):
        await client.list_items(JOB_ID)
    assert gc.get_threshold() == usual


def test_many_rows_are_not_walked_over_again_and_few_are():
    try:
        with many_arrive() as few:
            few.count = 100
        before = gc.get_freeze_count()
        with many_arrive() as many:
            rows = [[number] for number in range(6_000)]
            many.count = len(rows)
        assert gc.get_freeze_count() >= before + 6_000
    finally:
        gc.unfreeze()
