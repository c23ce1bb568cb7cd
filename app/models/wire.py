"""How Pleo's JSON becomes frozen values.

Fields are named as in Python and read in camelCase. Unknown fields are passed over, because Pleo may add some at any
time. Numbers with a fraction are read as Decimal, so that no amount ever passes through a float.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    StrictBool,
    StrictInt,
    TypeAdapter,
    ValidationError,
)
from pydantic.alias_generators import to_camel
from pydantic_core import CoreSchema, core_schema

from app import parsing

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


class FromJson:
    """How a type is read straight from JSON text, with less of Python in between than from Python values."""

    def __init__(self, schema: CoreSchema) -> None:
        self._schema = schema

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.json_or_python_schema(self._schema, handler(source))


# Nearly every stamp has a zone, and is read without any Python.
_STAMP_TEXT = core_schema.union_schema(
    [
        core_schema.datetime_schema(strict=True, tz_constraint="aware"),
        core_schema.no_info_after_validator_function(_with_zone, core_schema.datetime_schema(strict=True)),
    ],
    mode="left_to_right",
)
_ANY_NUMBER = core_schema.float_schema(strict=True, allow_inf_nan=False)
_WHOLE_NUMBER = core_schema.no_info_after_validator_function(Decimal, core_schema.int_schema(strict=True))

Stamp = Annotated[datetime, BeforeValidator(_no_number), AfterValidator(_with_zone), FromJson(_STAMP_TEXT)]
Exact = Annotated[Decimal, BeforeValidator(_no_text), FromJson(_WHOLE_NUMBER)]
# Where it is only asked whether it is a number. What comes out has no exact digits.
AnyNumber = Annotated[Decimal, BeforeValidator(_no_text), FromJson(_ANY_NUMBER)]
Whole = StrictInt
Flag = StrictBool


def read_json(content: bytes) -> Any:
    """Plain Python values of a JSON text. Raises ValueError for anything else; NaN and Infinity are not JSON."""
    try:
        value = parsing.read_json(content, parse_float=Decimal, parse_constant=_refuse_constant)
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


Value = TypeVar("Value")


def read_value(content: bytes, kind: TypeAdapter[Value]) -> Value:
    """The value of a JSON text, checked against its type. Raises ValueError for what is not JSON, and its kind
    ValidationError for JSON that is something else.

    Most texts are parsed and checked in one go. Whatever that does not take, such as an amount with a fraction, which
    it would see as a float, is left to `read_json`.
    """
    try:
        return kind.validate_json(content)
    except ValidationError:
        return kind.validate_python(read_json(content))


def reader_of(kind: type[Value]) -> Callable[[bytes], Value]:
    """`read_value` for one type."""
    adapter = TypeAdapter(kind)
    return lambda content: read_value(content, adapter)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
