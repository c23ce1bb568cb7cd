"""Who signs in with what: a stored connection, or the key of the environment."""

from dataclasses import replace

import pytest
from fakes.builders import COMPANY_ID
from fakes.connections import STORED, two_stored

from app.composition.sign_in import SignIn
from app.errors import CredentialMissing, SettingsProblem, UsageProblem


def signed_in(sign_in: SignIn):
    """(address, secret, is a token, company)"""
    connection, credential = sign_in.connection, sign_in.credential
    assert connection.is_token == credential.is_token
    return connection.base_url, credential.secret, credential.is_token, connection.company_id


def test_the_stored_connection_with_its_key_comes_before_the_environment(composed):
    at = composed(base_url="https://environment.example", api_key="key-of-environment")
    at.settings.save(STORED, "stored-token")
    assert signed_in(at.sign_ins.chosen()) == ("https://stored.example", "stored-token", True, COMPANY_ID)


def test_a_stored_connection_without_a_key_takes_the_environments_key_where_the_environment_names_its_address(composed):
    composed().settings.save(STORED, "token-of-another-session")
    at = composed(base_url="https://stored.example", api_key="key-of-environment")
    assert signed_in(at.sign_ins.chosen()) == ("https://stored.example", "key-of-environment", False, COMPANY_ID)


def test_a_stored_connection_to_pleo_takes_the_environments_key_without_an_address(composed):
    composed().settings.save(replace(STORED, base_url="https://external.pleo.io"), "token-of-another-session")
    at = composed(api_key="key-of-environment")
    assert signed_in(at.sign_ins.chosen()) == ("https://external.pleo.io", "key-of-environment", False, COMPANY_ID)


@pytest.mark.parametrize("address", ["https://stored.example", "https://external.pleo.io.evil.example"])
def test_a_key_of_the_environment_does_not_go_where_only_a_settings_file_leads(composed, address):
    composed().settings.save(replace(STORED, base_url=address), "token-of-another-session")
    with pytest.raises(CredentialMissing, match="Acme") as met:
        composed(api_key="key-of-environment").sign_ins.chosen()
    assert "goes to Pleo only" in met.value.advice
    assert address.removeprefix("https://") in met.value.advice


def test_an_address_of_the_environment_gets_the_environments_key_and_nothing_of_the_stored_connection(composed):
    composed().settings.save(STORED, "token-of-another-session")
    at = composed(base_url="https://environment.example", api_key="key-of-environment")
    assert signed_in(at.sign_ins.chosen()) == ("https://environment.example", "key-of-environment", False, None)


def test_without_a_stored_connection_the_environment_signs_in(composed):
    at = composed(base_url="https://environment.example/", access_token="a.b.c", company_id=COMPANY_ID)
    assert signed_in(at.sign_ins.chosen()) == ("https://environment.example", "a.b.c", True, COMPANY_ID)


def test_a_key_of_the_environment_comes_before_a_token(composed):
    assert signed_in(composed(api_key="the-key", access_token="a.b.c").sign_ins.chosen())[1:3] == ("the-key", False)


def test_without_an_address_it_is_pleos_production(composed):
    assert signed_in(composed(api_key="the-key").sign_ins.chosen())[0] == "https://external.pleo.io"


@pytest.mark.parametrize("environment", [{}, {"api_key": "  "}, {"base_url": "https://a.example", "access_token": ""}])
def test_nobody_is_signed_in_without_a_key(composed, environment):
    with pytest.raises(CredentialMissing) as met:
        composed(**environment).sign_ins.chosen()
    assert "SIGNOFF_API_KEY" in met.value.advice


@pytest.mark.parametrize("key", [{}, {"api_key": "the-key"}])
def test_an_unsafe_address_is_wrong_usage_with_and_without_a_key(composed, key):
    with pytest.raises(UsageProblem):
        composed(base_url="http://external.pleo.io", **key).sign_ins.chosen()


def test_a_key_with_a_line_break_inside_is_wrong_usage(composed):
    with pytest.raises(UsageProblem):
        composed(api_key="the\nkey").sign_ins.chosen()


def test_a_damaged_connection_file_is_told_rather_than_passed_over(composed, tmp_path):
    (tmp_path / "connections.json").write_text("{")
    with pytest.raises(SettingsProblem):
        composed(api_key="the-key").sign_ins.chosen()


def test_two_companies_at_one_address_have_a_key_each(composed):
    at = composed()
    acme, beta = two_stored(at.settings)
    assert at.settings.connections() == (acme, beta)
    assert at.sign_ins.stored(acme).credential.secret == "key-of-acme"
    assert at.sign_ins.chosen("beta").credential.secret == "key-of-beta"


@pytest.mark.parametrize("name", [None, "Gamma"])
def test_where_several_are_stored_a_command_names_one(composed, name):
    at = composed()
    two_stored(at.settings)
    with pytest.raises(UsageProblem) as met:
        at.sign_ins.chosen(name)
    assert "--connection: 'Acme', 'Beta'" in met.value.advice
