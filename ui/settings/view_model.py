"""What is said about connections: where they lead, with what they sign in, and how they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from app.errors import SignoffError
from app.messages import joined, said, said_as
from app.models.address import host_shown
from app.models.page import Introspection
from app.platform.logs import redaction
from app.settings.company_guard import subject_words
from app.settings.connections import BASE_URLS, ColourMark, Connection, Environment, SignInKind, environment_of

NEEDED_SCOPES = ("export-jobs:read", "export-jobs:write", "export-items:read")

ENVIRONMENTS: Mapping[Environment, str] = {
    Environment.PRODUCTION: "Pleo",
    Environment.STAGING: said("Pleo staging"),
    Environment.OTHER: said("Another address"),
    Environment.SANDBOX: said("A sandbox that is running"),
}
SIGN_INS: Mapping[SignInKind, str] = {
    SignInKind.API_KEY: said("API key"),
    SignInKind.ACCESS_TOKEN: said("Access token"),
    SignInKind.OAUTH: said("Sign-in at Pleo"),
}
COLOURS: Mapping[ColourMark, str] = {
    ColourMark.NONE: said_as("colour mark", "None"),
    ColourMark.BLUE: said_as("colour mark", "Blue"),
    ColourMark.TEAL: said_as("colour mark", "Teal"),
    ColourMark.GREEN: said_as("colour mark", "Green"),
    ColourMark.AMBER: said_as("colour mark", "Amber"),
    ColourMark.RED: said_as("colour mark", "Red"),
    ColourMark.VIOLET: said_as("colour mark", "Violet"),
}


class SignInState(Enum):
    """How a connection stands; the value names its icon."""

    NOT_ASKED = ""
    ASKING = "refresh"
    GOOD = "success"
    LACKING = "warning"
    TROUBLE = "error"


@dataclass(frozen=True, slots=True)
class SignInFinding:
    """What was found when Pleo was asked. `words` is one line, `advice` what to do, `details` what support asks for."""

    state: SignInState = SignInState.NOT_ASKED
    words: str = said("Not asked yet")
    advice: str = ""
    details: str = ""
    company: str = ""
    access: str = ""


ASKING = SignInFinding(SignInState.ASKING, said("Asking Pleo …"))


def finding_of(found: Introspection) -> SignInFinding:
    """A credential that names no scopes is taken at its word: what it may not do is said when it is tried."""
    company = subject_words(found.subject_urn)
    missing = [scope for scope in NEEDED_SCOPES if found.scopes and scope not in found.scopes]
    access = ", ".join(found.scopes) or said("not named by Pleo")
    if missing:
        advice = said(
            "Missing: {scopes}. Make a key with these scopes in Pleo and enter it here.", scopes=", ".join(missing)
        )
        return SignInFinding(
            SignInState.LACKING, said("Connected, but some access is missing"), advice, "", company, access
        )
    return SignInFinding(SignInState.GOOD, said("Connected"), "", "", company, access)


def trouble_of(problem: SignoffError) -> SignInFinding:
    return SignInFinding(SignInState.TROUBLE, problem.title, problem.advice, redaction.masked(problem.details))


@dataclass(frozen=True, slots=True)
class ConnectionRow:
    connection: Connection
    finding: SignInFinding

    @property
    def place(self) -> str:
        return place_of(self.connection.base_url)

    @property
    def remedy(self) -> str:
        """What gives it another credential."""
        return said("Sign in again…") if self.connection.sign_in is SignInKind.OAUTH else said("Replace the key…")

    @property
    def sentence(self) -> str:
        """The row as it is read out."""
        return joined("", (self.connection.name, ", ", self.place, ": ", self.finding.words))

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Labels with their values, for the details; what is empty is left out."""
        connection, finding = self.connection, self.finding
        company = finding.company or (subject_words(connection.subject) if connection.subject else "")
        pairs = (
            (said("Where"), self.place),
            (said("Address"), connection.base_url),
            (said("Sign in with"), SIGN_INS[connection.sign_in]),
            (said("Company"), company),
            (said("Company id"), connection.company_id or ""),
            (said("Access"), finding.access),
            (said("Specification"), connection.specification_file or ""),
            (said("Colour"), COLOURS[connection.colour] if connection.colour is not ColourMark.NONE else ""),
        )
        return tuple((label, value) for label, value in pairs if value)


def place_of(address: str) -> str:
    """Where an address leads: Pleo's own by name, any other by its host."""
    environment = environment_of(address)
    return ENVIRONMENTS[environment] if environment in BASE_URLS else host_shown(address)


def mark_tone(colour: ColourMark) -> str | None:
    """The colour of the icon `mark` among the tokens; None for a connection without one."""
    return None if colour is ColourMark.NONE else f"mark_{colour.value}"


def where_kept(*, keeps_secrets: bool, is_sign_in: bool = False) -> str:
    """Of the key, or of a sign-in at Pleo."""
    if keeps_secrets:
        return (
            said("The sign-in is kept in the keyring of the operating system, never in a file.")
            if is_sign_in
            else said("The key is kept in the keyring of the operating system, never in a file.")
        )
    if is_sign_in:
        return said(
            "This machine has no keyring that Signoff can use. The sign-in is kept until Signoff is closed, and has to "
            "be made again next time. It is never written to a file."
        )
    return said(
        "This machine has no keyring that Signoff can use. The key is kept until Signoff is closed, and has to be "
        "entered again next time. It is never written to a file."
    )
