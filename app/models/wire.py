"""How Pleo's JSON becomes frozen values.

Fields are named as in Python and read in camelCase. Unknown fields are passed over, because Pleo may add some at any
time. Numbers with a fraction are read as Decimal, so that no amount ever passes through a float.
"""

import json
import re
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
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
        raise ValueError("a stamp is a text")  # noqa: TRY004 - what pydantic collects
    return value


def _no_text(value: object) -> object:
    """pydantic would read a text of digits, and count True as 1."""
    if isinstance(value, str | bool):
        raise ValueError("an amount is a number")  # noqa: TRY004 - what pydantic collects
    return value


Stamp = Annotated[datetime, BeforeValidator(_no_number), AfterValidator(_with_zone)]
Exact = Annotated[Decimal, BeforeValidator(_no_text)]
Whole = StrictInt
Flag = StrictBool


def read_json(content: bytes) -> Any:
    """Plain Python values of a JSON text. Raises ValueError for anything else; NaN and Infinity are not JSON."""
    try:
        value = json.loads(content, parse_float=Decimal, parse_constant=_refuse_constant)
        return _with_whole_characters(value) if _ESCAPED_SURROGATE.search(content) else value
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except InvalidOperation:
        raise ValueError("a number out of any range") from None


_ESCAPED_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def _with_whole_characters(value: Any) -> Any:
    """The same with U+FFFD for each half of a character, which a text that was cut by its length can end in."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_with_whole_characters(one) for one in value]
    if isinstance(value, dict):
        return {_with_whole_characters(key): _with_whole_characters(one) for key, one in value.items()}
    return value


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
