"""The sandbox over a real socket: in a thread, and as a process of its own."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest
from fakes.running_sandbox import RunningSandbox

from app.sandbox.faults import Fault
from app.sandbox.server import listening_socket

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def sandbox():
    with RunningSandbox("mixed") as running:
        yield running


@pytest.fixture
def client(sandbox):
    sandbox.load("mixed")
    with httpx.Client(base_url=sandbox.url, auth=("any-key", "")) as client:
        yield client


def test_a_job_is_told_over_http(sandbox, client):
    answer = client.get(f"/v3/export-jobs/{sandbox.world.job_id}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json;charset=UTF-8"
    assert answer.json() == {"data": sandbox.world.job_body(sandbox.world.job_id)}


def test_an_accepted_event_has_no_body(sandbox, client):
    sandbox.load("all successful")
    answer = client.post("/v3/export-job-events", json={"event": "completed", "jobId": sandbox.world.job_id})
    assert (answer.status_code, answer.content) == (202, b"")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/v3/export-jobs/{}/items", {"GET", "HEAD", "PUT"}),
        ("GET", "/v3/export-job-events", {"POST"}),
        ("PUT", "/v3/export-jobs", {"GET", "HEAD"}),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(sandbox, client, method, path, allowed):
    answer = client.request(method, path.format(sandbox.world.job_id))
    assert (answer.status_code, answer.json()["type"]) == (405, "METHOD_NOT_ALLOWED")
    assert {each.strip() for each in answer.headers["allow"].split(",")} == allowed


@pytest.mark.parametrize("path", ["/", "/v3/export-jobs/", "/v2/export-jobs", "/receipts/unknown.pdf"])
def test_there_is_nothing_at_other_addresses(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.json()["type"]) == (404, "NOT_FOUND")


def test_a_receipt_can_be_fetched_without_credentials(sandbox, client):
    entries = client.get("/v3/export-items", params={"job_id": sandbox.world.job_id}).json()["data"]
    file = entries[0]["files"][0]
    answer = httpx.get(file["url"])
    assert (answer.headers["content-type"], len(answer.content)) == (file["type"], file["size"])


def test_the_control_door_arms_acts_and_tells(sandbox, client):
    door = httpx.Client(base_url=sandbox.url)
    with door:
        assert door.post("/sandbox/faults", json=[{"place": "read_job", "status": 500}]).json() == {"armed": 1}
        assert client.get(f"/v3/export-jobs/{sandbox.world.job_id}").status_code == 500
        door.post("/sandbox/faults", json={"place": "read_job", "status": 500})
        assert door.delete("/sandbox/faults").status_code == 200
        assert client.get(f"/v3/export-jobs/{sandbox.world.job_id}").status_code == 200
        assert door.post("/sandbox/act", json={"act": "expire", "job_id": sandbox.world.job_id}).json()["applied"]
        assert door.post("/sandbox/act", json={"act": "dance"}).status_code == 400
        assert door.post("/sandbox/faults", content=b"{").status_code == 400
        assert door.get("/sandbox/received").json() == sandbox.received()
        assert sandbox.received()["requests"] == 2


def test_a_held_back_answer_is_applied_and_let_go_at_the_end():
    with RunningSandbox("all successful") as sandbox:
        sandbox.arm(Fault("final_event", effect="applied", answer_after_seconds=60))
        answers = []

        def send():
            body = {"event": "completed", "jobId": sandbox.world.job_id}
            answers.append(httpx.post(f"{sandbox.url}/v3/export-job-events", json=body, auth=("key", ""), timeout=30))

        sender = threading.Thread(target=send)
        sender.start()
        deadline = time.monotonic() + 10
        while not sandbox.received()["events"] and time.monotonic() < deadline:
            httpx.get(f"{sandbox.url}/sandbox/received")
        assert sandbox.received()["final_events_applied"] == {sandbox.world.job_id: 1}
        assert answers == []
    sender.join(timeout=10)
    assert [answer.status_code for answer in answers] == [202]


@pytest.fixture
def process():
    """The sandbox as a child process, and the address it printed first."""
    command = "from app.sandbox.server import serve; serve('pending', strict=True, stop_at_eof=True)"
    child = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", command],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with child:
        yield child, child.stdout.readline().strip()
        child.kill()


def test_the_first_line_is_an_address_that_already_answers(process):
    _child, url = process
    jobs = httpx.get(f"{url}/v3/export-jobs", auth=("key", "")).json()["data"]
    assert [job["status"] for job in jobs] == ["pending"]
    assert url.startswith("http://127.0.0.1:")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_process_in_order(process, number):
    child, url = process
    httpx.get(f"{url}/sandbox/received")
    child.send_signal(number)
    assert child.wait(timeout=10) == 0
    assert (child.stdout.read(), child.stderr.read()) == ("", "")


def test_the_end_of_its_input_ends_the_process(process):
    child, url = process
    httpx.get(f"{url}/sandbox/received")
    child.stdin.close()
    assert child.wait(timeout=10) == 0
    assert child.stderr.read() == ""


def test_a_taken_port_and_an_impossible_one_are_told(sandbox):
    with pytest.raises(OSError, match=r"."):
        listening_socket(int(sandbox.url.rpartition(":")[2]))
    with pytest.raises(ValueError, match="65536"):
        listening_socket(65536)


def test_the_sandbox_imports_nothing_of_the_app_that_it_tests():
    command = (
        "import sys, app.sandbox.server, app.sandbox.acts;"
        "print([n for n in sys.modules if n.split('.')[0] in ('app', 'ui') and not n.startswith('app.sandbox')])"
    )
    told = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "['app']"


def test_the_names_can_be_asked_for_without_a_web_server():
    command = "import sys, app.sandbox; print('starlette' in sys.modules, 'uvicorn' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "False"]
