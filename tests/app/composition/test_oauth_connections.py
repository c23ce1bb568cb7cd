"""A connection that signs in by OAuth, through the composition and against the sandbox."""

import asyncio
import json
from dataclasses import replace

import pytest
from fakes.browser import FakeBrowser
from fakes.running_sandbox import RunningSandbox
from fakes.sandbox import final_events, sent_events

from app.completion.attempt import Outcome, Standing
from app.completion.patience import Patience
from app.composition.compose import compose
from app.composition.services import Tuning
from app.errors import CredentialMissing, SignInAgain, SignInFailed, UsageProblem, WrongCompany
from app.models.vocabulary import JobId
from app.pleo.retrying import ReadPatience
from app.pleo.sign_in_tokens import read_tokens
from app.sandbox.faults import Fault
from app.settings.company_guard import remembering
from app.settings.connections import Connection, ConnectionId, SignInKind
from app.settings.credentials import SessionCredentials

TUNING = Tuning(
    reads=ReadPatience(attempts=1), completion=Patience(reads=(0, 0.01), sends=2, between_sends=0.01, longest_wait=1)
)
LIFE_SECONDS = 60
ELSEWHERE = "urn:pleo:company:5e1f8c2e-0000-4000-8000-00000000e115"


@pytest.fixture(scope="module")
def running():
    with RunningSandbox("mixed") as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running):
    running.load("all successful")
    running.act({"act": "sign_in", "answer": "allow", "expires_in": LIFE_SECONDS})
    return running


class Desk:
    """One user with a connection to the sandbox that signs in by OAuth."""

    def __init__(self, sandbox, folder):
        self.sandbox = sandbox
        self.folder = folder
        self.credentials = SessionCredentials()
        self.browser = FakeBrowser()
        self.composition = compose(folder=folder, credentials=self.credentials, environment={}, tuning=TUNING)
        self.connection = Connection(
            id=ConnectionId("acme"),
            name="Acme",
            base_url=sandbox.url,
            sign_in=SignInKind.OAUTH,
            oauth_client_id="signoff",
            oauth_redirect_uri="http://localhost/callback",
        )

    async def sign_in(self, client_secret=""):
        secret = await self.composition.access.sign_in_by_browser(self.connection, client_secret, self.browser.open)
        await self.browser.page()
        await self.composition.access.test(self.connection, secret)
        self.composition.settings.save(self.connection, secret)

    async def open(self):
        return await self.composition.services.open(self.composition.sign_ins.stored(self.connection))

    @property
    def tokens(self):
        return read_tokens(self.credentials.read(self.connection.credential_name))

    async def complete(self, services):
        job_id = JobId(self.sandbox.world.job_id)
        snapshot = await services.completion.read(job_id)
        return await services.completion.submit(services.completion.preview(snapshot), lambda step: None)


@pytest.fixture
def desk(sandbox, tmp_path):
    desk = Desk(sandbox, tmp_path / "data")
    yield desk
    desk.composition.journal.close()


def opened(desk, story, client_secret=""):
    """What the story comes to over the services of the signed-in connection."""

    async def scene():
        await desk.sign_in(client_secret)
        services = await desk.open()
        try:
            return await story(services)
        finally:
            await services.close()

    return asyncio.run(scene())


def test_a_sign_in_is_tested_stored_and_opens_the_jobs(desk):
    async def story(services):
        found = await services.pleo.introspect()
        return found.auth_method, found.client_id, len(await services.pleo.list_jobs())

    assert opened(desk, story) == ("OAUTH2", "signoff", 1)
    assert desk.composition.settings.connections() == (desk.connection,)
    assert desk.browser.asked()["scope"] == "export-jobs:read export-jobs:write export-items:read"


def test_a_token_that_ends_between_two_reads_is_renewed_and_the_reads_go_on(desk):
    async def story(services):
        before = desk.tokens
        desk.sandbox.world.advance(LIFE_SECONDS)
        await asyncio.gather(*(services.pleo.list_jobs() for _ in range(20)))
        return before, desk.tokens

    before, after = opened(desk, story)
    assert before.refresh_token != after.refresh_token
    assert desk.sandbox.received()["places"]["token"] == 2


def test_a_token_that_ends_under_the_event_is_renewed_and_the_event_is_applied_once(desk):
    desk.sandbox.arm(Fault("final_event", effect="applied", first={"act": "advance", "seconds": LIFE_SECONDS}))
    outcome = opened(desk, desk.complete)
    assert isinstance(outcome, Outcome)
    assert outcome.standing is Standing.CONFIRMED
    assert len(sent_events(desk.sandbox)) == 2  # the first was answered with 401
    assert len(final_events(desk.sandbox)) == 1


def test_a_refused_refresh_sends_nothing_and_says_sign_in_again(desk):
    async def story(services):
        snapshot = await services.completion.read(JobId(desk.sandbox.world.job_id))
        desk.sandbox.act({"act": "disconnect"})
        with pytest.raises(SignInAgain):
            await services.completion.submit(services.completion.preview(snapshot), lambda step: None)
        with pytest.raises(SignInAgain):
            await services.pleo.list_jobs()

    opened(desk, story)
    assert sent_events(desk.sandbox) == []
    assert desk.sandbox.received()["places"]["token"] == 2
    assert desk.composition.settings.connections() == (desk.connection,)
    assert desk.tokens.is_over


def test_a_sign_in_that_ends_under_the_event_leaves_the_job_as_it_was(desk):
    desk.sandbox.arm(Fault("final_event", effect="applied", first={"act": "disconnect"}))
    with pytest.raises(SignInAgain):
        opened(desk, desk.complete)
    assert '"standing":"not_sent"' in asyncio.run(desk.composition.journal.rows())[-1].content.replace(" ", "")
    assert desk.sandbox.world.job_body(desk.sandbox.world.job_id)["status"] == "in_progress"


def test_after_signing_in_again_the_services_that_are_open_go_on(desk):
    async def story(services):
        desk.sandbox.act({"act": "disconnect"})
        with pytest.raises(SignInAgain):
            await services.pleo.list_jobs()
        await desk.sign_in()
        outcome = await desk.complete(services)
        return outcome.standing

    assert opened(desk, story) is Standing.CONFIRMED


def test_a_sign_in_that_has_ended_still_opens_so_that_what_was_read_can_be_seen(desk):
    async def story(services):
        desk.sandbox.act({"act": "disconnect"})
        with pytest.raises(SignInAgain):
            await services.pleo.list_jobs()
        later = await desk.open()
        with pytest.raises(SignInAgain, match="has ended"):
            await later.pleo.list_jobs()
        await later.close()

    opened(desk, story)


def test_the_client_secret_stays_when_the_user_signs_in_again_without_it(desk):
    desk.connection = replace(desk.connection, oauth_client_id="confidential-app")

    async def story(services):
        await desk.sign_in()
        return desk.tokens.client_secret

    assert opened(desk, story, "an-app-secret") == "an-app-secret"


def test_a_sign_in_that_failed_leaves_the_one_before(desk):
    async def story(services):
        before = desk.tokens
        desk.sandbox.act({"act": "sign_in", "answer": "deny"})
        with pytest.raises(SignInFailed):
            await desk.sign_in()
        await services.pleo.list_jobs()
        return before == desk.tokens

    assert opened(desk, story)


def test_a_connection_that_never_signed_in_has_nothing_to_open_with(desk):
    with pytest.raises(CredentialMissing, match="Nobody is signed in to Acme"):
        desk.composition.sign_ins.stored(desk.connection)


def test_a_command_signs_in_with_the_same_tokens(desk):
    async def story(services):
        return await desk.composition.services.open(desk.composition.sign_ins.chosen("Acme"))

    services = opened(desk, story)
    assert services.connection == desk.connection
    asyncio.run(services.close())


async def test_without_a_client_id_no_browser_is_opened(desk):
    desk.connection = replace(desk.connection, oauth_client_id=None)
    with pytest.raises(UsageProblem):
        await desk.sign_in()
    assert desk.browser.addresses == []


async def test_an_unsafe_address_opens_no_browser(desk):
    desk.connection = replace(desk.connection, base_url="http://external.pleo.io")
    with pytest.raises(UsageProblem):
        await desk.sign_in()
    assert desk.browser.addresses == []


def test_no_part_of_the_sign_in_is_in_a_file(desk):
    seen = []

    async def story(services):
        seen.append(desk.tokens)
        desk.sandbox.world.advance(LIFE_SECONDS)
        await desk.complete(services)
        seen.append(desk.tokens)

    opened(desk, story, "an-app-secret")
    secrets = {value for tokens in seen for value in (tokens.access_token, tokens.refresh_token)} | {"an-app-secret"}
    assert len(secrets) == 5
    files = [path for path in desk.folder.rglob("*") if path.is_file()]
    assert files
    for path in files:
        content = path.read_bytes()
        assert not [secret for secret in secrets if secret.encode() in content], path


def test_a_renewed_sign_in_that_speaks_for_another_company_sends_nothing(desk):
    async def story(services):
        found = await services.pleo.introspect()
        desk.composition.settings.save(remembering(desk.connection, found), "")
        guarded = await desk.composition.services.open(
            desk.composition.sign_ins.stored(desk.composition.settings.connections()[0])
        )
        job_id = JobId(desk.sandbox.world.job_id)
        snapshot = await guarded.completion.read(job_id)
        desk.sandbox.arm(*[Fault("introspect", status=200, body=json.dumps({"subjectURN": ELSEWHERE}))] * 2)
        desk.sandbox.world.advance(LIFE_SECONDS)
        with pytest.raises(WrongCompany):
            await guarded.completion.submit(guarded.completion.preview(snapshot), lambda step: None)
        with pytest.raises(WrongCompany):
            await guarded.pleo.list_jobs()
        await guarded.close()

    opened(desk, story)
    assert sent_events(desk.sandbox) == []
