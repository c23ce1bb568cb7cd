"""What is set: connections with their keys, and everything taken to another machine."""

from dataclasses import replace

import pytest
from fakes.connections import STORED, two_stored

from app.errors import CredentialMissing, SettingsProblem
from app.settings.connections import SignInKind
from app.settings.credentials import SessionCredentials
from app.settings.settings import Settings


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path, SessionCredentials())


def test_a_connection_saved_without_a_new_key_keeps_the_one_it_had(settings):
    settings.save(STORED, "stored-token")
    settings.save(STORED, "  ")
    assert settings.secret_of(STORED) == "stored-token"


def test_a_key_for_another_address_or_kind_of_sign_in_is_forgotten_when_a_new_one_is_stored(settings):
    settings.save(STORED, "stored-token")
    settings.save(replace(STORED, sign_in=SignInKind.API_KEY), "a-new-key")
    assert settings.secret_of(settings.connections()[0]) == "a-new-key"
    with pytest.raises(CredentialMissing):
        settings.secret_of(STORED)


def test_a_connection_whose_name_is_taken_leaves_no_key_behind(settings):
    acme, _ = two_stored(settings)
    double = replace(acme, id="another", name="BETA")
    with pytest.raises(SettingsProblem, match="BETA"):
        settings.save(double, "key-of-nobody")
    with pytest.raises(CredentialMissing):
        settings.secret_of(double)


def test_a_removed_connection_leaves_no_key_behind(settings):
    acme, beta = two_stored(settings)
    settings.remove(acme)
    assert settings.connections() == (beta,)
    with pytest.raises(CredentialMissing):
        settings.secret_of(acme)


def test_settings_go_to_another_machine_without_any_key(tmp_path):
    here, there = (Settings(tmp_path / name, SessionCredentials()) for name in ("a", "b"))
    acme, beta = two_stored(here)
    here.preferences.change(watch_minutes=9)
    here.export_settings(tmp_path / "settings.json")
    assert b"key-of" not in (tmp_path / "settings.json").read_bytes()
    told = []
    there.preferences.listen(told.append)
    there.import_settings(there.plan_import(tmp_path / "settings.json"))
    assert there.connections() == (acme, beta)
    assert [each.watch_minutes for each in told] == [9]
    with pytest.raises(CredentialMissing):
        there.secret_of(acme)
    assert there.plan_import(tmp_path / "settings.json").changes == ()


def test_the_session_store_says_that_the_key_is_not_kept(settings):
    assert not settings.keeps_secrets


def test_the_failure_type_that_pleo_took_is_remembered_by_the_connection(settings):
    settings.remember_failure_type(STORED.id, "validation_failure")
    assert settings.connections() == ()
    settings.save(STORED, "stored-token")
    settings.remember_failure_type(STORED.id, "validation_failure")
    assert [each.failure_type for each in settings.connections()] == ["validation_failure"]
