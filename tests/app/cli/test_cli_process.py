"""The program as scripts meet it: processes, their streams, their exit codes."""

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from urllib.request import ProxyHandler, Request, build_opener

import pytest

SIGNOFF = Path(sysconfig.get_path("scripts")) / ("signoff.exe" if sys.platform == "win32" else "signoff")
SECRET = "pk-9f3a77c1-hunter2"
OPENER = build_opener(ProxyHandler({}))  # no proxy of the environment between us and loopback


def ask(url: str, body: dict[str, object] | None = None) -> dict[str, object]:
    content = None if body is None else json.dumps(body).encode()
    with OPENER.open(Request(url, data=content, headers={"Content-Type": "application/json"}), timeout=10) as answer:
        return json.load(answer)


@pytest.fixture
def sandbox_of():
    """Starts `signoff sandbox` and gives the first line that it printed."""
    children = []

    def start(*words: str) -> str:
        child = subprocess.Popen(
            [SIGNOFF, "sandbox", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        children.append(child)
        return child.stdout.readline().rstrip("\n")

    yield start
    for child in children:
        child.terminate()
        out, err = child.communicate(timeout=10)
        assert (out, err, child.returncode) == ("", "", 0)


def signoff(url: str, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    variables = os.environ | {"SIGNOFF_BASE_URL": url, "SIGNOFF_API_KEY": SECRET} | environment
    ended = subprocess.run([SIGNOFF, *words], capture_output=True, timeout=30, env=variables, check=False)
    assert SECRET.encode() not in ended.stdout + ended.stderr
    return ended


def test_a_waiting_job_is_previewed_until_it_is_ready_then_completed_with_exactly_the_previewed_body(sandbox_of):
    url = sandbox_of("--scenario", "waiting", "--pace", "60")
    assert url.startswith("http://127.0.0.1:")
    (job,) = json.loads(signoff(url, "jobs", "--json").stdout)["jobs"]

    waiting = signoff(url, "preview", job["job_id"], "--json")
    assert waiting.returncode == 3
    assert [blocker["message"] for blocker in json.loads(waiting.stdout)["blockers"]] == ["4 items are still pending"]

    ask(f"{url}/sandbox/act", {"act": "advance", "seconds": 600})
    ready = signoff(url, "preview", job["job_id"], "--json")
    assert (ready.returncode, ready.stderr) == (0, b"")

    completed = signoff(url, "complete", job["job_id"], "--yes", "--json")
    assert completed.returncode == 0
    assert json.loads(completed.stdout)["outcome"] == "confirmed"
    received = ask(f"{url}/sandbox/received")
    assert received["final_events_applied"] == {job["job_id"]: 1}
    assert [event["body"] for event in received["events"]] == [json.loads(ready.stdout)["event"]]


def test_output_fits_a_terminal_that_knows_no_letters_beyond_ascii(sandbox_of):
    url = sandbox_of("--scenario", "some failed")
    jobs = signoff(url, "jobs", "--json", PYTHONIOENCODING="ascii")
    assert jobs.returncode == 0
    (job,) = json.loads(jobs.stdout)["jobs"]
    shown = signoff(url, "show", job["job_id"], PYTHONIOENCODING="ascii")
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert b"27 items read" in shown.stdout


def test_wrong_usage_exits_2(sandbox_of):
    ended = signoff("http://external.pleo.io", "jobs")
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert b"not a safe address" in ended.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full and a shell that closes streams")
@pytest.mark.parametrize(
    ("streams", "goes_to"),
    [(">/dev/full", "stderr"), (">&-", "stderr"), ("| true", "stderr"), (">/dev/full 2>/dev/full", "log"),
     (">&- 2>&-", "log")],
)  # fmt: skip
def test_after_a_send_the_outcome_goes_where_it_can_and_the_exit_code_is_true(sandbox_of, tmp_path, streams, goes_to):
    url = sandbox_of("--scenario", "all successful")
    (job,) = json.loads(signoff(url, "jobs", "--json").stdout)["jobs"]
    variables = os.environ | {"SIGNOFF_BASE_URL": url, "SIGNOFF_API_KEY": SECRET, "SIGNOFF_DATA_DIR": str(tmp_path)}
    command = f"set -o pipefail; '{SIGNOFF}' complete {job['job_id']} --yes --json {streams}"
    ended = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60, env=variables, check=False)
    log = (tmp_path / "logs" / "signoff.log").read_text(encoding="utf-8")
    told = {"stderr": ended.stderr.decode(), "log": log}[goes_to]
    assert (ended.returncode, ended.stdout) == (0, b"")
    assert '"outcome": "confirmed"' in told
    assert "Traceback" not in ended.stderr.decode() + log


def test_a_data_folder_that_is_a_file_is_said_in_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    ended = signoff("http://127.0.0.1:9", "jobs", SIGNOFF_DATA_DIR=str(tmp_path / "file" / "data"))
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.decode().startswith("The data folder ")
    assert "is a file" in ended.stderr.decode()
