"""Nothing of a company is read or sent before the credential has said whom it speaks for."""

import asyncio

import httpx
import pytest
from fakes.answers import job_json, page_json
from fakes.builders import JOB_ID
from fakes.channels import client_over

from app.errors import NotReachable, WrongCompany
from app.models.export_job_event import ExportJobEvent
from app.models.page import Introspection


def guarded(*answers, subject: str = "urn:pleo:company:aaaa"):
    """A client for that subject, and the paths that it asked for."""
    asked: list[str] = []
    left = list(answers)

    def respond(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        if request.url.path != "/v1/introspect":
            return httpx.Response(200, json=page_json(job_json()))
        answer = left.pop(0) if left else subject
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(200, json={"subjectURN": answer})

    def guard(found: Introspection) -> None:
        if found.subject_urn != subject:
            raise WrongCompany("another company")

    return client_over(respond, guard=guard), asked


async def many_reads(client) -> None:
    await asyncio.gather(*(client.list_jobs() for _ in range(5)))


async def test_the_credential_is_asked_once_and_first():
    client, asked = guarded()
    await many_reads(client)
    assert asked == ["/v1/introspect", *["/v3/export-jobs"] * 5]


@pytest.mark.parametrize(
    "act",
    [
        lambda client: client.list_jobs(),
        lambda client: client.list_export_items(JOB_ID),
        lambda client: client.post_event(ExportJobEvent(event="completed", job_id=JOB_ID)),
        lambda client: client.put_items(JOB_ID, "[]"),
    ],
)
async def test_a_credential_of_another_company_reads_and_sends_nothing(act):
    client, asked = guarded(*["urn:pleo:company:bbbb"] * 2)
    for _ in range(2):
        with pytest.raises(WrongCompany):
            await act(client)
    assert set(asked) == {"/v1/introspect"}


async def test_where_the_question_is_not_answered_it_is_asked_again_next_time():
    client, asked = guarded(httpx.ConnectError("down"))
    with pytest.raises(NotReachable):
        await client.list_jobs()
    await client.list_jobs()
    assert asked == ["/v1/introspect", "/v1/introspect", "/v3/export-jobs"]
