"""The way out: the system's proxy or one by hand, and the company's own authority beside the operating system's."""

import asyncio
import ssl

import pytest
import trustme
from fakes.answers import job_json
from fakes.builders import JOB_ID
from fakes.clocks import FakeClock
from fakes.raw_server import RawServer, answer, closed_port, json_answer

from app.errors import NotReachable, SettingsProblem
from app.models.export_job import ExportJob
from app.pleo.client import PleoClient
from app.pleo.connection import Credential, Network, Timeouts, open_channels, open_without_credential, proxy_to
from app.pleo.limiter import RequestLimiter
from app.pleo.oauth import OAuthClient
from app.pleo.proxies import NamedProxy, proxy_by_system, usable_proxy
from app.pleo.retrying import ReadPatience
from app.pleo.token_endpoint import TokenEndpoint

JOB_ANSWER = json_answer({"data": job_json()})
PROXIES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy")


@pytest.fixture(autouse=True)
def no_proxy_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


async def read_job(url: str, network: Network) -> ExportJob:
    channels = await open_channels(url, Credential("a-key"), Timeouts(2, 2, 2), network)
    try:
        client = PleoClient(channels, RequestLimiter(FakeClock()), ReadPatience(attempts=1))
        return await client.get_job(JOB_ID)
    finally:
        await channels.close()


def asked_of_the_proxy(network: Network, monkeypatch: pytest.MonkeyPatch | None = None) -> tuple[list[str], str]:
    """What a proxy that refuses everything was asked, and the advice that followed."""

    async def story() -> tuple[list[str], str]:
        async with RawServer(answer(403)) as proxy:
            way = Network(proxy.url if network.proxy == "by hand" else network.proxy, network.authority)
            if monkeypatch:
                monkeypatch.setenv("HTTPS_PROXY", proxy.url)
            with pytest.raises(NotReachable) as met:
                await read_job("https://pleo.invalid", way)
            return [f"{heard.method} {heard.target}" for heard in proxy.heard], met.value.advice

    return asyncio.run(story())


def test_a_proxy_by_hand_is_asked_for_pleo_and_its_refusal_names_the_setting():
    asked, advice = asked_of_the_proxy(Network("by hand"))
    assert asked == ["CONNECT pleo.invalid:443"]
    assert "Tools, Settings, Network" in advice


def test_the_systems_proxy_is_the_usual_way(monkeypatch):
    assert asked_of_the_proxy(Network(), monkeypatch)[0] == ["CONNECT pleo.invalid:443"]


async def test_no_credential_reaches_a_proxy():
    async def story() -> str:
        async with RawServer(answer(403)) as proxy:
            with pytest.raises(NotReachable):
                await read_job("https://pleo.invalid", Network(proxy.url))
            return str(proxy.heard[0].headers)

    assert "authorization" not in await story()


@pytest.mark.parametrize("way", ["system", "none", "by hand"])
async def test_this_very_machine_is_reached_without_any_proxy(monkeypatch, way):
    nobody = f"http://127.0.0.1:{closed_port()}"
    for name in PROXIES[:-2]:
        monkeypatch.setenv(name, nobody)

    async def story() -> ExportJob:
        async with RawServer(JOB_ANSWER) as server:
            return await read_job(server.url, Network(nobody if way == "by hand" else way))

    assert (await story()).id == JOB_ID


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "ALL_PROXY"])
@pytest.mark.parametrize(
    "value",
    ["socks://127.0.0.1:1", "socks5://127.0.0.1:1", "ftp://127.0.0.1:1", "http://127.0.0.1:99999", "http://[::1",
     "http://", "http://:8080"],
)  # fmt: skip
async def test_a_proxy_variable_that_cannot_be_used_is_named_with_what_to_do(monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsProblem) as met:
        await open_channels("https://pleo.invalid", Credential("a-key"))
    assert met.value.title.startswith(f"{variable} names ")
    assert "Tools, Settings, Network" in met.value.advice


@pytest.mark.parametrize("way", ["none", "http://proxy.example:1"])
async def test_the_environment_is_asked_only_where_the_system_decides(monkeypatch, way):
    monkeypatch.setenv("HTTPS_PROXY", "socks://127.0.0.1:1")
    await (await open_channels("https://pleo.invalid", Credential("a-key"), network=Network(way))).close()
    with pytest.raises(SettingsProblem):
        await open_channels("https://pleo.invalid", Credential("a-key"))


async def test_a_password_in_a_proxy_variable_is_not_repeated(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "socks5://user:hunter2@127.0.0.1:1")
    with pytest.raises(SettingsProblem) as met:
        await open_channels("https://pleo.invalid", Credential("a-key"))
    assert "hunter2" not in f"{met.value.title} {met.value.advice} {met.value.details}"


PROXY = "http://proxy.example:3128"


def address(proxy: NamedProxy | None) -> str | None:
    return proxy.address if proxy else None


@pytest.mark.parametrize(
    ("host", "exceptions", "leads_to"),
    [
        ("external.pleo.io", "", PROXY),
        ("external.pleo.io", "pleo.io", None),
        ("external.pleo.io", ".pleo.io", None),
        ("external.pleo.io", "*.pleo.io", None),
        ("external.pleo.io", "EXTERNAL.PLEO.IO:443", None),
        ("external.pleo.io", "otherpleo.io,leo.io", PROXY),
        ("external.pleo.io", "*", None),
        ("external.pleo.io", "fe80::/10,[::1],localhost:abc,::/zero,, ,10.0.0.0/8", PROXY),
        ("10.1.2.3", "10.0.0.0/8", None),
        ("10.1.2.3", "10.1.2.4,11.0.0.0/8", PROXY),
        ("fd07:b51a:cc66:f0::7", "fd07:b51a:cc66:f0::/64", None),
        ("fd07:b51a:cc66:f0::7", "[fd07:b51a:cc66:f0::7]", None),
    ],
)
def test_exceptions_are_names_addresses_and_ranges_and_what_is_neither_excepts_nothing(host, exceptions, leads_to):
    assert address(proxy_by_system(host, "https", {"https": "proxy.example:3128", "no": exceptions})) == leads_to


@pytest.mark.parametrize(
    ("said", "leads_to"),
    [
        ({"all": PROXY}, PROXY),
        ({"all": "http://other:1", "https": PROXY}, PROXY),
        ({"http": "socks://other:1"}, None),
        ({"https": ""}, None),
    ],
)
def test_the_proxy_for_the_kind_of_address_comes_before_the_one_for_all(said, leads_to):
    assert address(proxy_by_system("external.pleo.io", "https", said)) == leads_to


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
async def test_a_proxy_that_is_dead_is_named_with_the_variable_and_without_its_password(monkeypatch, variable):
    port = closed_port()
    monkeypatch.setenv(variable, f"http://user:hunter2@127.0.0.1:{port}")
    with pytest.raises(NotReachable) as met:
        await read_job("https://pleo.invalid", Network())
    assert met.value.title == (
        f"{variable} names the proxy 127.0.0.1:{port}, through which no connection came about, so Pleo cannot be "
        "reached"
    )
    assert "hunter2" not in f"{met.value.title} {met.value.advice} {met.value.details}"


async def test_a_proxy_by_hand_that_is_dead_is_named_with_the_setting():
    port = closed_port()
    with pytest.raises(NotReachable, match=f"Tools, Settings, Network names the proxy 127.0.0.1:{port}, through which"):
        await read_job("https://pleo.invalid", Network(f"127.0.0.1:{port}"))


async def test_a_sign_in_names_a_dead_proxy_too(monkeypatch):
    port = closed_port()
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
    http = await open_without_credential("https://auth.pleo.invalid", Timeouts(2, 2, 2))
    client = OAuthClient("signoff", "https://auth.pleo.invalid", "http://localhost/callback", None)
    endpoint = TokenEndpoint(http, client, proxy_to(client.server, Network()))
    with pytest.raises(NotReachable, match=f"HTTPS_PROXY names the proxy 127.0.0.1:{port}"):
        await endpoint.refresh("a-token")
    await endpoint.close()


@pytest.mark.parametrize(
    ("proxy", "place"),
    [
        ("http://user:pw@proxy.example:3128", "proxy.example:3128"),
        ("proxy.example", "proxy.example:80"),
        ("https://proxy.example", "proxy.example:443"),
        ("http://[::1]:8080", "[::1]:8080"),
    ],
)
def test_a_proxy_is_said_by_host_and_port_alone(proxy, place):
    named = usable_proxy(proxy, "HTTPS_PROXY")
    assert named.place == place
    assert "pw" not in repr(named)


async def test_the_companys_own_authority_is_trusted_where_it_is_named(authority, tls):
    async def story() -> ExportJob:
        async with RawServer(JOB_ANSWER, tls=tls) as server:
            return await read_job(server.url, Network(authority=authority.cert_pem.bytes().decode()))

    assert (await story()).id == JOB_ID


@pytest.mark.parametrize("named", ["", trustme.CA().cert_pem.bytes().decode()])
async def test_an_unknown_authority_is_not_trusted_and_the_setting_is_named(tls, named):
    async def story() -> None:
        async with RawServer(JOB_ANSWER, tls=tls) as server:
            await read_job(server.url, Network(authority=named))

    with pytest.raises(NotReachable, match="certificate could not be verified") as met:
        await story()
    assert "Tools, Settings, Network" in met.value.advice


async def test_the_operating_systems_authorities_stay_beside_the_companys(authority):
    async def story() -> str:
        named = Network(authority=authority.cert_pem.bytes().decode())
        channels = await open_channels("https://pleo.invalid", Credential("a-key"), network=named)
        await channels.close()
        return type(channels.reads._transport._pool._ssl_context).__module__

    assert (await story()).startswith("truststore")
