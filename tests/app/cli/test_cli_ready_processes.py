"""Batches of several processes: killed in the middle and run again, and two at once. Nothing is sent twice."""

import json
import os
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest
from fakes.month_end import id_of, three_of
from fakes.running_sandbox import RunningSandbox
from fakes.sandbox import final_events, sent_events

from app.sandbox.faults import Fault

SIGNOFF = Path(sysconfig.get_path("scripts")) / ("signoff.exe" if sys.platform == "win32" else "signoff")
COMPANIES = ("acme", "beta", "fjall")
AGES = ("oldest", "middle", "newest")
WAIT_SECONDS = 60


@pytest.fixture
def sandbox():
    """Three companies with three jobs; one job of one of them has errors."""
    with RunningSandbox("empty") as running:
        now = running.world.clock()
        good = ("all successful",) * 3
        with_errors = ("all successful", "some failed", "all successful")
        companies = {"acme": good, "beta": with_errors, "fjall": good}
        running.world.load([job for name, kinds in companies.items() for job in three_of(name, now, kinds)])
        yield running


@pytest.fixture
def begin(sandbox, tmp_path):
    """Starts `signoff complete --ready --yes` on one data folder."""
    variables = os.environ | {
        "SIGNOFF_BASE_URL": sandbox.url,
        "SIGNOFF_API_KEY": "pk-of-a-test",
        "SIGNOFF_DATA_DIR": str(tmp_path / "data"),
    }
    begun = []

    def start(*words: str) -> subprocess.Popen[str]:
        command = [SIGNOFF, "complete", "--ready", "--yes", "--json", *words]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=variables, text=True, encoding="utf-8"
        )
        begun.append(process)
        return process

    yield start
    for process in begun:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=WAIT_SECONDS)


def ended(process: subprocess.Popen[str]) -> tuple[int, dict[str, object], str]:
    out, err = process.communicate(timeout=WAIT_SECONDS)
    return process.returncode, json.loads(out.splitlines()[-1]), err


def implied() -> dict[str, str]:
    expected = {id_of(f"{company}-{age}"): "completed" for company in COMPANIES for age in AGES}
    return expected | {id_of("beta-middle"): "completed_with_errors"}


def is_proved(sandbox: RunningSandbox) -> None:
    """Each final event once, the one that the items imply, and within each company in order."""
    events = final_events(sandbox)
    assert {event["jobId"]: event["event"] for event in events} == implied()
    assert set(sandbox.received()["final_events_applied"].values()) == {1}
    order = [event["jobId"] for event in events]
    for company in COMPANIES:
        mine = [job for job in order if job in {id_of(f"{company}-{age}") for age in AGES}]
        assert mine == [id_of(f"{company}-{age}") for age in AGES]


@pytest.mark.parametrize("arrived", [True, False])
def test_killed_while_an_answer_is_awaited_the_next_run_finds_out_and_sends_nothing_twice(sandbox, begin, arrived):
    killed_at = id_of("beta-middle")
    effect = "applied" if arrived else "later"
    sandbox.arm(Fault("final_event", job_id=killed_at, effect=effect, effect_after_seconds=600, answer_after_seconds=5))
    first = begin("--with-errors")
    deadline = time.monotonic() + WAIT_SECONDS
    while killed_at not in [event["jobId"] for event in sent_events(sandbox)]:
        assert time.monotonic() < deadline
        with pytest.raises(subprocess.TimeoutExpired):  # it has not ended by itself
            first.wait(timeout=0.05)
    first.kill()
    first.wait(timeout=WAIT_SECONDS)
    sent_before = len(sent_events(sandbox))
    if not arrived:
        sandbox.act({"act": "advance", "seconds": 601})
    code, totals, err = ended(begin("--with-errors"))
    assert code == 0, err
    assert "did not hear what became of it" in err
    assert len(sent_events(sandbox)) == 9
    assert totals["outcomes"] == {"confirmed": 9 - sent_before}
    is_proved(sandbox)


def test_of_two_runs_at_once_no_event_leaves_twice(sandbox, begin):
    sandbox.arm(Fault("final_event", effect="applied", answer_after_seconds=0.2, times=9))
    both = [begin("--with-errors", "--go-on"), begin("--with-errors", "--go-on")]
    codes = [ended(process)[0] for process in both]
    assert set(codes) <= {0, 3, 5}
    assert len(sent_events(sandbox)) == len(final_events(sandbox))
    code, _, err = ended(begin("--with-errors"))
    assert code == 0, err
    is_proved(sandbox)
