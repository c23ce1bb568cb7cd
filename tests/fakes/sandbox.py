"""What tests ask of a running sandbox beside its own surface."""

from typing import Any

from fakes.running_sandbox import RunningSandbox


def final_events(sandbox: RunningSandbox) -> list[Any]:
    """The bodies of the final events that changed a job, in order."""
    events: Any = sandbox.received()["events"]
    return [event["body"] for event in events if event["applied"] and event["body"]["event"] != "started"]


def sent_events(sandbox: RunningSandbox) -> list[Any]:
    """The bodies of every event that the program sent, taken or not."""
    events: Any = sandbox.received()["events"]
    return [event["body"] for event in events if event["actor"] == "api"]
