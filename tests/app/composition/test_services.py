"""Services that work, each for its own connection."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.builders import COMPANY_ID
from fakes.connections import STORED, connection_to, two_stored

from app.completion.patience import Patience
from app.composition.compose import Composition
from app.composition.sandbox_process import sandbox_sign_in
from app.composition.services import Services, wished_patience
from app.composition.sign_in import SignIn
from app.errors import SettingsProblem, UsageProblem, WrongCompany
from app.jobs.job_list import JobScope
from app.platform.logs import redaction
from app.pleo.connection import Credential
from app.settings.connections import Connection


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def test_a_saved_key_is_in_no_file(composed, tmp_path, sandbox):
    at = composed()
    connection = Connection(name="Sandbox", base_url=sandbox.url)
    at.settings.save(connection, " pk-hunter2-hunter2 ")
    assert at.sign_ins.chosen().credential.secret == "pk-hunter2-hunter2"
    services = await at.services.open(at.sign_ins.chosen())
    await services.jobs.list_jobs(JobScope.ALL)
    await services.close()
    assert files_below(tmp_path)
    assert not [name for name, content in files_below(tmp_path).items() if b"hunter2" in content]


def asks_for_four_eyes(at: Composition, sign_in: SignIn) -> bool:
    async def asked() -> bool:
        services = await at.services.open(sign_in)
        await services.close()
        return services.completion.four_eyes

    return asyncio.run(asked())


@pytest.mark.parametrize("address", ["https://same.example", "https://SAME.example:443/"])
@pytest.mark.parametrize("company", ["", COMPANY_ID])
def test_a_key_of_the_environment_asks_for_four_eyes_where_any_stored_connection_of_the_address_does(
    composed, address, company
):
    at = composed(base_url=address, api_key="key-of-environment", company_id=company)
    acme, _ = two_stored(at.settings)
    assert not asks_for_four_eyes(at, at.sign_ins.chosen())
    at.settings.save(replace(acme, subject="urn:pleo:company:acme", four_eyes=True), "")
    assert asks_for_four_eyes(at, at.sign_ins.chosen())


def test_another_server_of_the_environment_does_not_ask_for_four_eyes(composed):
    at = composed(base_url="https://environment.example", api_key="key-of-environment")
    acme, _ = two_stored(at.settings)
    at.settings.save(replace(acme, four_eyes=True), "")
    assert not asks_for_four_eyes(at, at.sign_ins.chosen())


def test_however_the_address_is_written_a_key_of_the_environment_is_for_the_stored_connection(composed):
    composed().settings.save(replace(STORED, four_eyes=True), "token-of-another-session")
    at = composed(base_url="https://Stored.example:443", api_key="key-of-environment")
    assert at.sign_ins.chosen().connection.id == STORED.id
    assert asks_for_four_eyes(at, at.sign_ins.chosen())


def test_two_connections_of_one_company_ask_for_four_eyes_where_one_does(composed):
    at = composed()
    acme, beta = two_stored(at.settings)
    at.settings.save(replace(acme, subject="urn:pleo:company:acme", four_eyes=True), "")
    at.settings.save(replace(beta, subject="urn:pleo:company:acme"), "")
    assert asks_for_four_eyes(at, at.sign_ins.chosen("Beta"))


def test_another_company_at_the_same_address_has_a_choice_of_its_own(composed):
    at = composed()
    acme, beta = two_stored(at.settings)
    at.settings.save(replace(acme, subject="urn:pleo:company:acme", four_eyes=True), "")
    at.settings.save(replace(beta, subject="urn:pleo:company:beta"), "")
    assert not asks_for_four_eyes(at, at.sign_ins.chosen("Beta"))


def test_where_the_stored_connections_cannot_be_read_four_eyes_are_asked_for(composed, tmp_path):
    at = composed()
    acme, _ = two_stored(at.settings)
    sign_in = at.sign_ins.stored(acme)
    (tmp_path / "connections.json").write_text("{")
    assert asks_for_four_eyes(at, sign_in)


async def test_the_journal_knows_a_server_by_one_spelling(composed):
    async def origin_of(url: str) -> str:
        services = await composed().services.open(
            SignIn(replace(connection_to(url), id="acme"), Credential("any-good-key"))
        )
        await services.close()
        return services.completion._origin.connection

    assert await origin_of("https://Pleo.example:443/x/..") == "https://pleo.example acme"


@pytest.mark.parametrize("use", [Services.check_company, lambda services: services.jobs.list_jobs(JobScope.ALL)])
async def test_a_connection_whose_key_speaks_for_another_company_reads_nothing(composed, sandbox, use):
    async def open_and_use():
        elsewhere = replace(connection_to(sandbox.url), subject="urn:pleo:company:elsewhere")
        services = await composed().services.open(SignIn(elsewhere, Credential("any-good-key")))
        try:
            await use(services)
        finally:
            await services.close()

    before = sandbox.received()["requests"]
    with pytest.raises(WrongCompany):
        await open_and_use()
    assert sandbox.received()["requests"] == before + 1


async def test_opening_a_connection_hides_its_secret_from_the_log(composed, sandbox):
    services = await composed().services.open(SignIn(connection_to(sandbox.url), Credential("pk-hidden-from-now-on")))
    await services.close()
    assert "hidden" not in redaction.masked("the key is pk-hidden-from-now-on")


async def test_an_integration_specification_that_is_not_understood_opens_nothing(composed, tmp_path):
    path = tmp_path / "specification.toml"
    path.write_text("default = 3")
    connection = Connection(name="x", base_url="https://a.example", specification_file=str(path))
    with pytest.raises(SettingsProblem):
        await composed().services.open(SignIn(connection, Credential("any-good-key")))


async def test_companies_have_names_in_the_sandbox_and_the_connections_name_elsewhere(composed, sandbox, monkeypatch):
    async def names():
        found = []
        for sign_in in (sandbox_sign_in(sandbox.url), SignIn(connection_to(sandbox.url), Credential("any-good-key"))):
            monkeypatch.setattr(sandbox.world, "names_itself", not found)
            services = await composed().services.open(sign_in)
            jobs = (await services.jobs.list_jobs(JobScope.ALL)).jobs
            found.append({services.company_name(job.company_id) for job in jobs})
            await services.close()
        return found

    in_sandbox, elsewhere = await names()
    assert len(in_sandbox) > 1
    assert not any("-4" in name for name in in_sandbox)
    assert elsewhere == {"x"}


@pytest.mark.parametrize("wish", ["-1", "3601", "nan", "soon", "1e9"])
@pytest.mark.parametrize("name", ["SIGNOFF_PATIENCE", "SIGNOFF_SETTLE_SECONDS"])
def test_a_wait_that_is_no_number_of_seconds_opens_nothing_and_is_named(name, wish):
    with pytest.raises(UsageProblem, match=f"{name} .*: {wish}"):
        wished_patience({name: wish}, 120)


def test_a_patience_of_some_seconds_is_read_for_as_long():
    assert sum(wished_patience({"SIGNOFF_PATIENCE": " 4 "}, 120).reads) == pytest.approx(4)
    assert wished_patience({"SIGNOFF_PATIENCE": ""}, 120) == wished_patience({}, 120) == Patience()


def test_the_wait_before_an_absence_is_proved_is_the_setting_unless_the_environment_names_another():
    assert wished_patience({}, 30).settle_seconds == 30
    assert wished_patience({"SIGNOFF_SETTLE_SECONDS": "0"}, 30).settle_seconds == 0
