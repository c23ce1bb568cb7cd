"""The whole sign-in: ask in the browser, wait for its answer, change the code for tokens."""

import asyncio
from collections.abc import Callable

from app.errors import SignInFailed
from app.messages import nsaid, said
from app.platform.clock import Clock
from app.platform.logs import redaction
from app.pleo.loopback import ConsentAnswer, listening
from app.pleo.oauth import OAuthClient, ask_for_consent, read_redirect
from app.pleo.sign_in_tokens import SignInTokens
from app.pleo.token_endpoint import TokenEndpoint

# A user may have to find a password and a second factor.
_LONGEST_WAIT_SECONDS = 600
_WORDS_LENGTH = 300

# Shows the address to the user's browser; returns at once.
Show = Callable[[str], object]


async def sign_in_by_browser(
    client: OAuthClient,
    endpoint: TokenEndpoint,
    show: Show,
    clock: Clock,
    *,
    wait_seconds: float = _LONGEST_WAIT_SECONDS,
) -> SignInTokens:
    """Raises SignInFailed, PleoProblem, and whatever `show` raises. Cancelling it closes the door."""
    async with listening(read_redirect(client.redirect_uri)) as loopback:
        consent = ask_for_consent(client, loopback.redirect_uri)
        loopback.expect(consent.state)
        show(consent.address)
        try:
            async with asyncio.timeout(wait_seconds):
                answer = await loopback.answer()
        except TimeoutError:
            minutes = round(wait_seconds / 60)
            raise SignInFailed(
                nsaid(
                    "The browser did not come back within {n} minute",
                    "The browser did not come back within {n} minutes",
                    minutes,
                )
            ) from None
    if answer.error:
        raise _refusal(answer)
    tokens = await endpoint.change_code(consent, answer.code)
    return SignInTokens(client_secret=client.client_secret or "").followed_by(tokens, clock.now())


def _refusal(answer: ConsentAnswer) -> SignInFailed:
    words = redaction.without_secrets(answer.description or answer.error)[:_WORDS_LENGTH]
    if answer.error == "access_denied":
        return SignInFailed(said("The access was refused in the browser"), details=words)
    return SignInFailed(said("Pleo did not let Signoff ask: {words}", words=words))
