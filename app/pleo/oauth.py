"""OAuth 2.0 in its words: what Signoff asks Pleo's sign-in server for. Pure but for drawing random numbers.

authlib is imported where it is used: most connections sign in with a key and never need it.
"""

import secrets
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from app.errors import UsageProblem
from app.messages import said
from app.platform.logs import redaction

SCOPES = ("export-jobs:read", "export-jobs:write", "export-items:read")
TOKEN_PATH = "/oauth/token"  # noqa: S105 - a path
_AUTHORIZE_PATH = "/oauth/authorize"


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where the browser brings Pleo's answer: this very machine. Without a port a free one is taken."""

    host: str
    port: int | None
    path: str

    def address(self, port: int) -> str:
        return f"http://{self.host}:{port}{self.path}"


def read_redirect(text: str) -> Redirect:
    """Raises UsageProblem unless it is plain http to localhost, as Pleo allows it, or to a loopback address."""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    is_local = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1")
    if not is_local or parts.username is not None or parts.query or parts.fragment or port == 0:
        raise UsageProblem(
            said("'{text}' is not an address at which Signoff can wait for the browser", text=text[:100]),
            advice=said(
                "It looks like http://localhost:14270/callback, and is the one that the OAuth client in Pleo names."
            ),
        )
    return Redirect(parts.hostname or "", port, parts.path or "/")


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """Signoff as Pleo knows it. `server` is the address of Pleo's sign-in server, `redirect_uri` what was registered.

    A client secret is optional: a program on the user's own machine cannot keep one from its user, PKCE stands in.
    """

    client_id: str
    server: str
    redirect_uri: str
    client_secret: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not self.client_id:
            raise UsageProblem(
                said("The client id is missing"),
                advice=said("Enter the client id of the OAuth client that was made in Pleo."),
            )
        read_redirect(self.redirect_uri)
        if self.client_secret:
            redaction.hide(self.client_secret)

    def form_for_code(self, consent: "ConsentRequest", code: str) -> str:
        """The body with which a code becomes tokens."""
        from authlib.oauth2.rfc6749.parameters import prepare_token_request

        return self._signed(
            prepare_token_request(
                "authorization_code",
                code=code,
                redirect_uri=consent.redirect_uri,
                code_verifier=consent.code_verifier,
            )
        )

    def form_for_refresh(self, refresh_token: str) -> str:
        from authlib.oauth2.rfc6749.parameters import prepare_token_request

        return self._signed(prepare_token_request("refresh_token", refresh_token=refresh_token))

    def _signed(self, body: str) -> str:
        """The client names itself in the body, where Pleo's examples have it."""
        from authlib.oauth2.auth import ClientAuth

        method = "client_secret_post" if self.client_secret else "none"
        auth = ClientAuth(self.client_id, self.client_secret, method)
        return str(auth.prepare("POST", self.server + TOKEN_PATH, {}, body)[2])


@dataclass(frozen=True, slots=True)
class ConsentRequest:
    """One question to the user in the browser. `address` is what the browser opens."""

    address: str = field(repr=False)
    redirect_uri: str
    state: str = field(repr=False)
    code_verifier: str = field(repr=False)

    def __post_init__(self) -> None:
        for secret in (self.state, self.code_verifier):
            redaction.hide(secret)


def ask_for_consent(client: OAuthClient, redirect_uri: str) -> ConsentRequest:
    from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
    from authlib.oauth2.rfc7636 import create_s256_code_challenge

    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    address = prepare_grant_uri(
        client.server + _AUTHORIZE_PATH,
        client_id=client.client_id,
        response_type="code",
        redirect_uri=redirect_uri,
        scope=" ".join(SCOPES),
        state=state,
        code_challenge=create_s256_code_challenge(verifier),
        code_challenge_method="S256",
    )
    return ConsentRequest(str(address), redirect_uri, state, verifier)
