"""Kills `signoff complete JOB --yes` at points spread over its life, and runs it again until it settles.

    .venv/bin/python tests/soak/kill.py --trials 500

Every run is a process of its own that speaks to the sandbox over a socket, and SIGKILL ends it: nothing is left to say
goodbye. Prints trials, duplicates, losses, early events, journal breaks, and in which phase the kills fell.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from app.completion.evidence import Kind
from app.platform.clock import SystemClock
from app.sandbox.faults import Fault
from app.storage.journal.journal import Journal
from app.storage.journal.store import FILE_NAME, JournalStore, verify

sys.path.insert(0, str(Path(__file__).parents[1]))  # fakes
from fakes.running_sandbox import RunningSandbox
from fakes.wire_faults import WireFault, WireFaults

SCENARIO = "some failed"
WANTED = "completed_with_errors"
DONE, NOT_READY = 0, 3
# A run reads into silence for so long; what the sandbox carries out late is due within it.
PATIENCE_SECONDS = 1.0
LATE_SECONDS = 0.5
ANSWER_AFTER_SECONDS = 0.25
# After so long an unchanged job proves that nothing arrived; what is late, and what lags, shows before.
SETTLE_SECONDS = 2.5
LATER_THAN_PATIENCE_SECONDS = 1.5
READS_BEHIND = 8
MOST_RUNS = 12
# A completion reads job and items for the preview and again before the send, sends, and reads the job back.
SEND = 5
READ_SECONDS = 0.04
SLOW_READS = tuple(
    Fault(place, answer_after_seconds=READ_SECONDS, times=times)
    for place, times in (("read_job", 3), ("read_items", 2))
)

PHASES = ("before intent", "intended", "sent", "answered", "judged", "over")


@dataclass(frozen=True)
class Weather:
    """How Pleo takes the first event. `is_dropped`: it is not carried out at all, so that a second one is due.
    `reads_behind`: so many reads of the job come from a copy that is as old as the first one."""

    name: str
    fault: Fault | None
    is_dropped: bool = False
    reads_behind: int = 0


_BACK_SOON = {"Retry-After": "0"}
_ERROR = '{"type": "INTERNAL_ERROR", "message": "Could not be carried out."}'


def _event(**how: Any) -> Fault:
    return Fault("final_event", **how)


WEATHERS = (
    Weather("applies it, answers late", _event(effect="applied", answer_after_seconds=ANSWER_AFTER_SECONDS)),
    Weather(
        "answers late, applies it later still",
        _event(effect="later", effect_after_seconds=LATE_SECONDS, answer_after_seconds=ANSWER_AFTER_SECONDS),
    ),
    Weather("answers at once, applies it later", _event(effect="later", effect_after_seconds=LATE_SECONDS)),
    Weather("drops it, answers late", _event(status=500, answer_after_seconds=ANSWER_AFTER_SECONDS), is_dropped=True),
    Weather("answers at once", None),
    Weather("says 503 and when to come back, applies it", _event(status=503, headers=_BACK_SOON, effect="applied")),
    Weather(
        "says 503 and when to come back, applies it after the patience",
        _event(status=503, headers=_BACK_SOON, effect="later", effect_after_seconds=LATER_THAN_PATIENCE_SECONDS),
    ),
    Weather("says 200 and an error, applies it", _event(status=200, body=_ERROR, effect="applied")),
    Weather("says 200 and an error, drops it", _event(status=200, body=_ERROR), is_dropped=True),
    Weather("says 204, applies it", _event(status=204, effect="applied")),
    Weather("answers at once, then old reads", None, reads_behind=READS_BEHIND),
    Weather("says 500, applies it, then old reads", _event(status=500, effect="applied"), reads_behind=READS_BEHIND),
)


@dataclass(frozen=True)
class Moment:
    """When to kill: `seconds` after the start of the process, or after the request with this number has arrived."""

    seconds: float
    request: int = 0


@dataclass(frozen=True)
class Trial:
    """What one kill came to. `faults` is empty where everything is as it must be."""

    moment: Moment
    weather: Weather
    phase: str
    runs: int
    faults: tuple[str, ...]


@dataclass
class Tally:
    trials: list[Trial] = field(default_factory=list)

    def count(self, word: str) -> int:
        return sum(any(fault.startswith(word) for fault in trial.faults) for trial in self.trials)

    @property
    def phases(self) -> Counter[str]:
        return Counter(trial.phase for trial in self.trials)

    def lines(self) -> list[str]:
        names = ("duplicate", "loss", "early", "journal break")
        counted = {name: self.count(name) for name in names}
        return [
            f"trials          {len(self.trials)}",
            f"duplicates      {counted['duplicate']}",
            f"losses          {counted['loss']}",
            f"early           {counted['early']}",
            f"journal breaks  {counted['journal break']}",
            "kills by phase  " + ", ".join(f"{phase} {self.phases[phase]}" for phase in PHASES),
            *(f"FAULT {trial}" for trial in self.trials if trial.faults),
        ]


_NURSERY = """
import json, os, sys
from app.cli.arguments import parsed
from app.cli.run import run
for line in sys.stdin:
    environment, job_id = json.loads(line)
    child = os.fork()
    if child == 0:
        os.environ.update(environment)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nowhere, number)
        os._exit(run(parsed(["complete", job_id, "--yes"], tuple)))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Nursery:
    """Processes of the same program that have its imports behind them: for the runs that nothing kills."""

    def __enter__(self) -> Self:
        command, pipe = [sys.executable, "-c", _NURSERY], subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(self, settings: Mapping[str, str], job_id: str) -> int:
        """The exit code of `signoff complete JOB --yes`."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin
        assert stdout
        print(json.dumps([settings, job_id]), file=stdin, flush=True)
        return int(stdout.readline())


class Desk:
    """One sandbox, and trials on it one after the other."""

    def __init__(self, sandbox: RunningSandbox, wire: WireFaults, nursery: "Nursery", folder: Path) -> None:
        self._sandbox, self._wire, self._nursery, self._folder = sandbox, wire, nursery, folder
        self._number = 0

    def life_seconds(self) -> float:
        """How long a run takes that nothing disturbs."""
        data = self._begun()
        began = time.monotonic()
        assert self._run(data).wait() == DONE
        return time.monotonic() - began

    def trial(self, moment: Moment, weather: Weather) -> Trial:
        data = self._begun()
        if moment.request:
            self._sandbox.arm(*SLOW_READS)
        if weather.fault:
            self._sandbox.arm(weather.fault)
        if weather.reads_behind:
            self._wire.arm(WireFault("read_job", "old", weather.reads_behind))
        was_killed = self._kill_at(moment, self._run(data))
        phase = phase_of(data) if was_killed else "over"
        faults = list(self._faults_of_journal(data))
        runs, has_settled = self._run_until_settled(data)
        faults += self._faults_of_server(weather, has_settled)
        faults += self._faults_of_journal(data)
        faults += _faults_of_end(data)
        return Trial(moment, weather, phase, runs, tuple(dict.fromkeys(faults)))

    def _begun(self) -> Path:
        self._sandbox.load(SCENARIO)
        self._wire.disarm()
        self._number += 1
        return self._folder / f"{threading.get_ident()}-{self._number}"

    def _run(self, data: Path) -> subprocess.Popen[bytes]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SIGNOFF_")}
        environment |= self._settings(data)
        command = [sys.executable, "-m", "app.cli", "complete", self._sandbox.world.job_id, "--yes"]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, env=environment, stdin=quiet, stdout=quiet, stderr=quiet)

    def _settings(self, data: Path) -> dict[str, str]:
        return {
            "SIGNOFF_BASE_URL": self._wire.url,
            "SIGNOFF_API_KEY": "a-key",
            "SIGNOFF_DATA_DIR": str(data),
            "SIGNOFF_PATIENCE": str(PATIENCE_SECONDS),
            "SIGNOFF_SETTLE_SECONDS": str(SETTLE_SECONDS),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }

    def _kill_at(self, moment: Moment, process: subprocess.Popen[bytes]) -> bool:
        """Whether it was still alive to be killed."""
        places = self._sandbox.world.record.places
        while moment.request and places.total() < moment.request and process.poll() is None:
            time.sleep(0.0005)
        try:
            process.wait(moment.seconds)
        except subprocess.TimeoutExpired:
            process.kill()
        return process.wait() == -signal.SIGKILL

    def _run_until_settled(self, data: Path) -> tuple[int, bool]:
        for runs in range(1, MOST_RUNS + 1):
            code = self._nursery.run(self._settings(data), self._sandbox.world.job_id)
            if code == DONE or (code == NOT_READY and self._status() == WANTED):
                return runs, True
        return MOST_RUNS, False

    def _status(self) -> str:
        return str(self._sandbox.world.job_body(self._sandbox.world.job_id)["status"])

    def _faults_of_server(self, weather: Weather, has_settled: bool) -> Iterable[str]:
        events = self._sandbox.received()["events"]
        applied = [event for event in events if event["applied"]]
        if len(applied) != 1 or not has_settled or self._status() != WANTED:
            yield f"loss: {len(applied)} applied, settled: {has_settled}, the job is {self._status()}"
        if len(applied) > 1 or len(events) > (2 if weather.is_dropped else 1):
            yield f"duplicate: {len(events)} events reached Pleo"
        if any(event["early"] for event in events):
            yield "early: items were open"

    def _faults_of_journal(self, data: Path) -> Iterable[str]:
        path = data / FILE_NAME
        reached = len(self._sandbox.received()["events"])
        if not path.exists():
            if reached:
                yield "journal break: an event reached Pleo before there was a journal"
            return
        broken = verify(path).first_break
        if broken:
            yield f"journal break: row {broken.sequence}: {broken.why}"
        if reached > kinds_in(data).count(Kind.SENT):
            yield "journal break: an event reached Pleo without its row"


def kinds_in(data: Path) -> list[str]:
    store = JournalStore(data)
    try:
        return [row.kind for row in store.rows()]
    finally:
        store.close()


def phase_of(data: Path) -> str:
    """How far the journal had come when the process was killed. What was read back belongs to the answer."""
    kinds = kinds_in(data) if (data / FILE_NAME).exists() else []
    if not kinds:
        return "before intent"
    last = [kind for kind in kinds if kind != Kind.READ][-1]
    return str(last)


def _faults_of_end(data: Path) -> Iterable[str]:
    journal = Journal(data, SystemClock())
    try:
        if journal._store.unsettled():
            yield "journal break: an attempt was left open"
    finally:
        journal.close()


def moments(count: int, life_seconds: float, dice: random.Random) -> list[Moment]:
    """A quarter spread over the whole life by the clock. The rest is tied to what the sandbox has received, so that it
    falls where it matters on a machine of any speed: half of it after the send, the rest between the reads."""
    by_clock = count // 4
    found = [Moment(life_seconds * (at + dice.random()) / by_clock) for at in range(by_clock)]
    for at in range(count - by_clock):
        if at % 2:
            found.append(Moment(dice.uniform(0, ANSWER_AFTER_SECONDS * 1.6), SEND))
        else:
            found.append(Moment(dice.uniform(0, READ_SECONDS), 1 + at // 2 % (SEND + 1)))
    return found


def run_trials(count: int, folder: Path, *, desks: int = 4, seed: int = 1) -> Tally:
    dice = random.Random(seed)
    tally = Tally()
    with RunningSandbox(SCENARIO) as sandbox, WireFaults(sandbox.url) as wire, Nursery() as nursery:
        desk = Desk(sandbox, wire, nursery, folder / "life")
        life = min(desk.life_seconds() for _ in range(2))
    waiting = [(moment, WEATHERS[at % len(WEATHERS)]) for at, moment in enumerate(moments(count, life, dice))]

    def work(number: int) -> None:
        with RunningSandbox(SCENARIO) as sandbox, WireFaults(sandbox.url) as wire, Nursery() as nursery:
            desk = Desk(sandbox, wire, nursery, folder / str(number))
            while True:
                try:
                    moment, weather = waiting.pop()
                except IndexError:
                    return
                tally.trials.append(desk.trial(moment, weather))

    with ThreadPoolExecutor(desks) as pool:
        for done in [pool.submit(work, number) for number in range(desks)]:
            done.result()
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--trials", type=int, default=500)
    parser.add_argument("--desks", type=int, default=2 * (os.cpu_count() or 2), help="how many run at once")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tally = run_trials(asked.trials, Path(folder), desks=asked.desks, seed=asked.seed)
    print("\n".join(tally.lines()))
    print(f"seconds         {time.monotonic() - began:.0f}")
    return 1 if any(trial.faults for trial in tally.trials) else 0


if __name__ == "__main__":
    sys.exit(main())
