"""An answer counts only if it names what was asked for, however well formed it is."""

import asyncio
import json

import httpx
import pytest
from fakes.answers import export_item_json, item_json, job_json, page_json
from fakes.builders import COMPANY_ID, JOB_ID, entry_id
from fakes.channels import client_over

from app.errors import AnswerUnreadable
from app.models.vocabulary import CompanyId, JobId

OTHER = "00000000-0000-4000-8000-00000000beef"
ENTRY = entry_id(1)
BODY = json.dumps([{"accountingEntryId": ENTRY, "status": "successful"}])


def met(said, work, company=None):
    with pytest.raises(AnswerUnreadable, match="something else than what was asked for") as caught:
        asyncio.run(work(client_over([httpx.Response(200, json=said)], company=company)))
    return caught.value


def test_another_jobs_answer_is_no_answer():
    problem = met({"data": job_json(id=OTHER)}, lambda client: client.get_job(JOB_ID))
    assert OTHER in problem.details
    assert JOB_ID in problem.details


def test_a_job_of_another_company_is_no_answer_where_the_connection_is_of_one():
    met({"data": job_json(companyId=OTHER)}, lambda client: client.get_job(JOB_ID), CompanyId(COMPANY_ID))


def test_a_list_with_a_job_of_another_company_is_no_list():
    said = page_json(job_json(), job_json(id=OTHER, companyId=OTHER))
    met(said, lambda client: client.list_jobs(), CompanyId(COMPANY_ID))


def test_a_list_that_was_asked_for_one_company_holds_no_other():
    met(page_json(job_json(companyId=OTHER)), lambda client: client.list_jobs((), CompanyId(COMPANY_ID)))


def test_items_of_another_job_are_no_items_of_this_one():
    met(page_json(item_json(exportJobId=OTHER)), lambda client: client.list_items(JOB_ID))


def test_a_count_of_another_jobs_items_is_no_count():
    met(page_json(item_json(exportJobId=OTHER)), lambda client: client.count_items(JOB_ID, "failed"))


def test_accounting_data_of_another_company_is_none():
    said = page_json(export_item_json(companyId=OTHER))
    met(said, lambda client: client.list_export_items(JOB_ID), CompanyId(COMPANY_ID))
    met(said, lambda client: client.find_export_item(JOB_ID, ENTRY), CompanyId(COMPANY_ID))


@pytest.mark.parametrize(
    "said",
    [
        {"data": [{"accountingEntryId": ENTRY, "exportJobId": OTHER}], "errors": []},
        {"data": [{"accountingEntryId": OTHER, "exportJobId": JOB_ID}], "errors": []},
        {"data": [], "errors": [{"accountingEntryId": OTHER, "message": "No", "type": "X"}]},
    ],
    ids=["another job", "another item", "an error of another item"],
)
def test_an_item_update_is_answered_by_what_was_sent(said):
    met(said, lambda client: client.put_items(JOB_ID, BODY))


@pytest.mark.parametrize(
    "said",
    [
        {"data": [{"accountingEntryId": ENTRY.upper(), "exportJobId": JOB_ID.upper()}], "errors": []},
        {"data": [], "errors": []},
        {"data": [{}], "errors": [{"accountingEntryId": ENTRY, "message": "No", "type": "X"}]},
    ],
    ids=["in capitals", "nothing", "an error"],
)
async def test_what_an_answer_writes_otherwise_or_leaves_out_is_no_contradiction(said):
    await client_over([httpx.Response(200, json=said)]).put_items(JobId(JOB_ID), BODY)


async def test_ids_are_compared_without_case():
    said = httpx.Response(200, json={"data": job_json(id=JOB_ID.upper(), companyId=COMPANY_ID.upper())})
    job = await client_over([said], company=CompanyId(COMPANY_ID)).get_job(JOB_ID)
    assert job.id == JOB_ID.upper()
