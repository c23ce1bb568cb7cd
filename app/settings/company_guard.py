"""Whether a credential speaks for the company that its connection was made for."""

from collections.abc import Sequence
from dataclasses import replace

from app.errors import WrongCompany, naming_menus
from app.messages import joined, said
from app.models.address import server_of
from app.models.page import Introspection
from app.models.vocabulary import CompanyId
from app.settings.connections import Connection

_URN = "urn:pleo:"
_COMPANY = f"{_URN}company:"


def remembering(connection: Connection, found: Introspection) -> Connection:
    """The connection with whom its credential spoke for, which holds from now on."""
    return replace(connection, subject=found.subject_urn or connection.subject)


def company_of(connection: Connection) -> CompanyId | None:
    """The one company that the connection is of: as it was entered, or as its credential said; None for an
    organisation's without one, and where nobody has said it yet."""
    if connection.company_id:
        return connection.company_id
    subject = connection.subject or ""
    return CompanyId(subject[len(_COMPANY) :]) if subject.casefold().startswith(_COMPANY) else None


def guard(connection: Connection, found: Introspection, others: Sequence[Connection] = ()) -> None:
    """Raises WrongCompany for a credential that names somebody else. `others` are connections it may be of instead.

    A credential that names nobody cannot be judged and passes.
    """
    if _is_same(connection, found.subject_urn):
        return
    owner = next((each for each in others if each.id != connection.id and each.subject == found.subject_urn), None)
    if owner:
        theirs: str = joined("", (owner.name, " (", subject_words(found.subject_urn), ")"))
        way_out = said("For {name} there is a connection of that name already.", name=owner.name)
    else:
        theirs = subject_words(found.subject_urn)
        way_out = naming_menus(said("For the other company, add a connection of its own under Tools, Connections."))
    stays = said(
        "{name} was connected as {whom}. Nothing was opened and nothing was saved. Enter a key of {name}.",
        name=connection.name,
        whom=_made_for(connection),
    )
    raise WrongCompany(
        said("The key is not {name}'s: it speaks for {whom}", name=connection.name, whom=theirs),
        advice=joined(" ", (stays, way_out)),
    )


def _is_same(connection: Connection, subject: str | None) -> bool:
    if not subject:
        return True
    if connection.subject:
        return subject.casefold() == connection.subject.casefold()
    # An organisation's credential names the organisation, whichever company is asked for.
    speaks_for_a_company = connection.company_id and subject.startswith(_COMPANY)
    return not speaks_for_a_company or subject.casefold() == f"{_COMPANY}{connection.company_id}".casefold()


def may_be_one_company(one: Connection, other: Connection) -> bool:
    """Whether the credentials of both may be good for the same company: one need not say whom it speaks for, and an
    organisation's is good for each of its companies, whichever the connection lists."""
    if server_of(one.base_url) != server_of(other.base_url):
        return False
    mine, theirs = ((each.subject or "").casefold() for each in (one, other))
    if not mine or not theirs or mine.startswith(_COMPANY) != theirs.startswith(_COMPANY):
        return True
    return mine == theirs


def _made_for(connection: Connection) -> str:
    return subject_words(connection.subject or f"{_COMPANY}{connection.company_id}")


def subject_words(subject: str | None) -> str:
    """`urn:pleo:company:9b1f` as people say it: company 9b1f."""
    if not subject:
        return said("nobody by name")
    if not subject.startswith(_URN):
        return subject
    kind, _, name = subject.removeprefix(_URN).partition(":")
    match kind:
        case "company":
            return said("company {id}", id=name)
        case "organisation":
            return said("organisation {id}", id=name)
        case _:
            return f"{kind} {name}".strip()
