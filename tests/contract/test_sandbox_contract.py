"""The sandbox against the OpenAPI file: schemathesis sends what the file allows and what it forbids."""

import base64
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    positive_data_acceptance,
    response_schema_conformance,
)
from starlette.responses import JSONResponse
from starlette.routing import Route

from app.sandbox.http import create_app
from app.sandbox.scenarios import build_jobs, scenario_names
from app.sandbox.world import World

CONTRACT = Path(__file__).parents[2] / "resources" / "contract" / "pleo-export-v3.openapi.yaml"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
WORLD = World(build_jobs("everyday", NOON), now=lambda: NOON, strict=True)
CREDENTIAL = {"Authorization": "Basic " + base64.b64encode(b"contract:").decode()}

# The file lists only the refusals that belong to one operation; these can meet any of them that takes an id.
GENERAL_REFUSALS = ("400", "401", "403", "404")

# Rules that the file states in words, or not at all, so that schemathesis breaks them with data the schemas allow.
# A refusal of such data is right where, and only where, it names one of these.
RULES_IN_WORDS = re.compile(
    r"exclude each other"
    r"|is not a cursor of this list"
    r"|failed event"  # failureReason, failureReasonType: with it always, without it never
    r"|must hold at least one item"
)
REFUSALS_OF_STATE = {
    "EXPORT_JOB_ITEMS_UPDATE_LIMIT",
    "EXPORT_JOB_STATUS_UNPROCESSABLE",
    "INVALID_EXPORT_JOB_STATUS_CHANGE",
    "MISSING_CONTRA_ACCOUNTS",
}


async def show_contract(_request):
    """The file, with the general refusals written out."""
    document = yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))
    content = {"application/json;charset=UTF-8": {"schema": {"$ref": "#/components/schemas/ExceptionInfo"}}}
    for path in document["paths"].values():
        for operation in path.values():
            for status in GENERAL_REFUSALS:
                operation["responses"].setdefault(status, {"description": "a general refusal", "content": content})
    return JSONResponse(document)


application = create_app(WORLD)
# Beside Pleo's own paths rather than around them: a mount does not match a path that holds a line break.
application.router.routes.insert(0, Route("/contract.json", show_contract))
jobs_that_exist = {"dictionary": "jobs", "probability": 0.7}
config = SchemathesisConfig.from_dict(
    {
        "dictionaries": {"jobs": {"values": list(WORLD.jobs)}},
        "parameters": dict.fromkeys(("path.jobId", "query.job_id", "body.jobId"), jobs_that_exist),
    }
)
schema = schemathesis.openapi.from_asgi("/contract.json", application, config=config)


def is_refused_by_a_rule_in_words(response):
    if response.status_code not in (400, 413, 422):
        return False
    refusal = response.json()
    return refusal["type"] in REFUSALS_OF_STATE or RULES_IN_WORDS.search(refusal["message"]) is not None


@schema.parametrize()
@settings(max_examples=60, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_the_sandbox_keeps_the_contract(case):
    WORLD.load(build_jobs("everyday", NOON))
    response = case.call(headers=CREDENTIAL)
    # Any token is a good one here unless it says otherwise: the test below replaces ignored_auth, which invents some.
    excused = [ignored_auth]
    if is_refused_by_a_rule_in_words(response):
        excused.append(positive_data_acceptance)
    case.validate_response(response, excluded_checks=excused, headers=CREDENTIAL)


@pytest.mark.parametrize("credential", [None, "Bearer", "Basic !", "Digest abc", "Bearer wrong-token"])
@schema.parametrize()
@settings(max_examples=1, derandomize=True, deadline=None, database=None, phases=[Phase.generate])
def test_every_operation_refuses_a_bad_credential(case, credential):
    headers = {} if credential is None else {"Authorization": credential}
    response = case.call(headers=headers)
    assert (response.status_code, response.json()["type"]) == (401, "UNAUTHORIZED")


@pytest.mark.parametrize("scenario", [name for name in scenario_names() if name != "large"])
def test_every_scenario_is_told_in_the_words_of_the_contract(scenario):
    WORLD.load(build_jobs(scenario, NOON))
    told = [schema["/v3/export-jobs"]["GET"].Case()]
    for job_id in list(WORLD.jobs):
        path = {"jobId": job_id}
        told.append(schema["/v3/export-jobs/{jobId}"]["GET"].Case(path_parameters=path))
        told.append(schema["/v3/export-jobs/{jobId}/items"]["GET"].Case(path_parameters=path))
        told.append(schema["/v3/export-items"]["GET"].Case(query={"job_id": job_id}))
    for case in told:
        case.call_and_validate(headers=CREDENTIAL, checks=[response_schema_conformance, content_type_conformance])
