"""What a connection is follows from its address and from what its server says, never from what it is called."""

import json
from dataclasses import replace

import pytest
from fakes.connections import connection_to
from fakes.raw_server import closed_port
from fakes.running_sandbox import RunningSandbox

from app.composition.sandbox_process import OWN_SANDBOX
from app.composition.sign_in import SignIn
from app.errors import UsageProblem
from app.pleo.connection import Credential
from app.settings.connections import Connection, Environment


@pytest.fixture(scope="module")
def named_sandbox():
    with RunningSandbox("mixed", names_itself=True) as running:
        yield running


async def opened(at, connection: Connection):
    services = await at.services.open(SignIn(connection, Credential("any-good-key")))
    await services.close()
    return services


async def test_a_sandbox_is_one_because_it_says_so_on_this_machine(composed, named_sandbox, tmp_path):
    services = await opened(composed(), connection_to(named_sandbox.url))
    assert services.environment is Environment.SANDBOX
    assert services.journal._store.path.parent == tmp_path / "sandbox"
    assert services.pleo._limiter._window_seconds == 0
    assert services.company_name(next(iter(named_sandbox.world.jobs.values())).company_id) != "x"


@pytest.mark.parametrize("address", ["https://external.pleo.io", "https://pleo.example"])
async def test_what_is_called_sandbox_is_none_at_another_address(composed, tmp_path, address):
    at = composed()
    stored = {"id": OWN_SANDBOX, "name": "Sandbox", "environment": "sandbox", "base_url": address}
    (tmp_path / "connections.json").write_text(json.dumps({"connections": [stored]}), encoding="utf-8")
    services = await opened(at, at.settings.connections()[0])
    assert services.environment is not Environment.SANDBOX
    assert services.journal._store.path.parent == tmp_path
    assert services.pleo._limiter._window_seconds == 60


async def test_a_server_of_this_machine_that_does_not_say_so_is_none(composed, sandbox, tmp_path):
    services = await opened(composed(), replace(connection_to(sandbox.url), name="Sandbox", id=OWN_SANDBOX))
    assert services.environment is Environment.OTHER
    assert services.journal._store.path.parent == tmp_path


async def test_where_nobody_listens_there_is_no_sandbox(composed):
    services = await opened(composed(), connection_to(f"http://127.0.0.1:{closed_port()}"))
    assert services.environment is Environment.OTHER


async def test_nobody_is_asked_with_the_key_and_nobody_elsewhere_at_all(composed, named_sandbox, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "app.pleo.sandbox_identity.open_without_credential",
        lambda *address: asked.append(address) or pytest.fail("somebody elsewhere was asked"),
    )
    services = await opened(composed(), connection_to("https://127.0.0.1.pleo.example"))
    assert (services.environment, asked) == (Environment.OTHER, [])


async def test_an_unsafe_address_is_not_asked_either(composed):
    with pytest.raises(UsageProblem):
        await opened(composed(), connection_to("http://external.pleo.io"))


async def test_four_eyes_hold_in_a_sandbox_too_but_not_because_settings_are_damaged(composed, named_sandbox, tmp_path):
    at = composed()
    at.settings.save(replace(connection_to(named_sandbox.url), four_eyes=True), "a-key")
    assert (await opened(at, at.settings.connections()[0])).completion.four_eyes
    (tmp_path / "connections.json").write_text("{")
    assert not (await opened(at, connection_to(named_sandbox.url))).completion.four_eyes
