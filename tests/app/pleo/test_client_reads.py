"""Reading lists to their end, and noticing when the end is not the end."""

import asyncio

import httpx
import pytest
from fakes.answers import export_item_json, item_json, job_json, page_json
from fakes.builders import COMPANY_ID, JOB_ID, entry_id
from fakes.channels import client_over
from hypothesis import given
from hypothesis import strategies as st

from app.errors import IncompleteRead, NotFound, PleoProblem
from app.models.page import CursorPageInfo
from app.pleo.paging import Cursor


def pages(*values):
    """A client that is given these pages, and the requests it made for them."""
    asked: list[httpx.Request] = []
    left = list(values)

    def respond(request):
        asked.append(request)
        return httpx.Response(200, json=left.pop(0))

    return client_over(respond), asked


async def test_a_list_is_read_to_its_end_in_order():
    client, asked = pages(
        page_json(item_json(1), item_json(2), after="P2"), page_json(item_json(3), after="P3"), page_json()
    )
    items = await client.list_items(JOB_ID)
    assert [item.accounting_entry_id for item in items] == [entry_id(1), entry_id(2), entry_id(3)]
    assert [request.url.params.get("after") for request in asked] == [None, "P2", "P3"]
    assert {request.url.params["limit"] for request in asked} == {"100"}


async def test_an_empty_list_is_one_request():
    client, asked = pages(page_json())
    assert await client.list_items(JOB_ID) == ()
    assert len(asked) == 1


async def test_an_empty_page_in_the_middle_does_not_end_the_list():
    client, _ = pages(page_json(item_json(1), after="P2"), page_json(after="P3"), page_json(item_json(2)))
    assert len(await client.list_items(JOB_ID)) == 2


async def test_a_cursor_that_repeats_is_an_incomplete_read():
    client, asked = pages(*[page_json(item_json(1), after="P2")] * 3)
    with pytest.raises(IncompleteRead):
        await client.list_items(JOB_ID)
    assert len(asked) == 2


async def test_cursors_that_go_in_a_circle_are_an_incomplete_read():
    client, asked = pages(*[page_json(item_json(1), after=name) for name in ("P2", "P3", "P4", "P2", "P3")])
    with pytest.raises(IncompleteRead):
        await client.list_items(JOB_ID)
    assert len(asked) == 4


@pytest.mark.parametrize("cursor", [None, ""])
async def test_a_next_page_without_a_cursor_is_an_incomplete_read(cursor):
    page = page_json(item_json(1), after="P2")
    page["pagination"]["endCursor"] = cursor
    client, asked = pages(page)
    with pytest.raises(IncompleteRead):
        await client.list_items(JOB_ID)
    assert len(asked) == 1


def test_pages_without_end_are_an_incomplete_read():
    cursor = Cursor("items")
    pages_read = iter(range(1_000_000))

    def read_on():
        for number in pages_read:
            cursor.advance(CursorPageInfo(has_next_page=True, end_cursor=f"P{number}"))

    with pytest.raises(IncompleteRead):
        read_on()
    assert 1_000 < next(pages_read) < 100_000


@given(st.lists(st.tuples(st.booleans(), st.none() | st.sampled_from("ABCDE")), min_size=1, max_size=20))
def test_no_sequence_of_pages_makes_a_short_list_pass_for_a_whole_one(sequence):
    cursor = Cursor("items")
    seen = set()
    for has_next, end in sequence:
        if has_next and (end is None or end in seen):
            with pytest.raises(IncompleteRead):
                cursor.advance(CursorPageInfo(has_next_page=True, end_cursor=end))
            return
        cursor.advance(CursorPageInfo(has_next_page=has_next, end_cursor=end))
        assert cursor.is_done is not has_next
        if not has_next:
            return
        assert cursor.after == end
        seen.add(end)


async def test_a_list_that_breaks_on_its_second_page_is_not_given_in_part():
    left = [
        httpx.Response(200, json=page_json(item_json(1), after="P2")),
        httpx.Response(404, json={"type": "EXPORT_NOT_FOUND"}),
    ]
    with pytest.raises(NotFound):
        await client_over(left).list_items(JOB_ID)


async def test_progress_counts_the_rows_and_says_the_whole_where_pleo_does():
    client, _ = pages(page_json(item_json(1), item_json(2), after="P2", total=3), page_json(item_json(3)))
    told = []
    await client.list_items(JOB_ID, lambda read, total: told.append((read, total)))
    assert told == [(2, 3), (3, None)]


async def test_jobs_are_asked_for_by_status_each_in_a_parameter_of_its_own():
    client, asked = pages(page_json(job_json()))
    jobs = await client.list_jobs(("in_progress", "pending"), COMPANY_ID)
    assert jobs[0].id == JOB_ID
    assert asked[0].url.params.get_list("statuses") == ["in_progress", "pending"]
    assert asked[0].url.params["company_id"] == COMPANY_ID


async def test_jobs_of_any_status_and_company_are_asked_for_without_either():
    client, asked = pages(page_json())
    await client.list_jobs()
    assert set(asked[0].url.params) == {"limit"}


async def test_export_items_are_asked_for_by_job_id_in_snake_case():
    client, asked = pages(page_json(export_item_json()))
    (entry,) = await client.list_export_items(JOB_ID)
    assert entry.supplier_name == "GOOGLE*ADS8693645259"
    assert asked[0].url.path == "/v3/export-items"
    assert asked[0].url.params["job_id"] == JOB_ID


async def test_items_are_counted_by_pleos_own_total():
    client, asked = pages(page_json(item_json(1), after="P2", total=812))
    assert await client.count_items(JOB_ID, "failed") == 812
    assert dict(asked[0].url.params) == {"status": "failed", "limit": "1"}


async def test_items_are_not_counted_where_pleo_gives_no_total():
    client, _ = pages(page_json(item_json(1)))
    assert await client.count_items(JOB_ID, "failed") is None


async def test_an_introspection_is_read_as_it_is_without_an_envelope():
    client = client_over([httpx.Response(200, json={"scope": "export-jobs:read", "subjectURN": "urn:pleo:company:1"})])
    assert (await client.introspect()).subject_urn == "urn:pleo:company:1"


@given(st.text(max_size=20) | st.sampled_from(("..", ".", "../..", "a/b", "x?y=1", "a#b", "%2e%2e", "\udcff")))
def test_whatever_an_id_is_it_stays_one_segment_of_the_path(job_id):
    asked = []

    def respond(request):
        asked.append(request.url.raw_path.decode())
        return httpx.Response(404)

    client = client_over(respond)
    for read in (client.get_job, client.list_items):
        with pytest.raises(PleoProblem):
            asyncio.run(read(job_id))
    path, items = asked
    assert path.startswith("/v3/export-jobs/")
    assert path.count("/") == 3
    assert "?" not in path
    assert items == f"{path}/items?limit=100"


async def test_a_cursor_too_long_for_an_address_is_a_problem_of_the_family():
    client, _ = pages(page_json(item_json(1), after="A" * 100_000), page_json())
    with pytest.raises(PleoProblem):
        await client.list_items(JOB_ID)
