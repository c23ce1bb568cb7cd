"""JSON and TOML as plain values, wherever they come from: whatever a text does to its parser is a ValueError here."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

Value = TypeVar("Value")


def read_json(text: bytes | str, **kinds: Any) -> Any:
    """`kinds` are json.loads' own, such as `parse_float`. Raises ValueError for what is no JSON, or is nested
    deeper than can be followed."""
    return _followed(lambda: json.loads(text, **kinds))


def read_toml(text: str) -> dict[str, Any]:
    """Raises ValueError for what is no TOML, or is nested deeper than can be followed."""
    import tomllib

    return _followed(lambda: tomllib.loads(text))


def _followed(parse: Callable[[], Value]) -> Value:
    """A few kilobytes of brackets use up the interpreter's stack, which is no fault of the program's."""
    try:
        return parse()
    except RecursionError:
        raise ValueError("nested too deeply") from None
