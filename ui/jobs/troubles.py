"""What stands between the list and a company's jobs, each with its own way out. Knows no widget."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.errors import CredentialMissing, NotAllowed, NotSignedIn, SettingsProblem, SignoffError, WrongCompany
from app.messages import ntr, said, shown, tr
from app.platform.logs import redaction
from app.settings.connections import ConnectionId

_NAMED_AT_MOST = 3


class Remedy(StrEnum):
    READ_AGAIN = "read-again"
    REPLACE_KEY = "replace-key"
    SIGN_IN = "sign-in"
    OPEN_CONNECTION = "open-connection"


_BUTTONS = {
    Remedy.READ_AGAIN: said("Read again"),
    Remedy.REPLACE_KEY: said("Replace key…"),
    Remedy.SIGN_IN: said("Sign in again…"),
    Remedy.OPEN_CONNECTION: said("Open connection…"),
}


@dataclass(frozen=True, slots=True)
class CompanyTrouble:
    """`signs_in`: the credential comes from a sign-in at Pleo, not from a key."""

    connection_id: ConnectionId
    company: str
    problem: SignoffError
    signs_in: bool = False

    @property
    def remedy(self) -> Remedy:
        match self.problem:
            case CredentialMissing() | NotSignedIn():
                return Remedy.SIGN_IN if self.signs_in else Remedy.REPLACE_KEY
            case WrongCompany() | NotAllowed() | SettingsProblem():
                return Remedy.OPEN_CONNECTION
            case _:
                return Remedy.READ_AGAIN


@dataclass(frozen=True, slots=True)
class TroubleView:
    """One bar: `connection_ids` are those that it speaks of."""

    connection_ids: tuple[ConnectionId, ...]
    title: str
    advice: str
    details: str
    remedy: Remedy

    @property
    def key(self) -> str:
        """The same while the same companies have the same trouble."""
        return f"{self.remedy}-{'-'.join(self.connection_ids)}"

    @property
    def button(self) -> str:
        return _BUTTONS[self.remedy]


def trouble_views(troubles: Iterable[CompanyTrouble]) -> tuple[TroubleView, ...]:
    """What only the network or Pleo can mend is said once for all companies that it keeps away."""
    groups: dict[tuple[str, str], list[CompanyTrouble]] = {}
    for trouble in troubles:
        is_own = trouble.remedy is not Remedy.READ_AGAIN
        group = (trouble.problem.title, trouble.connection_id if is_own else "")
        groups.setdefault(group, []).append(trouble)
    return tuple(_view(group) for group in groups.values())


def _view(group: list[CompanyTrouble]) -> TroubleView:
    problem = group[0].problem
    companies = _named(trouble.company for trouble in group)
    details = "\n".join(dict.fromkeys(trouble.problem.details for trouble in group if trouble.problem.details))
    return TroubleView(
        connection_ids=tuple(trouble.connection_id for trouble in group),
        title=tr("{companies}: {trouble}.", companies=companies, trouble=shown(problem.title).rstrip(".")),
        advice=problem.advice,
        details=redaction.masked(details),
        remedy=group[0].remedy,
    )


def _named(companies: Iterable[str]) -> str:
    """Acme, Beta and 3 more."""
    names = list(companies)
    if len(names) <= _NAMED_AT_MOST:
        *first, last = names
        return tr("{companies} and {last}", companies=", ".join(first), last=last) if first else last
    first, others = names[: _NAMED_AT_MOST - 1], len(names) - _NAMED_AT_MOST + 1
    return ntr("{companies} and {n} more", "{companies} and {n} more", others, companies=", ".join(first))
