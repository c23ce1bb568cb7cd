"""Raw values as text: what view models ask for, without knowing Qt."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final, Protocol

from app.messages import said, tr
from app.models.money import Money
from app.texts.phrases import is_same_day
from app.texts.screen import isolated

# What Pleo sent in a field and nobody can read: no date, no amount.
UNREADABLE: Final = said("unreadable")


class TextFormat(Protocol):
    """In the user's locale, which `ui.common.locale_format` reads from Qt. None is what could not be read."""

    def money(self, money: Money | None) -> str:
        """With its currency."""

    def sum(self, amount: Decimal, currency: str) -> str:
        """An amount in whole units with its currency."""

    def number(self, number: int) -> str: ...

    def bookkeeping_date(self, stamp: datetime | None) -> str:
        """The date of the UTC stamp itself: a late evening must not slip into the next month."""

    def moment(self, stamp: datetime | None) -> str:
        """Day and time on this machine's clock."""

    def clock(self, stamp: datetime) -> str:
        """Hour and minute on this machine's clock."""

    def time(self, stamp: datetime) -> str:
        """Time with seconds on this machine's clock."""

    def time_left(self, deadline: datetime, now: datetime) -> str: ...


def job_name(company: str, created_at: datetime | None, fmt: TextFormat) -> str:
    """As dialogs name a job, by what the lists show of it: Acme Nordic ApS · export job of 25 Nov, 05:58."""
    return tr("{company} · export job of {moment}", company=isolated(company), moment=fmt.moment(created_at))


def releasable_words(due: datetime, now: datetime, fmt: TextFormat) -> str:
    """When what is not known to have arrived may be released."""
    if is_same_day(due, now):
        return said("From {time} on it can be released by hand.", time=fmt.time(due))
    return said("From {moment} on it can be released by hand.", moment=fmt.moment(due))


def sums_text(sums: Mapping[str, Decimal], fmt: TextFormat, between: str = ", ") -> str:
    """Each currency with its sum; never added up across currencies."""
    return between.join(fmt.sum(amount, currency) for currency, amount in sums.items())
