"""The one address to which codes, refresh tokens and the client secret go."""

import httpx
from pydantic import TypeAdapter, ValidationError

from app.errors import (
    AnswerUnreadable,
    PleoProblem,
    ServerWords,
    SignInAgain,
    SignInFailed,
    UsageProblem,
)
from app.messages import said
from app.models.wire import read_json
from app.platform.logs import redaction
from app.pleo.exchange import ExchangeBounds, exchange
from app.pleo.faults import problem_of_answer, problem_of_transport
from app.pleo.oauth import TOKEN_PATH, ConsentRequest, OAuthClient
from app.pleo.proxies import NamedProxy
from app.pleo.sign_in_tokens import TokenAnswer

_REQUEST = f"POST {TOKEN_PATH}"
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_ANSWER = TypeAdapter(TokenAnswer)
_WORDS_LENGTH = 300
# Tokens are some kilobytes at the most.
_BOUNDS = ExchangeBounds(largest_bytes=1024 * 1024)


class TokenEndpoint:
    """`http` is a client of the sign-in server alone: without a credential of its own, following no redirect. `proxy`
    is what it goes through."""

    def __init__(self, http: httpx.AsyncClient, client: OAuthClient, proxy: NamedProxy | None = None) -> None:
        self._http = http
        self._client = client
        self._proxy = proxy

    async def change_code(self, consent: ConsentRequest, code: str) -> TokenAnswer:
        """Raises SignInFailed where Pleo says no, and PleoProblem."""
        answer = await self._send(self._client.form_for_code(consent, code))
        if isinstance(answer, ServerWords):
            raise SignInFailed(_with_words(said("Pleo did not complete the sign-in"), answer), advice=_advice(answer))
        return answer

    async def refresh(self, refresh_token: str) -> TokenAnswer:
        """Raises SignInAgain where Pleo says no, and PleoProblem: its `arrival` says whether the token may be dead."""
        answer = await self._send(self._client.form_for_refresh(refresh_token))
        if isinstance(answer, ServerWords):
            raise SignInAgain(_with_words(said("Pleo does not renew the sign-in any more"), answer), answer)
        return answer

    async def close(self) -> None:
        await self._http.aclose()

    async def _send(self, form: str) -> TokenAnswer | ServerWords:
        """The tokens, or Pleo's words where it says no. Raises PleoProblem for every other end."""
        try:
            response = await exchange(self._http, _BOUNDS, "POST", TOKEN_PATH, content=form.encode(), headers=_FORM)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            problem: PleoProblem | None = problem_of_transport(error, _REQUEST, self._proxy)
        else:
            if response.is_client_error and response.status_code not in (408, 429):
                return _words_of(response)
            problem = problem_of_answer(response, _REQUEST)
        # Raised here to leave httpx's error out of the chain: it holds the request, which holds the tokens.
        if problem:
            raise problem
        return _tokens_of(response)


def _tokens_of(response: httpx.Response) -> TokenAnswer:
    """The answer itself is in no message: it may hold half of a pair of tokens."""
    try:
        return _ANSWER.validate_json(response.content)
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False, include_context=False)[0]
        why = f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
    except UsageProblem:
        why = "a token holds characters that no token has"
    raise AnswerUnreadable(said("Pleo's answer to the sign-in could not be read"), details=f"{_REQUEST}\n{why}")


def _words_of(response: httpx.Response) -> ServerWords:
    """RFC 6749's error and its description, where the answer holds them."""
    try:
        content = read_json(response.content)
    except ValueError:
        content = None
    words = content if isinstance(content, dict) else {}
    return ServerWords(response.status_code, _text(words.get("error")), _text(words.get("error_description")))


def _text(value: object) -> str | None:
    return redaction.without_secrets(value)[:_WORDS_LENGTH] if isinstance(value, str) else None


def _with_words(title: str, answer: ServerWords) -> str:
    words = answer.message or answer.type
    # Translators: {title} is what happened, such as: Pleo asks for fewer requests; {words} are Pleo's own
    return said("{title}: {words}", title=title, words=words) if words else title


def _advice(words: ServerWords) -> str | None:
    if words.type in ("invalid_client", "unauthorized_client"):
        return said(
            "Check the client id and the client secret: they are those of the OAuth client that was made in Pleo."
        )
    return None
