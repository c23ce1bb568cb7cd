import pytest

from app.self_check.findings import Report, Verdict, failed, noted, passed, report_document, report_text
from app.self_check.judgements import (
    KeyringFacts,
    judge_keyring,
    judge_libraries,
    judge_resources,
    judge_sqlite,
    judge_tls,
)

OWN = "keyring.backends.SecretService"
NONE = "keyring.backends.fail"


@pytest.mark.parametrize(
    ("facts", "platform", "verdict", "words"),
    [
        (KeyringFacts(OWN, True, came_back=True), "linux", Verdict.PASSED, OWN),
        (KeyringFacts(OWN, True, came_back=False), "linux", Verdict.FAILED, "was not read again"),
        (KeyringFacts(NONE, False), "linux", Verdict.NOTED, "until Signoff is closed"),
        (KeyringFacts(NONE, False), "win32", Verdict.FAILED, NONE),
        (KeyringFacts(NONE, False), "darwin", Verdict.FAILED, NONE),
        (KeyringFacts(NONE, False, missing="No module named 'pycparser'"), "linux", Verdict.FAILED, "pycparser"),
    ],
)
def test_a_keyring_that_the_program_lacks_a_library_for_is_a_failure_and_a_desktop_without_one_is_not(
    facts, platform, verdict, words
):
    found = judge_keyring(facts, platform)
    assert found.verdict is verdict
    assert words in found.words


@pytest.mark.parametrize(
    ("version", "mode", "synchronous", "integrity", "verdict"),
    [
        ((3, 45, 1), "wal", 2, "ok", Verdict.PASSED),
        ((3, 37, 0), "wal", 2, "ok", Verdict.PASSED),
        ((3, 36, 0), "wal", 2, "ok", Verdict.FAILED),
        ((3, 45, 1), "delete", 2, "ok", Verdict.FAILED),
        ((3, 45, 1), "wal", 1, "ok", Verdict.FAILED),
        ((3, 45, 1), "wal", 2, "row 1 missing from index", Verdict.FAILED),
    ],
)
def test_sqlite_is_good_where_the_journal_would_be_safe(version, mode, synchronous, integrity, verdict):
    assert judge_sqlite(version, mode, synchronous, integrity).verdict is verdict


def test_a_store_without_authorities_verifies_nobody_and_one_that_the_system_keeps_tells_no_number():
    assert judge_tls("OpenSSL 3", "TLS 1.3", 0).verdict is Verdict.FAILED
    assert judge_tls("OpenSSL 3", "TLS 1.3", 144).verdict is Verdict.PASSED
    assert judge_tls("OpenSSL 3", "TLS 1.3", None).verdict is Verdict.PASSED


def test_what_is_missing_is_named():
    assert "wordings.toml" in judge_resources(["wordings.toml"], 9).words
    assert judge_resources([], 10).verdict is Verdict.PASSED
    lacking = judge_libraries({"keyring": "25", "httpx": ""})
    assert (lacking.verdict, "httpx" in lacking.words, "keyring" in lacking.words) == (Verdict.FAILED, True, False)


def test_the_report_ends_with_the_first_thing_that_fails_in_text_and_json():
    findings = (passed("SQLite", "3.45"), noted("Keyring", "none"), failed("TLS", "no store"), failed("Sandbox", "no"))
    broken = Report("1.2.3", "a packaged program", findings)
    assert report_text(broken).splitlines()[-1] == "This installation does not work. TLS: no store"
    assert report_document(broken)["first_failure"] == {"part": "TLS", "words": "no store"}
    assert report_document(broken)["works"] is False

    whole = Report("1.2.3", "a packaged program", findings[:2])
    assert report_text(whole).splitlines()[-1] == "This installation works."
    assert report_document(whole)["works"] is True
    assert [each["verdict"] for each in report_document(whole)["findings"]] == ["passed", "noted"]
