"""The family of things that can go wrong, in plain words.

    SignoffError
    ├── UsageProblem               the wish itself is wrong: an unsafe address, an unknown scenario
    │   └── ReceiptGone            in app.jobs.receipts: Pleo does not list the receipt any more
    ├── CredentialMissing          nobody is signed in
    ├── SignInFailed               a sign-in in the browser that led to nothing; what was there before stays
    ├── SettingsProblem            a file of the user's cannot be used: damaged connection, bad specification
    ├── JournalProblem             the evidence cannot be written, so nothing is sent
    │   ├── JournalUnreadable      rows about a job are none that Signoff wrote
    │   └── JournalInDoubt         it is not the journal that Signoff wrote last: somebody looks in Pleo first
    ├── HistoryProblem             what was read before cannot be kept or found; the review goes on without
    ├── DraftsProblem              drafted outcomes cannot be kept or found; none is changed
    ├── SecondPersonNeeded         who reported outcomes by hand does not also complete the job
    ├── NotReleased                nothing of the job can be taken out of the wait, or not yet
    ├── JobBusy                    something is being sent for this job already, here or in another window
    ├── PostingListProblem         in app.posting_lists.problem: a posting list cannot be read, or is not what it seems
    ├── TookTooLong                in app.platform: work in a process of its own, ended at its time limit
    ├── AnnouncementProblem        in app.updates: what is said of newer versions cannot be believed
    ├── EndedEarly                 in app.platform: that process ended without an answer, such as for want of memory
    └── PleoProblem                something between here and Pleo
        ├── NotReachable           the request surely never arrived
        ├── AnswerLost             the request left, no complete answer came back
        ├── AnswerUnreadable       an answer came, and it is not what Pleo describes
        │   └── IncompleteRead     pages that do not add up to a whole list
        ├── OlderRead              a good answer that tells of a state before one that was seen already
        ├── RedirectRefused        somebody sends us elsewhere; credentials do not follow
        ├── SignInNotKept          the sign-in cannot be read or kept here, so it is not used
        ├── WrongCompany           the credential speaks for another company than the connection was made for
        └── Refused                Pleo, or something before it, said no
            ├── NotSignedIn        401
            │   ├── SignInAgain    the sign-in is over: Pleo does not renew it
            │   └── SignInRenewed  the token was too old; a new one is there, the write may leave again
            ├── NotAllowed         403
            ├── NotFound           404
            ├── TooManyRequests    429
            └── ServerTrouble      5xx

What is not of this family is a bug, and is shown as one.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

from app.messages import Said, by_reader, joined, said

RUN_IT_AGAIN: Final = said("Run it again.")
_LATER: Final = said("Wait a little, then run it again.")


def naming_menus(advice: str) -> Said:
    """Advice that names menus, with where these are for who reads it at a terminal."""
    where = said("The menus are those of Signoff's window, which opens with: {command}", command="signoff")
    return by_reader(advice, joined(" ", (advice, where)))


class Arrival(Enum):
    """Whether a write that met this problem may have taken effect, which decides about sending again."""

    NEVER = "never"  # it did not leave, or was surely not acted on
    UNKNOWN = "unknown"  # it may have taken effect: read before anything else
    ANSWERED = "answered"  # Pleo read it and said no


@dataclass(frozen=True, slots=True)
class ServerWords:
    """What the server itself said, for the user and for the evidence; always plain text.

    `type` and `message` are Pleo's ExceptionInfo where the answer held one.
    """

    status: int
    type: str | None = None
    message: str | None = None


class SignoffError(Exception):
    """`title` says what happened, `advice` what to do, `details` is what support would ask for (no secrets)."""

    advice = ""
    arrival = Arrival.NEVER

    def __init__(self, title: str, *, advice: str | None = None, details: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.details = details
        if advice is not None:
            self.advice = advice


class UsageProblem(SignoffError):
    """The wish itself cannot be carried out as it was put."""


class CredentialMissing(SignoffError):
    advice = naming_menus(
        said("Open Tools, Connections and enter an API key, or set SIGNOFF_API_KEY for the command line.")
    )


class SignInFailed(SignoffError):
    advice = said("Nothing was changed. Try to sign in once more.")


class SettingsProblem(SignoffError):
    """A file that the user or the program wrote cannot be used."""


class JournalProblem(SignoffError):
    """The journal cannot be written or read; nothing was sent because of it."""


class JournalUnreadable(JournalProblem):
    """Rows hold no JSON, or none of a shape that Signoff writes; only what depends on them is stopped."""

    advice = said("Nothing was sent. Keep the journal as evidence, and look at the job in Pleo.")


class JournalInDoubt(JournalProblem):
    """What was found speaks against the journal. `code` names exactly that: a confirmation of it holds for no other
    finding."""

    advice = said(
        "Nothing was sent, since Signoff cannot tell any more what was sent before. Look at the job in Pleo first; "
        "then somebody confirms by name what Pleo shows."
    )

    def __init__(self, title: str, *, advice: str | None = None, details: str = "", code: str = "") -> None:
        super().__init__(title, advice=advice, details=details)
        self.code = code


class HistoryProblem(SignoffError):
    advice = said("Nothing depends on it: the review goes on, without what was read in earlier jobs.")


class DraftsProblem(SignoffError):
    """The drafted outcomes cannot be written or read; they are as they were."""


class SecondPersonNeeded(SignoffError):
    advice = said("Have a second person confirm it with their name.")


class NotReleased(SignoffError):
    """What became of an attempt is known, or has to be waited for until `due`; the journal is as it was."""

    advice = by_reader(
        said("Read the job again (F5): the state Pleo holds decides what is possible now."),
        said("Look at the job with: signoff show. The state Pleo holds decides what is possible now."),
    )

    def __init__(
        self, title: str, *, advice: str | None = None, details: str = "", due: datetime | None = None
    ) -> None:
        super().__init__(title, advice=advice, details=details)
        self.due = due


class JobBusy(SignoffError):
    advice = by_reader(
        said("Wait until it has ended, then read the job again (F5)."),
        said("Wait until it has ended, then run it again."),
    )


class PleoProblem(SignoffError):
    """Something between here and Pleo; what was read before stays good."""


class NotReachable(PleoProblem):
    advice = by_reader(
        said("Check the network and the address of the connection, then read again (F5)."),
        said("Check the network and the address of the connection, then run it again."),
    )


class AnswerLost(PleoProblem):
    advice = by_reader(
        said("Nothing was lost on this side. Read again (F5) to see what Pleo holds."),
        said("Nothing was lost on this side. Run it again to see what Pleo holds."),
    )
    arrival = Arrival.UNKNOWN


class AnswerUnreadable(PleoProblem):
    """`words` is what the server said where its good status came with the shape of an error."""

    advice = by_reader(
        said(
            "Something between Signoff and Pleo may have answered in its place, such as a proxy or a sign-in page. "
            "Read again (F5); if it stays, copy the details for your IT."
        ),
        said(
            "Something between Signoff and Pleo may have answered in its place, such as a proxy or a sign-in page. "
            "Run it again; if it stays, show this to your IT."
        ),
    )
    arrival = Arrival.UNKNOWN

    def __init__(
        self, title: str, *, advice: str | None = None, details: str = "", words: ServerWords | None = None
    ) -> None:
        super().__init__(title, advice=advice, details=details)
        self.words = words


class IncompleteRead(AnswerUnreadable):
    advice = by_reader(
        said("The list is not used, because part of it is missing. Read again (F5)."),
        joined(" ", (said("The list is not used, because part of it is missing."), RUN_IT_AGAIN)),
    )


class OlderRead(PleoProblem):
    """Well-formed, and older than what was seen: nothing is derived from it."""

    advice = by_reader(
        said("A copy of Pleo's data lags behind. Wait a little, then read again (F5)."),
        joined(" ", (said("A copy of Pleo's data lags behind."), _LATER)),
    )


class RedirectRefused(PleoProblem):
    advice = said("Check the address of the connection. Signoff does not send credentials to another address.")
    arrival = Arrival.UNKNOWN


class SignInNotKept(PleoProblem):
    advice = by_reader(
        said("Unlock the keyring of the operating system, then read again (F5)."),
        said("Unlock the keyring of the operating system, then run it again."),
    )


class WrongCompany(PleoProblem):
    """Found before anything of a company was read or sent, so nothing was opened and nothing was saved."""

    advice = naming_menus(
        said(
            "Enter a key of the company that the connection was made for, or add a connection for the other company "
            "under Tools, Connections."
        )
    )


class Refused(PleoProblem):
    """An HTTP answer that is a no. `words` is what the server said, `retry_after` its wish in seconds."""

    arrival = Arrival.ANSWERED
    advice = said("Read Pleo's words, correct what they name, and try again.")

    def __init__(
        self,
        title: str,
        words: ServerWords,
        *,
        retry_after: float | None = None,
        advice: str | None = None,
        details: str = "",
    ) -> None:
        super().__init__(title, advice=advice, details=details)
        self.words = words
        self.retry_after = retry_after

    def has_type(self, *types: str) -> bool:
        """Pleo prints error types in both cases, so they are compared without case."""
        return (self.words.type or "").casefold() in {known.casefold() for known in types}


class NotSignedIn(Refused):
    advice = by_reader(
        said("The key is wrong, expired or revoked. Enter a new one under Tools, Connections."),
        said(
            "The key is wrong, expired or revoked. Set SIGNOFF_API_KEY to a new one, or enter it in Signoff's window."
        ),
    )


class SignInAgain(NotSignedIn):
    """Also what a write meets that surely did nothing: it had no token to leave with, or the one it had was refused."""

    arrival = Arrival.NEVER
    advice = by_reader(
        said("What was read stays on screen. Sign in again to go on; nothing else is lost."),
        said("Sign in again in Signoff's window, then run it again; nothing else is lost."),
    )


class SignInRenewed(NotSignedIn):
    """A 401 to a write, after which the sign-in was renewed: the write was surely not acted on."""

    arrival = Arrival.NEVER
    advice = said("Try again: the sign-in has been renewed meanwhile.")


class NotAllowed(Refused):
    advice = said("The key lacks access. It needs export-jobs:read, export-jobs:write and export-items:read.")


class NotFound(Refused):
    advice = by_reader(
        said("Read the list of jobs again (F5). The job may belong to another company or environment."),
        said("List the jobs with: signoff jobs --all. The job may belong to another company or environment."),
    )


class TooManyRequests(Refused):
    """429: the request was surely not acted on."""

    arrival = Arrival.NEVER
    advice = by_reader(
        said("Pleo limits requests a minute. Wait a little, then read again (F5)."),
        joined(" ", (said("Pleo limits requests a minute."), _LATER)),
    )


class ServerTrouble(Refused):
    """5xx. It may have taken effect, also where a 503 says when to come back: who says so may have passed it on."""

    arrival = Arrival.UNKNOWN
    advice = by_reader(
        said("Pleo, or a proxy before it, is in trouble. Wait a little, then read again (F5)."),
        joined(" ", (said("Pleo, or a proxy before it, is in trouble."), _LATER)),
    )
