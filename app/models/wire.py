"""How Pleo's JSON becomes frozen values.

Fields are named as in Python and read in camelCase. Unknown fields are passed over, because Pleo may add some at any
time. Numbers with a fraction are read as Decimal, so that no amount ever passes through a float.
"""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ConfigDict, StrictBool, StrictInt
from pydantic.alias_generators import to_camel

WIRE = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore")


def _with_zone(stamp: datetime) -> datetime:
    """Pleo's stamps are UTC; one without a zone is read as UTC rather than as this machine's time."""
    return stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)


def _no_number(value: object) -> object:
    """pydantic would take a number for seconds since 1970, which no stamp of Pleo's is."""
    if isinstance(value, int | float | Decimal):
        raise ValueError("a stamp is a text")
    return value


def _no_text(value: object) -> object:
    """pydantic would read a text of digits, and count True as 1."""
    if isinstance(value, str | bool):
        raise ValueError("an amount is a number")
    return value


Stamp = Annotated[datetime, BeforeValidator(_no_number), AfterValidator(_with_zone)]
Exact = Annotated[Decimal, BeforeValidator(_no_text)]
Whole = StrictInt
Flag = StrictBool


def read_json(content: bytes) -> Any:
    """Plain Python values of a JSON text. Raises ValueError for anything else; NaN and Infinity are not JSON."""
    return json.loads(content, parse_float=Decimal, parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
