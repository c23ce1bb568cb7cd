"""The drafts' file."""

import asyncio
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from app.errors import DraftsProblem
from app.messages import said
from app.models.draft import Changes, Draft
from app.models.vocabulary import EntryId, JobId
from app.platform.gc_tuning import many_arrive
from app.storage.database_file import DatabaseFile, Problems, transaction

FILE_NAME = "drafts.sqlite3"
# One row for each draft, so that one more costs one row and a hundred thousand are one transaction.
_MIGRATIONS = (
    (
        """
        CREATE TABLE draft (
            connection TEXT NOT NULL,
            job_id TEXT NOT NULL,
            entry_id TEXT NOT NULL,
            content TEXT NOT NULL,
            PRIMARY KEY (connection, job_id, entry_id)
        ) STRICT, WITHOUT ROWID
        """,
    ),
)
_PUT = "INSERT OR REPLACE INTO draft (connection, job_id, entry_id, content) VALUES (?, ?, ?, ?)"
_REMOVE = "DELETE FROM draft WHERE connection = ? AND job_id = ? AND entry_id = ?"
_READ = "SELECT content FROM draft WHERE connection = ? AND job_id = ?"

_DRAFT = TypeAdapter(Draft)

_PROBLEMS = Problems(
    newer=lambda: DraftsProblem(
        said("The drafted outcomes were written by a newer version of Signoff"),
        advice=said("Use that version, or another data folder."),
    ),
    damaged=lambda aside, why: DraftsProblem(
        said("The drafted outcomes are damaged, and were put aside as {file}", file=aside.name),
        advice=said("What was drafted and not sent has to be entered again. Nothing that was sent is concerned."),
        details=why,
    ),
    unusable=lambda path, why: DraftsProblem(
        said("The drafted outcomes cannot be kept: {why}", why=why),
        advice=said(
            "Look whether the disk is full, or the folder {folder} may be written. No draft was changed.",
            folder=path.parent,
        ),
    ),
)


class DraftStore:
    """The drafts of one connection in `drafts.sqlite3`. Every method raises DraftsProblem, and works in a thread."""

    def __init__(self, folder: Path, connection: str) -> None:
        self.path = folder / FILE_NAME
        self._connection = connection
        self._file = DatabaseFile(self.path, _MIGRATIONS, _PROBLEMS, pragmas=("synchronous = FULL",))

    async def read(self, job_id: JobId) -> dict[EntryId, Draft]:
        return await asyncio.to_thread(self._read, job_id)

    async def write(self, job_id: JobId, changes: Changes) -> None:
        """All of them or none; on disk when this returns. None removes a draft."""
        await asyncio.to_thread(self._write, job_id, changes)

    async def close(self) -> None:
        await asyncio.to_thread(self._file.close)

    def _read(self, job_id: JobId) -> dict[EntryId, Draft]:
        """Nothing where no draft was ever kept."""
        if not self.path.exists():
            return {}
        try:
            with self._file.connection() as connection, many_arrive() as arrivals:
                found = connection.execute(_READ, (self._connection, job_id))
                drafts = [_DRAFT.validate_json(content) for (content,) in found]
                arrivals.count = len(drafts)
            return {draft.entry_id: draft for draft in drafts}
        except ValidationError as error:
            raise DraftsProblem(
                said("The drafted outcomes of this job are not understood"),
                advice=said(
                    "They were written by another version of Signoff. They are kept in {path}.", path=self.path
                ),
                details=str(error),
            ) from None

    def _write(self, job_id: JobId, changes: Changes) -> None:
        where = (self._connection, job_id)
        put = ((*where, entry, _DRAFT.dump_json(draft).decode()) for entry, draft in changes.items() if draft)
        gone = ((*where, entry) for entry, draft in changes.items() if draft is None)
        with self._file.connection() as connection, transaction(connection):
            connection.executemany(_PUT, put)
            connection.executemany(_REMOVE, gone)
