"""OAuth 2.0 without HTTP: a consent is given, its code is changed into tokens once, and each refresh replaces both.

Any client id is taken, except one that begins with `unknown`. One that begins with `confidential` has to send its
client secret; a secret that begins with `wrong` is refused wherever it is sent. The tokens that were issued are kept,
because only they are good ones; nothing shows them again.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal, get_args
from urllib.parse import urlsplit

from app.sandbox.credentials import READ_ITEMS, READ_JOBS, WRITE_JOBS, Caller, unauthorized

Choice = Literal["ask", "allow", "deny"]
CHOICES: Final[tuple[Choice, ...]] = get_args(Choice)
ACCESS_BEGINS: Final = "sandbox-access-"
REFRESH_BEGINS: Final = "sandbox-refresh-"

_SCOPES: Final = frozenset({READ_JOBS, WRITE_JOBS, READ_ITEMS})
_CODE_SECONDS: Final = 60
_LOCAL: Final = ("localhost", "127.0.0.1", "::1")


class OAuthRefusal(Exception):
    """A no in the words of RFC 6749: `error` is one of its codes."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error = error
        self.description = description
        self.status = status


@dataclass(frozen=True, slots=True)
class Wish:
    """What an application asks the user to consent to, checked."""

    client_id: str
    redirect_uri: str
    scopes: frozenset[str]
    state: str
    code_challenge: str


@dataclass(slots=True, eq=False)
class Consent:
    """What one user allowed one application, with the only pair of tokens that is alive."""

    wish: Wish
    code_expires_at: datetime
    access_token: str | None = None
    refresh_token: str | None = None
    expires_at: datetime | None = None
    is_void: bool = False

    def void(self) -> None:
        self.is_void, self.access_token, self.refresh_token = True, None, None


@dataclass(slots=True)
class Grants:
    """`answer` is the user's: to be asked on a page, or given at once. `expires_in` is the life of an access token in
    seconds. `redirect_uris` are what a client registered; one that is not listed may name any that is safe."""

    answer: Choice = "ask"
    expires_in: int = 3600
    redirect_uris: dict[str, frozenset[str]] = field(default_factory=dict)
    _by_code: dict[str, Consent] = field(default_factory=dict)
    _by_token: dict[str, Consent] = field(default_factory=dict)  # the dead ones too

    def demand_client(self, client_id: str, redirect_uri: str) -> None:
        """OAuthRefusal where nothing may be sent to the redirect address, because the two do not belong together."""
        if not client_id or client_id.startswith("unknown"):
            raise OAuthRefusal("invalid_client", "There is no application with this client_id.")
        registered = self.redirect_uris.get(client_id)
        if registered is not None and redirect_uri not in registered:
            raise OAuthRefusal("invalid_request", "The redirect_uri is not one that the application registered.")
        if not _is_safe(redirect_uri):
            raise OAuthRefusal("invalid_request", "The redirect_uri must be https, or http to localhost.")

    def consent(self, wish: Wish, now: datetime) -> str:
        """The user says yes: a code, good once and for a minute."""
        code = secrets.token_urlsafe(24)
        self._by_code[code] = Consent(wish, now + timedelta(seconds=_CODE_SECONDS))
        return code

    def tokens_for(self, form: Mapping[str, str], now: datetime) -> dict[str, object]:
        """The body of a good answer of the token endpoint. OAuthRefusal for every other."""
        _demand_secret(form)
        match form.get("grant_type"):
            case "authorization_code":
                consent = self._consent_of_code(form, now)
            case "refresh_token":
                consent = self._consent_of_refresh(form)
            case _:
                raise OAuthRefusal("unsupported_grant_type", "authorization_code or refresh_token.")
        return self._issue(consent, now)

    def caller_of(self, access_token: str, now: datetime) -> Caller:
        """Refusal 401 for a token that was replaced, is void or has expired."""
        consent = self._by_token.get(access_token)
        if consent is None or consent.access_token != access_token:
            raise unauthorized("The access token is not valid.")
        if consent.expires_at is None or consent.expires_at <= now:
            raise unauthorized("The access token has expired.")
        return Caller("OAUTH2", consent.wish.scopes, is_organisation=False, client_id=consent.wish.client_id)

    def void_all(self) -> None:
        """The user disconnects the application in Pleo."""
        for consent in (*self._by_code.values(), *self._by_token.values()):
            consent.void()

    def _consent_of_code(self, form: Mapping[str, str], now: datetime) -> Consent:
        consent = self._by_code.get(form.get("code", ""))
        if consent is None or consent.is_void:
            raise OAuthRefusal("invalid_grant", "The code is not known.")
        if consent.access_token is not None:
            consent.void()
            raise OAuthRefusal("invalid_grant", "The code was used before; what came of it is void now.")
        if consent.code_expires_at <= now:
            raise OAuthRefusal("invalid_grant", "The code has expired.")
        wish = consent.wish
        if (form.get("client_id"), form.get("redirect_uri")) != (wish.client_id, wish.redirect_uri):
            raise OAuthRefusal("invalid_grant", "The code was given to another client_id or redirect_uri.")
        if _challenge_of(form.get("code_verifier", "")) != wish.code_challenge:
            raise OAuthRefusal("invalid_grant", "The code_verifier does not belong to the code_challenge.")
        return consent

    def _consent_of_refresh(self, form: Mapping[str, str]) -> Consent:
        token = form.get("refresh_token", "")
        consent = self._by_token.get(token)
        if consent is None or not token.startswith(REFRESH_BEGINS) or form.get("client_id") != consent.wish.client_id:
            raise OAuthRefusal("invalid_grant", "The refresh token is not known.")
        if consent.is_void:
            raise OAuthRefusal("invalid_grant", "The consent was taken back.")
        if consent.refresh_token != token:
            consent.void()
            raise OAuthRefusal(
                "invalid_grant", "The refresh token was used before; every token of the consent is void."
            )
        return consent

    def _issue(self, consent: Consent, now: datetime) -> dict[str, object]:
        consent.access_token = ACCESS_BEGINS + secrets.token_urlsafe(24)
        consent.refresh_token = REFRESH_BEGINS + secrets.token_urlsafe(24)
        consent.expires_at = now + timedelta(seconds=self.expires_in)
        self._by_token |= {consent.access_token: consent, consent.refresh_token: consent}
        return {
            "access_token": consent.access_token,
            "refresh_token": consent.refresh_token,
            "token_type": "Bearer",
            "expires_in": self.expires_in,
            "scope": " ".join(sorted(consent.wish.scopes)),
        }


def read_wish(asked: Mapping[str, str]) -> Wish:
    """The rest of an authorization request, once client and redirect address are known to belong together."""
    scopes = frozenset(asked.get("scope", "").split())
    if asked.get("response_type") != "code":
        raise OAuthRefusal("unsupported_response_type", "response_type must be code.")
    if not asked.get("state"):
        raise OAuthRefusal("invalid_request", "state is required.")
    if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
        raise OAuthRefusal("invalid_request", "A code_challenge by S256 is required.")
    if not scopes or scopes - _SCOPES:
        raise OAuthRefusal("invalid_scope", f"scope must be of {' '.join(sorted(_SCOPES))}.")
    return Wish(asked["client_id"], asked["redirect_uri"], scopes, asked["state"], asked["code_challenge"])


def _is_safe(redirect_uri: str) -> bool:
    try:
        parts = urlsplit(redirect_uri)
        is_local = parts.scheme == "http" and parts.hostname in _LOCAL
    except ValueError:
        return False
    return (is_local or (parts.scheme == "https" and bool(parts.hostname))) and "#" not in redirect_uri


def _demand_secret(form: Mapping[str, str]) -> None:
    secret = form.get("client_secret", "")
    is_missing = form.get("client_id", "").startswith("confidential") and not secret
    if is_missing or secret.startswith("wrong"):
        raise OAuthRefusal("invalid_client", "The client_secret is missing or wrong.", 401)


def _challenge_of(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
