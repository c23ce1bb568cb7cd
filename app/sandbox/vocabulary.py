"""Pleo's closed lists, as the reference prints them for requests."""

from typing import Final

JOB_STATUSES: Final = frozenset({"pending", "in_progress", "failed", "completed", "completed_with_errors"})
RUNNING_JOB_STATUSES: Final = frozenset({"pending", "in_progress"})

EVENTS: Final = frozenset({"started", "failed", "completed", "completed_with_errors"})
FINAL_EVENTS: Final = EVENTS - {"started"}

ITEM_STATUSES: Final = frozenset({"pending", "in_progress", "failed", "successful", "abandoned"})
FINAL_ITEM_STATUSES: Final = frozenset({"failed", "successful", "abandoned"})

# accounting_system_validation_failure, the guide's default for a failed job, is missing here on purpose:
# the reference lists it for items only, and the strict sandbox keeps to the reference.
JOB_FAILURE_REASON_TYPES: Final = frozenset(
    {
        "invalid_configuration",
        "missing_configuration",
        "authentication_failure",
        "accounting_system_authentication_failure",
        "pleo_rate_limit",
        "accounting_system_rate_limit",
        "service_unreachable",
        "accounting_system_unreachable",
        "validation_failure",
        "authorization_failure",
        "integration_unusable",
        "job_expired",
        "service_timeout",
        "accounting_system_timeout",
        "canceled_by_user",
    }
)

ITEM_FAILURE_REASON_TYPES: Final = frozenset(
    {
        "receipt_upload_failure",
        "receipt_download_failure",
        "receipt_file_size_limit_exceeded",
        "receipt_conversion_failure",
        "unexpected_failure",
        "invalid_configuration",
        "missing_configuration",
        "accounting_system_authentication_failure",
        "accounting_system_rate_limit",
        "accounting_system_unreachable",
        "validation_failure",
        "accounting_system_validation_failure",
        "authorization_failure",
        "accounting_system_timeout",
        "vendor_unknown",
        "account_unknown",
        "tax_code_unknown",
        "tag_unknown",
    }
)

PAGE_ORDERS: Final = frozenset(
    {"ASC", "ASC_NULLS_FIRST", "ASC_NULLS_LAST", "DESC", "DESC_NULLS_FIRST", "DESC_NULLS_LAST"}
)
