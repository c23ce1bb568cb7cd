"""What an answer, or the lack of one, means: the one place where httpx ends and the family of app.errors begins."""

import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from app.errors import (
    AnswerLost,
    AnswerUnreadable,
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
    naming_menus,
)
from app.messages import said
from app.models.wire import read_json
from app.platform.logs import redaction
from app.pleo.exchange import AnswerTooLarge, AnswerTooSlow, AnswerUndecodable
from app.pleo.proxies import NamedProxy

_DETAIL_LENGTH = 2_000
_TITLE_LENGTH = 400

_NOT_SAFE = said("The connection to Pleo is not safe: its certificate could not be verified")
_CERTIFICATE_ADVICE = naming_menus(
    said(
        "Check the address of the connection. Where your company's network reads along with a certificate of its own, "
        "ask your IT for that certificate and name it under Tools, Settings, Network."
    )
)
_PROXY_ADVICE = naming_menus(said("Check the proxy under Tools, Settings, Network, or ask your IT which one to use."))

# These end before the first byte of the request leaves.
_BEFORE_SENDING = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)


def problem_of_transport(
    error: httpx.HTTPError | httpx.InvalidURL, request: str, proxy: NamedProxy | None = None
) -> PleoProblem:
    """`request` names the operation for the details, such as `GET /v3/export-jobs`; never a header. `proxy` is what it
    went through."""
    details = redaction.without_secrets(f"{request}\n{type(error).__name__}: {error}")
    if isinstance(error, AnswerTooLarge | AnswerUndecodable):
        return AnswerUnreadable(_not_readable(error.args[0]), details=details)
    if isinstance(error, _BEFORE_SENDING):
        title, advice = _why_unreachable(error, proxy)
        return NotReachable(title, advice=advice, details=details)
    if isinstance(error, httpx.TimeoutException | AnswerTooSlow):
        return AnswerLost(said("Pleo did not answer in time"), details=details)
    return AnswerLost(said("The connection broke before Pleo's answer was complete"), details=details)


def _why_unreachable(error: Exception, proxy: NamedProxy | None) -> tuple[str, str | None]:
    """What happened, and what to do about it where that is not the usual."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return _NOT_SAFE, _CERTIFICATE_ADVICE
        cause = cause.__cause__ or cause.__context__
    if proxy and isinstance(error, httpx.ProxyError | httpx.ConnectError | httpx.ConnectTimeout):
        return _why_not_through(proxy, error), _PROXY_ADVICE
    if isinstance(error, httpx.ConnectTimeout):
        return said("Pleo cannot be reached: no connection in time"), None
    if isinstance(error, httpx.ProxyError):
        return said("Pleo cannot be reached: the proxy refused the connection"), _PROXY_ADVICE
    return said("Pleo cannot be reached"), None


def _why_not_through(proxy: NamedProxy, error: httpx.TransportError) -> str:
    """The server itself is not even asked by this machine, so the proxy is where to look."""
    if isinstance(error, httpx.ProxyError):
        return said(
            "{source} names the proxy {proxy}, which refused the connection, so Pleo cannot be reached",
            source=proxy.source,
            proxy=proxy.place,
        )
    if isinstance(error, httpx.ConnectTimeout):
        return said(
            "{source} names the proxy {proxy}, through which there was no connection in time, so Pleo cannot be "
            "reached",
            source=proxy.source,
            proxy=proxy.place,
        )
    return said(
        "{source} names the proxy {proxy}, through which no connection came about, so Pleo cannot be reached",
        source=proxy.source,
        proxy=proxy.place,
    )


def problem_of_answer(response: httpx.Response, request: str) -> PleoProblem | None:
    """What an answer that is not a 2xx means; None for a 2xx."""
    status = response.status_code
    if response.is_success:
        return None
    details = f"{request}\nHTTP {status}\n{_excerpt(response)}"
    if response.is_redirect or 300 <= status < 400:
        return RedirectRefused(said("The server sends Signoff to another address"), details=details)
    if status < 300:
        return AnswerUnreadable(said("The server answered {status} without a result", status=status), details=details)
    words = _words_of(response)
    kind, title = _kind_of(status, words)
    title = _with_words(title, words.message) if words.message else title
    return kind(title, words, retry_after=_retry_after(response), details=details)


def _with_words(title: str, words: str) -> str:
    """What happened, and the server's own words about it, all of it no longer than a title may be."""
    room = max(0, _TITLE_LENGTH - len(f"{title}: "))
    # Translators: {title} is what happened, such as: Pleo asks for fewer requests; {words} are Pleo's own
    return said("{title}: {words}", title=title, words=_shortened(words, room))


def _kind_of(  # noqa: PLR0911 - a table of cases
    status: int, words: ServerWords
) -> tuple[type[Refused], str]:
    match status:
        case 401:
            return NotSignedIn, said("Pleo does not accept the credential")
        case 403:
            return NotAllowed, said("The credential is not allowed to do this")
        case 404 if (words.type or "").casefold() == "export_not_found":
            return NotFound, said("Pleo does not know this job")
        case 404:
            return NotFound, said("Nothing was found at this address")
        case 413:
            return Refused, said("The request was too large for Pleo")
        case 422:
            return Refused, said("Pleo refused this for the state the job is in")
        case 429:
            return TooManyRequests, said("Pleo asks for fewer requests")
        case _ if status >= 500:
            return ServerTrouble, said("The server is in trouble and answered {status}", status=status)
        case _:
            return Refused, said("Pleo refused the request with {status}", status=status)


def _words_of(response: httpx.Response) -> ServerWords:
    """Pleo's ExceptionInfo where the answer holds one; an HTML page has no words of Pleo's."""
    try:
        content = read_json(response.content)
    except ValueError:
        return ServerWords(response.status_code)
    if not isinstance(content, dict):
        return ServerWords(response.status_code)
    kind, message = content.get("type"), content.get("message")
    return ServerWords(
        response.status_code,
        redaction.without_secrets(kind) if isinstance(kind, str) else None,
        redaction.without_secrets(message) if isinstance(message, str) else None,
    )


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds from the header, which may hold seconds or a date; None where it holds neither."""
    wish = response.headers.get("Retry-After", "").strip()
    if not wish:
        return None
    if wish.isascii() and wish.isdigit():
        return float(wish)
    try:
        moment = parsedate_to_datetime(wish)
    except (ValueError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def unreadable(response: httpx.Response, request: str, why: str) -> AnswerUnreadable:
    """An answer with a good status whose body is not what Pleo describes."""
    why = _shortened(why, _TITLE_LENGTH)
    title: str
    if is_web_page(response):
        title = said("A web page came back instead of Pleo's data")
    elif not response.content.strip():
        title = said("Pleo's answer was empty")
    else:
        title = _not_readable(why)
    return AnswerUnreadable(title, details=f"{request}\nHTTP {response.status_code}\n{why}\n{_excerpt(response)}")


def _not_readable(why: str) -> str:
    return said("Pleo's answer could not be read: {why}", why=why)


def about_something_else(response: httpx.Response, request: str, why: str) -> AnswerUnreadable:
    """A well-formed answer that is about something other than what was asked for."""
    return AnswerUnreadable(
        said("Pleo's answer is about something else than what was asked for"),
        details=f"{request}\nHTTP {response.status_code}\n{_shortened(why, _TITLE_LENGTH)}\n{_excerpt(response)}",
    )


# What a write's answer may be where Pleo took it. A 204 or a 207 is nothing that Pleo describes.
_ACCEPTING = frozenset({200, 201, 202})


def not_accepted(response: httpx.Response, request: str) -> AnswerUnreadable | None:
    """Why a 2xx to a write is no acceptance; None where it is one. Whether it had an effect is not known either way."""
    if is_web_page(response):
        return unreadable(response, request, "it is a web page")
    details = f"{request}\nHTTP {response.status_code}\n{_excerpt(response)}"
    refusal = _refusal_in(response)
    if response.status_code not in _ACCEPTING:
        title = said("Pleo answered {status}, which says neither yes nor no", status=response.status_code)
        return AnswerUnreadable(title, details=details, words=refusal)
    if refusal is None:
        return None
    title = said("Pleo answered {status} with an error", status=response.status_code)
    words = refusal.message or refusal.type
    return AnswerUnreadable(_with_words(title, words) if words else title, details=details, words=refusal)


def _refusal_in(response: httpx.Response) -> ServerWords | None:
    """Pleo's words where the answer has the shape of an error; None for any other."""
    if not response.content.strip():
        return None
    try:
        content = read_json(response.content)
    except ValueError:
        return None
    if not isinstance(content, dict) or "data" in content:
        return None
    named = [content.get(name) for name in ("message", "error", "errors", "type", "title", "detail")]
    if not any(named):
        return None
    said_first = next((word for word in named if isinstance(word, str) and word), None)
    kind = content.get("type")
    return ServerWords(
        response.status_code,
        redaction.without_secrets(kind) if isinstance(kind, str) else None,
        redaction.without_secrets(said_first) if said_first and said_first != kind else None,
    )


def is_web_page(response: httpx.Response) -> bool:
    kind = response.headers.get("Content-Type", "").casefold()
    return "html" in kind or response.content.lstrip()[:1] == b"<"


def _excerpt(response: httpx.Response) -> str:
    """The beginning of the answer. A proxy's error page can repeat the request, and so the credential."""
    text = response.content[: 4 * _DETAIL_LENGTH].decode("utf-8", "replace")
    return _shortened(redaction.without_secrets(text), _DETAIL_LENGTH)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most] + "…"
