"""When the user is asked whether to look for new versions, and when it is looked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

_BETWEEN_LOOKS = timedelta(days=1)
# Whoever opens a program for the first time has other things to decide.
_ASKED_AT_START = 2


@dataclass(frozen=True, slots=True)
class LookingState:
    """`answer` is None until the user was asked; `starts` counts this one too; `looked_at` is when it was looked last.

    `is_there` is whether this build looks at all, `is_forbidden` whether an administrator has said no.
    """

    is_there: bool
    is_forbidden: bool
    answer: bool | None
    starts: int
    looked_at: datetime | None = None


NOWHERE = LookingState(is_there=False, is_forbidden=False, answer=None, starts=0)


def wants_to_ask_user(state: LookingState) -> bool:
    return state.is_there and not state.is_forbidden and state.answer is None and state.starts >= _ASKED_AT_START


def may_look(state: LookingState, now: datetime, *, is_sending: bool) -> bool:
    """At most once a day, and never while something is sent. A clock that was set back waits no longer than a day."""
    if not state.is_there or state.is_forbidden or state.answer is not True or is_sending:
        return False
    return state.looked_at is None or abs(now - state.looked_at) >= _BETWEEN_LOOKS
