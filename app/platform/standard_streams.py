"""The process's standard streams, some of which may be closed when it starts."""

import os
from typing import Final

_STANDARD_STREAMS: Final = 3


def keep_standard_streams() -> None:
    """Opens closed ones on nothing, so that no file of the program's gets their numbers. First of all."""
    while (number := os.open(os.devnull, os.O_RDWR)) < _STANDARD_STREAMS:
        pass
    os.close(number)
