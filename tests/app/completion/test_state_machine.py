"""Any order of user acts, server faults, other actors, crashes and restarts: one final event, and a true answer.

Two machines with a journal each work on one job, each with two windows. What Pleo carries out late, and how far a copy
of its data is behind, add up to less than the wait that proves an absence: the rule is made for that, and none holds
for a Pleo that is later still.
"""

import asyncio
import json
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from fakes.builders import JOB_ID, a_job, an_item
from fakes.clocks import FakeClock
from fakes.examples import examples
from fakes.journal import FakeJournal
from fakes.pleo import declined, in_trouble, lost, too_many, unreachable, unreadable
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.completion.attempt import Outcome, Standing
from app.completion.blockers import start_blockers
from app.completion.derive import NotReady
from app.completion.evidence import Kind, Origin
from app.completion.failure import IntegrationSpecification
from app.completion.patience import Patience
from app.completion.preview import Preview, start_preview
from app.completion.progress import Changed
from app.completion.release import Witness
from app.completion.service import CompletionService
from app.errors import PleoProblem, SignoffError
from app.models.export_job import ExportJob, ExportJobItem
from app.models.export_job_event import ExportJobEvent
from app.models.vocabulary import STATUS_AFTER, Event, FailureType, JobId

PATIENCE = Patience(reads=(0, 1, 2, 4, 8))
# Seconds until a late effect has come true, and by which a copy of Pleo's data is behind.
LATEST, FARTHEST_BEHIND = 50, 60
NEVER, AT_ONCE = None, 0
NOT_IN_THIS_LIFE = 100_000_000
UNTOUCHED = {True: "pending", False: "in_progress"}


class Crash(BaseException):
    """The process is gone: nothing of ours catches it."""


@dataclass(frozen=True)
class Met:
    """What the next event meets. `effect`: seconds until Pleo has carried it out, None for never."""

    name: str
    problem: PleoProblem | None = None
    effect: int | None = AT_ONCE
    dies: str = ""  # the sender's process dies "before" or "after" the request has arrived

    def __repr__(self) -> str:
        return self.name


def _meetings() -> list[Met]:
    """Every kind once for each of its delays."""
    found = [
        Met("accepted"),
        Met("lost, applied", lost()),
        Met("422, applied", declined(422)),
        Met("dies after sending", dies="after"),
        Met("accepted, never applied", effect=NOT_IN_THIS_LIFE),
        Met("lost, never applied", lost(), NEVER),
        Met("502, never applied", in_trouble(502), NEVER),
        Met("400", declined(400), NEVER),
        Met("409", declined(409), NEVER),
        Met("422", declined(422), NEVER),
        Met("unreachable", unreachable(), NEVER),
        Met("429", too_many(1), NEVER),
        Met("429 for an hour", too_many(3600), NEVER),
        Met("503 for a second, never applied", in_trouble(503, 1), NEVER),
        Met("503 for a second, applied", in_trouble(503, 1)),
        Met("an error under a 2xx, applied", unreadable()),
        Met("an error under a 2xx, never applied", unreadable(), NEVER),
        Met("dies before sending", effect=NEVER, dies="before"),
    ]
    for seconds in (2, LATEST):
        found += [
            Met(f"accepted, applied after {seconds}", effect=seconds),
            Met(f"lost, applied after {seconds}", lost(), seconds),
            Met(f"500, applied after {seconds}", in_trouble(500), seconds),
            Met(f"503, applied after {seconds}", in_trouble(503, 1), seconds),
            Met(f"dies after sending, applied after {seconds}", effect=seconds, dies="after"),
        ]
    found.append(Met("422, applied after 2", declined(422), 2))
    return found


MEETINGS = st.sampled_from(_meetings())
# What one send meets, and then the next one, where the first is sent again.
TWO = st.tuples(MEETINGS, MEETINGS).map(list)
QUIET = st.sampled_from([met for met in _meetings() if not met.dies])


@dataclass
class Taken:
    """An event that Pleo took on, applied or still to be."""

    machine: str
    attempt: str
    event: ExportJobEvent
    due: datetime
    applied: bool = False
    lapsed: bool = False  # the job was elsewhere when it came due


def a_new_job(number: int, statuses: list[str], *, is_pending: bool) -> tuple[ExportJob, tuple[ExportJobItem, ...]]:
    job_id = JobId(f"{JOB_ID}-{number}")
    items = tuple(an_item(at, status, export_job_id=job_id) for at, status in enumerate(statuses))
    return a_job("pending" if is_pending else "in_progress", len(items), id=job_id), items


class Server:
    """One job of Pleo's, with its rules; every client has a door of its own. `lags`: by how many seconds each of the
    next reads is behind."""

    def __init__(self, clock: FakeClock, job: ExportJob, items: tuple[ExportJobItem, ...]) -> None:
        self.clock = clock
        self.meets: list[Met] = []
        self.read_problems: list[PleoProblem] = []
        self.lags: list[int] = []
        self.begin(job, items)

    def begin(self, job: ExportJob, items: tuple[ExportJobItem, ...]) -> None:
        self.states: list[tuple[datetime, ExportJob, tuple[ExportJobItem, ...]]] = []
        self.taken: list[Taken] = []
        self.others_finals = 0
        self.changes(replace(job, last_updated_at=None), items, datetime.min.replace(tzinfo=UTC))

    @property
    def job(self) -> ExportJob:
        return self.states[-1][1]

    @property
    def items(self) -> tuple[ExportJobItem, ...]:
        return self.states[-1][2]

    def changes(
        self, job: ExportJob, items: tuple[ExportJobItem, ...] | None = None, at: datetime | None = None
    ) -> None:
        at = at or self.clock.now()
        if self.states:
            job = replace(job, last_updated_at=at)
        self.states.append((at, job, self.items if items is None else items))

    def as_read(self) -> tuple[ExportJob, tuple[ExportJobItem, ...]]:
        """From whichever copy answers."""
        behind = self.lags.pop(0) if self.lags else 0
        shown = [state for state in self.states if state[0] <= self.clock.now() - timedelta(seconds=behind)]
        return shown[-1][1:]

    def tick(self) -> None:
        for each in sorted(self.taken, key=lambda taken: taken.due):
            if not each.applied and not each.lapsed and each.due <= self.clock.now():
                self._carry_out(each)

    def take(self, machine: str, attempt: str, event: ExportJobEvent, seconds: int) -> None:
        self.taken.append(Taken(machine, attempt, event, self.clock.now() + timedelta(seconds=seconds)))
        self.tick()

    def is_legal(self, event: ExportJobEvent) -> bool:
        return self.job.status == UNTOUCHED[event.event == Event.STARTED]

    def end(self, status: str, kind: str | None = None) -> None:
        self.others_finals += 1
        self.changes(replace(self.job, status=status, failure_reason_type=kind))

    def _carry_out(self, taken: Taken) -> None:
        if not self.is_legal(taken.event):
            taken.lapsed = True
            return
        taken.applied = True
        event = taken.event
        moved = replace(
            self.job,
            status=STATUS_AFTER[event.event],
            failure_reason=event.failure_reason,
            failure_reason_type=event.failure_reason_type,
        )
        self.changes(moved)

    @property
    def applied_finals(self) -> int:
        return sum(each.applied and each.event.event != Event.STARTED for each in self.taken) + self.others_finals


class Door:
    """Pleo as one machine meets it."""

    def __init__(self, server: Server, machine: "Machine") -> None:
        self._server, self._machine = server, machine
        self.last_job, self.last_items = server.job, server.items

    async def get_job(self, job_id: str) -> ExportJob:
        await asyncio.sleep(0)
        self._server.tick()
        self._fail_sometimes()
        self.last_job, _ = self._server.as_read()
        return self.last_job

    async def list_items(self, job_id: str, on_progress: object = None) -> tuple[ExportJobItem, ...]:
        await asyncio.sleep(0)
        self._fail_sometimes()
        _, self.last_items = self._server.as_read()
        return self.last_items

    async def post_event(self, event: ExportJobEvent) -> None:
        self._machine.demand_that_it_may_be_sent(event, self.last_job, self.last_items)
        assert not self._machine.is_sending, "two windows send at once"
        self._machine.is_sending = True
        try:
            await self._arrive(event)
        finally:
            self._machine.is_sending = False

    async def _arrive(self, event: ExportJobEvent) -> None:
        await asyncio.sleep(0)
        self._server.tick()
        met = self._server.meets.pop(0) if self._server.meets else Met("accepted")
        if met.dies == "before":
            raise Crash
        arrives = met.problem is None or met.effect is not NEVER
        if arrives and not self._server.is_legal(event):
            raise Crash if met.dies else declined(422, "INVALID_EXPORT_JOB_STATUS_CHANGE")
        if met.effect is not NEVER:
            self._server.take(self._machine.name, self._machine.journal.written[-1].attempt, event, met.effect)
        if met.dies:
            raise Crash
        if met.problem:
            raise met.problem

    def _fail_sometimes(self) -> None:
        if self._server.read_problems:
            raise self._server.read_problems.pop(0)


class CrashingJournal(FakeJournal):
    """`crash_at`: before or after which of its next rows the process dies."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(clock)
        self.crash_at: tuple[int, str] | None = None

    async def append(self, attempt: str, kind: str, content: Any) -> None:
        rows_left, side = self.crash_at or (-1, "")
        if self.crash_at:
            self.crash_at = (rows_left - 1, side)
        if rows_left == 0 and side == "before":
            raise Crash
        await super().append(attempt, kind, content)
        if rows_left == 0:
            raise Crash


@dataclass
class Machine:
    name: str
    server: Server
    preview: Preview | None = None
    unknown: Outcome | None = None
    windows: list[CompletionService] = field(default_factory=list)
    is_sending: bool = False

    def __post_init__(self) -> None:
        self.journal = CrashingJournal(self.server.clock)
        self.start_anew()

    def start_anew(self) -> None:
        """As after a crash: what was in memory is gone, what the journal holds is there."""
        self.journal.crash_at = None
        self.preview = self.unknown = None
        self.windows = [
            CompletionService(
                Door(self.server, self),
                self.journal,
                self.server.clock,
                IntegrationSpecification(),
                origin=Origin(self.name, "https://pleo.example"),
                patience=PATIENCE,
            )
            for _ in range(2)
        ]

    def demand_that_it_may_be_sent(
        self, event: ExportJobEvent, job: ExportJob, items: tuple[ExportJobItem, ...]
    ) -> None:
        last = self.journal.written[-1]
        assert last.kind == Kind.SENT, "what is sent is in the journal before"
        (intended,) = [row for row in self.journal.written if (row.attempt, row.kind) == (last.attempt, Kind.INTENDED)]
        assert json.loads(intended.content)["body"] == event.as_json()
        own = [each for each in self.server.taken if each.machine == self.name and not each.lapsed]
        same = [each for each in own if (each.event.event == Event.STARTED) == (event.event == Event.STARTED)]
        assert same == [], f"{event.event} is sent although Pleo has taken one of this machine's already"
        if event.event == Event.STARTED:
            assert job.status == "pending"
            return
        assert job.status == "in_progress"
        assert {item.status for item in items} <= {"successful", "failed", "abandoned"}, "never early"
        good = sum(item.status == "successful" for item in items)
        implied = "completed" if good == len(items) else "completed_with_errors" if good else "failed"
        assert event.event == implied

    async def look(self) -> None:
        service = self.windows[0]
        snapshot = await service.read(self.server.job.id)
        if not start_blockers(snapshot):
            self.preview = start_preview(snapshot)
        else:
            found = service.preview(snapshot)
            self.preview = None if isinstance(found, NotReady) else found

    async def submit(self, window: int = 0) -> Outcome | Changed | None:
        """None where nothing was sent, and the user is told so."""
        if not self.preview:
            return None
        try:
            found = await self.windows[window].submit(self.preview, lambda _: None)
        except SignoffError:
            return None
        self.is_true(found)
        return found

    async def complete_by_command(self) -> None:
        service = self.windows[1]
        try:
            earlier = await service.settle_earlier(self.server.job.id, Event.COMPLETED, lambda _: None)
            if earlier:
                self.is_true(earlier)
                about_the_end = earlier.event.event != Event.STARTED
                assert about_the_end or earlier.standing is Standing.UNKNOWN, "the start is not what was asked for"
                return
            snapshot = await service.read(self.server.job.id)
            found = service.preview(snapshot)
            if not isinstance(found, NotReady):
                self.is_true(await service.submit(found, lambda _: None))
        except SignoffError:
            return

    async def recover(self) -> None:
        for outcome in await self.windows[0].recover(lambda _: None):
            self.is_true(outcome)

    def is_true(self, found: Outcome | Changed) -> None:
        """What is shown is what the server holds, at the moment in which it is shown."""
        if isinstance(found, Changed):
            return
        mine = [
            each
            for each in self.server.taken
            if each.machine == self.name and each.event == found.event and not each.lapsed
        ]
        status = self.server.job.status
        match found.standing:
            case Standing.CONFIRMED:
                moved_on = found.event.event == Event.STARTED and status != "pending"
                assert status == STATUS_AFTER[found.event.event] or moved_on
            case Standing.OVERTAKEN:
                assert status != UNTOUCHED[found.event.event == Event.STARTED]
            case Standing.UNKNOWN:
                self.unknown = found
            case Standing.NOT_SENT:
                assert found.attempt not in {each.attempt for each in mine}, "shown as not sent, and Pleo has it"
            case _:
                assert mine == [], f"shown as {found.standing}, and Pleo has it"


class OneFinalEvent(RuleBasedStateMachine):
    @initialize(
        statuses=st.lists(st.sampled_from(["successful", "failed", "failed"]), min_size=1, max_size=3),
        is_pending=st.booleans(),
    )
    def begin(self, statuses: list[str], is_pending: bool) -> None:
        self.runner = asyncio.Runner()
        self.jobs = 1
        self.server = Server(FakeClock(), *a_new_job(1, statuses, is_pending=is_pending))
        self.machines = [Machine(name, self.server) for name in ("office", "home")]

    @precondition(lambda self: self.server.job.status not in ("pending", "in_progress"))
    @rule(
        statuses=st.lists(st.sampled_from(["successful", "failed"]), min_size=1, max_size=3), is_pending=st.booleans()
    )
    def the_next_job_comes(self, statuses: list[str], is_pending: bool) -> None:
        self._end_well()
        self.jobs += 1
        job, items = a_new_job(self.jobs, statuses, is_pending=is_pending)
        self.server.begin(job, items)

    def run(self, work: Coroutine[Any, Any, Any], *dying: Machine) -> None:
        """A crash ends the process of those machines, which begin anew."""
        try:
            self.runner.run(work)
        except Crash:
            for machine in dying:
                machine.start_anew()
        except PleoProblem:
            pass

    @rule(at=st.integers(0, 1))
    def opens_the_preview(self, at: int) -> None:
        self.run(self.machines[at].look())

    @rule(at=st.integers(0, 1), words=st.sampled_from(["Books are closed", "Other"]))
    def edits_the_reason(self, at: int, words: str) -> None:
        machine = self.machines[at]
        if machine.preview and machine.preview.event.event == Event.FAILED:
            machine.preview = machine.preview.with_failure(words, FailureType("validation_failure"))

    @rule(at=st.integers(0, 1), met=TWO)
    def submits_what_was_previewed(self, at: int, met: list[Met]) -> None:
        self.server.meets = list(met)
        self.run(self.machines[at].submit(), self.machines[at])
        self.server.meets = []

    @rule(at=st.integers(0, 1), met=TWO)
    def looks_and_submits(self, at: int, met: list[Met]) -> None:
        self.run(self.machines[at].look())
        self.submits_what_was_previewed(at, met)

    @rule(
        at=st.integers(0, 1),
        met=TWO,
        rows=st.integers(0, 5),
        side=st.sampled_from(["before", "after"]),
    )
    def submits_and_crashes_at_a_row(self, at: int, met: list[Met], rows: int, side: str) -> None:
        machine = self.machines[at]
        self.run(machine.look())
        self.server.meets = list(met)
        machine.journal.crash_at = (rows, side)
        self.run(machine.submit(), machine)
        machine.journal.crash_at = None
        self.server.meets = []

    @rule(at=st.integers(0, 1), met=TWO)
    def completes_by_command(self, at: int, met: list[Met]) -> None:
        self.server.meets = list(met)
        self.run(self.machines[at].complete_by_command(), self.machines[at])
        self.server.meets = []

    @rule(met=st.tuples(QUIET, QUIET).map(list))
    def both_machines_and_both_windows_submit_at_once(self, met: list[Met]) -> None:
        office, home = self.machines
        self.run(_at_once(office.look(), home.look()))
        self.server.meets = list(met)
        self.run(_at_once(office.submit(0), office.submit(1), home.submit(0)), office, home)
        self.server.meets = []

    @rule(at=st.integers(0, 1))
    def restarts_and_recovers(self, at: int) -> None:
        self.machines[at].start_anew()
        self.run(self.machines[at].recover(), self.machines[at])

    @rule(at=st.integers(0, 1), rows=st.integers(0, 2))
    def crashes_while_it_recovers(self, at: int, rows: int) -> None:
        self.machines[at].start_anew()
        self.machines[at].journal.crash_at = (rows, "before")
        self.run(self.machines[at].recover(), self.machines[at])
        self.machines[at].journal.crash_at = None

    @rule(at=st.integers(0, 1))
    def asks_again_for_what_is_unknown(self, at: int) -> None:
        machine = self.machines[at]

        async def ask() -> None:
            assert machine.unknown
            machine.is_true(await machine.windows[0].look_again(machine.unknown))

        if machine.unknown:
            self.run(ask(), machine)

    @rule(which=st.integers(0, 2), status=st.sampled_from(["successful", "failed", "abandoned", "parked"]))
    def an_item_changes(self, which: int, status: str) -> None:
        if self.server.job.status in ("pending", "in_progress") and which < len(self.server.items):
            items = list(self.server.items)
            items[which] = replace(items[which], status=status)
            self.server.changes(self.server.job, tuple(items))

    @rule(end=st.sampled_from(["completed_with_errors", "failed", "expired"]))
    def somebody_else_ends_the_job(self, end: str) -> None:
        if self.server.job.status == "in_progress":
            self.server.end("failed" if end == "expired" else end, "job_expired" if end == "expired" else None)

    @rule()
    def somebody_else_starts_the_job(self) -> None:
        if self.server.job.status == "pending":
            self.server.changes(replace(self.server.job, status="in_progress"))

    @rule(
        problems=st.lists(
            st.sampled_from([lost(), unreachable(), unreadable(), in_trouble(502), declined(401)]),
            min_size=1,
            max_size=8,
        )
    )
    def reads_fail_for_a_while(self, problems: list[PleoProblem]) -> None:
        self.server.read_problems = list(problems)

    @rule(seconds=st.sampled_from([5, 60, 130]))
    def time_passes(self, seconds: int) -> None:
        self.server.clock.pass_seconds(seconds)
        self.server.tick()

    @rule(lags=st.lists(st.sampled_from([0, 20, FARTHEST_BEHIND]), min_size=1, max_size=12))
    def reads_come_from_copies_that_are_behind(self, lags: list[int]) -> None:
        self.server.lags = list(lags)

    @rule(at=st.integers(0, 1))
    def somebody_looks_in_pleo_and_releases_what_never_came(self, at: int) -> None:
        machine = self.machines[at]
        self.server.clock.pass_seconds(PATIENCE.release_seconds)
        self.server.tick()
        for taken in self.server.taken:
            taken.lapsed = taken.lapsed or not taken.applied

        async def release() -> None:
            witness = Witness("Ann", "It is as it was")
            for outcome in await machine.windows[0].release(self.server.job.id, witness, lambda _: None):
                machine.is_true(outcome)

        with suppress(SignoffError):
            self.run(release(), machine)

    @invariant()
    def at_most_one_final_event_was_applied(self) -> None:
        if hasattr(self, "server"):
            assert self.server.applied_finals <= 1

    def teardown(self) -> None:
        """Everything is well again: every machine recovers, and the user finishes what is to be finished."""
        if hasattr(self, "server"):
            self._end_well()
            self.runner.close()

    def _end_well(self) -> None:
        self.server.read_problems, self.server.lags = [], []
        self.time_passes(130)
        for machine in self.machines:
            machine.start_anew()
            self.runner.run(machine.recover())
        self._finish()
        if self._open_attempts():
            # Accepted and never shown: no send can be right, and the job ends by itself.
            if self.server.job.status in ("pending", "in_progress"):
                self.server.end("failed", "job_expired")
            for machine in self.machines:
                self.runner.run(machine.recover())
        assert self._open_attempts() == []
        assert self.server.job.status not in ("pending", "in_progress")
        assert self.server.applied_finals == 1

    def _finish(self) -> None:
        items = tuple(
            item if item.status in ("successful", "failed", "abandoned") else replace(item, status="successful")
            for item in self.server.items
        )
        if items != self.server.items:
            self.server.changes(self.server.job, items)
        for _ in range(2):
            self.runner.run(self.machines[0].look())
            if self.machines[0].preview:
                self.runner.run(self.machines[0].submit())

    def _open_attempts(self) -> list[str]:
        return [attempt for machine in self.machines for attempt in self.runner.run(machine.journal.unsettled())]


async def _at_once(*works: Coroutine[Any, Any, Any]) -> None:
    """All to their ends, whichever of them crashes."""
    for found in await asyncio.gather(*works, return_exceptions=True):
        if isinstance(found, AssertionError | Crash):
            raise found


TestOneFinalEvent = OneFinalEvent.TestCase
TestOneFinalEvent.settings = settings(max_examples=examples(400), stateful_step_count=30)
