"""Tokens that renew themselves: one refresh for all who wait, saved before use, and no refresh token sent twice."""

import asyncio
from dataclasses import replace

import httpx
import pytest
from fakes.clocks import FakeClock
from fakes.sign_in_server import FakeEndpoint, FakeEntry

from app.errors import (
    AnswerLost,
    Arrival,
    NotReachable,
    ServerWords,
    SettingsProblem,
    SignInAgain,
    SignInNotKept,
    SignInRenewed,
    TooManyRequests,
)
from app.platform.clock import SystemClock
from app.platform.file_lock import hold_file
from app.pleo.sign_in_tokens import SignInTokens, TokenAnswer, read_tokens
from app.pleo.token_keeper import TokenKeeper

LOST = AnswerLost("Pleo did not answer in time")
REFUSED = SignInAgain("Pleo does not renew the sign-in any more", ServerWords(400, "invalid_grant"))


class Story:
    """A keeper with an hour's token from nine o'clock on, its store, its server and its clock."""

    def __init__(self, tmp_path, expires_in=3600, client_secret=""):
        self.clock = FakeClock()
        first = TokenAnswer("access-0", "refresh-0", expires_in)
        self.tokens = SignInTokens(client_secret=client_secret).followed_by(first, self.clock.now())
        self.entry = FakeEntry(self.tokens)
        self.endpoint = FakeEndpoint(expires_in)
        self.lock_file = tmp_path / "locks" / "sign-in.lock"
        self.keeper = self.another()

    def another(self, tokens=None):
        """As another process holds the same sign-in."""
        return TokenKeeper(self.endpoint, self.entry, tokens or self.tokens, self.clock, self.lock_file)

    @property
    def stored(self):
        return read_tokens(self.entry.text)


@pytest.fixture
def story(tmp_path):
    return Story(tmp_path)


async def test_a_good_token_is_used_as_it_is(story):
    assert await story.keeper.access_token() == "access-0"
    assert story.endpoint.sent == []


@pytest.mark.parametrize(("life", "seconds_before_the_end"), [(3600, 300), (100, 20), (10, 2)])
async def test_a_token_is_renewed_a_little_before_its_end(tmp_path, life, seconds_before_the_end):
    story = Story(tmp_path, expires_in=life)
    story.clock.pass_seconds(life - seconds_before_the_end - 1)
    assert await story.keeper.access_token() == "access-0"
    story.clock.pass_seconds(1)
    assert await story.keeper.access_token() == "access-1"


async def test_a_token_without_an_end_is_renewed_once_it_is_refused(tmp_path):
    story = Story(tmp_path, expires_in=None)
    story.clock.pass_seconds(10**8)
    assert await story.keeper.access_token() == "access-0"
    assert await story.keeper.renewed("access-0") == "access-1"


async def test_both_tokens_are_saved_together_before_the_new_one_is_used(story):
    assert await story.keeper.renewed("access-0") == "access-1"
    assert (story.stored.access_token, story.stored.refresh_token) == ("access-1", "refresh-1")
    assert not story.stored.refresh_has_left


async def test_a_refresh_token_is_marked_in_the_store_before_it_leaves(story):
    marks = []
    story.endpoint.before = lambda: marks.append(story.stored.refresh_has_left)
    await story.keeper.renewed("access-0")
    assert marks == [True]


async def test_many_who_meet_the_end_together_cause_one_refresh(story):
    story.clock.pass_seconds(3600)

    async def scene():
        return await asyncio.gather(*(story.keeper.access_token() for _ in range(50)))

    assert set(await scene()) == {"access-1"}
    assert story.endpoint.sent == ["refresh-0"]


async def test_many_whose_token_was_refused_cause_one_refresh(story):
    async def scene():
        return await asyncio.gather(*(story.keeper.renewed("access-0") for _ in range(50)))

    assert set(await scene()) == {"access-1"}
    assert story.endpoint.sent == ["refresh-0"]


async def test_who_comes_late_with_the_old_token_takes_the_new_one(story):
    async def scene():
        await story.keeper.renewed("access-0")
        return await story.keeper.renewed("access-0")

    assert await scene() == "access-1"
    assert len(story.endpoint.sent) == 1


async def test_a_refresh_goes_on_when_whoever_asked_for_it_is_gone(story):
    story.endpoint.gate, arrived = asyncio.Event(), asyncio.Event()
    story.endpoint.before = arrived.set
    asking = asyncio.ensure_future(story.keeper.renewed("access-0"))
    await arrived.wait()
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    story.endpoint.gate.set()
    await story.keeper.close()
    assert story.stored.access_token == "access-1"
    assert story.endpoint.is_closed


async def test_a_refresh_that_fails_when_nobody_waits_any_more_is_no_stray_error(story):
    async def scene():
        strays = []
        asyncio.get_running_loop().set_exception_handler(lambda _loop, context: strays.append(context))
        story.endpoint.gate, arrived = asyncio.Event(), asyncio.Event()
        story.endpoint.before = arrived.set
        story.endpoint.troubles = [LOST]
        asking = asyncio.ensure_future(story.keeper.renewed("access-0"))
        await arrived.wait()
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        story.endpoint.gate.set()
        await story.keeper.close()
        return strays

    assert await scene() == []


async def test_what_another_process_has_renewed_is_taken_from_the_store(story):
    other = story.another()
    await other.renewed("access-0")
    assert await story.keeper.renewed("access-0") == "access-1"
    assert story.endpoint.sent == ["refresh-0"]


async def test_two_processes_at_the_end_together_refresh_once(tmp_path):
    story = Story(tmp_path)
    story.clock = SystemClock()
    one, other = story.another(), story.another()

    async def scene():
        return await asyncio.gather(one.renewed("access-0"), other.renewed("access-0"))

    assert await scene() == ["access-1", "access-1"]
    assert story.endpoint.sent == ["refresh-0"]


async def test_a_process_that_holds_the_sign_in_forever_is_said(story):
    async def scene():
        async with hold_file(story.lock_file, story.clock, 0):
            await story.keeper.renewed("access-0")

    with pytest.raises(SignInNotKept, match="Another Signoff"):
        await scene()
    assert story.endpoint.sent == []


async def test_a_lock_that_cannot_be_taken_is_said(story):
    story.lock_file.parent.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(SignInNotKept, match="cannot be locked"):
        await story.keeper.renewed("access-0")
    assert story.endpoint.sent == []


async def test_a_refused_refresh_means_sign_in_again_and_is_not_asked_a_second_time(story):
    story.endpoint.troubles = [REFUSED]
    for _ in range(3):
        with pytest.raises(SignInAgain):
            await story.keeper.renewed("access-0")
        with pytest.raises(SignInAgain):
            await story.keeper.access_token()
    assert story.endpoint.sent == ["refresh-0"]
    assert story.stored.is_over


async def test_a_refused_refresh_keeps_the_client_secret(tmp_path):
    story = Story(tmp_path, client_secret="app-secret")
    story.endpoint.troubles = [REFUSED]
    with pytest.raises(SignInAgain):
        await story.keeper.renewed("access-0")
    assert story.stored == SignInTokens(client_secret="app-secret")


async def test_after_signing_in_again_the_same_keeper_goes_on(story):
    story.endpoint.troubles = [REFUSED]
    with pytest.raises(SignInAgain):
        await story.keeper.renewed("access-0")
    anew = SignInTokens().followed_by(TokenAnswer("access-anew", "refresh-anew", 3600), story.clock.now())
    story.entry.text = anew.as_text()
    assert await story.keeper.access_token() == "access-anew"


@pytest.mark.parametrize("is_refused", [True, False])
async def test_a_sign_in_of_the_meantime_is_not_overwritten_by_what_became_of_the_old_one(story, is_refused):
    anew = SignInTokens().followed_by(TokenAnswer("access-anew", "refresh-anew", 3600), story.clock.now())

    def sign_in():
        story.entry.text = anew.as_text()

    story.endpoint.before = sign_in
    if is_refused:
        story.endpoint.troubles = [REFUSED]
        with pytest.raises(SignInAgain):
            await story.keeper.renewed("access-0")
    else:
        assert await story.keeper.renewed("access-0") == "access-anew"
    assert story.stored == anew
    assert await story.keeper.access_token() == "access-anew"


async def test_after_a_lost_answer_the_refresh_token_is_never_sent_again(story):
    story.endpoint.troubles = [LOST]
    with pytest.raises(AnswerLost):
        await story.keeper.renewed("access-0")
    for _ in range(3):
        with pytest.raises(SignInAgain, match="not known whether the sign-in still holds"):
            await story.keeper.renewed("access-0")
    assert story.endpoint.sent == ["refresh-0"]


@pytest.mark.parametrize("status", [200, 403, 404])
async def test_a_token_that_pleo_still_takes_shows_that_a_lost_refresh_did_nothing(story, status):
    story.clock.pass_seconds(3400)
    story.endpoint.troubles = [LOST]
    scene, sent = asked(story, [status, 200])
    assert await scene() == status
    story.clock.pass_seconds(30)
    assert await scene() == 200
    assert sent == ["access-0", "access-2"]
    assert story.endpoint.sent == ["refresh-0", "refresh-0"]


async def test_a_server_in_trouble_shows_nothing_about_a_lost_refresh(story):
    story.clock.pass_seconds(3400)
    story.endpoint.troubles = [LOST]
    scene, _sent = asked(story, [503])
    await scene()
    story.clock.pass_seconds(30)
    with pytest.raises(SignInAgain, match="not known whether"):
        await scene()
    assert story.endpoint.sent == ["refresh-0"]


async def test_a_request_that_left_before_shows_nothing_about_a_lost_refresh(story):
    story.endpoint.troubles = [LOST]
    before = story.keeper.doubts
    with pytest.raises(AnswerLost):
        await story.keeper.renewed("access-0")
    story.keeper.accepted("access-0", before)
    with pytest.raises(SignInAgain, match="not known whether"):
        await story.keeper.renewed("access-0")
    assert story.endpoint.sent == ["refresh-0"]


async def test_after_a_crash_a_token_that_pleo_still_takes_may_be_renewed(story):
    story.entry.text = replace(story.tokens, refresh_has_left=True).as_text()
    story.keeper = story.another(story.stored)
    scene, sent = asked(story, [200, 200])
    await scene()
    story.clock.pass_seconds(3400)
    await scene()
    assert sent == ["access-0", "access-1"]


async def test_after_a_crash_in_the_middle_the_refresh_token_is_never_sent_again(story):
    story.entry.text = replace(story.tokens, refresh_has_left=True).as_text()
    with pytest.raises(SignInAgain, match="not known whether"):
        await story.another(story.stored).renewed("access-0")
    assert story.endpoint.sent == []


@pytest.mark.parametrize(
    "trouble",
    [NotReachable("Pleo cannot be reached"), TooManyRequests("busy", ServerWords(429), retry_after=1)],
    ids=["not reached", "not acted on"],
)
async def test_a_refresh_that_surely_did_nothing_may_be_sent_again(story, trouble):
    assert trouble.arrival is Arrival.NEVER
    story.endpoint.troubles = [trouble]
    with pytest.raises(type(trouble)):
        await story.keeper.renewed("access-0")
    assert not story.stored.refresh_has_left
    assert await story.keeper.renewed("access-0") == "access-2"


async def test_trouble_with_renewing_early_is_nobodys_trouble_while_the_token_is_good(story):
    story.clock.pass_seconds(3500)
    story.endpoint.troubles = [NotReachable("Pleo cannot be reached")]
    assert await story.keeper.access_token() == "access-0"
    assert await story.keeper.access_token() == "access-0"
    assert len(story.endpoint.sent) == 1
    story.clock.pass_seconds(30)
    assert await story.keeper.access_token() == "access-2"


async def test_new_tokens_that_cannot_be_saved_are_not_used_and_not_lost(story):
    locked = SettingsProblem("The key could not be saved in the keyring", advice="Unlock it.")

    def lock():
        story.entry.damage = locked

    story.endpoint.before = lock
    for _ in range(2):
        with pytest.raises(SignInNotKept, match="could not be saved"):
            await story.keeper.renewed("access-0")
        with pytest.raises(SignInNotKept):
            await story.keeper.access_token()
    story.entry.damage = None
    assert await story.keeper.access_token() == "access-1"
    assert story.stored.access_token == "access-1"
    assert story.endpoint.sent == ["refresh-0"]


async def test_where_the_keyring_takes_nothing_no_refresh_token_leaves(story):
    story.entry.damage = SettingsProblem("The key could not be saved in the keyring", advice="Unlock it.")
    with pytest.raises(SignInNotKept):
        await story.keeper.renewed("access-0")
    assert story.endpoint.sent == []


async def test_a_stored_text_that_is_no_sign_in_is_said_and_not_shown(story):
    story.entry.text = '{"access_token": 7, "refresh_token": "very-secret"}'
    with pytest.raises(SignInNotKept, match="cannot be read") as met:
        await story.keeper.renewed("access-0")
    assert "very-secret" not in repr(vars(met.value))


def test_an_answer_without_a_new_refresh_token_leaves_the_old_one():
    clock = FakeClock()
    tokens = SignInTokens("a", "r").followed_by(TokenAnswer("b", None, None), clock.now())
    assert (tokens.access_token, tokens.refresh_token, tokens.renew_at) == ("b", "r", None)


def test_tokens_are_in_no_repr():
    tokens = SignInTokens("access-secret", "refresh-secret", client_secret="client-secret")
    assert "secret" not in repr(tokens).replace("client_secret", "")
    assert "secret" not in repr(TokenAnswer("access-secret", "refresh-secret"))


# What the requests see of it.


def asked(story, answers, method="GET"):
    """The answer to one request over the keeper, and the tokens that were sent."""
    sent = []

    def respond(request):
        sent.append(request.headers["Authorization"].removeprefix("Bearer "))
        return httpx.Response(answers.pop(0))

    async def scene():
        transport = httpx.MockTransport(respond)
        async with httpx.AsyncClient(auth=story.keeper.auth(), transport=transport) as client:
            return (await client.request(method, "https://pleo.example/v3")).status_code

    return scene, sent


async def test_a_read_whose_token_is_refused_is_sent_again_with_a_new_one(story):
    scene, sent = asked(story, [401, 200])
    assert await scene() == 200
    assert sent == ["access-0", "access-1"]


@pytest.mark.parametrize("method", ["POST", "PUT"])
async def test_a_write_whose_token_is_refused_leaves_once_and_surely_did_nothing(story, method):
    scene, sent = asked(story, [401], method)
    with pytest.raises(SignInRenewed) as met:
        await scene()
    assert met.value.arrival is Arrival.NEVER
    assert sent == ["access-0"]
    assert story.stored.access_token == "access-1"


async def test_a_write_leaves_with_a_token_that_was_renewed_before(story):
    story.clock.pass_seconds(3599)
    scene, sent = asked(story, [202], "POST")
    assert await scene() == 202
    assert sent == ["access-1"]


async def test_a_write_that_gets_no_token_does_not_leave(story):
    story.clock.pass_seconds(3600)
    story.endpoint.troubles = [REFUSED]
    scene, sent = asked(story, [], "POST")
    with pytest.raises(SignInAgain) as met:
        await scene()
    assert met.value.arrival is Arrival.NEVER
    assert sent == []


async def test_a_token_that_is_refused_though_it_was_just_renewed_is_not_renewed_again(story):
    for _ in range(3):
        scene, _sent = asked(story, [401, 401])
        with pytest.raises(SignInAgain):
            await scene()
    assert story.endpoint.sent == ["refresh-0"]


async def test_a_renewed_token_that_was_taken_once_is_renewed_again_in_its_time(story):
    scene, sent = asked(story, [401, 200, 401, 200])
    await scene()
    assert await scene() == 200
    assert sent == ["access-0", "access-1", "access-1", "access-2"]
