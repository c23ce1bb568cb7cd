"""Faults of the wire: what the client meets, and whether the sandbox processed the request."""

import httpx
import pytest
from fakes.running_sandbox import RunningSandbox
from fakes.wire_faults import WireFault, WireFaults


@pytest.fixture(scope="module")
def line():
    """A sandbox, the proxy in front of it, and a client of the proxy."""
    with RunningSandbox("all successful") as sandbox, WireFaults(sandbox.url) as wire:
        yield sandbox, wire


@pytest.fixture
def sandbox(line):
    line[0].load("all successful")
    return line[0]


@pytest.fixture
def wire(line):
    yield line[1]
    line[1].disarm()
    line[1].open_door()


@pytest.fixture
def client(wire):
    with httpx.Client(base_url=wire.url, auth=("key", ""), timeout=0.3) as client:
        yield client


def complete(sandbox, client):
    return client.post("/v3/export-job-events", json={"event": "completed", "jobId": sandbox.world.job_id})


@pytest.mark.parametrize(
    ("kind", "error", "processed"),
    [
        ("reset_before", httpx.ReadError, 0),
        ("reset_after", httpx.ReadError, 1),
        ("silence_before", httpx.ReadTimeout, 0),
        ("silence_after", httpx.ReadTimeout, 1),
        ("cut", httpx.RemoteProtocolError, 1),
    ],
)
def test_a_broken_wire_is_met_by_the_client_and_seen_or_not_seen_by_the_sandbox(
    sandbox, wire, client, kind, error, processed
):
    wire.arm(WireFault("final_event", kind))
    with pytest.raises(error):
        complete(sandbox, client)
    assert sum(sandbox.received()["final_events_applied"].values()) == processed
    assert complete(sandbox, client).status_code == (422 if processed else 202)


def test_half_a_body_arrives_when_an_answer_is_cut(sandbox, wire, client):
    wire.arm(WireFault("read_job", "cut"))
    with (
        pytest.raises(httpx.RemoteProtocolError),
        client.stream("GET", f"/v3/export-jobs/{sandbox.world.job_id}") as answer,
    ):
        answer.read()
    assert answer.status_code == 200


def test_a_closed_door_refuses_connections_until_it_is_opened(wire, client):
    url = wire.url
    wire.close_door()
    with pytest.raises(httpx.ConnectError):
        client.get("/v3/export-jobs")
    wire.open_door()
    assert (wire.url, client.get("/v3/export-jobs").status_code) == (url, 200)


def test_the_door_can_close_right_behind_an_answer(sandbox, wire, client):
    wire.arm(WireFault("read_items", "then_refuse"))
    assert client.get(f"/v3/export-jobs/{sandbox.world.job_id}/items").status_code == 200
    with pytest.raises(httpx.ConnectError):
        complete(sandbox, client)
    assert sandbox.received()["events"] == []


def test_other_places_and_later_requests_pass(sandbox, wire, client):
    wire.arm(WireFault("read_job", "reset_before", times=2))
    path = f"/v3/export-jobs/{sandbox.world.job_id}"
    assert client.get("/v3/export-jobs").status_code == 200
    for _ in range(2):
        with pytest.raises(httpx.ReadError):
            client.get(path)
    assert client.get(path).status_code == 200


def test_a_request_passes_unchanged(sandbox, wire, client):
    direct = httpx.get(f"{sandbox.url}/v3/export-jobs?limit=1&statuses=in_progress", auth=("key", ""))
    through = client.get("/v3/export-jobs?limit=1&statuses=in_progress")
    assert through.json() == direct.json()


@pytest.mark.parametrize(("place", "kind"), [("nowhere", "cut"), ("start", "melt")])
def test_what_is_no_fault_of_the_wire_is_refused(place, kind):
    with pytest.raises(ValueError, match="no such fault"):
        WireFault(place, kind)


def stream(sandbox, client):
    event = {"event": "completed", "jobId": sandbox.world.job_id}
    return client.stream("POST", "/v3/export-job-events", json=event, timeout=10)


def job_of(client, sandbox):
    return client.get(f"/v3/export-jobs/{sandbox.world.job_id}").json()["data"]


def test_a_copy_that_lags_behind_tells_what_the_first_read_told_until_a_new_one_answers(sandbox, wire, client):
    before = job_of(client, sandbox)
    complete(sandbox, client)
    wire.arm(WireFault("read_job", "old"), WireFault("read_job", "new"), WireFault("read_job", "old"))
    assert [job_of(client, sandbox)["status"] for _ in range(3)] == [before["status"], "completed", before["status"]]


@pytest.mark.parametrize(("kind", "named"), [("other_job", "id"), ("other_company", "companyId")])
def test_an_answer_about_another_names_another(sandbox, wire, client, kind, named):
    before = job_of(client, sandbox)
    wire.arm(WireFault("read_job", kind))
    other = job_of(client, sandbox)
    assert {name for name in before if before[name] != other[name]} == {named, "status"}


def test_a_few_kilobytes_can_hold_a_hundred_megabytes(sandbox, wire, client):
    wire.arm(WireFault("final_event", "gzip_bomb"))
    event = {"event": "completed", "jobId": sandbox.world.job_id}
    # A hundred megabytes are packed before the answer begins.
    with client.stream("POST", "/v3/export-job-events", json=event, timeout=60) as it:
        assert int(it.headers["Content-Length"]) < 1_000_000
        assert sum(map(len, it.iter_bytes())) == 100_000_000


def test_an_answer_that_drips_is_never_silent_and_never_ends(sandbox, wire, client):
    wire.arm(WireFault("final_event", "drip"))
    event = {"event": "completed", "jobId": sandbox.world.job_id}
    # A hundred megabytes are packed before the answer begins.
    with client.stream("POST", "/v3/export-job-events", json=event, timeout=60) as it:
        pieces = it.iter_raw()
        assert [next(pieces) for _ in range(3)] == [b" "] * 3
    assert sum(sandbox.received()["final_events_applied"].values()) == 1
