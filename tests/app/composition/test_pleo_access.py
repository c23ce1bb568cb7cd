"""A connection that is tried before it is stored."""

from dataclasses import replace

import pytest
from fakes.connections import connection_to
from fakes.raw_server import closed_port

from app.errors import CredentialMissing, NotReachable, NotSignedIn, SettingsProblem, WrongCompany


async def test_a_certificate_file_that_has_gone_opens_nothing_and_is_named(composed, sandbox, tmp_path):
    at = composed()
    at.settings.preferences.change(certificate_file=str(tmp_path / "gone.pem"))
    with pytest.raises(SettingsProblem, match=r"gone\.pem"):
        await at.access.test(connection_to(sandbox.url), "any-good-key")


async def test_testing_a_connection_shows_company_and_scopes(composed, sandbox):
    sandbox.load("mixed")
    who = await composed().access.test(connection_to(sandbox.url), " any-good-key ")
    assert who.subject_urn.startswith("urn:pleo:company:")
    assert set(who.scopes) == {"export-jobs:read", "export-jobs:write", "export-items:read"}


async def test_testing_a_connection_without_a_new_key_tests_the_stored_one(composed, sandbox):
    at, connection = composed(), connection_to(sandbox.url)
    at.settings.save(connection, "any-good-key")
    assert (await at.access.test(connection, "")).scopes


@pytest.mark.parametrize(
    ("key", "kind"), [("wrong-key-of-nobody", NotSignedIn), ("expired-key", NotSignedIn), ("", CredentialMissing)]
)
async def test_testing_a_connection_says_what_is_wrong_with_the_key(composed, sandbox, key, kind):
    with pytest.raises(kind):
        await composed().access.test(connection_to(sandbox.url), key)


async def test_testing_a_connection_to_nobody_is_not_reachable(composed):
    with pytest.raises(NotReachable):
        await composed().access.test(connection_to(f"http://127.0.0.1:{closed_port()}"), "any-good-key")


async def test_a_key_of_another_company_is_not_good_for_the_connection(composed, sandbox):
    sandbox.load("mixed")
    at, elsewhere = composed(), replace(connection_to(sandbox.url), subject="urn:pleo:company:elsewhere")
    with pytest.raises(WrongCompany, match="speaks for company"):
        await at.access.test(elsewhere, "any-good-key")


async def test_testing_a_connection_says_that_its_specification_is_not_understood(composed, sandbox, tmp_path):
    path = tmp_path / "specification.toml"
    path.write_text("default = 3")
    connection = replace(connection_to(sandbox.url), specification_file=str(path))
    before = sandbox.received()["requests"]
    with pytest.raises(SettingsProblem, match="specification"):
        await composed().access.test(connection, "any-good-key")
    assert sandbox.received()["requests"] == before
