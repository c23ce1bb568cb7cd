"""What Pleo, or something in its place, answered: the one translation table from httpx to the family."""

import asyncio
import contextlib
import json
import ssl
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from fakes.answers import job_json, page_json
from fakes.bracketed_language import bracketed
from fakes.builders import JOB_ID
from fakes.channels import client_over
from hypothesis import given
from hypothesis import strategies as st

from app.errors import (
    AnswerLost,
    AnswerUnreadable,
    Arrival,
    IncompleteRead,
    NotAllowed,
    NotFound,
    NotReachable,
    NotSignedIn,
    PleoProblem,
    RedirectRefused,
    Refused,
    ServerTrouble,
    ServerWords,
    TooManyRequests,
)
from app.messages import shown
from app.models.export_job_event import ExportJobEvent

HTML = "<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>"


def problem_of_read(given_answer) -> PleoProblem:
    with pytest.raises(PleoProblem) as met:
        asyncio.run(client_over([given_answer]).get_job(JOB_ID))
    return met.value


def problem_of_write(given_answer) -> PleoProblem:
    with pytest.raises(PleoProblem) as met:
        asyncio.run(client_over([given_answer]).post_event(ExportJobEvent("completed", JOB_ID)))
    return met.value


def pleo_says(status, kind="SOME_TYPE", message="Some words", **headers):
    return httpx.Response(status, json={"type": kind, "message": message}, headers=headers)


@pytest.mark.parametrize(
    ("error", "kind", "arrival"),
    [
        (httpx.ConnectError("refused"), NotReachable, Arrival.NEVER),
        (httpx.ConnectTimeout("slow"), NotReachable, Arrival.NEVER),
        (httpx.PoolTimeout("busy"), NotReachable, Arrival.NEVER),
        (httpx.ProxyError("403 Forbidden"), NotReachable, Arrival.NEVER),
        (httpx.UnsupportedProtocol("ftp"), NotReachable, Arrival.NEVER),
        (httpx.ReadTimeout("slow"), AnswerLost, Arrival.UNKNOWN),
        (httpx.WriteTimeout("slow"), AnswerLost, Arrival.UNKNOWN),
        (httpx.ReadError("reset"), AnswerLost, Arrival.UNKNOWN),
        (httpx.WriteError("reset"), AnswerLost, Arrival.UNKNOWN),
        (httpx.CloseError("x"), AnswerLost, Arrival.UNKNOWN),
        (httpx.RemoteProtocolError("cut"), AnswerLost, Arrival.UNKNOWN),
        (httpx.DecodingError("bad gzip"), AnswerLost, Arrival.UNKNOWN),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_each_way_a_request_can_break_says_whether_it_may_have_arrived(error, kind, arrival):
    for problem in (problem_of_read(error), problem_of_write(error)):
        assert type(problem) is kind
        assert problem.arrival is arrival
        assert problem.title
        assert problem.advice
        assert type(error).__name__ in problem.details


def test_a_certificate_that_does_not_hold_is_said_to_be_unsafe():
    error = httpx.ConnectError("certificate verify failed")
    error.__cause__ = ssl.SSLCertVerificationError("certificate verify failed")
    assert "certificate" in problem_of_read(error).title


@pytest.mark.parametrize(
    ("status", "kind", "arrival"),
    [
        (400, Refused, Arrival.ANSWERED),
        (401, NotSignedIn, Arrival.ANSWERED),
        (403, NotAllowed, Arrival.ANSWERED),
        (404, NotFound, Arrival.ANSWERED),
        (409, Refused, Arrival.ANSWERED),
        (413, Refused, Arrival.ANSWERED),
        (418, Refused, Arrival.ANSWERED),
        (422, Refused, Arrival.ANSWERED),
        (429, TooManyRequests, Arrival.NEVER),
        (500, ServerTrouble, Arrival.UNKNOWN),
        (502, ServerTrouble, Arrival.UNKNOWN),
        (503, ServerTrouble, Arrival.UNKNOWN),
        (504, ServerTrouble, Arrival.UNKNOWN),
        (599, ServerTrouble, Arrival.UNKNOWN),
    ],
)
def test_each_refusal_has_its_kind_and_keeps_pleos_words(status, kind, arrival):
    for problem in (problem_of_read(pleo_says(status)), problem_of_write(pleo_says(status))):
        assert type(problem) is kind
        assert problem.arrival is arrival
        assert (problem.words.status, problem.words.type, problem.words.message) == (status, "SOME_TYPE", "Some words")
        assert "Some words" in problem.title
        assert problem.advice
        assert f"HTTP {status}" in problem.details


@pytest.mark.parametrize("body", [HTML, "", "null", "[]", '"text"', '{"type": 4, "message": ["x"]}', '{"cut', "\0\1"])
@pytest.mark.parametrize("status", [401, 404, 429, 500, 502])
def test_a_refusal_without_pleos_words_is_still_the_same_refusal(status, body):
    problem = problem_of_read(httpx.Response(status, text=body))
    assert problem.words.status == status
    assert (problem.words.type, problem.words.message) == (None, None)
    assert "<" not in problem.title


def test_a_job_that_pleo_does_not_know_is_told_from_an_address_that_is_wrong():
    unknown = problem_of_read(pleo_says(404, "EXPORT_NOT_FOUND", ""))
    assert "job" in unknown.title
    assert problem_of_read(httpx.Response(404, text=HTML)).title != unknown.title


def test_error_types_are_compared_without_case():
    problem = problem_of_read(pleo_says(422, "Export_Job_Status_Unprocessable"))
    assert problem.has_type("EXPORT_JOB_STATUS_UNPROCESSABLE")
    assert not problem.has_type("OTHER")


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_in_seconds_is_kept(status):
    assert problem_of_read(pleo_says(status, **{"Retry-After": " 17 "})).retry_after == 17


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_as_a_date_is_the_time_until_then(status):
    wish = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert problem_of_read(pleo_says(status, **{"Retry-After": wish})).retry_after == pytest.approx(90, abs=5)


def test_retry_after_as_a_date_of_the_past_is_no_wait():
    wish = format_datetime(datetime.now(UTC) - timedelta(days=1), usegmt=True)
    assert problem_of_read(pleo_says(429, **{"Retry-After": wish})).retry_after == 0


@pytest.mark.parametrize(
    "wish",
    ["", "soon", "-5", "1.5", "1e9", "NaN", "٣", "Mon, 40 Foo 2026", "Mon, 01 Jan 99999 00:00:00 GMT",
     "Mon, 01 Jan 2024 00:00:00 +99999999999999999999"],
)  # fmt: skip
def test_a_retry_after_that_says_nothing_is_passed_over(wish):
    response = httpx.Response(503, headers=[(b"Retry-After", wish.encode())])
    problem = problem_of_read(response)
    assert problem.retry_after is None
    assert problem.arrival is Arrival.UNKNOWN


@pytest.mark.parametrize("status", [500, 503])
def test_a_busy_server_that_says_when_to_come_back_may_have_acted_all_the_same(status):
    assert problem_of_write(pleo_says(status, **{"Retry-After": "3"})).arrival is Arrival.UNKNOWN


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_refused(status):
    elsewhere = httpx.Response(status, headers={"Location": "https://evil.example/v3"})
    for problem in (problem_of_read(elsewhere), problem_of_write(elsewhere)):
        assert type(problem) is RedirectRefused
        assert problem.arrival is Arrival.UNKNOWN


@pytest.mark.parametrize("location", [None, "https://[", "", "/elsewhere", "https://a:99999/"])
def test_a_redirect_to_nowhere_is_a_problem_of_the_family_too(location):
    headers = {"Location": location} if location is not None else {}
    assert problem_of_read(httpx.Response(302, headers=headers)).arrival is Arrival.UNKNOWN


@pytest.mark.parametrize(
    ("good", "words"),
    [
        (httpx.Response(200, html=HTML), "web page"),
        (httpx.Response(200, text=HTML), "web page"),
        (httpx.Response(200, text="\n  <html>"), "web page"),
        (httpx.Response(200), "empty"),
        (httpx.Response(200, text=" \n"), "empty"),
        (httpx.Response(204), "empty"),
        (httpx.Response(200, text='{"data": {"id": '), "not complete JSON"),
        (httpx.Response(200, text="[" * 100_000), "not complete JSON"),
        (httpx.Response(200, content=b"\xff\xfe\xfd"), "not complete JSON"),
        (httpx.Response(200, text='{"data": NaN}'), "not complete JSON"),
        (httpx.Response(200, text='{"data": 1e99999999999999999999}'), "not complete JSON"),
        (httpx.Response(200, text='{"data": ' + "9" * 5_000 + "}"), "not complete JSON"),
        (httpx.Response(200, json=[]), "could not be read"),
        (httpx.Response(200, text="null"), "could not be read"),
        (httpx.Response(200, json={}), "data"),
        (httpx.Response(200, json={"data": {key: job_json()[key] for key in ("id", "companyId")}}), "data.status"),
        (httpx.Response(200, json={"data": job_json(createdBy=42)}), "data.createdBy"),
        (httpx.Response(200, json={"data": job_json(createdAt="yesterday", status=5)}), "data.status"),
        (httpx.Response(200, json={"data": job_json(failureReason=17)}), "data.failureReason"),
    ],
)
def test_an_answer_that_is_not_what_pleo_describes_says_where(good, words):
    problem = problem_of_read(good)
    assert type(problem) is AnswerUnreadable
    assert words in problem.title
    assert problem.arrival is Arrival.UNKNOWN
    assert f"GET /v3/export-jobs/{JOB_ID}" in problem.details


def test_a_web_page_in_the_place_of_an_accepted_event_is_not_taken_for_pleo():
    problem = problem_of_write(httpx.Response(200, html=HTML))
    assert type(problem) is AnswerUnreadable
    assert problem.arrival is Arrival.UNKNOWN


@pytest.mark.parametrize(
    "accepted", [httpx.Response(202), httpx.Response(202, json={}), httpx.Response(200), httpx.Response(201)]
)
async def test_an_accepted_event_needs_no_body(accepted):
    await client_over([accepted]).post_event(ExportJobEvent("completed", JOB_ID))


@pytest.mark.parametrize(
    "said",
    [
        httpx.Response(204),
        httpx.Response(207, json={"data": [], "errors": []}),
        httpx.Response(206, json={"ok": True}),
        httpx.Response(200, json={"type": "INVALID_EXPORT_JOB_STATUS_CHANGE", "message": "Not in this state"}),
        httpx.Response(202, json={"error": {"code": 7}}),
        httpx.Response(200, json={"errors": ["Not in this state"]}),
    ],
    ids=["204", "207", "206", "an error", "an error without words", "errors"],
)
def test_a_good_status_is_no_acceptance_where_the_answer_says_otherwise(said):
    problem = problem_of_write(said)
    assert type(problem) is AnswerUnreadable
    assert problem.arrival is Arrival.UNKNOWN


def test_the_words_of_an_error_under_a_good_status_are_shown():
    said = httpx.Response(200, json={"type": "INVALID_EXPORT_JOB_STATUS_CHANGE", "message": "Not in this state"})
    problem = problem_of_write(said)
    assert problem.title == "Pleo answered 200 with an error: Not in this state"
    assert problem.words == ServerWords(200, "INVALID_EXPORT_JOB_STATUS_CHANGE", "Not in this state")


def test_an_error_under_a_good_status_that_has_a_type_alone_says_that():
    problem = problem_of_write(httpx.Response(207, json={"type": "SOME_RULE"}))
    assert problem.words == ServerWords(207, "SOME_RULE")
    assert problem_of_write(httpx.Response(200, json={"type": "SOME_RULE"})).title.endswith("an error: SOME_RULE")


def test_deep_nesting_in_a_refusal_is_no_crash():
    problem = problem_of_read(httpx.Response(422, text="[" * 100_000))
    assert type(problem) is Refused
    assert problem.words.type is None


def test_pleos_words_stand_untouched_in_a_sentence_of_the_users_language():
    problem = problem_of_read(pleo_says(422, message="Job is gone"))
    with bracketed():
        shown_title = shown(problem.title)
    assert shown_title == "⟦⟦Pleo refused this for the state the job is in⟧: Job is gone⟧"


def test_why_an_answer_cannot_be_read_is_said_in_the_users_language():
    problem = problem_of_read(httpx.Response(200, content=b"{"))
    with bracketed():
        assert shown(problem.title) == "⟦Pleo's answer could not be read: ⟦it is not complete JSON⟧⟧"


def test_a_huge_text_stays_out_of_the_title_and_is_cut_in_the_details():
    problem = problem_of_read(pleo_says(422, message="x" * 1_000_000))
    assert len(problem.title) < 1_000
    assert len(problem.details) < 5_000
    assert len(problem.words.message) == 1_000_000


async def test_a_huge_field_name_stays_out_of_the_title():
    value = {"data": job_json(), "x" * 100_000: 1}
    assert (await client_over([httpx.Response(200, json=value)]).get_job(JOB_ID)).id == JOB_ID
    row = {"_links": {"web": {"k" * 100_000: 3}}}
    client = client_over([httpx.Response(200, json=page_json(row))])
    with pytest.raises(AnswerUnreadable) as met:
        await client.list_export_items(JOB_ID)
    assert len(met.value.title) < 1_000


@given(content=st.binary(max_size=60), status=st.integers(min_value=200, max_value=599))
def test_whatever_bytes_come_back_the_end_is_a_value_or_a_problem_of_the_family(content, status):
    problem = problem_of_read(httpx.Response(status, content=content))
    assert problem.title
    assert problem.advice


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(field=st.sampled_from(sorted(job_json())), value=json_values)
def test_whatever_value_a_field_has_the_end_is_a_job_or_a_problem_of_the_family(field, value):
    response = httpx.Response(200, content=json.dumps({"data": job_json(**{field: value})}).encode())
    with contextlib.suppress(AnswerUnreadable):
        asyncio.run(client_over([response]).get_job(JOB_ID))


def test_an_incomplete_read_is_a_kind_of_unreadable_answer():
    assert issubclass(IncompleteRead, AnswerUnreadable)
