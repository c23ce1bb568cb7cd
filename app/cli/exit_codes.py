"""What a command ends with: see `signoff --help`."""

from collections.abc import Iterable

from app.cli import documents
from app.completion.attempt import Outcome, Standing
from app.errors import (
    CredentialMissing,
    JobBusy,
    JournalProblem,
    NotAllowed,
    NotReleased,
    NotSignedIn,
    PleoProblem,
    RedirectRefused,
    Refused,
    SecondPersonNeeded,
    ServerTrouble,
    SignInNotKept,
    SignoffError,
    TooManyRequests,
    WrongCompany,
)

DONE, BROKEN, USAGE, NOT_READY, REFUSED, UNKNOWN, NOT_REACHABLE, NOT_SIGNED_IN = 0, 1, 2, 3, 4, 5, 6, 7
MISTAKE = 70
INTERRUPTED = 130
_FROM_GOOD_TO_BAD = (DONE, USAGE, NOT_READY, REFUSED, NOT_REACHABLE, NOT_SIGNED_IN, INTERRUPTED, UNKNOWN)


def exit_code_of(problem: SignoffError) -> int:
    if isinstance(problem, CredentialMissing | NotSignedIn | NotAllowed | SignInNotKept | WrongCompany):
        return NOT_SIGNED_IN
    if isinstance(problem, TooManyRequests | ServerTrouble | RedirectRefused):
        return NOT_REACHABLE
    if isinstance(problem, Refused):
        return REFUSED
    if isinstance(problem, JournalProblem | JobBusy | NotReleased | SecondPersonNeeded):
        return NOT_READY
    return NOT_REACHABLE if isinstance(problem, PleoProblem) else USAGE


def worst(codes: Iterable[int]) -> int:
    """The code that says most urgently that somebody has to look: an unknown outcome before everything else."""
    return max(codes, key=_FROM_GOOD_TO_BAD.index, default=DONE)


def exit_code_after(outcome: Outcome) -> int:
    word = documents.outcome_word(outcome)
    if word == "confirmed":
        return DONE
    if word == "unknown":
        return UNKNOWN
    if outcome.standing is Standing.OVERTAKEN or outcome.problem is None:
        return REFUSED
    is_no = isinstance(outcome.problem, Refused) and not isinstance(outcome.problem, NotSignedIn | NotAllowed)
    return REFUSED if is_no else exit_code_of(outcome.problem)
