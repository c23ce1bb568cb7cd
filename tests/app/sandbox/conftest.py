"""The simulated Pleo without HTTP: calls go straight to the rules, and time stands until a test moves it."""

import base64
import json
from datetime import UTC, datetime

import pytest

from app.sandbox.acts import perform
from app.sandbox.attend import attend
from app.sandbox.operations import Call
from app.sandbox.scenarios import build_jobs
from app.sandbox.world import World

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Pleo:
    """One scenario, asked as a client asks; the answer is (status, body)."""

    def __init__(self, scenario, *, strict=False, key="any-key", **options):
        self.world = World(build_jobs(scenario, NOON, **options), now=lambda: NOON, strict=strict)
        self.authorization = basic(key)
        self.headers = {}
        self.held_back_seconds = 0.0

    @property
    def job_id(self):
        return self.world.job_id

    def call(self, place, *, body=None, path_job_id=None, **query):
        lists = {name: value if isinstance(value, list) else [str(value)] for name, value in query.items()}
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        call = Call(place, self.authorization, lists, path_job_id, raw)
        answer, self.held_back_seconds = attend(self.world, call)
        self.headers = answer.headers
        return answer.status, answer.body

    def job(self):
        return self.call("read_job", path_job_id=self.job_id)[1]["data"]

    def items(self, **query):
        return self.call("read_items", path_job_id=self.job_id, **query)[1]["data"]

    def export_items(self, **query):
        return self.call("read_export_items", job_id=self.job_id, **query)

    def statuses(self):
        return [item["status"] for item in self.world.item_bodies(self.job_id)]

    def send(self, event, **fields):
        place = "start" if event == "started" else "final_event"
        return self.call(place, body={"event": event, "jobId": self.job_id, **fields})

    def update(self, *rows):
        return self.call("item_update", body=list(rows), path_job_id=self.job_id)

    def act(self, name, **fields):
        return perform(self.world, {"act": name, **fields})

    def entry_with(self, status):
        return next(i["accountingEntryId"] for i in self.world.item_bodies(self.job_id) if i["status"] == status)


def basic(key, password=""):
    return "Basic " + base64.b64encode(f"{key}:{password}".encode()).decode()


@pytest.fixture
def pleo_with():
    """Makes a simulated Pleo: pleo_with("mixed", strict=True)."""
    return Pleo


@pytest.fixture
def basic_credential():
    return basic
