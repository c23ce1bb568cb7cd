"""From job to job in the order of the list. Pure."""

from collections.abc import Callable, Sequence

from ui.jobs.view_model import JobKey, JobRow


def next_key(
    rows: Sequence[JobRow], current: JobKey | None, *, is_ready: bool, but_for: Callable[[JobKey], bool]
) -> JobKey | None:
    """The job after the current one that has not ended, around the end of the list; None where there is no other one.
    With `is_ready` only one that can be completed now; `but_for` names those that have ended and are not read anew yet.
    """
    place = next((place for place, row in enumerate(rows) if row.key == current), -1)
    following = (*rows[place + 1 :], *rows[: max(place, 0)])
    for row in following:
        is_wanted = row.can_be_completed if is_ready else not row.job.is_finished
        if is_wanted and not but_for(row.key):
            return row.key
    return None
