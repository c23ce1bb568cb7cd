"""A sign-in that was renewed says again whom it speaks for, before anything of it is used and before it writes."""

import asyncio

import httpx
import pytest
from fakes.answers import job_json, page_json
from fakes.builders import JOB_ID
from fakes.clocks import FakeClock
from fakes.sign_in_server import FakeEndpoint, FakeEntry

from app.errors import SignInNotKept, SignInRenewed, WrongCompany
from app.models.export_job_event import ExportJobEvent
from app.models.page import Introspection
from app.pleo.client import PleoClient
from app.pleo.connection import Channels
from app.pleo.limiter import RequestLimiter
from app.pleo.retrying import ReadPatience
from app.pleo.sign_in_tokens import SignInTokens, TokenAnswer
from app.pleo.token_keeper import TokenKeeper

ACME, EVIL = "urn:pleo:company:acme", "urn:pleo:company:evil"
EVENT = ExportJobEvent(event="completed", job_id=JOB_ID)


class Story:
    """A client over a sign-in whose first token is Acme's; `owners` says whose the later ones are."""

    def __init__(self, tmp_path, *owners: str) -> None:
        self.clock, self.endpoint = FakeClock(), FakeEndpoint()
        tokens = SignInTokens().followed_by(TokenAnswer("access-0", "refresh-0", 3600), self.clock.now())
        self.keeper = TokenKeeper(self.endpoint, FakeEntry(tokens), tokens, self.clock, tmp_path / "sign-in.lock")
        self.owner = {f"access-{number}": owner for number, owner in enumerate((ACME, *owners))}
        self.asked: list[str] = []
        self.seconds_for_an_answer = 0
        channel = httpx.AsyncClient(
            base_url="https://pleo.example", auth=self.keeper.auth(), transport=httpx.MockTransport(self._answer)
        )
        channels = Channels(channel, channel, self.keeper)
        self.pleo = PleoClient(channels, RequestLimiter(self.clock), ReadPatience(attempts=1), self._guard)

    def pass_an_hour(self) -> None:
        self.clock.pass_seconds(3600)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        self.asked.append(f"{request.method} {request.url.path.rpartition('/')[2]} {token}")
        self.clock.pass_seconds(self.seconds_for_an_answer)
        if request.url.path == "/v1/introspect":
            return httpx.Response(200, json={"subjectURN": self.owner[token]})
        return httpx.Response(202 if request.method == "POST" else 200, json=page_json(job_json()))

    @staticmethod
    def _guard(found: Introspection) -> None:
        if found.subject_urn != ACME:
            raise WrongCompany("another company")


async def test_it_is_asked_once_for_each_token(tmp_path):
    story = Story(tmp_path, ACME)
    await story.pleo.list_jobs()
    await story.pleo.list_jobs()
    story.pass_an_hour()
    await story.pleo.list_jobs()
    await story.pleo.list_jobs()
    assert story.asked == [
        "GET introspect access-0",
        "GET export-jobs access-0",
        "GET export-jobs access-0",
        "GET export-jobs access-1",
        "GET introspect access-1",
        "GET export-jobs access-1",
    ]


async def test_what_was_read_with_another_companys_token_is_not_handed_out(tmp_path):
    story = Story(tmp_path, EVIL)
    await story.pleo.list_jobs()
    story.pass_an_hour()
    for _ in range(2):
        with pytest.raises(WrongCompany):
            await story.pleo.list_jobs()


@pytest.mark.parametrize("write", [lambda pleo: pleo.post_event(EVENT), lambda pleo: pleo.put_items(JOB_ID, "[]")])
async def test_nothing_is_written_with_another_companys_token(tmp_path, write):
    story = Story(tmp_path, EVIL)
    await story.pleo.list_jobs()
    story.pass_an_hour()
    with pytest.raises(WrongCompany):
        await write(story.pleo)
    assert not [asked for asked in story.asked if asked.startswith(("POST", "PUT"))]


async def test_a_write_that_is_due_for_a_new_token_asks_first_and_leaves_once(tmp_path):
    story = Story(tmp_path, ACME)
    await story.pleo.list_jobs()
    story.pass_an_hour()
    await story.pleo.post_event(EVENT)
    assert story.asked[-2:] == ["GET introspect access-1", "POST export-job-events access-1"]


async def test_a_token_that_is_renewed_between_question_and_write_keeps_the_write_back(tmp_path):
    story = Story(tmp_path, ACME, EVIL)
    await story.pleo.list_jobs()
    ready = story.keeper.make_ready

    async def ready_and_then_renewed() -> None:
        await ready()
        await story.pleo.pass_guard()
        story.pass_an_hour()

    story.keeper.make_ready = ready_and_then_renewed
    with pytest.raises(SignInRenewed):
        await story.pleo.post_event(EVENT)
    story.keeper.make_ready = ready
    await story.pleo.post_event(EVENT)
    posts = [asked for asked in story.asked if asked.startswith("POST")]
    assert posts == ["POST export-job-events access-1"]


async def test_many_readers_ask_together(tmp_path):
    story = Story(tmp_path, ACME)
    await story.pleo.list_jobs()
    story.pass_an_hour()
    await asyncio.gather(*(story.pleo.list_jobs() for _ in range(5)))
    assert story.asked.count("GET introspect access-1") == 1


async def test_a_sign_in_that_is_renewed_at_every_request_ends_in_words(tmp_path):
    story = Story(tmp_path, *[ACME] * 20)
    story.seconds_for_an_answer = 3600
    with pytest.raises(SignInNotKept, match="renewed at every request"):
        await story.pleo.list_jobs()
