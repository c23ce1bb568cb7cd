"""The credential has to speak for the company that the connection was made for."""

from dataclasses import replace

import pytest
from fakes.builders import COMPANY_ID

from app.errors import WrongCompany
from app.models.page import Introspection
from app.settings.company_guard import guard, may_be_one_company, remembering, subject_words
from app.settings.connections import Connection

ACME, BETA, ORGANISATION = "urn:pleo:company:aaaa", "urn:pleo:company:bbbb", "urn:pleo:organisation:oooo"
NEW = Connection(name="Acme", base_url="https://external.pleo.io")
KNOWN = replace(NEW, subject=ACME)
OF_A_COMPANY = replace(NEW, company_id=COMPANY_ID)


def found(subject: str | None) -> Introspection:
    return Introspection(subject_urn=subject)


def test_whom_the_first_good_credential_speaks_for_is_remembered_and_stays():
    assert remembering(NEW, found(ACME)).subject == ACME
    assert remembering(KNOWN, found(None)).subject == ACME


@pytest.mark.parametrize(
    ("connection", "subject"),
    [
        (NEW, BETA),
        (KNOWN, ACME),
        (KNOWN, ACME.upper()),
        (KNOWN, None),
        (KNOWN, ""),
        (OF_A_COMPANY, f"urn:pleo:company:{COMPANY_ID}"),
        (OF_A_COMPANY, ORGANISATION),
        (replace(OF_A_COMPANY, subject=ORGANISATION), ORGANISATION),
    ],
)
def test_the_same_company_passes_and_so_does_what_cannot_be_judged(connection, subject):
    guard(connection, found(subject))


@pytest.mark.parametrize(
    ("connection", "subject"),
    [
        (KNOWN, BETA),
        (KNOWN, ORGANISATION),
        (OF_A_COMPANY, BETA),
        (replace(OF_A_COMPANY, subject=ORGANISATION), BETA),
    ],
)
def test_another_company_is_refused(connection, subject):
    with pytest.raises(WrongCompany):
        guard(connection, found(subject))


def test_both_companies_and_the_way_out_are_said():
    with pytest.raises(WrongCompany) as met:
        guard(KNOWN, found(BETA))
    assert met.value.title == "The key is not Acme's: it speaks for company bbbb"
    assert met.value.advice == (
        "Acme was connected as company aaaa. Nothing was opened and nothing was saved. Enter a key of Acme. "
        "For the other company, add a connection of its own under Tools, Connections."
    )


def test_a_company_that_has_a_connection_is_called_by_its_name():
    beta = Connection(name="Beta", base_url=NEW.base_url, subject=BETA)
    with pytest.raises(WrongCompany) as met:
        guard(KNOWN, found(BETA), (KNOWN, beta))
    assert "speaks for Beta (company bbbb)" in met.value.title
    assert "For Beta there is a connection of that name already." in met.value.advice


@pytest.mark.parametrize(
    ("subject", "words"),
    [(ACME, "company aaaa"), (ORGANISATION, "organisation oooo"), ("else", "else"), (None, "nobody by name")],
)
def test_a_subject_is_said_in_words(subject, words):
    assert subject_words(subject) == words


@pytest.mark.parametrize(
    ("one", "other", "is_possible"),
    [
        (NEW, NEW, True),
        (KNOWN, NEW, True),
        (KNOWN, replace(KNOWN, subject=ACME.upper()), True),
        (KNOWN, replace(KNOWN, subject=BETA), False),
        (KNOWN, replace(KNOWN, subject=ORGANISATION), True),
        (KNOWN, replace(KNOWN, subject=ORGANISATION, company_id="bbbb"), True),
        (replace(OF_A_COMPANY, subject=ORGANISATION), replace(NEW, subject=ORGANISATION, company_id="bbbb"), True),
        (replace(NEW, subject=ORGANISATION), replace(NEW, subject="urn:pleo:organisation:pppp"), False),
        (KNOWN, OF_A_COMPANY, True),
        (KNOWN, replace(KNOWN, base_url="https://External.pleo.io:443"), True),
        (KNOWN, replace(KNOWN, base_url="https://external.staging.pleo.io"), False),
    ],
)
def test_two_connections_may_be_for_one_company_unless_it_is_known_that_they_are_not(one, other, is_possible):
    assert may_be_one_company(one, other) is is_possible
    assert may_be_one_company(other, one) is is_possible
