"""The switchboard: who signs in with what, and services that work."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.builders import COMPANY_ID
from fakes.raw_server import closed_port
from fakes.running_sandbox import RunningSandbox

from app.completion.service import Patience
from app.composition.services import SandboxChild, Services, SignIn, Switchboard, Tuning, sandbox_sign_in
from app.errors import CredentialMissing, NotReachable, NotSignedIn, SettingsProblem, UsageProblem, WrongCompany
from app.jobs.job_list import JobScope
from app.platform.logs import redaction
from app.pleo.connection import Credential, Timeouts
from app.pleo.retrying import ReadPatience
from app.settings.connections import Connection, Environment, SignInKind
from app.settings.credentials import SessionCredentials

QUICK = Tuning(Timeouts(1, 1, 1), ReadPatience(attempts=1), Patience(reads=(0, 0)))
STORED = Connection(
    name="Acme",
    environment=Environment.OTHER,
    base_url="https://stored.example",
    company_id=COMPANY_ID,
    sign_in=SignInKind.ACCESS_TOKEN,
)


@pytest.fixture(scope="module")
def sandbox():
    with RunningSandbox("everyday") as running:
        yield running


@pytest.fixture
def board(tmp_path):
    def made(**environment: str) -> Switchboard:
        names = {f"SIGNOFF_{name.upper()}": value for name, value in environment.items()}
        return Switchboard(folder=tmp_path, credentials=SessionCredentials(), environment=names, tuning=QUICK)

    return made


def signed_in(sign_in: SignIn):
    """(address, secret, is a token, company)"""
    connection, credential = sign_in.connection, sign_in.credential
    assert connection.is_token == credential.is_token
    return connection.base_url, credential.secret, credential.is_token, connection.company_id


def test_the_stored_connection_with_its_key_comes_before_the_environment(board):
    at = board(base_url="https://environment.example", api_key="key-of-environment")
    at.save(STORED, "stored-token")
    assert signed_in(at.sign_in()) == ("https://stored.example", "stored-token", True, COMPANY_ID)


def test_a_stored_connection_without_a_key_takes_the_environments_key_to_its_own_address(board):
    board().save(STORED, "token-of-another-session")
    at = board(api_key="key-of-environment")
    assert signed_in(at.sign_in()) == ("https://stored.example", "key-of-environment", False, COMPANY_ID)


def test_an_address_of_the_environment_gets_the_environments_key_and_nothing_of_the_stored_connection(board):
    board().save(STORED, "token-of-another-session")
    at = board(base_url="https://environment.example", api_key="key-of-environment")
    assert signed_in(at.sign_in()) == ("https://environment.example", "key-of-environment", False, None)


def test_without_a_stored_connection_the_environment_signs_in(board):
    at = board(base_url="https://environment.example/", access_token="a.b.c", company_id=COMPANY_ID)
    assert signed_in(at.sign_in()) == ("https://environment.example", "a.b.c", True, COMPANY_ID)


def test_a_key_of_the_environment_comes_before_a_token(board):
    assert signed_in(board(api_key="the-key", access_token="a.b.c").sign_in())[1:3] == ("the-key", False)


def test_without_an_address_it_is_pleos_production(board):
    assert signed_in(board(api_key="the-key").sign_in())[0] == "https://external.pleo.io"


@pytest.mark.parametrize("environment", [{}, {"api_key": "  "}, {"base_url": "https://a.example", "access_token": ""}])
def test_nobody_is_signed_in_without_a_key(board, environment):
    with pytest.raises(CredentialMissing) as met:
        board(**environment).sign_in()
    assert "SIGNOFF_API_KEY" in met.value.advice


@pytest.mark.parametrize("key", [{}, {"api_key": "the-key"}])
def test_an_unsafe_address_is_wrong_usage_with_and_without_a_key(board, key):
    with pytest.raises(UsageProblem):
        board(base_url="http://external.pleo.io", **key).sign_in()


def test_a_key_with_a_line_break_inside_is_wrong_usage(board):
    with pytest.raises(UsageProblem):
        board(api_key="the\nkey").sign_in()


def test_a_damaged_connection_file_is_told_rather_than_passed_over(board, tmp_path):
    (tmp_path / "connections.json").write_text("{")
    with pytest.raises(SettingsProblem):
        board(api_key="the-key").sign_in()


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_saved_key_is_in_no_file(board, tmp_path, sandbox):
    at = board()
    connection = Connection(name="Sandbox", environment=Environment.OTHER, base_url=sandbox.url)
    at.save(connection, " pk-hunter2-hunter2 ")
    assert at.sign_in().credential.secret == "pk-hunter2-hunter2"

    async def use():
        services = await at.open(at.sign_in())
        await services.jobs.list_jobs(JobScope.ALL)
        await services.close()

    asyncio.run(use())
    assert files_below(tmp_path)
    assert not [name for name, content in files_below(tmp_path).items() if b"hunter2" in content]


def test_a_connection_saved_without_a_new_key_keeps_the_one_it_had(board):
    at = board()
    at.save(STORED, "stored-token")
    at.save(STORED, "  ")
    assert at.sign_in().credential.secret == "stored-token"


def test_a_key_for_another_address_or_kind_of_sign_in_is_forgotten_when_a_new_one_is_stored(board):
    at = board()
    at.save(STORED, "stored-token")
    at.save(replace(STORED, sign_in=SignInKind.API_KEY), "a-new-key")
    assert at.sign_in().credential.secret == "a-new-key"
    with pytest.raises(CredentialMissing):
        at.sign_in_to(STORED)


def test_a_connection_whose_name_is_taken_leaves_no_key_behind(board):
    at = board()
    acme, _ = two_stored(at)
    double = replace(acme, id="another", name="BETA")
    with pytest.raises(SettingsProblem, match="BETA"):
        at.save(double, "key-of-nobody")
    with pytest.raises(CredentialMissing):
        at.sign_in_to(double)


def two_stored(at: Switchboard) -> tuple[Connection, Connection]:
    acme, beta = (
        Connection(name=name, environment=Environment.OTHER, base_url="https://same.example")
        for name in ("Acme", "Beta")
    )
    at.save(acme, "key-of-acme")
    at.save(beta, "key-of-beta")
    return acme, beta


def test_two_companies_at_one_address_have_a_key_each(board):
    at = board()
    acme, beta = two_stored(at)
    assert at.connections() == (acme, beta)
    assert at.sign_in_to(acme).credential.secret == "key-of-acme"
    assert at.sign_in("beta").credential.secret == "key-of-beta"


@pytest.mark.parametrize("name", [None, "Gamma"])
def test_where_several_are_stored_a_command_names_one(board, name):
    at = board()
    two_stored(at)
    with pytest.raises(UsageProblem) as met:
        at.sign_in(name)
    assert "--connection: 'Acme', 'Beta'" in met.value.advice


def test_a_removed_connection_leaves_no_key_behind(board):
    at = board()
    acme, beta = two_stored(at)
    at.remove(acme)
    assert at.connections() == (beta,)
    with pytest.raises(CredentialMissing):
        at.sign_in_to(acme)


def test_settings_go_to_another_machine_without_any_key(tmp_path):
    here, there = (
        Switchboard(folder=tmp_path / name, credentials=SessionCredentials(), environment={}) for name in ("a", "b")
    )
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
        there.sign_in_to(acme)
    assert there.plan_import(tmp_path / "settings.json").changes == ()


def test_a_certificate_file_that_has_gone_opens_nothing_and_is_named(board, sandbox, tmp_path):
    at = board()
    at.preferences.change(certificate_file=str(tmp_path / "gone.pem"))
    with pytest.raises(SettingsProblem, match=r"gone\.pem"):
        asyncio.run(at.test(connection_to(sandbox.url), "any-good-key"))


def test_the_session_store_says_that_the_key_is_not_kept(board):
    assert not board().keeps_secrets


def test_the_failure_type_that_pleo_took_is_remembered_by_the_connection(board):
    at = board()
    at.remember_failure_type(STORED.id, "validation_failure")
    assert at.connections() == ()
    at.save(STORED, "stored-token")
    at.remember_failure_type(STORED.id, "validation_failure")
    assert [each.failure_type for each in at.connections()] == ["validation_failure"]


def asks_for_four_eyes(at: Switchboard, sign_in: SignIn) -> bool:
    async def asked() -> bool:
        services = await at.open(sign_in)
        await services.close()
        return services.completion.four_eyes

    return asyncio.run(asked())


@pytest.mark.parametrize("address", ["https://same.example", "https://SAME.example:443/"])
@pytest.mark.parametrize("company", ["", COMPANY_ID])
def test_a_key_of_the_environment_asks_for_four_eyes_where_any_stored_connection_of_the_address_does(
    board, address, company
):
    at = board(base_url=address, api_key="key-of-environment", company_id=company)
    acme, _ = two_stored(at)
    assert not asks_for_four_eyes(at, at.sign_in())
    at.save(replace(acme, subject="urn:pleo:company:acme", four_eyes=True), "")
    assert asks_for_four_eyes(at, at.sign_in())


def test_another_server_of_the_environment_does_not_ask_for_four_eyes(board):
    at = board(base_url="https://environment.example", api_key="key-of-environment")
    acme, _ = two_stored(at)
    at.save(replace(acme, four_eyes=True), "")
    assert not asks_for_four_eyes(at, at.sign_in())


def test_however_the_address_is_written_a_key_of_the_environment_is_for_the_stored_connection(board):
    board().save(replace(STORED, four_eyes=True), "token-of-another-session")
    at = board(base_url="https://Stored.example:443", api_key="key-of-environment")
    assert at.sign_in().connection.id == STORED.id
    assert asks_for_four_eyes(at, at.sign_in())


def test_two_connections_of_one_company_ask_for_four_eyes_where_one_does(board):
    at = board()
    acme, beta = two_stored(at)
    at.save(replace(acme, subject="urn:pleo:company:acme", four_eyes=True), "")
    at.save(replace(beta, subject="urn:pleo:company:acme"), "")
    assert asks_for_four_eyes(at, at.sign_in("Beta"))


def test_another_company_at_the_same_address_has_a_choice_of_its_own(board):
    at = board()
    acme, beta = two_stored(at)
    at.save(replace(acme, subject="urn:pleo:company:acme", four_eyes=True), "")
    at.save(replace(beta, subject="urn:pleo:company:beta"), "")
    assert not asks_for_four_eyes(at, at.sign_in("Beta"))


def test_where_the_stored_connections_cannot_be_read_four_eyes_are_asked_for(board, tmp_path):
    at = board()
    acme, _ = two_stored(at)
    sign_in = at.sign_in_to(acme)
    (tmp_path / "connections.json").write_text("{")
    assert asks_for_four_eyes(at, sign_in)


def test_the_journal_knows_a_server_by_one_spelling(board):
    async def origin_of(url: str) -> str:
        services = await board().open(SignIn(replace(connection_to(url), id="acme"), Credential("any-good-key")))
        await services.close()
        return services.completion._origin.connection

    assert asyncio.run(origin_of("https://Pleo.example:443/x/..")) == "https://pleo.example acme"


def connection_to(url: str) -> Connection:
    return Connection(name="x", environment=Environment.OTHER, base_url=url)


def test_testing_a_connection_shows_company_and_scopes(board, sandbox):
    who = asyncio.run(board().test(connection_to(sandbox.url), " any-good-key "))
    assert who.subject_urn.startswith("urn:pleo:company:")
    assert set(who.scopes) == {"export-jobs:read", "export-jobs:write", "export-items:read"}


def test_testing_a_connection_without_a_new_key_tests_the_stored_one(board, sandbox):
    at, connection = board(), connection_to(sandbox.url)
    at.save(connection, "any-good-key")
    assert asyncio.run(at.test(connection, "")).scopes


@pytest.mark.parametrize(
    ("key", "kind"), [("wrong-key-of-nobody", NotSignedIn), ("expired-key", NotSignedIn), ("", CredentialMissing)]
)
def test_testing_a_connection_says_what_is_wrong_with_the_key(board, sandbox, key, kind):
    with pytest.raises(kind):
        asyncio.run(board().test(connection_to(sandbox.url), key))


def test_testing_a_connection_to_nobody_is_not_reachable(board):
    with pytest.raises(NotReachable):
        asyncio.run(board().test(connection_to(f"http://127.0.0.1:{closed_port()}"), "any-good-key"))


def test_a_key_of_another_company_is_not_good_for_the_connection(board, sandbox):
    at, elsewhere = board(), replace(connection_to(sandbox.url), subject="urn:pleo:company:elsewhere")
    with pytest.raises(WrongCompany, match="speaks for company"):
        asyncio.run(at.test(elsewhere, "any-good-key"))


@pytest.mark.parametrize("use", [Services.check_company, lambda services: services.jobs.list_jobs(JobScope.ALL)])
def test_a_connection_whose_key_speaks_for_another_company_reads_nothing(board, sandbox, use):
    async def open_and_use():
        elsewhere = replace(connection_to(sandbox.url), subject="urn:pleo:company:elsewhere")
        services = await board().open(SignIn(elsewhere, Credential("any-good-key")))
        try:
            await use(services)
        finally:
            await services.close()

    before = sandbox.received()["requests"]
    with pytest.raises(WrongCompany):
        asyncio.run(open_and_use())
    assert sandbox.received()["requests"] == before + 1


def test_opening_a_connection_hides_its_secret_from_the_log(board, sandbox):
    async def open_and_close():
        services = await board().open(SignIn(connection_to(sandbox.url), Credential("pk-hidden-from-now-on")))
        await services.close()

    asyncio.run(open_and_close())
    assert "hidden" not in redaction.masked("the key is pk-hidden-from-now-on")


def test_an_integration_specification_that_is_not_understood_opens_nothing(board, tmp_path):
    path = tmp_path / "specification.toml"
    path.write_text("default = 3")
    connection = Connection(
        name="x", environment=Environment.OTHER, base_url="https://a.example", specification_file=str(path)
    )
    with pytest.raises(SettingsProblem):
        asyncio.run(board().open(SignIn(connection, Credential("any-good-key"))))


def test_companies_have_names_in_the_sandbox_and_the_connections_name_elsewhere(board, sandbox):
    async def names():
        found = []
        for sign_in in (sandbox_sign_in(sandbox.url), SignIn(connection_to(sandbox.url), Credential("any-good-key"))):
            services = await board().open(sign_in)
            jobs = (await services.jobs.list_jobs(JobScope.ALL)).jobs
            found.append({services.company_name(job.company_id) for job in jobs})
            await services.close()
        return found

    in_sandbox, elsewhere = asyncio.run(names())
    assert len(in_sandbox) > 1
    assert not any("-4" in name for name in in_sandbox)
    assert elsewhere == {"x"}


def test_the_sandbox_of_the_window_is_a_process_that_ends_with_it(monkeypatch):
    for name in ("http_proxy", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    monkeypatch.delenv("no_proxy", raising=False)
    child = SandboxChild()
    try:
        url = child.start("empty")
        assert child.received(url)["requests"] == 0
        with pytest.raises(UsageProblem, match="everyday"):
            child.start("no such scenario")
        with pytest.raises(OSError, match="refused"):
            child.received(url)
    finally:
        child.stop()
