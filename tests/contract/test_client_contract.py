"""Every request that the client makes, held against the OpenAPI file."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from fakes.answers import export_item_json, item_json, job_json, page_json
from fakes.builders import COMPANY_ID, JOB_ID, NINE, a_failed_item, a_snapshot, entry_id, snapshot_of
from fakes.channels import client_over
from openapi_schema_validator import OAS30Validator, oas30_format_checker
from openapi_spec_validator import validate as validate_specification

from app.completion.derive import derive
from app.completion.failure import IntegrationSpecification
from app.completion.preview import start_preview
from app.models.export_job_event import ExportJobEvent
from app.models.item_outcome import ItemOutcome
from app.models.vocabulary import DEFAULT_JOB_FAILURE, FALLBACK_JOB_FAILURE, JOB_FAILURES
from app.outcomes.batches import BATCH_LIMIT, batches, body_of
from app.pleo.connection import Credential

CONTRACT = Path(__file__).parents[2] / "resources" / "contract" / "pleo-export-v3.openapi.yaml"
DOCUMENT = yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))
SCHEMAS = DOCUMENT["components"]["schemas"]
# The file describes the export API only; Pleo's page on credentials names this one.
OUTSIDE_THE_FILE = {("GET", "/v1/introspect")}


def faults_of(value: Any, schema: dict[str, Any]) -> list[str]:
    whole = schema | {"components": DOCUMENT["components"]}
    validator = OAS30Validator(whole, format_checker=oas30_format_checker)
    return [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(value)]


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    place = DOCUMENT
    if "$ref" not in node:
        return node
    for step in node["$ref"].removeprefix("#/").split("/"):
        place = place[step]
    return place


def operation_of(request: httpx.Request) -> tuple[dict[str, Any], dict[str, str]]:
    """The operation, and the values of its path parameters."""
    path = request.url.raw_path.decode().partition("?")[0]
    for template, operations in DOCUMENT["paths"].items():
        found = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template), path)
        if found and request.method.lower() in operations:
            return operations[request.method.lower()], found.groupdict()
    raise AssertionError(f"the file has no {request.method} {path}")


def as_typed(text: str, schema: dict[str, Any]) -> Any:
    return int(text) if schema["type"] == "integer" else text


def parameter_faults(request: httpx.Request, operation: dict[str, Any], path_values: dict[str, str]) -> list[str]:
    known = {one["name"]: one for one in map(resolved, operation.get("parameters", []))}
    query = request.url.params
    faults = [f"unknown parameter {name}" for name in query if name not in known]
    for name, parameter in known.items():
        schema = resolved(parameter["schema"])
        if parameter["in"] == "path":
            faults += faults_of(path_values[name], schema)
        elif name in query and schema["type"] == "array":
            faults += faults_of(query.get_list(name), parameter["schema"])
        elif name in query:
            assert len(query.get_list(name)) == 1, f"{name} is sent more than once"
            faults += faults_of(as_typed(query[name], schema), parameter["schema"])
    if len({"after", "before", "offset"} & set(query)) > 1:
        faults.append("after, before and offset exclude each other")
    return faults


def body_faults(request: httpx.Request, operation: dict[str, Any]) -> list[str]:
    if "requestBody" not in operation:
        return ["a body where none belongs"] if request.content else []
    content = operation["requestBody"]["content"]
    kind = request.headers["Content-Type"]
    if kind not in content:
        return [f"the content type {kind}"]
    body = json.loads(request.content)
    schema = content[kind]["schema"]
    rows = [(body, schema)] if isinstance(body, dict) else [(row, schema["items"]) for row in body]
    unknown = {name for row, kind in rows for name in set(row) - set(resolved(kind)["properties"])}
    return faults_of(body, schema) + [f"unknown field {name}" for name in unknown]


def faults_of_request(request: httpx.Request) -> list[str]:
    operation, path_values = operation_of(request)
    return parameter_faults(request, operation, path_values) + body_faults(request, operation)


def answer_to(request: httpx.Request) -> httpx.Response:
    path = request.url.path
    if request.method == "POST":
        return httpx.Response(202)
    if request.method == "PUT":
        return httpx.Response(200, json={"data": [item_json()], "errors": []})
    if path == "/v1/introspect":
        return httpx.Response(200, json={"scope": "export-jobs:read"})
    if path == f"/v3/export-jobs/{JOB_ID}":
        return httpx.Response(200, json={"data": job_json()})
    row = {"/v3/export-jobs": job_json(), "/v3/export-items": export_item_json()}.get(path, item_json())
    after = None if "after" in request.url.params else "A2B3=~"
    return httpx.Response(200, json=page_json(row, after=after, total=1))


def requests_of(work, credential: Credential | None = None) -> list[httpx.Request]:
    made: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        made.append(request)
        return answer_to(request)

    asyncio.run(work(client_over(respond, credential)))
    return made


def event_of(*statuses: str) -> ExportJobEvent:
    return derive(a_snapshot(*statuses), IntegrationSpecification(FALLBACK_JOB_FAILURE)).event


READS = {
    "every job": lambda client: client.list_jobs(),
    "jobs that need attention": lambda client: client.list_jobs(("in_progress", "pending")),
    "finished jobs": lambda client: client.list_jobs(("completed", "completed_with_errors", "failed")),
    "jobs of a company": lambda client: client.list_jobs(("pending",), COMPANY_ID),
    "a job": lambda client: client.get_job(JOB_ID),
    "items": lambda client: client.list_items(JOB_ID),
    "export items": lambda client: client.list_export_items(JOB_ID),
    **{
        f"count of {status}": lambda client, status=status: client.count_items(JOB_ID, status)
        for status in SCHEMAS["ExportJobItemStatus"]["enum"]
    },
}
EVENTS = {
    "started": start_preview(a_snapshot("pending", job_status="pending")).event,
    "completed": event_of("successful"),
    "completed_with_errors": event_of("successful", "failed", "abandoned"),
    "failed": event_of("failed", "abandoned"),
}


def test_the_file_is_an_openapi_document():
    validate_specification(DOCUMENT)


@pytest.mark.parametrize("work", READS.values(), ids=READS)
def test_every_read_is_a_request_that_the_file_describes(work):
    made = requests_of(work)
    assert made
    assert {request.method for request in made} == {"GET"}
    assert [fault for request in made for fault in faults_of_request(request)] == []


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
def test_every_event_is_a_request_that_the_file_describes(event):
    (made,) = requests_of(lambda client: client.post_event(event))
    assert faults_of_request(made) == []
    assert json.loads(made.content) == event.as_dict()


def test_there_is_an_event_for_each_that_the_file_knows():
    assert set(EVENTS) == set(SCHEMAS["ExportJobEventType"]["enum"])
    assert [event.event for event in EVENTS.values()] == list(EVENTS)


def test_the_guides_default_type_is_the_only_word_that_is_sent_beside_the_files_list():
    listed = SCHEMAS["ExportJobFailureReasonType"]["enum"]
    assert set(JOB_FAILURES) - set(listed) == {DEFAULT_JOB_FAILURE}
    assert set(listed) <= set(JOB_FAILURES)
    assert FALLBACK_JOB_FAILURE in listed


@pytest.mark.parametrize("kind", SCHEMAS["ExportJobFailureReasonType"]["enum"])
def test_a_failed_event_with_any_listed_type_is_what_the_file_describes(kind):
    snapshot = snapshot_of([a_failed_item(1, "Bokföringsår låst", "account_unknown")])
    event = derive(snapshot, IntegrationSpecification(job_types={"account_unknown": kind})).event
    (made,) = requests_of(lambda client: client.post_event(event))
    assert faults_of_request(made) == []


OUTCOMES = [
    ItemOutcome(entry_id(1), "successful", "A-1001", "https://books.example/A-1001", NINE),
    ItemOutcome(entry_id(2), "successful"),
    *(
        ItemOutcome(entry_id(number), "failed", failure_reason="Bokföringsår låst", failure_reason_type=kind)
        for number, kind in enumerate(SCHEMAS["ExportJobItemFailureReasonType"]["enum"], start=3)
    ),
]


def test_item_outcomes_of_every_kind_are_what_the_file_describes():
    (made,) = requests_of(lambda client: client.put_items(JOB_ID, body_of(OUTCOMES)))
    assert made.method == "PUT"
    assert faults_of_request(made) == []
    assert json.loads(made.content) == [outcome.as_dict() for outcome in OUTCOMES]


@pytest.mark.parametrize("rows", [1, 99, 100, 101, 250])
def test_no_item_update_holds_more_rows_than_pleo_takes_and_none_is_left_out(rows):
    outcomes = [ItemOutcome(entry_id(number), "successful") for number in range(rows)]
    cut = list(batches(outcomes))
    assert BATCH_LIMIT == 100
    assert all(1 <= len(batch) <= 100 for batch in cut)
    assert [outcome for batch in cut for outcome in batch] == outcomes


def test_an_introspection_is_the_one_request_outside_the_file():
    (made,) = requests_of(lambda client: client.introspect())
    assert (made.method, made.url.path) in OUTSIDE_THE_FILE


@pytest.mark.parametrize(("is_token", "scheme"), [(False, "basicAuth"), (True, "bearerAuth")])
@pytest.mark.parametrize("work", [*READS.values(), lambda client: client.post_event(EVENTS["completed"])])
def test_every_request_carries_a_credential_as_the_file_wants_it(work, is_token, scheme):
    declared = DOCUMENT["components"]["securitySchemes"][scheme]["scheme"]
    for request in requests_of(work, Credential("a-key", is_token)):
        assert request.headers["Authorization"].split(" ")[0].casefold() == declared


def test_the_check_sees_a_request_that_the_file_does_not_describe():
    wrong = [
        httpx.Request("GET", "https://pleo.example/v3/export-jobs?companyId=1"),
        httpx.Request("GET", "https://pleo.example/v3/export-jobs?statuses=parked"),
        httpx.Request("GET", "https://pleo.example/v3/export-jobs/no-uuid"),
        httpx.Request("GET", "https://pleo.example/v3/export-jobs?after=a%20b"),
        httpx.Request("GET", "https://pleo.example/v3/export-jobs?after=A&offset=3"),
        httpx.Request("POST", "https://pleo.example/v3/export-job-events", json={"event": "completed"}),
        httpx.Request(
            "POST",
            "https://pleo.example/v3/export-job-events",
            content=json.dumps({"event": "completed", "exportJobId": JOB_ID, "jobId": JOB_ID}),
            headers={"Content-Type": "application/json;charset=UTF-8"},
        ),
    ]
    assert all(faults_of_request(request) for request in wrong)


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ("ExportJob", job_json()),
        ("ExportJobItem", item_json()),
        ("ExportItem", export_item_json()),
        ("ExportJobItemPage", page_json(item_json(), after="A2", total=4)),
    ],
)
def test_the_answers_that_tests_are_given_are_what_the_file_describes(schema, value):
    assert faults_of(value, SCHEMAS[schema]) == []
