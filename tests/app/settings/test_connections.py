"""The stored connection and its integration specification."""

import json

import pytest
from fakes.builders import COMPANY_ID, a_failed_item

from app.errors import SettingsProblem
from app.settings.connections import BASE_URLS, Connection, ConnectionFile, Environment, read_specification

FULL = Connection(
    name="Fjäll & Co",
    environment=Environment.STAGING,
    base_url="https://external.staging.pleo.io",
    company_id=COMPANY_ID,
    is_token=True,
    specification_file="/books/specification.toml",
    failure_type="validation_failure",
)
SMALL = Connection(name="Acme", environment=Environment.OTHER, base_url="http://127.0.0.1:8000")


def test_the_places_of_pleo_are_the_published_ones():
    assert BASE_URLS == {
        Environment.PRODUCTION: "https://external.pleo.io",
        Environment.STAGING: "https://external.staging.pleo.io",
    }


@pytest.mark.parametrize("connection", [FULL, SMALL])
def test_a_connection_is_read_as_it_was_written(tmp_path, connection):
    ConnectionFile(tmp_path / "new" / "folder").write(connection)
    assert ConnectionFile(tmp_path / "new" / "folder").read() == connection


def test_no_connection_is_stored_at_first(tmp_path):
    assert ConnectionFile(tmp_path / "nowhere").read() is None


def test_a_later_connection_replaces_the_one_before(tmp_path):
    file = ConnectionFile(tmp_path)
    file.write(FULL)
    file.write(SMALL)
    assert file.read() == SMALL
    assert [path.name for path in tmp_path.iterdir()] == ["connection.json"]


def test_the_file_holds_no_field_that_a_secret_could_be_in(tmp_path):
    ConnectionFile(tmp_path).write(FULL)
    assert set(json.loads((tmp_path / "connection.json").read_text(encoding="utf-8"))) == {
        "name", "environment", "base_url", "company_id", "is_token", "specification_file", "failure_type",
    }  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"name": "x"}', b'{"name": 1, "environment": "other", "base_url": "https://a"}',
     b'{"name": "x", "environment": "moon", "base_url": "https://a"}'],
)  # fmt: skip
def test_a_damaged_file_is_named_with_what_to_do(tmp_path, content):
    (tmp_path / "connection.json").write_bytes(content)
    with pytest.raises(SettingsProblem) as met:
        ConnectionFile(tmp_path).read()
    assert str(tmp_path / "connection.json") in met.value.title
    assert met.value.advice


def test_a_folder_in_the_place_of_the_file_is_a_settings_problem(tmp_path):
    (tmp_path / "connection.json").mkdir()
    with pytest.raises(SettingsProblem):
        ConnectionFile(tmp_path).read()
    with pytest.raises(SettingsProblem):
        ConnectionFile(tmp_path).write(SMALL)


def test_a_file_in_the_place_of_the_folder_is_a_settings_problem(tmp_path):
    (tmp_path / "data").write_text("x")
    with pytest.raises(SettingsProblem) as met:
        ConnectionFile(tmp_path / "data").write(SMALL)
    assert str(tmp_path / "data") in met.value.title


def test_each_address_and_company_has_a_secret_of_its_own():
    names = {
        Connection(name="x", environment=Environment.OTHER, base_url=url, company_id=company).credential_name
        for url in ("https://a.example", "https://b.example")
        for company in (None, COMPANY_ID)
    }
    assert len(names) == 4


def with_specification(path, failure_type=None) -> Connection:
    return Connection(
        name="x",
        environment=Environment.OTHER,
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
