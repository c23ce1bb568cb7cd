"""Signing in by OAuth 2.0: what the authorize and token endpoints take, and how strictly tokens are replaced."""

import base64
import hashlib
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fakes.running_sandbox import RunningSandbox

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
VERIFIER = "v" * 48
CALLBACK = "http://localhost:4711/callback"
SCOPES = "export-jobs:read export-jobs:write export-items:read"


class Application:
    """An OAuth client with its user's browser, which follows no redirect by itself."""

    def __init__(self, http):
        self.http = http

    def asked(self, **changes):
        challenge = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "client_id": "signoff",
            "redirect_uri": CALLBACK,
            "response_type": "code",
            "state": "abc",
            "scope": SCOPES,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        } | changes
        return {name: value for name, value in asked.items() if value is not None}

    def authorize(self, **changes):
        return self.http.get("/oauth/authorize", params=self.asked(**changes))

    def code(self, **changes):
        return sent_back(self.authorize(**changes))["code"]

    def change(self, code, **changes):
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": "signoff",
            "redirect_uri": CALLBACK,
            "code_verifier": VERIFIER,
        } | changes
        return self.http.post("/oauth/token", data=form)

    def refresh(self, token, **changes):
        form = {"grant_type": "refresh_token", "refresh_token": token, "client_id": "signoff"} | changes
        return self.http.post("/oauth/token", data=form)

    def tokens(self, **changes):
        return self.change(self.code(**changes), **({"client_id": changes["client_id"]} if changes else {})).json()

    def get(self, token, path="/v3/export-jobs"):
        return self.http.get(path, headers={"Authorization": f"Bearer {token}"})

    def act(self, name, **fields):
        return self.http.post("/sandbox/act", json={"act": name, **fields})


def sent_back(response):
    """What the browser carries to the redirect address."""
    assert response.status_code == 302, response.text
    address = response.headers["location"]
    assert address.startswith(f"{CALLBACK}?")
    return {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}


def error_of(response):
    return response.status_code, response.json()["error"]


@pytest.fixture(scope="module")
def sandbox():
    with RunningSandbox("mixed", now=lambda: NOON) as running:
        yield running


@pytest.fixture
def application(sandbox):
    sandbox.load("mixed")
    sandbox.act({"act": "sign_in", "answer": "allow"})
    with httpx.Client(base_url=sandbox.url, follow_redirects=False) as http:
        yield Application(http)


def test_a_code_and_its_verifier_become_tokens_that_open_the_api(application):
    answer = application.change(application.code())
    assert answer.headers["cache-control"] == "no-store"
    tokens = answer.json()
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 3600)
    assert set(tokens["scope"].split()) == set(SCOPES.split())
    assert application.get(tokens["access_token"]).status_code == 200
    found = application.get(tokens["access_token"], "/v1/introspect").json()
    assert (found["authMethod"], found["clientId"]) == ("OAUTH2", "signoff")
    assert found["subjectURN"].startswith("urn:pleo:company:")


def test_the_state_comes_back_with_the_code(application):
    assert sent_back(application.authorize(state="xyz"))["state"] == "xyz"


def test_a_user_who_is_asked_sees_who_asks_for_what_and_decides(application):
    application.act("sign_in", answer="ask")
    page = application.authorize(client_id="<b>sly")
    assert page.status_code == 200
    assert "&lt;b&gt;sly" in page.text
    assert "<b>sly" not in page.text
    pressed = application.asked(answer="allow")
    assert sent_back(application.http.post("/oauth/authorize", data=pressed)).keys() == {"code", "state"}
    pressed = application.asked(answer="deny")
    assert sent_back(application.http.post("/oauth/authorize", data=pressed))["error"] == "access_denied"


def test_a_user_who_says_no_is_sent_back_without_a_code(application):
    application.act("sign_in", answer="deny")
    assert sent_back(application.authorize()) == {
        "error": "access_denied",
        "error_description": "The user said no.",
        "state": "abc",
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": None},
        {"client_id": "unknown-app"},
        {"redirect_uri": None},
        {"redirect_uri": "http://evil.example/callback"},
        {"redirect_uri": "http://localhost.evil.example/callback"},
        {"redirect_uri": "https://app.example/callback#part"},
        {"redirect_uri": "ftp://localhost/callback"},
    ],
)
def test_nobody_is_sent_to_an_address_that_is_not_the_applications(application, changes):
    answer = application.authorize(**changes)
    assert answer.status_code == 400
    assert "location" not in answer.headers


def test_a_registered_redirect_address_is_matched_exactly(application):
    application.act("sign_in", redirect_uris={"signoff": [CALLBACK]})
    assert application.authorize().status_code == 302
    for other in (
        "http://localhost:4712/callback",
        "http://127.0.0.1:4711/callback",
        f"{CALLBACK}/",
        f"{CALLBACK}?a=b",
    ):
        assert application.authorize(redirect_uri=other).status_code == 400


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"state": None}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"scope": ""}, "invalid_scope"),
        ({"scope": "everything"}, "invalid_scope"),
    ],
)
def test_other_faults_are_sent_back_to_the_application(application, changes, error):
    assert sent_back(application.authorize(**changes))["error"] == error


def test_a_parameter_that_comes_twice_is_refused(application):
    twice = application.http.get("/oauth/authorize", params=[*application.asked().items(), ("state", "b")])
    assert twice.status_code == 400
    form = "grant_type=refresh_token&refresh_token=a&refresh_token=b"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert error_of(application.http.post("/oauth/token", content=form, headers=headers)) == (400, "invalid_request")


def test_a_code_is_good_once_and_its_second_use_voids_what_came_of_the_first(application):
    code = application.code()
    tokens = application.change(code).json()
    assert error_of(application.change(code)) == (400, "invalid_grant")
    assert application.get(tokens["access_token"]).status_code == 401
    assert error_of(application.refresh(tokens["refresh_token"])) == (400, "invalid_grant")


def test_a_code_lives_for_a_minute(application):
    code = application.code()
    application.act("advance", seconds=60)
    assert error_of(application.change(code)) == (400, "invalid_grant")


@pytest.mark.parametrize(
    "changes",
    [
        {"code_verifier": "w" * 48},
        {"code_verifier": ""},
        {"client_id": "another"},
        {"redirect_uri": "http://localhost:4712/callback"},
    ],
)
def test_a_code_is_changed_only_by_whom_it_was_given_to(application, changes):
    assert error_of(application.change(application.code(), **changes)) == (400, "invalid_grant")


def test_a_code_that_was_never_given_is_refused(application):
    assert error_of(application.change("made-up")) == (400, "invalid_grant")


def test_a_confidential_application_sends_its_secret(application):
    code = application.code(client_id="confidential-app")
    assert error_of(application.change(code, client_id="confidential-app")) == (401, "invalid_client")
    assert application.change(code, client_id="confidential-app", client_secret="s3cret").status_code == 200


def test_a_wrong_client_secret_is_refused_wherever_it_is_sent(application):
    assert error_of(application.change(application.code(), client_secret="wrong-one")) == (401, "invalid_client")


def test_a_refresh_kills_the_old_pair_at_once(application):
    old = application.tokens()
    new = application.refresh(old["refresh_token"]).json()
    assert new["access_token"] != old["access_token"]
    assert new["refresh_token"] != old["refresh_token"]
    assert application.get(old["access_token"]).status_code == 401
    assert application.get(new["access_token"]).status_code == 200


def test_a_dead_refresh_token_voids_every_token_of_the_consent(application):
    old = application.tokens()
    new = application.refresh(old["refresh_token"]).json()
    assert error_of(application.refresh(old["refresh_token"])) == (400, "invalid_grant")
    assert application.get(new["access_token"]).status_code == 401
    assert error_of(application.refresh(new["refresh_token"])) == (400, "invalid_grant")


def test_another_consent_lives_on(application):
    first, second = application.tokens(), application.tokens()
    application.refresh(first["refresh_token"])
    application.refresh(first["refresh_token"])
    assert application.get(second["access_token"]).status_code == 200


def test_tokens_expire_after_the_seconds_that_were_said(application):
    application.act("sign_in", expires_in=90)
    tokens = application.tokens()
    assert tokens["expires_in"] == 90
    application.act("advance", seconds=89)
    assert application.get(tokens["access_token"]).status_code == 200
    application.act("advance", seconds=1)
    assert application.get(tokens["access_token"]).status_code == 401
    assert application.refresh(tokens["refresh_token"]).status_code == 200


def test_a_user_who_disconnects_the_application_ends_all_of_it(application):
    tokens, code = application.tokens(), application.code()
    application.act("disconnect")
    assert application.get(tokens["access_token"]).status_code == 401
    assert error_of(application.refresh(tokens["refresh_token"])) == (400, "invalid_grant")
    assert error_of(application.change(code)) == (400, "invalid_grant")


def test_a_token_is_as_good_as_its_scopes(application):
    tokens = application.change(application.code(scope="export-jobs:read")).json()
    assert application.get(tokens["access_token"]).status_code == 200
    assert application.get(tokens["access_token"], "/v3/export-items").status_code == 403


def test_no_refresh_token_and_no_invented_token_opens_the_api(application):
    tokens = application.tokens()
    for token in (tokens["refresh_token"], "sandbox-access-invented"):
        assert application.get(token).status_code == 401


def test_other_grants_are_not_offered(application):
    answer = application.http.post("/oauth/token", data={"grant_type": "password", "client_id": "signoff"})
    assert error_of(answer) == (400, "unsupported_grant_type")


def test_a_fault_can_stand_between_a_refresh_and_its_answer(application):
    tokens = application.tokens()
    application.http.post("/sandbox/faults", json={"place": "token", "status": 502, "effect": "applied"})
    assert application.refresh(tokens["refresh_token"]).status_code == 502
    assert application.get(tokens["access_token"]).status_code == 401
    application.http.post("/sandbox/faults", json={"place": "token", "status": 503})
    other = application.tokens
    assert application.refresh(tokens["refresh_token"]).status_code == 503
    assert application.get(other()["access_token"]).status_code == 200


def test_what_was_received_counts_the_token_requests_and_shows_no_token(application):
    tokens = application.tokens()
    shown = application.http.get("/sandbox/received")
    assert shown.json()["places"]["token"] == 1
    assert tokens["access_token"] not in shown.text


def test_an_act_about_signing_in_that_makes_no_sense_is_refused(application):
    assert application.act("sign_in", answer="maybe").status_code == 400
    assert application.act("sign_in", expires_in="soon").status_code == 400
    assert application.act("sign_in", redirect_uris=["x"]).status_code == 400


def test_a_new_scenario_begins_without_consents(application):
    tokens = application.tokens()
    application.act("load", scenario="mixed")
    assert application.get(tokens["access_token"]).status_code == 401
