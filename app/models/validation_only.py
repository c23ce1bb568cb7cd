"""Types whose values are only checked, made from the types whose values are used.

Making a frozen value of each part of an answer takes twice as long as checking it. What was only checked is a plain
dict with Pleo's names; what is wrong is found all the same, because both come from the same declarations.
"""

from collections.abc import Collection
from dataclasses import is_dataclass
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Annotated, Any, NotRequired, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter
from typing_extensions import TypedDict  # pydantic takes no other one before Python 3.12

from app.models.page import CursorPageInfo
from app.models.wire import AnyNumber


def checked_page(kind: type, as_values: Collection[str], made_kinds: Collection[type]) -> TypeAdapter[dict[str, Any]]:
    """A page of `kind` as a dict; its fields `as_values`, and any part of `made_kinds`, are made as declared."""
    row = _as_dict(kind, frozenset(as_values), frozenset(made_kinds))
    return TypeAdapter(
        _dict_type(
            "Page",
            {
                "data": list[row],  # type: ignore[valid-type]
                "pagination": CursorPageInfo,
            },
        )
    )


@cache
def _as_dict(kind: Any, as_values: frozenset[str], made_kinds: frozenset[type]) -> Any:
    entries = {}
    hints = get_type_hints(kind, include_extras=True)
    for name, field in kind.__pydantic_fields__.items():
        hint = hints[name] if name in as_values else _only_checked(hints[name], made_kinds)
        entries[field.validation_alias] = hint if field.is_required() else NotRequired[hint]
    return _dict_type(kind.__name__, entries)


def _only_checked(hint: Any, made_kinds: frozenset[type]) -> Any:
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return AnyNumber if parts[0] is Decimal else Annotated[_only_checked(parts[0], made_kinds), *hint.__metadata__]
    if origin is tuple:
        return list[_only_checked(parts[0], made_kinds)]  # type: ignore[misc]
    if origin in (Union, UnionType):
        return Union[tuple(_only_checked(part, made_kinds) for part in parts)]  # noqa: UP007 - parts made here
    is_made = hint in made_kinds or not is_dataclass(hint)
    return hint if is_made else _as_dict(hint, frozenset(), made_kinds)


def _dict_type(name: str, entries: dict[str, Any]) -> Any:
    return TypedDict(name, entries)  # type: ignore[operator]
