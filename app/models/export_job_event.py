"""The event that moves a job, exactly as it is sent."""

import json
from dataclasses import dataclass
from typing import Any

from app.models.vocabulary import EventType, FailureType, JobId
from app.texts.screen import escaped_for_screen


@dataclass(frozen=True, slots=True)
class ExportJobEvent:
    event: EventType
    job_id: JobId
    failure_reason: str | None = None
    failure_reason_type: FailureType | None = None

    def as_dict(self) -> dict[str, Any]:
        body: dict[str, Any] = {"event": self.event, "jobId": self.job_id}
        if self.failure_reason is not None:
            body["failureReason"] = self.failure_reason
        if self.failure_reason_type is not None:
            body["failureReasonType"] = self.failure_reason_type
        return body

    def as_json(self) -> str:
        """The text that the preview shows and the client sends, byte for byte in UTF-8."""
        return escaped_for_screen(json.dumps(self.as_dict(), ensure_ascii=False, indent=2))
