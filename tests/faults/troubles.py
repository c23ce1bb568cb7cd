"""The rows of the fault matrix: what breaks, and when it is over."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from fakes.running_sandbox import RunningSandbox
from fakes.wire_faults import WireFault, WireFaults

from app.sandbox.faults import Fault

START, ITEM_UPDATE, FINAL_EVENT = "start", "item_update", "final_event"
PLACES = (START, ITEM_UPDATE, FINAL_EVENT)

_HTML = "<html><body><h1>502 Bad Gateway</h1></body></html>"
_ERROR = '{"type": "INTERNAL_ERROR", "message": "Could not be carried out."}'
_OTHER_JOB = (
    '{"data": [{"exportJobId": "00000000-0000-4000-8000-00000000000b", "accountingEntryId": "x"}], "errors": []}'
)
_MOVED_ON = '{"type": "INVALID_EXPORT_JOB_STATUS_CHANGE", "message": "The export job cannot be changed by this event."}'


@dataclass
class Line:
    """A sandbox with the wire in front of it, for one cell."""

    sandbox: RunningSandbox
    wire: WireFaults
    place: str

    @property
    def job_id(self) -> str:
        return self.sandbox.world.job_id

    def answers(self, status: int, body: str = "", headers: Mapping[str, str] | None = None, **more: Any) -> None:
        self.sandbox.arm(Fault(self.place, status=status, body=body, headers=headers or {}, **more))

    def takes_it(self, **more: Any) -> None:
        """Answers as usual; the effect is what `more` says."""
        self.sandbox.arm(Fault(self.place, **more))

    def breaks(self, kind: str) -> None:
        self.wire.arm(WireFault(self.place, kind))

    def refuses_reads(self, status: int) -> None:
        for place in ("read_job", "read_items"):
            self.sandbox.arm(Fault(place, status=status, times=1000))

    def tells_of_a_while_ago(self, pattern: str) -> None:
        """Reads come from copies of the data: o from one that is as far behind as can be, n from one that is not. From
        the end of the pattern on they are old."""
        kinds = [{"o": "old", "n": "new"}[each] for each in pattern]
        for place in ("read_job", "read_items"):
            self.wire.arm(*(WireFault(place, kind) for kind in kinds), WireFault(place, "old", times=1000))

    def reads_are_about(self, kind: str) -> None:
        for place in ("read_job", "read_items"):
            self.wire.arm(WireFault(place, kind, times=1000))

    def is_well_again(self) -> None:
        self.wire.disarm()
        self.wire.open_door()
        self.sandbox.world.disarm()

    def other_actor(self) -> Mapping[str, object]:
        """What somebody else does to the job just before the request is handled: the same, where it is an event."""
        if self.place == ITEM_UPDATE:
            return self.cancels()
        name = "started" if self.place == START else "completed_with_errors"
        return {"act": "event", "body": {"event": name, "jobId": self.job_id}}

    def cancels(self) -> Mapping[str, object]:
        words = {"failureReason": "Cancelled in Pleo.", "failureReasonType": "canceled_by_user"}
        return {"act": "event", "body": {"event": "failed", "jobId": self.job_id, **words}}


def _nothing(line: Line) -> None:
    pass


Act = Callable[[Line], None]


@dataclass(frozen=True)
class Trouble:
    """`arm` is done before the user sends, `leaving` when the first request leaves, `answered` when its end is known.

    `may_stay_unknown`: neither the answer nor a read can tell, as house.md allows. `others`: somebody else ends it.
    `lags`: reads stay as far behind until the wait after the send is over.
    `forgotten`: Pleo accepted it and never carries it out, so that only the job's expiry ends it.
    """

    name: str
    arm: Act = _nothing
    leaving: Act = _nothing
    answered: Act = _nothing
    may_stay_unknown: bool = False
    others: bool = False
    lags: bool = False
    forgotten: bool = False
    places: tuple[str, ...] = field(default=PLACES)


def _in_seconds(seconds: int) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


TROUBLES = (
    Trouble("none"),
    Trouble(
        "connection refused, then back",
        leaving=lambda line: line.wire.close_door(),
        answered=lambda line: line.wire.open_door(),
    ),
    Trouble("connection refused for good", leaving=lambda line: line.wire.close_door()),
    Trouble("reset before the request", lambda line: line.breaks("reset_before")),
    Trouble("reset after it was processed", lambda line: line.breaks("reset_after")),
    Trouble(
        "reset after it was processed, then out of reach",
        lambda line: line.breaks("reset_after"),
        answered=lambda line: line.wire.close_door(),
        may_stay_unknown=True,
    ),
    Trouble(
        "reset before the request, then out of reach",
        lambda line: line.breaks("reset_before"),
        answered=lambda line: line.wire.close_door(),
        may_stay_unknown=True,
    ),
    Trouble("no answer, not processed", lambda line: line.breaks("silence_before")),
    Trouble("no answer, processed", lambda line: line.breaks("silence_after")),
    Trouble("answer cut in half", lambda line: line.breaks("cut")),
    Trouble(
        "answered, then out of reach",
        lambda line: line.breaks("then_refuse"),
        may_stay_unknown=True,
    ),
    Trouble("202, applied after a while", lambda line: line.takes_it(effect="later", effect_after_seconds=0.25)),
    Trouble("202, never applied", lambda line: line.takes_it(effect="none"), may_stay_unknown=True, forgotten=True),
    Trouble("400", lambda line: line.answers(400, '{"type": "BAD_REQUEST", "message": "Malformed."}')),
    Trouble("401 to the write", lambda line: line.answers(401, '{"type": "UNAUTHORIZED", "message": "Expired."}')),
    Trouble(
        "401 from the write on",
        lambda line: line.answers(401, '{"type": "UNAUTHORIZED", "message": "Expired."}'),
        leaving=lambda line: line.refuses_reads(401),
    ),
    Trouble("403", lambda line: line.answers(403, '{"type": "FORBIDDEN", "message": "No scope."}')),
    Trouble("404", lambda line: line.answers(404, '{"type": "EXPORT_NOT_FOUND", "message": "No such job."}')),
    Trouble("409", lambda line: line.answers(409, '{"type": "CONFLICT", "message": "Busy with it."}')),
    Trouble("422 because it had arrived", lambda line: line.answers(422, _MOVED_ON, effect="applied")),
    Trouble(
        "422 because of someone else",
        lambda line: line.takes_it(effect="applied", first=line.other_actor()),
        others=True,
    ),
    Trouble(
        "422 because it was cancelled",
        lambda line: line.takes_it(effect="applied", first=line.cancels()),
        others=True,
        places=(START, FINAL_EVENT),
    ),
    Trouble("429, Retry-After in seconds", lambda line: line.answers(429, headers={"Retry-After": "1"})),
    Trouble("429, Retry-After as a date", lambda line: line.answers(429, headers={"Retry-After": _in_seconds(2)})),
    Trouble("429, Retry-After in an hour", lambda line: line.answers(429, headers={"Retry-After": "3600"})),
    Trouble("429 without Retry-After", lambda line: line.answers(429)),
    Trouble("500, not processed", lambda line: line.answers(500)),
    Trouble("500, processed", lambda line: line.answers(500, effect="applied")),
    Trouble("502 with HTML, not processed", lambda line: line.answers(502, _HTML, {"Content-Type": "text/html"})),
    Trouble(
        "502 with HTML, processed",
        lambda line: line.answers(502, _HTML, {"Content-Type": "text/html"}, effect="applied"),
    ),
    Trouble("503 with Retry-After, not processed", lambda line: line.answers(503, headers={"Retry-After": "1"})),
    Trouble(
        "503 with Retry-After, processed",
        lambda line: line.answers(503, headers={"Retry-After": "1"}, effect="applied"),
    ),
    Trouble("503 without Retry-After, not processed", lambda line: line.answers(503)),
    Trouble("503 without Retry-After, processed", lambda line: line.answers(503, effect="applied")),
    Trouble("200 with an error, not processed", lambda line: line.answers(200, _ERROR)),
    Trouble("200 with an error, processed", lambda line: line.answers(200, _ERROR, effect="applied")),
    Trouble("204, not processed", lambda line: line.answers(204)),
    Trouble("204, processed", lambda line: line.answers(204, effect="applied")),
    Trouble("207, not processed", lambda line: line.answers(207, _ERROR)),
    Trouble("207, processed", lambda line: line.answers(207, _ERROR, effect="applied")),
    Trouble("an answer that drips without an end, processed", lambda line: line.breaks("drip")),
    Trouble("an answer of a hundred megabytes in a hundred kilobytes", lambda line: line.breaks("gzip_bomb")),
    Trouble(
        "another job's answer to the write",
        lambda line: line.answers(200, _OTHER_JOB, effect="applied"),
        places=(ITEM_UPDATE,),
    ),
    Trouble(
        "not processed, then read back as another job that has ended",
        lambda line: line.breaks("reset_before"),
        leaving=lambda line: line.reads_are_about("other_job"),
    ),
    Trouble(
        "processed, then read back as another job",
        lambda line: line.breaks("reset_after"),
        leaving=lambda line: line.reads_are_about("other_job"),
        may_stay_unknown=True,
    ),
    Trouble(
        "not processed, then read back as another company's",
        lambda line: line.breaks("reset_before"),
        leaving=lambda line: line.reads_are_about("other_company"),
        places=(START, FINAL_EVENT),
    ),
    Trouble(
        "no answer, processed, then reads that are behind until the wait is over",
        lambda line: line.breaks("reset_after"),
        leaving=lambda line: line.tells_of_a_while_ago("o"),
        may_stay_unknown=True,
        lags=True,
    ),
    Trouble(
        "503 with Retry-After, processed, then reads that are behind until the wait is over",
        lambda line: line.answers(503, headers={"Retry-After": "1"}, effect="applied"),
        leaving=lambda line: line.tells_of_a_while_ago("o"),
        may_stay_unknown=True,
        lags=True,
    ),
    Trouble(
        "accepted, then reads that are behind until the wait is over",
        leaving=lambda line: line.tells_of_a_while_ago("o"),
        may_stay_unknown=True,
        lags=True,
    ),
    Trouble(
        "accepted, then old, new and old reads",
        leaving=lambda line: line.tells_of_a_while_ago("on"),
        may_stay_unknown=True,
        lags=True,
    ),
)
