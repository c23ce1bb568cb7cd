"""The rows of the list of jobs, made anew only where something is known anew, and what is said beneath them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.jobs.counted import Counted
from app.jobs.job_list import JobScope
from app.messages import tr
from app.models.export_job import ExportJob
from app.models.vocabulary import CompanyId, JobId
from app.settings.connections import ColourMark, ConnectionId
from app.texts.phrases import is_same_day
from app.watching.facts import KnownJobs
from app.watching.jobs_watch import JobsWatch
from ui.common.text_format import TextFormat
from ui.jobs.view_model import JobKey, JobRow, RowContext, job_row, old_words, older_jobs

# What a row says of time is made anew as often.
_TIME_SECONDS = 15


@dataclass(frozen=True, slots=True, eq=False)
class WatchedConnection:
    """One connection as the list knows it. `signs_in`: its credential comes from a sign-in at Pleo, not from a key."""

    connection_id: ConnectionId
    name: str
    mark: ColourMark
    watch: JobsWatch
    company_name: Callable[[CompanyId], str]
    signs_in: bool = False

    @property
    def known(self) -> KnownJobs:
        return self.watch.known


@dataclass(eq=False, slots=True)
class _Made:
    """`shown` is what `rows` say; `without_time` are those before time was added, with what they are made of."""

    shown: tuple[KnownJobs, JobScope, int] | None = None
    rows: list[JobRow] = field(default_factory=list)
    without_time: dict[JobId, tuple[RowContext, ExportJob, Counted | None, JobRow]] = field(default_factory=dict)


class JobRows:
    def __init__(self, fmt: TextFormat) -> None:
        self._fmt = fmt
        self._made: dict[ConnectionId, _Made] = {}

    def of(self, connection: WatchedConnection, scope: JobScope, now: datetime, soon: timedelta) -> list[JobRow]:
        """Most rows are the very same as before; a job hurries when less than `soon` is left."""
        made = self._made.setdefault(connection.connection_id, _Made())
        wanted = (connection.known, scope, int(now.timestamp() // _TIME_SECONDS))
        if made.shown is None or made.shown[0] is not wanted[0] or made.shown[1:] != wanted[1:]:
            made.shown = wanted
            made.rows = [row.at(now, self._fmt, soon) for row in self._new_rows(connection, made, scope, now)]
        return made.rows

    def forget(self, connection_id: ConnectionId) -> None:
        self._made.pop(connection_id, None)

    def _new_rows(self, connection: WatchedConnection, made: _Made, scope: JobScope, now: datetime) -> Iterator[JobRow]:
        known = connection.known
        found = known.listed(scope)
        older = older_jobs(known.running())
        old = old_words(found.read_at, now, self._fmt) if found and known.is_old else ""
        before, made.without_time = made.without_time, {}
        for job in found.jobs if found else ():
            key = JobKey(connection.connection_id, job.id)
            company = connection.company_name(job.company_id)
            context = RowContext(key, company, connection.mark, older.get(job.id), old)
            says = (context, job, known.counted.get(job.id))
            kept = before.get(job.id)
            row = kept[3] if kept and kept[:3] == says else job_row(*says, self._fmt)
            made.without_time[job.id] = (*says, row)
            yield row


def companies(rows: Iterable[tuple[WatchedConnection, list[JobRow]]]) -> list[tuple[str, ColourMark]]:
    """Every company by its name: those of the connections, and those that one connection's jobs name."""
    named: dict[str, ColourMark] = {}
    for connection, its_rows in rows:
        named.update(dict.fromkeys((row.company for row in its_rows), connection.mark))
        if not its_rows:
            named[connection.name] = connection.mark
    return sorted(named.items(), key=lambda company: company[0].casefold())


def by_company(rows: Iterable[JobRow]) -> list[JobRow]:
    """Each company's jobs together and in their order, first the company whose first job stands first."""
    groups: dict[str, list[JobRow]] = {}
    for row in rows:
        groups.setdefault(row.company, []).append(row)
    return [row for group in groups.values() for row in group]


def read_stamp(known: Iterable[KnownJobs], scope: JobScope, now: datetime, fmt: TextFormat) -> str:
    """The time of what was read longest ago; what could not be read again says so above and on its cards."""
    lists = [(each, each.listed(scope)) for each in known]
    fresh = [found.read_at for each, found in lists if found and not each.is_old]
    old = [found.read_at for each, found in lists if found and each.is_old]
    if not fresh:
        return _old_stamp(max(old), now, fmt) if old else ""
    return tr("Read {time}", time=fmt.time(min(fresh)))


def _old_stamp(read_at: datetime, now: datetime, fmt: TextFormat) -> str:
    if is_same_day(read_at, now):
        return tr("Old: read {time}", time=fmt.time(read_at))
    return tr("Old: read {moment}", moment=fmt.moment(read_at))
