"""Overrides of Qt's virtual functions that never raise into Qt.

An error that leaves an override while Qt is at work in a call from Python is kept by Shiboken until that call returns.
The next override that Qt looks up meanwhile is given up for it, and loses a reference that was never taken: PySide6
6.11 then calls whatever comes to lie in the place of the freed function, and crashes. So an error is told where it
happened, and Qt is given a plain answer.
"""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

Method = TypeVar("Method", bound=Callable[..., Any])


def override(instead: Callable[[], Any] = lambda: None) -> Callable[[Method], Method]:
    """For a method that Qt calls: what it raises is reported as any mistake of the program's, and Qt is given what
    `instead` makes."""

    def guarded(method: Method) -> Method:
        @wraps(method)
        def guard(self: Any, *given: Any, **named: Any) -> Any:
            try:
                return method(self, *given, **named)
            except Exception as error:  # noqa: BLE001 - whatever it is, it must not reach Qt
                report(error)
                return instead()

        return guard  # type: ignore[return-value]

    return guarded


def report(error: BaseException) -> None:
    """To where an error goes that nobody catches."""
    sys.excepthook(type(error), error, error.__traceback__)
