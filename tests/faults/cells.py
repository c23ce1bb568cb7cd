"""One cell of the fault matrix: a user sends, something breaks, it passes, the user tries again at once, and once more
when the wait is over that proves an absence."""

import asyncio
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from fakes.sign_ins import sign_in_to
from faults.troubles import FINAL_EVENT, ITEM_UPDATE, START, Line, Trouble

from app.completion.attempt import Outcome, Standing
from app.completion.blockers import Blocker, start_blockers
from app.completion.derive import NotReady
from app.completion.evidence import Kind
from app.completion.patience import Patience
from app.completion.preview import start_preview
from app.composition.compose import compose
from app.composition.services import Services, Tuning
from app.errors import PleoProblem
from app.models.item_outcome import ItemOutcome
from app.models.journal_row import JournalEntry
from app.models.vocabulary import CompanyId, Event, Item, Job, JobId
from app.outcomes.service import UpdateResult
from app.platform.clock import Clock, SystemClock
from app.pleo.connection import Timeouts
from app.pleo.retrying import ReadPatience
from app.settings.credentials import SessionCredentials
from app.storage.journal.journal import Journal
from app.storage.journal.store import FILE_NAME, verify

# Only the answer to a write is waited for briefly: a slow machine must not turn a healthy read into a fault.
TUNING = Tuning(
    timeouts=Timeouts(connect=5, read=10, write_answer=1, total=5),
    reads=ReadPatience(attempts=1),
    completion=Patience(reads=(0, 0.1, 0.2, 0.4), between_sends=0.1, longest_wait=5),
)

WAIT_SECONDS = Patience().settle_seconds
SCENARIOS = {START: "pending", ITEM_UPDATE: "waiting", FINAL_EVENT: "some failed"}
ITEMS = 6
MOVED = {START: Job.IN_PROGRESS, FINAL_EVENT: Job.COMPLETED_WITH_ERRORS}
HEADER = (
    "Trouble",
    "Answers, as the journal has them",
    "Shown",
    "Pleo then",
    "Writes that reached Pleo",
    "Applied",
    "Second try, at once",
    "Writes by then",
    "Third try, after the wait",
    "Writes in all",
    "Applied in all",
    "Pleo in the end",
)


class ShiftedClock(SystemClock):
    """The real one, which can be put forward: nobody waits two minutes for a test."""

    def __init__(self) -> None:
        self.ahead_seconds = 0.0

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=self.ahead_seconds)


class HookedJournal(Journal):
    """The real one; tells when a request is about to leave, and when its end is known."""

    def __init__(self, folder: Path, clock: Clock, line: Line, trouble: Trouble) -> None:
        super().__init__(folder, clock)
        self._line = line
        self._acts = {Kind.SENT: trouble.leaving, Kind.ANSWERED: trouble.answered}

    async def append_all(self, entries: Sequence[JournalEntry]) -> None:
        await super().append_all(entries)
        for _, kind, _ in entries:
            act = self._acts.pop(Kind(kind), None)
            if act:
                await asyncio.to_thread(act, self._line)


@dataclass(frozen=True)
class Shown:
    """What a try came to, in the words of Signoff; `standing` where there is one."""

    words: str
    standing: Standing | None = None
    update: UpdateResult | None = None


@dataclass(frozen=True)
class Server:
    """What the sandbox counted: `writes` that reached it, `applied` of ours, and the state of the job or its items."""

    writes: int
    applied: int
    state: str
    job_status: str
    rows_applied: Counter[str]
    finals: int
    early: int
    open_items: tuple[str, ...]


def server_of(line: Line) -> Server:
    received, job = line.sandbox.received(), line.sandbox.world.job_body(line.job_id)
    items = line.sandbox.world.item_bodies(line.job_id)
    events = [event for event in received["events"] if event["actor"] == "api"]
    rows = Counter(entry for update in received["item_updates"] for entry in update["applied"])
    statuses = Counter(item["status"] for item in items)
    state = job["status"]
    if line.place == ITEM_UPDATE:
        state = f"{state}: {', '.join(f'{count} {status}' for status, count in sorted(statuses.items()))}"
    return Server(
        writes=received["places"].get(line.place, 0),
        applied=sum(rows.values()) if line.place == ITEM_UPDATE else sum(event["applied"] for event in events),
        state=state,
        job_status=job["status"],
        rows_applied=rows,
        finals=received["final_events_applied"].get(line.job_id, 0),
        early=sum(event["early"] for event in events),
        open_items=tuple(item["accountingEntryId"] for item in items if item["status"] == Item.PENDING),
    )


def wanted_outcomes(line: Line) -> list[ItemOutcome]:
    """What the user enters for every item that is open at the beginning."""
    return [
        ItemOutcome(entry, Item.SUCCESSFUL, external_id=f"A-{number}", external_url=f"https://books.example/{number}")
        for number, entry in enumerate(server_of(line).open_items)
    ]


@dataclass
class Cell:
    """Its three tries, and every fault found in them."""

    line: Line
    trouble: Trouble
    folder: Path

    def __post_init__(self) -> None:
        self.faults: list[str] = []
        self.clock = ShiftedClock()
        self.outcomes = wanted_outcomes(self.line) if self.line.place == ITEM_UPDATE else []

    async def run(self) -> tuple[str, ...]:
        """The row of the table."""
        self.trouble.arm(self.line)
        first = await self._try(self.trouble)
        seen = server_of(self.line)
        answers = self._answers()
        self._is_consistent(first, seen)
        if not self.trouble.lags:
            await asyncio.to_thread(self.line.is_well_again)
        second = await self._try(Trouble("over"))
        between = server_of(self.line)
        self._is_consistent(second, between)
        if is_unknown(first):
            self._demand(between.writes == seen.writes, "sent again before the wait was over")
        await asyncio.to_thread(self.line.is_well_again)
        self.clock.ahead_seconds += WAIT_SECONDS
        again = await self._try(Trouble("over"))
        if is_unknown(again):
            await asyncio.to_thread(self.line.sandbox.act, {"act": "expire", "job_id": self.line.job_id})
            last = await self._try(Trouble("over"))
            again = Shown(f"{again.words}; after the expiry: {last.words}", last.standing, last.update)
        end = server_of(self.line)
        self._ended_well(again, end)
        self._journal_is_whole()
        return (
            self.trouble.name,
            answers,
            first.words,
            seen.state,
            str(seen.writes),
            str(seen.applied),
            second.words,
            str(between.writes),
            again.words,
            str(end.writes),
            str(end.applied),
            end.state,
        )

    async def _try(self, trouble: Trouble) -> Shown:
        """As somebody who opens the program, looks at the job, and sends."""
        journal = HookedJournal(self.folder, self.clock, self.line, trouble)
        composition = compose(
            folder=self.folder, credentials=SessionCredentials(), clock=self.clock, tuning=TUNING, journal=journal
        )
        company = CompanyId(str(self.line.sandbox.world.job_body(self.line.job_id)["companyId"]))
        services = await composition.services.open(sign_in_to(self.line.wire.url, company=company))
        try:
            if self.line.place == ITEM_UPDATE:
                return told(await services.updates.send(self._job_id, self.outcomes, lambda *_: None))
            return await self._send_event(services)
        except PleoProblem as problem:
            return Shown(f"nothing sent: {without_time(problem.title)}")
        finally:
            await services.close()
            journal.close()

    @property
    def _job_id(self) -> JobId:
        return JobId(self.line.job_id)

    async def _send_event(self, services: Services) -> Shown:
        completion, wanted = services.completion, Event.STARTED if self.line.place == START else Event.COMPLETED
        earlier = await completion.settle_earlier(self._job_id, wanted, lambda _: None)
        if earlier:
            return shown(earlier)
        snapshot = await completion.read(self._job_id)
        if self.line.place == START:
            if start_blockers(snapshot):
                return nothing_to_do(start_blockers(snapshot))
            preview = start_preview(snapshot)
        else:
            found = completion.preview(snapshot)
            if isinstance(found, NotReady):
                return nothing_to_do(found.blockers)
            preview = found
        outcome = await completion.submit(preview, lambda _: None)
        return shown(outcome) if isinstance(outcome, Outcome) else Shown("changed: " + "; ".join(outcome.changes))

    def _is_consistent(self, first: Shown, seen: Server) -> None:
        """What is shown is what the server holds."""
        self._demand(seen.finals <= 1, "more than one final event was applied")
        self._demand(seen.early == 0, "an event was applied early")
        if first.update:
            self._update_is_true(first.update, seen)
            return
        untouched = Job.PENDING if self.line.place == START else Job.IN_PROGRESS
        is_ours = seen.applied == 1 and seen.job_status == MOVED[self.line.place]
        match first.standing:
            case Standing.CONFIRMED:
                self._demand(is_ours, "shown as confirmed, and the server does not have it")
            case Standing.OVERTAKEN:
                has_moved = seen.job_status != untouched and (seen.applied == 0 or is_ours)
                self._demand(has_moved, "shown as overtaken, and the server's job has not moved")
            case Standing.UNKNOWN:
                may_be = self.trouble.may_stay_unknown or seen.applied == 0
                self._demand(may_be, "left unknown although a read could tell")
            case None:
                pass  # nothing was claimed of an event
            case _:
                is_as_it_was = seen.applied == 0 and seen.job_status == untouched
                self._demand(is_as_it_was, f"shown as {first.words}, and the server has it")

    def _update_is_true(self, update: UpdateResult, seen: Server) -> None:
        self._demand(all(count == 1 for count in seen.rows_applied.values()), "a row was applied twice")
        told_ids = [
            *update.arrived,
            *(error.accounting_entry_id for error in update.refused),
            *(outcome.accounting_entry_id for outcome in (*update.unknown, *update.not_sent)),
        ]
        self._demand(sorted(told_ids) == sorted(o.accounting_entry_id for o in self.outcomes), "rows were lost")
        arrived = {entry for entry in update.arrived if seen.rows_applied[entry]}
        self._demand(arrived == set(update.arrived), "shown as arrived, and the server does not have it")
        elsewhere = [o for o in update.not_sent if seen.rows_applied[o.accounting_entry_id]]
        self._demand(not elsewhere, "shown as not sent, and the server has it")
        shown = [o for o in update.unknown if seen.rows_applied[o.accounting_entry_id]]
        self._demand(not shown or self.trouble.may_stay_unknown, "left unknown although a read could tell")

    def _ended_well(self, again: Shown, end: Server) -> None:
        self._demand(end.early == 0, "an event was applied early")
        self._demand(all(count == 1 for count in end.rows_applied.values()), "a row was applied twice")
        if self.trouble.forgotten:
            self._demand(end.applied == 0, "what Pleo never carried out was sent again")
            self._demand(end.job_status == Job.FAILED, "the job did not expire")
            return
        if self.line.place == ITEM_UPDATE:
            ours = 0 if self.trouble.others else len(self.outcomes)
            self._demand(end.applied == ours, f"{end.applied} rows were applied in place of {ours}")
            self._demand(not again.update or not again.update.unknown, "a row is still unknown")
            return
        self._demand(end.applied == (0 if self.trouble.others else 1), "not exactly one event was applied")
        if self.line.place == FINAL_EVENT:
            self._demand(end.finals == 1, "not exactly one final event was applied")
        if not self.trouble.others:
            self._demand(end.job_status == MOVED[self.line.place], "the job did not get where it was to go")
        ends = (Standing.CONFIRMED, Standing.OVERTAKEN, None)  # None: there was nothing left to do
        self._demand(again.standing in ends, "the last try did not end it")

    def _journal_is_whole(self) -> None:
        """Everything that reached the server was written down before, word for word, and nothing is left open."""
        self._demand(verify(self.folder / FILE_NAME).first_break is None, "the journal is broken")
        sent = [row for row in self._rows() if row.kind == Kind.SENT]
        self._demand(len(sent) >= server_of(self.line).writes, "a request reached the server without a row")
        bodies = [json.loads(json.loads(row.content)["body"]) for row in self._rows() if row.kind == Kind.INTENDED]
        received = self.line.sandbox.received()
        reached = [each["body"] for each in received["item_updates"]]
        reached += [event["body"] for event in received["events"] if event["actor"] == "api"]
        self._demand(all(body in bodies for body in reached), "another body reached the server than was written down")
        judged = {row.attempt for row in self._rows() if row.kind == Kind.JUDGED}
        self._demand({row.attempt for row in self._rows()} == judged, "an attempt was left open")

    def _answers(self) -> str:
        answers = [json.loads(row.content)["answer"] for row in self._rows() if row.kind == Kind.ANSWERED]
        return ", ".join(answer.replace("_", " ") for answer in answers)

    def _rows(self):
        journal = Journal(self.folder, SystemClock())
        try:
            return journal._store.rows()
        finally:
            journal.close()

    def _demand(self, is_true: bool, fault: str) -> None:
        if not is_true:
            self.faults.append(f"{self.line.place}, {self.trouble.name}: {fault}")


def nothing_to_do(blockers: Sequence[Blocker]) -> Shown:
    return Shown(f"nothing to do: {without_time(blockers[0].message)}")


def without_time(words: str) -> str:
    """The same at every run."""
    return re.sub(r"\d\d:\d\d", "hh:mm", words)


def is_unknown(found: Shown) -> bool:
    return found.standing is Standing.UNKNOWN or bool(found.update and found.update.unknown)


def shown(outcome: Outcome) -> Shown:
    as_wanted = ", as wanted" if outcome.standing is Standing.OVERTAKEN and outcome.job_is_as_wanted else ""
    return Shown(outcome.standing.replace("_", " ") + as_wanted, outcome.standing)


def told(update: UpdateResult) -> Shown:
    lists = {
        "arrived": update.arrived,
        "refused": update.refused,
        "unknown": update.unknown,
        "not sent": update.not_sent,
    }
    return Shown(", ".join(f"{len(rows)} {name}" for name, rows in lists.items() if rows), update=update)
