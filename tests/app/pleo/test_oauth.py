"""What Signoff asks the sign-in server for, in RFC 6749's and RFC 7636's words."""

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest

from app.errors import UsageProblem
from app.pleo.oauth import SCOPES, OAuthClient, ask_for_consent, read_redirect

REDIRECT = "http://localhost:14270/callback"
CLIENT = OAuthClient("signoff", "https://auth.pleo.io", REDIRECT)


def parameters(text):
    return {name: value for name, (value,) in parse_qs(text, keep_blank_values=True).items()}


def test_the_browser_is_asked_for_a_code_with_pkce_and_a_state():
    consent = ask_for_consent(CLIENT, REDIRECT)
    assert consent.address.startswith("https://auth.pleo.io/oauth/authorize?")
    challenge = base64.urlsafe_b64encode(hashlib.sha256(consent.code_verifier.encode()).digest()).rstrip(b"=")
    assert parameters(urlsplit(consent.address).query) == {
        "response_type": "code",
        "client_id": "signoff",
        "redirect_uri": REDIRECT,
        "scope": "export-jobs:read export-jobs:write export-items:read",
        "state": consent.state,
        "code_challenge": challenge.decode(),
        "code_challenge_method": "S256",
    }


def test_state_and_verifier_are_long_and_new_each_time():
    one, other = ask_for_consent(CLIENT, REDIRECT), ask_for_consent(CLIENT, REDIRECT)
    assert one.state != other.state
    assert one.code_verifier != other.code_verifier
    assert len(one.state) >= 43
    assert 43 <= len(one.code_verifier) <= 128


def test_the_verifier_stays_here_until_the_code_is_changed():
    consent = ask_for_consent(CLIENT, REDIRECT)
    assert consent.code_verifier not in consent.address
    assert consent.code_verifier not in repr(consent)
    assert consent.state not in repr(consent)


def test_a_code_is_changed_with_the_verifier_and_the_same_redirect_address():
    consent = ask_for_consent(CLIENT, REDIRECT)
    assert parameters(CLIENT.form_for_code(consent, "the/code+")) == {
        "grant_type": "authorization_code",
        "code": "the/code+",
        "redirect_uri": REDIRECT,
        "code_verifier": consent.code_verifier,
        "client_id": "signoff",
    }


def test_a_client_secret_goes_into_the_body_where_there_is_one():
    client = OAuthClient("signoff", "https://auth.pleo.io", REDIRECT, "s3cr3t/+&")
    sent = parameters(client.form_for_refresh("the-refresh-token"))
    assert sent == {
        "grant_type": "refresh_token",
        "refresh_token": "the-refresh-token",
        "client_id": "signoff",
        "client_secret": "s3cr3t/+&",
    }
    assert "s3cr3t" not in repr(client)


def test_the_scopes_are_those_that_signoff_needs():
    assert SCOPES == ("export-jobs:read", "export-jobs:write", "export-items:read")


def test_without_a_client_id_nothing_is_asked():
    with pytest.raises(UsageProblem, match="client id is missing"):
        OAuthClient("", "https://auth.pleo.io", REDIRECT)


@pytest.mark.parametrize(
    ("text", "host", "port", "path"),
    [
        (REDIRECT, "localhost", 14270, "/callback"),
        (" http://127.0.0.1:8000/ ", "127.0.0.1", 8000, "/"),
        ("http://localhost/callback", "localhost", None, "/callback"),
        ("http://localhost:8000", "localhost", 8000, "/"),
    ],
)
def test_a_redirect_address_is_this_machine(text, host, port, path):
    redirect = read_redirect(text)
    assert (redirect.host, redirect.port, redirect.path) == (host, port, path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://localhost:14270/callback",
        "http://example.com/callback",
        "http://localhost.example.com:14270/callback",
        "http://user@localhost:14270/callback",
        "http://localhost:14270/callback?a=b",
        "http://localhost:14270/callback#a",
        "http://localhost:99999/callback",
        "http://localhost:0/callback",
        "http://0.0.0.0:14270/callback",
    ],
)
def test_any_other_redirect_address_is_wrong_usage(text):
    with pytest.raises(UsageProblem):
        read_redirect(text)
