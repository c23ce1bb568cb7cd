"""Whether an answer is about what was asked for. Pure.

A cache, a proxy or a fault of the server's can hand out somebody else's answer, well formed and with a good status.
"""

import json
from collections.abc import Iterable

from app.models.page import ExportJobItemUpdate
from app.models.vocabulary import CompanyId, JobId


class NotAskedFor(ValueError):
    """The answer names something else; the text says what."""


def must_name_job(found: Iterable[JobId], asked: JobId) -> None:
    """Raises NotAskedFor where any of the ids is another job's. Ids are compared without case."""
    _must_be(set(found), asked, "another job")


def must_name_company(found: Iterable[CompanyId], asked: CompanyId | None) -> None:
    """Raises NotAskedFor where any of the ids is another company's; None where the company is not known."""
    if asked is not None:
        _must_be(set(found), asked, "another company")


def must_name_rows(update: ExportJobItemUpdate, job_id: JobId, body: str) -> None:
    """Raises NotAskedFor where the answer to an item update speaks of another job, or of items that `body` does not
    hold. What an answer leaves out is no contradiction."""
    jobs = {row["exportJobId"] for row in update.data if isinstance(row.get("exportJobId"), str)}
    must_name_job(jobs, job_id)
    sent = {row["accountingEntryId"].casefold() for row in json.loads(body)}
    told = [row["accountingEntryId"] for row in update.data if isinstance(row.get("accountingEntryId"), str)]
    told += [error.accounting_entry_id for error in update.errors]
    foreign = [entry for entry in told if entry.casefold() not in sent]
    if foreign:
        raise NotAskedFor(f"it is about items that were not sent: {min(foreign)[:60]}")


def _must_be(found: set[str], asked: str, whose: str) -> None:
    if found <= {asked}:
        return
    foreign = [each for each in found if each.casefold() != asked.casefold()]
    if foreign:
        raise NotAskedFor(f"it is about {whose}, {min(foreign)[:60]} instead of {asked[:60]}")
