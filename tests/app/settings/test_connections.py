"""The stored connections and their integration specification."""

import json
from dataclasses import replace

import pytest
from fakes.builders import COMPANY_ID, a_failed_item

from app.errors import SettingsProblem
from app.settings.connections import (
    BASE_URLS,
    ColourMark,
    Connection,
    ConnectionsFile,
    Environment,
    SignInKind,
)
from app.settings.specification import read_specification

FULL = Connection(
    name="Fjäll & Co",
    base_url="https://external.staging.pleo.io",
    company_id=COMPANY_ID,
    sign_in=SignInKind.ACCESS_TOKEN,
    subject="urn:pleo:company:9b1f8c2e",
    oauth_client_id="client",
    colour=ColourMark.TEAL,
    specification_file="/books/specification.toml",
    failure_type="validation_failure",
)
SMALL = Connection(name="Acme", base_url="http://127.0.0.1:8000")


def test_the_places_of_pleo_are_the_published_ones():
    assert BASE_URLS == {
        Environment.PRODUCTION: "https://external.pleo.io",
        Environment.STAGING: "https://external.staging.pleo.io",
    }


def test_connections_are_read_as_they_were_written_in_their_order(tmp_path):
    file = ConnectionsFile(tmp_path / "new" / "folder")
    file.put(FULL)
    file.put(SMALL)
    assert ConnectionsFile(tmp_path / "new" / "folder").read() == (FULL, SMALL)


def test_no_connection_is_stored_at_first(tmp_path):
    assert ConnectionsFile(tmp_path / "nowhere").read() == ()


def test_a_changed_connection_stays_in_its_place(tmp_path):
    file = ConnectionsFile(tmp_path)
    file.put(FULL)
    file.put(SMALL)
    changed = replace(FULL, name="Fjäll AB")
    file.put(changed)
    assert file.read() == (changed, SMALL)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["connections.json"]


def test_a_removed_connection_is_gone_and_the_others_stay(tmp_path):
    file = ConnectionsFile(tmp_path)
    file.put(FULL)
    file.put(SMALL)
    file.remove(FULL.id)
    assert file.read() == (SMALL,)


def test_no_two_connections_share_a_name(tmp_path):
    file = ConnectionsFile(tmp_path)
    file.put(SMALL)
    with pytest.raises(SettingsProblem, match="ACME"):
        file.put(Connection(name="ACME", base_url="https://b.example"))
    assert file.read() == (SMALL,)


def test_the_file_holds_no_field_that_a_secret_could_be_in(tmp_path):
    ConnectionsFile(tmp_path).put(FULL)
    (stored,) = json.loads((tmp_path / "connections.json").read_text(encoding="utf-8"))["connections"]
    assert set(stored) == {
        "id", "name", "base_url", "sign_in", "company_id", "subject", "oauth_client_id",
        "oauth_redirect_uri", "specification_file", "failure_type", "colour", "four_eyes",
        "readers_language",
    }  # fmt: skip


DAMAGED = [
    b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"connections": [{"name": "x"}]}', b'{"more": 1}',
    b'{"connections": [{"name": "x", "sign_in": "moon", "base_url": "https://a"}]}',
]  # fmt: skip


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_file_is_named_with_what_to_do_and_kept_aside_by_the_next_save(tmp_path, content):
    file = ConnectionsFile(tmp_path)
    (tmp_path / "connections.json").write_bytes(content)
    with pytest.raises(SettingsProblem) as met:
        file.read()
    assert str(tmp_path / "connections.json") in met.value.title
    assert met.value.advice
    file.put(SMALL)
    assert file.read() == (SMALL,)
    assert (tmp_path / "connections.damaged.json").read_bytes() == content


def test_a_folder_in_the_place_of_the_file_is_a_settings_problem(tmp_path):
    (tmp_path / "connections.json").mkdir()
    with pytest.raises(SettingsProblem):
        ConnectionsFile(tmp_path).read()


def test_a_file_in_the_place_of_the_folder_is_a_settings_problem(tmp_path):
    (tmp_path / "data").write_text("x")
    with pytest.raises(SettingsProblem) as met:
        ConnectionsFile(tmp_path / "data").put(SMALL)
    assert str(tmp_path / "data") in met.value.title


def test_each_connection_address_and_kind_of_sign_in_has_a_secret_of_its_own():
    names = {
        replace(connection, base_url=url, sign_in=kind).credential_name
        for connection in (FULL, SMALL)
        for url in ("https://a.example", "https://b.example")
        for kind in SignInKind
    }
    assert len(names) == 12


def with_specification(path, failure_type=None) -> Connection:
    return Connection(
        name="x",
        base_url="https://a.example",
        specification_file=str(path),
        failure_type=failure_type,
    )


def test_without_a_specification_the_default_is_the_guides():
    assert read_specification(SMALL).default == "accounting_system_validation_failure"
    assert read_specification(SMALL).job_types == {}


def test_a_specification_sets_the_default_and_maps_item_types(tmp_path):
    path = tmp_path / "specification.toml"
    path.write_text(
        'default = "integration_unusable"\n[job_failure_types]\naccounting_system_timeout = "service_timeout"\n'
        'vendor_unknown = "missing_configuration"\n',
        encoding="utf-8",
    )
    specification = read_specification(with_specification(path))
    assert specification.job_type_for([a_failed_item(1, kind="accounting_system_timeout")]) == "service_timeout"
    assert specification.job_type_for([a_failed_item(1, kind="vendor_unknown")]) == "missing_configuration"
    assert specification.job_type_for([a_failed_item(1, kind="tag_unknown")]) == "integration_unusable"


@pytest.mark.parametrize("content", ["", 'default = "validation_failure"', '[job_failure_types]\na = "b"'])
def test_each_part_of_a_specification_may_be_missing(tmp_path, content):
    path = tmp_path / "specification.toml"
    path.write_text(content)
    assert read_specification(with_specification(path)).default


@pytest.mark.parametrize(
    "content",
    [
        b"default = ",
        b"default = 3",
        b'[job_failure_types]\na = ["b"]',
        b'defautl = "validation_failure"',
        b"\xff\xfe",
        b'job_failure_types = "x"',
        b"default = " + b"[" * 100_000 + b"]" * 100_000,
        b"default = " + b"{a = " * 50_000,
        b"default = " + b"9" * 10_000,
    ],
)
def test_a_specification_that_is_not_understood_is_named_rather_than_passed_over(tmp_path, content):
    path = tmp_path / "specification.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsProblem) as met:
        read_specification(with_specification(path))
    assert str(path) in met.value.title
    assert "job_failure_types" in met.value.advice


def test_a_specification_that_is_not_there_is_a_settings_problem(tmp_path):
    with pytest.raises(SettingsProblem):
        read_specification(with_specification(tmp_path / "gone.toml"))


def test_the_type_that_pleo_took_last_time_is_the_default_from_then_on(tmp_path):
    path = tmp_path / "specification.toml"
    path.write_text('default = "integration_unusable"')
    assert read_specification(with_specification(path, "validation_failure")).default == "validation_failure"


@pytest.mark.parametrize(
    ("base_url", "auth_url"),
    [
        ("https://external.pleo.io", "https://auth.pleo.io"),
        ("https://external.staging.pleo.io", "https://auth.staging.pleo.io"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("https://external.pleo.io.example", "https://external.pleo.io.example"),
    ],
)
def test_tokens_are_granted_by_pleos_own_server_or_by_the_address_itself(base_url, auth_url):
    assert replace(SMALL, base_url=base_url).auth_url == auth_url


def test_the_browser_comes_back_to_localhost_unless_another_address_was_registered():
    assert SMALL.redirect_uri == "http://localhost:14270/callback"
    assert replace(SMALL, oauth_redirect_uri="http://localhost:99/x").redirect_uri == "http://localhost:99/x"


@pytest.mark.parametrize(
    ("address", "is_local"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8000", True),
        ("http://[::1]:8000", True),
        ("https://external.pleo.io", False),
        ("https://localhost.example", False),
    ],
)
def test_what_this_very_machine_serves_needs_no_network(address, is_local):
    acme = Connection(name="Acme", base_url=address)
    assert acme.is_local is is_local


@pytest.mark.parametrize(
    ("address", "environment"),
    [
        ("https://external.pleo.io", Environment.PRODUCTION),
        ("https://External.Pleo.io:443/", Environment.PRODUCTION),
        ("https://external.staging.pleo.io", Environment.STAGING),
        ("http://external.pleo.io", Environment.OTHER),
        ("https://external.pleo.io:8443", Environment.OTHER),
        ("https://external.pleo.io/mirror", Environment.OTHER),
        ("https://external.pleo.io.evil.example", Environment.OTHER),
        ("https://extern\u0430l.pleo.io", Environment.OTHER),
        ("http://127.0.0.1:8000", Environment.OTHER),
        ("", Environment.OTHER),
    ],
)
def test_where_a_connection_leads_follows_from_its_address(address, environment):
    assert Connection(name="Production, really", base_url=address).environment is environment


@pytest.mark.parametrize("label", ["sandbox", "production", "staging", "other", "moon", 3])
def test_a_label_that_an_older_version_stored_is_read_over_and_not_believed(tmp_path, label):
    stored = {"id": "acme", "name": "Acme", "environment": label, "base_url": "https://external.pleo.io"}
    (tmp_path / "connections.json").write_text(json.dumps({"connections": [stored]}), encoding="utf-8")
    (found,) = ConnectionsFile(tmp_path).read()
    assert (found.name, found.environment) == ("Acme", Environment.PRODUCTION)
