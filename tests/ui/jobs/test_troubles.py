import pytest
from fakes.pleo import declined, unreachable

from app.errors import (
    CredentialMissing,
    NotAllowed,
    NotReachable,
    NotSignedIn,
    ServerWords,
    SettingsProblem,
    SignoffError,
    WrongCompany,
)
from app.settings.connections import ConnectionId
from ui.jobs.troubles import CompanyTrouble, Remedy, trouble_views


def trouble(company: str, problem: SignoffError, *, signs_in: bool = False) -> CompanyTrouble:
    return CompanyTrouble(ConnectionId(company.casefold()), company, problem, signs_in)


def refused_key() -> NotSignedIn:
    return NotSignedIn("Pleo does not accept the credential", ServerWords(401))


@pytest.mark.parametrize(
    ("problem", "remedy", "button"),
    [
        (refused_key(), Remedy.REPLACE_KEY, "Replace key…"),
        (CredentialMissing("There is no key for Acme"), Remedy.REPLACE_KEY, "Replace key…"),
        (NotAllowed("Not allowed", ServerWords(403)), Remedy.OPEN_CONNECTION, "Open connection…"),
        (WrongCompany("The key speaks for another company"), Remedy.OPEN_CONNECTION, "Open connection…"),
        (SettingsProblem("The certificate is damaged"), Remedy.OPEN_CONNECTION, "Open connection…"),
        (unreachable(), Remedy.READ_AGAIN, "Read again"),
        (declined(500), Remedy.READ_AGAIN, "Read again"),
    ],
)
def test_each_trouble_names_its_company_and_its_own_way_out(problem: SignoffError, remedy: Remedy, button: str) -> None:
    (view,) = trouble_views([trouble("Acme", problem)])
    assert (view.remedy, view.button) == (remedy, button)
    assert view.title == f"Acme: {problem.title}."


def test_a_sign_in_that_has_ended_is_renewed_at_pleo() -> None:
    (view,) = trouble_views([trouble("Acme", refused_key(), signs_in=True)])
    assert (view.remedy, view.button) == (Remedy.SIGN_IN, "Sign in again…")


def test_what_keeps_several_companies_away_is_said_once_for_all() -> None:
    companies = [trouble(name, unreachable()) for name in ("Acme", "Beta", "Fjäll", "Nord")]
    assert [view.title for view in trouble_views(companies[:2])] == ["Acme and Beta: Pleo cannot be reached."]
    (view,) = trouble_views(companies)
    assert view.title == "Acme, Beta and 2 more: Pleo cannot be reached."
    assert view.connection_ids == ("acme", "beta", "fjäll", "nord")


def test_keys_are_refused_and_replaced_one_by_one() -> None:
    views = trouble_views([trouble("Acme", refused_key()), trouble("Beta", refused_key())])
    assert [view.connection_ids for view in views] == [("acme",), ("beta",)]
    assert len({view.key for view in views}) == 2


def test_details_are_told_once() -> None:
    def problem() -> NotReachable:
        return NotReachable("Pleo cannot be reached", details="GET /v3/export-jobs")

    (view,) = trouble_views([trouble("Acme", problem()), trouble("Beta", problem())])
    assert view.details == "GET /v3/export-jobs"
