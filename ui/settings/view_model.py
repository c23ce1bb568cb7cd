"""What is said about connections: where they lead, with what they sign in, and how they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from app.errors import SignoffError
from app.models.address import host_shown
from app.models.page import Introspection
from app.platform.logs import redaction
from app.settings.company_guard import subject_words
from app.settings.connections import BASE_URLS, ColourMark, Connection, Environment, SignInKind, environment_of

NEEDED_SCOPES = ("export-jobs:read", "export-jobs:write", "export-items:read")

ENVIRONMENTS: Mapping[Environment, str] = {
    Environment.PRODUCTION: "Pleo",
    Environment.STAGING: "Pleo staging",
    Environment.OTHER: "Another address",
    Environment.SANDBOX: "A sandbox that is running",
}
SIGN_INS: Mapping[SignInKind, str] = {
    SignInKind.API_KEY: "API key",
    SignInKind.ACCESS_TOKEN: "Access token",
    SignInKind.OAUTH: "Sign-in at Pleo",
}
COLOURS: Mapping[ColourMark, str] = {mark: mark.value.capitalize() for mark in ColourMark}


class SignInState(Enum):
    """How a connection stands; the value names its icon."""

    NOT_ASKED = ""
    ASKING = "refresh"
    GOOD = "success"
    LACKING = "warning"
    TROUBLE = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found when Pleo was asked. `words` is one line, `advice` what to do, `details` what support asks for."""

    state: SignInState = SignInState.NOT_ASKED
    words: str = "Not asked yet"
    advice: str = ""
    details: str = ""
    company: str = ""
    access: str = ""


ASKING = Finding(SignInState.ASKING, "Asking Pleo …")


def finding_of(found: Introspection) -> Finding:
    """A credential that names no scopes is taken at its word: what it may not do is said when it is tried."""
    company = subject_words(found.subject_urn)
    missing = [scope for scope in NEEDED_SCOPES if found.scopes and scope not in found.scopes]
    access = ", ".join(found.scopes) or "not named by Pleo"
    if missing:
        named = ", ".join(missing)
        advice = f"Missing: {named}. Make a key with these scopes in Pleo and enter it here."
        return Finding(SignInState.LACKING, "Connected, but some access is missing", advice, "", company, access)
    return Finding(SignInState.GOOD, "Connected", "", "", company, access)


def trouble_of(problem: SignoffError) -> Finding:
    return Finding(SignInState.TROUBLE, problem.title, problem.advice, redaction.masked(problem.details))


@dataclass(frozen=True, slots=True)
class ConnectionRow:
    connection: Connection
    finding: Finding

    @property
    def place(self) -> str:
        return place_of(self.connection.base_url)

    @property
    def remedy(self) -> str:
        """What gives it another credential."""
        return "Sign in again…" if self.connection.sign_in is SignInKind.OAUTH else "Replace the key…"

    @property
    def sentence(self) -> str:
        """The row as it is read out."""
        return f"{self.connection.name}, {self.place}: {self.finding.words}"

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Labels with their values, for the details; what is empty is left out."""
        shown, finding = self.connection, self.finding
        company = finding.company or (subject_words(shown.subject) if shown.subject else "")
        pairs = (
            ("Where", self.place),
            ("Address", shown.base_url),
            ("Sign in with", SIGN_INS[shown.sign_in]),
            ("Company", company),
            ("Company id", shown.company_id or ""),
            ("Access", finding.access),
            ("Specification", shown.specification_file or ""),
            ("Colour", COLOURS[shown.colour] if shown.colour is not ColourMark.NONE else ""),
        )
        return tuple((label, value) for label, value in pairs if value)


def place_of(address: str) -> str:
    """Where an address leads: Pleo's own by name, any other by its host."""
    environment = environment_of(address)
    return ENVIRONMENTS[environment] if environment in BASE_URLS else host_shown(address)


def mark_tone(colour: ColourMark) -> str | None:
    """The colour of the icon `mark` among the tokens; None for a connection without one."""
    return None if colour is ColourMark.NONE else f"mark_{colour.value}"


def where_kept(*, keeps_secrets: bool, what: str = "key") -> str:
    if keeps_secrets:
        return f"The {what} is kept in the keyring of the operating system, never in a file."
    again = "entered" if what == "key" else "made"
    return (
        f"This machine has no keyring that Signoff can use. The {what} is kept until Signoff is closed, and has to be "
        f"{again} again next time. It is never written to a file."
    )
