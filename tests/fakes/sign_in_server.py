"""The token endpoint and the credential store as a test wants them, for code that keeps tokens."""

import asyncio
from collections.abc import Callable

from app.errors import SettingsProblem
from app.pleo.sign_in_tokens import SignInTokens, TokenAnswer


class FakeEntry:
    """One entry of a credential store. `damage` is raised instead of writing; `written` are all texts in order."""

    def __init__(self, tokens: SignInTokens | None = None) -> None:
        self.text = tokens.as_text() if tokens else None
        self.written: list[str] = []
        self.damage: SettingsProblem | None = None

    def read(self) -> str | None:
        return self.text

    def write(self, text: str) -> None:
        if self.damage:
            raise self.damage
        self.text = text
        self.written.append(text)


class FakeEndpoint:
    """Grants numbered pairs as strictly as Pleo. `troubles` are raised first, each once: before the refresh takes
    effect, or after it where the pair says so. `gate` holds answers back until it is set."""

    def __init__(self, expires_in: float | None = 3600) -> None:
        self.expires_in = expires_in
        self.sent: list[str] = []
        self.alive = "refresh-0"
        self.troubles: list[Exception] = []
        self.gate: asyncio.Event | None = None
        self.before: Callable[[], None] = lambda: None
        self.is_closed = False

    async def refresh(self, refresh_token: str) -> TokenAnswer:
        self.sent.append(refresh_token)
        self.before()
        if self.gate:
            await self.gate.wait()
        if self.troubles:
            raise self.troubles.pop(0)
        assert refresh_token == self.alive, "a dead refresh token was sent"
        number = len(self.sent)
        self.alive = f"refresh-{number}"
        return TokenAnswer(f"access-{number}", self.alive, self.expires_in)

    async def close(self) -> None:
        self.is_closed = True
