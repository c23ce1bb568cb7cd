"""All that the journal holds about one job, as it lies there: also what cannot be trusted or read."""

import sqlite3
from pathlib import Path

from app.errors import JournalProblem
from app.messages import said
from app.models.journal_row import JOURNAL, JournalRow, RecordedRow
from app.storage.database_file import read_only
from app.storage.journal.doubt import RowInPlace
from app.storage.journal.schema import JOB_ID

# Each part by its index: one condition of all would read the whole file.
_ABOUT = f"""
    SELECT sequence, attempt, kind, at, content, previous, hash,
        (SELECT hash FROM entry WHERE sequence < each.sequence ORDER BY sequence DESC LIMIT 1),
        (SELECT previous FROM entry WHERE sequence > each.sequence ORDER BY sequence LIMIT 1)
    FROM entry AS each WHERE sequence IN (
        SELECT sequence FROM entry
            WHERE attempt IN (SELECT attempt FROM entry WHERE kind = 'intended' AND {JOB_ID} = ?)
        UNION SELECT sequence FROM entry WHERE attempt = ?
        UNION SELECT sequence FROM entry WHERE kind = 'intended' AND ({JOB_ID} IS NULL OR {JOB_ID} < '')
    ) ORDER BY sequence
"""  # noqa: S608 - no text from outside


def rows_about(path: Path, job_id: str) -> tuple[RecordedRow, ...]:
    """The rows of the job's attempts, all confirmations of the journal, and intentions that name no job, in order.

    Nothing where no journal was ever begun. Changes nothing. Raises JournalProblem where the file cannot be read.
    """
    if not path.exists():
        return ()
    try:
        with read_only(path) as connection:
            found = connection.execute(_ABOUT, (job_id, JOURNAL)).fetchall()
    except sqlite3.Error as error:
        raise JournalProblem(
            said("The journal cannot be read: {why}", why=str(error)),
            advice=said("Run signoff verify-journal: it says where the file is damaged."),
        ) from error
    return tuple(_recorded(RowInPlace(JournalRow(*columns), before, after)) for *columns, before, after in found)


def _recorded(found: RowInPlace) -> RecordedRow:
    return RecordedRow(found.row, found.is_sound)
