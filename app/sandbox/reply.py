"""What goes back to the caller: a reply, or a refusal on the way to one."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reply:
    """`body` is JSON material, or None for no body at all."""

    status: int
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Refusal(Exception):
    """Pleo says no. Becomes an ExceptionInfo body under the given HTTP status."""

    def __init__(self, status: int, error_type: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.reply = Reply(status, {"type": error_type, "message": message}, headers or {})


def bad_request(message: str) -> Refusal:
    """The request itself is malformed: 400."""
    return Refusal(400, "BAD_REQUEST", message)


def not_found(message: str) -> Refusal:
    """No such thing: 404, with the one type the reference names."""
    return Refusal(404, "EXPORT_NOT_FOUND", message)
