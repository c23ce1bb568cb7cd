"""Names the places of the API at which a fault can be armed, from a request's method, path and body."""

import json
import re
from typing import Final, Literal, get_args

Place = Literal[
    "list_jobs",
    "read_job",
    "read_items",
    "item_update",
    "start",
    "final_event",
    "read_export_items",
    "introspect",
    "token",
]
PLACES: Final[tuple[Place, ...]] = get_args(Place)

_JOB_PATH: Final = re.compile(r"/v3/export-jobs/([^/]+)(/items)?")
_FIXED: Final[dict[tuple[str, str], Place]] = {
    ("GET", "/v3/export-jobs"): "list_jobs",
    ("GET", "/v3/export-items"): "read_export_items",
    ("GET", "/v1/introspect"): "introspect",
    ("POST", "/oauth/token"): "token",
}
_ON_ITEMS: Final[dict[str, Place]] = {"GET": "read_items", "PUT": "item_update"}


def place_of(method: str, path: str, body: bytes) -> Place | None:
    """None for anything that is not one of Pleo's operations; `path` comes without its query."""
    if (method, path) == ("POST", "/v3/export-job-events"):
        return "start" if _event(body) == "started" else "final_event"
    on_job = _JOB_PATH.fullmatch(path)
    if on_job is None:
        return _FIXED.get((method, path))
    if on_job[2] is None:
        return "read_job" if method == "GET" else None
    return _ON_ITEMS.get(method)


def _event(body: bytes) -> object:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value.get("event") if isinstance(value, dict) else None
