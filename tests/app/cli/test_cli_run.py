"""What every command has in common: who signs in, how it ends, what is said of trouble."""

import argparse
import logging

import pytest
from fakes.raw_server import closed_port
from fakes.sandbox import final_events

import app.cli.run
from app.cli.exit_codes import exit_code_of
from app.errors import ServerWords, SignInAgain, SignInNotKept
from app.platform.logs import redaction
from app.sandbox import company_names
from app.sandbox.faults import Fault

SECRET = "pk-9f3a77c1-hunter2"


@pytest.mark.parametrize("key", ["wrong-key-of-nobody", "expired-key-of-nobody", "revoked-key-of-nobody"])
def test_a_key_that_pleo_does_not_accept_exits_7(sandbox, signoff, monkeypatch, key):
    monkeypatch.setenv("SIGNOFF_API_KEY", key)
    said = signoff("jobs", "--json")
    assert (said.code, said.out) == (7, "")
    assert key not in said.err


def test_a_key_that_may_not_write_exits_7_and_changes_nothing(sandbox, signoff, monkeypatch):
    monkeypatch.setenv("SIGNOFF_API_KEY", "readonly-key-of-somebody")
    sandbox.load("all successful")
    said = signoff("complete", sandbox.world.job_id, "--yes", "--json")
    assert said.code == 7
    assert said.json["outcome"] == "refused"
    assert said.json["server"]["status"] == 403
    assert final_events(sandbox) == []


def test_without_a_key_it_exits_7(sandbox, signoff, monkeypatch):
    monkeypatch.delenv("SIGNOFF_API_KEY")
    said = signoff("jobs")
    assert (said.code, said.out) == (7, "")
    assert "SIGNOFF_API_KEY" in said.err


def test_an_access_token_signs_in_too(sandbox, signoff, monkeypatch):
    monkeypatch.delenv("SIGNOFF_API_KEY")
    monkeypatch.setenv("SIGNOFF_ACCESS_TOKEN", "token.of.somebody")
    sandbox.load("mixed")
    assert signoff("jobs").code == 0


def test_a_company_of_the_environment_is_sent_to_pleo(sandbox, signoff, monkeypatch):
    sandbox.load("everyday")
    monkeypatch.setenv("SIGNOFF_API_KEY", "organisation-key")
    assert signoff("jobs").code == 4
    company = next(iter(company_names()))
    monkeypatch.setenv("SIGNOFF_COMPANY_ID", company)
    said = signoff("jobs", "--all", "--json")
    assert said.code == 0
    assert {job["company_id"] for job in said.json["jobs"]} == {company}


def test_nobody_at_the_address_exits_6(sandbox, signoff, monkeypatch):
    monkeypatch.setenv("SIGNOFF_BASE_URL", f"http://127.0.0.1:{closed_port()}")
    said = signoff("jobs", "--json")
    assert (said.code, said.out) == (6, "")
    assert "cannot be reached" in said.err


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault("read_job", status=200, body="<html>sign in</html>", headers={"Content-Type": "text/html"}), 6),
        (Fault("read_job", status=200, body='{"data": '), 6),
        (Fault("read_job", status=200, body=""), 6),
        (Fault("read_job", status=302, headers={"Location": "https://elsewhere.example/"}), 6),
        (Fault("read_job", status=429, headers={"Retry-After": "3600"}), 6),
        (Fault("read_job", status=503), 6),
        (Fault("read_job", status=403), 7),
        (Fault("read_job", status=400), 4),
    ],
    ids=lambda value: f"{value.status}-{value.body[:6]}" if isinstance(value, Fault) else str(value),
)
def test_bad_answers_end_in_a_message_and_the_promised_code(sandbox, signoff, fault, code):
    sandbox.load("mixed")
    sandbox.arm(fault)
    said = signoff("preview", sandbox.world.job_id, "--json")
    assert (said.code, said.out) == (code, "")
    assert said.err.strip()
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    "url", ["http://external.pleo.io", "external.pleo.io", "ftp://127.0.0.1", "https://user:key@a.example"]
)
def test_an_address_that_is_neither_https_nor_loopback_exits_2(sandbox, signoff, monkeypatch, url):
    monkeypatch.setenv("SIGNOFF_BASE_URL", url)
    said = signoff("jobs")
    assert (said.code, said.out) == (2, "")
    assert said.err.strip()


@pytest.mark.parametrize(
    "words",
    [
        ("preview",),
        ("preview", ""),
        ("show", "  "),
        ("complete", "", "--yes"),
        ("start", "", "--yes"),
        ("prewiev", "x"),
        ("jobs", "--wat"),
        ("sandbox", "--port", "many"),
        ("sandbox", "--scenario", "no such scenario"),
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_2_and_says_so_on_standard_error(sandbox, signoff, words):
    said = signoff(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.strip()


def test_a_sandbox_on_a_port_that_is_taken_exits_2(sandbox, signoff):
    said = signoff("sandbox", "--port", sandbox.url.rpartition(":")[2])
    assert (said.code, said.out) == (2, "")
    assert "in use" in said.err


def test_the_version_is_one_line(signoff):
    said = signoff("--version")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("signoff ")


def test_the_log_holds_the_requests_and_not_the_secret(sandbox, signoff, tmp_path):
    sandbox.load("mixed")
    logging.getLogger("httpx").setLevel(logging.NOTSET)
    signoff("jobs")
    text = (tmp_path / "data" / "logs" / "signoff.log").read_text(encoding="utf-8")
    assert "/v3/export-jobs" in text
    assert SECRET not in text
    assert "Basic" not in text


@pytest.mark.parametrize(
    "problem", [SignInAgain("The sign-in has ended", ServerWords(401)), SignInNotKept("The keyring is locked")]
)
def test_a_sign_in_that_has_ended_or_cannot_be_kept_exits_7(problem):
    assert exit_code_of(problem) == 7


def test_a_mistake_of_the_programs_own_is_told_without_the_secret(capsys):
    class Broken(argparse.Namespace):
        @property
        def command(self) -> str:
            raise LookupError(f"no command for {SECRET}")

    redaction.hide(SECRET)
    assert app.cli.run.run(Broken(version=False, language=None)) == 70
    said = capsys.readouterr().err
    assert "LookupError: no command for •••" in said
    assert "mistake in the program" in said
    assert SECRET not in said
