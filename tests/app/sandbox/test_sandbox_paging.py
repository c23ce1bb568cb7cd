"""Pages, cursors, filters and orders."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sandbox.paging import page_of, read_page_request

CURSOR = re.compile(r"^[A-Z2-7=~]+$")


def walk(rows, limit, keep=None):
    """Follows endCursor to the end, as a client does."""
    query = {"limit": [str(limit)]}
    while True:
        page = page_of(rows, read_page_request(query), keep)
        yield page
        if not page.pagination["hasNextPage"]:
            return
        query["after"] = [page.pagination["endCursor"]]


@given(count=st.integers(0, 60), limit=st.integers(1, 20), modulus=st.integers(1, 4))
def test_following_the_cursors_yields_every_row_once_and_in_order(count, limit, modulus):
    rows = list(range(count))

    def keep(row):
        return row % modulus == 0

    pages = list(walk(rows, limit, keep))
    assert [row for page in pages for row in page.rows] == [row for row in rows if keep(row)]
    assert all(len(page.rows) == limit for page in pages[:-1])
    assert all(page.pagination["total"] == len(rows[::modulus]) for page in pages)


@given(count=st.integers(1, 60), limit=st.integers(1, 20))
def test_before_leads_back_over_the_same_pages(count, limit):
    pages = list(walk(range(count), limit))
    last = pages[-1]
    for earlier in reversed(pages[:-1]):
        query = {"before": [last.pagination["startCursor"]], "limit": [str(limit)]}
        last = page_of(range(count), read_page_request(query))
        assert last.rows == earlier.rows


def test_cursors_keep_to_the_pattern_of_the_contract():
    for page in walk(range(40), 7):
        assert CURSOR.match(page.pagination["startCursor"])
        assert CURSOR.match(page.pagination["endCursor"])


def test_a_cursor_stays_right_while_rows_leave_the_filter():
    rows = ["pending"] * 6
    first = page_of(rows, read_page_request({"limit": ["2"]}), lambda row: row == "pending")
    rows[0] = "successful"
    query = {"limit": ["9"], "after": [first.pagination["endCursor"]]}
    assert page_of(rows, read_page_request(query), lambda row: row == "pending").pagination["total"] == 5
    assert len(page_of(rows, read_page_request(query), lambda row: row == "pending").rows) == 4


def test_a_page_says_where_it_lies(pleo_with):
    pleo = pleo_with("mixed")
    page = pleo.call("read_items", path_job_id=pleo.job_id, offset=40, limit=5, sorting_keys=["status"])[1][
        "pagination"
    ]
    assert (page["hasNextPage"], page["hasPreviousPage"], page["total"]) == (False, True, 42)
    assert page["currentRequestPagination"] == {
        "parameters": {"offset": ["40"], "limit": ["5"], "sorting_keys": ["status"]},
        "limit": 5,
        "offset": 40,
        "sortingKeys": ["status"],
    }


def test_a_page_holds_a_hundred_rows_unless_asked_and_a_thousand_at_most(pleo_with):
    pleo = pleo_with("large", size=1200)
    assert len(pleo.items()) == 100
    assert len(pleo.items(limit=1100)) == 1000


@pytest.mark.parametrize(
    "query",
    [
        {"after": "OJXXOORQ", "before": "OJXXOORQ"},
        {"after": "OJXXOORQ", "offset": 1},
        {"after": "NONSENSE"},
        {"after": "lower"},
        {"limit": -1},
        {"limit": "ten"},
        {"limit": ""},
        {"limit": 2**31},
        {"limit": ["1", "2"]},
        {"offset": 2**63},
        {"sorting_order": "SIDEWAYS"},
    ],
)
def test_a_page_that_cannot_be_meant_is_a_bad_request(pleo_with, query):
    pleo = pleo_with("mixed")
    status, body = pleo.call("read_items", path_job_id=pleo.job_id, **query)
    assert (status, body["type"]) == (400, "BAD_REQUEST")


def test_jobs_are_listed_newest_first_unless_asked_otherwise(pleo_with):
    pleo = pleo_with("everyday")
    created = [job["createdAt"] for job in pleo.call("list_jobs")[1]["data"]]
    assert created == sorted(created, reverse=True)
    oldest_first = pleo.call("list_jobs", sorting_keys="created_at", sorting_order="ASC")[1]["data"]
    assert [job["createdAt"] for job in oldest_first] == sorted(created)


def test_jobs_are_filtered_by_company_and_by_any_of_several_statuses(pleo_with):
    pleo = pleo_with("everyday")
    company = next(iter(pleo.world.jobs.values())).company_id
    jobs = pleo.call("list_jobs", company_id=company, statuses=["pending", "in_progress"])[1]["data"]
    assert {job["companyId"] for job in jobs} == {company}
    assert {job["status"] for job in jobs} <= {"pending", "in_progress"}
    assert len(jobs) == 3


def test_a_company_without_jobs_gets_an_empty_page(pleo_with):
    status, body = pleo_with("mixed").call("list_jobs", company_id="00000000-0000-4000-8000-000000000000")
    assert (status, body["data"], body["pagination"]["hasNextPage"]) == (200, [], False)


def test_only_the_strict_sandbox_refuses_an_unlisted_status_in_a_filter(pleo_with):
    assert pleo_with("mixed").call("list_jobs", statuses="parked")[1]["data"] == []
    assert pleo_with("mixed", strict=True).call("list_jobs", statuses="parked")[0] == 400


@pytest.mark.parametrize(
    ("job_id", "expected"),
    [("00000000-0000-4000-8000-000000000000", (404, "EXPORT_NOT_FOUND")), ("x", (400, "BAD_REQUEST"))],
)
@pytest.mark.parametrize("place", ["read_job", "read_items"])
def test_an_unknown_job_is_not_found_and_a_malformed_id_is_a_bad_request(pleo_with, place, job_id, expected):
    status, body = pleo_with("mixed").call(place, path_job_id=job_id)
    assert (status, body["type"]) == expected
