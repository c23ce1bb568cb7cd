"""Who is let in, and to what."""

import pytest


@pytest.mark.parametrize("authorization", [None, "", "Basic", "Basic ???", "Bearer", "Bearer ", "Token abc"])
def test_without_a_credential_nothing_is_answered(pleo_with, authorization):
    pleo = pleo_with("mixed")
    pleo.authorization = authorization
    status, body = pleo.call("list_jobs")
    assert (status, body["type"]) == (401, "UNAUTHORIZED")
    assert "WWW-Authenticate" in pleo.headers


@pytest.mark.parametrize("key", ["wrong", "wrong-key", "expired-1", "revoked"])
def test_a_key_that_says_so_is_refused(pleo_with, key):
    pleo = pleo_with("mixed", key=key)
    for place in ("list_jobs", "introspect"):
        assert pleo.call(place)[0] == 401
    pleo.authorization = f"Bearer {key}"
    assert pleo.call("list_jobs")[0] == 401


def test_the_password_of_a_key_is_empty(pleo_with, basic_credential):
    pleo = pleo_with("mixed")
    pleo.authorization = basic_credential("key", "secret")
    assert pleo.call("list_jobs")[0] == 401


def test_any_other_key_or_token_is_accepted(pleo_with):
    pleo = pleo_with("mixed")
    assert pleo.call("list_jobs")[0] == 200
    pleo.authorization = "Bearer some-token"
    assert pleo.call("list_jobs")[0] == 200


def test_a_readonly_key_reads_but_does_not_write(pleo_with):
    pleo = pleo_with("some failed", key="readonly-1")
    assert len(pleo.items()) == 27
    entry = pleo.entry_with("failed")
    for status, body in (
        pleo.send("completed_with_errors"),
        pleo.update({"accountingEntryId": entry, "status": "successful"}),
    ):
        assert (status, body["type"]) == (403, "FORBIDDEN")
    assert pleo.job()["status"] == "in_progress"


def test_a_noitems_key_sees_no_accounting_data(pleo_with):
    pleo = pleo_with("mixed", key="noitems")
    assert pleo.export_items()[0] == 403
    assert len(pleo.items()) == 42


def test_an_organisation_key_must_name_the_company(pleo_with):
    pleo = pleo_with("mixed", key="organisation-1")
    assert pleo.call("list_jobs")[0] == 400
    assert pleo.call("list_jobs", company_id=pleo.job()["companyId"])[0] == 200


def test_introspection_tells_method_scopes_and_owner(pleo_with):
    pleo = pleo_with("mixed")
    body = pleo.call("introspect")[1]
    assert body["authMethod"] == "API_KEY"
    assert body["scope"].split() == ["export-items:read", "export-jobs:read", "export-jobs:write"]
    assert body["subjectURN"] == f"urn:pleo:company:{pleo.job()['companyId']}"
    assert set(body) == {"authMethod", "clientId", "scope", "applicationName", "subjectURN"}


def test_a_key_that_sees_jobs_of_several_companies_speaks_for_their_organisation(pleo_with):
    assert pleo_with("everyday").call("introspect")[1]["subjectURN"].startswith("urn:pleo:organisation:")


def test_introspection_shows_a_token_an_organisation_and_a_missing_scope(pleo_with):
    pleo = pleo_with("mixed", key="organisation")
    assert pleo.call("introspect")[1]["subjectURN"].startswith("urn:pleo:organisation:")
    pleo.authorization = "Bearer readonly-token"
    body = pleo.call("introspect")[1]
    assert (body["authMethod"], "export-jobs:write" in body["scope"]) == ("OAUTH2", False)


def test_no_answer_and_no_record_repeats_the_credential(pleo_with):
    pleo = pleo_with("mixed", key="wrong-very-secret")
    answer = pleo.send("completed")
    assert "very-secret" not in f"{answer} {pleo.headers} {pleo.world.received()}"
