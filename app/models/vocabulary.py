"""Pleo's words. Responses carry them as open strings, so an unlisted word is kept as it came and is never final."""

from typing import Final, NewType

JobId = NewType("JobId", str)
EntryId = NewType("EntryId", str)
CompanyId = NewType("CompanyId", str)

JobStatus = NewType("JobStatus", str)
ItemStatus = NewType("ItemStatus", str)
EventType = NewType("EventType", str)
FailureType = NewType("FailureType", str)


class Job:
    """Statuses of an export job."""

    PENDING: Final = JobStatus("pending")
    IN_PROGRESS: Final = JobStatus("in_progress")
    COMPLETED: Final = JobStatus("completed")
    COMPLETED_WITH_ERRORS: Final = JobStatus("completed_with_errors")
    FAILED: Final = JobStatus("failed")


RUNNING_JOB: Final = (Job.IN_PROGRESS, Job.PENDING)
FINISHED_JOB: Final = (Job.COMPLETED, Job.COMPLETED_WITH_ERRORS, Job.FAILED)


class Item:
    """Statuses of an export job item."""

    PENDING: Final = ItemStatus("pending")
    IN_PROGRESS: Final = ItemStatus("in_progress")
    SUCCESSFUL: Final = ItemStatus("successful")
    FAILED: Final = ItemStatus("failed")
    ABANDONED: Final = ItemStatus("abandoned")


OPEN_ITEM: Final = (Item.PENDING, Item.IN_PROGRESS)
FINAL_ITEM: Final = (Item.SUCCESSFUL, Item.FAILED, Item.ABANDONED)


class Event:
    """Events that move a job through its life."""

    STARTED: Final = EventType("started")
    COMPLETED: Final = EventType("completed")
    COMPLETED_WITH_ERRORS: Final = EventType("completed_with_errors")
    FAILED: Final = EventType("failed")


# The status a job has once Pleo has carried out the event.
STATUS_AFTER: Final = {
    Event.STARTED: Job.IN_PROGRESS,
    Event.COMPLETED: Job.COMPLETED,
    Event.COMPLETED_WITH_ERRORS: Job.COMPLETED_WITH_ERRORS,
    Event.FAILED: Job.FAILED,
}

# Pleo's guide names this default although the reference's list for job events does not hold it.
DEFAULT_JOB_FAILURE: Final = FailureType("accounting_system_validation_failure")
# The nearest value that the reference's list does hold; offered when the server refuses the default.
FALLBACK_JOB_FAILURE: Final = FailureType("validation_failure")

# What only Pleo itself, or a user of it, ends a job with.
JOB_EXPIRED: Final = FailureType("job_expired")
CANCELED_BY_USER: Final = FailureType("canceled_by_user")
ENDED_BY_OTHERS: Final = (JOB_EXPIRED, CANCELED_BY_USER)

JOB_FAILURES: Final = tuple(
    FailureType(word)
    for word in (
        "accounting_system_validation_failure",
        "validation_failure",
        "invalid_configuration",
        "missing_configuration",
        "authentication_failure",
        "authorization_failure",
        "accounting_system_authentication_failure",
        "accounting_system_rate_limit",
        "accounting_system_timeout",
        "accounting_system_unreachable",
        "pleo_rate_limit",
        "service_timeout",
        "service_unreachable",
        "integration_unusable",
        "job_expired",
        "canceled_by_user",
    )
)

# What Pleo's reference lists for items; a client reports nothing else.
ITEM_FAILURES: Final = tuple(
    FailureType(word)
    for word in (
        "account_unknown",
        "tax_code_unknown",
        "vendor_unknown",
        "tag_unknown",
        "accounting_system_validation_failure",
        "validation_failure",
        "receipt_file_size_limit_exceeded",
        "receipt_conversion_failure",
        "receipt_upload_failure",
        "receipt_download_failure",
        "missing_configuration",
        "invalid_configuration",
        "accounting_system_authentication_failure",
        "authorization_failure",
        "accounting_system_unreachable",
        "accounting_system_timeout",
        "accounting_system_rate_limit",
        "unexpected_failure",
    )
)
