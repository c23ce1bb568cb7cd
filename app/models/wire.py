"""How Pleo's JSON becomes frozen values.

Fields are named as in Python and read in camelCase. Unknown fields are passed over, because Pleo may add some at any
time. Numbers with a fraction are read as Decimal, so that no amount ever passes through a float.

What is no date, no number or no amount refuses its own field and not the answer: the field is None then, and its row
names it in `unreadable_fields`.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Final, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    StrictBool,
    StrictInt,
    TypeAdapter,
    ValidationError,
    ValidatorFunctionWrapHandler,
)
from pydantic.alias_generators import to_camel
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from app.texts import parsing

WIRE = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore")


# Beyond these some systems cannot turn a stamp into their own time.
_FIRST_STAMP: Final = datetime(1970, 1, 2, tzinfo=UTC)
_LAST_STAMP: Final = datetime(2999, 12, 31, tzinfo=UTC)
# More than any amount has, before the point or behind it, and far less than what takes time to compute or write down.
_MOST_PLACES: Final = 600
_MOST: Final = 10**_MOST_PLACES


def _with_zone(stamp: datetime) -> datetime:
    """Pleo's stamps are UTC; one without a zone is read as UTC rather than as this machine's time."""
    zoned = stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)
    if not _FIRST_STAMP <= zoned <= _LAST_STAMP:
        raise ValueError("a stamp is of these centuries")
    return zoned


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


def _within_reason(value: Decimal) -> Decimal:
    """A few letters can say a number of a million digits."""
    places = value.as_tuple().exponent
    if not isinstance(places, int) or value.adjusted() > _MOST_PLACES or places < -_MOST_PLACES:
        raise ValueError("an amount is within reason")
    return value


class FromJson:
    """How a type is read straight from JSON text, with less of Python in between than from Python values."""

    def __init__(self, schema: CoreSchema) -> None:
        self._schema = schema

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.json_or_python_schema(self._schema, handler(source))


_UNREADABLE: Final = "unreadable_field"
UNREADABLE_FIELDS: Final = "unreadable_fields"


class Readable:
    """Marks a field that is refused by itself: None where it cannot be read.

    Straight from JSON it is an error as every other, so that what is right costs nothing; `read_value` looks closer.
    """

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        inner = handler(source)
        return core_schema.json_or_python_schema(
            inner, core_schema.no_info_wrap_validator_function(_refuse_field, inner)
        )


def _refuse_field(value: object, handler: ValidatorFunctionWrapHandler) -> object:
    try:
        return handler(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise PydanticCustomError(_UNREADABLE, "{why}", {"why": first["msg"]}) from None


# Nearly every stamp has a zone, and is read without any Python.
_STAMP_TEXT = core_schema.union_schema(
    [
        core_schema.datetime_schema(strict=True, tz_constraint="aware", ge=_FIRST_STAMP, le=_LAST_STAMP),
        core_schema.no_info_after_validator_function(_with_zone, core_schema.datetime_schema(strict=True)),
    ],
    mode="left_to_right",
)
_ANY_NUMBER = core_schema.float_schema(strict=True, allow_inf_nan=False)
_WHOLE_NUMBER = core_schema.no_info_after_validator_function(
    Decimal, core_schema.int_schema(strict=True, ge=-_MOST, le=_MOST)
)

_Stamp = Annotated[datetime, BeforeValidator(_no_number), AfterValidator(_with_zone), FromJson(_STAMP_TEXT)]
Stamp = Annotated[_Stamp | None, Readable()]
Exact = Annotated[Decimal, BeforeValidator(_no_text), AfterValidator(_within_reason), FromJson(_WHOLE_NUMBER)]
# Where it is only asked whether it is a number. What comes out has no exact digits.
AnyNumber = Annotated[Decimal, BeforeValidator(_no_text), AfterValidator(_within_reason), FromJson(_ANY_NUMBER)]
Rate = Annotated[Exact | None, Readable()]
Whole = StrictInt
Count = Annotated[Whole | None, Readable()]
Flag = StrictBool
Hint = Annotated[Flag | None, Readable()]


def read_json(content: bytes) -> Any:
    """Plain Python values of a JSON text. Raises ValueError for anything else; NaN and Infinity are not JSON."""
    try:
        return _parsed(content, Decimal, int)
    except InvalidOperation:
        raise ValueError("a number out of any range") from None


def _parsed(content: bytes, number: Callable[[str], Any], whole: Callable[[str], Any]) -> Any:
    kinds = {"parse_float": number, "parse_int": whole, "parse_constant": _refuse_constant}
    value = parsing.read_json(content, **kinds)
    try:
        return _with_whole_characters(value) if _ESCAPED_SURROGATE.search(content) else value
    except RecursionError:
        raise ValueError("nested too deeply") from None


class _NoNumber:
    """In the place of digits that no machine can compute with. No type takes it."""


def _number(digits: str) -> Decimal | _NoNumber:
    try:
        return Decimal(digits)
    except InvalidOperation:
        return _NoNumber()


def _whole(digits: str) -> int | _NoNumber:
    try:
        return int(digits)
    except ValueError:  # more digits than Python reads
        return _NoNumber()


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
    it would see as a float, is left to `read_json`; what cannot be read then is None, where its field is `Readable`.
    """
    try:
        return kind.validate_json(content)
    except ValidationError:
        return read_with_care(content, kind)


def read_with_care(content: bytes, kind: TypeAdapter[Value]) -> Value:
    """As `read_value`, which comes here with what it does not take in one go."""
    value = _parsed(content, _number, _whole)
    try:
        return kind.validate_python(value)
    except ValidationError as error:
        refused = _refused_fields(value, error)
        if not refused:
            read_json(content)
            raise
    for row, field in refused:
        row[field] = None
        row[UNREADABLE_FIELDS] = [each for one, each in refused if one is row]
    return kind.validate_python(value)


def _refused_fields(value: Any, error: ValidationError) -> list[tuple[dict[str, Any], str]]:
    """The dict and the key of each field that is refused by itself; nothing where anything else is wrong too."""
    found = []
    for one in error.errors(include_url=False, include_context=False, include_input=False):
        if one["type"] != _UNREADABLE:
            return []
        *way, field = one["loc"]
        row = value
        for step in way:
            row = row[step]
        found.append((row, str(field)))
    return found


def reader_of(kind: type[Value]) -> Callable[[bytes], Value]:
    """`read_value` for one type."""
    adapter = TypeAdapter(kind)
    return lambda content: read_value(content, adapter)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
