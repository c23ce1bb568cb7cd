"""Keeps one sign-in alive: its tokens are renewed a little early, by one at a time, and saved before they are used."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import httpx

from app.errors import Arrival, PleoProblem, ServerWords, SettingsProblem, SignInAgain, SignInNotKept, SignInRenewed
from app.messages import by_reader, said
from app.platform.clock import Clock
from app.platform.file_lock import hold_file
from app.pleo.sign_in_tokens import SignInTokens, TokenAnswer, read_tokens

# Longer than any refresh takes, so that it is another process which hangs and not one that is slow.
_LOCK_SECONDS = 60
# Between two tries to renew a token that is still good.
_NEXT_EARLY_SECONDS = 30
_UNAUTHORIZED = 401
# As Pleo would answer it, had it been asked.
_WORDLESS = ServerWords(_UNAUTHORIZED)
# The one that is there, one that another window renewed, and one of our own.
_TOKENS_TRIED = 3


class KeyringEntry(Protocol):
    """The place of one sign-in in the credential store. Both raise SettingsProblem, and may wait for a keyring."""

    def read(self) -> str | None: ...

    def write(self, text: str) -> None: ...


class Refresh(Protocol):
    """Raises SignInAgain where Pleo says no, and PleoProblem."""

    async def refresh(self, refresh_token: str) -> TokenAnswer: ...

    async def close(self) -> None: ...


class TokenKeeper:
    """Every method raises PleoProblem, SignInAgain where only the user can help, and nothing else.

    A refresh token leaves once. It is marked in the store before it is sent, and whoever finds the mark later, after a
    lost answer or a crash, does not send it again: used twice it could void what other machines hold. Only where Pleo
    still takes the access token beside it, the refresh did nothing, since it would have ended both.
    """

    def __init__(
        self, endpoint: Refresh, entry: KeyringEntry, tokens: SignInTokens, clock: Clock, lock_file: Path
    ) -> None:
        self._endpoint = endpoint
        self._entry = entry
        self._tokens = tokens
        self._clock = clock
        self._lock_file = lock_file
        self._renewing: asyncio.Task[None] | None = None
        self._next_early = 0.0
        # The old tokens, and the new ones that the store did not take yet: they are saved before they are used.
        self._unsaved: tuple[SignInTokens, SignInTokens] | None = None
        # A renewed token that Pleo has not taken yet: if it is refused too, another one would fare no better.
        self._untried = ""
        # Refreshes of which nobody knows what became, and the access token that Pleo has taken since the last of them.
        self.doubts = 0
        self._taken = ""
        # Access tokens in use, one after the other, and the one of them that was found to be of the right company.
        self.renewals = 0
        self._vouched: int | None = None

    def auth(self) -> httpx.Auth:
        return _KeptBearer(self)

    async def access_token(self) -> str:
        """One that should be good. Renews it where it is about to end."""
        now = self._clock.now()
        if self._unsaved or self._tokens.is_over or self._tokens.is_expired(now):
            await self._renew()
        elif self._tokens.is_due(now) and now.timestamp() >= self._next_early:
            await self._renew_early()
        return self._tokens.access_token

    async def renewed(self, refused: str) -> str:
        """Another one than that which was answered with 401."""
        if refused == self._untried:
            raise SignInAgain(said("Pleo does not accept the sign-in, though it was just renewed"), _WORDLESS)
        if self._tokens.access_token in ("", refused):
            await self._renew()
        return self._tokens.access_token

    async def make_ready(self) -> None:
        await self.access_token()

    def vouch(self, renewals: int) -> None:
        self._vouched = renewals

    @property
    def is_vouched(self) -> bool:
        """Whether a write may leave with the token: always, as long as nobody asks whom it speaks for."""
        return self._vouched in (None, self.renewals)

    def accepted(self, token: str, doubts: int) -> None:
        """Pleo took the token in a request that left when there were so many doubts."""
        if token == self._untried:
            self._untried = ""
        if doubts == self.doubts:
            self._taken = token

    async def close(self) -> None:
        """Lets a refresh that has left come to its end, whose answer would be lost otherwise."""
        if self._renewing:
            await asyncio.wait([self._renewing])
        await self._endpoint.close()

    async def _renew_early(self) -> None:
        """The old token is still good, so that only a refusal is anybody's trouble."""
        try:
            await self._renew()
        except SignInAgain:
            raise
        except PleoProblem:
            self._next_early = self._clock.now().timestamp() + _NEXT_EARLY_SECONDS
            if self._unsaved:
                raise

    async def _renew(self) -> None:
        """Whoever comes meanwhile waits for the same answer; who stops waiting does not stop it, since an answer that
        nobody hears would end the sign-in."""
        if self._renewing is None:
            self._renewing = asyncio.ensure_future(self._renew_alone(self._tokens.access_token))
            self._renewing.add_done_callback(self._forget)
        await asyncio.shield(self._renewing)

    def _forget(self, done: asyncio.Task[None]) -> None:
        self._renewing = None
        if not done.cancelled():
            done.exception()  # those who still wait raise it

    async def _renew_alone(self, worn: str) -> None:
        async with self._hold():
            if self._unsaved:
                await self._take(*self._unsaved)
                return
            kept = await self._read()
            if kept.access_token not in ("", worn) and not kept.is_due(self._clock.now()):
                self._use(kept)  # another window has renewed it, or the user has signed in again
                return
            self._use(kept)
            await self._refresh(kept)

    async def _refresh(self, kept: SignInTokens) -> None:
        if kept.is_over:
            raise SignInAgain(said("The sign-in has ended"), _WORDLESS)
        if kept.refresh_has_left and kept.access_token != self._taken:
            raise SignInAgain(
                said("It is not known whether the sign-in still holds: Pleo's answer to renewing it was lost"),
                _WORDLESS,
            )
        if not kept.refresh_token:
            raise SignInAgain(said("The sign-in has run out, and Pleo gave nothing to renew it with"), _WORDLESS)
        await self._write(replace(kept, refresh_has_left=True))
        try:
            answer = await self._endpoint.refresh(kept.refresh_token)
        except SignInAgain:
            await self._write_after(kept, kept.ended())
            raise
        except PleoProblem as problem:
            if problem.arrival is Arrival.NEVER:
                await self._write_after(kept, replace(kept, refresh_has_left=False))
            else:
                self.doubts, self._taken = self.doubts + 1, ""
            raise
        await self._take(kept, kept.followed_by(answer, self._clock.now()))

    async def _take(self, kept: SignInTokens, fresh: SignInTokens) -> None:
        self._unsaved = (kept, fresh)
        await self._write_after(kept, fresh)
        self._unsaved, self._untried = None, fresh.access_token

    async def _write_after(self, kept: SignInTokens, tokens: SignInTokens) -> None:
        """Unless the user has signed in anew meanwhile, which counts for more than what became of the old tokens."""
        stored = await self._read()
        if stored.access_token == kept.access_token:
            await self._write(tokens)
            stored = tokens
        self._use(stored)

    def _use(self, tokens: SignInTokens) -> None:
        if tokens.access_token != self._tokens.access_token:
            self.renewals += 1
        self._tokens = tokens

    async def _read(self) -> SignInTokens:
        try:
            text = await asyncio.to_thread(self._entry.read)
            return read_tokens(text) if text else SignInTokens()
        except SettingsProblem as problem:
            raise _not_kept(problem) from None

    async def _write(self, tokens: SignInTokens) -> None:
        try:
            await asyncio.to_thread(self._entry.write, tokens.as_text())
        except SettingsProblem as problem:
            raise _not_kept(problem) from None

    @asynccontextmanager
    async def _hold(self) -> AsyncIterator[None]:
        """Keeps other processes from renewing the same sign-in."""
        async with AsyncExitStack() as held:
            try:
                await held.enter_async_context(hold_file(self._lock_file, self._clock, _LOCK_SECONDS))
            except TimeoutError:
                raise SignInNotKept(
                    said("Another Signoff on this machine renews the sign-in and has not finished"),
                    advice=by_reader(said("Close it, then read again (F5)."), said("Close it, then run it again.")),
                ) from None
            except OSError as error:
                raise SignInNotKept(
                    said(
                        "The sign-in cannot be renewed: {file} cannot be locked: {why}",
                        file=error.filename,
                        why=error.strerror,
                    ),
                    advice=by_reader(
                        said("Make sure that the data folder may be written, then read again (F5)."),
                        said("Make sure that the data folder may be written, then run it again."),
                    ),
                ) from None
            yield


class _KeptBearer(httpx.Auth):
    """A read whose token was refused is sent again with a new one. A write leaves once: who sent it decides."""

    def __init__(self, keeper: TokenKeeper) -> None:
        self._keeper = keeper

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        token = await self._keeper.access_token()
        for _ in range(_TOKENS_TRIED):
            if request.method != "GET" and not self._keeper.is_vouched:
                raise SignInRenewed(said("The sign-in was renewed, and whom it speaks for is asked first"), _WORDLESS)
            request.headers["Authorization"] = f"Bearer {token}"
            doubts = self._keeper.doubts
            response = yield request
            if response.status_code != _UNAUTHORIZED:
                if not response.is_server_error:
                    self._keeper.accepted(token, doubts)
                return
            token = await self._keeper.renewed(token)
            if request.method != "GET":
                raise SignInRenewed(said("The sign-in had run out and was renewed"), _WORDLESS)


def _not_kept(problem: SettingsProblem) -> SignInNotKept:
    return SignInNotKept(problem.title, advice=problem.advice, details=problem.details)
