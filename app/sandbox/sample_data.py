"""Reads the sample data of resources/sandbox/: companies, purchases, causes of failure, scenarios."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

_FOLDER: Final = Path(__file__).parents[2] / "resources" / "sandbox"


@dataclass(frozen=True, slots=True)
class TaxCode:
    """`rate`: 0.25 is 25 %. `type`: inclusive, exclusive or reverse."""

    code: str
    rate: float
    type: str


@dataclass(frozen=True, slots=True)
class Company:
    """`books` is where its accounting system opens an entry; `per_km` and `per_day` are hundredths of the currency."""

    id: str
    name: str
    country: str
    currency: str
    books: str
    contra_account: Mapping[str, str]
    per_km: int
    per_day: int
    mileage_note: str
    per_diem_note: str
    people: list[str]
    teams: list[Mapping[str, str]]
    tags: list[Mapping[str, Any]]
    accounts: list[Mapping[str, str]]
    tax: list[TaxCode]


@dataclass(frozen=True, slots=True)
class Purchase:
    """What is bought at a supplier; `least` and `most` in whole units of `currency`."""

    supplier: str
    country: str
    currency: str
    use: str
    least: int
    most: int
    notes: list[str]


@dataclass(frozen=True, slots=True)
class PlayedCause:
    """Why items fail, and what must be true of an entry that fails for it."""

    reason: str
    type: str
    account: Mapping[str, str] | None = None
    tax: str | None = None
    supplier: str | None = None
    use: str | None = None
    file_bytes: int | None = None
    in_last_month: bool = False


@dataclass(frozen=True, slots=True)
class Scenario:
    """One job. Times are minutes before the scenario is loaded; counts not given are successful items."""

    company: str
    items: int
    created: int
    started: int | None = None
    updated: int | None = None
    status: str = "in_progress"
    failed: int = 0
    pending: int = 0
    in_progress: int = 0
    abandoned: int = 0
    parked: int = 0
    causes: list[str] = field(default_factory=list)
    unfolds: list[str] = field(default_factory=list)
    open_last: bool = False
    is_interactive: bool = True
    lacks_contra_accounts: bool = False
    unknown_words: bool = False
    expired: bool = False
    failure_reason: str | None = None
    failure_reason_type: str | None = None


@cache
def companies() -> Mapping[str, Company]:
    """By their short key."""
    return {
        key: Company(**{**table, "tax": [TaxCode(**tax) for tax in table["tax"]]})
        for key, table in _read("companies.toml").items()
    }


@cache
def company_by_id(company_id: str) -> Company:
    return next(company for company in companies().values() if company.id == company_id)


@cache
def purchases() -> list[Purchase]:
    return [
        Purchase(
            **{key: value for key, value in table.items() if key not in ("from", "to")},
            least=table["from"],
            most=table["to"],
        )
        for table in _read("catalogue.toml")["purchases"]
    ]


@cache
def rates() -> Mapping[str, float]:
    """What one unit of a currency is worth, in one common unit."""
    return dict(_read("catalogue.toml")["rates"])


@cache
def causes() -> Mapping[str, PlayedCause]:
    return {key: PlayedCause(**table) for key, table in _read("causes.toml").items()}


@cache
def scenarios() -> Mapping[str, Scenario]:
    """The scenarios of one job each."""
    return {key: Scenario(**table) for key, table in _read("scenarios.toml").items() if key != "everyday"}


@cache
def everyday() -> list[str]:
    """The names of the scenarios whose jobs make up an ordinary week."""
    return list(_read("scenarios.toml")["everyday"])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))
